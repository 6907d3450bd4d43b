"""Charts, documents and texts put together into one page, smaller and smaller until it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.column_notes import value_names
from pipeline.naming import document_names
from pipeline.report.charts import CHARTS
from pipeline.report.display import clipped, printable, web_link
from pipeline.report.evidence import Evidence, as_list
from pipeline.report.excerpts import carried, excerpts, repairs_by_document, whole
from pipeline.report.frames import Both, Chart, Limits, Material, records
from pipeline.report.names import by_name, short_names, shown_sources, years_of
from pipeline.report.packing import pack
from pipeline.report.page import render

MAX_BYTES = 10_000_000

# each step carries less; the first that fits is taken, the last is taken as it is
STEPS = (
    Limits(),
    Limits(places=20, rows=12_000, documents=100, pairs=1_500, whole_texts=3_000_000),
    Limits(places=5, rows=6_000, documents=80, pairs=600, whole_texts=0),
    Limits(places=2, rows=3_000, documents=60, pairs=300, whole_texts=0),
    Limits(places=1, rows=1_000, documents=40, pairs=100, whole_texts=0),
)

_FACTS = ("title", "doc_type", "issuer", "doc_number", "publish_date")


@dataclass(frozen=True, slots=True)
class Report:
    """The page, and what it carries."""

    html: str
    n_documents: int
    n_places: int
    has_whole_texts: bool
    notes: tuple[Both, ...]


def build_report(
    tables: Mapping[str, pd.DataFrame],
    frames: Mapping[str, pd.DataFrame],
    groups: pd.DataFrame,
    *,
    by: str = "county",
    max_bytes: int = MAX_BYTES,
    codebook: str | Path | None = None,
) -> Report:
    """Return the report of a run: `tables` of the run, `frames` of its comparisons, `groups` of its documents.

    A report that would be larger than `max_bytes` carries fewer rows, fewer places for a number, and sentences instead
    of whole texts, and says so. A comparison that is missing is an empty section. `codebook` is the file that the PMC index of
    `frames` was made with, where it is not models/pmc.toml.
    """
    repairs = repairs_by_document(tables)
    for limits in STEPS:
        report = _build(tables, frames, groups, by, limits, repairs, codebook)
        if len(report.html.encode("utf-8")) <= max_bytes:
            break
    return report


def _build(
    tables: Mapping[str, pd.DataFrame],
    frames: Mapping[str, pd.DataFrame],
    groups: pd.DataFrame,
    by: str,
    limits: Limits,
    repairs: dict[str, list[tuple[Any, ...]]],
    codebook: str | Path | None,
) -> Report:
    documents = tables["documents"].reset_index(drop=True)
    names = document_names(documents, years_of(groups))
    short = short_names(documents, names, years_of(groups))
    evidence = Evidence(tables, [])
    evidence.documents = _numbers(documents)
    if by == "document":
        frames, groups = by_name(frames, groups, documents, short)  # a bar has little room for its name
    material = Material(tables, frames, groups, evidence, limits, by, codebook)
    charts: dict[str, Chart] = {name: function(material) for name, _, _, function in CHARTS}
    texts, is_whole = _texts(evidence, limits, repairs)
    notes = () if is_whole else (_ONLY_SENTENCES,)
    data: dict[str, Any] = {
        "by": by,
        "docs": _documents(documents, names, short, groups, evidence, material),
        "places": evidence.columns(),
        "damage": value_names("repairs", "kind"),
        "charts": {name: chart.data for name, chart in charts.items()},
    }
    data["groups"] = material.group_names  # all of them only now
    html = render(charts, data, texts, notes)
    return Report(html, len(documents), len(data["places"]["doc"]), is_whole, notes)


_ONLY_SENTENCES = Both(
    "文件太多，报告只带数字所引的句子，不带全文；全文见运行结果的 texts 表。",
    "Too many documents to carry whole: the report holds the sentences its numbers lead to; the table texts has all.",
)


def _numbers(documents: pd.DataFrame) -> dict[str, int]:
    """Position of every document; of inputs with the same bytes the one that was read."""
    numbers: dict[str, int] = {}
    for i, (doc_id, status) in enumerate(zip(documents["doc_id"], documents["status"], strict=True)):
        if isinstance(doc_id, str) and (status == "ok" or doc_id not in numbers):
            numbers[doc_id] = i
    return numbers


def _documents(
    documents: pd.DataFrame,
    names: list[str],
    short: list[str],
    groups: pd.DataFrame,
    evidence: Evidence,
    material: Material,
) -> list[list[Any]]:
    known = {
        doc_id: (group, None if pd.isna(year) else int(year))
        for doc_id, group, year in zip(groups["doc_id"], groups["group"], groups["year"], strict=True)
        if isinstance(doc_id, str)
    }
    sources = shown_sources(documents)
    rows = []
    for position, row in enumerate(records(documents)):
        group, year = known.get(row["doc_id"], (None, None))
        rows.append([
            *(printable(row.get(c)) for c in _FACTS), printable(sources[position]), printable(row.get("status")),
            material.group(group) if group is not None else -1, year, web_link(row.get("url")),
            0 if pd.isna(row["n_chars"]) else int(row["n_chars"]), 0 if pd.isna(row["n_repairs"]) else int(row["n_repairs"]),
            [printable(k) for k in as_list(row["damage"])], printable(row.get("error"))[:300], row["doc_id"] in evidence.texts,
            printable(names[position]), clipped(short[position]), printable(row["doc_id"]),
        ])  # fmt: skip
    return rows


def _texts(
    evidence: Evidence, limits: Limits, repairs: dict[str, list[tuple[Any, ...]]]
) -> tuple[dict[int, str], bool]:
    """Packed texts by number of document, whole while they stay under the limit; and whether they are whole."""
    packed, n_bytes = {}, 0
    for doc_id, number in evidence.documents.items():
        if doc_id not in evidence.texts:
            continue
        if n_bytes + len(evidence.texts[doc_id]) // 2 > limits.whole_texts:  # packs to more than that
            break
        packed[number] = pack(carried(whole(evidence.texts[doc_id]), repairs.get(doc_id, [])))
        n_bytes += len(packed[number])
        if n_bytes > limits.whole_texts:
            break
    else:
        return packed, True
    columns = evidence.columns()
    places: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in zip(columns["doc"], columns["start"], columns["end"], strict=True):
        places.setdefault(number, []).append((start, end))
    ids = {number: doc_id for doc_id, number in evidence.documents.items()}
    return {
        number: pack(
            carried(
                excerpts(evidence.texts[ids[number]], places.get(number, [])), repairs.get(ids[number], [])
            )
        )
        for number in sorted(ids)
        if ids[number] in evidence.texts
    }, False
