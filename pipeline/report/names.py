"""What the documents of a report are called: in lists, at the edge of a matrix, and where the report is by document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.naming import file_name, place_of, told_apart, year_of
from pipeline.report.display import clipped
from pipeline.report.evidence import as_list

_SHORT = 16
_GROUP_COLUMNS = ("group", "group_a", "group_b")


def years_of(groups: pd.DataFrame) -> dict[str, int]:
    """Return the year of every document whose year is known, by doc_id."""
    known = groups.dropna(subset=["doc_id", "year"])
    return {doc_id: int(year) for doc_id, year in zip(known["doc_id"], known["year"], strict=True)}


def short_names(documents: pd.DataFrame, names: list[str], years: Mapping[str, int]) -> list[str]:
    """Return place and year of every row, else the beginning of its name; equal ones get kind, name and file behind them."""
    rows = documents.to_dict("records")
    found = [
        f"{place_of(row)} {year_of(row, years)}".strip() if place_of(row) else clipped(name, _SHORT)
        for row, name in zip(rows, names, strict=True)
    ]
    kinds = [row["doc_type"] if isinstance(row["doc_type"], str) else "" for row in rows]
    files = [file_name(row["source"]) if isinstance(row["source"], str) else "" for row in rows]
    return told_apart(found, kinds, [clipped(name, _SHORT) for name in names], files)


def shown_sources(documents: pd.DataFrame) -> list[str]:
    """Return the inputs without the folders that all of them are in: where a run was made is nobody else's business."""
    sources = [source if isinstance(source, str) else "" for source in documents["source"]]
    folders = [source.replace("\\", "/").split("/")[:-1] for source in sources]
    n = 0
    while folders and all(len(f) > n and f[n] == folders[0][n] and "!" not in f[n] for f in folders):
        n += 1
    return ["/".join(source.replace("\\", "/").split("/")[n:]) for source in sources]


def by_name(
    frames: Mapping[str, pd.DataFrame], groups: pd.DataFrame, documents: pd.DataFrame, names: list[str]
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return comparisons by document, and their groups, with every document under one of `names`."""
    kept = [name for name, status in zip(names, documents["status"], strict=True) if status != "duplicate"]
    new: dict[Any, str] = dict(zip(groups["group"], kept, strict=True))  # a row each, in their order
    return {name: _renamed(frame, new) for name, frame in frames.items()}, _renamed(groups, new)


def _renamed(frame: pd.DataFrame, new: Mapping[Any, str]) -> pd.DataFrame:
    columns: dict[str, Any] = {
        c: [new.get(value, value) for value in frame[c]] for c in _GROUP_COLUMNS if c in frame
    }
    if "groups" in frame:
        columns["groups"] = [[new.get(one, one) for one in as_list(cell)] for cell in frame["groups"]]
    return frame.assign(**columns)
