"""A row of a table as one line: a tab between columns, an empty column where a cell is blank.

A number belongs to the head above it by its column alone, so that no blank cell may be left out, not even the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.lazy_re import lazy_re

VALUE_RE = lazy_re(r"[^：:。]{0,10}[\d—…－-][^：:。]{0,19}")  # 1200, ≥95%, —
SHORT_CELL = 30  # characters; a longer cell that spans rows or columns is printed once


class TableRow(str):
    """A line whose tabs are the columns of a table; white space at its margins is no indentation."""

    __slots__ = ()


def row_line(cells: Sequence[str]) -> str:
    """Return the cells of a row as one line; one that holds a heading, a caption or a name alone is a plain line.

    >>> row_line(["", "2023年", "2024年"])
    '\\t2023年\\t2024年'
    >>> row_line(["", "单位：万元", ""]), row_line(["", "", "1200"])
    ('单位：万元', '\\t\\t1200')
    """
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    if len(filled) == 1 and (cells[0] or not VALUE_RE.fullmatch(filled[0])):
        return filled[0]
    return TableRow("\t".join(cells))
