"""The word lists of models/ that tell a slogan from a count, as sets and as parts of patterns."""

from __future__ import annotations

import functools
import re

from pipeline import lexicon
from pipeline.lexicon import table, words
from pipeline.numerals import one_of as any_of


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """Return one class of models/slogan_words.csv; a KeyError names a class that is not there.

    >>> "工程" in word_class("abstract_head")
    True
    """
    return lexicon.word_class("slogan_words.csv", name)


def one_of(*classes: str) -> str:
    """Return a pattern for any word of the classes, longest first."""
    return any_of(frozenset().union(*(word_class(name) for name in classes)))


LEAD_VERB_RE = re.compile(one_of("lead_verb"))  # 〔强化〕组织领导, 〔推进〕项目建设


@functools.cache
def never() -> frozenset[str]:
    """Return the numeral-led wording that is no slogan: idioms, set words, names."""
    return frozenset(words("slogan_never.txt"))


@functools.cache
def known() -> frozenset[str]:
    """Return the slogans that documents print without quotes."""
    return frozenset(words("slogan_known.txt"))


@functools.cache
def action_verbs() -> frozenset[str]:
    """Return the verbs of two and more characters that are hardly ever nouns: 筹办, 化解."""
    rows = table("measure_verbs.csv")
    return frozenset(row["verb"] for row in rows if row["kind"] == "action" and len(row["verb"]) >= 2)
