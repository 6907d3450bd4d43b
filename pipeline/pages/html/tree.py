"""Markup -> element tree, once, by lxml; comments and instructions are left out, nothing is fetched or run."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.long_tags import without_long_tags

Element = Any  # lxml has no types of its own

# comments in which one system marks the text of a page; they become an element, since other comments go
CONTENT_MARK_RE = lazy_re(r"<!--\s{0,5}ZJEG_RSS\.content\.(?P<end>begin|end)\s{0,5}-->", re.IGNORECASE)
NAME_RE = lazy_re(r"[A-Za-z_][A-Za-z0-9_.-]{0,200}")
_MAX_DEPTH = 400  # a page nests some 30 elements; libxml2 itself stops reading at 2048


def _parser(**options: Any) -> Any:
    return etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, **options
    )


def parse(markup: str) -> Element:
    """Return the root element of a page; raises PageError when there is no markup in it.

    >>> parse("<p>四个强化<p>夯实").findtext(".//p")
    '四个强化'
    """
    markup = CONTENT_MARK_RE.sub(_content_tag, without_long_tags(markup.replace("\0", "")))
    utf8 = markup.encode("utf-8", "replace")
    parser = _parser()
    try:
        root = etree.fromstring(utf8, parser)
        last = parser.error_log.last_error
        if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            root = etree.fromstring(utf8, _parser(target=_ShallowTree()))
    except (etree.XMLSyntaxError, AssertionError) as error:
        raise PageError(f"this cannot be read as HTML ({error})") from error
    if root is None:
        raise PageError("this cannot be read as HTML")
    return root


def _content_tag(mark: re.Match[str]) -> str:
    return "<marked-content>" if mark["end"].lower() == "begin" else "</marked-content>"


class _ShallowTree:
    """Builds a tree that leaves out the elements, but not the text, below a depth no honest page reaches."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._depth = 0
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth <= _MAX_DEPTH:
            named = {name: value for name, value in attributes.items() if NAME_RE.fullmatch(name)}
            self._open.append(tag if NAME_RE.fullmatch(tag) else "span")  # the builder refuses <o:p>
            self._builder.start(self._open[-1], named)

    def end(self, tag: str) -> None:
        if self._depth <= _MAX_DEPTH:
            self._builder.end(self._open.pop())
        self._depth -= 1

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> Element:
        return self._builder.close()
