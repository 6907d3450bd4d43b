"""How complete every policy is: the PMC index, its variables, its surface."""

from __future__ import annotations

import re
from typing import Any

from pipeline.report.display import printable
from pipeline.report.evidence import as_list
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number

_PLACES = 20
_SPAN_RE = re.compile(r"(\d{1,9})-(\d{1,9})")


def pmc(material: Material) -> Chart:
    """Return the index of every document, the values of the surface, and each rule with its evidence."""
    frame, scores, surface = (material.frame(n) for n in ("pmc", "pmc_scores", "pmc_surface"))
    nothing: dict[str, Any] = {"rows": [], "rules": [], "scores": [], "surface": []}
    frame = frame[frame["index"].notna()] if not frame.empty else frame
    if frame.empty:
        return Chart(nothing, Both("没有可评分的文件", "No document to score"))
    limit = min(_PLACES, material.limits.places)
    rows: list[list[Any]] = [
        [
            material.document(row["doc_id"]), number(row["index"], 2), printable(row["level_name"]),
            whole_number(row["rank"]), number(row["concavity"], 2), printable(row["weakest"]), number(row["strength"], 1),
            material.evidence.of(row["evidence_ids"], limit),
        ]
        for row in records(frame.sort_values("rank", kind="stable"))
        if material.document(row["doc_id"]) is not None
    ]  # fmt: skip
    rules: dict[str, list[str]] = {}
    score_rows: list[list[Any]] = []
    for row in records(scores):
        document = material.document(row["doc_id"])
        if document is None:
            continue
        key = str(row["sub_variable"])
        names = [
            printable(row[c]) for c in ("variable", "variable_name", "sub_variable", "sub_variable_name")
        ]
        rules.setdefault(key, names)
        if row["score"]:
            places = material.evidence.of(row["row_ids"], limit) + _places(material, row, limit)
            score_rows.append([document, list(rules).index(key), int(row["n_evidence"] or 0), places[:limit]])
    surface_rows = [
        [material.document(row["doc_id"]), int(row["row"]), int(row["column"]), printable(row["variable_name"]), number(row["value"], 3)]
        for row in records(surface)
        if material.document(row["doc_id"]) is not None
    ]  # fmt: skip
    mean = sum(r[1] for r in rows) / len(rows) if rows else 0
    found = Both(
        f"{len(rows):,} 份文件的 PMC 指数平均 {mean:.2f}，最高 {rows[0][1]:.2f}，最低 {rows[-1][1]:.2f}",
        f"PMC index of {len(rows):,} documents: mean {mean:.2f}, from {rows[-1][1]:.2f} to {rows[0][1]:.2f}",
    )
    data = {"rows": rows, "rules": list(rules.values()), "scores": score_rows, "surface": surface_rows}
    return Chart(data, found)


def _places(material: Material, row: dict[str, Any], limit: int) -> list[int]:
    found = []
    for text in as_list(row["starts"])[:limit]:
        match = _SPAN_RE.fullmatch(str(text))
        place = material.evidence.at(row["doc_id"], int(match[1]), int(match[2])) if match else None
        if place is not None:
            found.append(place)
    return found
