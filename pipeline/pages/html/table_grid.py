"""The cells of a data table in their columns: cells that span rows or columns are resolved."""

from __future__ import annotations

from pipeline.pages.html.tree import Element
from pipeline.pages.table_rows import SHORT_CELL, row_line

_MAX_SPAN = 60
_MAX_ROWS = 500
_MAX_COLUMNS = 200
_MOST_REPEATED = (
    20_000  # characters of a table that are printed again: 500 x 200 cells of one would be a bomb
)


class TableGrid:
    """Cells go in as they come in the markup, rows come out as lines with a tab between columns.

    >>> grid = TableGrid()
    >>> grid.add("指标", 1, 2), grid.add("2025年", 2, 1), grid.end_row()
    (None, None, '指标\\t2025年\\t2025年')
    >>> grid.add("目标", 1, 1), grid.add("完成", 1, 1), grid.end_row()
    (None, None, '指标\\t目标\\t完成')
    """

    def __init__(self) -> None:
        self._row: list[str] = []
        self._n_cells = 0
        self._n_repeated = 0
        self._hanging: dict[
            int, tuple[str, int]
        ] = {}  # column -> cell from above, rows it still reaches down

    def add(self, text: str, n_columns: int, n_rows: int) -> None:
        """Take the next cell of the row."""
        self._fill()
        repeated = text if len(text) <= SHORT_CELL else ""
        for number in range(n_columns):
            if len(self._row) >= _MAX_COLUMNS:
                break
            if n_rows > 1:
                self._hanging[len(self._row)] = (repeated, n_rows - 1)
            self._row.append(self._again(repeated) if number else text)
        self._n_cells += 1

    def end_row(self) -> str:
        """Return the row as a line, "" when it holds nothing of its own."""
        if not self._n_cells:  # asked twice, or a row without cells
            return ""
        self._fill()
        cells, is_one = self._row, self._n_cells == 1
        self._row, self._n_cells = [], 0
        if is_one and len(set(cells)) == 1:  # a heading across the table
            return cells[0]
        return row_line(cells)

    def _fill(self) -> None:
        """Print the cells that hang down from rows above into the columns that come next."""
        while (hanging := self._hanging.pop(len(self._row), None)) is not None:
            text, n_left = hanging
            if n_left > 1:
                self._hanging[len(self._row)] = (text, n_left - 1)
            self._row.append(self._again(text))

    def _again(self, text: str) -> str:
        self._n_repeated += len(text)
        return text if self._n_repeated <= _MOST_REPEATED else ""


def span_of(cell: Element, name: str) -> int:
    """Return how many columns or rows a cell spans; nonsense is one."""
    value = (cell.get(name) or "1").strip()
    if not value.isdecimal() or len(value) > 6:
        return 1
    return max(1, min(int(value), _MAX_SPAN if name == "colspan" else _MAX_ROWS))
