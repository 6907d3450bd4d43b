"""Rows of a table as a terminal shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

# what a terminal line has room for; --columns names others, --csv and --xlsx hold every column
_PRINTED = {
    "extractions": ("county", "year", "kind", "text", "value", "heading"),
    "documents": ("title", "doc_type", "issuer", "publish_date", "county", "adcode", "status", "error"),
    "sections": ("county", "year", "level", "marker", "heading"),
    "parts": ("county", "year", "kind", "title", "text"),
    "slogans": ("county", "year", "label", "kind", "items", "goal", "section"),
    "quantities": (
        *("county", "year", "indicator", "comparator", "value", "value_high", "unit"),
        *("change", "status", "when", "per"),
    ),
    "measures": ("county", "year", "verb", "object", "actor", "instrument_sub", "heading"),
    "citations": ("county", "year", "title", "number", "role"),
    "texts": ("county", "year", "title", "text"),
    "repairs": ("county", "year", "kind", "before", "after", "confidence", "start", "end"),
}
# columns whose cells are short: they keep one line, the long ones share what is left
_SHORT = frozenset(
    (
        *("publish_date", "year", "kind", "doc_type", "adcode", "status", "county", "level", "marker"),
        *("comparator", "value", "value_high", "unit", "change", "when", "per", "role", "verb"),
        *("instrument_sub", "confidence", "numeral", "start", "end", "raw_start", "raw_end"),
    )
)


def to_rich_table(name: str, frame: pd.DataFrame, columns: Sequence[str] = ()) -> Table:
    """Return rows as a table for the terminal; long cells are folded, control characters are dropped.

    `columns` are those to show instead of the ones that tell most of a row of this table.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    shown = [c for c in columns or _PRINTED.get(name, tuple(frame.columns)) if c in frame.columns]
    for column in shown:
        table.add_column(
            column, overflow="fold", no_wrap=column in _SHORT and (name, column) != ("extractions", "value")
        )
    for row in frame[shown].itertuples(index=False):
        table.add_row(*(Text(_cell(value)) for value in row))
    return table


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return "；".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    text = text if len(text) <= 120 else text[:118] + "……"
    return "".join(c if c.isprintable() else " " for c in text)
