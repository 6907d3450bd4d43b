"""The next page of a list: as a link says it, as a script would build it, or as the number in the address goes on.

A next page is only named when the page itself shows that it exists: by a link to it or by a number of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.lazy_re import lazy_re
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.jpage import NEXT_GROUP_RE, next_records
from pipeline.sources.crawl.list_pages import Element, Link, short_text
from pipeline.sources.crawl.page_numbers import NUMBERED_RE, PLAIN_RE, place_of, with_number

NEXT_RE = lazy_re(
    r"(?:下一?[页頁]|[后後]一?[页頁]|next(?:\s?page)?|[>›»＞])[\s>›»＞…\]】)）]{0,4}", re.IGNORECASE
)
# TRS and its heirs: createPageHTML(20, 0, "index", "html"), createPageHTML('page_div', 20, 1, 'list', 'shtml', 300)
CREATE_RE = lazy_re(r"createPageHTML\w{0,10}\s{0,4}\((?P<arguments>[^()]{3,300})\)", re.IGNORECASE)
SCRIPT_COUNT_RE = lazy_re(
    r"\b(?:countPage|pageCount|totalPages?|total_page|pagesTotal|maxPage|(?<=\")pages(?=\"))\b[\"']?\s{0,4}[=:]\s{0,4}[\"']?(?P<count>\d{1,6})\b",
    re.IGNORECASE,
)  # var countPage = 20
WORDS_COUNT_RE = lazy_re(
    r"(?:共|\d\s{0,2}/)\s{0,4}(?:<[^<>]{1,80}>)?\s{0,4}(?P<count>\d{1,6})\s{0,4}(?:</[^<>]{1,20}>)?\s{0,4}[页頁]"
)  # 共20页, 1/20页
CURRENT_RE = lazy_re(
    r"(?:\b(?:currentPage|curPage|pageIndex|pageNo|current_page)\b[\"']?\s{0,4}[=:]\s{0,4}[\"']?|第\s{0,4}(?=\d{1,6}\s{0,4}[页頁]))"
    r"(?P<current>\d{1,6})(?!\d)",
    re.IGNORECASE,
)  # var currentPage = 3; 第3页
_MAX_SCRIPT = 400_000  # characters of a page in which a script is looked for


def next_page(url: str, root: Element, text: str, links: list[Link]) -> str | None:
    """Return the address of the page after this one of the same list, or None.

    >>> from pipeline.sources.crawl.list_pages import page_links, parse_page
    >>> text = '<ul></ul><script>createPageHTML(20, 0, "index", "html");</script>'
    >>> next_page("http://www.qingxi.gov.cn/zwgk/", parse_page(text), text, [])
    'http://www.qingxi.gov.cn/zwgk/index_1.html'
    """
    text = text[:_MAX_SCRIPT]
    group = NEXT_GROUP_RE.search(text)
    if group is not None:
        return normalised(group["url"], url)
    ways = (
        said_next(url, root),
        next_records(url, text),
        _created(url, text),
        _counted(url, text),
        _linked(url, links),
    )
    return next((found for found in ways if found and found != url), None)


def said_next(url: str, root: Element) -> str | None:
    """Return the address of a link called 下一页, or None."""
    for element in root.iter("a"):
        words = "".join((short_text(element) or "").split())[:20] or (element.get("title") or "").strip()[:20]
        address = element.get("href") or ""
        if NEXT_RE.fullmatch(words) and address and not address.startswith(("#", "javascript:")):
            return normalised(address, url)
    return None


class Created(NamedTuple):
    """A call of createPageHTML: how many pages, which this is, and how their files are called."""

    n_pages: int
    current: int
    stem: str
    ext: str
    counts_from_zero: bool  # with the place of the bar named first, pages count from 1


def created_calls(text: str) -> Iterator[Created]:
    """Yield the calls of a script that is told the number of pages and the name of the files."""
    for call in CREATE_RE.finditer(text[:_MAX_SCRIPT]):
        arguments = [part.strip().strip("\"'") for part in call["arguments"].split(",")]
        numbers = [int(part) for part in arguments if part.isdigit() and len(part) < 7]
        names = [part for part in arguments if re.fullmatch(r"[A-Za-z][\w-]{0,40}", part)]
        if len(numbers) >= 2 and len(names) >= 2 and re.fullmatch(r"s?html?|jsp|php|aspx?", names[-1]):
            yield Created(numbers[0], numbers[1], names[-2], names[-1], arguments[0].isdigit())


def _created(url: str, text: str) -> str | None:
    """The next page as a script builds it."""
    for one in created_calls(text):
        return _numbered(
            url, one.stem, one.ext, one.n_pages, one.current, counts_from_zero=one.counts_from_zero
        )
    return None


def _counted(url: str, text: str) -> str | None:
    """A number of pages, in a script or in words, and an address whose number can go on."""
    patterns = (SCRIPT_COUNT_RE, WORDS_COUNT_RE)
    counts = [int(m["count"]) for pattern in patterns for m in pattern.finditer(text)]
    if not counts:
        return None
    count, stated = max(counts), {int(m["current"]) for m in CURRENT_RE.finditer(text)}
    place, current = place_of(url), next(iter(sorted(stated)), None)
    name = urlsplit(url).path.rpartition("/")[2] or "index.html"
    file = NUMBERED_RE.fullmatch(name) or PLAIN_RE.fullmatch(name)
    if current is not None and file is not None and "countPage" in text:
        return _numbered(url, file["stem"], file["ext"][1:], count, current, counts_from_zero=True)
    if place is None or place[1] is None or place[1] >= count:
        return None
    # list_12.html may be the list of column 12: the page must say that it is page 12
    is_page = bool(urlsplit(url).query) or bool({place[1], place[1] + 1} & stated)
    return with_number(url, place[1] + 1) if is_page else None


def _numbered(
    url: str, stem: str, ext: str, count: int, current: int, *, counts_from_zero: bool
) -> str | None:
    """File names of the TRS kind: with pages counted from 0 the second is index_1, counted from 1 it is index_2."""
    is_first = NUMBERED_RE.fullmatch(urlsplit(url).path.rpartition("/")[2]) is None
    last = count - 1 if counts_from_zero and not (is_first and current == 1) else count
    return normalised(f"{stem}_{current + 1}.{ext}", url) if current < last else None


def _linked(url: str, links: list[Link]) -> str | None:
    """A link whose address is this one with the next number, and whose words are that number."""
    place = place_of(url)
    if place is None:
        return None
    key, number = place
    others: dict[int, str] = {}
    for link in links:
        other = place_of(link.url)
        number_of = other[1] if other is not None and other[0] == key else None
        if number_of is not None and link.text.strip("[]【】 ") in (str(number_of), str(number_of + 1)):
            others[number_of] = link.url
    if number is not None:
        return others.get(number + 1)
    first = min(others, default=0)
    return others[first] if first in (1, 2) else None
