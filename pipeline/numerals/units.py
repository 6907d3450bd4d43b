"""Units of measurement and measure words, and the words that compare: models/units.csv, quantity_comparators.csv."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import LexiconError
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import Named, table

_MAGNITUDES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_MAGNITUDE_RE = lazy_re(r"万亿|亿|万")


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of models/units.csv: 人（次） counts in 人次, ‰ is a tenth of %."""

    name: str
    base: str
    factor: float
    kind: str  # money, share, points, multiple, people, count, times, length, area, ..., time, score


@functools.cache
def units() -> dict[str, Unit]:
    """Return the known units by name, without magnitudes.

    Raises LexiconError, with the line, for a factor that is not a number.
    """
    rows = table("units.csv")
    return {row["unit"]: Unit(row["unit"], row["base_unit"], _factor(row), row["kind"]) for row in rows}


def _factor(row: Named[str]) -> float:
    try:
        return float(row["factor"])
    except ValueError as error:
        raise LexiconError(f"the factor is not a number: {row['factor']}", where=row.where) from error


@functools.cache
def comparators(place: str) -> dict[str, str]:
    """Return the words of comparison that stand `before` or `after` a number, with the sign each means."""
    return {
        row["word"]: row["comparator"] for row in table("quantity_comparators.csv") if row["place"] == place
    }


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of these words, the longest first.

    Words are grouped by their first character, so that a place where none begins costs one look.

    >>> one_of(["万", "万元", "个", "人"])
    '(?:万(?:元|)|个|人)'
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(sorted(words), key=len, reverse=True):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = [
        re.escape(first) + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})")
        for first, rest in tails.items()
    ]
    return "(?:" + "|".join(branches) + ")"


def split_unit(unit: str) -> tuple[str, str]:
    """Return a printed unit as magnitude and unit proper.

    >>> split_unit("万平方米"), split_unit("亿"), split_unit("所")
    (('万', '平方米'), ('亿', ''), ('', '所'))
    """
    match = _MAGNITUDE_RE.match(unit)
    return (match.group(), unit[match.end() :]) if match else ("", unit)


@functools.cache
def unit_scale(unit: str) -> tuple[float, str]:
    """Return by what a value in a printed unit is multiplied, and the unit it is then in.

    >>> unit_scale("万元"), unit_scale("‰"), unit_scale("所")
    ((10000, '元'), (0.1, '%'), (1, '所'))
    """
    magnitude, proper = split_unit(unit)
    known = units().get(proper)
    factor = _MAGNITUDES.get(magnitude, 1)
    if known is None:
        return factor, proper
    return (factor if known.factor == 1 else factor * known.factor), known.base


def to_base(value: float, unit: str) -> tuple[float, str]:
    """Return a value with its magnitude expanded, and the base unit: 1200 in 万元 is 12000000 in 元.

    >>> to_base(6.5683, "亿元"), to_base(3, "‰"), to_base(155, "人（次）")
    ((656830000.0, '元'), (0.3, '%'), (155, '人次'))
    """
    factor, base = unit_scale(unit)
    if factor == 1:
        return value, base
    return float(f"{value * factor:.12g}"), base  # 12 digits: no 2300000.0000000005
