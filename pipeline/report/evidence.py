"""What every number of the report leads to: numbered places in the documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pipeline.report.display import printable

_ID_COLUMNS = {
    "quantities": "quantity_id",
    "slogans": "slogan_id",
    "measures": "measure_id",
    "citations": "citation_id",
    "sections": "section_id",
    "parts": "part_id",
}


class Evidence:
    """Places (document, start, end, and the row they are of) numbered in the order in which they are asked for, each once."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], doc_ids: Iterable[str]) -> None:
        self.documents = {doc_id: number for number, doc_id in enumerate(doc_ids)}
        texts = tables["texts"]
        self.texts: dict[str, str] = dict(zip(texts["doc_id"], texts["text"], strict=True))
        self._rows: dict[str, tuple[str, int, int]] = {}
        for name, column in _ID_COLUMNS.items():
            if name in tables:
                frame = tables[name]
                columns = (frame[c].tolist() for c in (column, "doc_id", "start", "end"))
                for row_id, doc_id, start, end in zip(*columns, strict=True):
                    self._rows[row_id] = (doc_id, start, end)
        self._numbers: dict[tuple[int, int, int, str], int] = {}

    def of(self, row_ids: Any, limit: int) -> list[int]:
        """Return the numbers of the places of up to `limit` rows; ids that name no row are left out."""
        found = []
        for row_id in as_list(row_ids):
            row = self._rows.get(row_id)
            number = self.at(*row, row_id) if row is not None else None
            if number is not None:
                found.append(number)
                if len(found) >= limit:
                    break
        return found

    def at(self, doc_id: str, start: int, end: int, row_id: str = "") -> int | None:
        """Return the number of a place; null where the document or its text is not there.

        `row_id` is the row of a table that the place is of: two rows may have the same words.
        """
        text = self.texts.get(doc_id)
        if text is None or doc_id not in self.documents:
            return None
        start = max(0, min(int(start), len(text)))
        place = (self.documents[doc_id], start, max(start, min(int(end), len(text))), row_id)
        return self._numbers.setdefault(place, len(self._numbers))

    def of_word(self, word: str, doc_ids: Any, limit: int) -> list[int]:
        """Return the first occurrence of a word in each of up to `limit` documents that hold it as written."""
        found = []
        for doc_id in as_list(doc_ids):
            start = self.texts.get(doc_id, "").find(word) if word else -1
            number = self.at(doc_id, start, start + len(word)) if start >= 0 else None
            if number is not None:
                found.append(number)
                if len(found) >= limit:
                    break
        return found

    def paragraph_with(self, words: Iterable[str], doc_id: str, longest: int = 400) -> int | None:
        """Return the number of the paragraph of a document that holds most of the words; null without any."""
        wanted = [w for w in words if w]
        best, best_n, at = None, 0, 0
        for line in self.texts.get(doc_id, "").split("\n"):
            n = sum(word in line for word in wanted)
            if n > best_n:
                best, best_n = (at, at + min(len(line), longest)), n
            at += len(line) + 1
        return self.at(doc_id, *best) if best is not None else None

    def columns(self) -> dict[str, list[Any]]:
        """Return all places as columns; a number is a position in them.

        `row` is what a row's id has behind its document's: q012 for 557fe039d5595f2b.q012.
        """
        places = list(self._numbers)
        ids = {number: f"{doc_id}." for doc_id, number in self.documents.items()}
        return {
            "doc": [p[0] for p in places],
            "start": [p[1] for p in places],
            "end": [p[2] for p in places],
            "row": [printable(p[3].removeprefix(ids[p[0]])) for p in places],
        }


def as_list(value: Any) -> list[Any]:
    """Return the cell of a column of lists as a list; null gives an empty one."""
    if value is None or isinstance(value, float):
        return []
    return [value] if isinstance(value, str) else list(value)
