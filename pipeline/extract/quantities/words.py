"""The word lists of models/quantity_words.toml as compiled patterns, and the words of a text around an offset."""

from __future__ import annotations

import bisect
import functools
import re

from pipeline.lazy_re import compiled_once
from pipeline.lexicon import document
from pipeline.numerals import one_of
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
    return compiled_once(one_of(w for name in names for w in word_list(name)))


@functools.cache
def at_end(*names: str) -> re.Pattern[str]:
    """Return a pattern that matches a word of these lists reversed: for use on reversed text."""
    return compiled_once(one_of(w[::-1] for name in names for w in word_list(name)))


def ends_with(text: str, *names: str) -> str:
    """Return the longest word of these lists that ends the text, or "".

    >>> ends_with("生产总值达到", "reached")
    '达到'
    """
    match = at_end(*names).match(text[::-1][:16])
    return match.group()[::-1] if match else ""


def whole_word(words: TaggedText, at: int) -> tuple[int, str, str]:
    """Return start, word and tag of the whole word that holds an offset, the last word behind the text.

    >>> whole_word(TaggedText("新建学校", ["新建", "学校"], ["v", "n"]), 3)
    (2, '学校', 'n')
    """
    index = min(bisect.bisect_right(words.ends, at), len(words.ends) - 1)
    return words.starts[index], words.text[words.starts[index] : words.ends[index]], words.tags[index]


def words_between(words: TaggedText, start: int, end: int) -> list[tuple[int, str, str]]:
    """Return start, word and tag of the words of a span, cut to it.

    >>> words_between(TaggedText("新建学校", ["新建", "学校"], ["v", "n"]), 1, 4)
    [(1, '建', 'v'), (2, '学校', 'n')]
    """
    starts, ends, tags, text = words.starts, words.ends, words.tags, words.text
    rows = []
    for at in range(bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)):
        left, right = starts[at], ends[at]
        left, right = left if left > start else start, right if right < end else end
        rows.append((left, text[left:right], tags[at]))
    return rows
