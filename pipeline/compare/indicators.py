"""Indicators side by side: group × indicator × year in common units, with rank, median and a reference document."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.compare.choice import choose_cells, medians_of_places
from pipeline.compare.frames import Tables, ask_for, comparison_frame, records
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.series import CELL, SERIES, direction_of, indicator_names, to_series
from pipeline.errors import ComparisonError

_MANY_PLACES = ("year", "city", "province")
_BESIDE = [*SERIES, "status", "year", "period"]  # cells that differ in the group alone stand side by side


def compare_indicators(tables: Tables, by: str = "county", reference: str | None = None) -> pd.DataFrame:
    """Return one row a group, indicator, aspect, status and year, and one for every indicator a group does not give.

    `state` is `reported`, `absent` (the group's documents were read and no figure of the indicator was found in them, though
    words may name it) or `not_read` (none of the group's documents could be read; `n_unread` counts them). A missing figure
    is never a zero.
    Growth and level, and each `per`, are series of their own. Raises ComparisonError when `reference` is not among the
    documents that were read.
    """
    documents, quantities, texts = ask_for(tables, "documents", "quantities", "texts")
    groups = documents_in_groups(documents, by, quantities)
    series = to_series(quantities, groups, texts, tables.get("parts"))
    series = series[series["group_id"].notna()]
    cells = choose_cells(series, [*CELL, "place"]) if by in _MANY_PLACES else choose_cells(series)
    if by in _MANY_PLACES:
        cells = medians_of_places(cells)
    cells["state"] = "reported"
    cells = _ranked(cells)
    cells = _beside_reference(cells, series, groups, reference)
    rows = pd.concat([cells, _not_reported(cells, groups)], ignore_index=True)
    rows["n_unread"] = rows["group_id"].map((~groups["is_read"]).groupby(groups["group_id"]).sum()).fillna(0)
    rows = rows.drop(columns=["indicator", "unit"]).rename(
        columns={"indicator_name": "indicator", "norm_unit": "unit"}
    )
    order = ["group_id", "indicator_id", "indicator", "aspect", "unit", "status", "year", "period"]
    return comparison_frame("indicators", rows.sort_values(order, na_position="last", kind="stable"))


def _ranked(cells: pd.DataFrame) -> pd.DataFrame:
    """Add n_groups, median and from_median among the places' own figures, and rank (1 is best) where one side is better.

    A figure of a part or of a higher level has none of these, nor has a city's or the country's among counties, and one that
    stands alone no rank.
    """
    own = cells[cells["scope"].eq("whole") & ~cells["is_above"].astype(bool)]
    sign = own["indicator_id"].map(lambda i: {"up": -1.0, "down": 1.0}.get(direction_of(i) or "", np.nan))
    beside = own.assign(_signed=sign * own["value"]).groupby(_BESIDE, dropna=False, sort=False)
    cells["n_groups"] = beside["value"].transform("size")
    cells["median"] = beside["value"].transform("median")
    cells["from_median"] = cells["value"] - cells["median"]
    cells["rank"] = beside["_signed"].rank(method="min").where(cells["n_groups"].gt(1))
    return cells


def _beside_reference(
    cells: pd.DataFrame, series: pd.DataFrame, groups: pd.DataFrame, reference: str | None
) -> pd.DataFrame:
    """Add the reference document's figure: of the same year and status, else year, else its latest target."""
    cells["reference_value"], cells["reference_id"], cells["vs_reference"] = np.nan, None, None
    if reference is None:
        return cells
    if not (groups["doc_id"].eq(reference) & groups["is_read"]).any():
        raise ComparisonError(
            f"the reference document {reference!r} is not among the documents read",
            hint="name a doc_id of the documents table whose status is ok",
        )
    given = choose_cells(series[series["doc_id"].eq(reference)], [*SERIES, "status", "year", "period"])
    given = given.sort_values("year", kind="stable")
    by_key: dict[tuple[object, ...], tuple[float, str]] = {}
    for row in records(given):
        what = tuple(None if pd.isna(row[c]) else row[c] for c in SERIES)
        found = (float(row["value"]), str(row["quantity_id"]))
        by_key[(*what, row["year"], row["status"])] = found
        by_key.setdefault((*what, row["year"]), found)
        if row["status"] != "achieved":
            by_key[what] = found  # rows come in the order of years: the latest stays
    values, ids, sides = [], [], []
    for row in records(cells[[*SERIES, "year", "status", "value"]]):
        what = tuple(None if pd.isna(row[c]) else row[c] for c in SERIES)
        keys = ((*what, row["year"], row["status"]), (*what, row["year"]), what)
        match = next((by_key[k] for k in keys if k in by_key), None)
        values.append(match[0] if match else np.nan)
        ids.append(match[1] if match else None)
        sides.append(None if match is None else _side(row["value"], match[0]))
    cells["reference_value"], cells["reference_id"], cells["vs_reference"] = values, ids, sides
    return cells


def _side(value: float, reference: float) -> str:
    return "equal" if np.isclose(value, reference, rtol=1e-9) else "above" if value > reference else "below"


def _not_reported(cells: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """A row for every group and known indicator of the run that the group does not give."""
    known = sorted(set(cells["indicator_id"].dropna()))
    some = groups[groups["group_id"].notna()]
    names = some.drop_duplicates("group_id").set_index("group_id")["group"]
    is_read = some.groupby("group_id")["is_read"].any()
    wanted = pd.MultiIndex.from_product([names.index, known], names=["group_id", "indicator_id"])
    there = pd.MultiIndex.from_frame(cells[["group_id", "indicator_id"]].drop_duplicates())
    rows = wanted.difference(there).to_frame(index=False)
    rows["group"] = rows["group_id"].map(names)
    rows["indicator_name"] = rows["indicator_id"].map(
        lambda i: indicator_names()[i][0] if i in indicator_names() else i
    )
    rows["state"] = np.where(rows["group_id"].map(is_read).astype(bool), "absent", "not_read")
    rows["n_rows"] = 0
    for column in ("quantity_ids", "other_ids"):
        rows[column] = [[] for _ in range(len(rows))]
    return rows.reindex(columns=cells.columns)
