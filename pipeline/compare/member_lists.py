"""What the member lists of two slogans have in common, in whatever words each puts it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re

_MARKS_RE = lazy_re(r"[\s《》〈〉“”‘’\"'、，,；;：:（）()]")
_ALIKE = 0.6  # of the shorter one's pairs of characters: 农村新型社区, 新型农村社区
_TIMES_LONGER = 3  # a sentence has some of the characters of most short words


def members_in_common(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return which members of two lists are the same, as pairs of positions; each member has one partner at most.

    What all members of a list begin or end with (经济建设, 政治建设; 稳就业, 稳金融) is its frame and tells nothing. Members are the
    same when they are equal, when one holds the other (义务教育, 义务教育有保障), or when they are much the same characters.

    >>> members_in_common(["科教兴冀战略", "人才强冀战略"], ["人才强冀", "科教兴冀"])
    [(0, 1), (1, 0)]
    >>> members_in_common(["名医", "名院"], ["名校长", "名师"])
    []
    """
    mine, theirs = _cores(tuple(one)), _cores(tuple(other))
    alike = sorted(
        (-likeness, i, j)
        for (i, a), (j, b) in itertools.product(enumerate(mine), enumerate(theirs))
        if (likeness := _likeness(a, b))
    )
    pairs: dict[int, int] = {}
    for _, i, j in alike:  # the most alike first
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def share_in_common(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the members that two lists have in common as a share of all members of both.

    >>> share_in_common(["不愁吃", "不愁穿", "义务教育"], ["不愁吃", "不愁穿", "义务教育有保障", "住房安全"])
    0.75
    """
    n = len(members_in_common(one, other))
    return n / (len(one) + len(other) - n)


@functools.lru_cache(maxsize=4096)  # every list of a slogan is held against every other
def _cores(members: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return every member without marks, whole and without what all of its list share at an end."""
    plain = [_MARKS_RE.sub("", member) for member in members]
    if len(plain) < 2:
        return [(text, text) for text in plain]
    shortest = min(map(len, plain))
    front = _shared(plain)
    back = _shared([text[::-1] for text in plain])
    back = back if back > 1 else 0  # 社区, 园区: the kind of thing is part of its name
    if front + back >= shortest:  # nothing would be left of the shortest
        front, back = (front, 0) if front < shortest else (0, 0)
    return [(text, text[front : len(text) - back]) for text in plain]


def _shared(texts: Sequence[str]) -> int:
    """Return how many characters all texts begin with."""
    return sum(1 for _ in itertools.takewhile(lambda some: len(set(some)) == 1, zip(*texts, strict=False)))


@functools.lru_cache(maxsize=65_536)
def _likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    """Return how much two members are the same: 1 for equal ones, 0 for two different things."""
    if one[0] == other[0] or one[1] == other[1]:
        return 1.0
    short, long = sorted((one[1], other[1]), key=len)
    if len(short) < 2:
        return 0.0
    if short in long:
        return 0.9
    if len(long) > _TIMES_LONGER * len(short):
        return 0.0
    pairs, others = ({a + b for a, b in itertools.pairwise(text)} for text in (short, long))
    share = len(pairs & others) / len(pairs)
    return 0.8 * share if share >= _ALIKE else 0.0
