"""Quantities as comparable series: one unit, one sign, one year, and how far each row speaks of the whole place.

A series is an indicator in one aspect: `level` (地区生产总值 in 元), `growth` (its change in %), `change` (新增4160个),
`multiple` (倍). A decrease is a negative number and its comparator turns round: 下降3%以上 is growth <= -3.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd

from pipeline.compare.common_units import to_common_unit
from pipeline.compare.frames import is_text, texts_by_id
from pipeline.compare.groups import CENTRAL_ID
from pipeline.compare.starting_levels import is_undated_start
from pipeline.compare.times import add_times
from pipeline.compare.words import SENTENCE_END_RE
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table

SERIES = ["indicator_id", "indicator_name", "aspect", "norm_unit", "per", "base"]
CELL = ["group_id", *SERIES, "status", "year", "period"]
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
_GROWTH_UNITS = frozenset({"%", "个百分点", "百分点"})
# 其中 and what names a part of the place: the row beside it is not the place's own figure
_PART_RE = lazy_re(
    r"(?<![城乡])镇(?!居民|化)|(?<!城)乡(?![村镇亲])|(?<![农乡])村(?![镇民居])|街道|园区|开发区|城区|企业|公司|集团|项目"
)
# sums that a text gives for one project after another: the place's own only where it says so
_OF_PROJECTS = frozenset({"total_investment", "completed_investment", "invested_funds"})
# growth as if the concept had not changed is another figure than growth as booked: 可比增长12%, 同口径增长
_OF_FISCAL_CONCEPT = frozenset(
    {"general_budget_revenue", "total_fiscal_revenue", "tax_revenue", "general_budget_spending"}
)
SAME_CONCEPT = "同口径"
_SAME_CONCEPT_RE = lazy_re(r"同口径|可比口径|可比(?!价)|按口径")
_WHOLE_RE = lazy_re(r"全[县区市州旗社年]")
_UPPER_RE = lazy_re(r"全国|全省|全自治区|全市|全球|国家级|上年|去年同期")
_MUNICIPALITIES = ("11", "12", "31", "50")
# growth since a year other than the last is another figure: 比2005年增长73.8%, 比“十二五”末增长52.4%
_BASE_RE = lazy_re(
    r"[比较是]\s?(?:(?P<year>(?:19|20)\d{2})年|“?(?P<plan>十[一二三四五六]五)”?|(?P<ago>[三五十]年前))"
)
# 与2000年相比，地区生产总值增长57.3%: the same, said of all that follows in the sentence
_COMPARED_RE = lazy_re(r"[与同和](?P<with>(?:(?:19|20)\d{2}年|“?十[一二三四五六]五”?)[末底初]?)相比")
# 地区生产总值增速6%以上 is growth of the indicator before the word
_GROWTH_NAME_RE = lazy_re(r"^(?P<of>.+?)(?:年均)?(?P<word>增速|增幅|增长率|增长速度|降幅|下降率|下降幅度)$")
_CONTEXT = 24  # characters before the row; its clause seldom reaches further back
_CLAUSE_MARKS_RE = lazy_re(r"[，,、：:]")


@cache
def indicator_names() -> dict[str, tuple[str, str, frozenset[str], str]]:
    """Return id -> (name, direction, all wordings, unit) from models/indicators.csv."""
    return {
        row["id"]: (
            row["name"],
            row["direction"],
            frozenset({row["name"], *filter(None, row["aliases"].split("|"))}),
            row["unit"],
        )
        for row in table("indicators.csv")
    }


def direction_of(indicator_id: object) -> str | None:
    """Return up, down, or None where neither more nor less is better.

    >>> direction_of("urban_unemployment_rate"), direction_of("population")
    ('down', None)
    """
    return indicator_names().get(str(indicator_id), ("", "", frozenset(), ""))[1] or None


def to_series(
    quantities: pd.DataFrame, groups: pd.DataFrame, texts: pd.DataFrame, parts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return every quantity with its group, aspect, signed value, year and scope, in the order of choice.

    Rows of documents that were not read do not occur; rows without any indicator are left out, and so are those of a
    glossary (名词解释) where `parts` tells of one: a definition promises and reports nothing.
    """
    frame = quantities.merge(groups[groups["is_read"]], on="doc_id", how="inner")
    if parts is not None:
        frame = frame[~_is_in_glossary(frame, parts)]
    frame = frame[frame["indicator"].map(is_text).astype(bool) & frame["norm_value"].notna()]
    frame = frame[~is_undated_start(frame, texts)].reset_index(drop=True)
    _unfold_growth_names(frame)
    names = indicator_names()
    known = frame["indicator_id"].map(lambda i: names[i][0] if i in names else None)
    frame["indicator_name"] = known.where(known.notna(), frame["indicator"])
    frame["is_exact"] = [
        bool(i not in names or word in names[i][2])
        for i, word in zip(frame["indicator_id"], frame["indicator"], strict=True)
    ]
    units = [
        to_common_unit(unit, names[i][3] if i in names else "")
        for unit, i in zip(frame["norm_unit"], frame["indicator_id"], strict=True)
    ]
    frame["norm_unit"] = [unit for unit, _ in units]
    for column in ("norm_value", "norm_value_high"):
        frame[column] = frame[column].to_numpy(float) * [factor for _, factor in units]
    frame["aspect"] = [
        _aspect(change, unit) for change, unit in zip(frame["change"], frame["norm_unit"], strict=True)
    ]
    _sign(frame)
    add_times(frame, texts)
    bases = [
        base_of(text, year) if aspect != "level" else None
        for text, aspect, year in zip(frame["text"], frame["aspect"], frame["year"], strict=True)
    ]
    frame["base"] = pd.Series(bases, dtype="object", index=frame.index)
    _scope(frame, texts)
    return frame


