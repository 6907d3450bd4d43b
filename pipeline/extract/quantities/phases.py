"""The phases of a document: where it tells of the past, where of what is to come, and of which time."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Phase:
    """From `start` on the document tells of the past (achieved) or of what is to come (target); of which time."""

    start: int
    status: str | None = None
    when: str | None = None


class Phases:
    """The phases of a document in text order, looked up by offset."""

    def __init__(self, phases: Sequence[Phase]) -> None:
        self._phases = phases
        self._starts = [phase.start for phase in phases]

    def at(self, offset: int) -> Phase:
        """Return the phase that an offset stands in."""
        return self._phases[bisect.bisect_right(self._starts, offset) - 1]

    def around(self, offset: int) -> Phase:
        """Return the review of several years that a paragraph of one of them stands in, else the phase itself."""
        at = bisect.bisect_right(self._starts, offset) - 1
        one, before, after = self._phases[at], self._phases[at - 1], self._phases[at + 1 : at + 2]
        is_inside = at > 0 and len(one.when or "") == len("2010") and len(before.when or "") > len("2006-")
        return before if is_inside and after and after[0].when == before.when else one


def resumed_review(review: Phase, at: int) -> Phase | None:
    """Return the review of several years again, from the end of the paragraph that tells of one of them (2010年，…).

    >>> resumed_review(Phase(0, "achieved", "2006-2010"), 120)
    Phase(start=120, status='achieved', when='2006-2010')
    >>> resumed_review(Phase(0, "achieved", "2010"), 120)
    """
    return replace(review, start=at) if at > 0 and len(review.when or "") > len("2010-") else None
