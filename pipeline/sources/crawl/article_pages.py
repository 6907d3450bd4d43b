"""What else belongs to an article: its further pages (t20230330_12_1.html), and the frame that holds its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from pipeline.lazy_re import lazy_re
from pipeline.markup import Element
from pipeline.sources.crawl.addresses import normalised
from pipeline.sources.crawl.link_shapes import shape
from pipeline.sources.crawl.list_pages import Link, page_base, short_text, some_of
from pipeline.sources.crawl.next_links import said_next
from pipeline.sources.crawl.page_numbers import page_number
from pipeline.sources.crawl.paging import created_calls, without_comments

_NAME_RE = lazy_re(r"(?P<stem>[^/]*[^/_-])(?P<ext>\.\w{2,5})")
_PART_RE = lazy_re(r"(?P<stem>[^/]*[^/_-])[_-](?P<number>\d{1,2})(?P<ext>\.\w{2,5})")
_PAGE_WORD_RE = lazy_re(r"[2-9]|[1-9][0-9]")
_LEAST_TEXT = 200  # characters of Han: a page with fewer shows its text in a frame
_HAN_RE = lazy_re(r"[\u4e00-\u9fff]")
_MAX_TEXT = 1_000_000
_MAX_FRAMES = 20


def further_pages(url: str, root: Element, text: str, *, charset: str = "utf-8") -> Iterator[Link]:
    """Yield the next page of an article, and the frame with its text where the page itself has next to none.

    A page counts as the article's own only if its address is that of the article with a number more.

    >>> from pipeline.sources.crawl.list_pages import parse_page
    >>> text = '<p>正文</p><script>createPageHTML(3, 0, "t20230330_12", "html");</script>'
    >>> [link.url for link in further_pages("http://www.qingxi.gov.cn/zwgk/t20230330_12.html", parse_page(text), text)]
    ['http://www.qingxi.gov.cn/zwgk/t20230330_12_1.html']
    """
    following, base = _next_page(url, root, text, charset), page_base(root, url)
    if following is not None:
        yield Link(following, "", "article")
    if len(_HAN_RE.findall("".join(root.itertext())[:_MAX_TEXT])) < _LEAST_TEXT:
        for frame in islice(root.iter("iframe", "frame"), _MAX_FRAMES):
            shown = normalised(frame.get("src") or "about:", base, charset=charset)
            if shown is not None and shown != url and _holds_text(shown):
                yield Link(shown, (frame.get("title") or "").strip(), "article")


def _holds_text(shown: str) -> bool:
    """Say whether a frame is a page, and no viewer of a file, which is an attachment."""
    return "viewer" not in urlsplit(shown).path.lower() and shape(shown) not in ("attachment", "never")


def _next_page(url: str, root: Element, text: str, charset: str) -> str | None:
    found = said_next(url, root, charset=charset)
    if found is not None and _goes_on(found, url):
        return found
    base = page_base(root, url)
    for call in created_calls(without_comments(text)):
        last = call.n_pages - 1 if call.counts_from_zero else call.n_pages
        found = normalised(f"{call.stem}_{call.current + 1}.{call.ext}", base)
        if call.current < last and found is not None and _goes_on(found, url):
            return found
    return _numbered(url, root)


def _numbered(url: str, root: Element) -> str | None:
    """Return the next page of an article by links that are called 2, 3, 4."""
    base, found = page_base(root, url), dict[int, str]()
    for element in some_of(root.iter("a")):
        words = (short_text(element) or "").strip(" \t\r\n[]【】")
        address = normalised(element.get("href") or "", base) if _PAGE_WORD_RE.fullmatch(words) else None
        if address is not None and _goes_on(address, url):
            found.setdefault(int(words), address)
    return found[min(found)] if found else None


def _goes_on(found: str, url: str) -> bool:
    """Say whether an address is that of a later page of the same article."""
    one, other = urlsplit(found), urlsplit(url)
    if one.netloc != other.netloc:
        return False
    if one.query or other.query:
        (rest, number), (rest_of_url, current) = page_number(one.query), page_number(other.query)
        return one.path == other.path and rest == rest_of_url and number > current
    folder, _, name = one.path.rpartition("/")
    part = _PART_RE.fullmatch(name)
    if folder != other.path.rpartition("/")[0] or part is None:
        return False
    named = _NAME_RE.fullmatch(other.path.rpartition("/")[2])
    if named is not None and (named["stem"], named["ext"]) == (part["stem"], part["ext"]):
        return True
    before = _PART_RE.fullmatch(other.path.rpartition("/")[2])
    return (
        before is not None
        and (before["stem"], before["ext"]) == (part["stem"], part["ext"])
        and int(before["number"]) < int(part["number"])
    )
