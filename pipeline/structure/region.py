"""Which place a document belongs to, weighed from title, issuer, outlet and text.

The evidence of all mentions is added up by place, and the path goes down from the province as long as one place
below carries enough of it: a document of 银川市教育局 stays with the city, whatever districts it names.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pipeline.records import Region
from pipeline.structure.gazetteer import Name, Place, gazetteer
from pipeline.structure.hosts import names_place
from pipeline.structure.mentions import Mention, read_mentions

_GRAMMATICAL = "和成代应兴达随单开富强"  # 和县 in 县委和县政府, 成县 in 建成县城, 代县 in 代县长
_NATIONAL_RE = re.compile(
    r"(?:\d{4}年)?(?:中华人民共和国|中共中央|国务院|中央(?:宣传|组织|统战|政法|军|编|文明|农|网信|纪)|全国(?:人大|政协|人民代表)|最高人民[法检]"
    r"|国家(?:发展|卫生|市场监|税务|统计|能源|体育|广播|新闻|民族|医疗保障|知识产权|文物|林业|药品|数据|互联网|中医药)[\u4e00-\u9fff]{0,12}?(?:局|委员会|[委办])"
    r"|(?:教育|财政|民政|公安|司法|商务|文化和旅游|科技|科学技术|农业农村|工业和信息化|人力资源和?社会保障|住房和?城乡建设|交通运输|生态环境|自然资源|水利|应急管理)部)"
)  # 国务院办公厅关于…, 教育部等六部门关于…
_LEVEL_RE = re.compile(
    r"[我全本](?P<whole>[县市区旗省州])|(?<![\u4e00-\u9fff])(?P<organ>[县市区旗省州])(?:委|政府)"
)

# a township, a school or a hospital says of itself 我镇, 我校; its county stands in the text
_BELOW_A_COUNTY_RE = re.compile(
    r"[镇乡村]人民政府|[镇乡]党委|街道(?:办事处|党工委)|村(?:民)?委员?会|社区居委会|(?:小学|中学|幼儿园|学校|医院|卫生院)(?:$|关于|\d{4}|[\u4e00-\u9fff]{0,8}(?:通知|简章|计划|方案))"
)

_WEIGHTS = {
    "title": 10.0,
    "issuer": 9.0,
    "hint": 6.0,
    "outlet": 4.0,
    "host": 3.0,
    "head": 3.0,
    "tail": 3.0,
    "body": 1.0,
}
_AT_MOST = {"title": 1, "issuer": 1, "hint": 1, "outlet": 1, "host": 1, "head": 2, "tail": 2, "body": 8}
_SAID_IN = {
    "title": "title", "issuer": "issuer", "outlet": "site", "host": "host", "hint": "address", "head": "text",
    "body": "text", "tail": "text",
}  # fmt: skip
_OFTEN = 5  # mentions of a short name that a document which says 我县 must mean itself by
_HEAD, _TAIL = 300, 300  # characters at both ends of a text where a document says whose it is
_LEVELS = 3  # mentions of 我县, 全县 … that make a level certain
_LEAST = 4.0  # below this sum of weights nothing is said


def _level(text: str) -> str:
    """Return the level at which a document speaks (县 for 我县, 全县, 县委), "" when it does not say."""
    levels = Counter(match["whole"] or match["organ"] for match in _LEVEL_RE.finditer(text))
    level, count = levels.most_common(1)[0] if levels else ("", 0)
    return level if count >= _LEVELS else ""


def _without_visits(mentions: list[Mention]) -> list[Mention]:
    """Let a place weigh little that the text only goes to: 赴安吉县考察。安吉县的做法是…"""
    claimed = {m.name.text for m in mentions if m.zone not in ("body", "head", "tail") or m.weight >= 2}
    visited: set[str] = set()
    seen: set[str] = set()
    for mention in mentions:
        if mention.zone in ("head", "body", "tail"):
            if mention.is_visited and mention.name.text not in seen | claimed:
                visited.add(mention.name.text)
            seen.add(mention.name.text)
    return [
        dataclasses.replace(m, weight=min(m.weight, 0.2), is_visited=True) if m.name.text in visited else m
        for m in mentions
    ]


def _proven(mentions: list[Mention], level: str) -> Iterator[tuple[Mention, Place]]:
    """Yield the mentions that are sure, or proven elsewhere.

    A proof is the same place's full name, its city or province, or that a text which says 我县 keeps naming it.
    """
    certain: Counter[Place] = Counter()
    for mention in mentions:
        if mention.sure:
            certain[mention.places[0]] += 1
    spoken = Counter(m.name.text for m in mentions)
    above = {place.chain[:depth] for place in certain for depth in range(1, len(place.chain) + 1)}
    for mention in mentions:
        if mention.sure:
            yield mention, mention.places[0]
            continue
        wordlike = not mention.name.full and mention.name.text in gazetteer().wordlike
        if wordlike and mention.zone in ("body", "head", "tail"):
            continue
        named = [p for p in mention.places if p in certain]
        if named:
            yield mention, max(named, key=lambda p: certain[p])
        elif (
            spoken[mention.name.text] >= _OFTEN
            and level
            and mention.name.text[0] not in _GRAMMATICAL
            and (len(mention.name.text) == 2 or not mention.name.full)
        ):
            speaking = [p for p in mention.places if p.name.endswith(level)]
            if len(speaking) == 1:
                yield mention, speaking[0]
        elif (mention.name.full and len(mention.name.text) > 2) or (
            mention.zone in ("title", "outlet", "hint") and not wordlike and spoken[mention.name.text] > 1
        ):
            inside = [p for p in mention.places if p.chain[:-1] in above]
            candidates = inside or (
                [] if mention.name.full and len(mention.places) > 1 else list(mention.places)
            )
            if len(candidates) == 1:
                yield mention, candidates[0]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the mentions of a document say: how much for which place, and in which words."""

    weights: dict[Place, float]
    words: dict[Place, dict[str, Counter[str]]]  # by place and zone


