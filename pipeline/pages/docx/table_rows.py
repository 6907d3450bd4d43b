"""The cells of a Word table in their columns: cells that span columns or rows are resolved as in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.pages.docx.runs import W
from pipeline.pages.table_rows import SHORT_CELL, row_line

_MAX_COLUMNS = 200
_MAX_CELL = 600  # characters; a longer cell with paragraphs in it is laid out, not tabled

Lines = list[str]


class WordTable:
    """The rows of one table, told from the top; what hangs down from a row above is kept from row to row."""

    def __init__(self) -> None:
        self._above: list[str] = []  # the text of each column in the row before, where it is short

    def row_lines(self, row: Any, cells: Sequence[tuple[Any, Lines]]) -> Lines:
        """Return a row as one line with tabs, or line by line where the table only lays out a page."""
        filled = [lines for _, lines in cells if lines]
        if len(cells) == 1 or any(_is_laid_out(lines) for lines in filled):
            self._above = []
            return [line for lines in filled for line in lines]
        texts = [""] * _span(row, "trPr", "gridBefore", least=0)
        for cell, lines in cells:
            text = "".join(lines).replace("\t", " ")
            if _hangs_down(cell) and not text and len(texts) < len(self._above):
                text = self._above[len(texts)]
            repeated = text if len(text) <= SHORT_CELL else ""
            texts += [text, *[repeated] * (_span(cell, "tcPr", "gridSpan", least=1) - 1)]
        texts = texts[:_MAX_COLUMNS] if len(cells) <= _MAX_COLUMNS else [text for text in texts if text]
        self._above = [text if len(text) <= SHORT_CELL else "" for text in texts]
        if len(filled) == 1 and len(filled[0]) > 1:
            return filled[0]
        return [line] if filled and (line := row_line(texts)) else []


def _is_laid_out(lines: Lines) -> bool:
    return len(lines) > 3 and sum(map(len, lines)) > _MAX_CELL


def _hangs_down(cell: Any) -> bool:
    """Tell whether a cell is the lower part of one that begins in a row above."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(W + "val") != "restart"


def _span(element: Any, properties: str, name: str, *, least: int) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    value = (found.get(W + "val") or "") if found is not None else ""
    is_number = value.isascii() and value.isdigit() and len(value) < 6
    return max(least, min(int(value), _MAX_COLUMNS)) if is_number else least
