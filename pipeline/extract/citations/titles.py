"""Where the titles stand: the marks 《》, also nested or badly closed, and the 发文字号 beside them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.lazy_re import lazy_re

LONGEST_TITLE = 120

_MARK_RE = lazy_re(r"[《》〈〉\n]")
_YEAR = r"[〔\[［【（(]\s?(?:19|20)\d\d\s?[〕\]］】）)]"
_YEAR_RE = lazy_re(_YEAR)
_NUMBER = (
    rf"(?:[\u4e00-\u9fffA-Za-z]{{1,16}}{_YEAR}\s?第?\s?\d{{1,5}}(?:\s?号|(?=[）)]))"  # 国发〔2019〕5号; （国发〔2019〕5）
    r"|[\u4e00-\u9fff]{2,18}公告\s?(?:19|20)\d\d年\s?第\s?\d{1,4}号"  # 国家卫生健康委公告2021年第5号
    r"|[\u4e00-\u9fff]{2,14}令?\s?第?[一二三四五六七八九十百零〇\d]{1,6}号令?)"  # 国务院令第709号
)
# 《…办法》的通知（巨教财〔2018〕5号）, 《…意见》文件（…）, and no number of the title that follows: 《…》，教基〔2021〕3号《…》
_NUMBER_BEHIND_RE = lazy_re(
    rf"(?:的(?:通知|意见|批复|决定|函|规定)|等?文件|，(?=[^《》，。]{{1,30}}号(?!《|文?件?[《关])))?\s?[（(〔\[]?\s?(?:以下简称[^（）]{{2,20}}[，、；]|(?:19|20)\d\d年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?[，、]?)?(?P<number>{_NUMBER})"
)
_OF_OUTER_RE = lazy_re(r"的(?:通知|意见|批复|决定|函|规定|实施意见|实施办法)\s?[（(〔\[]")
_ANSWER_RE = lazy_re(r"的(?:批复|复函|函)\s?[（(〔\[]?")  # 关于《…规划》的批复（…）
_ASKED_RE = lazy_re(r"关于《\Z")
_CARRIED_OUT_RE = lazy_re(r"(?:实施|贯彻|落实|执行|学习|宣传|修改|废止|批准|同意|配合)[^《》，。；]{0,4}《\Z")
_NUMBER_BEFORE_RE = lazy_re(
    rf"(?P<number>[\u4e00-\u9fffA-Za-z]{{1,16}}{_YEAR}\s?第?\s?\d{{1,5}}\s?号)[）)]?(?:文件?)?\s{{0,3}}(?:关于)?(?:印发|转发|批转)?\Z"
)  # 柳城教通〔2023〕31号 关于印发《…》
_CITING_RE = lazy_re(
    r"^[^〔]*文件(?=.{2})|^[^〔]*[办局厅委府院会室]以(?=.{2})|^[按据](?!照)(?=.{2})|^(?:请|应|要|须)?(?:认真|严格|继续)?(?:遵照|按照|依照|依据|根据|参照|对照|执行|贯彻|落实)+(?=.{2})"
)
_BRACKETS, _SPACE_RE = "〔〕[]［］【】（）() ", lazy_re(r"\s")
_NUMBER_INSIDE_RE = lazy_re(
    rf"[（(〔\[【]\s?(?P<number>[\u4e00-\u9fffA-Za-z]{{1,16}}{_YEAR}\s?第?\s?\d{{1,5}}\s?号)\s?[）)〕\]】]\Z"
)
_LOST_CLOSE_RE = lazy_re(
    rf"(?P<title>[^《》〈〉\n，。；]{{6,80}}?(?:通知|意见|方案|办法|规定|条例|纲要|规划|决定|细则))\s?[（(]{_NUMBER}[）)]"
)  # 《关于…的通知（国发〔2019〕4号）: the closing mark was lost


def title_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans inside the outermost 《》; a mark without its partner in the line is passed over.

    >>> text = "转发《关于印发〈评价指南〉的通知》和《行政许可法〉，见《未完"
    >>> [text[start:end] for start, end in title_spans(text)]
    ['关于印发〈评价指南〉的通知', '行政许可法']

    Where the closing mark is lost, a title that ends as one and has its 发文字号 behind it is read all the same.
    """
    openings: list[int] = []
    n_inner = 0
    for match in _MARK_RE.finditer(text):
        sign, at = match[0], match.start()
        if sign == "《":
            openings.append(at + 1)
        elif sign == "\n":
            # a break between the mark and the title is no end of the line: 《⏎关于…的联合声明⏎》
            if openings and text[openings[-1] : at].strip() and not text.startswith("》", at + 1):
                openings.clear()
            n_inner = 0
        elif sign == "〈":
            n_inner += 1
        elif sign == "〉" and n_inner:
            n_inner -= 1
        elif openings:
            start = openings.pop()
            n_inner = n_inner if openings else 0
            follows_title = len(openings) == 1 and start - openings[0] > 1
            if openings and (
                not follows_title
                or at - openings[0] > LONGEST_TITLE
                or "》" not in text[at + 1 : at + 40].split("\n", 1)[0].split("《", 1)[0]
            ):
                if lost := _LOST_CLOSE_RE.match(text, openings[0]):
                    yield lost.span("title")
                openings.clear()  # the outer mark was never closed
            if not openings and start < at <= start + LONGEST_TITLE and text[start:at].strip():
                yield start, at


def _official(number: str) -> str:
    """A number as documents bear it: without what cites it, its year in 〔〕: 执行财库[2020]第46 号 -> 财库〔2020〕46号."""
    year = _YEAR_RE.search(number)
    if year is None:
        return number.strip()
    code = _CITING_RE.sub("", number[: year.start()].strip())
    order = _SPACE_RE.sub("", number[year.end() :]).removeprefix("第").removesuffix("号")
    return f"{code}〔{year[0].strip(_BRACKETS)}〕{order}号"


def number_inside(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Return where a title ends before the number that stands inside of its marks, and that number: 《…的意见（国发〔2019〕4号）》.

    >>> text = "《关于加强校车管理的意见（国办发〔2012〕40号）》"
    >>> number_inside(text, 1, len(text) - 1)
    (12, '国办发〔2012〕40号')
    """
    found = _NUMBER_INSIDE_RE.search(text, start + 4, end)
    return (found.start(), _official(found["number"])) if found else (end, None)


def number_beside(text: str, start: int, end: int) -> str | None:
    """Return the 发文字号 that stands in brackets behind a title, or before it in its line; None if there is none.

    >>> text = "关于实施《国务院关于某事的决定》的意见（青政〔2001〕85号）"
    >>> number_beside(text, 5, 15) is None
    True
    """
    before = text[max(0, start - 12) : start]
    is_inside = (_OF_OUTER_RE.match(text, end + 1) and _CARRIED_OUT_RE.search(before)) or (
        _ANSWER_RE.match(text, end + 1) and _ASKED_RE.search(before)
    )
    if is_inside:
        pass  # the number is that of the title around it
    elif (match := _NUMBER_BEHIND_RE.match(text, end + 1)) and (
        text[end + 1 : match.start("number")].strip() or _YEAR_RE.search(match["number"])
    ):
        return _official(match["number"])
    elif lost := _NUMBER_BEHIND_RE.match(text, end):
        return _official(lost["number"])
    line_start = text.rfind("\n", max(0, start - 60), start) + 1
    match = _NUMBER_BEFORE_RE.search(text[max(line_start, start - 60) : start - 1])
    return _official(match["number"]) if match else None
