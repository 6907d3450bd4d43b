"""The next page of a list: as a link says it, as a script would build it, or as the number in the address goes on.

A next page is only named when the page itself shows that it exists: by a link to it or by a number of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.lazy_re import lazy_re
from pipeline.markup import Element
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.jpage import NEXT_GROUP_RE, next_records
from pipeline.sources.crawl.list_pages import Link, page_base
from pipeline.sources.crawl.next_links import numbered_links, said_next
from pipeline.sources.crawl.page_numbers import NUMBERED_RE, PLAIN_RE, place_of, with_number

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
_MARK_RE = lazy_re(r"<!--|-->|<script\b|</script", re.IGNORECASE)
_MAX_SCRIPT = 400_000  # characters of a page in which a script is looked for


def next_page(
    url: str,
    root: Element,
    text: str,
    links: list[Link],
    *,
    charset: str = "utf-8",
    first: int | None = None,
) -> str | None:
    """Return the address of the page after this one of the same list, or None.

    `first` is what the first page of the list calls itself to its script (see `first_number`): a later page cannot tell.

    >>> from pipeline.sources.crawl.list_pages import page_links, parse_page
    >>> text = '<ul></ul><script>createPageHTML(20, 0, "index", "html");</script>'
    >>> next_page("http://www.qingxi.gov.cn/zwgk/", parse_page(text), text, [])
    'http://www.qingxi.gov.cn/zwgk/index_1.html'
    """
    text = without_comments(text[:_MAX_SCRIPT])
    group = NEXT_GROUP_RE.search(text)
    if group is not None:
        return normalised(group["url"], url)
    ways = (
        said_next(url, root, charset=charset),
        next_records(url, text),
        _created(url, page_base(root, url), text, first),
        _counted(url, text, first),
        _linked(url, [*links, *numbered_links(url, root, charset=charset)]),
    )
    return next((found for found in ways if found and found != url), None)


def without_comments(text: str) -> str:
    """Return a page without its comments of markup; a script that stands in one (`<script><!-- … -->`) is none.

    >>> without_comments('<!-- createPageHTML(9,8,"a","html") --><script><!--\\ncreatePageHTML(2,0,"a","html")//--></script>')
    '<script><!--\\ncreatePageHTML(2,0,"a","html")//--></script>'
    """
    kept, at, begun, is_script = [], 0, None, False
    for mark in _MARK_RE.finditer(text):
        said = mark.group().lower()
        if begun is not None:
            if said == "-->":
                kept.append(text[at:begun])
                at, begun = mark.end(), None
        elif is_script:
            is_script = said != "</script"
        elif said == "<!--":
            begun = mark.start()
        else:
            is_script = said == "<script"
    return "".join((*kept, text[at:]))


def _is_commented(before: str) -> bool:
    """Tell whether what follows stands in a comment of its script: behind // on its line, or behind /*."""
    line = before.rpartition("\n")[2].replace("://", "")
    return "//" in line or before.rfind("/*") > before.rfind("*/")


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
        if _is_commented(text[max(0, call.start() - 200) : call.start()]):
            continue
        arguments = [part.strip().strip("\"'") for part in call["arguments"].split(",")]
        numbers = [int(part) for part in arguments if part.isdecimal() and len(part) < 7]
        names = [part for part in arguments if re.fullmatch(r"[A-Za-z][\w-]{0,40}", part)]
        if len(numbers) >= 2 and len(names) >= 2 and re.fullmatch(r"s?html?|jsp|php|aspx?", names[-1]):
            yield Created(numbers[0], numbers[1], names[-2], names[-1], arguments[0].isdecimal())


def _created(url: str, base: str, text: str, first: int | None) -> str | None:
    """The next page as a script builds it."""
    for one in created_calls(text):
        guess = 0 if one.counts_from_zero else 1
        if one.current < _last(url, one.n_pages, one.current, first, guess):
            return normalised(f"{one.stem}_{one.current + 1}.{one.ext}", base)
    return None


def _counted(url: str, text: str, first: int | None) -> str | None:
    """A number of pages, in a script or in words, and an address whose number can go on."""
    count = _stated_count(text)
    stated = {int(m["current"]) for m in CURRENT_RE.finditer(text)}
    place, current = place_of(url), next(iter(sorted(stated)), None)
    name = urlsplit(url).path.rpartition("/")[2] or "index.html"
    file = NUMBERED_RE.fullmatch(name) or PLAIN_RE.fullmatch(name)
    if count and current is not None and file is not None and "countPage" in text:
        is_further = current < _last(url, count, current, first, 0)
        return normalised(f"{file['stem']}_{current + 1}{file['ext']}", url) if is_further else None
    if place is None or place[1] is None or place[1] >= count:
        return None
    # list_12.html may be the list of column 12: the page must say that it is page 12
    is_page = bool(urlsplit(url).query) or bool({place[1], place[1] + 1} & stated)
    return with_number(url, place[1] + 1) if is_page else None


def _stated_count(text: str) -> int:
    """How many pages a script or the words of a list say that there are, 0 where they say nothing."""
    found = (int(m["count"]) for pattern in (SCRIPT_COUNT_RE, WORDS_COUNT_RE) for m in pattern.finditer(text))
    return max(found, default=0)


def _is_unnumbered(url: str) -> bool:
    return NUMBERED_RE.fullmatch(urlsplit(url).path.rpartition("/")[2]) is None


def _last(url: str, count: int, current: int, first: int | None, guess: int) -> int:
    """The number of the last page. In TRS files pages count from 0: the second is index_1; others begin with 1."""
    if first is None and _is_unnumbered(url) and current in (0, 1):
        first = current
    return count - 1 + (guess if first is None else first)


def first_number(url: str, text: str) -> int | None:
    """Return whether the first page of a list calls itself 0 or 1 to its script, None where it says neither.

    >>> first_number("http://www.qingxi.gov.cn/zwgk/", 'createPageHTML(3, 1, "index", "html")')
    1
    """
    text = without_comments(text[:_MAX_SCRIPT])
    numbers = [call.current for call in created_calls(text)]
    numbers = numbers or [int(match["current"]) for match in CURRENT_RE.finditer(text)]
    return next((one for one in (0, 1) if one in numbers and _is_unnumbered(url)), None)


def stated_pages(text: str) -> int:
    """Return how many pages a list says that it has, 1 where it says nothing.

    >>> stated_pages('<div totalpage="2">共2页</div>'), stated_pages("<ul></ul>")
    (2, 1)
    """
    text = without_comments(text[:_MAX_SCRIPT])
    return max([1, _stated_count(text), *(call.n_pages for call in created_calls(text))])


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
