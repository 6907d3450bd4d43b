"""How far two coders agree: Cohen's κ of the whole and of every label, and the rows on which they differ."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.compare.frames import comparison_frame
from pipeline.errors import ComparisonError

ALL = "全部"


def cohen_kappa(a: Sequence[object], b: Sequence[object]) -> float:
    """Return Cohen's κ of two codings of the same rows; NaN when both give one and the same label to all.

    >>> float(round(cohen_kappa(["供给", "供给", "环境", "环境"], ["供给", "环境", "环境", "环境"]), 3))
    0.5

    Raises ComparisonError when the codings differ in length or hold nothing.
    """
    if len(a) != len(b) or not len(a):
        raise ComparisonError(f"two codings of the same rows are needed, not {len(a)} and {len(b)} labels")
    n = len(a)
    seen = sum(x == y for x, y in zip(a, b, strict=True)) / n
    left, right = pd.Series(list(a)).value_counts(), pd.Series(list(b)).value_counts()
    chance = (
        sum(left.get(label, 0) * right.get(label, 0) for label in set(left.index) | set(right.index)) / n**2
    )
    return float("nan") if chance == 1 else (seen - chance) / (1 - chance)


def compare_coders(
    coder_a: pd.DataFrame, coder_b: pd.DataFrame, row_id: Sequence[str] | str = "row_id", label: str = "label"
) -> pd.DataFrame:
    """Return agreement and κ over all labels (全部) and for each label against the rest.

    The frames hold a row's id (one or more columns) and its label: two people's codings of measures, or compare_pmc_scores
    by two codebooks with row_id=["doc_id", "sub_variable"], label="score". Rows that only one of them has are left out; a
    missing label is a label of its own. Raises ComparisonError for a missing column, an id that occurs twice, no common row.
    """
    keys = [row_id] if isinstance(row_id, str) else list(row_id)
    for name, frame in (("first", coder_a), ("second", coder_b)):
        if missing := [c for c in [*keys, label] if c not in frame.columns]:
            raise ComparisonError(
                f"the {name} coding lacks {', '.join(missing)}", hint=f"it has {', '.join(frame.columns)}"
            )
        if frame.duplicated(keys).any():
            raise ComparisonError(
                f"the {name} coding has a row twice", hint=f"{', '.join(keys)} must name one row each"
            )
    both = coder_a[[*keys, label]].merge(coder_b[[*keys, label]], on=keys, suffixes=("_a", "_b"))
    if both.empty:
        raise ComparisonError("the two codings have no row in common")
    a = both[f"{label}_a"].astype("object").where(both[f"{label}_a"].notna(), "（空）").tolist()
    b = both[f"{label}_b"].astype("object").where(both[f"{label}_b"].notna(), "（空）").tolist()
    ids = [".".join(map(str, one)) for one in both[keys].itertuples(index=False)]
    apart = [i for i, x, y in zip(ids, a, b, strict=True) if x != y]
    rows = [
        (ALL, len(a), len(a), len(b), len(a) - len(apart), 1 - len(apart) / len(a), cohen_kappa(a, b), apart)
    ]
    for one in sorted({*a, *b}, key=str):
        is_a, is_b = [x == one for x in a], [y == one for y in b]
        differ = [i for i, x, y in zip(ids, is_a, is_b, strict=True) if x != y]
        same = sum(x and y for x, y in zip(is_a, is_b, strict=True))
        share = 1 - len(differ) / len(a)
        rows.append((str(one), len(a), sum(is_a), sum(is_b), same, share, cohen_kappa(is_a, is_b), differ))
    return comparison_frame("agreement", rows)
