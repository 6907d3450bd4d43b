"""Which slogan a measure is a member of: 一是强化组织领导 under “四个强化”."""

from __future__ import annotations

import bisect

from pipeline.extract.measures.clauses import Clause
from pipeline.records import Extractions, Reading

LONGEST_LIST = 160  # characters of a bracket
FAR = 4000  # characters behind a slogan within which its members are looked for


class Members:
    """Where the members of the slogans found stand in the text."""

    def __init__(self, reading: Reading, found: Extractions) -> None:
        text = reading.text
        spans: list[tuple[int, int, int]] = []
        for index, slogan in enumerate(found.slogans):
            at = slogan.end
            if "（" in text[at : at + 2]:  # “四个强化”（…、…）: the list may be told at length further on
                behind = max(at, text.find("）", at, at + LONGEST_LIST))
                if all(text.find(item, behind, slogan.end + FAR) >= 0 for item in slogan.items):
                    at = behind
            for item in slogan.items:
                start = text.find(item, at, slogan.end + FAR)
                if start >= 0:
                    at = start + len(item)
                    spans.append((start, at, index))
        spans.sort()
        self._starts = [start for start, _, _ in spans]
        self._spans = spans

    def slogan_of(self, clause: Clause) -> int | None:
        """Return the index of the slogan a member of which lies within a clause, None if there is none."""
        first = bisect.bisect_left(self._starts, clause.start)
        for start, end, index in self._spans[first : first + 4]:
            if start >= clause.end:
                break
            if end <= clause.end:
                return index
        return None
