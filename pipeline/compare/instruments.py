"""Shares of policy instruments by group and theme, with the uncertainty that small numbers have."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.compare.frames import Tables, ask_for, comparison_frame
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.themes import ALL, add_themes

CLASSES = ("供给型", "环境型", "需求型")
_Z = 1.959964  # 95%


def compare_instruments(tables: Tables, by: str = "county", themes_by: str = "keywords") -> pd.DataFrame:
    """Return the share of each instrument (instrument_sub null) and sub-class among a group's decided measures.

    One block for every theme and one for 全部, each with all three classes: a class without a measure has a share of 0 and the
    interval that leaves open. Shares are of measures whose instrument is decided; `n_undecided` says how
    many are not. share_low and share_high are Wilson's 95% interval: with few measures a share says little.
    """
    documents, measures = ask_for(tables, "documents", "measures")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    frame = measures.merge(groups[groups["is_read"] & groups["group_id"].notna()], on="doc_id", how="inner")
    frame = add_themes(frame, themes_by)
    frame = pd.concat([frame, frame.assign(theme=ALL)], ignore_index=True)
    block = ["group_id", "group", "theme"]
    decided = frame[frame["instrument"].notna()]
    totals = frame.groupby(block)["instrument"].agg(n_all="count", _size="size").reset_index()
    totals["n_undecided"] = totals["_size"] - totals["n_all"]
    whole = _counted(decided, [*block, "instrument"]).assign(instrument_sub=None)
    parts = _counted(decided[decided["instrument_sub"].notna()], [*block, "instrument", "instrument_sub"])
    rows = pd.concat([whole, _without_measure(whole, block), parts], ignore_index=True).merge(
        totals, on=block
    )
    rows["share"] = rows["n_measures"] / rows["n_all"]
    rows["share_low"], rows["share_high"] = wilson_interval(
        rows["n_measures"].to_numpy(float), rows["n_all"].to_numpy(float)
    )
    order = ["group_id", "theme", "instrument", "instrument_sub"]
    return comparison_frame("instruments", rows.sort_values(order, na_position="first", kind="stable"))


def _counted(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return (
        frame.groupby(keys)
        .agg(n_measures=("measure_id", "size"), measure_ids=("measure_id", list))
        .reset_index()
    )


def _without_measure(whole: pd.DataFrame, block: list[str]) -> pd.DataFrame:
    """Return a row of no measures for every class that a block has none of."""
    every: pd.DataFrame = (
        whole[block].drop_duplicates().merge(pd.DataFrame({"instrument": CLASSES}), how="cross")
    )
    found = set(whole[[*block, "instrument"]].itertuples(index=False, name=None))
    missing = [one not in found for one in every.itertuples(index=False, name=None)]
    nothing = pd.Series([[] for _ in range(sum(missing))], dtype="object").to_numpy()
    return every[missing].assign(instrument_sub=None, n_measures=0, measure_ids=nothing)


def wilson_interval(n: np.ndarray, n_all: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's 95% interval of the shares n / n_all.

    >>> low, high = wilson_interval(np.array([5.0]), np.array([10.0]))
    >>> round(low[0], 3), round(high[0], 3)
    (np.float64(0.237), np.float64(0.763))
    """
    share = n / n_all
    middle = (share + _Z**2 / (2 * n_all)) / (1 + _Z**2 / n_all)
    half = _Z * np.sqrt(share * (1 - share) / n_all + _Z**2 / (4 * n_all**2)) / (1 + _Z**2 / n_all)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
