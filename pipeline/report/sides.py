"""Which side of an indicator is better, and what makes figures of one series."""

from __future__ import annotations

import functools

from pipeline.lexicon import table

SERIES = ["indicator_id", "indicator", "aspect", "unit", "per", "base"]


@functools.cache
def _directions() -> dict[str, str]:
    return {row["id"]: row["direction"] for row in table("indicators.csv") if row["direction"]}


def direction_of(indicator_id: object) -> str:
    """Return up or down, or "" where neither more nor less is better or nobody has said which.

    >>> direction_of("urban_unemployment_rate"), direction_of("population"), direction_of(None)
    ('down', '', '')
    """
    return _directions().get(indicator_id, "") if isinstance(indicator_id, str) else ""
