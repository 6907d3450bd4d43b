"""Pieces of print by their places -> lines in reading order: two columns one after the other, table rows with tabs.

A piece is a stretch of characters without a wide gap. Pieces on one baseline that stand apart are the cells of a
table row, unless the page is set in two columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.layout import Line

_SAME_LINE = 0.45  # of the height of print: baselines closer than this are one
_GLUE = 0.8  # of the height: a gap up to this is within a word (justified print)
_CELL_GAP = 1.6  # of the height: a gap from here on parts cells
_TWICE = 0.15  # of the height
_MIN_COLUMN_LINES = (3, 4)  # of the shorter, of the longer column
_MIN_FULL = 0.6  # share of a column's lines that nearly fill it: prose, not the cells of a table
_FULL = 0.75  # of the width of the column
_GUTTER_WITHIN = (0.35, 0.65)  # of the width of the page: where two columns part


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of characters: where it begins and ends, its baseline, the height of its print (points).

    `is_row`: it is a whole row of a table, cells joined by tabs.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    is_row: bool = False


def in_reading_order(pieces: Sequence[Piece], page: int) -> list[Line]:
    """Return the lines of a page from the pieces on it, wherever the file lists them."""
    rows = _rows(pieces)
    gutter = _gutter(rows)
    if gutter is None:
        return [_line(row, page) for row in rows]
    lines: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(piece.left < gutter < piece.right for piece in row):  # a heading over both columns
            lines += [*left, *right, _line(row, page)]
            left, right = [], []
            continue
        for side, lines_of_side in ((True, left), (False, right)):
            inside = [piece for piece in row if (piece.right <= gutter) is side]
            if inside:
                lines_of_side.append(_line(inside, page, column=1 if side else 2))
    return [*lines, *left, *right]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces in rows from the top, each from left to right, close neighbours made one piece."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.bottom, piece.left)):
        is_alone = piece.is_row or (rows and rows[-1][0].is_row)
        if (
            rows
            and not is_alone
            and rows[-1][0].bottom - piece.bottom < _SAME_LINE * max(piece.size, rows[-1][0].size)
        ):
            if not any(_is_drawn_twice(piece, other) for other in rows[-1][-3:]):
                rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_glued(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _is_drawn_twice(piece: Piece, other: Piece) -> bool:
    """Bold print is at times the same letters again, a hair beside."""
    return piece.text == other.text and abs(piece.left - other.left) < _TWICE * piece.size


def _glued(row: list[Piece]) -> list[Piece]:
    glued = [row[0]]
    for piece in row[1:]:
        before = glued[-1]
        size = max(before.size, piece.size)
        gap = piece.left - before.right
        if gap >= _CELL_GAP * size:
            glued.append(piece)
            continue
        is_apart = gap >= _GLUE * size or (
            gap > 0.15 * size and (before.text[-1:] + piece.text[:1]).isascii()
        )
        text = f"{before.text} {piece.text}" if is_apart else before.text + piece.text
        glued[-1] = Piece(text, before.left, max(before.right, piece.right), before.bottom, size)
    return glued


def text_of_lines(pieces: Sequence[Piece]) -> str:
    """Return the text of one cell of a table: its lines joined, as Chinese is written on, Latin words apart."""
    joined = ""
    for row in _rows(pieces):
        line = " ".join(piece.text.strip().replace("\t", " ") for piece in row)
        joined += f" {line}" if joined[-1:].isalpha() and (joined[-1:] + line[:1]).isascii() else line
    return joined


def _gutter(rows: Sequence[Sequence[Piece]]) -> float | None:
    """Return where two columns of prose part, or None for a page with one column or with a table."""
    pieces = [piece for row in rows for piece in row if not piece.is_row]
    if len(pieces) < sum(_MIN_COLUMN_LINES):
        return None
    start, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    low, high = (start + share * (end - start) for share in _GUTTER_WITHIN)
    # the last piece that ends in the middle and begins left of it, the first that begins in the middle
    lefts = [piece for piece in pieces if piece.right <= high and piece.left < low]
    rights = [piece for piece in pieces if piece.left >= low and piece.right > high]
    if any(n < least for n, least in zip(sorted(map(len, (lefts, rights))), _MIN_COLUMN_LINES, strict=True)):
        return None
    right_of_lefts, left_of_rights = max(p.right for p in lefts), min(p.left for p in rights)
    if right_of_lefts >= left_of_rights or not (_is_prose(lefts) and _is_prose(rights)):
        return None
    return (right_of_lefts + left_of_rights) / 2


def _is_prose(column: Sequence[Piece]) -> bool:
    width = max(piece.right for piece in column) - min(piece.left for piece in column)
    n_full = sum(piece.right - piece.left > _FULL * width for piece in column)
    return n_full >= _MIN_FULL * len(column)


def _line(row: Sequence[Piece], page: int, column: int = 0) -> Line:
    return Line(
        "\t".join(piece.text if piece.is_row else piece.text.strip() for piece in row),
        page,
        row[0].left,
        row[-1].right,
        row[0].bottom,
        is_row=len(row) > 1 or row[0].is_row,
        column=column,
    )
