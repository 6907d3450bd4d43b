"""One unit for one indicator: 公顷 and 亩 of farmland, 公斤 and 吨 of grain, 家 and 个 of firms."""

from __future__ import annotations

from pipeline.compare.frames import is_text
from pipeline.numerals import units

_SAME_UNITS = {"平米": "平方米", "百分点": "个百分点"}
# which of these is written is a habit: 企业10家, 企业10个; with a known indicator all become the unit of indicators.csv
_COUNTERS = ({"个", "家", "所", "项", "件", "座", "处", "起", "条"}, {"人", "名", "位"}, {"户", "家"})
PLACES = (
    "个"  # of places and bodies that models/indicators.csv does not know: the habit again, 薄弱校32所, 13个
)
COUNTERS_OF_PLACES = frozenset({"所", "个", "家", "处", "座"})
_MEASURES = (
    {"平方米": 1.0, "亩": 10_000 / 15, "公顷": 10_000.0, "平方公里": 1_000_000.0},
    {"公斤": 1.0, "斤": 0.5, "吨": 1_000.0},
    {"米": 1.0, "公里": 1_000.0},
)
_USUAL = {"公顷": "亩"}  # of indicators that models/indicators.csv does not know: what county texts use


def to_common_unit(unit: object, usual: str) -> tuple[str, float]:
    """Return the unit in which an indicator is compared, and the factor to it; `usual` is that of indicators.csv, or "".

    >>> to_common_unit("公顷", "亩"), to_common_unit("家", "个"), to_common_unit("%", "元")
    (('亩', 15.0), ('个', 1.0), ('%', 1.0))
    """
    unit = _SAME_UNITS.get(str(unit), str(unit)) if is_text(unit) else ""
    if not unit and usual == "%":  # 三次产业结构比22:30:48 prints none
        return usual, 1.0
    if usual and any(unit in counters and usual in counters for counters in _COUNTERS):
        return usual, 1.0
    wanted = usual or _USUAL.get(unit, unit)
    for measures in _MEASURES:
        if unit in measures and wanted in measures and unit != wanted:
            return wanted, round(measures[unit] / measures[wanted], 12)
    return unit, 1.0


def kind_of(unit: object) -> str:
    """Return what kind of thing a unit measures, as models/units.csv says, "" where it does not say.

    >>> kind_of("公里"), kind_of("名"), kind_of(None)
    ('length', 'people', '')
    """
    known = units().get(unit) if isinstance(unit, str) else None
    return known.kind if known else ""
