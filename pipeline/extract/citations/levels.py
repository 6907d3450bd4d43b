"""How high the document's own issuer stands, and under which names its place appears."""

from __future__ import annotations

import functools
import re

from pipeline.lazy_re import lazy_re
from pipeline.records import Facts

CENTRAL, PROVINCE, CITY, COUNTY, TOWN = range(5)
_CENTRAL_RE = lazy_re(
    r"国务院|中共中央|全国人大|最高人民|^(?:国家|中国)|^(?!.{0,8}[省市县区旗州])[\u4e00-\u9fff]{2,10}(?:部|总局|总署|委员会|署)(?:办公厅)?$"
)
_PLACE_END_RE = lazy_re(
    r"(?:[壮回维蒙藏满土苗侗瑶彝傣黎白佤畲][\u4e00-\u9fff]{0,8})?(?:自治县|自治州|自治区)\Z|(?:新区|县|市|区|旗|省)\Z"
)
_COUNTY_NAMED_RE = lazy_re(
    r"(?P<county>[\u4e00-\u9fff]{2,7}?(?:自治县|县|旗))(?=人民政府|政府|委|“|[\u4e00-\u9fff]{1,12}[局委办]|关于|20\d\d年)"
)  # 岚平县人民政府办公室
_TOWN_NAMED_RE = lazy_re(
    r"(?:[\u4e00-\u9fff]{1,14}[县区市旗](?:人民政府)?)?(?P<town>(?:(?![县区市旗])[\u4e00-\u9fff]){1,5}(?:街道|镇|乡))(?=党工委|党委|办事处|人民政府|政府)"
)  # 双流区东升街道办事处


def _own_town(facts: Facts) -> str | None:
    """The town or street whose office issued the document."""
    named = _TOWN_NAMED_RE.match(facts.issuer or "")
    return named["town"] if named else None


def _own_county(facts: Facts) -> str | None:
    """The document's county; where the gazetteer does not know it, the one its issuer or title begins with."""
    if facts.county:
        return facts.county
    for name in (facts.issuer, facts.title):
        if name and (named := _COUNTY_NAMED_RE.match(name)):
            return named["county"]
    return None


@functools.lru_cache(maxsize=16)
def level_of(facts: Facts) -> int:
    """Return how high the document's issuer stands: 0 the centre, 1 a province, 2 a city, 3 a county, 4 a town.

    >>> level_of(Facts(issuer="国务院办公厅", county="巴东县")), level_of(Facts(city="保定市")), level_of(Facts())
    (0, 2, 3)
    >>> level_of(Facts(issuer="青山区东升街道办事处", county="青山区"))
    4
    """
    if facts.issuer and _CENTRAL_RE.search(facts.issuer):
        return CENTRAL
    if _own_town(facts):
        return TOWN
    if _own_county(facts):
        return COUNTY
    if facts.city:
        return CITY
    if facts.province:
        return PROVINCE
    return CENTRAL if facts.title and re.search(r"国务院|中华人民共和国", facts.title) else COUNTY


@functools.lru_cache(maxsize=16)
def own_names(facts: Facts) -> tuple[str, ...]:
    """Return the names under which the document's own place appears: 柳城县, 柳城."""
    own = _own_town(facts) or _own_county(facts) or facts.city or facts.province
    if not own or level_of(facts) == CENTRAL:
        return ()
    short = short_of(own)
    return (own, short) if len(short) >= 2 else (own,)


@functools.lru_cache(maxsize=16)
def upper_names(facts: Facts) -> tuple[str, ...]:
    """Return the full names of the places above the document's own: 江南省, 铁山市; of a town's also its county."""
    own = own_names(facts)
    above = (facts.province, facts.city, facts.county if _own_town(facts) else None)
    return tuple(name for name in above if name and own and name not in own)


def short_of(name: str) -> str:
    """Return a place's name without its sign: 柳城 of 柳城县.

    >>> short_of("连南瑶族自治县"), short_of("广西壮族自治区")
    ('连南', '广西')
    """
    return _PLACE_END_RE.sub("", name)
