"""Levels from which an indicator came: 由4.14亿元增长到8.56亿元 tells of two years, and names one at most."""

from __future__ import annotations

import pandas as pd

from pipeline.compare.frames import is_text, texts_by_id
from pipeline.lazy_re import lazy_re

_FROM_RE = lazy_re(r"[由从][^，。；]{0,16}?[\d一二三四五六七八九十]")
_TO_RE = lazy_re(
    r"(?:（[^（）]{0,20}）)?[\u4e00-\u9fff]{0,5}?[到至为][\u4e00-\u9fff]{0,4}\s?(?:(?:19|20)\d\d年的?)?[\d一二三四五六七八九十]"
)
_LONGEST_TO = 16  # characters of 分别调整优化为2021年的1


def is_undated_start(quantities: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """Return for each row whether it is a level that was left in a year the text does not give.

    Such a row has no `when`, or that of the level which was reached; with the document's year it would stand for the
    result. A dated one (由2015年的24%) is a figure of its year.
    """
    text_of = texts_by_id(texts)
    rows = [*zip(*(quantities[c] for c in ("doc_id", "start", "end", "text", "when")), strict=True)]
    # the level that is reached begins at the same place and ends further on
    reached = {(doc_id, start): when for doc_id, start, _, _, when in sorted(rows, key=lambda row: row[:3])}
    found = [
        _FROM_RE.search(said) is not None
        and _TO_RE.match(text_of.get(doc_id, "")[int(end) : int(end) + _LONGEST_TO]) is not None
        and (not is_text(when) or when == reached[doc_id, start])
        for doc_id, start, end, said, when in rows
    ]
    return pd.Series(found, index=quantities.index, dtype=bool)
