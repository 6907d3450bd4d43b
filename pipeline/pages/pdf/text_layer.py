"""The pieces of print on one PDF page as pdfium finds them, and the lines they make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.lazy_re import lazy_re
from pipeline.pages.layout import Line
from pipeline.pages.pdf.rules import page_rules
from pipeline.pages.reading_order import Piece, in_reading_order
from pipeline.pages.ruled_tables import with_table_rows

LINE_BREAK_RE = lazy_re(r"\r\n|[\r\n]")
# controls but for tabs, ends of lines and pdfium's mark of a hyphen; scripts that no Chinese page is written in; private use
NUMBERS_RE = lazy_re(r"[\x01\x03-\x08\x0b\x0c\x0e-\x1f\u0590-\u1dff\ua4d0-\uabff\ue000-\uf8ff]{1,4000}")
GAP_RE = lazy_re(r"[ \t\u3000\xa0]{1,200}")
# 到 2025 年: between Chinese and figures or letters
AUTOSPACE_RE = lazy_re(r"(?<=[\u4e00-\u9fff]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[\u4e00-\u9fff])")
_LEAST_ODD = 10  # characters of a page
_MOST_ODD = 0.1  # of its characters
_MAX_LINES = 2_000  # a page of print has some 50
_MADE_GAP = 1.2  # of the height of print: a gap that pdfium fills with a space, and that parts two cells
_DRAWN_GAP = 4.0  # the same for spaces that the page itself holds: they may be mere layout of a line
_AUTOSPACE = 0.5  # the same: wider gaps part a number from its heading
_SAME_LINE = 0.6  # of the height of print: a raised digit stays on its line
_SIZES = (3.0, 72.0)  # points; what lies beyond is no print

Box = tuple[float, float, float, float]  # left, bottom, right, top


def page_lines(page: Any, number: int) -> list[Line]:
    """Return the lines of a page in reading order."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range(errors="replace")
        if _says_nothing(text):
            return []
        spans = _line_spans(text)
        # offsets of `text` are indexes of pdfium's characters as long as none lies outside of the basic plane
        if len(text) != text_page.count_chars():
            return [Line(bare, number) for start, end in spans if (bare := clean(text[start:end].strip()))]
        pieces = [piece for span in spans for piece in _pieces(text, text_page, *span)]
        return in_reading_order(with_table_rows(pieces, page_rules(page)), number)
    finally:
        text_page.close()


def _says_nothing(text: str) -> bool:
    """Tell the text of fonts that do not say which characters they print: the numbers of their shapes, taken for characters."""
    n_odd = sum(map(len, NUMBERS_RE.findall(text)))
    return n_odd >= _LEAST_ODD and n_odd > _MOST_ODD * len(text)


def _line_spans(text: str) -> list[tuple[int, int]]:
    ends = [match.span() for match in LINE_BREAK_RE.finditer(text)]
    bounds = [(0, 0), *ends, (len(text), len(text))]
    return [(before[1], after[0]) for before, after in pairwise(bounds)][:_MAX_LINES]


def _pieces(text: str, text_page: Any, start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of one of pdfium's lines, which may run over both columns or all cells of a row."""
    line = text[start:end]
    begin = start + len(line) - len(line.lstrip())
    end = start + len(line.rstrip())
    for match in GAP_RE.finditer(text, begin, end):
        before, behind = _box(text_page, match.start() - 1), _box(text_page, match.end())
        is_made = any(
            pdfium_c.FPDFText_IsGenerated(text_page.raw, at) == 1 for at in range(match.start(), match.end())
        )
        widest = (_MADE_GAP if is_made else _DRAWN_GAP) * _size(before)
        if behind[0] - before[2] >= widest or behind[0] < before[0]:
            yield from _piece(text, text_page, begin, match.start())
            begin = match.end()
    yield from _piece(text, text_page, begin, end)


def _piece(text: str, text_page: Any, begin: int, end: int) -> Iterator[Piece]:
    first, last = _box(text_page, begin), _box(text_page, end - 1)
    size = _size(first)
    if (
        abs(first[1] - last[1]) > _SAME_LINE * size
    ):  # pdfium takes 1 2 3 down a column of a table for one line
        for start, stop in _baselines(text_page, begin, end, size):
            yield from _flat_piece(text, text_page, start, stop)
    else:
        yield from _flat_piece(text, text_page, begin, end)


def _flat_piece(text: str, text_page: Any, begin: int, end: int) -> Iterator[Piece]:
    bare = clean(_without_autospace(text, text_page, begin, end))
    if bare.strip():
        first, last = _box(text_page, begin), _box(text_page, end - 1)
        yield Piece(bare, first[0], last[2], first[1], _size(first))


def _without_autospace(text: str, text_page: Any, begin: int, end: int) -> str:
    """Return a piece without the spaces that pdfium makes of the quarter of an em which typesetting leaves between Chinese and figures."""
    kept, at = [], begin
    for match in AUTOSPACE_RE.finditer(text, begin, end):
        space = match.start()
        if pdfium_c.FPDFText_IsGenerated(text_page.raw, space) != 1:
            continue
        before, behind = _box(text_page, space - 1), _box(text_page, space + 1)
        if 0 <= behind[0] - before[2] < _AUTOSPACE * _size(before):
            kept.append(text[at:space])
            at = space + 1
    return "".join((*kept, text[at:end]))


def _baselines(text_page: Any, begin: int, end: int, size: float) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that stand on one baseline each."""
    start, bottom = begin, _box(text_page, begin)[1]
    for at in range(begin + 1, end):
        box = _box(text_page, at)
        if abs(box[1] - bottom) > _SAME_LINE * size:
            yield start, at
            start, bottom = at, box[1]
    yield start, end


def _box(text_page: Any, at: int) -> Box:
    try:
        left, bottom, right, top = text_page.get_charbox(at, loose=True)
    except pdfium.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top


def _size(box: Box) -> float:
    return min(max(box[3] - box[1], _SIZES[0]), _SIZES[1])


def clean(text: str) -> str:
    """Return a line without the marks pdfium puts where a word was hyphenated at a line end."""
    return text.replace("\ufffe", "").replace("\x02", "").replace("\0", "")
