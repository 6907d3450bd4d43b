"""Which policy instruments a place uses, on which themes."""

from __future__ import annotations

from typing import Any

from pipeline.report.display import percent, printable
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number

_CLASSES = ("供给型", "环境型", "需求型")
_ENGLISH = {"供给型": "supply", "环境型": "environment", "需求型": "demand"}


def instruments(material: Material) -> Chart:
    """Return the measures of each instrument and sub-class by group and theme."""
    frame = material.frame("instruments")
    if frame.empty:
        return Chart({"rows": [], "themes": []}, Both("没有归类的举措", "No classified measures"))
    # places cost most here: every measure stands in four cells
    limit = material.limits.places
    every = frame
    is_class, is_all = every["instrument_sub"].isna(), every["theme"].eq("全部")
    frame, notes = material.too_many(every, (~is_class).astype(float) * 2 + (~is_all).astype(float))
    rows: list[list[Any]] = [
        [
            material.group(row["group"]), printable(row["theme"]), printable(row["instrument"]),
            printable(row["instrument_sub"]), int(row["n_measures"]), whole_number(row["n_all"]),
            number(row["share_low"]), number(row["share_high"]), whole_number(row["n_undecided"]),
            material.evidence.of(row["measure_ids"], limit),
        ]
        for row in records(frame)
    ]  # fmt: skip
    totals = {
        c: int(every[is_class & is_all & every["instrument"].eq(c)]["n_measures"].sum()) for c in _CLASSES
    }
    n = sum(totals.values()) or 1
    first, *_, last = sorted(totals, key=lambda c: -totals[c])
    found = Both(
        f"{first}工具占 {percent(totals[first] / n)}，{last}只占 {percent(totals[last] / n)}",
        f"{percent(totals[first] / n)} of measures use {_ENGLISH[first]} instruments, {percent(totals[last] / n)} {_ENGLISH[last]}",
    )
    largest = max((len(r[9]) for r in rows), default=0)
    if any(r[4] > len(r[9]) for r in rows):
        notes += (
            Both(
                f"每个数字最多可点开 {largest} 条举措。", f"A number opens up to {largest} of its measures."
            ),
        )
    if material.tables["documents"]["doc_type"].eq("工作报告").any():
        notes += (
            Both(
                "工作报告的举措既有已做的，也有计划的，这里一并计入。",
                "Measures of work reports are both those taken and those planned; both are counted here.",
            ),
        )
    themes = [
        [
            printable(theme), printable(instrument), int(some["n_measures"].sum()),
            material.evidence.of([one for ids in some["measure_ids"] for one in ids], limit),
        ]
        for (theme, instrument), some in every[is_class & ~is_all].groupby(["theme", "instrument"])
    ]  # fmt: skip
    return Chart({"rows": rows, "themes": themes}, found, notes)
