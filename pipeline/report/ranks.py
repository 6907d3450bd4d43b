"""Which figures may be ranked: the places' own, of indicators that have a better side, and nothing else."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from pipeline.lexicon import table

SERIES = ["indicator_id", "indicator", "aspect", "unit", "per", "base"]
_BESIDE = ["indicator_id", "aspect", "unit", "per", "base", "status", "year", "period"]


@functools.cache
def _directions() -> dict[str, str]:
    return {row["id"]: row["direction"] for row in table("indicators.csv") if row["direction"]}


def direction_of(indicator_id: object) -> str:
    """Return up or down, or "" where neither more nor less is better or nobody has said which.

    >>> direction_of("urban_unemployment_rate"), direction_of("population"), direction_of(None)
    ('down', '', '')
    """
    return _directions().get(indicator_id, "") if isinstance(indicator_id, str) else ""


def ranked(reported: pd.DataFrame) -> pd.DataFrame:
    """Return reported figures with `rank`, `n_groups` and `median` among the places' own figures alone.

    A part of a place (a park's investment) or a figure of the province stands beside nothing: it has none of the three.
    An indicator without a better side has no `rank`.
    """
    frame = reported.copy()
    is_own = frame["scope"].eq("whole").to_numpy()
    sides = frame["indicator_id"].map(direction_of)
    key = [frame[c].astype("string").fillna("").where(is_own, "") for c in _BESIDE]
    key[0] = key[0].where(key[0].ne(""), frame["indicator"].astype("string"))  # without an id: the wording
    value = frame["value"].astype(float)
    signed = value.where(sides.eq("down"), -value)
    beside = pd.DataFrame({"value": value, "signed": signed}).groupby(key, sort=False)
    has_side = sides.ne("").to_numpy()
    frame["n_groups"] = pd.array(np.where(is_own, beside["value"].transform("size"), 1), dtype="Int64")
    frame["median"] = beside["value"].transform("median").where(is_own)
    ranks = beside["signed"].rank(method="min").where(is_own & has_side)
    frame["rank"] = ranks.astype("Int64")
    return frame
