"""A line of a title without what a site prints around it: its name, a number, a label, the spaces that set it out."""

from __future__ import annotations

import functools

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.numbers import DOC_NUMBER_RE, TITLE_WORD_RE
from pipeline.structure.outlets import SITE_END_RE
from pipeline.structure.page_lines import squeezed

SITE_WORD_RE = lazy_re(
    r"(?:网|网站|门户|政府|官网|平台|频道|新闻|资讯|政务|公报|之窗|文库|图书馆|在线|客户端|[局厅委部]|日报|晚报|\.(?:cn|com|net))$"
)
SITE_LABEL_RE = lazy_re(
    r"^(?:\[[^\[\]\n]{2,10}\]|【[^【】\n]{2,10}】|[（(][\u4e00-\u9fff]{2,7}(?:省|自治区|市)[）)]|(?:精选|优秀|最新)?(?:范文|公文|文秘)(?:资料|精选|大全|推荐|模板)?：)\s?(?=[^\s\[【]{8})"
)  # [政策解读]关于…: what a site files it under
MAILS = ("信件", "来信", "咨询", "留言")
MAIL_LABEL_RE = lazy_re(rf"^(?:{'|'.join(MAILS)})(?:标题|主题)\s?[：:]?\s?(?=.{4})")  # of a mailbox
PAGE_BUTTON_RE = lazy_re(r"\s?[\[【](?:打印本页|复制链接|关闭窗口|打印)[\]】]$")
FILE_END_RE = lazy_re(
    r"(?<=[\u4e00-\u9fff）》])\.(?:docx?|pdf|wps|ofd|txt)$"
)  # of a file that a library offers
NUMBER_BEFORE_RE = lazy_re(rf"^{DOC_NUMBER_RE.pattern}\s?")
NUMBER_BEHIND_RE = lazy_re(
    rf"\s?[（(]\s?{DOC_NUMBER_RE.pattern}\s?[）)]$|\s?[\[［]\d{{1,2}}[\]］]$|\s?[【（(]\d{{2,6}}字[】）)]$"
)  # …的通知（青教〔2023〕3号）, …的通知[1]
LETTERSPACED_RE = lazy_re(
    r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?: |$))(?=[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,12}(?: |$))|(?<=[\u4e00-\u9fff] [\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?: |$))"
)  # 关于奖售粮几 个 问 题 的 通 知
SPACED_OUT_RE = lazy_re(
    r"[\u4e00-\u9fff]{1,2}(?: [\u4e00-\u9fff]{1,2}){2,30}(?=$|[（(—－-])"
)  # 政 府 工 作报 告（2020年）
DAY_BEHIND_RE = lazy_re(r"\s?[（(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)]$")  # 《…的通告》（2022年9月16日）
SPACED_SITE_RE = lazy_re(r"\s(?P<site>[\u4e00-\u9fff]{2,8}(?:网|文库|图书馆|门户))$")  # …的批复 某某文库
# 2022年…统计公报 2022: the year once more, as a library of bulletins files it
YEAR_AGAIN_RE = lazy_re(r"^(?P<title>.*(?P<year>(?:19|20)\d\d).{6,}[\u4e00-\u9fff]) (?P=year)$")
RUN_ON_RE = lazy_re(r"一、[\u4e00-\u9fff]{2,20}$")  # …工作方案一、总体要求: the first heading in its line
QUOTED_RE = lazy_re(r"《[^《》]{6,120}》")
INNER_QUOTES = str.maketrans("〈〉", "《》")


CONTENTS_RE = lazy_re(r"目[ 　]{0,4}(?:录|次)")


def past_contents(lines: list[str]) -> list[str]:
    """Return the lines of a document behind the table of contents that it begins with.

    >>> past_contents(["目录", "第一部分 报告", "第二部分 附表", "第一部分 报告", "关于青山县2023年预算草案的报告"])
    ['关于青山县2023年预算草案的报告']

    Its first entry stands again where the contents end; a title above it is the document's own.
    """
    if len(lines) < 4 or not CONTENTS_RE.fullmatch(lines[0]):
        return lines
    entry = squeezed(lines[1])
    again = (at for at, line in enumerate(lines) if at > 1 and squeezed(line) == entry)
    return lines[next(again, -1) + 1 :]


@functools.cache
def _sites() -> frozenset[str]:
    return frozenset(row["name"] for row in table("outlets.csv"))


def without_site(title: str) -> str:
    """Return a title without the name of the site behind it.

    >>> without_site("听“银”说丨银川市教育局：全面统筹教育配比 助推教育高质量发展-新华网")
    '听“银”说丨银川市教育局：全面统筹教育配比 助推教育高质量发展'
    >>> without_site("阳光体育—校园足球联赛")
    '阳光体育—校园足球联赛'
    """
    for _ in range(3):
        match = SITE_END_RE.search(title)
        if match is None or match.start() < 6:
            break
        if match["site"].strip() not in _sites() and not SITE_WORD_RE.search(match["site"].strip()):
            break
        title = title[: match.start()]
        if title.count("_") and type_of_title(title.split("_")[0]):  # …年度报告_信息公开_青山县人民政府
            title = title.split("_")[0]
    spaced = SPACED_SITE_RE.search(title)
    if spaced and type_of_title(title[: spaced.start()]):
        title = title[: spaced.start()]
    return title.strip()


def tidy(line: str) -> str:
    """Return a line of a title without its number, footnote marks and the spaces that set it out.

    >>> tidy("柳城教通〔2023〕31号 关于印发《三年行动计划》的通知"), tidy("政 府 工 作 报 告")
    ('关于印发《三年行动计划》的通知', '政府工作报告')
    """
    line = " ".join(line.split())
    if " " in line and (spaced := SPACED_OUT_RE.match(line)):
        line = spaced[0].replace(" ", "") + line[spaced.end() :]
    line = PAGE_BUTTON_RE.sub("", LETTERSPACED_RE.sub("", line))
    line = NUMBER_BEFORE_RE.sub("", line) or line
    if "." in line[-5:]:
        line = FILE_END_RE.sub("", line)
    if QUOTED_RE.match(line):
        line = DAY_BEHIND_RE.sub("", line)
    if QUOTED_RE.fullmatch(line):  # 《中共…印发〈…意见〉的通知》
        line = line[1:-1].translate(INNER_QUOTES)
    if "一、" in line and (heading := RUN_ON_RE.search(line)) and type_of_title(line[: heading.start()]):
        line = line[: heading.start()]
    if line[-1:].isdigit():
        line = YEAR_AGAIN_RE.sub(r"\g<title>", line)
    line = SITE_LABEL_RE.sub("", line)
    if line[:2] in MAILS:
        line = MAIL_LABEL_RE.sub("", line)
    if (glued := DOC_NUMBER_RE.search(line)) and glued.end() == len(line):  # …的通知青教安〔2023〕12号
        named = TITLE_WORD_RE.match(glued["code"])
        line = line[: glued.start() + named.end()] if named else line
    return NUMBER_BEHIND_RE.sub("", line)
