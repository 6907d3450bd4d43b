"""A number with comparison and unit: the pieces of 近300万元, 2300多个, 50-300元, 10亿元大关 put together."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import NotANumberError
from pipeline.numerals.approximate import read_numeral
from pipeline.numerals.number import parse_number
from pipeline.numerals.units import comparators

#: What stands between the ends of a range: 50-300元, 1至2个, 2—3年.
RANGE_MARK = r"\s?(?:[-–—―~～〜－]{1,2}|至|到)\s?"


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
    >>> amount_of("三四百", unit="人"), amount_of("十几", unit="个").comparator
    (Amount(value=300.0, value_high=400.0, comparator='range', unit='人'), '>')

    Raises NotANumberError when an end is not a number, or when only a unit could make it one (十四五, 三五).
    """
    first = read_numeral(low)
    if first.is_bare_pair and not (unit or magnitude):
        raise NotANumberError(f"“{low[:20]}” is not a number")
    value, top, own = first.value, first.high, first.magnitude
    if high is not None:
        last = read_numeral(high)
        top = last.value if last.high is None else last.high
        if own != last.magnitude and (own or value >= top):  # 5000—1万元
            value, top, own = parse_number(low), parse_number(high), ""
        else:  # 3至5万元
            own = last.magnitude
    sign = comparators("before").get(before or "", first.sign)
    if more:
        sign = ">"
    behind = comparators("after").get(after or "")
    if behind is not None and not (sign == ">" and behind == ">="):  # 突破10亿元大关 stays >
        sign = behind
    return Amount(value, top, "range" if top is not None else sign, own + magnitude + unit)


def share_of(parts: str, count: str, *, before: str | None = None, after: str | None = None) -> Amount:
    """Return X分之Y as a share: in %, ‰ and ‱ as they are spelt, every other fraction in %.

    >>> share_of("百", "五十五点五"), share_of("千", "三").unit, share_of("五", "一").value
    (Amount(value=55.5, value_high=None, comparator='=', unit='%'), '‰', 20.0)

    Raises NotANumberError when one of the two is not a number.
    """
    unit = {"百": "%", "千": "‰", "万": "‱"}.get(parts)
    if unit is not None:
        return amount_of(count, unit=unit, before=before, after=after)
    share = parse_number(f"{parts}分之{count}") * 100
    return amount_of(f"{share:.6g}", unit="%", before=before, after=after)
