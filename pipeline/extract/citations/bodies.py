"""Bodies that a clause names, told apart by where they stand: above the document's own government, or its own."""

from __future__ import annotations

import functools
import re

from pipeline.extract.citations.levels import (
    CENTRAL,
    CITY,
    COUNTY,
    PROVINCE,
    TOWN,
    level_of,
    own_names,
    short_of,
    upper_names,
)
from pipeline.extract.citations.words import any_of
from pipeline.lazy_re import lazy_re
from pipeline.records import Facts

LEVELS = ("central_issuer", "province_issuer", "city_issuer")
OWN = ("county_marker", "town_marker")  # 我县, 县委; 我镇
_OFFICE_RE = lazy_re(r"办公[厅室]")
_PARTY_RE = lazy_re(r"中共中央|党中央|中央(?!人民政府)|全国人大|中办")
_SIGNS = {
    "省": PROVINCE,
    "自治区": PROVINCE,
    "市": CITY,
    "州": CITY,
    "盟": CITY,
    "县": COUNTY,
    "旗": COUNTY,
    "区": COUNTY,
}
# the sign of a level and a body of it: 市教育局, 省发展改革委, 旗委, 县里; the words between are no verb: 市〔印发卫健委〕
_BODY_RE = lazy_re(
    r"(?<![各全])(?P<sign>省|自治区|市(?![场民区容域])|州|盟|县|旗|(?<![社园地小景山城片自治])区)"
    r"(?:委|人民政府|政府|人大|政协|纪委|监委|里|直|级"
    r"|(?:(?!贯彻|落实|按照|根据|依据|印发|制定|出台|编[制印](?!委)|修订|转发|联合|会同|配合|实施|结合|执行)[\u4e00-\u9fff]){1,9}?(?:局|委|办|院|厅))"
)


_SPEAKS = "(?=出台|印发|制定|发布|颁布)"


@functools.lru_cache(maxsize=16)
def _places_re(facts: Facts) -> re.Pattern[str]:
    """Places by their full names, one above also by its short name as it speaks: 江南省, 〔江南〕印发."""
    upper = upper_names(facts)
    shorts = [short_of(name) + _SPEAKS for name in upper if len(short_of(name)) >= 2]
    above = "|".join([*map(re.escape, upper), *shorts]) or "(?!)"
    at_home = "|".join(map(re.escape, own_names(facts)[:1])) or "(?!)"
    return re.compile(f"(?P<own>{at_home})|(?<![在全])(?P<upper>{above})(?!{at_home})")


def bodies_named(clause: str, facts: Facts) -> tuple[list[int], list[int]]:
    """Return where a clause names bodies above the document's own government, and where its own or one below.

    >>> county = Facts(county="柳城县", city="柳州市", province="广西壮族自治区")
    >>> bodies_named("县发改委会同市教育局", county), bodies_named("柳州市印发", county)
    (([6], [0]), ([0], []))
    >>> bodies_named("市委、市政府出台", Facts(county="昆山市", city="苏州市", province="江苏省"))
    ([], [0, 3])
    """
    level = level_of(facts)
    above: list[int] = []
    own: list[int] = []
    if level == CENTRAL:
        above += (m.start() for m in _PARTY_RE.finditer(clause))
        found = (m.start() for m in any_of(*OWN, LEVELS[level]).finditer(clause))
        return above, [at for at in found if at not in above]
    told = []  # spans in which no shorter word is looked for: 县〔发改委〕
    places = list(_places_re(facts).finditer(clause))
    for match in places:
        (own if match["own"] else above).append(match.start())
        told.append(match.span())
    for match in _BODY_RE.finditer(clause):
        place = next((p for p in places if p.start() < match.start("sign") <= p.end()), None)
        (own if _is_own(match["sign"], place, level, facts) else above).append(match.start())
        told.append(match.span())
    higher, at_home = (
        ((*LEVELS, "county_marker"), ("town_marker",))
        if level == TOWN
        else (LEVELS[:level], (*OWN, *LEVELS[level:][:1]))
    )
    for names, positions in ((higher, above), (at_home, own)):
        for match in any_of(*names).finditer(clause):
            if not any(start <= match.start() < end for start, end in told):
                positions.append(match.start())
                office = _OFFICE_RE.match(clause, match.end())  # 国务院〔办公厅〕 is no 厅 of a province
                told.append((match.start(), office.end() if office else match.end()))
    return sorted(above), sorted(own)


def _is_own(sign: str, place: re.Match[str] | None, level: int, facts: Facts) -> bool:
    """Whether the body of a sign is the document's own: by the place it follows, else by its level."""
    if place is not None:
        return place["own"] is not None
    if sign == "市" and any(name.endswith(sign) for name in own_names(facts)):
        return True  # 市委 of a city that is a county
    return _SIGNS[sign] >= level
