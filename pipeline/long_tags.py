"""Tags with more attributes than any honest one: the time of libxml2 grows with the square of their number."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re

LONG_TAG_RE = lazy_re(r"(?P<name><[A-Za-z][^\s<>/]{0,100}+)[^<>]{20000,}")
QUOTED_RE = lazy_re(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 1000


def without_long_tags(markup: str) -> str:
    """Return markup in which a tag that has attributes without end is its name alone; one with a long value stays.

    >>> without_long_tags("<p " + "a b " * 9000 + ">四个强化</p>")
    '<p>四个强化</p>'
    """
    return LONG_TAG_RE.sub(_bounded, markup)


def _bounded(tag: re.Match[str]) -> str:
    names = QUOTED_RE.sub("", tag[0]).replace("/", " ").split(None, _MAX_ATTRIBUTES)
    return tag["name"] if len(names) > _MAX_ATTRIBUTES else tag[0]
