"""Frames of declared columns and types; what a comparison needs of the tables is asked for here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.compare.columns import COMPARISON_COLUMNS
from pipeline.errors import ComparisonError

Tables = Mapping[str, pd.DataFrame]

_DTYPES: dict[str, Any] = {
    "string": "object",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "strings": "object",
}


def comparison_frame(name: str, rows: pd.DataFrame | Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return rows of one comparison with its declared columns, in order and of their types.

    >>> list(comparison_frame("pmc_surface", []).columns)[-2:]
    ['variable_name', 'value']

    A frame may hold more columns than declared, which are dropped; a missing one raises KeyError.
    """
    columns = COMPARISON_COLUMNS[name]
    names = [c.name for c in columns]
    frame = rows[names].copy() if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), columns=names)
    for column in columns:
        values = frame[column.name]
        if column.kind == "string":
            values = values.astype("object")
            frame[column.name] = values.where(values.notna(), None)
        else:
            frame[column.name] = values.astype(_DTYPES[column.kind])
    return frame.reset_index(drop=True)


def ask_for(tables: Tables, *names: str) -> tuple[pd.DataFrame, ...]:
    """Return the named tables; raises ComparisonError with the names that are missing."""
    missing = [name for name in names if name not in tables]
    if missing:
        raise ComparisonError(
            f"this comparison needs the table {', '.join(missing)}",
            hint="pass what pipeline.load(DIR) returns",
        )
    return tuple(tables[name] for name in names)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dicts."""
    names = [str(name) for name in frame.columns]
    columns = (frame[name].tolist() for name in frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def texts_by_id(texts: pd.DataFrame) -> dict[str, str]:
    """Return the text of each document of the table `texts`."""
    return dict(zip(texts["doc_id"], texts["text"], strict=True))


def is_text(value: object) -> bool:
    """True for a cell that holds text: neither null nor empty."""
    return isinstance(value, str) and bool(value)


def years_in(when: object) -> list[str]:
    """Return the years in a cell of `when`, in order; none for an empty one.

    >>> years_in("2021-2030"), years_in("2022-07"), years_in(None)
    (['2021', '2030'], ['2022'], [])
    """
    return re.findall(r"(?<!\d)\d{4}(?!\d)", when) if isinstance(when, str) else []
