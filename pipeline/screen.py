"""Rows of a table as a terminal shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

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
# which columns give way in a narrow terminal, the least telling ones first; those that are empty go before them
_GIVE_WAY = (
    *(
        "end",
        "start",
        "confidence",
        "adcode",
        "issuer",
        "instrument_sub",
        "role",
        "per",
        "goal",
        "actor",
        "section",
    ),
    *(
        "heading",
        "marker",
        "level",
        "change",
        "doc_type",
        "year",
        "kind",
        "when",
        "number",
        "items",
        "status",
    ),
)
_LEAST = 16  # a long column with less room tells nothing
_MOST = 24  # a short one that is longer is folded like a long one
_NARROWEST = 4
_GAP = 2  # what a terminal has between two columns


class Fit(NamedTuple):
    """The columns that there is room for, each with its width, and those with something to tell that had to go."""

    widths: dict[str, int]
    left_out: tuple[str, ...]


def fit(name: str, frame: pd.DataFrame, width: int, columns: Sequence[str] = ()) -> Fit:
    """Return the columns of a table that `width` characters have room for.

    The most telling columns get room first: where there is not enough, columns that are empty in these rows are left out,
    then the least telling ones. `columns` that were asked for all stay.
    """
    shown = [c for c in columns or _PRINTED.get(name, tuple(frame.columns)) if c in frame.columns]
    cells = {c: [_cell(value) for value in frame[c]] for c in shown}
    wanted = {c: max(cell_len(line) for text in (c, *cells[c]) for line in text.split("\n")) for c in shown}
    least = {c: min(wanted[c], _MOST if _is_short(name, c) else max(_LEAST, len(c))) for c in shown}
    telling = [c for c in shown if any(cells[c])]
    kept = list(shown)
    if not columns:
        empty = [c for c in reversed(shown) if c not in telling]
        for column in (*empty, *(c for c in _GIVE_WAY if c in telling)):
            if sum(least[c] for c in kept) > _room(width, kept):
                kept.remove(column)
        for column in reversed(
            [c for c in _GIVE_WAY if c in telling and c not in kept]
        ):  # a short one may still fit
            if least[column] + sum(least[c] for c in kept) <= _room(width, [*kept, column]):
                kept = [c for c in shown if c in kept or c == column]
    widths = _shared(_room(width, kept), {c: least[c] for c in kept}, wanted)
    return Fit(widths, tuple(c for c in telling if c not in kept))


def _room(width: int, columns: Collection[str]) -> int:
    return width - _GAP * (len(columns) + 1)


def _is_short(name: str, column: str) -> bool:
    return column in _SHORT and (name, column) != ("extractions", "value")


def _shared(room: int, least: dict[str, int], wanted: dict[str, int]) -> dict[str, int]:
    """Return widths from `least` to `wanted` that share the room, the shortest needs met first.

    Only where there is not even room for `least` are they less.
    """
    widths = dict(least)
    while sum(widths.values()) > room and max(widths.values()) > _NARROWEST:
        widest = max(widths, key=lambda c: widths[c])
        widths[widest] -= 1
    left = room - sum(widths.values())
    growing = sorted((c for c in widths if wanted[c] > widths[c]), key=lambda c: wanted[c] - widths[c])
    for k, column in enumerate(growing):
        more = min(wanted[column] - widths[column], max(left, 0) // (len(growing) - k))
        widths[column] += more
        left -= more
    return widths


def to_rich_table(frame: pd.DataFrame, widths: dict[str, int]) -> Table:
    """Return rows as a table for the terminal; long cells are folded, control characters are dropped."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0))
    for column, width in widths.items():
        table.add_column(column, overflow="fold", width=width)
    for row in frame[list(widths)].itertuples(index=False):
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
