"""The title of a document: its own, not the site's, joined where it was broken over lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.bodies import split_names
from pipeline.structure.dates import DATE_PATTERN, DATE_RE
from pipeline.structure.doc_types import DELEGATES_RE, type_of_title
from pipeline.structure.headlines import CRIES_RE, is_headline, is_of_own_office, says_place_again
from pipeline.structure.issuers import issuer_of_redhead
from pipeline.structure.named_titles import enacted_title, handed_out, headed_letter
from pipeline.structure.numbers import (
    DECREE_RE,
    DOC_NUMBER_RE,
    LETTERHEAD_RE,
    is_number,
)
from pipeline.structure.page_lines import squeezed
from pipeline.structure.title_lines import QUOTED_RE, SITE_WORD_RE, tidy, without_site

NO_TITLE_RE = lazy_re(
    r"[（(〔【].*[）)〕】]$|各位(?:代表|委员)|[□■◎●]?\s?[^，。：]{0,14}(?:记者|通讯员)[ 　：:][^，。]{2,40}$|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}(?:[章条]|部分[：: 　])|(?:(?:建议|提案|议案|答复)编?号|提案人|领衔(?:代表|人)|案\s{0,4}由|(?:联系|监督|咨询|举报)(?:电话|人|方式))\s?[：:]|附[件：:]|目\s{0,4}录$|[—\-]{1,4}|问：|答：|.*(?:：|。|；|，)$|[^《》。]{0,120}。."
    r"|.{2,24}(?:政府|国务院)[ 　]*代?(?:[县市区省州镇乡旗盟]长|总理|主席)|(?!.*关于).{2,30}文件$|(?!.*(?:报告|讲话|致辞|发言)(?:[（(][^（）()]{1,8}[)）])?$)(?:(?:"
    + DATE_PATTERN
    + r")在?|在).{4,40}(?:会议|大会)(?:上|$)|第\d{1,4}号$"
    r"|[^\u4e00-\u9fff]{0,120}$|(?!.*(?:关于|工作|的)).{0,24}(?:[县市区州旗省盟镇乡局院部厅校]长|书记|主任|主席|检察长)[ 　]{1,4}[\u4e00-\u9fff某×]{1,4}(?:[ 　][\u4e00-\u9fff某])?$"
)
ENDED_RE = lazy_re(r"的(?:若干|有关|补充|紧急|指导|实施|暂行|联合)?[\u4e00-\u9fff]{1,4}$")  # …的若干意见
# a label of an info table that lost its table
LABEL_RE = lazy_re(
    r"(?:索\s{0,4}引\s{0,4}号?|(?:发文|发布|公开|制定)(?:机关|机构|单位|日期|时间|字号)|(?:成文|生成|印发)(?:日期|时间)|文\s{0,4}号|主题(?:分类|词)|(?:标\s{0,4}题|(?:信息|文件)?名\s{0,4}称)|有\s?效\s?性|来\s{0,4}源|公开方式|信息分类)\s?[：:]?"
)
TITLE_LABEL_RE = lazy_re(r"(?:标\s{0,4}题|(?:信息|文件)?名\s{0,4}称)\s?[：:]?")
DECREE_TITLE_RE = lazy_re(r"(?:中华人民共和国)?[\u4e00-\u9fff]{2,30}令")
SUBTITLE_RE = lazy_re(
    r"[（(](?:(?:19|20)\d\d年?\s?[—–\-－至~～]{1,2}\s?(?:19|20)\d\d\s?年?|试行|暂行|修订|修订稿|(?:19|20)\d\d年修订|草案|征求意见稿)[）)]"
)  # （2021—2025年）, （试行）
BELOW_HEADLINE_RE = lazy_re(
    r"[—－-]{1,3} ?(?P<words>(?!在[^，]{4,40}(?:会议|大会)上?$)[\u4e00-\u9fff“《][^。；：\n]{3,40})(?<![，、])"
)
SIGNER_RE = lazy_re(r"(?:签\s?发\s?人|会\s?签\s?人|签\s?发)\s?[：:]")  # 签发人：李某某
# a picture's caption that ran into the headline: …工作 新学期教师会（李某某 供图）
CAPTION_RE = lazy_re(
    r"(?<=.{6})[ \u3000][^ \u3000（(]{2,24}[（(][^（）()]{1,14}(?:供图|供稿|摄影?|图/文|文/图)[）)]$"
)
FILE_RE = lazy_re(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar)\b", re.IGNORECASE)
HAS_WORDS_RE = lazy_re(r"[\u4e00-\u9fff]{2}")
SHORT_TITLE = 12  # characters of a line that is hardly a title
LEAST_HEADLINE = 7  # and of what may be a headline
GENERIC_RE = lazy_re(r"(?:政府)?工作报告|(?:通知|通告|公告|公示|报告|正文){1,2}")


def _goes_on(title: str, piece: str) -> bool:
    """Say whether a title that could end here is carried on by the next line: …记录制度 | …的指导意见; …规划 | 和…目标纲要."""
    if piece and piece[0] in "和及与暨":
        return type_of_title(piece) is not None
    return (
        "关于" in title
        and "关于" not in piece
        and not ENDED_RE.search(title)
        and type_of_title(piece) is not None
    )


def _past_labels(head: Sequence[str]) -> Sequence[str]:
    """Return the lines behind an info table that lost its table: 索引号 | 000014348/2023-01000 | 文号 | … | 信息名称."""
    at = 0
    while at + 1 < len(head) and LABEL_RE.fullmatch(head[at].strip()):
        if TITLE_LABEL_RE.fullmatch(head[at].strip()):
            return head[at + 1 :]
        at += 1 if LABEL_RE.fullmatch(head[at + 1].strip()) else 2
    return head[at:] if at > 2 else head


def find_title(head: Sequence[str], page_title: str | None) -> str | None:
    """Return the title among a document's first lines; `page_title` is what the page itself calls it.

    A line that is no title by its words yields to a headline of the page.

    >>> find_title(["国务院关于促进综合保税区", "高水平开放高质量发展的若干意见", "国发〔2019〕3号"], None)
    '国务院关于促进综合保税区高水平开放高质量发展的若干意见'
    >>> find_title(["政府工作报告", "（2022年1月26日在定兴县第十六届人民代表大会第二次会议上）"], "2022年定兴县政府工作报告")
    '2022年定兴县政府工作报告'

    None when the document begins without one (各位代表：) and the page says nothing.
    """
    if head and page_title is None and DELEGATES_RE.match(head[0]):
        return None  # a report whose headline is lost: what stands below 各位代表： is in it
    named = tidy(without_site(page_title[:300])) if page_title else None
    own = _own_title(head, named) or headed_letter(head)
    if named is None and own is None:
        return handed_out(head)
    if own is None or named is None:
        return own or named
    own_key, named_key = squeezed(own), squeezed(named)
    if own_key == named_key:
        return own
    if GENERIC_RE.fullmatch(own) or (own_key in named_key and type_of_title(named)):
        return named  # the page knows the county and the year
    if LETTERHEAD_RE.fullmatch(own) and "关于" in named and type_of_title(named):
        return named  # 武宁县人民政府通告 | …关于禁止采砂的通告
    if type_of_title(own) or named_key in own_key:
        return own
    return named if len(own) <= SHORT_TITLE or _is_headline(named_key) else own


def _is_headline(title: str) -> bool:
    """Say whether what a page calls its document is a headline, and no name of a site or a column: 停水通知, not 通知公告."""
    is_name = SITE_WORD_RE.search(title) or split_names(title) or GENERIC_RE.fullmatch(title)
    return not is_name and (type_of_title(title) is not None or len(title) >= LEAST_HEADLINE)


def _own_title(head: Sequence[str], named: str | None) -> str | None:
    """Return the title that a document prints in its first lines; `named` tells how far it goes."""
    head = _past_labels(head)
    _, n_letterhead = issuer_of_redhead(head)
    head = head[n_letterhead:]
    head = head[1:] if _is_below_a_label(head) else head
    for i, raw in enumerate(head[:10]):
        line = raw.strip()
        if not line or is_number(line) or LABEL_RE.fullmatch(line):
            continue
        if (line[0] in "签会" and SIGNER_RE.match(line)) or (line[-1] in "日）)" and _is_of_an_issue(line)):
            continue
        following = head[i + 1 : i + 3]
        if (
            len(following) == 2
            and LETTERHEAD_RE.fullmatch(line)
            and is_number(following[0])
            and re.match(r"关于.{2,80}$", following[1])
        ):
            continue  # 青山县税务局公告 | 2023年第3号 | 关于…的公告
        if DECREE_TITLE_RE.fullmatch(line):
            return enacted_title(head[i + 1 :]) or line
        first = without_site(tidy(line))  # …的通知_中国政府网: the page's own title, saved with the text
        report = re.match(r"(?:.{0,30}政府工作报告)(?=[（(—\-]{0,3}(?:19|20)\d\d年|各位(?:代表|委员))", first)
        if report:
            return report[0]
        if split_names(first) and i + 1 < len(head) and DATE_RE.fullmatch(head[i + 1].strip()):
            continue  # who signs the notice above
        if NO_TITLE_RE.match(first) or DATE_RE.fullmatch(first) or not 4 < len(first) <= 120:
            if (i >= 2 and HAS_WORDS_RE.search(first)) or len(first) > 120:
                break
            continue
        lower = [*head[i + 1 : i + 4], "".join(head[i + 1 : i + 3])]  # a title may be broken over two lines
        if any(
            4 < len(low) <= 120 and is_headline(first, tidy(low)) and not FILE_RE.search(low) for low in lower
        ):
            continue  # a mirror's headline, or the name of its site
        whole = _from_lines(first, head[i + 1 : i + 5], named)
        if whole is None and split_names(first) and not named:
            continue  # who issues it, or whose site it is
        return _with_subtitle(CAPTION_RE.sub("", without_site(whole or first)), head[i + 1 : i + 2])
    return None


def _with_subtitle(title: str, below: Sequence[str]) -> str:
    """Return a headline with the line of dashes below it: 青山不负人 | ——青山县生态建设纪实; no report's ——在…会议上.

    >>> _with_subtitle("青山不负人", ["——青山县生态建设纪实"]), _with_subtitle("政府工作报告", ["——在青山县第三次会议上"])
    ('青山不负人——青山县生态建设纪实', '政府工作报告')
    """
    line = below[0].strip() if below else ""
    if line[:1] not in ("—", "－", "-") or type_of_title(title) is not None:
        return title
    match = BELOW_HEADLINE_RE.fullmatch(line)
    return f"{title}——{match['words']}" if match else title


def _is_of_an_issue(line: str) -> bool:
    """Say whether a line gives body and day of a brief, which its title follows: 青山县教育局 2023年4月17日."""
    day = DATE_RE.search(line)
    return day is not None and bool(split_names(line[: day.start()].strip(" 　（(编印").strip()))


def _from_lines(first: str, below: Sequence[str], named: str | None) -> str | None:
    """Return the title that begins with a line and goes on in those below it, None where no word says that it is one."""
    pieces = [first]
    for following in below:
        whole = _joined(pieces)
        is_quoted = QUOTED_RE.fullmatch(following.strip()) is not None
        piece = following.strip() if is_quoted else tidy(following)  # …关于 | 《…规划》 | 的批复
        if type_of_title(whole) is not None and not split_names(whole) and not _goes_on(whole, piece):
            return whole + piece if SUBTITLE_RE.fullmatch(piece) else whole
        if not piece or len(piece) > 48 or _starts_no_title(piece):
            break
        if "关于" not in whole and FILE_RE.search(following):
            break  # a file that is attached; a title that 关于 has opened goes on
        if split_names(pieces[-1]) and (
            piece.startswith(pieces[-1])
            or says_place_again(pieces[-1], piece)
            or is_of_own_office(pieces[-1], piece)
        ):
            pieces.pop()  # the body stood alone (发文机关), its title names it again
        pieces.append(piece)
    named_key = squeezed(named or "")
    for n in range(len(pieces), 0, -1):
        whole = _joined(pieces[:n])
        # the page's own title says how far it goes, else the word for the document's type
        if squeezed(whole) == named_key or type_of_title(whole) is not None:
            return whole
    if pieces[1:] and pieces[1].startswith("关于") and split_names(pieces[0]):
        return _joined(pieces[:2])  # 青山县公安局 | 关于2019年度部门预算公开的说明
    return None


def _is_below_a_label(head: Sequence[str]) -> bool:
    """Say whether bodies and title stand below what the page calls a document: 招商政策 | 某县人民政府 | 关于…的意见."""
    if len(head) < 3 or not head[2].startswith("关于") or not split_names(tidy(head[1])):
        return False
    label, line = tidy(head[0]), tidy(head[2])
    is_other = split_names(label) or is_number(head[0].strip()) or DATE_RE.search(label)
    is_label = 4 < len(label) <= 30 and label not in line and line not in label and "关于" not in label
    return is_label and not is_other


def _joined(pieces: Sequence[str]) -> str:
    """Join the lines of a title; bodies that issue together keep a space between them."""
    whole = pieces[0]
    for before, piece in itertools.pairwise(pieces):
        starts_with_body = split_names(piece) or (
            split_names(before)
            and re.match(r"(?!关于|印发|转发|批转)[^，。《]{2,24}?(?:局|厅|委|部|府|室)关于", piece)
        )
        whole += " " + piece if split_names(before) and starts_with_body else piece
    return whole


def _starts_no_title(line: str) -> bool:
    return bool(
        NO_TITLE_RE.match(line)
        or CRIES_RE.search(line)
        or DATE_RE.search(line)
        or DOC_NUMBER_RE.match(line)
        or DECREE_RE.fullmatch(line)
    )
