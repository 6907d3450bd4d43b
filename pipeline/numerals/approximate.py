"""Numerals that leave something open: 十几, 数百, 几千万, 七八十, 三五百, 一百二三十."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from pipeline.errors import NotANumberError
from pipeline.lazy_re import lazy_re
from pipeline.numerals.number import parse_number, split_magnitude
from pipeline.numerals.spelling import plain_numeral

_DIGITS = "一二三四五六七八九"
_ODD_PAIRS = frozenset({"三五", "一两", "两三"})  # every other pair counts on by one: 七八, 二三
_PLAIN_RE = lazy_re(r"(?P<digits>[0-9]{1,15}(?:\.[0-9]{1,8})?)(?P<magnitude>万亿|万|亿)?")
_SOME_RE = lazy_re(
    r"好?[几数](?P<scale>[十百千]{0,2})|(?P<head>\d{0,6}0|[一二两三四五六七八九十百千]{0,8}十)好?几"
)
_PAIR_RE = lazy_re(
    rf"(?P<head>[一二两三四五六七八九十百千万亿]{{0,12}}?)(?P<low>[{_DIGITS}两])(?P<high>[{_DIGITS}两])(?P<scale>[十百千]?)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral before its unit: its value, the upper end of a pair, the sign it implies, its 万 or 亿."""

    value: float
    high: float | None
    sign: str
    magnitude: str
    is_bare_pair: bool = False  # 三五, 十五六: a number only where a unit follows (十五六岁, but 十四五)


@functools.lru_cache(maxsize=4096)
def read_numeral(text: str) -> Numeral:
    """Return what a printed numeral says; an open one gives its lower end with `>`, a pair both its ends.

    >>> read_numeral("1200万"), read_numeral("数百")
    (Numeral(value=1200.0, high=None, sign='=', magnitude='万', is_bare_pair=False), Numeral(value=100.0, high=None, sign='>', magnitude='', is_bare_pair=False))
    >>> read_numeral("七八十").value, read_numeral("七八十").high, read_numeral("十几").sign
    (70.0, 80.0, '>')

    Raises NotANumberError for 几 alone, and for digits side by side that count nothing (一二三).
    """
    if plain := _PLAIN_RE.fullmatch(text):  # nine of ten
        return Numeral(float(plain["digits"]), None, "=", plain["magnitude"] or "")
    try:
        value, magnitude = split_magnitude(text)
    except NotANumberError:
        return _open(plain_numeral(text))
    return Numeral(float(value), None, "=", magnitude)


def _open(text: str) -> Numeral:
    bare = text.rstrip("万亿")
    magnitude = text[len(bare) :]
    if (some := _SOME_RE.fullmatch(bare)) and (some["scale"] or some["head"] or magnitude):
        value = parse_number(some["head"] or some["scale"] or "一")
        return Numeral(float(value), None, ">", magnitude)
    pair = _PAIR_RE.fullmatch(bare)
    if pair is None or (pair["head"] and pair["head"][-1] not in "十百千万亿"):
        raise NotANumberError(f"“{text[:20]}” is not a number")
    low, high = pair["low"].replace("两", "二"), pair["high"].replace("两", "二")
    is_next = _DIGITS.index(high) == _DIGITS.index(low) + 1
    if not is_next and pair["low"] + pair["high"] not in _ODD_PAIRS:  # 二八, 三七: a share of two
        raise NotANumberError(f"“{text[:20]}” is not a number")
    ends = [float(parse_number(pair["head"] + digit + pair["scale"])) for digit in (low, high)]
    return Numeral(ends[0], ends[1], "range", magnitude, is_bare_pair=not (pair["scale"] or magnitude))