def _is_in_glossary(frame: pd.DataFrame, parts: pd.DataFrame) -> pd.Series:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for doc_id, start, end in parts.loc[parts["kind"].eq("glossary"), ["doc_id", "start", "end"]].itertuples(
        index=False
    ):
        spans[doc_id].append((int(start), int(end)))
    found = [
        any(begin <= start < end for begin, end in spans.get(doc_id, ()))
        for doc_id, start in zip(frame["doc_id"], frame["start"], strict=True)
    ]
    return pd.Series(found, index=frame.index, dtype=bool)


@cache
def _ids_of_wordings() -> dict[str, str]:
    return {
        wording: i for i, (_, _, wordings, _) in reversed(indicator_names().items()) for wording in wordings
    }


def _unfold_growth_names(frame: pd.DataFrame) -> None:
    """Rows whose wording ends with 增速, 增幅, 降幅 … become growth of the indicator they name."""
    for column in ("indicator", "indicator_id", "change"):
        frame[column] = frame[column].astype("object")
    is_open = frame["indicator_id"].isna() & frame["norm_unit"].eq("%")
    for row, wording in frame.loc[is_open, "indicator"].items():
        found = _GROWTH_NAME_RE.match(wording)
        known = _ids_of_wordings().get(found["of"]) if found else None
        if found is not None and known is not None:
            frame.loc[row, "indicator"], frame.loc[row, "indicator_id"] = found["of"], known
            frame.loc[row, "change"] = "decrease" if "降" in found["word"] else "increase"


def _aspect(change: object, unit: object) -> str:
    if unit == "倍":
        return "multiple"
    if not is_text(change):
        return "level"
    return "growth" if unit in _GROWTH_UNITS else "change"


def _sign(frame: pd.DataFrame) -> None:
    """Decreases become negative: bounds change places, comparators turn."""
    down = frame["change"].eq("decrease").to_numpy(dtype=bool)
    value = frame["norm_value"].to_numpy(float)
    high = frame["norm_value_high"].to_numpy(float)
    is_range = down & ~np.isnan(high)
    frame["value"] = np.where(is_range, -high, np.where(down, -value, value))
    frame["value_high"] = np.where(is_range, -value, high)
    frame["comparator"] = [
        _TURNED.get(mark, mark) if turn else mark
        for mark, turn in zip(frame["comparator"], down, strict=True)
    ]


def base_of(text: str, year: int | None = None) -> str | None:
    """Return the time a change is counted from, None where it is the year before or not named.

    >>> base_of("地方生产总值98.1亿元，比2005年增长73.8%", 2010), base_of("比2009年增长12%", 2010)
    ('2005', None)
    """
    found = _BASE_RE.search(text)
    if found is None:
        return None
    if (
        found["year"] is not None
        and year is not None
        and not pd.isna(year)
        and int(found["year"]) == year - 1
    ):
        return None
    return found["year"] or found["plan"] or found["ago"]


@cache
def own_words(place: str) -> frozenset[str]:
    """Return the words for a whole that is the place itself, by its code or, without one, its name: 全国 in a paper of the State Council.

    >>> own_words("000000"), own_words("610300"), own_words("130681"), own_words("130608")
    (frozenset({'全国'}), frozenset({'全市'}), frozenset({'全市'}), frozenset())
    """
    if place == CENTRAL_ID:
        return frozenset({"全国"})
    is_code = place.isdigit()
    if place.endswith("0000" if is_code else ("省", "自治区")):
        return frozenset({"全市"} if place.startswith(_MUNICIPALITIES) else {"全省", "全自治区"})
    # the codes of cities under a prefecture run from 81
    is_city = place.endswith("00") or place[-2:] > "80" if is_code else place.endswith("市")
    return frozenset({"全市"} if is_city else ())


def _scope(frame: pd.DataFrame, texts: pd.DataFrame) -> None:
    """`whole` for the place's own figure, `part` after 其中 or a smaller place, `upper` for 全国, 全省, 全市; 累计 is a base."""
    text_of = texts_by_id(texts)
    scopes, bases = [], []
    names = ("doc_id", "start", "end", "place", "indicator", "base", "indicator_id", "aspect", "year")
    for doc_id, start, end, place, wording, base, known, aspect, year in zip(
        *(frame[c] for c in names), strict=True
    ):
        text = text_of.get(doc_id, "")
        before = SENTENCE_END_RE.split(text[max(0, int(start) - _CONTEXT) : int(start)])[-1]
        words = _CLAUSE_MARKS_RE.split(before)[-1] + text[int(start) : int(end)].replace(str(wording), "")
        if base is None and aspect != "level" and (compared := _COMPARED_RE.search(before)):
            base = base_of(f"比{compared['with']}", year)
        if base is None and known in _OF_FISCAL_CONCEPT and _SAME_CONCEPT_RE.search(words):
            base = SAME_CONCEPT
        bases.append("累计" if base is None and "累计" in words else base)
        if not own_words(place).issuperset(_UPPER_RE.findall(words)):
            scopes.append("upper")
        elif (
            "其中" in before
            or _PART_RE.search(words)
            or (known in _OF_PROJECTS and not _WHOLE_RE.search(words))
        ):
            scopes.append("part")
        else:
            scopes.append("whole")
    frame["scope"] = scopes
    frame["base"] = pd.Series(bases, dtype="object", index=frame.index)