def _weigh(mentions: list[Mention], level: str, year: int | None, *, is_below_county: bool) -> _Evidence:
    """Add up the evidence; a place known from the body alone counts only if the document speaks at its level."""
    heaviest: dict[tuple[Place, str], list[float]] = {}
    words: dict[Place, dict[str, Counter[str]]] = {}
    printed: Counter[Place] = Counter()
    earnest: set[Place] = set()
    for mention, place in _proven(mentions, level):
        heaviest.setdefault((place, mention.zone), []).append(mention.weight)
        words.setdefault(place, {}).setdefault(mention.zone, Counter())[mention.said] += 1
        printed[place] += mention.name.full
        if not mention.is_visited:
            earnest.add(place)
    weights: dict[Place, float] = {}
    for (place, zone), found in heaviest.items():
        found.sort(reverse=True)
        weights[place] = weights.get(place, 0.0) + _WEIGHTS[zone] * sum(found[: _AT_MOST[zone]])
    weights = _joined_with_former(weights, printed, year)
    speaking = [place for place in weights if level and place.name.endswith(level) and place in earnest]
    if speaking:
        weights[max(speaking, key=lambda place: weights[place])] += 4.0
    named = {place for place, zone in heaviest if zone != "body"} | set(speaking)
    counties = [place for place in weights if place.county and place in earnest]
    if is_below_county and counties:  # a township or a school need not say more than once where it is
        weights[max(counties, key=lambda place: weights[place])] += 4.0
        named |= set(counties)
    weights = {place: weight if place in named else 0.3 * weight for place, weight in weights.items()}
    return _Evidence(weights, words)


def _joined_with_former(
    weights: dict[Place, float], printed: Counter[Place], year: int | None
) -> dict[Place, float]:
    """Count 清苑县 and 清苑区 as one place: under the name printed in full, of two such under that of the year."""

    def claim(place: Place) -> tuple[bool, bool, float]:
        return printed[place] > 0, year is not None and place.existed_in(year), weights[place]

    joined: dict[tuple[str, int], list[Place]] = {}
    for place in weights:
        joined.setdefault((place.adcode, len(place.chain)), []).append(place)
    return {max(places, key=claim): sum(weights[p] for p in places) for places in joined.values()}


def _lies_beside(chain: tuple[str, ...], step: tuple[str, ...]) -> bool:
    return len(chain) >= len(step) and chain[: len(step) - 1] == step[:-1] and chain[: len(step)] != step


