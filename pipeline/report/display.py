"""Strings of documents made fit to be shown, links made fit to be followed, numbers as readers write them."""

from __future__ import annotations

import math
import re
from urllib.parse import urlsplit

from pipeline.lazy_re import lazy_re

# one mark for one character, so that offsets still hold: controls, bidi overrides and lone surrogates
_UNPRINTABLE_RE = lazy_re(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_CLIPPED = 60


def printable(text: object) -> str:
    """Return text with every character that controls instead of being read replaced by �, length kept.

    >>> printable("关于\\u202e印发\\x00《方案》的通知")
    '关于�印发�《方案》的通知'

    Line breaks and tabs stay. What is no string gives "".
    """
    return _UNPRINTABLE_RE.sub("\ufffd", text) if isinstance(text, str) else ""


def clipped(text: object, length: int = _CLIPPED) -> str:
    """Return printable text on one line, cut after `length` characters with ….

    >>> clipped("旬邑县推动义务教育优质均衡发展", 8)
    '旬邑县推动义务教…'
    """
    line = " ".join(printable(text).split())
    return line if len(line) <= length else line[:length] + "…"


def web_link(url: object) -> str | None:
    """Return an address that may be followed: http or https with a host; null for all others.

    >>> web_link("https://www.liucheng.gov.cn/a.html")
    'https://www.liucheng.gov.cn/a.html'
    >>> web_link("javascript:alert(1)//https://x") is None
    True
    """
    if not isinstance(url, str) or len(url) > 2_000 or re.search(r"[\s\x00-\x20\\<>\"]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    return printable(url)


def chinese_number(value: float, digits: int = 2) -> str:
    """Return a number as Chinese readers write it, with 万 and 亿.

    >>> chinese_number(12345678900), chinese_number(46000), chinese_number(6.5)
    ('123.46亿', '4.6万', '6.5')
    """
    if not math.isfinite(value):
        return "—"
    for factor, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= factor:
            return _plain(value / factor, digits) + name
    return _plain(value, digits)


def english_number(value: float, digits: int = 2) -> str:
    """Return a number with thousands separated.

    >>> english_number(503786)
    '503,786'
    """
    return _plain(value, digits) if math.isfinite(value) else "—"


def percent(share: float) -> str:
    """Return a share as whole per cent, below 1 % with one digit.

    >>> percent(0.716), percent(0.004)
    ('72%', '0.4%')
    """
    if not math.isfinite(share):
        return "—"
    return f"{share * 100:.1f}%" if 0 < share < 0.01 else f"{share * 100:.0f}%"


def _plain(value: float, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
