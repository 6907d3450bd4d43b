"""The number a document goes by (发文字号): the forms it is printed in, and where a page gives the document's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.records import PageFacts
from pipeline.structure.dates import CLOCK, PRINTED_DAY
from pipeline.structure.page_lines import squeezed

_OPEN, _CLOSE = r"〔\[［【﹝（(｛{", r"〕\]］】﹞）)｝}"
_YEAR_BRACKETS = rf"[{_OPEN}]\s{{0,2}}(?:19|20)\d\d\s{{0,2}}年?\s?[{_CLOSE}]"
_CODE = r"[\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,6}[）)][\u4e00-\u9fff]{0,4})?"
DOC_NUMBER_RE = lazy_re(
    rf"(?P<code>{_CODE})\s{{0,2}}(?P<year>{_YEAR_BRACKETS})\s{{0,2}}(?:第\s?)?(?P<serial>\d{{1,5}})\s{{0,2}}号"
)  # 柳城教通〔2023〕31号
NO_HAO_RE = lazy_re(
    rf"(?P<code>{_CODE})(?P<year>{_YEAR_BRACKETS})第?(?P<serial>\d{{1,5}})号?"
)  # alone in its line: 柳城教通〔2023〕31
_SERIAL = r"第\s?(?P<serial>\d{1,4}|[一二三四五六七八九十百零〇]{1,6})\s?号"
_OF_YEAR = rf"(?P<year>(?:19|20)\d\d\s?年|[{_OPEN}](?:19|20)\d\d[{_CLOSE}](?=第))?"
DECREE_RE = lazy_re(
    rf"(?P<code>(?:[\u4e00-\u9fff]{{2,24}})?(?:令|公告|通告))\s*[{_OPEN}]?\s?{_OF_YEAR}\s?{_SERIAL}\s*[{_CLOSE}]?"
)  # 国务院令第712号, 国家税务总局公告2023年第5号
ENACTED_BY_RE = lazy_re(
    r"日\s?(?P<decree>[\u4e00-\u9fff]{2,24}令\s?第\s?\d{1,4}\s?号)\s?(?:公布|发布|颁布)"
)  # （2022年12月1日青山县人民政府令第8号公布）
SERIES_RE = lazy_re(rf"[{_OPEN}]?\s?{_OF_YEAR}\s?{_SERIAL}\s?[{_CLOSE}]?")  # 2023年第5号
LETTERHEAD_RE = lazy_re(r"(?!.*(?:关于|的|印发))[\u4e00-\u9fff（）、 ]{2,40}(?:令|公告|通告)")
STATE_COUNCIL_DECREE_RE = lazy_re(r"(?:中华人民共和国)?国务院令")
NUMBER_LABEL_RE = lazy_re(
    r"(?:发文[字文]号|发文编号|公文[文编]号|文\s{0,6}号|文件[字编]?号)(?:\s?[：:]\s{0,4}|\s{0,2}\n\s{0,2}|[ \t　]{1,4}(?=[\u4e00-\u9fff]{1,14}[〔\[（(](?:19|20)\d\d))(?P<value>[^\n]{4,40})"
)  # 发文字号：…, 文 号 青政发〔2023〕6号
# what stands before a number that is only cited, and behind it: 根据教基〔2023〕1号文件精神
CITING_RE = lazy_re(
    r"(?:根据|按照?|依[据照]|遵照|贯彻|落实|执行|参照|对照|转发|印发|见|经|原|以|和|与|及|[》”]\s?[（(]?)[：:]?$"
    r"|^(?:根据|按照?|依[据照]|遵照|贯彻|落实|执行|参照|对照|[见经原](?![政府办教财民卫农水环文交]|人社|发改|住建|应急|市监))"
)  # 原政办发〔2014〕56号 is that of 原平市
CITED_BEHIND_RE = lazy_re(r"\s?(?:文(?!号)|精神|规定|要求|通知|中[的，]|同时|废止|[、，；。》和及等])")
TITLE_WORD_RE = lazy_re(
    r".*(?:通知|通报|意见|方案|决定|办法|规定|批复|公告|通告|规划|计划|要点|措施|细则|文件|函告|复函)"
)
_N_LINES = 12


BESIDE_LABEL_RE = lazy_re(
    rf"^[ \t　]*(?P<number>[\u4e00-\u9fff]{{2,12}}[〔\[（(](?:19|20)\d\d[〕\]）)]\s?\d{{1,4}}\s?号)[ \t　|｜]{{1,6}}(?:{PRINTED_DAY}(?:[T ]{CLOCK}(?:[:：]\d\d)?)?[ \t　|｜]{{1,6}})?(?:信息|文章|稿件)?(?:来源|发布|发文|成文|印发|时间|日期|作者|浏览)",
    re.MULTILINE,
)  # 青政办发〔2021〕23号　来源：青山县人民政府办公室


def normal_number(text: str) -> str | None:
    """Return the document number a short text holds, its year in 〔〕 and without stray spaces.

    >>> normal_number("柳城教通 [2023] 31 号"), normal_number("中华人民共和国教育部令 第49号")
    ('柳城教通〔2023〕31号', '教育部令第49号')
    >>> normal_number("中华人民共和国国务院令 第712号"), normal_number("青山县水利局公告（2023年 第5号）")
    ('国令第712号', '青山县水利局公告2023年第5号')

    Zeros that are printed stay (〔2023〕020号). A decree of the State Council has 国令第…号 as its official number; other decrees stay as printed.
    """
    match = DOC_NUMBER_RE.search(text) or NO_HAO_RE.fullmatch(squeezed(text))
    if match:
        year = re.sub(r"\D", "", match["year"])
        code = TITLE_WORD_RE.sub("", match["code"]) or match["code"]  # …的通知柳政发〔2023〕5号
        return f"{code}〔{year}〕{match['serial']}号"
    if match := DECREE_RE.search(text):
        code = STATE_COUNCIL_DECREE_RE.sub("国令", match["code"]).removeprefix("中华人民共和国")
        return f"{code}{squeezed(match['year'] or '')}第{match['serial']}号"
    return None


def _series_number(line: str) -> str | None:
    """Return 2023年第5号 for a line that is no more than that; 第5号 alone may be an issue of a bulletin."""
    match = SERIES_RE.fullmatch(line)
    return f"{squeezed(match['year'])}第{match['serial']}号" if match and match["year"] else None


def is_number(line: str) -> bool:
    """Say whether a line of a masthead is a document number and nothing else.

    >>> is_number("柳 城 教 通〔2023〕31号"), is_number("第5号"), is_number("柳城县人民政府令第5号办公楼")
    (True, True, False)
    """
    bare = re.sub(r"签发人[：:].{0,40}$", "", squeezed(line))
    bare = re.sub(rf"^[{_OPEN}](?=.*号[{_CLOSE}]$)|(?<=号)[{_CLOSE}]$", "", bare)
    if "关于" in bare:
        return False  # 关于…的紧急通告（第26号）: a title
    return any(p.fullmatch(bare) for p in (DOC_NUMBER_RE, NO_HAO_RE, DECREE_RE, SERIES_RE))


def _in_line(line: str, *, is_first: bool) -> str | None:
    """Return the number that a line carries as its own: alone, before a title, behind it, or in brackets behind it."""
    bare = re.sub(r"签发人[：:].{0,40}$", "", squeezed(line))
    bare = re.sub(rf"^[{_OPEN}](?=[\u4e00-\u9fff])|(?<=号)[{_CLOSE}]$", "", bare)
    if NO_HAO_RE.fullmatch(bare) and not CITING_RE.search(bare):
        return normal_number(bare)  # the spaces of 柳 政 发 〔2023〕 5 号 are typographer's
    match = DOC_NUMBER_RE.search(line)
    if match is None or CITING_RE.match(match["code"]):
        return None
    before, behind = line[: match.start()], line[match.end() :]
    if not before:
        return None if CITED_BEHIND_RE.match(behind) else normal_number(match[0])
    if len(line) > 110 or (CITING_RE.search(before) and not (is_first and re.search(r"》\s?[（(]$", before))):
        return None
    if not behind and len(line) <= 60 and "《" not in before:
        return normal_number(match[0])
    is_bracketed = before.endswith(("（", "(", "〔", "[", "【")) and re.fullmatch(rf"[{_CLOSE}]\s?", behind)
    return normal_number(match[0]) if is_bracketed else None


def find_doc_number(head: Sequence[str], page_head: str, page_facts: PageFacts) -> str | None:
    """Return the document's own number: what page and labels say, else what stands around its title.

    >>> find_doc_number(["青山县人民政府令", "第5号", "青山县校舍安全管理办法"], "", PageFacts())
    '青山县人民政府令第5号'
    >>> find_doc_number(["关于做好招生工作的通知", "根据教基〔2023〕1号文件精神，通知如下。"], "", PageFacts()) is None
    True

    Leaves numbers alone that the text only cites.
    """
    for value in (page_facts.doc_number, *(m["value"] for m in NUMBER_LABEL_RE.finditer(page_head))):
        if value and (number := normal_number(value) or _series_number(value.strip())):
            return number
    if page_facts.title and (number := _in_line(page_facts.title, is_first=True)):
        return number  # …的通知（青政发〔2022〕31号）
    for i, line in enumerate(head[:_N_LINES]):
        if len(line) > 60 and "。" in line:
            break
        if number := _in_line(line, is_first=i <= 1):
            return number
        following = head[i + 1] if i + 1 < len(head) else ""
        if LETTERHEAD_RE.fullmatch(line) and SERIES_RE.fullmatch(following):
            return normal_number(squeezed(line + following))
        if DECREE_RE.fullmatch(line) and "关于" not in line and not CITING_RE.search(line):
            return normal_number(line)
        if line[0] in "（(" and (decreed := ENACTED_BY_RE.search(line)):
            return normal_number(decreed["decree"])
        if i < _N_LINES // 2 and (number := _series_number(line)):
            return number
    beside = BESIDE_LABEL_RE.search(page_head)
    return normal_number(beside["number"]) if beside else None
