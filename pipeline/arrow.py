"""Rows of declared columns as Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from pipeline.columns import Column

_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "bytes": pa.binary(),
}


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of declared columns."""
    return pa.schema([(c.name, _ARROW[c.kind]) for c in columns])


def arrow_table(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Return rows of one table as Arrow; no row gives an empty table with the right columns."""
    schema = arrow_schema(columns)
    values: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [arrow_array(some, column.kind) for some, column in zip(values, columns, strict=True)], schema
    )


def arrow_array(values: Sequence[Any], kind: str) -> pa.Array:
    """Return the values of a column of a kind as Arrow; raises ArrowException, TypeError or OverflowError for another's."""
    try:
        return pa.array(values, type=_ARROW[kind])
    except UnicodeEncodeError:  # a file name that is not UTF-8
        return pa.array([_writable(value) for value in values], type=_ARROW[kind])


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return [_writable(one) for one in value] if isinstance(value, list | tuple) else value
