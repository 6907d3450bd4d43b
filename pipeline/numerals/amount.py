"""A number with comparison and unit, as printed: 近300万元, 2300多个, 50-300元, 10亿元大关."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.errors import NotANumberError
from pipeline.numerals.number import NUMBER, parse_number, split_magnitude
from pipeline.numerals.units import comparators, one_of, units

#: What stands between the ends of a range: 50-300元, 1至2个, 2—3年.
RANGE_MARK = r"\s?(?:[-–—―~～〜－]{1,2}|至|到)\s?"
_PER_HUNDRED_RE = re.compile(r"(?P<parts>[百千])分之(?P<count>[^以左上]{1,12})")  # 百分之九十五


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its comparison and unit: `value` counts in `unit` as written (1200, 万元)."""

    value: float
    value_high: float | None
    comparator: str  # = >= > <= < ~ range
    unit: str


def amount_of(
    low: str,
    high: str | None = None,
    *,
    unit: str = "",
    magnitude: str = "",
    before: str | None = None,
    more: bool = False,
    after: str | None = None,
) -> Amount:
    """Put the pieces of a printed amount together; `more` is the 多 or 余 inside it, `magnitude` a 万 behind that.

    >>> amount_of("300", before="近", magnitude="万", unit="元")
    Amount(value=300.0, value_high=None, comparator='~', unit='万元')

    Raises NotANumberError when an end is not a number.
    """
    value, own = split_magnitude(low)
    top: float | None = None
    if high is not None:
        top, own_high = split_magnitude(high)
        if own != own_high and (own or value >= top):  # 5000—1万元
            value, top, own = parse_number(low), parse_number(high), ""
        else:  # 3至5万元
            own = own_high
    sign = comparators("before").get(before or "", "=")
    if more:
        sign = ">"
    behind = comparators("after").get(after or "")
    if behind is not None and not (sign == ">" and behind == ">="):  # 突破10亿元大关 stays >
        sign = behind
    return Amount(value, top, "range" if top is not None else sign, own + magnitude + unit)


@functools.cache
def _amount_re() -> re.Pattern[str]:
    unit = one_of(units())
    return re.compile(
        rf"(?:达到了?|达|为|共|计)?(?P<before>{one_of(comparators('before'))})?"
        rf"(?P<low>{NUMBER})(?:(?:[万亿]?{unit})?{RANGE_MARK}(?P<high>{NUMBER}))?"
        rf"(?P<more>[多余])?(?P<magnitude>[万亿]{{0,2}})(?P<unit>{unit})?"
        rf"(?P<after>{one_of(comparators('after'))})?"
    )  # 不少于1课时, 50-300元, 2300多个, 300余万元, 90%以上


def parse_quantity(text: str) -> Amount:
    """Return a printed quantity as number, range, comparison and unit.

    >>> parse_quantity("不少于1课时")
    Amount(value=1.0, value_high=None, comparator='>=', unit='课时')
    >>> parse_quantity("50-300元")
    Amount(value=50.0, value_high=300.0, comparator='range', unit='元')

    Raises NotANumberError when the text is not one quantity through and through, or its unit is in no line of
    models/units.csv: 四个强化, 一带一路.
    """
    text = text.strip()
    if match := _PER_HUNDRED_RE.match(text):
        rest = text[match.end() :]
        if not rest or rest in comparators("after"):
            return amount_of(match["count"], unit="%" if match["parts"] == "百" else "‰", after=rest)
    match = _amount_re().fullmatch(text)
    if match is None:
        raise NotANumberError(
            f"“{text[:20]}” is not a quantity", hint="a number with a known unit is wanted: 不少于1课时"
        )
    return amount_of(
        match["low"],
        match["high"],
        unit=match["unit"] or "",
        magnitude=match["magnitude"],
        before=match["before"],
        more=match["more"] is not None,
        after=match["after"],
    )
