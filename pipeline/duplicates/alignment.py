"""Two texts side by side: where they agree, and the places where they differ, in linear time.

Runs of 12 characters that both texts hold exactly once are anchors; only the short gaps between anchors are compared
character by character (Levenshtein, by RapidFuzz).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from pipeline.duplicates.fingerprint import shingle_hashes

_ANCHOR = 12
_STEP = 32  # characters compared at once at first, twice as many each time
LONGEST_GAP = 3000  # characters on one side that are still compared one by one


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch between two anchors; `one[start:end]` stands where `other[other_start:other_end]` does."""

    start: int
    end: int
    other_start: int
    other_end: int


def find_gaps(one: str, other: str) -> list[Gap]:
    """Return the stretches in which two texts differ, the first and the last even if they are empty.

    >>> find_gaps("2023年全县新建改扩建公办幼儿园12所", "全县新建改扩建公办幼儿园12所。")
    [Gap(start=0, end=5, other_start=0, other_end=0), Gap(start=20, end=20, other_start=15, other_end=16)]
    """
    gaps: list[Gap] = []
    at, at_other = 0, 0
    for start, start_other, length in _blocks(one, other):
        skip = max(0, at - start, at_other - start_other)
        if length - skip < 1:
            continue
        start, start_other, length = start + skip, start_other + skip, length - skip
        if not gaps or start > at or start_other > at_other:
            gaps.append(Gap(at, start, at_other, start_other))
        at, at_other = start + length, start_other + length
    return [*gaps, Gap(at, len(one), at_other, len(other))]


def _blocks(one: str, other: str) -> list[tuple[int, int, int]]:
    """Return the stretches that agree (place, place in the other, length) and follow each other in both texts."""
    if min(len(one), len(other)) < _ANCHOR:
        return []
    place, place_other = _shared_anchors(shingle_hashes(one, _ANCHOR), shingle_hashes(other, _ANCHOR))
    if not len(place):
        return []
    breaks = np.flatnonzero((np.diff(place) != 1) | (np.diff(place_other) != 1)) + 1
    firsts = np.concatenate(([0], breaks))
    lengths = np.diff(np.concatenate((firsts, [len(place)]))) + _ANCHOR - 1
    runs = list(zip(place[firsts].tolist(), place_other[firsts].tolist(), lengths.tolist(), strict=True))
    return _extended(one, other, _rising(runs))


def _shared_anchors(
    hashes: npt.NDArray[np.uint64], hashes_other: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    once, at = _unique(hashes)
    once_other, at_other = _unique(hashes_other)
    _, i, j = np.intersect1d(once, once_other, assume_unique=True, return_indices=True)
    place, place_other = at[i], at_other[j]
    order = np.argsort(place)
    return place[order], place_other[order]


def _unique(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    values, at, counts = np.unique(hashes, return_index=True, return_counts=True)
    return values[counts == 1], at[counts == 1]


def _rising(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the most runs that rise in both texts: a passage moved elsewhere drops out."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, place_other, _) in enumerate(runs):
        at = bisect_left(tails, place_other)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place_other)
            last.append(k)
        else:
            tails[at] = place_other
            last[at] = k
    chain = []
    k = last[-1]
    while k >= 0:
        chain.append(runs[k])
        k = before[k]
    return chain[::-1]


def _extended(one: str, other: str, runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return runs grown to both sides as far as the texts agree."""
    grown: list[tuple[int, int, int]] = []
    floor, floor_other = 0, 0
    for start, start_other, length in runs:
        end, end_other = start + length, start_other + length
        if end <= floor and end - end_other == floor - floor_other:
            continue  # the one before has grown over it
        room = min(start - floor, start_other - floor_other)
        if room > 0:
            back = _agreeing_back(one, start, other, start_other, room)
            start, start_other = start - back, start_other - back
        on = _agreeing(one, end, other, end_other)
        floor, floor_other = end + on, end_other + on
        grown.append((start, start_other, floor - start))
    return grown


def _agreeing(one: str, at: int, other: str, at_other: int) -> int:
    """Return how many characters agree from two places on."""
    n, step = 0, _STEP
    while True:
        left, right = one[at + n : at + n + step], other[at_other + n : at_other + n + step]
        if left != right or not left:
            return n + int(Prefix.similarity(left, right))
        n, step = n + len(left), 2 * step


def _agreeing_back(one: str, at: int, other: str, at_other: int, room: int) -> int:
    """Return how many characters agree before two places, `room` at most."""
    n, step = 0, _STEP
    while n < room:
        take = min(step, room - n)
        left, right = one[at - n - take : at - n], other[at_other - n - take : at_other - n]
        if left != right:
            return n + int(Postfix.similarity(left, right))
        n, step = n + take, 2 * step
    return n


def differences(one: str, other: str, gap: Gap) -> list[Gap]:
    """Return the single places in which two texts differ within a gap; places one character apart are one.

    >>> differences("新增学位1200个", "新增学位1350个", Gap(0, 9, 0, 9))
    [Gap(start=5, end=7, other_start=5, other_end=7)]
    """
    left, right = one[gap.start : gap.end], other[gap.other_start : gap.other_end]
    if not left or not right or max(len(left), len(right)) > LONGEST_GAP:
        return [gap]
    places: list[Gap] = []
    for code in Levenshtein.opcodes(left, right):
        if code.tag == "equal":
            continue
        place = Gap(
            gap.start + code.src_start,
            gap.start + code.src_end,
            gap.other_start + code.dest_start,
            gap.other_start + code.dest_end,
        )
        if places and place.start - places[-1].end <= 1:
            place = Gap(places[-1].start, place.end, places[-1].other_start, place.other_end)
            places.pop()
        places.append(place)
    return places
