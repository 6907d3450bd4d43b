"""The element tree of a page, with the comments in which one system marks its text as elements."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.markup import Element, tree_of

__all__ = ["Element", "parse"]

# comments in which one system marks the text of a page; they become an element, since other comments go
CONTENT_MARK_RE = lazy_re(r"<!--\s{0,5}ZJEG_RSS\.content\.(?P<end>begin|end)\s{0,5}-->", re.IGNORECASE)


def parse(markup: str) -> Element:
    """Return the root element of a page; raises PageError when there is no markup in it.

    >>> parse("<p>四个强化<p>夯实").findtext(".//p")
    '四个强化'
    """
    try:
        root = tree_of(CONTENT_MARK_RE.sub(_content_tag, markup))
    except (etree.XMLSyntaxError, AssertionError) as error:
        raise PageError(f"this cannot be read as HTML ({error})") from error
    if root is None:
        raise PageError("this cannot be read as HTML")
    return root


def _content_tag(mark: re.Match[str]) -> str:
    return "<marked-content>" if mark["end"].lower() == "begin" else "</marked-content>"
