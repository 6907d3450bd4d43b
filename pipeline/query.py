"""Rows of one table of a run, chosen by DuckDB SQL and printed for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.columns import ALL_TABLES, TABLES
from pipeline.errors import SourceError
from pipeline.layout import open_database, refused

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

# what a terminal line has room for; --csv and --xlsx hold every column
_PRINTED = {
    "extractions": ("county", "publish_date", "kind", "text", "value", "heading"),
    "documents": ("title", "doc_type", "issuer", "publish_date", "county", "adcode", "status", "error"),
    "sections": ("level", "marker", "heading"),
    "parts": ("kind", "title", "text"),
    "slogans": ("label", "kind", "items", "goal", "section"),
    "quantities": (
        "indicator",
        "comparator",
        "value",
        "value_high",
        "unit",
        "change",
        "status",
        "when",
        "per",
    ),
    "measures": ("verb", "object", "actor", "instrument_sub", "heading"),
    "citations": ("title", "number", "role"),
}
# columns whose cells are short: they keep one line, the long ones share what is left
_SHORT = frozenset(
    (
        *("publish_date", "kind", "doc_type", "adcode", "status", "county", "level", "marker", "comparator"),
        *(
            "value",
            "value_high",
            "unit",
            "change",
            "when",
            "per",
            "role",
            "verb",
            "instrument_sub",
            "confidence",
        ),
        *("numeral", "start", "end", "raw_start", "raw_end"),
    )
)


def query_table(
    out: Path, name: str, *, where: str | None = None, limit: int = 20
) -> tuple[pd.DataFrame, int]:
    """Return rows of a table as a frame, and how many there are in all; `where` is a DuckDB condition.

    The columns of `documents` may be used in the condition whatever the table; limit 0 means every row.
    Raises SourceError for a folder without a run, an unknown table (the known ones are named), bad SQL.
    """
    import duckdb

    if name not in ALL_TABLES:
        raise SourceError(f"there is no table {name!r}", hint=f"known: {', '.join(ALL_TABLES)}")
    columns = {c.name for c in ALL_TABLES[name]}
    source = name
    if name != "documents":
        extra = ", ".join(f"d.{c.name}" for c in TABLES["documents"] if c.name not in columns)
        source = f"(SELECT t.*, {extra} FROM {name} t LEFT JOIN documents d ON d.doc_id = t.doc_id AND d.status = 'ok')"  # noqa: S608
    condition = f"WHERE {where}" if where else ""
    wanted = ", ".join(f'"{c.name}"' for c in ALL_TABLES[name])
    with open_database(out, ALL_TABLES) as connection:
        try:
            counted = connection.execute(f"SELECT count(*) FROM {source} {condition}").fetchall()[0]  # noqa: S608
            rows = connection.sql(
                f"SELECT {wanted} FROM {source} {condition} {f'LIMIT {limit}' if limit else ''}"  # noqa: S608
            )
            return rows.to_arrow_table().to_pandas(), int(counted[0])
        except duckdb.Error as error:
            raise refused(error) from error


def to_rich_table(name: str, frame: pd.DataFrame) -> Table:
    """Return rows as a table for the terminal; long cells are folded, control characters are dropped."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    shown = [c for c in _PRINTED.get(name, tuple(frame.columns)) if c in frame.columns]
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
