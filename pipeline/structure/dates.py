"""The dates that a page prints, in figures or Chinese numerals, as ISO dates."""

from __future__ import annotations

import datetime
import re
import unicodedata

from pipeline.lazy_re import lazy_re

_CJK = "〇一二三四五六七八九"
_ZEROS = "〇○◯ＯO0零Ｏo０ОΟ"  # the zero of 二〇二三年 as offices type it, Cyrillic and Greek letters too
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|元|正)"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?)"
DATE_RE = lazy_re(
    r"(?P<year>(?:19|20)\d\d)\s?[年\-/.]\s?(?P<month>\d{1,2})\s?[月\-/.]\s?(?P<day>\d{1,2})(?!\d)\s?日?"
    rf"|(?P<cjk_year>[一二12][{_ZEROS}一二三四五六七八九]{{3}}|(?:19|20)\d\d)\s?年\s?(?P<cjk_month>{_MONTH})\s?月\s?(?P<cjk_day>{_DAY})\s?日"
)  # 2023年3月30日, 2024/4/29, 二〇二三年三月三十日
DATE_PATTERN = re.sub(r"\?P<\w+>", "?:", DATE_RE.pattern)  # without names, to stand in other patterns
# as a site prints when it put something up, to stand in other patterns: 2024-07-07, 2022年9月8日; 23:08
PRINTED_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
CLOCK = r"\d{1,2}[:：]\d\d"
MONTH_RE = lazy_re(
    rf"(?P<year>(?:19|20)\d\d|[一二][{_ZEROS}一二三四五六七八九]{{3}})\s?年\s?(?P<month>{_MONTH})\s?月(?!\s?{_DAY}\s?日)"
)  # 2023年3月, 二〇二三年三月


def _number(numeral: str) -> int:
    numeral = unicodedata.normalize("NFKC", numeral).replace("廿", "二十")
    if numeral.isdecimal():
        return int(numeral)
    if numeral in ("元", "正"):
        return 1
    tens, ten, ones = numeral.rpartition("十")
    if any(c not in _CJK for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    return (_CJK.index(tens) if tens else 1) * 10 * bool(ten) + (_CJK.index(ones) if ones else 0)


def _year(printed: str) -> int:
    digits = "".join("0" if c in _ZEROS else str(_CJK.index(c)) if c in _CJK else c for c in printed)
    return int(digits) if digits.isdecimal() else 0


def to_iso(match: re.Match[str]) -> str | None:
    """Return the ISO date of a match of DATE_RE, None when there is no such day.

    >>> [to_iso(m) for m in DATE_RE.finditer("二〇二三年三月三十日，2024/4/29 9:48:17，2023年2月30日")]
    ['2023-03-30', '2024-04-29', None]
    """
    if match["year"]:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        year, month, day = _year(match["cjk_year"]), _number(match["cjk_month"]), _number(match["cjk_day"])
    try:
        return datetime.date(year, month, day).isoformat() if 1900 <= year <= 2099 else None
    except ValueError:
        return None


def first_date(text: str) -> str | None:
    """Return the first date in a text that exists, as an ISO date.

    >>> first_date("发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站")
    '2023-11-19'
    """
    return next((iso for match in DATE_RE.finditer(text) if (iso := to_iso(match))), None)


def to_month(match: re.Match[str]) -> str | None:
    """Return the month of a match of MONTH_RE as ISO writes it.

    >>> [to_month(m) for m in MONTH_RE.finditer("二○二三年三月，2023年3月30日，2023年13月")]
    ['2023-03', None]
    """
    year, month = _year(match["year"]), _number(match["month"])
    return f"{year}-{month:02}" if 1900 <= year <= 2099 and 1 <= month <= 12 else None
