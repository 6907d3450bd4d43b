"""What a measure is about: the keywords of models/themes.csv, which anybody may edit, the top heading, or a topic."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

from pipeline.compare.frames import is_text
from pipeline.compare.words import tfidf, to_corpus
from pipeline.errors import ComparisonError
from pipeline.lexicon import table

OTHER, ALL = "其他", "全部"
THEMES_BY = ("keywords", "heading", "topics")
N_TOPICS = 12
_HEADING_WEIGHT = 2  # a heading says what a whole passage is about


@cache
def _theme_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("themes.csv")
    return tuple(
        (
            row["theme"],
            re.compile("|".join(map(re.escape, sorted(row["keywords"].split("|"), key=len, reverse=True)))),
        )
        for row in rows
    )


def theme_of(text: str, heading: str | None = None) -> str:
    """Return the theme with most keywords in a measure, those of its headings counted twice; 其他 without any.

    >>> theme_of("招聘特岗教师20名"), theme_of("新建污水处理厂1座"), theme_of("形成良好局面")
    ('教育', '生态环境', '其他')
    """
    best, most = OTHER, 0
    for theme, pattern in _theme_patterns():
        n = len(pattern.findall(text)) + _HEADING_WEIGHT * (len(pattern.findall(heading)) if heading else 0)
        if n > most:
            best, most = theme, n
    return best


def topics_of(texts: list[str], n_topics: int = N_TOPICS) -> list[str]:
    """Return the NMF topic of each text, named by its three first words; 其他 where no word of a topic occurs.

    Fewer texts with words than topics are all 其他. The same texts give the same topics.
    """
    from sklearn.decomposition import NMF

    corpus = to_corpus(texts).only_frequent(3)
    rows = tfidf(corpus.counts()).astype(np.float64)
    if min(rows.shape) <= n_topics or np.count_nonzero(np.diff(rows.indptr)) <= n_topics:
        return [OTHER] * len(texts)
    model = NMF(n_topics, init="nndsvda", random_state=0, max_iter=100, tol=1e-3)
    model.fit(rows[:: max(1, -(-len(texts) // 20_000))])
    names = [
        "、".join(corpus.vocabulary[w] for w in np.argsort(-c, kind="stable")[:3]) for c in model.components_
    ]
    weights = model.transform(rows)
    return [
        names[t] if w > 0 else OTHER for t, w in zip(weights.argmax(axis=1), weights.max(axis=1), strict=True)
    ]


def add_themes(measures: pd.DataFrame, themes_by: str = "keywords") -> pd.DataFrame:
    """Return measures with a `theme`; raises ComparisonError for an unknown `themes_by`."""
    if themes_by not in THEMES_BY:
        raise ComparisonError(f"unknown kind of theme {themes_by!r}", hint=f"known: {', '.join(THEMES_BY)}")
    headings = [h if is_text(h) else None for h in measures["heading"]]
    if themes_by == "topics":
        return measures.assign(theme=topics_of(list(measures["text"])))
    if themes_by == "heading":
        themes = [h.split("|")[0] if h else OTHER for h in headings]
    else:
        themes = [theme_of(t, h) for t, h in zip(measures["text"], headings, strict=True)]
    return measures.assign(theme=themes)
