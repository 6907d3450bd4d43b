"""Measures found in one place and not in another: each beside the nearest measure of the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.compare.frames import Tables, ask_for, comparison_frame
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.nearest import nearest_rows
from pipeline.compare.themes import add_themes
from pipeline.compare.words import content_words, place_words, stop_words, tfidf, unit_rows
from pipeline.errors import ComparisonError
from pipeline.lazy_re import lazy_re

SHARED, SIMILAR = 0.6, 0.35  # cosine from which two measures say the same, or speak of the same thing
_NEAREST = 10
# what a heading says of the measures below it: 2021年工作回顾, 2022年主要任务
_REVIEW_RE = lazy_re(r"回顾|成就|成绩|成效|总结|(?:完成|进展|执行)情况|过去[一二三四五]年|[一三五]年来")
_PLAN_RE = lazy_re(r"安排|任务|打算|部署|计划|规划|谋划|目标|举措|措施|思路|今后|展望|重点|主要工作|总体要求")


def part_of(heading: object) -> str | None:
    """Return whether governing headings are of a review or a plan: the outermost that speaks of one of them alone.

    >>> part_of("2021年工作回顾 | 产业"), part_of("2022年工作安排"), part_of("工作回顾与今后打算 | 主要任务"), part_of("组织保障")
    ('review', 'plan', 'plan', None)
    """
    for one in heading.split("|") if isinstance(heading, str) else ():
        is_review, is_plan = bool(_REVIEW_RE.search(one)), bool(_PLAN_RE.search(one))
        if is_review != is_plan:
            return "review" if is_review else "plan"
    return None


def compare_measures(
    tables: Tables, by: str = "county", between: Sequence[str] | None = None, themes_by: str = "keywords"
) -> pd.DataFrame:
    """Return every measure with the most similar one of any other group, side by side.

    `state`: shared (similarity at least 0.6), similar (0.35), only_here. Similarity is the cosine of TF-IDF over words
    and over character 2- and 3-grams, half each; names of places are left out. `n_groups` counts the other groups with a
    similar measure among the ten nearest. `between` names two or more groups to compare alone. Measures that were taken and
    those that are to be taken stand side by side: `part` and `other_part` say whether headings call them review or plan.
    Raises ComparisonError when one of `between` is no group.
    """
    documents, measures = ask_for(tables, "documents", "measures")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    frame = measures.merge(groups[groups["is_read"] & groups["group_id"].notna()], on="doc_id", how="inner")
    if between is not None:
        missing = [name for name in between if not frame["group"].eq(name).any()]
        if missing:
            raise ComparisonError(
                f"no measure of {', '.join(missing)}",
                hint=f"groups: {', '.join(sorted(set(frame['group'])))}",
            )
        frame = frame[frame["group"].isin(list(between))]
    frame = add_themes(frame.reset_index(drop=True), themes_by)
    rows = frame[["group_id", "group", "doc_id", "measure_id", "text", "theme", "instrument_sub"]].copy()
    rows["part"] = frame["heading"].map(part_of).astype("object")
    number = pd.factorize(frame["group_id"])[0]
    row, other, score = nearest_rows(_vectors(list(frame["text"]), place_words(documents)), _NEAREST, number)
    first = np.unique(row, return_index=True)[1]
    best = np.full(len(rows), -1)
    best[row[first]] = other[first]
    similarity = np.zeros(len(rows))
    similarity[row[first]] = score[first]
    has_match = best >= 0
    for name in ("group", "doc_id", "measure_id", "text", "part"):
        rows[f"other_{name}"] = rows[name].to_numpy(dtype=object)[best]
        rows.loc[~has_match, f"other_{name}"] = None
    near = pd.DataFrame({"row": row, "group": number[other]})[score >= SIMILAR].drop_duplicates()
    rows["n_groups"] = near.groupby("row").size().reindex(range(len(rows)), fill_value=0)
    rows["similarity"] = similarity.round(6)
    rows["state"] = np.select(
        [similarity >= SHARED, similarity >= SIMILAR], ["shared", "similar"], "only_here"
    )
    return comparison_frame("measure_matches", rows)


def _vectors(texts: list[str], places: frozenset[str]) -> sparse.csr_matrix:
    """Rows of words and character n-grams, each half of a unit row; a word or n-gram of one measure alone weighs too."""
    from sklearn.feature_extraction.text import CountVectorizer

    if not texts:
        return sparse.csr_matrix((0, 1), dtype=np.float32)
    stop = stop_words() | places
    parts = []
    for vectorizer in (
        CountVectorizer(analyzer=lambda text: content_words(text, stop) or [text[:1]]),
        CountVectorizer(analyzer="char", ngram_range=(2, 3), max_features=200_000),
    ):
        try:
            parts.append(tfidf(vectorizer.fit_transform(texts)))
        except ValueError:  # sklearn's word for texts too short to hold one n-gram
            continue
    if not parts:
        return sparse.csr_matrix((len(texts), 1), dtype=np.float32)
    return unit_rows(sparse.hstack(parts).tocsr())
