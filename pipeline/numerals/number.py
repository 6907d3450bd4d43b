"""Numerals as values: 103000000, 1,100万, 一亿零三百万, 二〇二五, 三成, 五分之一.

What only holds a numeral (四个强化, 一带一路, 统一, 两会) is not a number, and is refused.
"""

from __future__ import annotations

import itertools
import re

from pipeline.errors import NotANumberError
from pipeline.lazy_re import lazy_re
from pipeline.numerals.spelling import plain_numeral

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_ONE = "[一二两三四五六七八九]"
_BELOW_10000 = (
    rf"(?:{_ONE}?千)?(?:零?{_ONE}?百)?(?:零?{_ONE}?十)?(?:零?{_ONE})?"  # 三千零五十, 百二十, 十五, 三百五
)
# of 六十五万千瓦 the 千 is the unit's
_CHINESE = r"[零〇○一二两三四五六七八九十百千万亿]{1,24}(?!(?<=[万亿]千)[瓦米克伏卡帕焦赫])"
_ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,16})(?:\.\d{1,8}(?!\.?\d))?"
# 千 and 百 that begin a unit stay with it: 110千伏, 5万千瓦, 3百分点
_MAGNITUDE = r"(?:[十百千]?万亿|[十百千]?[万亿]|[十百]|千(?![瓦米克伏卡帕焦赫吨]|公顷))"

#: A numeral in running text, as a pattern to build others from; `parse_number` decides whether it is a number.
NUMBER = (
    rf"(?:{_ARABIC}{_MAGNITUDE}?(?:(?<=[万亿])\d{{1,4}}(?:[万千百](?![瓦米克伏]))?(?![\d.%％]))?(?:(?<=0)几[万亿]?)?"
    rf"|好?[几数](?=[十百千万亿])[十百千万亿]{{1,4}}|{_CHINESE}(?:(?<=十)好?几[万亿]{{0,2}}|点[零〇一二三四五六七八九]{{1,8}}[万亿]{{0,2}})?)"
)
NUMBER_RE = lazy_re(NUMBER)  # 1200, 6.5683亿, 1,100万, 两千, 三十六, 3万5千, 十几, 数百, 三点五

_SECTION_RE = lazy_re(rf"{_BELOW_10000}\Z")
_FRACTION_RE = lazy_re(
    rf"(?:(?P<whole>{_CHINESE}|\d{{1,9}})又)?(?P<parts>{_CHINESE})分之(?P<count>{_CHINESE}(?:点{_CHINESE})?|\d{{1,4}}(?:\.\d{{1,4}})?)"
)  # 五分之一, 三又二分之一, 百分之五十五点五
_SLASHED_RE = lazy_re(r"(?:(?P<whole>\d{1,9}) )?(?P<count>\d{1,9}) ?/ ?(?P<parts>\d{1,9})")  # 3/4
_POWER_RE = lazy_re(r"\d{1,16}(?:\.\d{1,16})?[eE][+-]?\d{1,3}")  # 1.5e3
_SHORT_SCALE_RE = lazy_re(r"(?P<digits>\d{1,12}(?:\.\d{1,8})?)(?P<scale>[kKMGT])")  # 15K, 3.2M
_SPACED_RE = lazy_re(r"\d{1,3}(?P<gap>[ '’\u00a0\u2009])\d{3}(?:(?P=gap)\d{3}){0,4}(?:\.\d{1,8})?")  # 12 500
_COUNTED_RE = lazy_re(
    "[一二三四五六七八九]{3}"
)  # digits side by side in running text are a list, not a number
_SIGN_RE = lazy_re(r"(?P<sign>负|正|[-+])\s?(?=.)")
_TENTHS_RE = lazy_re(
    r"(?P<tenths>[一二两三四五六七八九]|\d)成(?P<hundredths>[一二三四五六七八九半])?"
)  # 三成五
_MIXED_RE = lazy_re(rf"(?P<digits>{_ARABIC})(?P<magnitude>{_MAGNITUDE}?)")  # 3千万, 10亿, 1,100


def _digits(text: str) -> int:
    return int("".join(str(_DIGITS[c]) for c in text))


