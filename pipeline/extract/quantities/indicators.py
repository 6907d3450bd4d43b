"""One id for an indicator's many names: models/indicators.csv, and likeness of characters for wordings not in it."""

from __future__ import annotations

import functools

from pipeline.extract.quantities.amounts import RATE_KINDS
from pipeline.extract.quantities.likeness import Index, nearest
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table
from pipeline.numerals import split_unit, units

_PREFIX_RE = lazy_re(
    r"^(?:预计|全年|力争|确保|实现|完成|累计|其中|我[省市县区]|全[省市县区国镇]|本[省市县区]|县域|稳固|年末|全社会(?=固定)|辖区(?:内)?)+"
)
_SUFFIX_RE = lazy_re(r"(?:总额|总数|总量|目标|指标|预计|水平)$")
_MARKS_RE = lazy_re(r"[“”‘’\s]")
#: Kinds of units that measure one thing: 35户 and 35家 of firms, 200名 and 200人.
_COUNTERS = frozenset({"count", "people"})
_EITHER = frozenset({"个", "户", "家", "名", "件", "项", "处", "位"})  # these count people and things alike


@functools.cache
def _ids() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in table("indicators.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                known.setdefault(name, row["id"])
                known.setdefault(_MARKS_RE.sub("", name), row["id"])
    return known


@functools.cache
def _index() -> Index:
    return Index(_ids())


@functools.cache
def _units() -> dict[str, str]:
    return {row["id"]: row["unit"] for row in table("indicators.csv")}


def indicator_id(
    indicator: str, unit: str | None = None, change: str | None = None, before: str = ""
) -> str | None:
    """Return the id of an indicator under any of its known names or one much like them, or None.

    `unit` and `change` are those of the quantity: an id whose unit does not fit is not given; a change in % fits all.
    `before` is what stands before the indicator: 签约 before 项目 makes a name of its own.

    >>> indicator_id("学前三年毛入园率") == indicator_id("全县学前教育毛入园率")
    True
    >>> indicator_id("固定资产投资", "亿元"), indicator_id("固定资产投资", "个")
    ('fixed_asset_investment', None)
    """
    found = (before and _ids().get(before + indicator)) or _find(
        _MARKS_RE.sub("", indicator), change == "increase"
    )
    return found if found is not None and _fits(found, unit, change) else None


@functools.lru_cache(maxsize=20_000)
def _find(name: str, is_new: bool) -> str | None:
    forms = [name, _PREFIX_RE.sub("", name)]
    if is_new:
        forms = [
            f"新增{name}",
            *forms,
        ]  # 新增就业 is an indicator of its own, its row has 就业 and `increase`
    for form in forms:
        for variant in (form, _SUFFIX_RE.sub("", form)):
            if variant in _ids():
                return _ids()[variant]
    like = nearest(forms[-1], _index())
    return None if like is None else _ids()[like]


def _fits(found: str, unit: str | None, change: str | None) -> bool:
    """Say whether a quantity's unit can measure an indicator: 元 for 亿元 and for a growth of %, not for 个."""
    if unit is None:
        return True
    wanted, said = units().get(split_unit(_units()[found])[1]), units().get(split_unit(unit)[1])
    kind = said.kind if said else ""
    if kind in RATE_KINDS:
        return wanted is None or wanted.kind == "share" or change is not None or kind == "multiple"
    if wanted is None or not kind:
        return wanted is None or (not kind and wanted.kind in ("money", "people", "count", "weight"))
    if kind == wanted.kind:
        return kind != "rate" or said == wanted
    names = {wanted.name, said.name if said else ""}
    return {kind, wanted.kind} == _COUNTERS and bool(names & _EITHER)
