"""Extractors of one's own: a function over a Reading and the columns of its rows, from a notebook or a module."""

from __future__ import annotations

import contextlib
import keyword
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.columns import ALL_TABLES, TABLES, WORKING_TABLES, Column
from pipeline.errors import ExtractorError
from pipeline.records import Reading
from pipeline.rows import row_id

KINDS_OF_COLUMN = ("string", "integer", "number", "strings")
# tables, whose names the database and some file systems do not tell apart by case, and what a document has besides
_TAKEN = {
    *ALL_TABLES,
    *WORKING_TABLES,
    "text",
    "facts",
    "row",
    "parts",
    "found",
    "reading",
    "spacy",
    "frames",
}
_GIVEN = ("doc_id", "row_id", "text", "start", "end", "sentence", "section")

FindRows = Callable[[Reading], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """A function that finds rows, the name of its table, and the columns it adds to those every table has."""

    name: str
    find: FindRows
    columns: tuple[Column, ...]

    @property
    def table(self) -> tuple[Column, ...]:
        """All columns of its table."""
        shown = {c.name: c for c in TABLES["slogans"]}
        row = Column("row_id", "string", "行编号")
        text = Column("text", "string", "原文")
        where = (shown["start"], shown["end"], shown["sentence"], shown["section"])
        return (shown["doc_id"], row, text, *self.columns, *where)

    def rows(self, reading: Reading) -> list[dict[str, Any]]:
        """Return what it finds in one document: its own columns and `start`, `end`, in text order.

        Raises ExtractorError, with the extractor's name, when the function fails or a row is not what was declared.
        """
        names = {c.name for c in self.columns}
        try:
            found = [dict(row) for row in self.find(reading)]
        except Exception as error:
            raise ExtractorError(f"{type(error).__name__}: {error}", where=self.name) from error
        for row in found:
            row["start"], row["end"] = self._span(row, len(reading.text))
            if strange := row.keys() - names - {"start", "end"}:
                raise ExtractorError(
                    f"column not declared: {', '.join(sorted(strange))}",
                    where=self.name,
                    hint="name it in the columns of add_extractor",
                )
        self._check_kinds(found)
        return sorted(found, key=lambda row: (row["start"], row["end"]))

    def _span(self, row: Mapping[str, Any], n_chars: int) -> tuple[int, int]:
        start, end = row.get("start"), row.get("end")
        with contextlib.suppress(TypeError):  # not even numpy's whole numbers
            first, behind = operator.index(start), operator.index(end)  # type: ignore[arg-type]
            if 0 <= first < behind <= n_chars:
                return first, behind
        what = f"a row needs start and end within the text, not {start!r} and {end!r}"
        raise ExtractorError(what, where=self.name)

    def _check_kinds(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Raise ExtractorError for a value that its column cannot hold; None can stand in each."""
        import pyarrow as pa

        from pipeline.arrow import arrow_array  # both when somebody has an extractor

        for column in self.columns:
            try:
                arrow_array([_strict(row.get(column.name), column.kind) for row in rows], column.kind)
            except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
                what = f"column {column.name!r} is declared {column.kind}: {error}"
                raise ExtractorError(
                    what, where=self.name, hint="declare another kind, or convert"
                ) from error

    def table_rows(self, doc_id: str | None, reading: Reading) -> list[tuple[Any, ...]]:
        """Return the rows of its table for one document, in the columns' order."""
        return [
            (
                doc_id,
                row_id(doc_id, f"{self.name}.", index),
                reading.text[row["start"] : row["end"]],
                *(row.get(c.name) for c in self.columns),
                row["start"],
                row["end"],
                reading.sentence_text(row["start"]),
                "|".join(reading.headings_at(row["start"])) or None,
            )
            for index, row in enumerate(self.rows(reading))
        ]


def _strict(value: Any, kind: str) -> Any:
    """Return a value as it is; raises TypeError for what Arrow would bend: 2.5 to 2, a word to its characters."""
    if kind == "integer" and value is not None:
        return operator.index(value)
    if kind == "strings" and isinstance(value, str):
        raise TypeError(f"{value!r} is one string, not a list of them")
    return value


_ADDED: dict[str, Extractor] = {}


def add_extractor(name: str, find: FindRows, columns: Mapping[str, str] | Sequence[str] = ()) -> Extractor:
    """Add an extractor of one's own; from now on every document has `doc.<name>` and `doc.frames()["<name>"]`.

    `find` takes a Reading and yields dicts with `start`, `end` and the declared columns; `columns` maps a column to
    string, integer, number or strings (a bare list of names means strings of text).

    >>> import re
    >>> def deadlines(reading):
    ...     for match in re.finditer(r"(\\d{4})年底前", reading.text):
    ...         yield {"start": match.start(), "end": match.end(), "year": int(match[1])}
    >>> added = add_extractor("deadlines", deadlines, {"year": "integer"})
    >>> from pipeline import read_text
    >>> read_text("2025年底前全部达标。").deadlines
    ({'start': 0, 'end': 7, 'year': 2025},)
    >>> remove_extractor("deadlines")

    The same name replaces what was added under it before, so that a notebook cell can run twice.
    Raises ExtractorError for the name of a table that exists, in capitals or not, for no Python name, for an unknown kind of
    column and for a column that is there already.
    """
    taken = _TAKEN | {other for other in _ADDED if other != name and other.casefold() == name.casefold()}
    if (
        name.casefold() in {each.casefold() for each in taken}
        or not name.isidentifier()
        or keyword.iskeyword(name)
        or name.startswith("_")
    ):
        raise ExtractorError(
            f"{name!r} cannot name an extractor", hint="a new Python name, such as deadlines"
        )
    kinds = dict(columns) if isinstance(columns, Mapping) else dict.fromkeys(columns, "string")
    taken = set(_GIVEN)
    for column, kind in kinds.items():
        if kind not in KINDS_OF_COLUMN or column.casefold() in taken or not column.strip():
            raise ExtractorError(
                f"column {column!r} of kind {kind!r} cannot be added",
                where=name,
                hint=f"kinds: {', '.join(KINDS_OF_COLUMN)}; every table has {', '.join(_GIVEN)} already",
            )
        taken.add(column.casefold())
    extractor = Extractor(name, find, tuple(Column(c, kind, c) for c, kind in kinds.items()))
    _ADDED[name] = extractor
    return extractor


def remove_extractor(name: str) -> None:
    """Take back what add_extractor added; a name that was never added is no error.

    >>> added = add_extractor("nothing", lambda reading: [])
    >>> remove_extractor("nothing")
    >>> "nothing" in added_extractors()
    False
    """
    _ADDED.pop(name, None)


def added_extractors() -> dict[str, Extractor]:
    """Return the extractors added in this process, by name."""
    return dict(_ADDED)


def chosen(extractors: Iterable[str | Extractor]) -> tuple[Extractor, ...]:
    """Return extractors given by name or as returned by add_extractor.

    Raises ExtractorError for a name that was not added, with those that were.
    """
    found = []
    for one in extractors:
        if isinstance(one, Extractor):
            found.append(one)
        elif one in _ADDED:
            found.append(_ADDED[one])
        else:
            known = ", ".join(_ADDED) or "none; call add_extractor first"
            raise ExtractorError(f"no extractor {one!r}", hint=f"added: {known}")
    return tuple({e.name: e for e in found}.values())
