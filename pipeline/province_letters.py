"""The provinces by the letter with which the numbers of their governments' documents begin: 冀政函〔."""

from __future__ import annotations

import functools

from pipeline.lexicon import table


@functools.cache
def provinces_by_letter() -> dict[str, str]:
    """Return the province of each letter.

    >>> provinces_by_letter()["冀"]
    '河北省'
    """
    return {row["letter"]: row["province"] for row in table("regions_letters.csv")}
