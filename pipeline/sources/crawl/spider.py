"""The walk through one site: from its start pages along lists to articles and their attachments.

One request at a time and first come, first served: the order of the walk depends on nothing but the pages, so that
a crawl that was interrupted walks the same way again, through the store, to where it stopped.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

from scrapy import Spider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from pipeline.errors import PipelineError, bug_letter
from pipeline.lazy_re import lazy_re
from pipeline.markup import Element
from pipeline.records import document_id
from pipeline.sources.crawl.addresses import from_header, normalised, refusal
from pipeline.sources.crawl.article_pages import further_pages
from pipeline.sources.crawl.asking import Refused
from pipeline.sources.crawl.attachments import attachment_links
from pipeline.sources.crawl.choosing import Choice, leads_home
from pipeline.sources.crawl.failures import in_words
from pipeline.sources.crawl.json_lists import listing
from pipeline.sources.crawl.link_shapes import pattern_of
from pipeline.sources.crawl.list_pages import Link, page_links, parse_page, pointer
from pipeline.sources.crawl.page_numbers import is_paging, place_of
from pipeline.sources.crawl.paging import first_number, next_page, stated_pages
from pipeline.sources.crawl.report import Progress, SiteReport
from pipeline.sources.crawl.resolver import refused_address
from pipeline.sources.crawl.sites import Site
from pipeline.sources.crawl.warc_store import WarcStore
from pipeline.sources.warc import http_charset

ReadText = Callable[[bytes, str | None], tuple[str, str]]  # bytes and declared charset -> text and encoding

_MAX_REDIRECTS = 5
_MAX_BARREN = 2  # lists in a row that hold no article: a calendar, a site map
_MAX_PAGES_OF_ARTICLE = 60
_MAX_VARIANTS = 200  # addresses of lists that differ only in their query
_REDIRECTS = (301, 302, 303, 307, 308)
_META_CHARSET_RE = lazy_re(rb"<meta[^>]{0,200}charset", re.IGNORECASE)
# a page that its server does not know for one (application/octet-stream)
_MARKUP_RE = lazy_re(
    rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype\s{1,9}html|html|head|body|meta|title)\b", re.IGNORECASE
)
_HEAD = 4096
_MAX_PATTERNS = 20  # of the addresses of one list's articles
_OF_THE_LIST = ("chain", "n_list", "first", "patterns")  # what a page of a list knows of the pages before it


def _tree(page: tuple[str, str] | None) -> Element | None:
    """Return the tree of a page, or of the list that a program gives as JSON; None for what holds no markup."""
    return parse_page(listing(page[0]) or page[0]) if page is not None else None


class SiteSpider(Spider):
    """Walks through one site."""

    name = "site"

    def __init__(
        self, *, site: Site, store: WarcStore, report: SiteReport, read_text: ReadText, progress: Progress
    ) -> None:
        super().__init__(name=site.name)
        self.site, self.store, self.report = site, store, report
        self._read_text, self._progress = read_text, progress
        self._choice = Choice(site)
        self._seen: set[str] = set()
        self._older: set[str] = set()
        self._n_asked = self._n_bytes = 0
        self._list_bodies: set[bytes] = set()
        self._variants: Counter[str] = Counter()
        self._pages_of: Counter[str] = Counter()

    # --- what is asked ------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Put all start pages at the head of the queue, before the first answer adds to it."""
        for start in dict.fromkeys(filter(None, map(normalised, self.site.starts))):
            request = self._request(Link(start, "", None), "start", depth=0)
            if request is not None and self.crawler.engine is not None:
                self.crawler.engine.crawl(request)
            else:
                self._fail(start, f"refused: {self._refusal(start)}")
        for request in ():
            yield request

    def _fail(self, url: str, reason: str) -> None:
        self.report.errors.append((url, reason))
        self.logger.warning("failed: %s: %s", url, reason)

    def _refusal(self, url: str) -> str | None:
        return refusal(url, self.site.hosts, allow_private=self.site.allow_private)

    def _request(self, link: Link, kind: str, *, depth: int, **meta: Any) -> Request | None:
        """Return the request for a link, None when it was made before or must not be made."""
        if link.url in self._seen:
            return None
        self._seen.add(link.url)
        reason = self._refusal(link.url)
        if reason is not None:
            self.report.refuse(reason, link.url)
            return None
        if 0 < self.site.max_pages <= self._n_asked:
            self.report.note(f"max_pages = {self.site.max_pages:,} reached")
            return None
        self._n_asked += 1
        meta |= {"kind": kind, "depth": depth, "site": self.site.name, "link_text": link.text[:200]}
        return Request(link.url, self.parse, errback=self.failed, meta=meta, dont_filter=True)

    # --- what comes back ----------------------------------------------------------------------------------

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Request]:
        """Yield what is to be asked behind an answer."""
        try:
            yield from self._behind(response)
        except (
            Exception
        ) as error:  # a bug of ours, which Scrapy would only write into its log: the page's links are lost
            self._fail(response.url, bug_letter(error))
        self._progress(self.report)

    def _behind(self, response: Response) -> Iterator[Request]:
        meta = response.meta
        if response.status in _REDIRECTS:
            yield from self._redirected(response)
        elif response.status != 200:
            self._fail(response.url, f"HTTP {response.status}")
        else:
            self.report.kinds[meta["kind"]] += 1
            if meta["depth"] == 0 and meta["kind"] == "article":
                self.report.note(f"{response.url} shows no list and was taken as an article")
            text = self._text(response)
            root = _tree(text)
            if text is not None and root is not None:
                yield from self._follow(response, root, *text)

    def failed(self, failure: Failure) -> None:
        """Count a request that brought nothing."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if isinstance(error, Refused):
            self.report.refuse(str(error), request.url)
            if request.meta["kind"] == "start":
                self._fail(request.url, f"refused: {error}")
        elif refused_address(request.url) is not None:
            self.report.refuse("a name of a private address", request.url)
            if request.meta["kind"] == "start":
                self._fail(request.url, f"refused: {in_words(error, request.url, self.site.timeout)}")
        else:
            self._fail(request.url, in_words(error, request.url, self.site.timeout))
        self._progress(self.report)

    def _redirected(self, response: Response) -> Iterator[Request]:
        meta = response.meta
        target = from_header(response.headers.get("Location"), response.url)
        hops = (*meta.get("hops", ()), response.url)
        if target is None:
            self._fail(response.url, "a redirect that leads nowhere")
        elif target in hops or len(hops) > _MAX_REDIRECTS:
            self._fail(response.url, "a redirect that goes round")
        elif meta["kind"] == "article" and leads_home(response.url, target):
            self._fail(response.url, "a redirect to the front page")
        else:
            yield from self._moved(response, target, hops)

    def _moved(self, response: Response, target: str, hops: tuple[str, ...]) -> Iterator[Request]:
        """Go on at another address with what was known of this one."""
        meta = response.meta
        if meta["depth"] == 0 and meta["kind"] != "article" and not meta.get("linked_from"):
            self._choice.widen(target)
            if self._refusal(target):
                self._fail(response.url, f"leads to {target}: {self._refusal(target)}, not among hosts")
        link = Link(target, meta["link_text"], None)
        yield from self._on(response, [link], meta["kind"], depth=meta["depth"], hops=hops,
                            linked_from=meta.get("linked_from", ""), via_document=meta.get("via_document", ""),
                            **{name: meta[name] for name in _OF_THE_LIST if name in meta})  # fmt: skip

    def _on(
        self, response: Response, links: list[Link], kind: str, *, depth: int, **meta: Any
    ) -> Iterator[Request]:
        meta.setdefault("linked_from", response.url)
        for link in links:
            request = self._request(link, kind, depth=depth, **meta)
            if request is not None:
                yield request

    def _text(self, response: Response) -> tuple[str, str] | None:
        """Return a page as text, with its encoding; None for what is no page."""
        content_type = (response.headers.get("Content-Type") or b"text/html").decode("latin-1").lower()
        is_text = any(kind in content_type for kind in ("html", "xml", "text/plain", "json"))
        if response.body[:5] == b"%PDF-" or not (is_text or _MARKUP_RE.match(response.body[:_HEAD])):
            return None
        declared = None if _META_CHARSET_RE.search(response.body[:_HEAD]) else http_charset(content_type)
        try:
            return self._read_text(response.body, declared)
        except PipelineError:
            self.logger.warning("cannot be read as text: %s", response.url)
            return None

    def kind_of_start(self, response: Response) -> str:
        """Tell whether a start page is a list or itself an article."""
        text = self._text(response)
        root = _tree(text)
        if text is None or root is None:
            return "list" if text is not None else "attachment"
        links = page_links(root, response.url, charset=text[1])
        is_list = any(self._choice.kind(link) for link in links) or next_page(
            response.url, root, text[0], links, charset=text[1]
        )
        return "list" if is_list or pointer(root, text[0], response.url) else "article"

    # --- where to go on -----------------------------------------------------------------------------------

    def _follow(self, response: Response, root: Element, text: str, encoding: str) -> Iterator[Request]:
        meta = response.meta
        hops = (*meta.get("hops", ()), response.url)
        target = pointer(root, text, response.url) if meta["kind"] != "attachment" else None
        if target is not None and target not in self._seen and len(hops) <= _MAX_REDIRECTS:
            yield from self._moved(response, target, hops)
        elif meta["kind"] == "list":
            yield from self._list(response, root, text, encoding)
        elif meta["kind"] == "article":
            first = meta.get("via_document") or document_id(response.body)
            pages = [
                link
                for link in further_pages(response.url, root, text, charset=encoding)
                if not self._refusal(link.url)
            ]
            if self.n_pages_of(first) < _MAX_PAGES_OF_ARTICLE:
                yield from self._on(response, pages, "article", depth=meta["depth"], via_document=first)
            if self.site.attachments:
                links = list(attachment_links(root, response.url, charset=encoding))
                yield from self._on(response, links, "attachment", depth=meta["depth"], via_document=first)

    def n_pages_of(self, first: str) -> int:
        """Count one more page of the article with a doc_id, and return how many there were."""
        self._pages_of[first] += 1
        return self._pages_of[first] - 1

    def _list(self, response: Response, root: Element, text: str, encoding: str) -> Iterator[Request]:
        meta = response.meta
        body = hashlib.blake2b(response.body, digest_size=16).digest()
        if body in self._list_bodies:
            return  # the same page under another address
        self._list_bodies.add(body)
        links = page_links(root, response.url, charset=encoding, patterns=meta.get("patterns", ()))
        kinds = [(link, self._choice.kind(link)) for link in links]
        articles = [link for link, kind in kinds if kind in ("article", "attachment")]
        recent = [link for link in articles if self._choice.is_recent(link)]
        self._count_older(link.url for link in articles if not self._choice.is_recent(link))
        for link in recent:
            yield from self._on(
                response, [link], self._choice.kind(link) or "article", depth=meta["depth"] + 1
            )
        barren = 0 if articles else meta.get("barren", 0) + 1
        if articles and recent:
            yield from self._next(response, root, (text, encoding), links, articles)
        if barren < _MAX_BARREN or meta["depth"] == 0:
            yield from self._further(response, [link for link, kind in kinds if kind == "list"], barren)

    def _count_older(self, urls: Iterable[str]) -> None:
        """Count articles that are left out because of `since`, each once."""
        for url in urls:
            if url not in self._older and url not in self._seen:
                self._older.add(url)
                self.report.refuse(f"older than {self.site.since}", url)

    def _next(
        self,
        response: Response,
        root: Element,
        page: tuple[str, str],
        links: list[Link],
        articles: list[Link],
    ) -> Iterator[Request]:
        """Go on at the next page of the list, unless this one says what an earlier one said."""
        meta, (text, charset) = response.meta, page
        first = meta["first"] if "first" in meta else first_number(response.url, text)
        following = next_page(response.url, root, text, links, charset=charset, first=first)
        shown = hashlib.blake2b(
            "\n".join(sorted(link.url for link in articles)).encode(), digest_size=8
        ).digest()
        chain, n_list = meta.get("chain", ()), meta.get("n_list", 1)
        if following is None or shown in chain:
            place = place_of(response.url)
            number = place[1] if place and place[1] else 0  # a start page may be one in the middle
            self.report.count_pages(response.url, max(n_list, number), stated_pages(text))
            return
        if n_list >= self.site.max_list_pages:
            self.report.note(f"max_list_pages = {self.site.max_list_pages:,} reached")
            return
        link = Link(following, "", "list")
        proven = [pattern_of(one.url) for one in articles if one.date and one.kind == "article"]
        patterns = tuple(dict.fromkeys((*meta.get("patterns", ()), *proven)))[:_MAX_PATTERNS]
        yield from self._on(response, [link], "list", depth=meta["depth"], chain=(*chain, shown), n_list=n_list + 1,
                            first=first, patterns=patterns)  # fmt: skip

    def _further(self, response: Response, lists: list[Link], barren: int) -> Iterator[Request]:
        depth = response.meta["depth"] + 1
        for link in lists:
            if link.url in self._seen or is_paging(link.url, response.url):
                continue
            if depth > self.site.max_depth:
                self.report.note(f"max_depth = {self.site.max_depth:,} reached")
                return
            path = link.url.partition("?")[0]
            self._variants[path] += 1
            if self._variants[path] > _MAX_VARIANTS:
                self.report.note(f"more than {_MAX_VARIANTS} addresses of one list")
                continue
            yield from self._on(response, [link], "list", depth=depth, barren=barren)

    # --- limits -------------------------------------------------------------------------------------------

    def count_bytes(self, n_bytes: int) -> None:
        """Count bytes that this crawl has fetched, now or before; the crawl of this site ends when they are too many."""
        self._n_bytes += n_bytes
        if 0 < self.site.max_total_bytes < self._n_bytes:
            self.report.note(f"max_total_bytes = {self.site.max_total_bytes:,} reached")
            self.end("limit of bytes")

    def end(self, reason: str) -> None:
        """End the crawl of this site."""
        import asyncio

        engine = self.crawler.engine
        if engine is not None and not getattr(self, "_ending", None):
            self._ending = asyncio.ensure_future(engine.close_spider_async(reason=reason))
