"""Place names around a character of a text, from the gazetteer in models/."""

from __future__ import annotations

import functools

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table, words

_SUFFIX_RE = lazy_re(r"(?:特别行政区|自治区|自治州|自治县|地区|[省市县区旗盟州])$")
_LONGEST = 12


@functools.cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Every full and short name of a place, and the pairs of characters that they begin with."""
    wordlike = frozenset(words("regions_wordlike.txt"))
    names: set[str] = set()
    for row in (*table("regions.csv"), *table("regions_renamed.csv")):
        for name in (row["province"], row["city"], row["county"]):
            stem = _SUFFIX_RE.sub("", name)
            names.update(form for form in (name, stem) if len(form) >= 2 and form not in wordlike)
    return frozenset(names), frozenset(name[:2] for name in names)


def places_at(text: str, start: int, end: int) -> frozenset[str]:
    """Return the longest place names that hold a part of `text[start:end]`, or the place itself where it is empty.

    >>> sorted(places_at("咸阳市旬邑县教育局", 3, 5)), sorted(places_at("推进学校建设", 0, 6))
    (['旬邑县'], [])
    """
    names, openings = _names()
    found = []
    for at in range(max(0, start - _LONGEST + 1), max(end, start + 1)):
        if text[at : at + 2] not in openings:
            continue
        for length in range(min(_LONGEST, len(text) - at), 1, -1):
            stop = at + length
            if stop <= start or (start == end and at >= start):
                break
            if text[at:stop] in names:
                found.append((at, stop))
                break
    inner = [f for f in found if not any(g != f and g[0] <= f[0] and f[1] <= g[1] for g in found)]
    return frozenset(text[a:b] for a, b in inner)


def are_different(some: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two sets of names mean different places; 旬邑 and 旬邑县 are one.

    >>> are_different(frozenset({"旬邑县"}), frozenset({"旬邑"})), are_different(frozenset({"旬邑县"}), frozenset({"彬州市"}))
    (False, True)
    """
    stems = {_SUFFIX_RE.sub("", name) if len(name) > 2 else name for name in some}
    other_stems = {_SUFFIX_RE.sub("", name) if len(name) > 2 else name for name in others}
    return bool(stems) and bool(other_stems) and stems.isdisjoint(other_stems)
