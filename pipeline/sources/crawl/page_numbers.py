"""The number that an address gives to a page of a list: index_3.html, ?page=3."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pipeline.lazy_re import lazy_re
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.link_shapes import scope

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
_DIGITS_RE = lazy_re(r"([0-9]{1,9})")
_SECOND_RE = lazy_re(r"^\w{1,20}=[12]$")  # page=2
NUMBERED_RE = lazy_re(
    r"(?P<stem>[A-Za-z]{1,20}?)(?P<mark>[_-]?)(?P<number>\d{1,5})(?P<ext>\.\w{2,5})"
)  # index_2.html
PLAIN_RE = lazy_re(r"(?P<stem>[A-Za-z]{1,20})(?P<ext>\.(?:s?html?|jhtml))")  # index.html


def is_paging(url: str, base: str) -> bool:
    """Tell whether an address is another page of the list at `base`, by its number alone.

    >>> is_paging("http://www.qingxi.gov.cn/zwgk/index_3.html", "http://www.qingxi.gov.cn/zwgk/")
    True
    """
    one, other = place_of(url), place_of(base)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def turns(url: str, base: str) -> bool:
    """Tell whether an address is that of the list at `base` with its number one further, or of its second page.

    >>> [turns(f"http://www.qingxi.gov.cn/zwgk/{name}", "http://www.qingxi.gov.cn/zwgk/") for name in ("index_1.html", "ldzc/")]
    [True, False]
    """
    one, other = urlsplit(url), urlsplit(base)
    if one.netloc != other.netloc:
        return False
    mine, its = (_DIGITS_RE.split(f"{parts.path}?{parts.query}") for parts in (one, other))
    changed = [pair for pair in zip(mine, its, strict=False) if pair[0] != pair[1]]
    if len(mine) == len(its) and len(changed) == 1 and all(part.isdecimal() for part in changed[0]):
        return abs(int(changed[0][0]) - int(changed[0][1])) == 1
    return _is_second(url, base)


def _is_second(url: str, base: str) -> bool:
    """Tell whether an address is the one at `base` with the number of a second page, which may count down."""
    one, other = urlsplit(url), urlsplit(base)
    if one.path == other.path:
        added = list(filter(None, one.query.split("&")))
        for part in filter(None, other.query.split("&")):
            if part not in added:
                return False
            added.remove(part)
        return len(added) == 1 and _SECOND_RE.search(added[0]) is not None
    place, first = place_of(url), place_of(base)
    if place is not None and first is not None and place[0] == first[0] and first[1] is None:
        return place[1] in (1, 2)
    stem, _, ext = other.path.rpartition(".")
    if stem and re.fullmatch(rf"{re.escape(stem)}[_-]?[12]\.{re.escape(ext)}", one.path):
        return True
    folder, _, name = one.path.rpartition("/")
    return f"{one.netloc}{folder}/" == scope(base) and re.fullmatch(r"\d{1,5}\.\w{2,5}", name) is not None


def page_number(query: str) -> tuple[list[str], int]:
    """Return a query without its number of a page, and that number, 0 where there is none.

    >>> page_number("id=77&page=2"), page_number("")
    ((['id=77'], 2), ([], 0))
    """
    parts = [part.partition("=") for part in query.split("&") if part]
    numbers = [value for key, _, value in parts if key.lower() in PAGE_PARAMETERS]
    number = int(numbers[0]) if numbers and re.fullmatch(r"[0-9]{1,6}", numbers[0]) else 0
    return ["".join(part) for part in parts if part[0].lower() not in PAGE_PARAMETERS], number


def place_of(url: str) -> tuple[tuple[str, ...], int | None] | None:
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


def with_number(url: str, number: int) -> str | None:
    """Return the address of another page of the same list, None where it holds no number to be replaced."""
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
