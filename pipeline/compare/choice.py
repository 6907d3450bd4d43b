"""Which row stands for a cell when several compete for it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.compare.series import CELL

_SCOPE_ORDER = {"whole": 0, "part": 1, "upper": 2}


def choose_cells(series: pd.DataFrame, cell: list[str] | None = None) -> pd.DataFrame:
    """Return one row a cell, with n_rows, conflict, chosen_by, quantity_ids, other_ids.

    The order of preference: a document of the group's own level (a city's report before its counties'), the place's
    own figure before a part of it (其中, 某镇), a wording that models/indicators.csv lists, the wording that this group
    uses most for the indicator, the latest document, the headline (first) figure of a document. `conflict` says that
    another row of the cell gives another number. Where a group holds many places (by year, city, province) and no
    document of its own level, the cell is the median of its documents' figures and every row is in quantity_ids.
    """
    cell = cell or CELL
    frame = series.copy()
    uses = frame.groupby(["group_id", "indicator_id", "indicator"], dropna=False)["indicator"].transform(
        "size"
    )
    frame["_own"] = (~frame["is_own_level"]).astype(int)
    frame["_scope"] = frame["scope"].map(_SCOPE_ORDER)
    frame["_exact"] = (~frame["is_exact"]).astype(int)
    frame["_uses"] = -uses
    frame["_year"] = -frame["doc_year"].fillna(0).astype(int)
    frame["_day"] = -pd.to_numeric(frame["date"].str.replace("-", ""), errors="coerce").fillna(0)
    frame = frame.sort_values(
        [*cell, "_own", "_scope", "_exact", "_uses", "_year", "_day", "start"], kind="stable"
    )
    grouped = frame.groupby(cell, dropna=False, sort=False)
    number = grouped.ngroup()
    first = frame[~number.duplicated()].copy()
    first["_cell"] = number[~number.duplicated()]
    by_cell = frame.assign(_cell=number).groupby("_cell", sort=False)
    first = first.set_index("_cell")
    first["n_rows"] = by_cell.size()
    told = frame.assign(_cell=number)[["_cell", "value", "value_high", "comparator"]].drop_duplicates()
    first["conflict"] = told.groupby("_cell", sort=False).size().gt(1)
    ids = by_cell["quantity_id"].agg(list)
    first["quantity_ids"] = [[one] for one in first["quantity_id"]]
    first["other_ids"] = [all_ids[1:] for all_ids in ids]
    first["chosen_by"] = ["only" if n == 1 else "rule" for n in first["n_rows"]]
    return first.reset_index(drop=True)


def medians_of_places(cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row a cell of groups that hold many places: the median of the places' own cells.

    `cells` holds one row a cell and place. A group with a document of its own level keeps that row.
    """
    ordered = cells.sort_values(
        [*CELL, "is_own_level"], ascending=[True] * len(CELL) + [False], kind="stable"
    )
    number = ordered.groupby(CELL, dropna=False, sort=False).ngroup().rename("_cell")
    grouped = ordered.groupby(number, sort=False)
    first = ordered[~number.duplicated()].set_index(number[~number.duplicated()])
    is_median = ~first["is_own_level"].astype(bool) & grouped.size().gt(1)
    first["value"] = grouped["value"].median().where(is_median, first["value"])
    first["value_high"] = first["value_high"].mask(is_median)
    first["comparator"] = first["comparator"].mask(is_median, "=")
    first["chosen_by"] = first["chosen_by"].mask(is_median, "median")
    first["n_rows"] = grouped["n_rows"].sum()
    first["conflict"] = grouped["value"].nunique().gt(1) | first["conflict"]
    first["doc_id"] = first["doc_id"].mask(is_median)
    used = grouped["quantity_ids"].agg(_chained)
    others = grouped["other_ids"].agg(_chained)
    pairs = [
        (ids, rest) if is_one else (ids[:1], [*ids[1:], *rest])
        for ids, rest, is_one in zip(used, others, is_median, strict=True)
    ]
    first["quantity_ids"] = [ids for ids, _ in pairs]
    first["other_ids"] = [rest for _, rest in pairs]
    return first.reset_index(drop=True)


def _chained(lists: pd.Series[Any]) -> list[str]:
    return [one for ids in lists for one in ids]
