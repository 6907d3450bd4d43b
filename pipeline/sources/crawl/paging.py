"""The next page of a list: as a link says it, as a script would build it, or as the number in the address goes on.

A next page is only named when the page itself shows that it exists: by a link to it or by a number of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.list_pages import Element, Link, short_text

NEXT_RE = re.compile(
    r"(?:下一?[页頁]|[后後]一?[页頁]|next(?:\s?page)?|[>›»＞])[\s>›»＞…\]】)）]{0,4}", re.IGNORECASE
)
# TRS and its heirs: createPageHTML(20, 0, "index", "html"), createPageHTML('page_div', 20, 1, 'list', 'shtml', 300)
CREATE_RE = re.compile(r"createPageHTML\w{0,10}\s{0,4}\((?P<arguments>[^()]{3,300})\)", re.IGNORECASE)
SCRIPT_COUNT_RE = re.compile(
    r"\b(?:countPage|pageCount|totalPages?|total_page|pagesTotal|maxPage|(?<=\")pages(?=\"))\b[\"']?\s{0,4}[=:]\s{0,4}[\"']?(?P<count>\d{1,6})\b",
    re.IGNORECASE,
)  # var countPage = 20
WORDS_COUNT_RE = re.compile(
    r"(?:共|\d\s{0,2}/)\s{0,4}(?:<[^<>]{1,80}>)?\s{0,4}(?P<count>\d{1,6})\s{0,4}(?:</[^<>]{1,20}>)?\s{0,4}[页頁]"
)  # 共20页, 1/20页
CURRENT_RE = re.compile(
    r"(?:\b(?:currentPage|curPage|pageIndex|pageNo|current_page)\b[\"']?\s{0,4}[=:]\s{0,4}[\"']?|第\s{0,4}(?=\d{1,6}\s{0,4}[页頁]))"
    r"(?P<current>\d{1,6})(?!\d)",
    re.IGNORECASE,
)  # var currentPage = 3; 第3页
PAGE_PARAMETERS = frozenset(
    {
        "page",
        "p",
        "pageno",
        "pagenum",
        "pageindex",
        "pagenumber",
        "currentpage",
        "curpage",
        "page_no",
        "pn",
        "paged",
    }
)
NUMBERED_RE = re.compile(
    r"(?P<stem>[A-Za-z]{1,20}?)(?P<mark>[_-]?)(?P<number>\d{1,5})(?P<ext>\.\w{2,5})"
)  # index_2.html
PLAIN_RE = re.compile(r"(?P<stem>[A-Za-z]{1,20})(?P<ext>\.s?html?)")  # index.html
# 大汉 jcms: $('#12').jpage({proxyUrl: '/module/web/jpage/dataproxy.jsp', perPage: 15, totalRecord: 345, ajaxParam: {…}})
JPAGE_RE = re.compile(r"\.jpage\s{0,4}\(\s{0,4}\{")
_MAX_CALL = 4000  # characters of a call
OPTION_RE = re.compile(
    r"\b(?P<name>\w{1,30})\s{0,4}:\s{0,4}(?:'(?P<quoted>[^']{0,300})'|\"(?P<double>[^\"]{0,300})\"|(?P<bare>\d{1,9}))"
)
# what jcms puts before the records: <nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2&…"></a>]]></nextgroup>
NEXT_GROUP_RE = re.compile(
    r"<nextgroup>\s{0,40}<!\[CDATA\[\s{0,40}<a\b[^<>]{0,40}\bhref=[\"'](?P<url>[^\"'<>]{1,1900})[\"']",
    re.IGNORECASE,
)
TOTAL_RECORD_RE = re.compile(r"<totalrecord>\s{0,9}(?P<total>\d{1,9})", re.IGNORECASE)
_OWN_OPTIONS = frozenset(
    {
        "proxyurl",
        "perpage",
        "totalrecord",
        "groupsize",
        "opencookies",
        "contentui",
        "ajaxparam",
        "barposition",
    }
)
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
        _jpage(url, text),
        _created(url, text),
        _counted(url, text),
        _linked(url, links),
    )
    return next((found for found in ways if found and found != url), None)


def is_paging(url: str, base: str) -> bool:
    """Tell whether an address is another page of the list at `base`, by its number alone.

    >>> is_paging("http://www.qingxi.gov.cn/zwgk/index_3.html", "http://www.qingxi.gov.cn/zwgk/")
    True
    """
    one, other = _place(url), _place(base)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


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
    place, current = _place(url), next(iter(sorted(stated)), None)
    name = urlsplit(url).path.rpartition("/")[2] or "index.html"
    file = NUMBERED_RE.fullmatch(name) or PLAIN_RE.fullmatch(name)
    if current is not None and file is not None and "countPage" in text:
        return _numbered(url, file["stem"], file["ext"][1:], count, current, counts_from_zero=True)
    if place is None or place[1] is None or place[1] >= count:
        return None
    # list_12.html may be the list of column 12: the page must say that it is page 12
    is_page = bool(urlsplit(url).query) or bool({place[1], place[1] + 1} & stated)
    return _with_number(url, place[1] + 1) if is_page else None


def _numbered(
    url: str, stem: str, ext: str, count: int, current: int, *, counts_from_zero: bool
) -> str | None:
    """File names of the TRS kind: with pages counted from 0 the second is index_1, counted from 1 it is index_2."""
    is_first = NUMBERED_RE.fullmatch(urlsplit(url).path.rpartition("/")[2]) is None
    last = count - 1 if counts_from_zero and not (is_first and current == 1) else count
    return normalised(f"{stem}_{current + 1}.{ext}", url) if current < last else None


def _linked(url: str, links: list[Link]) -> str | None:
    """A link whose address is this one with the next number, and whose words are that number."""
    place = _place(url)
    if place is None:
        return None
    key, number = place
    others: dict[int, str] = {}
    for link in links:
        other = _place(link.url)
        number_of = other[1] if other is not None and other[0] == key else None
        if number_of is not None and link.text.strip("[]【】 ") in (str(number_of), str(number_of + 1)):
            others[number_of] = link.url
    if number is not None:
        return others.get(number + 1)
    first = min(others, default=0)
    return others[first] if first in (1, 2) else None


def page_number(query: str) -> tuple[list[str], int]:
    """Return a query without its number of a page, and that number, 0 where there is none.

    >>> page_number("id=77&page=2"), page_number("")
    ((['id=77'], 2), ([], 0))
    """
    parts = [part.partition("=") for part in query.split("&") if part]
    numbers = [value for key, _, value in parts if key.lower() in PAGE_PARAMETERS]
    number = int(numbers[0]) if numbers and re.fullmatch(r"[0-9]{1,6}", numbers[0]) else 0
    return ["".join(part) for part in parts if part[0].lower() not in PAGE_PARAMETERS], number


def _place(url: str) -> tuple[tuple[str, ...], int | None] | None:
    """Return what the pages of one list have in common, and the number of this one."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    if parts.query:
        pairs = parse_qsl(parts.query, keep_blank_values=True) if parts.query.count("&") < 50 else []
        numbers = [value for key, value in pairs if key.lower() in PAGE_PARAMETERS]
        rest = [f"{key}={value}" for key, value in pairs if key.lower() not in PAGE_PARAMETERS]
        if numbers and not re.fullmatch(r"\d{1,6}", numbers[0]):
            return None
        return (parts.netloc, parts.path, "?", *rest), int(numbers[0]) if numbers else None
    match = NUMBERED_RE.fullmatch(name)
    if match is not None:
        return (parts.netloc, folder, match["stem"].lower()), int(match["number"])
    plain = PLAIN_RE.fullmatch(name)
    if plain is None and name:
        return (parts.netloc, parts.path, "?"), None
    return (parts.netloc, folder, plain["stem"].lower() if plain else "index"), None


