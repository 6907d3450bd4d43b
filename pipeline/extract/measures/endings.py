"""Endings of a clause or a name: many words, of which most texts have none, told by the last character first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.lazy_re import lazy_re


class Endings:
    """Words that a text may end in; a guarded one not behind any of some characters.

    >>> actors = Endings(["教育局", "学校"], {"市": "城上"})
    >>> [actors.end(name) for name in ("县教育局", "西安市", "城市", "学校的")]
    [True, True, False, False]
    """

    def __init__(self, words: Iterable[str], guarded: Mapping[str, str]) -> None:
        words = tuple(words)
        every = (*words, *guarded)
        self.last = frozenset(word[-1] for word in every)
        self._longest = max(map(len, every))
        behind = [f"(?<![{re.escape(chars)}]){re.escape(word)}" for word, chars in guarded.items()]
        self._re = lazy_re(f"(?:{'|'.join([*map(re.escape, words), *behind])})$")

    def end(self, text: str) -> bool:
        """Return whether a text ends in one of the words."""
        return text[-1:] in self.last and bool(self._re.search(text, max(0, len(text) - self._longest)))
