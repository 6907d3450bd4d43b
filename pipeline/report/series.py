"""Series of figures numbered, so that thousands of rows need not repeat their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.report.display import printable
from pipeline.report.sides import direction_of


class SeriesNumbers:
    """Numbers indicators by (id or wording, aspect, unit, per, base)."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._numbers: dict[tuple[Any, ...], int] = {}

    def of(self, row: Mapping[str, Any]) -> int:
        """Return the number of the series a row belongs to.

        A row of `rows` is the name, aspect, unit, per, base, whether it is listed, and which side is better.
        """
        cells = [printable(row[c]) for c in ("indicator_id", "indicator", "aspect", "unit", "per", "base")]
        key = (cells[0] or cells[1], *cells[2:])
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append([cells[1], *cells[2:], bool(cells[0]), direction_of(row["indicator_id"])])
        return self._numbers[key]
