"""How far a thing stands above or below another: 增速〔高于全市平均水平〕0.3个百分点 is no growth of 0.3.

Above or below its own past it rose or fell: 增速〔比上半年高〕1.5个百分点.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.lazy_re import lazy_re

_OTHER = r"[^，。；：、（）\d■或和与]{2,16}?"
_MOVED = "回落|收窄|放缓|下降|上升|回升|扩大"
_DISTANCE_RE = lazy_re(
    r"(?:(?:分别)?(?<![不能得应可或])(?P<above>高于|低于|快于|慢于|优于|好于|高出|低出|领先于?|落后于?|多于|少于)"
    rf"(?P<others>{_OTHER}(?:[、和]{_OTHER}){{0,2}})"
    rf"|(?<![占对贷可类相])(?:比(?![例重值率价])|较)(?P<than>{_OTHER})(?P<way>[高低快慢多少]|{_MOVED})(?:(?<=[高低])出)?"
    rf"|(?P<rate>[增涨降])[速幅](?P<moved>{_MOVED}|提高|加快)了?)$"
)
_MULTIPLE_RE = lazy_re(rf"(?P<how>相当于|是)(?P<of>{_OTHER})的$")
SIGNS = frozenset("于比较出幅速领落")  # a sentence without one of these tells no distance
_LISTED_RE = lazy_re(r"[、和]")
# a level of its own past, not another's: the number is a change
_PAST_RE = lazy_re(
    r"□|上年|去年|前年|往年|同期|年初|年末|年底|上月|上季|上期|期初|[年月]$|以[前往]|原[来先有]|过去|之前|此前|现在|目前|[预决]算(?!收入|支出)|前[提抬降减]$|^[年月日人]均$"
)
_UP = ("高", "快", "多", "好", "优", "领", "提", "加", "上升", "回升", "扩大")
_REACH = 30  # characters in front of an amount
_FINISHED = ("率", "速", "幅", "比重", "占比", "比例", "水平")


@dataclass(frozen=True, slots=True)
class Distance:
    """What amounts are a distance from, in words (高于全市平均水平), or which way it went since a time of its own past."""

    others: tuple[str, ...] = ()
    change: str | None = None
    is_of_fall: bool = False  # 降幅收窄


def multiple_of(clause: Clause, group: list[Found], naming: Naming) -> Naming:
    """Return the naming of a multiple with what it is one of, where that is no past of its own: 支出40亿元，〔是税收收入的〕4倍."""
    at = group[0].start - clause.offset
    told = _MULTIPLE_RE.search(clause.line, max(0, at - _REACH, clause.left - clause.offset), at)
    if told is None or len(naming.names) > 1 or naming.change or _PAST_RE.search(told["of"]):
        return naming
    other = told["how"] + told["of"]
    if naming.names[0].endswith(other) or told["of"][-1] in "前期年":
        return naming  # 是十年前的3倍
    return replace(naming, names=(naming.names[0] + other,), is_aside=True)


def distance_before(clause: Clause, group: list[Found]) -> Distance | None:
    """Return what the amounts of a group are a distance from, None for other amounts."""
    line, at = clause.line, group[0].start - clause.offset
    begin = max(0, at - _REACH, clause.left - clause.offset)
    found = _DISTANCE_RE.search(line, begin, at)
    if found is None:
        return None
    way = found["above"] or found["way"] or found["moved"]
    if found["rate"] or _PAST_RE.search(found["others"] or found["than"]):
        is_up = way.startswith(_UP)
        is_points = group[-1].kind == "points"
        is_of_fall = found["rate"] == "降" or way in ("收窄", "扩大")
        return Distance((), "increase" if is_up else "decrease", is_of_fall) if is_points else None
    if len(way) > 1 and found["way"]:
        return None
    others = _LISTED_RE.split(found["others"] or "")
    others = [found["above"] + other for other in others] if found["above"] else [found.group()]
    return Distance(tuple(others)) if len(others) == len(group) else None


def measured_from(
    group: list[Found], naming: Naming, distance: Distance, carried: Carried
) -> tuple[Naming, Naming]:
    """Return what is measured, for the next amounts to go on from, and its naming by its distances from others."""
    last = carried.last
    others = distance.others or ("",)
    core, told, _ = naming.names[0].partition(others[0]) if others[0] else (naming.names[0], "", "")
    if len(naming.names) > 1 and not told:  # 办结率99.8%，满意率97.3%，〔分别比上年提高〕0.6个和1.2个百分点
        ends = others if len(others) == len(naming.names) else ("",) * len(naming.names)
        names = tuple(name + end for name, end in zip(naming.names, ends, strict=True))
        return naming, replace(naming, names=names, change=distance.change)
    core = core.removesuffix("分别").rstrip("高低快慢多少")
    change = naming.change
    if last is not None and len(last.names) == 1 and core in ("", last.names[0]):
        core, change = last.names[0], last.change or change  # 产销率达98.5%，〔高出全市〕1个百分点
    if not core:
        return naming, replace(naming, change=distance.change)
    is_points = group[-1].kind == "points"
    pace = "降幅" if change == "decrease" and distance.is_of_fall else "增速"
    name = core + pace if is_points and change and not core.endswith(_FINISHED) else core
    names = tuple(name + other for other in others)
    measured = replace(naming, names=(core,), change=change)
    return measured, replace(naming, names=names, change=distance.change)
