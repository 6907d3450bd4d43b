"""What a measure is about: the keywords of models/themes.csv, which anybody may edit, or the top heading."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from pipeline.compare.frames import is_text
from pipeline.errors import ComparisonError
from pipeline.lexicon import table

OTHER, ALL = "其他", "全部"
THEMES_BY = ("keywords", "heading")
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


def add_themes(measures: pd.DataFrame, themes_by: str = "keywords") -> pd.DataFrame:
    """Return measures with a `theme`; raises ComparisonError for an unknown `themes_by`."""
    if themes_by not in THEMES_BY:
        raise ComparisonError(f"unknown kind of theme {themes_by!r}", hint=f"known: {', '.join(THEMES_BY)}")
    headings = [h if is_text(h) else None for h in measures["heading"]]
    if themes_by == "heading":
        themes = [h.split("|")[0] if h else OTHER for h in headings]
    else:
        themes = [theme_of(t, h) for t, h in zip(measures["text"], headings, strict=True)]
    return measures.assign(theme=themes)
