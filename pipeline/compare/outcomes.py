"""Whether a reported figure keeps what was promised: direction, comparator and tolerance decide."""

from __future__ import annotations

import math
from typing import NamedTuple

from pipeline.compare.common_units import kind_of

_ROUNDING = 1e-9
# kinds of units of what is to be done
_DONE = frozenset({"count", "people", "times", "length", "area", "volume"})
POINTS_OF_ABOUT = 0.5  # 增长6%左右 is kept by 5.5%: half a point, as growth figures are given
SHARE_OF_ABOUT = 0.05  # 100亿元左右 is kept by 95亿元


class Figure(NamedTuple):
    """A figure as stated: 6% 以上 is (">=", 6), 5%—6% is ("range", 5, 6)."""

    comparator: str
    value: float
    high: float | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and highest number that the figure leaves open."""
        if self.comparator in (">=", ">"):
            return self.value, math.inf
        if self.comparator in ("<=", "<"):
            return -math.inf, self.value
        return self.value, self.value if self.high is None else self.high


def tolerance_of(target: Figure, unit: str | None) -> float:
    """Return how far a result may fall short of a target with 左右 or 约: half a point of %, 5% of anything else.

    >>> tolerance_of(Figure("~", 6.0), "%"), tolerance_of(Figure("=", 6.0), "%")
    (0.5, 0.0)
    """
    if target.comparator != "~":
        return 0.0
    return POINTS_OF_ABOUT if unit in ("%", "个百分点") else abs(target.value) * SHARE_OF_ABOUT


def outcome_of(target: Figure, result: Figure, direction: str | None, unit: str | None = None) -> str:
    """Return met, missed, or undecided where the result leaves it open (6%以上 against a target of 7%).

    The target's own bound comes first (不超过4.5% is kept by less); a plain number is a floor where more is better, a
    ceiling where less is. Where neither is, it is met within 5% (half a point), and what lies beyond stays undecided:
    whether that is more or less than was wanted, nobody said.

    >>> outcome_of(Figure("=", 7.0), Figure("=", 5.5), "up"), outcome_of(Figure("~", 6.0), Figure("=", 5.5), "up", "%")
    ('missed', 'met')
    >>> outcome_of(Figure("<=", 4.5), Figure("=", 3.6), "down"), outcome_of(Figure("=", 7.0), Figure(">=", 6.0), "up")
    ('met', 'undecided')
    """
    low, high = _accepted(target, direction, unit)
    result_low, result_high = result.bounds
    if low <= result_low and result_high <= high:
        return "met"
    if direction is None and target.comparator in ("=", "range"):
        return "undecided"
    return "missed" if result_high < low or result_low > high else "undecided"


def wanted_direction(aspect: str, value: float, unit: str | None) -> str | None:
    """Return the direction that a plan wants of an indicator without one of its own, None where its words leave it open.

    A plan that speaks of growth wants it, and what it counts or measures is to be done: 新建农村公路30公里.

    >>> wanted_direction("level", 30.0, "公里"), wanted_direction("growth", -3.0, "%"), wanted_direction("level", 20.0, "%")
    ('up', 'down', None)
    """
    if aspect != "level":
        return "down" if value < 0 else "up"
    return "up" if kind_of(unit) in _DONE else None


def _accepted(target: Figure, direction: str | None, unit: str | None) -> tuple[float, float]:
    slack = tolerance_of(target, unit) + abs(target.value) * _ROUNDING
    low, high = target.bounds
    if target.comparator in (">=", ">", "<=", "<"):
        return low - slack, high + slack
    if direction == "up":
        return low - slack, math.inf
    if direction == "down":
        return -math.inf, high + slack
    slack = max(slack, tolerance_of(Figure("~", target.value), unit))
    return low - slack, high + slack


def gap_of(target: Figure, result: Figure, direction: str | None) -> float:
    """Return how far the result is beyond the target; negative where it falls short, in the indicator's direction.

    >>> round(gap_of(Figure("=", 7.0), Figure("=", 5.5), "up"), 6)
    -1.5
    """
    bound = target.high if direction == "down" and target.high is not None else target.value
    return (bound - result.value) if direction == "down" else (result.value - bound)
