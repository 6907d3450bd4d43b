"""Which place reports which figure, and how it stands among the others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.report.display import clipped, printable
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number
from pipeline.report.series import SeriesNumbers
from pipeline.report.sides import SERIES, direction_of

_A_HEAD = "人均|亩均|平均|浓度|指数|率|占比"  # names of figures that do not grow with the place


def indicators(material: Material) -> Chart:
    """Return the reported figures as rows, and the (group, indicator) pairs that are absent or were not read."""
    frame = material.frame("indicators")
    series = SeriesNumbers()
    if frame.empty:
        return Chart(
            {"series": [], "rows": [], "missing": [], "findings": {}},
            Both("没有可比的指标", "No figures to compare"),
        )
    every = frame[frame["state"].eq("reported")]
    reported, notes = material.too_many(every, _priority(every))
    limit = min(material.limits.places, 50)
    rows: list[list[Any]] = [
        [
            material.group(row["group"]), series.of(row), printable(row["status"]), whole_number(row["year"]),
            printable(row["period"]), printable(row["comparator"]), number(row["value"]), number(row["value_high"]),
            whole_number(row["rank"]), whole_number(row["n_groups"]) or 1, number(row["median"]),
            not pd.isna(row["conflict"]) and bool(row["conflict"]),
            material.evidence.of(row["quantity_ids"], limit), material.evidence.of(row["other_ids"], limit),
            printable(row["scope"]),
        ]
        for row in records(reported)
    ]  # fmt: skip
    missing = [
        [material.group(row["group"]), printable(row["indicator"]), printable(row["state"])]
        for row in records(frame[frame["state"].ne("reported")])
    ]
    findings = {status: _finding(every[every["status"].eq(status)]) for status in _SAID}
    data = {"series": series.rows, "rows": rows, "missing": missing, "findings": findings}
    return Chart(data, _finding(every), _unranked(every) + _of_size(every) + notes)


def _unranked(every: pd.DataFrame) -> tuple[Both, ...]:
    """How many figures stand without rank and colour, and why."""
    n_foreign = int(every["scope"].ne("whole").sum())
    has_no_side = every["indicator_id"].map(direction_of).eq("") & every["scope"].eq("whole")
    n_sideless, n_listed = int(has_no_side.sum()), int((has_no_side & every["indicator_id"].notna()).sum())
    if not n_foreign + n_sideless:
        return ()
    return (
        Both(
            f"只有本地自身、且有好坏方向的数字才排名、着色。{n_foreign:,} 个数字属局部（乡镇、企业、项目等）或上级，{n_sideless:,} 个数字的指标没有好坏方向"
            f"（其中 {n_sideless - n_listed:,} 个不在指标表内），照列，不排名。",
            f"Only a place's own figures, of indicators with a better side, are ranked and coloured. {n_foreign:,} figures are of a part (township, firm, "
            f"project) or of a level above, {n_sideless:,} of indicators without a better side ({n_sideless - n_listed:,} of them not in the list of "
            "indicators): they are shown without rank.",
        ),
    )


def _of_size(every: pd.DataFrame) -> tuple[Both, ...]:
    """What ranks of sums and counts tell: a large place has more of everything."""
    is_sum = every["unit"].fillna("%").ne("%") & every["aspect"].isin(("level", "change"))
    if not (is_sum & every["rank"].notna() & ~every["indicator"].str.contains(_A_HEAD, na=False)).any():
        return ()
    return (
        Both(
            "总量和增减量（亿元、人、家、个）的名次首先反映地方大小；比较做得好坏，请看增速、比率和人均。",
            "Ranks of sums and counts (yuan, persons, firms) tell first of all how large a place is; for how well it does see growth, rates and figures a head.",
        ),
    )


def _priority(reported: pd.DataFrame) -> pd.Series[Any]:
    """0 for what the heat map shows first: the latest figure of a place in a series that many places share."""
    plain = reported["period"].isna() & reported["indicator_id"].notna() & reported["scope"].eq("whole")
    spread = reported.groupby(SERIES, dropna=False)["group"].transform("nunique")
    newest = reported.groupby([*SERIES, "group", "status"], dropna=False)["year"].transform("max")
    is_newest = reported["year"].eq(newest).fillna(False).astype(bool)
    later: pd.Series[Any] = (~plain).astype(float) * 4 + (~is_newest).astype(float) * 2
    return later.sub(spread.astype(float) / (float(spread.max()) + 1))


def _finding(reported: pd.DataFrame) -> Both:
    """The figure that most places give for one year, and who leads."""
    some = reported[
        reported["year"].notna()
        & reported["period"].isna()
        & reported["indicator_id"].notna()
        & reported["status"].isin(list(_SAID))
        & reported["scope"].eq("whole")
    ]
    cells: dict[tuple[Any, ...], pd.DataFrame] = {
        (*key[-2:], position): rows
        for position, (key, rows) in enumerate(some.groupby([*SERIES, "year", "status"], dropna=False))
    }
    best = max(cells, key=lambda k: (len(cells[k]), k[1] == "achieved", k[0]), default=None)
    if best is None or len(cells[best]) < 2:
        n = len(reported[SERIES].drop_duplicates())
        return Both(
            f"{n:,} 种数字，没有一种有两处给出同一年的",
            f"{n:,} kinds of figures, none of which two places give for the same year",
        )
    year, status, rows = int(best[0]), best[1], cells[best]
    first, n = rows[rows["rank"].eq(1).fillna(False).astype(bool)], len(rows)
    name = clipped(rows.iloc[0]["indicator"]) + ("增速" if rows.iloc[0]["aspect"] == "growth" else "")
    who = clipped(first.iloc[0]["group"]) if len(first) == 1 else ""
    zh, en = _SAID[status]
    first_zh, first_en = ("要求最高", "asks most") if status == "target" else ("居首", "comes first")
    return Both(
        f"{n} 处都{zh} {year} 年{name}{'目标' if status == 'target' else ''}"
        + (f"，{who}{first_zh}" if who else ""),
        f"{n} {en} {name} for {year}" + (f"; {who} {first_en}" if who else ""),
    )


_SAID = {"achieved": ("报告了", "report"), "target": ("定下了", "set a target of")}
