"""List pages: which links of a page are articles, attachments or further lists, with their words and dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from lxml import etree

from pipeline.lazy_re import lazy_re
from pipeline.markup import Element, tree_of
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.link_shapes import line_date, names_a_file, pattern_of, shape, url_date

_MAX_LINKS, _MAX_ANCHORS = 5000, 20_000  # of one page: different ones, all
_MAX_LINE = 400  # characters of a list's line
_LEAST_WORDS = 4  # characters of an article's title
_LINKS_IN_A_ROW = 8
_LEAST_DATED = 3  # dated lines that make a list
_CATEGORY_RE = lazy_re(
    r"[\[【〔「（(][^\[\]【】]{1,12}[\]】〕」）)]"
)  # [通知公告] in front of a title: leads to a list
_ROWS = frozenset({"li", "tr", "dd", "dt", "dl", "p", "div", "td", "article", "section"})
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_REFRESH_RE = lazy_re(
    r"\d(?:\.\d{1,3})?\s{0,4}[;,]\s{0,4}url\s{0,4}=\s{0,4}[\"']?\s{0,4}(?P<url>[^\"'\s]{1,2000})",
    re.IGNORECASE,
)
_LOCATION_RE = lazy_re(
    r"\blocation(?:\.href)?\s{0,4}(?:=|\.(?:replace|assign)\()\s{0,4}[\"'](?P<url>[^\"'\s]{1,2000})[\"']"
)
_DATE_ALONE_RE = lazy_re(r"[\[（(【]?(?:19|20)\d{2}[-/.年 \d月日:]{4,20}[\]）)】]?")
_SHORT_PAGE = 4000  # characters of a page that is nothing but a pointer to another


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page: where to, its words, the date beside it, and what is behind it as far as can be told."""

    url: str
    text: str
    kind: str | None  # article, list, attachment
    date: datetime.date | None = None


def parse_page(text: str) -> Element | None:
    """Return the tree of a page, None when it holds no markup.

    Lists that a page keeps as XML for its script (`<![CDATA[<li>…</li>]]>`) become part of the tree.
    """
    parts, at = [], text.find(_CDATA)
    while at >= 0 and (end := text.find(_CDATA_END, at)) >= 0:
        parts.append(text[at + len(_CDATA) : end])
        at = text.find(_CDATA, end)
    root = _tree_of(re.sub(r"^\s{0,40}<\?xml[^>]{0,200}>", "", text))
    if root is not None and (inner := _tree_of("".join(parts))) is not None:
        root.append(inner)
    return root


def _tree_of(markup: str) -> Element | None:
    try:
        return tree_of(markup)
    except (etree.XMLSyntaxError, AssertionError):
        return None


def some_of(elements: Iterable[Any]) -> Iterator[Any]:
    """Yield of the elements that may lead somewhere as many as an honest page has: one of 32 MB has half a million."""
    return islice(elements, _MAX_ANCHORS)


def _words(element: Element) -> str:
    title = element.get("title") or ""
    words = " ".join((short_text(element) or "").split())
    return (title.strip() if words.endswith(("...", "…")) and title else words or title.strip())[:_MAX_LINE]


def _beside(element: Element) -> str:
    """Return the text of the row that a link stands in but for its own words, as long as no other title stands there."""
    beside, address, words = "", element.get("href"), short_text(element) or ""
    for _ in range(4):
        parent = element.getparent()
        if (
            parent is None
            or parent.tag in ("ul", "ol", "table", "tbody", "body")
            or _has_others(parent, address)
        ):
            break
        text = short_text(parent)
        if text is None:
            break
        beside, element = text.replace(words, " ", 1) if words else text, parent
        if parent.tag in _ROWS and line_date(beside):
            break
    return beside


def _has_others(row: Element, address: str | None) -> bool:
    """Tell whether a row holds another titled link; a row with very many links is no row of one."""
    for n_seen, other in enumerate(row.iter("a")):
        if n_seen > _LINKS_IN_A_ROW or (other.get("href") != address and _is_title(_words(other))):
            return True
    return False


def _is_title(words: str) -> bool:
    """Tell whether the words of a link may be the title of an article: long enough, and no category in brackets."""
    return len(words) >= _LEAST_WORDS and _CATEGORY_RE.fullmatch(words) is None


