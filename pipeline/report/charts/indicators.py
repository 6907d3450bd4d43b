"""Which place reports which figure, and how it stands among the others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.report.display import clipped, printable
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number
from pipeline.report.series import SeriesNumbers


def indicators(material: Material) -> Chart:
    """Return the reported figures as rows, and the (group, indicator) pairs that are absent or were not read."""
    frame = material.frame("indicators")
    series = SeriesNumbers()
    if frame.empty:
        return Chart(
            {"series": [], "rows": [], "missing": []}, Both("没有可比的指标", "No figures to compare")
        )
    reported, notes = material.too_many(frame[frame["state"].eq("reported")])
    limit = min(material.limits.places, 50)
    rows: list[list[Any]] = [
        [
            material.group(row["group"]), series.of(row), printable(row["status"]), whole_number(row["year"]),
            printable(row["period"]), printable(row["comparator"]), number(row["value"]), number(row["value_high"]),
            whole_number(row["rank"]), whole_number(row["n_groups"]), number(row["median"]),
            not pd.isna(row["conflict"]) and bool(row["conflict"]),
            material.evidence.of(row["quantity_ids"], limit), material.evidence.of(row["other_ids"], limit),
        ]
        for row in records(reported)
    ]  # fmt: skip
    missing = [
        [material.group(row["group"]), printable(row["indicator"]), printable(row["state"])]
        for row in records(frame[frame["state"].ne("reported")])
    ]
    data = {"series": series.rows, "rows": rows, "missing": missing}
    return Chart(data, _finding(series, rows, material.group_names), notes)


def _finding(series: SeriesNumbers, rows: list[list[Any]], names: list[str]) -> Both:
    """The figure that most places give for one year, and who leads."""
    cells: dict[tuple[int, str, int], list[list[Any]]] = {}
    for row in rows:
        if row[3] is not None and not row[4] and row[2] in _SAID and series.rows[row[1]][5]:
            cells.setdefault((row[1], row[2], row[3]), []).append(row)
    best = max(cells, key=lambda k: (len(cells[k]), k[2], k[1] == "achieved"), default=None)
    if best is None or len(cells[best]) < 2:
        n = len({row[1] for row in rows})
        return Both(
            f"{n:,} 种数字，没有一种有两处给出同一年的",
            f"{n:,} kinds of figures, none of which two places give for the same year",
        )
    position, status, year = best
    first = [row for row in cells[best] if row[8] == 1]
    name = clipped(series.rows[position][0]) + ("增速" if series.rows[position][1] == "growth" else "")
    who, n = clipped(names[first[0][0]]) if len(first) == 1 else "", len(cells[best])
    zh, en = _SAID[status]
    return Both(
        f"{n} 处都{zh} {year} 年{name}" + (f"，{who}居首" if who else ""),
        f"{n} {en} {name} for {year}" + (f"; {who} comes first" if who else ""),
    )


_SAID = {"achieved": ("报告了", "report"), "target": ("定下了", "set a target of")}
