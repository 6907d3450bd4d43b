"""The word lists of models/quantity_words.toml as compiled patterns, and jieba's words of a document by offset."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.lexicon import document
from pipeline.numerals import one_of

if TYPE_CHECKING:
    from pipeline.tagged import TaggedText


@functools.cache
def word_list(name: str) -> tuple[str, ...]:
    """Return one list of models/quantity_words.toml."""
    return tuple(document("quantity_words.toml")[name])


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """Return one list of models/quantity_words.toml as a set."""
    return frozenset(word_list(name))


@functools.cache
def at_start(*names: str) -> re.Pattern[str]:
    """Return a pattern that matches a word of these lists where it is applied."""
    return re.compile(one_of(w for name in names for w in word_list(name)))


@functools.cache
def at_end(*names: str) -> re.Pattern[str]:
    """Return a pattern that matches a word of these lists reversed: for use on reversed text."""
    return re.compile(one_of(w[::-1] for name in names for w in word_list(name)))


def ends_with(text: str, *names: str) -> str:
    """Return the longest word of these lists that ends the text, or "".

    >>> ends_with("生产总值达到", "reached")
    '达到'
    """
    match = at_end(*names).match(text[::-1][:16])
    return match.group()[::-1] if match else ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: where each starts, and its tag."""

    text: str
    starts: Sequence[int]
    tags: Sequence[str]

    @classmethod
    def of(cls, tagged: TaggedText) -> Words:
        """Return the words of a text that was cut and tagged."""
        return cls(tagged.text, tagged.starts, tagged.tags)

    def whole(self, at: int) -> tuple[int, str, str]:
        """Return start, word and tag of the whole word that holds an offset."""
        index = max(0, bisect.bisect_right(self.starts, at) - 1)
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.starts[index], self.text[self.starts[index] : end], self.tags[index]

    def between(self, start: int, end: int) -> list[tuple[int, str, str]]:
        """Return start, word and tag of the words of a span, cut to it."""
        rows = []
        at = max(0, bisect.bisect_right(self.starts, start) - 1)
        while at < len(self.starts) and self.starts[at] < end:
            left = max(start, self.starts[at])
            right = min(end, self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text))
            if right > left:
                rows.append((left, self.text[left:right], self.tags[at]))
            at += 1
        return rows
