"""Whether a host is named after a place: www.liucheng.gov.cn, jyj.liucheng.gov.cn for 柳城县."""

from __future__ import annotations

import functools
from urllib.parse import urlsplit

from pipeline.pinyin import readings_of
from pipeline.structure.gazetteer import short_forms

_NOBODY = frozenset(
    {"www", "gov", "edu", "cn", "com", "net", "org", "http", "info", "news", "zwgk", "wap", "m"}
)
_LEVELS = ("", "xian", "shi", "qu", "qi", "zhou", "sheng", "x", "s", "q", "county", "city")
_UMLAUT = ("v", "u", "yu")  # 吕梁: lvliang, luliang, lyuliang


@functools.cache
def _letters(char: str) -> frozenset[str]:
    return frozenset(letters.replace("v", umlaut) for letters, _ in readings_of(char) for umlaut in _UMLAUT)


def _is_spelled(label: str, name: str) -> bool:
    ends = {0}
    for char in next(iter(short_forms(name)), name):
        ends = {end + len(each) for end in ends for each in _letters(char) if label.startswith(each, end)}
    return any(label[end:] in _LEVELS for end in ends)


def names_place(url: str, name: str) -> bool:
    """Say whether a label of a host spells a place's name in pinyin.

    >>> names_place("http://www.liucheng.gov.cn/a.html", "柳城县"), names_place("https://jyt.gxzf.gov.cn/", "柳城县")
    (True, False)
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # http://[a
        return False
    labels = {label for label in host.lower().split(".")[:-1] if len(label) >= 4} - _NOBODY
    labels |= {label.removesuffix(end) for label in labels for end in ("gov", "zf", "zfw", "jy", "edu")}
    return any(_is_spelled(label, name) for label in labels)
