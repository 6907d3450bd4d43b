"""Lines of a masthead that a page ran together, taken apart again: title, number, body and day on one line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.dates import DATE_PATTERN, DATE_RE
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.numbers import DECREE_RE, DOC_NUMBER_RE, SERIES_RE

_N_LINES = 8
_LONGEST = 160  # characters in which a title and its number end
# a database of laws prints its bars behind the title: …的通知文章属性•【制定机关】…
_RECORD_RE = lazy_re(r"(?P<title>[^•【】]{6,160}?)(?:(?:文章|法规)属性)?[•·]【(?:制定机关|公布日期|字号)】")
_SIGN_RE = lazy_re(r"号|[长任].{0,20}年")  # without one of these no line is parted
_NUMBER_AND_DAY_RE = lazy_re(
    rf"[（(]\s?(?P<number>[^（）()]{{5,30}}号)\s{{1,4}}(?P<day>{DATE_PATTERN})\s?[）)]"
)
_OFFICER_RE = lazy_re(
    rf"(?P<who>(?:代?[省市县区州旗盟]\s?长|主\s?任|部\s?长|局\s?长|厅\s?长)[ 　]{{0,4}}[\u4e00-\u9fff ]{{2,6}}?\s?(?:{DATE_PATTERN}))\s{{1,4}}(?=\S)"
)  # 省长某某 二○○五年五月二十三日 某某规定

GIVEN_AT_RE = lazy_re(rf"[—–\-－（( ]{{0,6}}(?:{DATE_PATTERN})?\s?在[^。，\n]{{4,60}}大会$")
REST_OF_MEETING_RE = lazy_re(r"(?:第[一二三四五六七八九十]{1,3}次)?(?:全体)?会议上[）)]?")


def parted(head: Sequence[str]) -> list[str]:
    """Return the first lines of a document, those that were run together taken apart.

    >>> parted(["国务院关于同意设立青山市的批复 国函〔1997〕46号 国务院 1997年6月10日"])
    ['国务院关于同意设立青山市的批复', '国函〔1997〕46号', '国务院 1997年6月10日']
    >>> parted(["第188号《青山县取水规定》已经县政府审议通过，现予公布。"])
    ['第188号', '《青山县取水规定》已经县政府审议通过，现予公布。']
    """
    for i, line in enumerate(head[:_N_LINES]):
        if "【" in line and (record := _RECORD_RE.match(line[:300])):
            return [record["title"], *head[i + 1 :]]
    first = [
        piece for line in head[:_N_LINES] for piece in (_pieces(line) if _SIGN_RE.search(line) else (line,))
    ]
    return first + list(head[_N_LINES:])


def rejoined(head: Sequence[str]) -> list[str]:
    """Return the first lines of a document, the one that says where a report was given joined again.

    >>> rejoined(["关于2022年预算的报告", "——2022年12月18日在青山县第六届人民代表大会", "第二次会议上", "青山县财政局"])
    ['关于2022年预算的报告', '——2022年12月18日在青山县第六届人民代表大会第二次会议上', '青山县财政局']
    """
    for at, (line, below) in enumerate(itertools.pairwise(head[:_N_LINES])):
        if REST_OF_MEETING_RE.fullmatch(below) and GIVEN_AT_RE.match(line):
            return [*head[:at], line + below, *head[at + 2 :]]
    return list(head)


def _pieces(line: str) -> Iterator[str]:
    if "号" not in line and "日" not in line:  # most lines
        yield line
        return
    if match := _NUMBER_AND_DAY_RE.fullmatch(line):  # （青府字〔2008〕16号 2008年1月29日）
        yield from (match["number"], match["day"])
        return
    for opening in (DECREE_RE.match(line), SERIES_RE.match(line)):
        rest = line[opening.end() :].strip() if opening else ""
        if opening and rest.startswith("《"):  # 青山县人民政府令 第5号 《…》已经…
            yield opening[0].strip()
            yield rest
            return
    if match := _OFFICER_RE.match(line):
        yield match["who"]
        yield line[match.end() :]
        return
    number = DOC_NUMBER_RE.search(line[:_LONGEST])
    before = line[: number.start()].rstrip() if number else ""
    is_parted = number is not None and line[: number.start()].endswith((" ", "　"))
    if number is None or not is_parted or type_of_title(before) is None or "。" in before:
        yield line
        return
    rest = line[number.end() :].strip()
    if rest and not DATE_RE.search(rest[:40]):
        yield line
        return
    yield from (before, number[0], *((rest,) if rest else ()))
