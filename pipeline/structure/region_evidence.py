"""The evidence of all mentions added up by place, and the place that carries it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.structure.gazetteer import Place, gazetteer
from pipeline.structure.mentions import GRAMMATICAL, SURNAMES, Mention

_LEVEL_RE = lazy_re(
    r"[我全本县市区旗省州](?:(?<=[我全本])[县市区旗省州]|(?<![我全本])(?<![\u4e00-\u9fff].)(?:委|政府))"
)  # 我县, 县委

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
_OFTEN = 5  # mentions of a short name that a document which says 我县 must mean itself by
_VARIETY = 3  # different characters behind a name
_LEVELS = 3  # mentions of 我县, 全县 … that make a level certain
_LEAST = 4.0  # below this sum of weights nothing is said


def level_of(text: str) -> str:
    """Return the level at which a document speaks (县 for 我县, 全县, 县委), "" when it does not say."""
    said = _LEVEL_RE.findall(text)
    levels = Counter(words[1] if words[0] in "我全本" else words[0] for words in said)
    level, count = levels.most_common(1)[0] if levels else ("", 0)
    return level if count >= _LEVELS else ""


def without_visits(mentions: list[Mention]) -> list[Mention]:
    """Let a place weigh little that the text only goes to: 赴安吉县考察。安吉县的做法是…"""
    claimed = {
        m.name.text
        for m in mentions
        if (m.zone not in ("body", "head", "tail") and not m.is_visited) or m.weight >= 2
    }
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
    varied = _varied(mentions)
    persons = _persons(mentions)
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
        elif not mention.name.full and mention.name.text in persons:
            continue
        elif (
            spoken[mention.name.text] >= _OFTEN
            and level
            and mention.name.text in varied
            and not wordlike
            and mention.name.text[0] not in GRAMMATICAL
            and (len(mention.name.text) == 2 or not mention.name.full)
        ):
            speaking = [p for p in mention.places if p.name.endswith(level)]
            if len(speaking) == 1:
                yield mention, speaking[0]
        elif (mention.name.full and len(mention.name.text) > 2) or (
            mention.zone in ("title", "outlet", "hint") and not wordlike and spoken[mention.name.text] > 1
        ):
            inside = [p for p in mention.places if p.chain[:-1] in above]
            is_name = not mention.name.full and mention.name.text in varied
            candidates = inside or (list(mention.places) if is_name else [])
            if len(candidates) == 1:
                yield mention, candidates[0]


def _beside(pairs: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Count the characters beside each name."""
    beside: dict[str, Counter[str]] = {}
    for name, character in pairs:
        beside.setdefault(name, Counter())[character] += 1
    return beside


def _varied(mentions: list[Mention]) -> frozenset[str]:
    """Return the names behind which different words stand; 镇安 in 镇安全 has the same one each time."""
    behind = _beside([(mention.name.text, mention.behind) for mention in mentions])
    return frozenset(
        name
        for name, found in behind.items()
        if len(found) >= _VARIETY and max(found.values()) <= 0.6 * sum(found.values())
    )


def _persons(mentions: list[Mention]) -> frozenset[str]:
    """Return the short names before which the same surname stands nearly each time: 刘广平强调, 刘广平要求."""
    before = _beside([(mention.name.text, mention.front) for mention in mentions])
    return frozenset(
        name
        for name, found in before.items()
        if (most := found.most_common(1)[0])[0] in SURNAMES and most[1] >= 0.6 * sum(found.values())
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the mentions of a document say: how much for which place, and in which words."""

    weights: dict[Place, float]
    words: dict[Place, dict[str, Counter[str]]]  # by place and zone


def weigh(mentions: list[Mention], level: str, year: int | None, *, is_below_county: bool) -> Evidence:
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
    says_higher = any(zone in ("title", "issuer") and not place.county for place, zone in heaviest)
    if is_below_county and counties and not says_higher:  # a township need not say more than once where it is
        weights[max(counties, key=lambda place: weights[place])] += 4.0
        named |= set(counties)
    # under the name it goes by here: 清苑县 in the head of a page that says 清苑区 elsewhere is one county
    in_head = {place.adcode for place, zone in heaviest if place.county and zone == "head" and printed[place]}
    if (
        len(counties) == 1 and in_head == {counties[0].adcode} and not says_higher
    ):  # a short piece names its county once
        weights[counties[0]] += 1.5
    weights = {place: weight if place in named else 0.3 * weight for place, weight in weights.items()}
    return Evidence(weights, words)


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


def descend(weights: dict[Place, float]) -> Place | None:
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
        here = next((p for p in weights if p.chain == chain), None) or place_named(chain)
        own = weights.get(here, 0.0) if here is not None else 0.0


def place_named(chain: tuple[str, ...]) -> Place | None:
    """Return the place with these names from its province down, None where the gazetteer has none.

    >>> place_named(("广西壮族自治区", "柳州市", "柳城县")).adcode
    '450222'
    """
    return next((p for p in gazetteer().full.get(chain[-1], ()) if p.chain == chain), None)
