"""Sets the rows of a table that a converter of web pages wrote with bars into cells again: 指标 | 总量（亿元） | 增长（%） |."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

BAR_RE = lazy_re(r"[ \t]{0,8}\|[ \t]{0,8}")
RULE_RE = lazy_re(r"[ \t|:-]{3,400}")  # ---|---|
FIGURE_RE = lazy_re(r"[-−]?\d[\d,.]{0,15}[%％‰]?")
FEWEST_ROWS = 2  # of figures, below a head
MOST_CELLS = 60

Row = tuple[int, int, list[re.Match[str]]]  # where a line begins and ends, and its bars


def piped_tables(text: str) -> list[Edit]:
    r"""Return the edits that part the cells of such tables with tabs.

    >>> from pipeline.edits import TracedText
    >>> printed = "| 总量（亿元） | 增长（%） |\n---|---|---\n生产总值 | 617.5 | 5.2 |\n第一产业 | 37.1 | 2.6 |"
    >>> TracedText(printed).edited(piped_tables(printed), kind="piped_tables").text
    '\t总量（亿元）\t增长（%）\n生产总值\t617.5\t5.2\n第一产业\t37.1\t2.6'

    A table has a head without figures, and below it rows of which most cells but the first are figures: a menu has none.
    """
    edits: list[Edit] = []
    table: list[Row] = []
    for start, end in _lines_with_bars(text):
        if table and start != table[-1][1] + 1:
            edits += _edits(text, table)
            table = []
        table.append((start, end, list(BAR_RE.finditer(text, start, end))))
    return [*edits, *_edits(text, table)]


def _lines_with_bars(text: str) -> Iterator[tuple[int, int]]:
    bar = text.find("|")
    while bar >= 0:
        start, end = text.rfind("\n", 0, bar) + 1, text.find("\n", bar)
        end = len(text) if end < 0 else end
        yield start, end
        bar = text.find("|", end)


def _edits(text: str, table: Sequence[Row]) -> Iterator[Edit]:
    """Yield the edits of lines with bars that stand one below the other, none if they are no table."""
    rules = [row for row in table if RULE_RE.fullmatch(text, row[0], row[1])]
    rows = [row for row in table if row not in rules]
    body = [row for row in rows[1:] if _has_figures(text, row)]
    if len(body) < FEWEST_ROWS or 2 * len(body) < len(rows) - 1 or _has_figures(text, rows[0]):
        return
    is_framed = all(_opens_with_bar(row) for row in body)
    for start, end, _ in rules:
        yield Edit(start - 1, end, "")
    for row in rows:
        start, end, bars = row
        for number, bar in enumerate(bars):
            is_edge = bar.end() == end or (number == 0 and _opens_with_bar(row) and is_framed)
            yield Edit(bar.start(), bar.end(), "" if is_edge else "\t")


def _opens_with_bar(row: Row) -> bool:
    start, _, bars = row
    return bool(bars) and bars[0].start() == start


def _has_figures(text: str, row: Row) -> bool:
    """Tell whether most cells of a row behind the first are figures."""
    start, end, bars = row
    ends = [*(bar.start() for bar in bars[:MOST_CELLS]), end]
    begins = [start, *(bar.end() for bar in bars[:MOST_CELLS])]
    cells = [text[a:b] for a, b in zip(begins, ends, strict=True) if a < b]
    figures = [cell for cell in cells[1:] if FIGURE_RE.fullmatch(cell)]
    return len(figures) >= 1 and 2 * len(figures) >= len(cells[1:])