def _with_number(url: str, number: int) -> str | None:
    parts = urlsplit(url)
    if parts.query:
        pairs = [part.partition("=") for part in parts.query.split("&")]
        asked = [
            f"{key}={number}" if key.lower() in PAGE_PARAMETERS else key + mark + value
            for key, mark, value in pairs
        ]
        return normalised(urlunsplit(parts._replace(query="&".join(asked))))
    folder, _, name = parts.path.rpartition("/")
    match = NUMBERED_RE.fullmatch(name)
    if match is None:
        return None
    return normalised(
        urlunsplit(parts._replace(path=f"{folder}/{match['stem']}{match['mark']}{number}{match['ext']}"))
    )


def _jpage(url: str, text: str) -> str | None:
    """The next records of a jpage list without <nextgroup>: the page holds the first groups, a program gives the rest."""
    query = dict(parse_qsl(urlsplit(url).query)) if urlsplit(url).query.count("&") < 50 else {}
    if {"startrecord", "endrecord", "perpage"} <= query.keys():
        total = TOTAL_RECORD_RE.search(text)
        start, end = (query[name] for name in ("startrecord", "endrecord"))
        if not (total and start.isdigit() and end.isdigit() and int(end) < int(total["total"])):
            return None
        step = int(end) - int(start) + 1
        query |= {
            "startrecord": str(int(end) + 1),
            "endrecord": str(min(int(end) + step, int(total["total"]))),
        }
        return normalised(urlunsplit(urlsplit(url)._replace(query=urlencode(query))))
    call = JPAGE_RE.search(text)
    options = dict(_options(text[call.end() : call.end() + _MAX_CALL].partition("})")[0])) if call else {}
    proxy, per_page, total_record = (options.get(n, "") for n in ("proxyUrl", "perPage", "totalRecord"))
    if not (proxy and per_page.isdigit() and total_record.isdigit()):
        return None
    groups = options.get("groupSize", "3")
    shown = int(per_page) * (int(groups) if groups.isdigit() else 3)
    if not 0 < shown < int(total_record):
        return None
    asked = {"startrecord": shown + 1, "endrecord": min(2 * shown, int(total_record)), "perpage": per_page}
    rest = {name: value for name, value in options.items() if name.lower() not in _OWN_OPTIONS}
    return normalised(f"{proxy}?{urlencode({**asked, **rest})}", url)


def _options(body: str) -> Iterator[tuple[str, str]]:
    for match in OPTION_RE.finditer(body):
        yield match["name"], match["quoted"] or match["double"] or match["bare"] or ""
