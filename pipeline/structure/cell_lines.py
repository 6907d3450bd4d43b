"""Tables of figures that lost their rules, a cell a line: their figures are no counters and their words no menu."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.page_lines import Line, reason_of

FIGURE_RE = lazy_re(r"[-−+]?\d[\d,.]{0,15}[%％‰]?")
FIGURE_BEGINS = frozenset("-−+0123456789")
FEWEST_FIGURES = 3  # of a table
WIDEST_ROW = 12  # lines from one figure to the next, and of the head above the first
LONGEST_CELL = 40
LONGEST_NAME = 8  # characters from which on a line above the figures is the table's title, not its head
NOT_CELL_RE = lazy_re(r"[。！？；\t|｜]|[：:]$")
# what a cell may be too; the others are words that no table holds
SHAPES = frozenset({"counter", "date_line", "menu", "site_name", "paper_page"})


def is_figure(line: str) -> bool:
    """Tell whether a line is a number and nothing else."""
    return FIGURE_RE.fullmatch(line) is not None


def cell_lines(lines: list[Line], shown: Sequence[int]) -> frozenset[int]:
    """Return the lines that are cells of a table of figures, among those that are no prose.

    A day sheet (1, 2, 3 … below each other) is none, nor are figures beside words of a site: 评论, 0, 收藏, 12.
    """
    cells: set[int] = set()
    figures = [i for i in shown if lines[i].shown[0] in FIGURE_BEGINS and is_figure(lines[i].shown)]
    if len(figures) < FEWEST_FIGURES:
        return frozenset()
    for run in _runs(lines, shown):
        for table in _near([rank for rank, i in enumerate(run) if is_figure(lines[i].shown)]):
            if _is_table(lines, run, table):
                cells.update(run[_top(lines, run, table) : table[-1] + _widest(table) + 1])
    return frozenset(cells)


def _runs(lines: list[Line], shown: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rows of lines that may be cells, one below the other."""
    for is_cell, group in itertools.groupby(shown, key=lambda i: _may_be_cell(lines[i].shown)):
        if is_cell:
            yield list(group)


def _may_be_cell(line: str) -> bool:
    if len(line) > LONGEST_CELL or NOT_CELL_RE.search(line):
        return False
    return is_figure(line) or _by_words(line) is None


def _by_words(line: str) -> str | None:
    """Return why a line is the site's by its words; not by its shape alone, which a cell may have."""
    reason = reason_of(line, "any", "head", "tail")
    return None if reason in SHAPES and any(char.isdigit() for char in line) else reason


def _near(figures: Sequence[int]) -> Iterator[list[int]]:
    """Yield the figures that stand a row apart at most."""
    table: list[int] = []
    for rank in figures:
        if table and rank - table[-1] > WIDEST_ROW:
            yield table
            table = []
        table.append(rank)
    if table:
        yield table


def _is_table(lines: list[Line], run: list[int], table: list[int]) -> bool:
    """Tell whether figures stand below a word and do not merely count."""
    rows = list(itertools.pairwise(table))
    values = {rank: lines[run[rank]].shown for rank in table}
    counts = sum(
        b == a + 1
        and values[a].isdecimal()
        and values[b].isdecimal()
        and int(values[b]) == int(values[a]) + 1
        for a, b in rows
    )
    above = lines[run[table[0] - 1]].shown if table[0] else ""
    has_words = len(above) > 1 or any(b > a + 1 for a, b in rows)
    return len(table) >= FEWEST_FIGURES and has_words and 2 * counts < len(rows)


def _widest(table: list[int]) -> int:
    return max(b - a for a, b in itertools.pairwise(table)) - 1


def _top(lines: list[Line], run: list[int], table: list[int]) -> int:
    """Return the rank of the first line of a table's head: the short words above its first figure."""
    rank = table[0]
    while rank and table[0] - rank < WIDEST_ROW:
        above = lines[run[rank - 1]].shown
        if len(above) >= LONGEST_NAME or reason_of(above, "head"):
            break
        rank -= 1
    return rank
