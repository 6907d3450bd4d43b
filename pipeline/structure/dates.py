"""The dates a page gives for its document, as ISO dates."""

from __future__ import annotations

import datetime
import re

_CJK = "〇零一二三四五六七八九"
DATE_RE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[年\-/.]\s?(?P<month>\d{1,2})\s?[月\-/.]\s?(?P<day>\d{1,2})(?!\d)\s?日?"
    r"|(?P<cjk_year>[一二][〇○Ｏ零Oo一二三四五六七八九]{3})\s?年\s?(?P<cjk_month>[一二三四五六七八九十]{1,2})\s?月\s?(?P<cjk_day>[一二三四五六七八九十]{1,3})\s?日"
)  # 2023年3月30日, 2024/4/29, 二〇二三年三月三十日


def _cjk_number(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_CJK.index(tens) - 1 if tens else 1) * 10 * bool(ten) + (_CJK.index(ones) - 1 if ones else 0)


def to_iso(match: re.Match[str]) -> str | None:
    """Return the ISO date of a match of DATE_RE, None when there is no such day.

    >>> [to_iso(m) for m in DATE_RE.finditer("二〇二三年三月三十日，2024/4/29 9:48:17，2023年2月30日")]
    ['2023-03-30', '2024-04-29', None]
    """
    if match["year"]:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        digits = re.sub("[○ＯOo零]", "〇", match["cjk_year"])
        year = int("".join(str(max(0, _CJK.index(c) - 1)) for c in digits))
        month, day = _cjk_number(match["cjk_month"]), _cjk_number(match["cjk_day"])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def first_date(text: str) -> str | None:
    """Return the first date in a text that exists, as an ISO date.

    >>> first_date("发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站")
    '2023-11-19'
    """
    return next((iso for match in DATE_RE.finditer(text) if (iso := to_iso(match))), None)
