"""Seeds of two texts -> maximal shared passages: extended letter by letter, joined over small changes, moves found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.compare.shingles import K

LONGEST_GAP = 12  # letters changed inside one passage: another figure, another name
_STRETCH = 256


@dataclass(slots=True)
class Passage:
    """Letters start_a:end_a of one text and start_b:end_b of another; `same` of them are equal, one to one."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    same: int
    is_moved: bool = False

    @property
    def length(self) -> int:
        """The shorter side."""
        return min(self.end_a - self.start_a, self.end_b - self.start_b)


def passages_of(a: np.ndarray, b: np.ndarray, seeds: np.ndarray, min_letters: int) -> list[Passage]:
    """Return the shared passages of at least min_letters, in the order of a.

    `seeds` holds (place a, place b). A passage that stands elsewhere in the order of b than in that of a is moved.
    """
    runs = sorted(_exact_runs(a, b, seeds), key=lambda p: (p.start_a, p.start_b))
    found = [p for p in _joined(runs) if p.length >= min_letters]
    found = _without_overlaps(found, len(a), len(b))
    _mark_moved(found)
    return found


def _exact_runs(a: np.ndarray, b: np.ndarray, seeds: np.ndarray) -> Iterator[Passage]:
    """Each seed extended to both sides as far as the letters are equal; every run once."""
    order = np.lexsort((seeds[:, 0], seeds[:, 0] - seeds[:, 1]))
    done_shift, done_end = None, -1
    for at_a, at_b in seeds[order].tolist():
        shift = at_a - at_b
        if shift == done_shift and at_a < done_end:
            continue
        end = at_a + _equal_ahead(a[at_a:], b[at_b:])
        if end - at_a < K:  # two different runs of one hash
            continue
        start = at_a - _equal_ahead(a[:at_a][::-1], b[:at_b][::-1])
        done_shift, done_end = shift, end
        yield Passage(start, end, start - shift, end - shift, end - start)


def _equal_ahead(a: np.ndarray, b: np.ndarray) -> int:
    """How many letters are equal from the beginning."""
    longest = min(len(a), len(b))
    for start in range(0, longest, _STRETCH):
        end = min(start + _STRETCH, longest)
        differs = a[start:end] != b[start:end]
        if differs.any():
            return start + int(np.argmax(differs))
    return longest


def _joined(runs: list[Passage]) -> list[Passage]:
    """Runs that follow each other in both texts with a small change between them are one passage."""
    passages: list[Passage] = []
    open_: list[Passage] = []
    for run in runs:
        for passage in reversed(open_):
            gap_a, gap_b = run.start_a - passage.end_a, run.start_b - passage.end_b
            if (
                -K < gap_a <= LONGEST_GAP
                and -K < gap_b <= LONGEST_GAP
                and run.end_a > passage.end_a
                and run.end_b > passage.end_b
            ):
                passage.same += run.end_a - run.start_a + min(gap_a, gap_b, 0)
                passage.end_a, passage.end_b = run.end_a, run.end_b
                break
        else:
            passages.append(run)
            open_.append(run)
        open_ = [p for p in open_ if run.start_a - p.end_a <= LONGEST_GAP]
    return passages


def _without_overlaps(passages: list[Passage], n_a: int, n_b: int) -> list[Passage]:
    """The longest first; one of which more than half is told already, on either side, says nothing new."""
    if len(passages) < 2:
        return passages
    told_a, told_b = np.zeros(n_a, dtype=bool), np.zeros(n_b, dtype=bool)
    kept: list[Passage] = []
    for one in sorted(passages, key=lambda p: (-p.length, p.start_a)):
        here, there = told_a[one.start_a : one.end_a], told_b[one.start_b : one.end_b]
        if here.mean() <= 0.5 and there.mean() <= 0.5:
            here[:], there[:] = True, True
            kept.append(one)
    return sorted(kept, key=lambda p: p.start_a)


def _mark_moved(passages: list[Passage]) -> None:
    """All that are not in the longest sequence which rises in both texts have moved."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int | None] = [None] * len(passages)
    for i, passage in enumerate(passages):
        at = bisect_left(ends, passage.start_b)
        before[i] = tails[at - 1] if at else None
        ends[at : at + 1] = [passage.start_b]
        tails[at : at + 1] = [i]
    stay = set()
    last = tails[-1] if tails else None
    while last is not None:
        stay.add(last)
        last = before[last]
    for i, passage in enumerate(passages):
        passage.is_moved = i not in stay
