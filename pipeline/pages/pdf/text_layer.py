"""The lines of one PDF page as pdfium finds them, with their left and right ends."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium

from pipeline.pages.pdf.layout import Line

LINE_BREAK_RE = re.compile(r"\r\n|[\r\n]")
_MAX_LINES = 2_000  # a page of print has some 50


def page_lines(page: Any, number: int) -> tuple[Line, ...]:
    """Return the lines of a page in the order of its text layer."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range(errors="replace")
        return tuple(_lines(text, text_page, number))
    finally:
        text_page.close()


def _lines(text: str, text_page: Any, number: int) -> list[Line]:
    # offsets of `text` are indexes of pdfium's characters as long as none lies outside of the basic plane
    can_locate = len(text) == text_page.count_chars()
    ends = [match.span() for match in LINE_BREAK_RE.finditer(text)]
    spans = [(before[1], after[0]) for before, after in pairwise([(0, 0), *ends, (len(text), len(text))])]
    lines = []
    for start, end in spans[:_MAX_LINES]:
        bare = text[start:end].strip()
        if not bare:
            continue
        first = start + text[start:end].index(bare[0])
        left, right, bottom = (
            _ends(text_page, first, first + len(bare) - 1) if can_locate else (0.0, 0.0, 0.0)
        )
        lines.append(Line(clean(bare), number, left, right, bottom))
    return lines


def _ends(text_page: Any, first: int, last: int) -> tuple[float, float, float]:
    try:
        left, bottom, _, _ = text_page.get_charbox(first)
        _, _, right, _ = text_page.get_charbox(last)
    except pdfium.PdfiumError:
        return 0.0, 0.0, 0.0
    return left, right, bottom


def clean(text: str) -> str:
    """Return a line without the marks pdfium puts where a word was hyphenated at a line end."""
    return text.replace("\ufffe", "").replace("\x02", "").replace("\0", "")
