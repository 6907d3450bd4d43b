"""Which lines of print belong to one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from pipeline.lazy_re import lazy_re
from pipeline.pages.table_rows import TableRow

CLOSING_RE = lazy_re(r"[。！？：；!?;:](?:[”’」』）)》]{0,3})$")  # …发展。”
MARKER_RE = lazy_re(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百]{1,4}[章节条]"
    r"|附件|[●■◆▲—–]"
)  # 一、 （二） 3. 第四条
# what is not broken at a line end: a number or a Latin word, with the marks that may not begin a line
UNBROKEN_RE = lazy_re(r"[!-~]{1,16}[，。；：、！？）》」』”’％]{0,2}")
_EDGE_FULL = 2.5  # characters between the end of a full line and the margin, unless more did not fit
_LOOSE = 1.0  # characters: wide signs (%), and the space set between Chinese and digits
_INDENT = 1.2  # characters that a new paragraph begins further right
_MAX_INDENT = 3.0  # more than that is another layout


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print: its text, the number of its page, where it begins and ends, how high it stands.

    `is_row`: it is a row of a table, cells joined by tabs. `column`: 0 where the page has one column, else 1 or 2.
    """

    text: str
    page: int
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    is_row: bool = False
    column: int = 0


def join_lines(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield paragraphs: a line that reaches the margin goes on in the next one, unless that begins something new."""
    paragraph = ""
    is_indented = in_column = False  # the paragraph's first line; the line before
    room = inf  # characters between the end of the line before and the margin
    whole_left, _, _ = _margins([line for page in pages for line in page if line.column < 2])
    for page in pages:
        margins = {
            column: _column_margins(page, column, whole_left) for column in {line.column for line in page}
        }
        for line in page:
            left, right, width = margins[line.column]
            is_further_in = line.left > left + _INDENT * width
            is_full = room < max(_EDGE_FULL, _unbroken_width(line.text))
            goes_on = is_full and not line.is_row and not is_further_in and (line.column > 0) is in_column
            if goes_on and _goes_on(paragraph, line, is_indented=is_indented):
                paragraph = _glue(paragraph, line.text)
            else:
                if paragraph:
                    yield paragraph
                paragraph = TableRow(line.text) if line.is_row else line.text
                is_indented = is_further_in
            room, in_column = inf if line.is_row else _room(line, right, width), line.column > 0
    if paragraph:
        yield paragraph


def _column_margins(page: Sequence[Line], column: int, whole_left: float) -> tuple[float, float, float]:
    lines = [line for line in page if line.column == column]
    left, right, width = _margins([line for line in lines if not line.is_row] or lines)
    if column < 2 and 0 < left - whole_left < _MAX_INDENT * width:
        left = whole_left  # a page of one-line paragraphs, all of them indented
    return left, right, width


def _goes_on(paragraph: str, line: Line, *, is_indented: bool) -> bool:
    """Tell whether a line at the left margin continues a paragraph whose last line is full.

    Where first lines are indented it does; elsewhere a closing mark ends the paragraph.
    """
    return not MARKER_RE.match(line.text) and (is_indented or not CLOSING_RE.search(paragraph[-8:]))


def _print_width(text: str) -> float:
    """Width in full-width characters."""
    return sum(1.0 if character >= "\u2e80" or character in "—…“”‘’" else 0.5 for character in text)


def _margins(page: Sequence[Line]) -> tuple[float, float, float]:
    """Return the left margin, the right margin and the width of one character of a page.

    Where places are unknown, right is the width of a full line in characters.
    """
    placed = [line for line in page if line.right > line.left]
    if not placed:
        widths = sorted(_print_width(line.text) for line in page)
        return 0.0, widths[int(0.9 * (len(widths) - 1))] if widths else 0.0, 1.0
    lefts, rights = sorted(line.left for line in placed), sorted(line.right for line in placed)
    sizes = sorted((line.right - line.left) / max(_print_width(line.text), 1.0) for line in placed)
    # a tenth of the lines may stand outside: tables, pictures, stamps
    tenth = len(placed) // 10
    return lefts[tenth], rights[-1 - tenth], sizes[len(sizes) // 2]


def _room(line: Line, right: float, width: float) -> float:
    """Return how many characters more a line would hold."""
    if line.right > line.left:
        return (right - line.right) / width
    return right - _print_width(line.text) if right > 10 else inf


def _unbroken_width(text: str) -> float:
    """Width of what a line begins with and could not share with the line before: 2,340.5， or 40%。"""
    match = UNBROKEN_RE.match(text)
    return _print_width(match.group()) + _LOOSE if match else 0.0


def _glue(paragraph: str, line: str) -> str:
    """Join two lines of print: Latin words need a space between them, Chinese none, a hyphen goes."""
    before, after = paragraph[-1:], line[:1]
    if before == "-" and paragraph[-2:-1].isascii() and paragraph[-2:-1].isalpha() and after.islower():
        return paragraph[:-1] + line
    needs_space = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
    return f"{paragraph} {line}" if needs_space else paragraph + line