def _descend(weights: dict[Place, float]) -> Place | None:
    """Go down from the whole country to the lowest place that carries the evidence."""
    here: Place | None = None
    chain: tuple[str, ...] = ()
    own = 0.0
    while True:
        below: dict[tuple[str, ...], float] = {}
        for place, weight in weights.items():
            if place.chain[: len(chain)] == chain and len(place.chain) > len(chain):
                step = place.chain[: len(chain) + 1]
                below[step] = below.get(step, 0.0) + weight
        if not below:
            return here
        step = max(below, key=lambda s: below[s])
        # a list of places elsewhere is many mentions, but no claim
        rival = max((w for p, w in weights.items() if _lies_beside(p.chain, step)), default=0.0)
        if below[step] < max(_LEAST, 0.5 * own, 1.5 * rival):
            return here
        chain = step
        here = next((p for p in weights if p.chain == chain), None) or _place(chain)
        own = weights.get(here, 0.0) if here is not None else 0.0


def _place(chain: tuple[str, ...]) -> Place | None:
    return next((p for p in gazetteer().full.get(chain[-1], ()) if p.chain == chain), None)


def _is_national(title: str | None, issuer: str | None, text: str) -> bool:
    for said in (issuer, title) if issuer or title else (text[:_HEAD],):
        match = _NATIONAL_RE.match((said or "").lstrip())
        if match is None:
            continue
        behind = next(gazetteer().find_names(match.string[match.end() : match.end() + 12]), None)
        if behind is None or behind.start > 0:  # 国家税务总局旬邑县税务局 is no national organ
            return True
    return False


def _reason(place: Place, evidence: _Evidence) -> str | None:
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
    named = [place for chain in above if (place := _place(chain)) and names_place(url, place.name)]
    if not named or len({place.chain[-1] for place in named}) > 2:
        return []
    host = urlsplit(url).hostname or ""
    return [
        Mention("host", Name(place.name, 0, len(place.name), (place,), True), (place,), True, 1.0, host)
        for place in named
        if sum(other.name == place.name for other in named) == 1
    ]


def find_region(
    title: str | None,
    issuer: str | None,
    outlet: str | None,
    text: str,
    url: str | None = None,
    filename_hint: str | None = None,
    year: int | None = None,
) -> Region | None:
    """Return the place a document belongs to: full official names down to its own level, and the code of that level.

    >>> region = find_region("旬邑县推动义务教育优质均衡发展", None, "陕西省教育厅网站", "近年来，咸阳市旬邑县集全县之力。")
    >>> region, region.reason
    (Region(adcode='610429', province='陕西省', city='咸阳市', county='旬邑县'), 'title: 旬邑县; text: 旬邑县')
    >>> find_region(None, "银川市教育局", None, "兴庆区、金凤区新建学校。")
    Region(adcode='640100', province='宁夏回族自治区', city='银川市', county=None)

    A former name stays as the document gives it (清苑县), with the code that the place has today; `year` is that of the
    document and decides where only 清苑 is said. A district of a municipality has no city (北京市, null, 海淀区).
    Refuses, with None, a document of the State Council or a ministry and one whose places are only mentioned in passing.
    """
    if _is_national(title, issuer, text):
        return None
    zones = {
        "title": title,
        "issuer": issuer,
        "outlet": outlet,
        "hint": " ".join((filename_hint or "", unquote(url or ""))),
        "head": text[:_HEAD],
        "body": text[_HEAD : max(_HEAD, len(text) - _TAIL)],
        "tail": text[max(_HEAD, len(text) - _TAIL) :],
    }
    mentions = [m for zone, said in zones.items() if said for m in read_mentions(zone, said, year)]
    mentions = _without_visits(mentions)
    mentions += _host_mentions(url, mentions)
    is_below_county = any(_BELOW_A_COUNTY_RE.search(said) for said in (title, issuer) if said)
    evidence = _weigh(mentions, _level(text), year, is_below_county=is_below_county)
    place = _descend(evidence.weights)
    if place is None:
        return None
    return Region(
        place.adcode, place.province, place.city or None, place.county or None, _reason(place, evidence)
    )