def _row_date(element: Element, url: str) -> datetime.date | None:
    """Return the date of a link: in a tag of its own, beside it or in its address; one in its words may be the title's."""
    alone = (line_date(part) for part in element.itertext() if _DATE_ALONE_RE.fullmatch(part.strip()))
    return (
        next(filter(None, alone), None)
        or line_date(_beside(element))
        or url_date(url)
        or line_date(short_text(element) or "")
    )


def short_text(element: Element) -> str | None:
    """Return the text in an element, None when it is longer than a line of a list."""
    parts, n_chars = [], 0
    for part in element.itertext():
        parts.append(part)
        n_chars += len(part)
        if n_chars > _MAX_LINE:
            return None
    return " ".join(parts)


def page_base(root: Element, url: str) -> str:
    """Return the address that the links of a page are relative to: its own, or what <base> says.

    >>> page_base(parse_page('<base href="/"><a href="zwgk/list_2.html">2</a>'), "http://www.qingxi.gov.cn/zwgk/list.html")
    'http://www.qingxi.gov.cn/'
    """
    stated = root.find(".//base[@href]")
    return (normalised(stated.get("href"), url) or url) if stated is not None else url


def page_links(
    root: Element, base: str, *, charset: str = "utf-8", patterns: Collection[str] = ()
) -> list[Link]:
    """Return the links of a page in its order, each address once, told apart by shape and by standing in a dated list.

    `patterns` are those of addresses that earlier pages of the list have shown to be articles (see `pattern_of`).

    >>> page = parse_page('<ul><li><a href="t20230330_1.html">关于印发方案的通知</a><span>2023-03-30</span></li></ul>')
    >>> [(link.kind, str(link.date), link.text) for link in page_links(page, "http://www.qingxi.gov.cn/zwgk/")]
    [('article', '2023-03-30', '关于印发方案的通知')]
    """
    base = page_base(root, base)
    found: dict[str, Link] = {}
    for element, address in some_of(_addresses(root)):
        url = normalised(address, base, charset=charset) if len(found) < _MAX_LINKS else None
        if url is None:
            continue
        text = _words(element)
        kind = shape(url)
        if kind == "never":
            continue
        if kind != "attachment" and names_a_file(text):
            kind = "attachment"
        date = None
        if element.tag == "a" and _is_title(text):
            date = _row_date(element, url)
        before = found.get(url)
        if before is None or (date and not before.date):
            found[url] = Link(url, text or (before.text if before else ""), kind, date)
    return _with_dated_lists(list(found.values()), patterns)


def _addresses(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter("a", "area", "iframe", "frame", "embed", "object"):
        name = {"a": "href", "area": "href", "object": "data"}.get(element.tag, "src")
        address = element.get(name)
        if address and not address.startswith(("#", "javascript:", "mailto:", "data:")):
            yield element, address


def _with_dated_lists(links: Sequence[Link], patterns: Collection[str]) -> list[Link]:
    """Dated links without a known shape are articles where there are several, or where earlier pages have shown them so."""
    n_dated = sum(1 for link in links if link.date and link.kind in (None, "article", "list"))
    return [
        replace(link, kind="article")
        if link.date
        and link.kind in (None, "list")
        and (n_dated >= _LEAST_DATED or pattern_of(link.url) in patterns)
        else link
        for link in links
    ]


def pointer(root: Element, text: str, base: str) -> str | None:
    """Return where a page that is nothing but a pointer leads (meta refresh within seconds, location.href), or None."""
    for meta in root.iter("meta"):
        if next(meta.iterancestors("noscript"), None) is not None:
            continue  # for browsers without scripts: where it says so, not where the page leads
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH_RE.match((meta.get("content") or "").strip()[:2100])
            if match:
                return normalised(match["url"], base)
    match = _LOCATION_RE.search(text) if len(text) < _SHORT_PAGE else None
    target = normalised(match["url"], base) if match else None
    if target is None:
        return None
    # 如未跳转请点击这里: a link to the same place
    links = {normalised(link.get("href"), base) for link in root.iter("a") if link.get("href")}
    return target if links <= {target, None} else None
