"""Attachments (附件): which links of an article lead to a file that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from pipeline.lazy_re import lazy_re
from pipeline.markup import Element
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.link_shapes import ATTACHMENT_SUFFIXES, shape
from pipeline.sources.crawl.list_pages import Link, page_base, page_links, short_text, some_of
from pipeline.sources.crawl.next_links import quoted

_FILE_RE = lazy_re(r"\.[A-Za-z0-9]{2,5}(?:\?|$)")
_VIEWER_PARAMETERS = frozenset({"file", "src", "url", "pdf"})


def attachment_links(root: Element, base: str, *, charset: str = "utf-8") -> Iterator[Link]:
    """Yield the files that a page links or shows in a viewer, each once.

    >>> from pipeline.sources.crawl.list_pages import parse_page
    >>> page = parse_page('<p>附件：<a href="P020230330.docx">任务分工表</a></p><a href="t20230330_1.html">上一篇</a>')
    >>> [(link.url, link.text) for link in attachment_links(page, "http://www.qingxi.gov.cn/zwgk/t20230329_9.html")]
    [('http://www.qingxi.gov.cn/zwgk/P020230330.docx', '任务分工表')]
    """
    seen = set()
    for link in page_links(root, base, charset=charset):
        url = _shown(link.url) or link.url
        is_file = link.kind == "attachment" or url != link.url
        is_called_one = link.text.startswith("附件") and link.kind not in ("article", "list")
        if (is_file or is_called_one) and url not in seen and url != base:
            seen.add(url)
            yield Link(url, link.text, "attachment", link.date)
    for link in _opened_by_scripts(root, base, charset):
        if link.url not in seen:
            seen.add(link.url)
            yield link


def _opened_by_scripts(root: Element, base: str, charset: str) -> Iterator[Link]:
    """Yield the files that a click opens by a script: onclick="window.open('/f/b.pdf')"."""
    base = page_base(root, base)
    elements = root.iter("a", "button", "input", "span", "td")
    for element in some_of(e for e in elements if e.get("href") or e.get("onclick")):
        address = element.get("href") or ""
        script = address if address.lower().startswith("javascript:") else ""
        for given in (*quoted(script), *quoted(element.get("onclick") or "")):
            url = normalised(given, base, charset=charset) if _FILE_RE.search(given) else None
            if url is not None and shape(url) == "attachment":
                yield Link(url, " ".join((short_text(element) or "").split()), "attachment")


def _shown(url: str) -> str | None:
    """Return the file that a viewer's address names: /pdfjs/viewer.html?file=/zwgk/P020230330.pdf."""
    parts = urlsplit(url)
    if "viewer" not in parts.path.lower() or not parts.query or parts.query.count("&") > 50:
        return None
    for name, value in parse_qsl(parts.query):
        if name.lower() in _VIEWER_PARAMETERS and value.lower().endswith(ATTACHMENT_SUFFIXES):
            return normalised(value, url)
    return None
