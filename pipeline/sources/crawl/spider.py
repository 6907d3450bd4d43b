"""The walk through one site: from its start pages along lists to articles and their attachments.

One request at a time and first come, first served: the order of the walk depends on nothing but the pages, so that
a crawl that was interrupted walks the same way again, through the store, to where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Spider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from pipeline.errors import PipelineError, bug_letter
from pipeline.records import document_id
from pipeline.sources.crawl.addresses import from_header, normalised, refusal
from pipeline.sources.crawl.article_pages import further_pages
from pipeline.sources.crawl.asking import Refused
from pipeline.sources.crawl.attachments import attachment_links
from pipeline.sources.crawl.choosing import Choice, leads_home
from pipeline.sources.crawl.failures import in_words
from pipeline.sources.crawl.list_pages import Link, page_links, pointer
from pipeline.sources.crawl.list_walk import OF_THE_LIST, ListWalk
from pipeline.sources.crawl.page_text import Page, PageText, ReadText, page_of, text_of
from pipeline.sources.crawl.paging import next_page
from pipeline.sources.crawl.report import Progress, SiteReport
from pipeline.sources.crawl.resolver import refused_address
from pipeline.sources.crawl.sites import Site
from pipeline.sources.crawl.warc_store import WarcStore

_MAX_REDIRECTS = 5
_MAX_PAGES_OF_ARTICLE = 60
_REDIRECTS = (301, 302, 303, 307, 308)


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
        self._lists = ListWalk(site, self._choice, report, self._seen)
        self._n_asked = self._n_bytes = 0
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
            read = self._text(response)
            page = page_of(response.url, read) if read is not None else None
            if page is not None:
                yield from self._follow(response, page)

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
                            **{name: meta[name] for name in OF_THE_LIST if name in meta})  # fmt: skip

    def _on(
        self, response: Response, links: list[Link], kind: str, *, depth: int, **meta: Any
    ) -> Iterator[Request]:
        meta.setdefault("linked_from", response.url)
        for link in links:
            request = self._request(link, kind, depth=depth, **meta)
            if request is not None:
                yield request

    def _text(self, response: Response) -> PageText | None:
        """Return a page as text, None for what is no page or cannot be read."""
        try:
            return text_of(response, self._read_text)
        except PipelineError:
            self.logger.warning("cannot be read as text: %s", response.url)
            return None

    def kind_of_start(self, response: Response) -> str:
        """Tell whether a start page is a list or itself an article."""
        read = self._text(response)
        if read is None:
            return "attachment"
        page = page_of(response.url, read)
        if page is None:
            return "list"
        links = page_links(page.root, page.url, charset=page.charset)
        is_list = any(self._choice.kind(link) for link in links) or next_page(
            page.url, page.root, page.text, links, charset=page.charset
        )
        return "list" if is_list or pointer(page.root, page.text, page.url) else "article"

    # --- where to go on -----------------------------------------------------------------------------------

    def _follow(self, response: Response, page: Page) -> Iterator[Request]:
        meta = response.meta
        hops = (*meta.get("hops", ()), response.url)
        target = pointer(page.root, page.text, page.url) if meta["kind"] != "attachment" else None
        if target is not None and target not in self._seen and len(hops) <= _MAX_REDIRECTS:
            yield from self._moved(response, target, hops)
        elif meta["kind"] == "list":
            for link, kind, depth, known in self._lists.onward(page, response.body, meta):
                yield from self._on(response, [link], kind, depth=depth, **known)
        elif meta["kind"] == "article":
            first = meta.get("via_document") or document_id(response.body)
            further = further_pages(page.url, page.root, page.text, charset=page.charset)
            pages = [link for link in further if not self._refusal(link.url)]
            if self.n_pages_of(first) < _MAX_PAGES_OF_ARTICLE:
                yield from self._on(response, pages, "article", depth=meta["depth"], via_document=first)
            if self.site.attachments:
                links = list(attachment_links(page.root, page.url, charset=page.charset))
                yield from self._on(response, links, "attachment", depth=meta["depth"], via_document=first)

    def n_pages_of(self, first: str) -> int:
        """Count one more page of the article with a doc_id, and return how many there were."""
        self._pages_of[first] += 1
        return self._pages_of[first] - 1

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
