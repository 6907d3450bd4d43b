"""Rows of the tables as spans of a spaCy Doc, each with its columns in `span._.policy`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

EXTENSION = "policy"  # span._.policy
_LABELS = {"slogans": "kind", "quantities": "status", "citations": "role", "measures": "instrument"}


def _columns(row: Any) -> dict[str, Any]:
    fields = dict(row) if isinstance(row, Mapping) else dataclasses.asdict(row)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def _row_of(span: Span) -> dict[str, Any] | None:
    """The columns of the row a span was made from; None for a span of another origin."""
    name, _, index = span.id_.rpartition(":")
    rows = span.doc.user_data.get(f"policy_{name}", ()) if index.isdigit() else ()
    return rows[int(index)] if rows and int(index) < len(rows) else None


def register_extension() -> None:
    """Let every span answer `span._.policy`; done once a process, and never over an extension of somebody else."""
    from spacy.tokens import Span

    if not Span.has_extension(EXTENSION):
        Span.set_extension(EXTENSION, getter=_row_of)


def mark(doc: Doc, name: str, rows: Iterable[Any]) -> Doc:
    """Put rows with `start` and `end` into `doc.spans[name]`, and their columns into `doc.user_data`.

    A span covers the tokens that its characters touch. The columns are plain lists, strings and numbers,
    and so travel with a DocBin that stores user data.
    """
    register_extension()
    found = [_columns(row) for row in rows]
    spans = []
    for index, row in enumerate(found):
        label = row.get(_LABELS.get(name, ""), None) or name.removesuffix("s")
        span = doc.char_span(
            row["start"], row["end"], label=label, span_id=f"{name}:{index}", alignment_mode="expand"
        )
        if span is not None:  # an empty stretch
            spans.append(span)
    doc.user_data[f"policy_{name}"] = found
    doc.spans[name] = spans
    return doc
