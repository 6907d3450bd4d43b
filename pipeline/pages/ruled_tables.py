"""Tables with ruled lines: every piece of print into its cell, every row one piece with tabs.

In a cell of several lines the baselines of a row do not agree, so that rows cannot be told by baselines alone; the
lines around the cells tell them. A frame around one cell, or around cells of running text, only lays out a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from pipeline.pages.reading_order import Piece, text_of_lines
from pipeline.pages.table_rows import SHORT_CELL, TableRow, row_line

_NEAR = 3.0  # points: lines closer than this are one
_MAX_BANDS = 400  # rows of one page
_MAX_RULES = 4_000
_MAX_COLUMNS = 200  # of one table
_MAX_CELL = 600  # characters; a longer cell of several lines is running text
_MAX_CELL_LINES = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on the page, level or upright; `at` is its height or its distance from the left."""

    is_level: bool
    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        """Tell whether the line passes a place along it."""
        return self.start - _NEAR <= place <= self.end + _NEAR


@dataclass(slots=True)
class _Cell:
    left: float
    right: float
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Band:
    """What lies between two level lines: its own cells, and for each place the cell that it belongs to.

    `columns` are the places where any row of its table has an upright line.
    """

    top: float
    bottom: float
    own: list[_Cell]
    all: list[_Cell]
    columns: list[float] = field(default_factory=list)


def with_table_rows(pieces: Sequence[Piece], rules: Sequence[Rule]) -> list[Piece]:
    """Return pieces with those inside ruled tables replaced by one piece a row."""
    bands = _bands(rules) if 4 < len(rules) <= _MAX_RULES else []
    if not bands:
        return list(pieces)
    outside: list[Piece] = []
    for piece in pieces:
        cell = _cell_of(piece, bands)
        (outside if cell is None else cell.pieces).append(piece)
    for band in bands:
        filled = [cell for cell in band.own if cell.pieces]
        texts = [text_of_lines(cell.pieces) for cell in filled]
        is_laid_out = any(_is_running(cell, text) for cell, text in zip(filled, texts, strict=True))
        row = row_line(_in_columns(band)) if filled and not is_laid_out else ""
        if not isinstance(row, TableRow):
            outside += [piece for cell in filled for piece in cell.pieces]
            continue
        size = max(piece.size for cell in filled for piece in cell.pieces)
        middle = (band.top + band.bottom) / 2
        outside.append(Piece(row, filled[0].left, filled[-1].right, middle, size, is_row=True))
    return outside


def _in_columns(band: _Band) -> list[str]:
    """Return the text of each column: a cell over several columns or rows stands in each, where it is short."""
    texts = [(cell, text_of_lines(cell.pieces) if cell.pieces else "") for cell in band.all]
    printed = [text for cell, text in texts if text and any(cell is own for own in band.own)]
    if len(band.columns) > _MAX_COLUMNS:
        return printed
    firsts = {id(cell): cell.left for cell in band.own}
    columns: list[str] = []
    for left, right in pairwise(band.columns):
        centre = (left + right) / 2
        cell, text = next(((c, t) for c, t in texts if c.left < centre < c.right), (None, ""))
        is_first = cell is not None and abs(firsts.get(id(cell), inf) - left) <= _NEAR
        columns.append(text if is_first or len(text) <= SHORT_CELL else "")
    return columns if set(printed) <= set(columns) else printed  # no cell may get lost between two lines


def _is_running(cell: _Cell, text: str) -> bool:
    return len(text) > _MAX_CELL and len({round(piece.bottom) for piece in cell.pieces}) > _MAX_CELL_LINES


def _bands(rules: Sequence[Rule]) -> list[_Band]:
    """Return the rows of all tables of a page, from the top."""
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    heights = _merged([rule.at for rule in level])[::-1][: _MAX_BANDS + 1]
    bands: list[_Band] = []
    for top, bottom in pairwise(heights):
        middle = (top + bottom) / 2
        edges = _merged([rule.at for rule in upright if rule.covers(middle)])
        if len(edges) < 3:
            continue
        above = bands[-1] if bands and abs(bands[-1].bottom - top) < _NEAR else None
        at_top = [rule for rule in level if abs(rule.at - top) < _NEAR]
        band = _Band(top, bottom, [], [])
        for left, right in pairwise(edges):
            centre = (left + right) / 2
            parent = None
            if above is not None and not any(rule.start < centre < rule.end for rule in at_top):
                parent = next((cell for cell in above.all if cell.left < centre < cell.right), None)
            cell = parent or _Cell(
                left, right
            )  # a cell that reaches down from the row above belongs to that row
            band.all.append(cell)
            if parent is None:
                band.own.append(cell)
        bands.append(band)
    _share_columns(bands)
    return bands


def _share_columns(bands: Sequence[_Band]) -> None:
    """Give the rows of each table the columns of all of them: a head over two columns has no line between these."""
    table: list[_Band] = []
    for band in bands:
        if table and abs(table[-1].bottom - band.top) >= _NEAR:
            table = []
        table.append(band)
        edges = [edge for cell in band.all for edge in (cell.left, cell.right)]
        merged = _merged([*table[0].columns, *edges])
        for other in table:
            other.columns = merged


def _merged(places: Sequence[float]) -> list[float]:
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _NEAR:
            merged.append(place)
    return merged


def _cell_of(piece: Piece, bands: Sequence[_Band]) -> _Cell | None:
    height, centre = piece.bottom + piece.size * 0.35, (piece.left + piece.right) / 2
    band = next((band for band in bands if band.bottom < height <= band.top), None)
    return next((cell for cell in band.all if cell.left < centre < cell.right), None) if band else None
