"""Which place a document belongs to, weighed from title, issuer, outlet and text.

The evidence of all mentions is added up by place, and the path goes down from the province as long as one place
below carries enough of it: a document of 银川市教育局 stays with the city, whatever districts it names.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote, urlsplit

from pipeline.lazy_re import lazy_re
from pipeline.records import Region
from pipeline.structure.gazetteer import Name, Place, gazetteer
from pipeline.structure.hosts import names_place
from pipeline.structure.mentions import Mention, read_mentions
from pipeline.structure.number_place import province_of_number
from pipeline.structure.own_site import Said, keeper_of_own, keepers_of, place_code, site_mentions
from pipeline.structure.region_evidence import Evidence, descend, level_of, place_named, weigh, without_visits

_NATIONAL_RE = lazy_re(
    r"(?:\d{4}年)?(?:中华人民共和国|中共中央|国务院|中央(?:宣传|组织|统战|政法|军|编|文明|农|网信|纪)|全国(?:人大|政协|人民代表)|最高人民[法检]"
    r"|国家(?:发展|卫生|市场监|税务|统计|能源|体育|广播|新闻|民族|医疗保障|知识产权|文物|林业|药品|数据|互联网|中医药)[\u4e00-\u9fff]{0,12}?(?:局|委员会|[委办])"
    r"|(?:教育|财政|民政|公安|司法|商务|文化和旅游|科技|科学技术|农业农村|工业和信息化|人力资源和?社会保障|住房和?城乡建设|交通运输|生态环境|自然资源|水利|应急管理)部)"
)  # 国务院办公厅关于…, 教育部等六部门关于…
# a township, a school or a hospital says of itself 我镇, 我校; its county stands in the text
_BELOW_A_COUNTY_RE = lazy_re(
    r"[镇乡村]人民政府|[镇乡]党委|街道(?:办事处|党工委)|村(?:民)?委员?会|社区居委会|(?:小学|中学|幼儿园|学校|医院|卫生院)(?:$|关于|\d{4}|[\u4e00-\u9fff]{0,8}(?:通知|简章|计划|方案))"
)

_SAID_IN = {
    "title": "title", "issuer": "issuer", "outlet": "site", "host": "host", "hint": "address", "head": "text",
    "body": "text", "tail": "text",
}  # fmt: skip
# what papers and accounts put before the name of their county: 今日房县, 掌上旬邑
_PAPER_NAME_RE = lazy_re(
    r"^(?:今日|掌上|指尖|云上|美丽|魅力|幸福|平安|阳光|文明|清廉|文化|健康|微|爱|看)(?=[\u4e00-\u9fff]{2})"
)
_OWN_COUNTY = 2  # times that a text says 我县 and means its own
_HEAD, _TAIL = 300, 300  # characters at both ends of a text where a document says whose it is


def _is_national(title: str | None, issuer: str | None, text: str) -> bool:
    for said in (issuer, title) if issuer or title else (text[:_HEAD],):
        match = _NATIONAL_RE.match((said or "").lstrip())
        if match is None:
            continue
        behind = next(gazetteer().find_names(match.string[match.end() : match.end() + 12]), None)
        if behind is None or behind.start > 0:  # 国家税务总局旬邑县税务局 is no national organ
            return True
    return False


def _reason(place: Place, evidence: Evidence) -> str | None:
    """Say in words which mentions decided: title: 柳城县; issuer: 柳城县教育局; text: 柳城县 (12)."""
    same = [p for p in evidence.words if (p.adcode, len(p.chain)) == (place.adcode, len(place.chain))]
    related = same or [p for p in evidence.words if p.lies_in(place)]
    found: dict[str, Counter[str]] = {}
    for one in related:
        for zone, words in evidence.words[one].items():
            found.setdefault(_SAID_IN[zone], Counter()).update(words)
    said = []
    for zone in dict.fromkeys(_SAID_IN.values()):
        if zone in found:
            total = sum(found[zone].values())
            names = ", ".join(word for word, _ in found[zone].most_common(1 if same else 3))
            said.append(f"{zone}: {names}" + (f" ({total})" if zone == "text" and total > 1 else ""))
    return "; ".join(said) or None


def _host_mentions(url: str | None, mentions: list[Mention]) -> list[Mention]:
    """Return mentions of the places that a host is named after: only of those that the document names too.

    www.liucheng.gov.cn speaks for 柳城县; www.nanjing.gov.cn says which 鼓楼区 is meant.
    """
    if not url:
        return []
    above = {
        place.chain[:depth]
        for m in mentions
        for place in m.places
        for depth in range(1, len(place.chain) + 1)
    }
    named = [place for chain in above if (place := place_named(chain)) and names_place(url, place.name)]
    if not named or len({place.chain[-1] for place in named}) > 2:
        return []
    host = urlsplit(url).hostname or ""
    return [
        Mention("host", Name(place.name, 0, len(place.name), (place,), True), (place,), True, 1.0, host)
        for place in named
        if sum(other.name == place.name for other in named) == 1
    ]


def _is_contradicted(place: Place, mentions: list[Mention]) -> bool:
    """Say whether title or issuer name a place in full, and all of that name lie elsewhere: 朝阳区水利局, of 抚顺市."""
    claims = [
        m
        for m in mentions
        if m.zone in ("title", "issuer") and not m.is_visited and m.name.full and len(m.name.text) > 2
    ]
    claimed = {p for m in claims for p in m.places}
    if not claimed or any((p.adcode, len(p.chain)) == (place.adcode, len(place.chain)) for p in claimed):
        return False  # under a former name it is the same place
    return not any(p.lies_in(place) or place.lies_in(p) for p in claimed)


def _is_of_a_county(text: str, place: Place) -> bool:
    """Say whether a text keeps saying 我县 where the place is a county-level city, which it only visits or names."""
    return place.county[-1:] == "市" and level_of(text) == "县" and text.count("我县") >= _OWN_COUNTY


def _municipality(mentions: list[Mention]) -> Place | None:
    """Return the province-level city that issues a document: 江南市人民政府 speaks of its districts, and for all of them."""
    issuing = [m for m in mentions if m.zone == "issuer" and m.sure]
    places = {m.places[0] for m in issuing}
    place = places.pop() if len(places) == 1 else None
    return place if place and len(place.chain) == 1 and place.name.endswith("市") else None


def find_region(
    title: str | None,
    issuer: str | None,
    outlet: str | None,
    text: str,
    url: str | None = None,
    year: int | None = None,
    site: str | None = None,
    doc_number: str | None = None,
    page_text: str = "",
    site_code: str | None = None,
    index_number: str | None = None,
) -> Region | None:
    """Return the place a document belongs to: full official names down to its own level, and the code of that level.

    >>> region = find_region("旬邑县推动义务教育优质均衡发展", None, "陕西省教育厅网站", "近年来，咸阳市旬邑县集全县之力。")
    >>> region, region.reason
    (Region(adcode='610429', province='陕西省', city='咸阳市', county='旬邑县'), 'title: 旬邑县; text: 旬邑县')
    >>> find_region(None, "银川市教育局", None, "兴庆区、金凤区新建学校。")
    Region(adcode='640100', province='宁夏回族自治区', city='银川市', county=None)

    A former name stays as the document gives it (清苑县), with the code that the place has today; `year` is that of the
    document and decides where only 清苑 is said; `site` is whose site the page is on, and decides which 鼓楼区 is meant and whose a
    document of its own is that names no place, as do `site_code` (网站标识码), else that in `page_text` (the whole page), and `index_number`. A district of a municipality
    has no city (北京市, null, 海淀区), and what the municipality itself issues is not its district's.
    Where no place is named, `doc_number` names the province of a document that is sent to its cities.
    Refuses, with None, a document of the State Council or a ministry and one whose places are only mentioned in passing.
    """
    if _is_national(title, issuer, text):
        return None
    zones = {
        "title": title,
        "issuer": issuer,
        "outlet": _PAPER_NAME_RE.sub("", outlet) if outlet else None,
        "hint": unquote(url or ""),
        "head": text[:_HEAD],
        "body": text[_HEAD : max(_HEAD, len(text) - _TAIL)],
        "tail": text[max(_HEAD, len(text) - _TAIL) :],
    }
    mentions = [m for zone, said in zones.items() if said for m in read_mentions(zone, said, year)]
    mentions = without_visits(mentions)
    keepers = keepers_of(site, place_code(site_code, page_text, index_number), mentions)
    mentions += _host_mentions(url, mentions) + site_mentions(keepers, mentions, (issuer, outlet))
    is_below_county = any(_BELOW_A_COUNTY_RE.search(said) for said in (title, issuer) if said)
    level = level_of(text)
    evidence = weigh(mentions, level, year, is_below_county=is_below_county)
    place = _municipality(mentions) or descend(evidence.weights)
    document = Said(title, issuer, outlet, doc_number, "" if is_below_county else level)
    if own := keeper_of_own(keepers, document, place, mentions, evidence):
        return own
    if place is None or _is_contradicted(place, mentions) or _is_of_a_county(text, place):
        province = province_of_number(doc_number, text)
        if province is None:
            return None
        return Region(province.adcode, province.province, None, None, f"number: {doc_number}")
    return Region(
        place.adcode, place.province, place.city or None, place.county or None, _reason(place, evidence)
    )
