"""Markup -> element tree, once, by lxml; comments and instructions are left out, nothing is fetched or run."""

from __future__ import annotations

from typing import Any

from lxml import etree

from pipeline.lazy_re import lazy_re
from pipeline.long_tags import without_long_tags

Element = Any  # lxml has no types of its own

NAME_RE = lazy_re(r"[A-Za-z_][A-Za-z0-9_.-]{0,200}")
_MAX_DEPTH = 400  # a page nests some 30 elements; libxml2 itself stops reading at 2048


def _parser(**options: Any) -> Any:
    return etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, **options
    )


def tree_of(markup: str) -> Element | None:
    """Return the root element of markup however deep it is nested, None when there is none in it.

    Raises XMLSyntaxError or AssertionError for what lxml cannot read.

    >>> tree_of("<p>四个强化<p>夯实").findtext(".//p")
    '四个强化'
    """
    utf8 = without_long_tags(markup.replace("\0", "")).encode("utf-8", "replace")
    parser = _parser()
    root = etree.fromstring(utf8, parser)
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        root = etree.fromstring(utf8, _parser(target=_ShallowTree()))
    return root


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
