"""Whether a host is named after a place: www.liucheng.gov.cn, jyj.liucheng.gov.cn for 柳城县."""

from __future__ import annotations

import functools
import itertools
from urllib.parse import urlsplit

from pipeline.structure.gazetteer import short_forms

_NOBODY = frozenset(
    {"www", "gov", "edu", "cn", "com", "net", "org", "http", "info", "news", "zwgk", "wap", "m"}
)
_LEVELS = ("", "xian", "shi", "qu", "qi", "zhou", "sheng", "x", "s", "q", "county", "city")
_MOST_READINGS = 32  # of a name whose characters have several


@functools.lru_cache(maxsize=4096)
def _readings(name: str) -> frozenset[str]:
    from pypinyin import (  # a fifth of a second, which documents without an address need not wait
        Style,
        pinyin,
    )

    stem = next(iter(short_forms(name)), name)
    usual = "".join(part[0] for part in pinyin(stem, style=Style.NORMAL))
    all_ways = itertools.product(*pinyin(stem, style=Style.NORMAL, heteronym=True))
    found = {"".join(way) for way in itertools.islice(all_ways, _MOST_READINGS)} | {usual}
    found |= {reading.replace("v", letter) for reading in found for letter in ("u", "lv")}
    return frozenset(reading + level for reading in found for level in _LEVELS)


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
    return bool(labels & _readings(name)) if labels else False
