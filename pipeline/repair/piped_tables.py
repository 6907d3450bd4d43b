"""Sets the rows of a table that a converter of web pages wrote with bars into cells again: 指标 | 总量（亿元） | 增长（%） |."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

BAR_RE = lazy_re(r"[ \t]{0,8}\|[ \t]{0,8}")
RULE_RE = lazy_re(r"[ \t|:-]{3,400}")  # ---|---|
FIGURE_RE = lazy_re(r"[-−]?\d[\d,.]{0,15}[%％‰]?")
FEWEST_ROWS = 2  # of figures, below a head
MOST_CELLS = 60

Row = tuple[int, int, list[re.Match[str]]]  # where a line begins and ends, and its bars


def piped_tables(text: str, lines: Iterable[tuple[int, int]] | None = None) -> list[Edit]:
    r"""Return the edits that part the cells of such tables with tabs; only those of some lines, if told.

    >>> from pipeline.edits import TracedText
    >>> printed = "| 总量（亿元） | 增长（%） |\n---|---|---\n生产总值 | 617.5 | 5.2 |\n第一产业 | 37.1 | 2.6 |"
    >>> TracedText(printed).edited(piped_tables(printed), kind="piped_tables").text
    '\t总量（亿元）\t增长（%）\n生产总值\t617.5\t5.2\n第一产业\t37.1\t2.6'

    A table has a head without figures, and below it rows of which most cells but the first are figures: a menu has none.
    """
    if lines is None:
        breaks = [-1, *(m.start() for m in re.finditer("\n", text)), len(text)]
        lines = [(a + 1, b) for a, b in pairwise(breaks) if "|" in text[a + 1 : b]]
    edits: list[Edit] = []
    table: list[Row] = []
    for start, end in lines:
        if table and start != table[-1][1] + 1:
            edits += _edits(text, table)
            table = []
        table.append((start, end, list(BAR_RE.finditer(text, start, end))))
    return [*edits, *_edits(text, table)]


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
