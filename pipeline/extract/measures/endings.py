"""Endings of a clause or a name: many words, of which most texts have none, told by the last character first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


class Endings:
    """Words that a text may end in; a guarded one not behind any of some characters.

    >>> actors = Endings(["教育局", "学校"], {"市": "城上"})
    >>> [actors.end(name) for name in ("县教育局", "西安市", "城市", "学校的")]
    [True, True, False, False]
    """

    def __init__(self, words: Iterable[str], guarded: Mapping[str, str]) -> None:
        # by their last characters, those that are guarded apart
        ends: dict[str, tuple[list[str], list[tuple[str, str]]]] = defaultdict(lambda: ([], []))
        for word in words:
            ends[word[-1]][0].append(word)
        for word, before in guarded.items():
            ends[word[-1]][1].append((word, before))
        self._ends = {last: (tuple(sure), bound) for last, (sure, bound) in ends.items()}
        self.last = frozenset(ends)

    def end(self, text: str) -> bool:
        """Return whether a text ends in one of the words."""
        last = text[-1:]
        if last not in self.last:
            return False
        sure, guarded = self._ends[last]
        if text.endswith(sure):
            return True
        for word, before in guarded:
            if text.endswith(word) and (text == word or text[-len(word) - 1] not in before):
                return True
        return False
