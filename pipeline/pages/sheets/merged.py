"""Merged cells of a sheet: a head that spans rows or columns is printed in each, as a cell of a web page is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from pipeline.lazy_re import lazy_re
from pipeline.pages.sheets.columns import Row
from pipeline.pages.table_rows import SHORT_CELL

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0

AREA_RE = lazy_re(
    rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,60}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_PIECE = 1 << 18  # bytes
_OVERLAP = 160  # bytes of an element that two pieces may share
_MAX_AREAS = 100_000
_MAX_SPREAD = 1_000_000  # cells of one sheet that are printed again


def areas_of(part: IO[bytes]) -> set[Area]:
    """Return the merged areas that the XML of a sheet names; openpyxl, reading row by row, does not tell them."""
    areas: set[Area] = set()
    tail = b""
    while (piece := part.read(_PIECE)) and len(areas) < _MAX_AREAS:
        seen = tail + piece
        areas.update(
            (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
            for left, top, right, bottom in AREA_RE.findall(seen)
        )
        tail = seen[-_OVERLAP:]
    return areas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number - 1


def spread(rows: Sequence[Row], areas: Iterable[Area]) -> list[Row]:
    """Return the rows with each short merged cell in all rows and columns of its area that hold something of their own.

    >>> rows = [[(0, "指标"), (1, "2025年")], [(1, "目标"), (2, "完成")]]
    >>> spread(rows, [(0, 0, 1, 0), (0, 1, 0, 2)])
    [[(0, '指标'), (1, '2025年'), (2, '2025年')], [(0, '指标'), (1, '目标'), (2, '完成')]]

    A cell alone in its row that spans columns is a heading of the table, no head of its columns.
    """
    used = sorted({column for row in rows if len(row) > 1 for column, _ in row})
    cells = [dict(row) for row in rows]
    n_spread = 0
    for area in sorted(areas):
        top, left, bottom, right = area
        text = cells[top].get(left, "") if top < len(cells) else ""
        columns = used[bisect_left(used, left) : bisect_right(used, right)]
        if not text or len(text) > SHORT_CELL or (right > left and len(cells[top]) == 1):
            continue
        n_spread += len(columns) * (min(bottom, len(cells) - 1) - top + 1)
        if n_spread > _MAX_SPREAD:
            break
        for row, column in _places(rows, area, columns):
            cells[row].setdefault(column, text)
    return [sorted(row.items()) for row in cells]


def _places(rows: Sequence[Row], area: Area, columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    for row in range(area[0], min(area[2], len(rows) - 1) + 1):
        if rows[row]:
            yield from ((row, column) for column in columns)
