"""What every chart is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipeline.report.display import printable
from pipeline.report.evidence import Evidence

UNKNOWN = "未知"  # a group without a name


class Both(NamedTuple):
    """A sentence in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each thing a report carries; `places` a number leads to, `rows` of a table, `documents` of a matrix."""

    places: int = 200
    rows: int = 20_000
    documents: int = 100
    pairs: int = 3_000
    whole_texts: int = 4_000_000  # bytes of packed texts up to which they are carried whole


@dataclass(frozen=True, slots=True)
class Chart:
    """One section: its data for the page, the finding its heading states, and what was left out."""

    data: dict[str, Any]
    finding: Both
    notes: tuple[Both, ...] = ()


@dataclass(slots=True)
class Material:
    """Tables and comparisons of a run, the documents in order, the places numbers lead to, and the limits."""

    tables: Mapping[str, pd.DataFrame]
    frames: Mapping[str, pd.DataFrame]
    groups: pd.DataFrame
    evidence: Evidence
    limits: Limits
    by: str = "county"
    codebook: str | Path | None = None
    group_names: list[str] = field(init=False, default_factory=list)
    _group_numbers: dict[str, int] = field(init=False, default_factory=dict)

    def group(self, name: object) -> int:
        """Return the number of a group by its name."""
        shown = printable(name) or UNKNOWN
        number = self._group_numbers.setdefault(shown, len(self.group_names))
        if number == len(self.group_names):
            self.group_names.append(shown)
        return number

    def frame(self, name: str) -> pd.DataFrame:
        """Return a comparison; one that was not made has no row."""
        return self.frames.get(name, pd.DataFrame())

    def document(self, doc_id: object) -> int | None:
        """Return the number of a document."""
        return self.evidence.documents.get(doc_id) if isinstance(doc_id, str) else None

    def too_many(
        self, frame: pd.DataFrame, priority: pd.Series[Any] | None = None
    ) -> tuple[pd.DataFrame, tuple[Both, ...]]:
        """Return the rows of a frame up to the limit in their order, with a note where some are left out.

        Those with the lowest `priority` stay, else the first; what a chart shows must come first, so that it is whole.
        """
        limit = self.limits.rows
        if len(frame) <= limit:
            return frame, ()
        if priority is not None:
            frame = frame.loc[priority.sort_values(kind="stable").index[:limit].sort_values()]
            note = self._note(len(priority), limit)
            return frame, (note,)
        return frame.head(limit), (self._note(len(frame), limit),)

    @staticmethod
    def _note(n: int, limit: int) -> Both:
        """What is left out of a table."""
        return Both(
            f"下表共 {n:,} 行，载入 {limit:,} 行（图中所用者在先）；其余见 zhengce compare 的输出。",
            f"The table below has {n:,} rows, of which {limit:,} are here, those of the chart first; zhengce compare writes all.",
        )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dicts."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def whole_number(value: Any) -> int | None:
    """Return an integer cell, null for a missing one."""
    return None if value is None or pd.isna(value) else int(value)


def number(value: Any, digits: int = 4) -> float | int | None:
    """Return a number cell rounded for the page, null for a missing one; 8.0 is 8."""
    if value is None or pd.isna(value):
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
