"""How many members a slogan promises, and the head that they share."""

from __future__ import annotations

import functools
import re

from pipeline.errors import NotANumberError
from pipeline.extract.slogans.shapes import NUMERAL, groups
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit

_STARTS_RE = lazy_re(rf"\A(?P<number>{NUMERAL})(?:个|大|项|种|条|[支道类张套篇](?=..))?")


@functools.lru_cache(maxsize=4096)
def expected_members(label: str, kind: str, numeral: int | None) -> int | None:
    """Return how many members a slogan should have: 4 for 四个强化, 5 for 三创建一提升一促进, None if unknown."""
    if kind == "enumerated":
        return numeral
    if kind == "compound":
        numerals = [match["number"] for g in groups(label) if (match := _STARTS_RE.match(g))]
    elif kind == "formula" and re.fullmatch(r"\d{1,2}(?:\+\d{1,2}){1,4}", label):
        numerals = label.split("+")
    else:
        return None
    try:
        return sum(map(chinese_digit, numerals))
    except NotANumberError:
        return None


_MAGNITUDES_RE = lazy_re(r"(?=[十百千万]{2})(?:万?千?百?十?|十?百?千?万?)(?![十百千万]|工程)")
_OPEN_NUMBER_RE = lazy_re(r"多|N|双[两三四五六七八九十]")
# hundreds of villages and steps of years are no lists: 千村示范、万村整治, 一年一小步、三年一大步
_UNLISTED_GROUPS_RE = lazy_re(rf"{_OPEN_NUMBER_RE.pattern}|[百千万]|[一二两三四五六七八九十]年")


def promised_members(label: str, kind: str, numeral: int | None, n_items: int = 0) -> int | None:
    """Return the number of members against which a list can be checked, None where the label promises none.

    >>> promised_members("三创建一提升一促进", "compound", None), promised_members("1+6+N", "formula", None)
    (5, None)

    A single 一 (一网通办) promises no list, nor does an open group (一城、两翼、多支点), a
    code (5+2 is no seven) or hundreds (千村示范、万村整治).
    """
    if numeral == 1 or kind == "formula":
        return None
    if label[0] in "十百千" and (magnitudes := _MAGNITUDES_RE.match(label)):
        return len(magnitudes[0])  # 百千万: a member for each
    if (_UNLISTED_GROUPS_RE if kind == "compound" else _OPEN_NUMBER_RE).search(label):
        return None
    expected = expected_members(label, kind, numeral)
    if kind == "compound" and expected and len({g[0] for g in groups(label)}) == 1:
        each = expected // len(groups(label))
        return each if n_items == each else expected  # 五抓五促: 抓党建促引领 and four more
    return expected


def head_of(label: str) -> str:
    """Return a label without its numeral and measure word: 四个强化 -> 强化."""
    return _STARTS_RE.sub("", label, count=1)
