"""What a page says itself of the page after it: a link called 下一页, an arrow, the numbers of a bar or a select.

Many lists write no href: the address stands in a script of the link (`onclick="location.href='index_2.html'"`) or in an
attribute that a script reads (`tagname`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lazy_re import lazy_re
from pipeline.markup import Element
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.list_pages import Link, page_base, short_text, some_of
from pipeline.sources.crawl.page_numbers import turns

_NEXT_RE = lazy_re(r"(?:下一?|[后後]一?)[页頁]|next(?:page)?", re.IGNORECASE)
_ARROW_RE = lazy_re(r"[\[【（(]?[>›»＞→]{1,3}[…\]】)）]?")
_AROUND = "[]【】()（）<>‹›«»＜＞←→…|"
_NUMBER_RE = lazy_re(r"[\[【第]?(?P<number>[0-9]{1,5})[\]】页頁]?")
_QUOTED_RE = lazy_re(r"[\"'](?P<address>[^\"'\s<>]{1,1000})[\"']")
# an address that a script or an attribute names; the number of the page stands in it
_ADDRESS_RE = lazy_re(
    r"(?=[^\d]{0,1000}\d)(?:https?://|\.{0,2}/|\?|[\w./%-]{1,300}\.(?:s?html?|jhtml|jspx?|aspx?|php|do|action)(?![\w.]))[^\[\]{}]{0,1000}",
    re.IGNORECASE,
)
_ATTRIBUTES = ("tagname", "data-href", "data-url", "onclick")
_MAX_SCRIPT = 2000  # characters of an attribute


def said_next(url: str, root: Element, *, charset: str = "utf-8") -> str | None:
    """Return the address of a link called 下一页, else of an arrow that leads one page further, or None.

    >>> from pipeline.sources.crawl.list_pages import parse_page
    >>> page = '<a href="/ldzc/">&gt;&gt;</a><a href="#" onclick="location.href=\\'index_2.html\\'">下一页</a>'
    >>> said_next("http://www.qingxi.gov.cn/zwgk/", parse_page(page))
    'http://www.qingxi.gov.cn/zwgk/index_2.html'
    """
    base, by_arrow = page_base(root, url), None
    elements = root.iter("a", "link", "button", "input", "span", "li")
    for element in some_of(e for e in elements if e.tag in ("a", "link") or _names_an_address(e)):
        is_called, is_arrow = _called_next(element)
        if not (is_called or (is_arrow and by_arrow is None)):
            continue
        found = (normalised(address, base, charset=charset) for address in _addresses(element))
        targets = [target for target in found if target is not None and target != url]
        if is_called and targets:
            return targets[0]
        by_arrow = by_arrow or next((target for target in targets if turns(target, url)), None)
    return by_arrow


def _names_an_address(element: Element) -> bool:
    """Tell whether an element has an attribute in which a script may find an address."""
    return any(element.get(name) for name in _ATTRIBUTES)


def _called_next(element: Element) -> tuple[bool, bool]:
    """Tell whether an element is called 下一页, in its words, its title or its picture; and whether it is an arrow."""
    said = [
        "".join(words.split())[:20]
        for words in (short_text(element) or "", element.get("title") or "")
        if words
    ]
    if element.tag == "input":
        said.append("".join((element.get("value") or "").split())[:20])
    if not any(said):
        said += [
            (picture.get("alt") or picture.get("title") or "")[:20] for picture in element.findall("img")
        ]
    is_called = any(_NEXT_RE.fullmatch(words.strip(_AROUND)) for words in said)
    marks = f"{element.get('rel') or ''} {element.get('class') or ''}"[:200].lower().split()
    return is_called, "next" in marks or any(_ARROW_RE.fullmatch(words) for words in said)


def _addresses(element: Element) -> Iterator[str]:
    """Yield the addresses that an element may lead to, its href first."""
    address = (element.get("href") or "").strip()
    if address.lower().startswith("javascript:"):
        yield from _in_script(address)
    elif address and not address.startswith("#"):
        yield address
    for name in _ATTRIBUTES:
        value = (element.get(name) or "").strip()[:_MAX_SCRIPT]
        if name == "onclick":
            yield from _in_script(value)
        elif _ADDRESS_RE.fullmatch(value):
            yield value


def _in_script(script: str) -> Iterator[str]:
    yield from filter(_ADDRESS_RE.fullmatch, quoted(script))


def quoted(script: str) -> Iterator[str]:
    """Yield what stands in quotation marks in the script of a link.

    >>> list(quoted("window.open('/f/b.pdf')"))
    ['/f/b.pdf']
    """
    for match in _QUOTED_RE.finditer(script[:_MAX_SCRIPT]):
        yield match["address"]


def numbered_links(url: str, root: Element, *, charset: str = "utf-8") -> list[Link]:
    """Return the numbers of a bar of pages or of a select whose addresses stand in no href.

    >>> from pipeline.sources.crawl.list_pages import parse_page
    >>> page = parse_page('<select><option value="index.html">1</option><option value="index_2.html">2</option></select>')
    >>> [(link.text, link.url) for link in numbered_links("http://www.qingxi.gov.cn/zwgk/", page)]
    [('2', 'http://www.qingxi.gov.cn/zwgk/index_2.html')]
    """
    base, found = page_base(root, url), []
    elements = root.iter("a", "option", "button", "span", "li")
    for element in some_of(e for e in elements if e.get("value") or e.get("href") or _names_an_address(e)):
        value = (element.get("value") or "").strip()[:_MAX_SCRIPT] if element.tag == "option" else ""
        number = _NUMBER_RE.fullmatch("".join((short_text(element) or "").split()))
        if number is None:
            continue
        addresses = [value] if _ADDRESS_RE.fullmatch(value) else list(_addresses(element))
        target = normalised(addresses[0], base, charset=charset) if addresses else None
        if target is not None:
            found.append(Link(target, number["number"], None))
    return found
