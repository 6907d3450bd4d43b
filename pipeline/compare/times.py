"""The year a figure stands for: that of the text, else the document's; a level told of a period holds at its end."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from pipeline.compare.frames import is_text, texts_by_id, years_in
from pipeline.lazy_re import lazy_re

_CLOSED_PERIOD_RE = lazy_re(r"(?:19|20)\d{2}-(?:19|20)\d{2}")
_RATES = frozenset({"%", "‰"})
# what was come to or kept: 提高到, 控制在, 达到; 完成 and 实现 tell of what was done in all the time
_KEPT_RE = lazy_re(
    r"(?:提高|提升|增加|增长|上升|扩大|发展|下降|降低|减少|缩小|压减|压缩|回落|回升)[到至]|[增降升减][到至]|[控保维稳持][制持定]+在|达到?|突破|超过"
)
# sums over a span of time: 新建, 完成造林, 民生支出, 招商引资到位; of these 达到 is the sum
_FLOW_RE = lazy_re(
    r"累计|(?<!公)共|总投资|新[建改增修设上植]|[改扩续迁]建|建[成设立](?!区)|改造|完成|实现|投[资入放]|支出|资金|争取|引[进资]|到位|发放|年均|造林|植树|绿化|整治|治理|解决|化解|淘汰|减[免少税]|培训|招[聘录商]|脱贫|转移|拆[除迁]|销售|出让|流转"
)
_CLAUSE_MARKS_RE = lazy_re(r"[，,、：:。；;！？\n]")
_CONTEXT = 12  # characters before the row: 五年累计, 新建


def add_times(frame: pd.DataFrame, texts: pd.DataFrame) -> None:
    """Add doc_year, year, period and year_from to each row, from `when`, or `document` where the text gives no time.

    A period (2021-2030, 2020-, 2022-07) stands under its last year and never competes with the plain year; a level that was
    reached or kept in a period now past (“十三五”以来城镇化率达到49.2%) is the plain figure of that year.
    """
    years: list[Any] = []
    periods: list[str | None] = []
    sources: list[str | None] = []
    for when, own, back, status in zip(
        frame["when"], frame["year"], frame["looks_back"], frame["status"], strict=True
    ):
        fallback = own - back if pd.notna(own) and status == "achieved" else own
        found = years_in(when)
        is_plain = is_text(when) and re.fullmatch(r"\d{4}", when)
        if found and not when.endswith("-"):
            years.append(int(found[-1]))
            sources.append("when")
        else:
            year = own if when == "今年" else fallback
            years.append(pd.NA if pd.isna(year) else int(year))
            sources.append(None if pd.isna(year) else "when" if when == "今年" else "document")
        periods.append(when if is_text(when) and not is_plain and found else None)
    frame["doc_year"] = frame["year"]
    frame["year"] = pd.array(years, dtype="Int64")
    frame["period"] = pd.Series(periods, dtype="object", index=frame.index)
    frame["year_from"] = pd.Series(sources, dtype="object", index=frame.index)
    frame.loc[_holds_at_end(frame, texts), "period"] = None


def _holds_at_end(frame: pd.DataFrame, texts: pd.DataFrame) -> pd.Series[bool]:
    """Say of each row whether it is a level at the end of the period that the document looks back on."""
    text_of = texts_by_id(texts)
    names = ("doc_id", "start", "text", "status", "aspect", "norm_unit", "per", "period")
    found = []
    for doc_id, start, said, status, aspect, unit, per, period in zip(
        *(frame[c] for c in names), strict=True
    ):
        is_past_level = status == "achieved" and aspect == "level" and not is_text(per)
        if not (is_past_level and is_text(period) and _CLOSED_PERIOD_RE.fullmatch(period)):
            found.append(False)
            continue
        before = text_of.get(doc_id, "")[max(0, int(start) - _CONTEXT) : int(start)]
        found.append(is_level_at_end(_CLAUSE_MARKS_RE.split(before)[-1] + said, unit))
    return pd.Series(found, index=frame.index, dtype=bool)


def is_level_at_end(words: str, unit: str | None) -> bool:
    """Say whether a figure told of a period is what was reached or kept at its end, and not the sum of what was done in it.

    >>> is_level_at_end("城镇化率达到49.2%", "%"), is_level_at_end("失业率控制在4%以内", "%")
    (True, True)
    >>> is_level_at_end("累计投入达到3亿元", "元"), is_level_at_end("城镇化率49.2%", "%")
    (False, False)
    """
    if _KEPT_RE.search(words) is None:
        return False
    return unit in _RATES or _FLOW_RE.search(words) is None
