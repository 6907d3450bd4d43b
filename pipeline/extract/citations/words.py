"""The word lists of models/citation_words.csv, as sets and as patterns."""

from __future__ import annotations

import functools
import re

from pipeline import lexicon
from pipeline.lazy_re import lazy_re


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """Return one class of models/citation_words.csv; a KeyError names a class that is not there."""
    return lexicon.word_class("citation_words.csv", name)


@functools.cache
def any_of(*names: str) -> re.Pattern[str]:
    """Return a pattern for any word of the classes, longest first."""
    found = frozenset().union(*(word_class(name) for name in names))
    return re.compile("|".join(re.escape(w) for w in sorted(found, key=lambda w: (-len(w), w))) or r"(?!)")


@functools.cache
def endings(name: str) -> tuple[str, ...]:
    """Return a class as str.endswith takes it."""
    return tuple(word_class(name))


DRAFT_RE = lazy_re(r"[（(][^（）()]{1,20}[）)]\Z")  # …办法（试行）, …规划（2021—2030年）


def ends_as(title: str, name: str) -> bool:
    """Say whether a title, its （试行） left out, ends in a word of the class.

    >>> ends_as("教师考核办法（试行）", "policy_end")
    True
    """
    core = DRAFT_RE.sub("", title)
    return core.endswith(endings(name))
