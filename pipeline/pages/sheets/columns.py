"""The filled cells of a sheet -> lines, each cell in its column; columns that nothing stands in are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.errors import PageError
from pipeline.pages.table_rows import VALUE_RE, TableRow

Row = list[tuple[int, str]]  # the filled cells of a row: the number of the column, the text

_MAX_GRID = 8_000_000  # cells of one sheet, blank ones too: cells far apart would make lines of tabs only


def sheet_lines(rows: Sequence[Row]) -> list[str]:
    """Return the rows of a sheet as lines; raises PageError when its cells lie so far apart that blanks drown them.

    >>> sheet_lines([[(0, "办学情况")], [(2, "2023年"), (3, "2024年")], [(0, "学位"), (3, "1200")]])
    ['办学情况', '\\t2023年\\t2024年', '学位\\t\\t1200']
    """
    used = sorted({column for row in rows if len(row) > 1 for column, _ in row})
    places = {column: at for at, column in enumerate(used)}
    lines: list[str] = []
    n_grid = 0
    for is_filled, block in groupby(rows, key=bool):
        if is_filled:
            table = list(block)
            width = max(places.get(row[-1][0], -1) + 1 for row in table)
            n_grid += width * len(table)
            if n_grid > _MAX_GRID:
                raise PageError(
                    f"the cells of this sheet lie so far apart that it has more than {_MAX_GRID:,}"
                )
            lines += _block_lines(table, places, width)
    return lines


def _block_lines(table: Sequence[Row], places: dict[int, int], width: int) -> Iterator[str]:
    """Yield the rows of one table; a cell that stands alone is a line of its own unless it is a value below a head."""
    is_begun = False
    for row in table:
        first, text = row[0]
        at = places.get(first, 0)
        is_begun = is_begun or len(row) > 1
        if len(row) == 1 and (not is_begun or at == 0 or not VALUE_RE.fullmatch(text)):
            yield text
            continue
        cells = [""] * width
        for column, text in row:
            cells[places[column]] = text
        yield TableRow("\t".join(cells))
