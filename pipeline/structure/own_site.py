"""Whose site a page is on, and whether the document on it is that place's own.

A township's notice, 县教育局 and 我县 need no name on the site of their county. A reprint says where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.records import Region
from pipeline.site_codes import find_site_code, place_of_site
from pipeline.structure.gazetteer import Name, Place, gazetteer
from pipeline.structure.mentions import CLAIMING, Mention, read_mentions
from pipeline.structure.number_place import letter_of_province
from pipeline.structure.placeless import PLACELESS_RE
from pipeline.structure.region_evidence import Evidence

_CREDIT_CODE_RE = lazy_re(r"11(?P<place>[1-6]\d{5})[0-9A-Z]{10}(?![0-9A-Z])")  # 11450330007890123X/2023-00031
# bodies of the whole country, agencies and papers, whose pieces sites of all places reprint
_OF_ALL_RE = lazy_re(
    r"^(?:中国|中华|中央|中共中央|全国|国家|国务院|最高人民|习近平)|总局|[网报刊社](?:$|[-—－·])|电视台$|新闻$|客户端$"
    r"|(?:教育|公安|水利|财政|民政|司法|商务|科技|科学技术|农村|运输|资源|环境|建设|住建|保障|人社|信息化|工信|旅游)部"
)
_LEVEL_IN_TITLE_RE = lazy_re(r"[全我](?P<level>[省市县区旗州盟])(?!域|际)")  # 关于召开全市教育工作会议的通知
_ELSEWHERE = 2.0  # evidence from which a text is about another place, rather than names it by the way


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of itself; `level` is that at which its text speaks, "" where it leaves it open."""

    title: str | None
    issuer: str | None
    outlet: str | None
    doc_number: str | None
    level: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """A place that a site may belong to, and what says so: the site's name or the code of its place."""

    said: str
    name: Name
    place: Place


def place_code(site_code: str | None, page_text: str, index_number: str | None) -> str | None:
    """Return the code of the place that keeps a site, by its number on the page or by its body's in the index.

    The first six digits of 网站标识码 are those of the place, and so are the third to eighth of the credit code of a body.

    >>> place_code("4503300001", "", None), place_code(None, "", "11450330007890123X/2023-00031")
    ('450330', '450330')
    """
    if code := site_code or find_site_code(page_text):
        return place_of_site(code)
    match = _CREDIT_CODE_RE.match(index_number or "")
    return match["place"] if match else None


def keepers_of(site: str | None, code: str | None, mentions: Sequence[Mention]) -> tuple[Keeper, ...]:
    """Return the places that a page's site may belong to: by its name, and by its code.

    >>> [keeper.place.name for keeper in keepers_of("柳城县人民政府", "450222", [])]
    ['柳城县', '柳城县']
    """
    above = {m.places[0].chain for m in mentions if m.sure} if site else set()
    found = []
    for own in read_mentions("outlet", site) if site else ():
        inside = [p for p in own.places if p.chain[:-1] in above]
        places = own.places if own.sure else tuple(inside)
        if len(places) == 1:
            found.append(Keeper(site or "", own.name, places[0]))
    coded = gazetteer().of_code(code) if code else ()
    names = [(Name(place.name, 0, len(place.name), (place,), True), place) for place in coded]
    return (*found, *(Keeper(code or "", name, place) for name, place in names))


def site_mentions(
    keepers: Sequence[Keeper], mentions: Sequence[Mention], bodies: tuple[str | None, ...]
) -> list[Mention]:
    """Return a mention of the place a page's site belongs to, where the document leaves open which place is meant.

    On 福州市鼓楼区人民政府 the 鼓楼区教育局 is that of 福州市, and 区教育局 without any name that of the district. A page that
    names another place is a reprint, and its site says nothing.
    """
    for keeper in keepers:
        place = keeper.place
        is_left_open = any(place in m.places and not m.sure for m in mentions)
        claims = [m for m in mentions if m.sure and m.zone in CLAIMING and not place.lies_in(m.places[0])]
        is_placeless = any(
            (bare := PLACELESS_RE.match(body)) and place.name.endswith(bare["level"])
            for body in bodies
            if body
        )
        if is_left_open or (is_placeless and not claims):
            return [Mention("host", keeper.name, (place,), True, 2.0, keeper.said)]
    return []


def _is_related(one: Place, other: Place) -> bool:
    is_same = one.adcode == other.adcode and len(one.chain) == len(other.chain)
    return is_same or one.lies_in(other) or other.lies_in(one)


def _speaks_for(place: Place, said: Said) -> bool:
    """Say whether a document may be a place's own by the level it speaks at, its bodies and its number."""
    levels = {m["level"] for m in _LEVEL_IN_TITLE_RE.finditer(said.title or "")}
    if levels and place.name[-1] not in levels:
        return False
    for name in (said.title, said.issuer, said.outlet):
        bare = PLACELESS_RE.match(name or "")
        if _OF_ALL_RE.search(name or "") or (bare and not place.name.endswith(bare["level"])):
            return False
    is_of_province = len(place.chain) == 1
    above = ("国", "中") if is_of_province else ("国", "中", letter_of_province(place.province))
    return said.level in ("", place.name[-1]) and not (said.doc_number or "").startswith(above)


def _is_elsewhere(place: Place, mentions: Sequence[Mention], evidence: Evidence) -> bool:
    """Say whether a document is about, or claimed by, a place outside of the site's."""
    if any(weight > _ELSEWHERE and not _is_related(p, place) for p, weight in evidence.weights.items()):
        return True
    return any(
        m.zone in (*CLAIMING, "hint")
        and not m.is_visited
        and (m.name.full or m.name.text not in gazetteer().wordlike)
        and not any(_is_related(p, place) for p in m.places)
        for m in mentions
    )


def keeper_of_own(
    keepers: Sequence[Keeper],
    said: Said,
    found: Place | None,
    mentions: Sequence[Mention],
    evidence: Evidence,
) -> Region | None:
    """Return the place of a page's site for a document that is its own and says of its place no more than `found`.

    None for a reprint: one that another place, a paper or a higher level puts out, or that is about another place.
    """
    if not keepers:
        return None
    keeper = max(keepers, key=lambda one: len(one.place.chain))
    place = keeper.place
    if not all(_is_related(one.place, place) for one in keepers):
        return None
    is_claimed = any(m.zone in CLAIMING and m.sure and found in m.places for m in mentions)
    if found is not None and (is_claimed or not place.lies_in(found)):
        return None
    if not _speaks_for(place, said) or _is_elsewhere(place, mentions, evidence):
        return None
    return Region(
        place.adcode, place.province, place.city or None, place.county or None, f"site: {keeper.said}"
    )
