"""Bodies that leave their place out, 县教育局, and documents that leave out their body: whose they are once the place is known."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re
from pipeline.records import Facts
from pipeline.structure.bodies import is_body
from pipeline.structure.committees import is_of_government
from pipeline.structure.doc_types import NEWS, OTHER, QUESTIONS, REPORT
from pipeline.structure.gazetteer import OF_THE_CITY

# a body that says its level and not its place: 县教育局, 市人民政府办公室
PLACELESS_RE = lazy_re(
    rf"(?:中共)?(?!市场|市政(?!府)|市容|市民|{'|'.join(OF_THE_CITY)}|县域|区域|州县)(?P<level>林区|[省市县区州旗])(?=人民政府|政府|委|人大|政协|[\u4e00-\u9fff]{{2,}})"
)
GOVERNMENT_NUMBER_RE = lazy_re(
    r"[\u4e00-\u9fff]{1,4}?政(?P<office>办)?(?:发|字|函|规|通|规发|办发)?〔"
)  # 镇政发〔2024〕7号


def named_in_full(issuer: str, signed: str | None) -> str:
    """Return issuers that leave their place out as those who sign name them.

    >>> named_in_full("县人民政府办公室", "长阳土家族自治县人民政府办公室")
    '长阳土家族自治县人民政府办公室'
    """
    full = (signed or "").split("、")
    return "、".join(
        next((one for one in full if PLACELESS_RE.match(name) and one.endswith(name)), name)
        for name in issuer.split("、")
    )


def issuer_of_place(facts: Facts) -> str | None:
    """Return who issues a document that need not say so, once its place is known.

    A work report is its government's unless its title names another body, a number 镇政发 or 镇政办发 the government's or its office's; a plan that a bureau of
    the place puts on its site is that bureau's.

    >>> issuer_of_place(Facts(doc_type="规定", doc_number="镇政发〔2024〕7号", city="汉中市", county="镇巴县"))
    '镇巴县人民政府'
    >>> issuer_of_place(Facts(doc_type="公告", issuer="市北区教育局", city="青岛市", county="市北区"))
    '市北区教育局'
    >>> report = Facts(doc_type="工作报告", title="政协工作报告", city="汉中市", county="镇巴县")
    >>> issuer_of_place(report) is None  # nor is it its government's
    True
    """
    place = facts.county or facts.city or facts.province
    if place is None or facts.doc_type in (NEWS, QUESTIONS, OTHER, None):
        return facts.issuer
    if facts.doc_type == REPORT:
        own = f"{place}人民政府"
        if facts.issuer is None:
            return own if is_of_government(facts.title) else None
        above = {
            (facts.province or "") + (facts.city or ""),
            facts.city,
            facts.province,
        }  # as printed: 保定市满城区人民政府
        is_own = facts.issuer.endswith(own) and facts.issuer.removesuffix(own) not in above
        return own if is_own else _with_place(facts.issuer, facts)  # 县人民法院
    if facts.issuer is not None:
        return "、".join(_with_place(name, facts) for name in facts.issuer.split("、"))
    if code := GOVERNMENT_NUMBER_RE.match(facts.doc_number or ""):
        office = "办公室" if facts.city else "办公厅"
        return f"{place}人民政府{office if code['office'] else ''}"
    outlet = facts.outlet or ""
    outlet = _with_place(outlet, facts)  # 区人民政府办公室
    names = tuple(name for name in (facts.county, facts.city, facts.province) if name)
    return outlet if outlet.startswith(names) and is_body(outlet) else None


def _with_place(name: str, facts: Facts) -> str:
    """A body that says its level alone, with the place of that level before it: 县教育局 in 大方县."""
    placeless = PLACELESS_RE.match(name)
    if placeless is None:
        return name
    for place in (facts.county, facts.city, facts.province):
        if place and place.endswith(placeless["level"]) and not name.startswith(place):
            party = "中共" if name.startswith("中共") else ""
            return party + place + name.removeprefix(party).removeprefix(placeless["level"])
    return name
