"""Members of a slogan that counts two heads alike, in pairs: 两查两改 … 查气源改违规供气; 三聚焦三提升 … 一是聚焦项目，提升动能."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.slogans.carried import phrases_behind
from pipeline.extract.slogans.enumerations import enumerated_after
from pipeline.extract.slogans.further_on import FAR
from pipeline.extract.slogans.groups import REACH, counted_heads

_SHORT_SENTENCE = 40


class Pair(NamedTuple):
    """Two heads that are counted alike: 两查两改."""

    number: int
    first: str
    second: str


def alike_pair(label: str) -> Pair | None:
    """Return number and heads of a slogan that counts two heads alike, more than one of each; None for any other.

    >>> alike_pair("两查两改"), alike_pair("三创四建")
    (Pair(number=2, first='查', second='改'), None)
    """
    if label.count(label[0]) != 2:
        return None
    counted = counted_heads(label)
    if len(counted) != 2 or counted[0][0] != counted[1][0] or counted[0][0] < 2:
        return None
    return Pair(counted[0][0], counted[0][1], counted[1][1])


def in_pairs(text: str, end: int, label: str) -> tuple[str, ...]:
    """Members of a pair of verbs counted alike, each a pair again: “三查三看”，查项目进度、看是否见效，….

    >>> in_pairs("“两查两看”，查进度、看成效，查资金、看使用。", 6, "两查两看")
    ('查进度、看成效', '查资金、看使用')
    """
    pair = alike_pair(label)
    if pair is None or len(pair.first) > 1 or len(pair.second) > 1:
        return ()
    number, first, second = pair
    if min(text.count(first, end, end + REACH), text.count(second, end, end + REACH)) < number:
        return ()
    both = rf"{first}[^，。；：、“”]{{2,14}}、{second}[^，。；：、“”]{{2,14}}"
    found = re.search(
        rf"(?<![一-鿿]{{3}}){both}(?:[，；]{both}){{{number - 1}}}(?![，；]{both})", text[end : end + REACH]
    )
    return tuple(re.split("[，；]", found[0])) if found else ()


def _own_end(text: str, end: int) -> int:
    """Return where the slogan's own sentence is at its end, if it is short: “五抓五强”，提升素质〔。〕."""
    stop = text.find("。", end, end + _SHORT_SENTENCE)
    return stop if stop > 0 else end


def in_turned_pairs(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return the phrases that hold both verbs of a slogan: 查气源改违规供气、查环境改违规存瓶 of 两查两改.

    >>> in_turned_pairs("“两查两改”。查气源改违规供气、查环境改违规存瓶，建立台账。", 6, "两查两改")
    ('查气源改违规供气', '查环境改违规存瓶')
    """
    pair = alike_pair(label)
    if pair is None:
        return ()
    number, first, second = pair
    for phrases in (phrases_behind(text, end), phrases_behind(text, _own_end(text, end))):
        members = phrases[:number]
        both = [p.startswith(first) and second in p[len(first) + 1 :] for p in phrases]
        if len(members) == number and all(both[:number]) and not any(both[number:]):
            return tuple(members)
    return ()


def in_marked_pairs(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return the members of 三聚焦三提升, two behind each marker: 一是聚焦…，提升…。二是聚焦…，提升….

    >>> text = "“两聚焦两提升”。一是聚焦项目，提升动能。二是聚焦民生，提升品质。"
    >>> in_marked_pairs(text, 8, "两聚焦两提升")
    ('聚焦项目', '提升动能', '聚焦民生', '提升品质')
    """
    pair = alike_pair(label)
    if pair is None or min(text.count(head, end, end + FAR) for head in pair[1:]) < pair.number:
        return ()
    return enumerated_after(text, end, pair.number, "", pair=pair[1:])