def _section(text: str) -> int:
    """Return a numeral below 10,000 spelt with 千, 百, 十; the last digit of 三百五 counts in tens."""
    text = text.removeprefix("零")
    if not text or not _SECTION_RE.match(text):
        raise NotANumberError(f"“{text}” is not a number")
    value, digit, scale = 0, 1, 0
    has_digit = False
    for char in text:
        if char == "零":
            scale = 0
        elif char in _DIGITS:
            digit, has_digit = _DIGITS[char], True
        else:
            scale = _SCALES[char]
            value, digit, has_digit = value + digit * scale, 1, False
    if has_digit:
        value += digit * (scale // 10 if scale >= 100 else 1)
    return value


def _chinese(text: str) -> float:
    if "点" in text:  # 三点五
        whole, _, decimals = text.partition("点")
        if decimals and all(c in _DIGITS for c in decimals):
            return float(f"{_chinese(whole):.0f}.{''.join(str(_DIGITS[c]) for c in decimals)}")
        raise NotANumberError(f"“{text}” is not a number")
    if all(c in _DIGITS for c in text) and (len(text) >= 3 or len(text) == 1):
        return _digits(text)  # 二〇二五, 一零二, 三; but 二三 is two or three
    for scale in "亿万":
        head, found, tail = text.rpartition(scale)
        if not found:
            continue
        value = (_chinese(head) if head else 1) * _SCALES[scale]
        if len(tail) == 1 and tail in _DIGITS:
            return value + _DIGITS[tail] * _SCALES[scale] // 10  # 两万三
        return value + (_chinese(tail.removeprefix("零")) if tail else 0)
    return _section(text)


def _scale_value(magnitude: str) -> int:
    value = 1
    for char in magnitude:
        value *= _SCALES[char]
    return value


def parse_number(text: str) -> float:
    """Return the value of a numeral, Chinese, Arabic or mixed.

    >>> parse_number("一亿零三百万"), parse_number("1,100万"), parse_number("五分之一")
    (103000000.0, 11000000.0, 0.2)
    >>> parse_number("负三又二分之一"), parse_number("壹佰贰拾叁"), parse_number("廿三")
    (-3.5, 123.0, 23.0)

    Raises NotANumberError for anything that is not one number through and through: 四个强化, 统一, 50-300, 95%.
    """
    plain = plain_numeral(text)
    sign = _SIGN_RE.match(plain)
    try:
        value = _unsigned(plain[sign.end() :] if sign else plain)
    except NotANumberError:
        raise NotANumberError(
            f"“{text.strip()[:20]}” is not a number", hint="a numeral such as 1200, 1.2万 or 三十六 is wanted"
        ) from None
    return -value if sign and sign["sign"] in "负-" else value


def _unsigned(text: str) -> float:
    if text in ("半", "一半"):
        return 0.5
    if text == "百分百":
        return 1.0
    for parse in (_fraction, _tenths, _arabic):
        value = parse(text)
        if value is not None:
            return value
    if re.fullmatch(rf"(?:{_CHINESE})?(?:点[零〇一二三四五六七八九]{{1,12}})?", text) and text:
        return float(_chinese(f"零{text}" if text.startswith("点") else text))
    raise NotANumberError(f"“{text[:20]}” is not a number")


def _fraction(text: str) -> float | None:
    match = _FRACTION_RE.fullmatch(text) or _SLASHED_RE.fullmatch(text)
    parts = parse_number(match["parts"]) if match else 0
    if match is None or not parts:
        return None
    return (parse_number(match["whole"]) if match["whole"] else 0) + parse_number(match["count"]) / parts


def _tenths(text: str) -> float | None:
    match = _TENTHS_RE.fullmatch(text)
    if match is None:
        return None
    rest = match["hundredths"]
    return (parse_number(match["tenths"]) * 10 + (5 if rest == "半" else _DIGITS.get(rest or "零", 0))) / 100


def _arabic(text: str) -> float | None:
    """Return the value of digits with magnitudes: 3万5千, 10亿, 12 500, 1.5e3."""
    if _POWER_RE.fullmatch(text):
        return float(text)
    if short := _SHORT_SCALE_RE.fullmatch(text):
        return (
            float(short["digits"])
            * {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}[short["scale"]]
        )
    if gap := _SPACED_RE.fullmatch(text):
        text = text.replace(gap["gap"], "")
    terms = list(_MIXED_RE.finditer(text))
    if not terms or "".join(term.group() for term in terms) != text:
        return None
    scales = [_scale_value(term["magnitude"]) for term in terms]
    if not all(high > low for high, low in itertools.pairwise(scales)):  # 3万5千, not 5千3万
        return None
    numbers = [float(term["digits"].replace(",", "")) for term in terms]
    if len(terms) > 1 and scales[-1] == 1 and 0 < numbers[-1] < 10 and len(terms[-1]["digits"]) == 1:
        scales[-1] = scales[-2] // 10  # 12万3, as 十二万三
    return float(sum(number * scale for number, scale in zip(numbers, scales, strict=True)))


def chinese_digit(text: str) -> int:
    """Return the whole number that opens a slogan or counts its members: 四, 十二, 两, 双, 3.

    >>> chinese_digit("双"), chinese_digit("十二"), chinese_digit("三")
    (2, 12, 3)

    Raises NotANumberError for what is not a whole number.
    """
    if text in ("双", "俩"):
        return 2
    if text in ("单", "仨"):
        return 1 if text == "单" else 3
    value = parse_number(text)
    if not value.is_integer():
        raise NotANumberError(f"“{text}” is not a whole number")
    return int(value)


def split_magnitude(text: str) -> tuple[float, str]:
    """Return a numeral as the number before its 万 or 亿, and that magnitude: as printed units are.

    >>> split_magnitude("1200万"), split_magnitude("百亿"), split_magnitude("一亿零三百万")
    ((1200.0, '万'), (100.0, '亿'), (103000000.0, ''))

    Raises NotANumberError for a list of numbers (一二三产业), and for what is none.
    """
    if _COUNTED_RE.fullmatch(text):  # 一二三产业
        raise NotANumberError(f"“{text}” is a list of numbers")
    bare = text.rstrip("万亿")
    magnitude = text[len(bare) :]
    if not bare or not magnitude or any(c in bare for c in "万亿"):
        return parse_number(text), ""
    return parse_number(bare), magnitude
