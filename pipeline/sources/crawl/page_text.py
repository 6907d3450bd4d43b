"""Answers of a server as pages: their text, and the tree of their markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from scrapy.http import Response

from pipeline.lazy_re import lazy_re
from pipeline.markup import Element
from pipeline.sources.crawl.json_lists import listing
from pipeline.sources.crawl.list_pages import parse_page
from pipeline.sources.warc import http_charset

ReadText = Callable[[bytes, str | None], tuple[str, str]]  # bytes and declared charset -> text and encoding

_META_CHARSET_RE = lazy_re(rb"<meta[^>]{0,200}charset", re.IGNORECASE)
# a page that its server does not know for one (application/octet-stream)
_MARKUP_RE = lazy_re(
    rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype\s{1,9}html|html|head|body|meta|title)\b", re.IGNORECASE
)
_HEAD = 4096


class PageText(NamedTuple):
    """The text of a page, and the encoding it was read in."""

    text: str
    charset: str


class Page(NamedTuple):
    """A page with markup, and where it stands."""

    url: str
    root: Element
    text: str
    charset: str


def text_of(response: Response, read_text: ReadText) -> PageText | None:
    """Return a page as text, None for what is no page; raises PipelineError for what cannot be read as text."""
    content_type = (response.headers.get("Content-Type") or b"text/html").decode("latin-1").lower()
    is_text = any(kind in content_type for kind in ("html", "xml", "text/plain", "json"))
    if response.body[:5] == b"%PDF-" or not (is_text or _MARKUP_RE.match(response.body[:_HEAD])):
        return None
    declared = None if _META_CHARSET_RE.search(response.body[:_HEAD]) else http_charset(content_type)
    return PageText(*read_text(response.body, declared))


def page_of(url: str, read: PageText) -> Page | None:
    """Return a page, or a list that a program gives as JSON, with its tree; None for what holds no markup."""
    root = parse_page(listing(read.text) or read.text)
    return None if root is None else Page(url, root, *read)
