"""Which lines of print are running heads, feet and page numbers: what a page says of the sheet and not of its matter.

A line goes only where it says the same at the same height of most pages, but for a number that counts the pages up.
Rows of a table look alike from page to page too, and are the last thing that may get lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.lazy_re import lazy_re
from pipeline.pages.layout import MARKER_RE, Line

PAGE_NUMBER_RE = lazy_re(
    r"[-—－–~·\s]{0,6}(?:第\s{0,3})?(?:(?P<number>\d{1,4})|[ivxIVX]{1,6})(?:\s{0,3}页)?"
    r"(?:\s{0,3}[/／,，]?\s{0,3}(?:共\s{0,3})?\d{1,4}(?:\s{0,3}页)?)?[-—－–~·\s]{0,6}"
)  # — 3 —, 第3页 共10页, 3/10
COUNTED_RE = lazy_re(r"第\s{0,3}\d{1,4}\s{0,3}页|[-—－–~·]\s{0,3}\d{1,4}\s{0,3}[-—－–~·]")
CAPTION_RE = lazy_re(r"(?:计量)?单位\s?[:：]|续?表\s?[\d一二三四五六七八九十]")  # comes again above each part
DIGITS_RE = lazy_re(r"\d{1,9}")
SPACE_RE = lazy_re(r"\s{1,40}")
_LONGEST = 120  # characters of a running head
_EDGE_LINES = 2  # a running head is among the first or last lines of a page
_LEAST_COUNTED = 3  # pages that a line without 第…页 must count up

_Edge = tuple[Line, bool]  # a line near the edge of its page, and whether it stands beside a row of a table
_Numbers = tuple[int, ...]


def running_heads(pages: Sequence[Sequence[Line]]) -> frozenset[Line]:
    """Return the page numbers, heads and feet among the lines of some pages."""
    edges = [edge for page in pages for edge in _edges(page)]
    n_pages = sum(map(bool, pages))  # scanned pages have no lines
    found = set(_page_numbers([line for line, _ in edges], n_pages))
    alike: dict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        alike[_place(edge[0])].append(edge)
    often = max(2, (n_pages + 1) // 2)
    for group in alike.values():
        lines = [line for line, _ in group]
        is_table = all(line.is_row and is_beside_row for line, is_beside_row in group)
        if MARKER_RE.match(lines[0].text) or CAPTION_RE.match(lines[0].text) or is_table:
            continue  # 附件1, 附件2 head their pages
        for same in _same(lines):
            if len({line.page for line in same}) >= often:
                found.update(same)
    return frozenset(found)


def _edges(page: Sequence[Line]) -> Iterator[_Edge]:
    for at, line in enumerate(page):
        if (at < _EDGE_LINES or at >= len(page) - _EDGE_LINES) and len(line.text) <= _LONGEST:
            inner = at + 1 if at < len(page) / 2 else at - 1
            yield line, 0 <= inner < len(page) and page[inner].is_row


def _place(line: Line) -> tuple[str, int]:
    """A line's words without digits, and its height on the page to some 4 points."""
    return DIGITS_RE.sub("#", SPACE_RE.sub("", line.text)), round(line.bottom / 4)


def _numbers(line: Line) -> _Numbers:
    return tuple(int(digits) for digits in DIGITS_RE.findall(line.text))


def _same(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield those of some lines with the same words that are one head: the same numbers, or numbers that count pages."""
    plain: dict[_Numbers, list[Line]] = defaultdict(list)
    counted: dict[tuple[_Numbers, int], list[Line]] = defaultdict(list)
    for line in lines:
        numbers = _numbers(line)
        plain[numbers].append(line)
        for at, number in enumerate(numbers):
            others = numbers[:at] + numbers[at + 1 :]
            counted[(*others, number - line.page), at].append(line)
    yield from plain.values()
    for group in counted.values():
        n_pages = len({line.page for line in group})
        is_told = all(COUNTED_RE.search(line.text) for line in group)
        if n_pages >= (2 if is_told else _LEAST_COUNTED) and not any(_is_matter(line) for line in group):
            yield group


def _is_matter(line: Line) -> bool:
    return line.is_row or line.text.endswith(("。", "；", "，"))


def _page_numbers(lines: Sequence[Line], n_pages: int) -> Iterator[Line]:
    """Yield the lines that are a number of their page and nothing else; a bare number must count with its pages."""
    ahead: dict[int, set[int]] = defaultdict(set)  # by how much a number is ahead of its page -> pages
    numbered = []
    for line in lines:
        match = PAGE_NUMBER_RE.fullmatch(line.text)
        if match is not None and not line.is_row:
            numbered.append(line)
            if match["number"]:
                ahead[int(match["number"]) - line.page].add(line.page)
    for line in numbered:
        bare = line.text.strip()
        counts = not bare.isdigit() or int(bare) == line.page + 1 or len(ahead[int(bare) - line.page]) > 1
        if counts or (n_pages == 1 and len(bare) < 4):
            yield line
