"""Between the crawler and the network: the gate, the store, unpacking with a limit, back-off, the pace.

The order (in `__init__`): the gate sees every request first, robots.txt included; the store answers what this crawl
already has, and keeps every other answer before anything else looks at it.
"""

from __future__ import annotations

import asyncio
import email.utils
import time
from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.responsetypes import responsetypes

from pipeline.sources.crawl.addresses import is_public, refusal
from pipeline.sources.crawl.warc_scan import Capture
from pipeline.sources.crawl.warc_store import Answer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipeline.sources.crawl.spider import SiteSpider

_FIRST_WAIT, _LONGEST_WAIT = 2.0, 120.0  # seconds before a failed page is asked again
FROM_STORE = "from-store"


class Refused(IgnoreRequest):
    """A request that must not be made; the text is the reason."""


class TooLarge(IgnoreRequest):
    """An answer over the limit of bytes."""


def spider_of(crawler: Crawler) -> SiteSpider:
    """Return the spider of a crawler."""
    spider: Any = crawler.spider
    return spider  # type: ignore[no-any-return]


class Gate:
    """Lets nothing through but the allowed hosts."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gate:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        site = spider_of(self._crawler).site
        reason = refusal(request.url, site.hosts, allow_private=site.allow_private)
        if reason is not None:
            raise Refused(reason)
        request.meta["download_slot"] = request.url.split("/")[2]  # a pace for every host and port
        request.meta.pop("proxy", None)


class Store:
    """Answers from the WARC files what this crawl has stored, and stores every other answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        spider = spider_of(self._crawler)
        found = spider.store.settled(request.url)
        earlier = spider.store.earlier(request.url)
        is_article = request.meta["kind"] in ("article", "attachment")
        if found is None and earlier is not None and is_article and not spider.site.recheck:
            found = earlier
        if found is not None:
            if found.error:
                raise TooLarge(found.error)
            spider.report.from_store += 1
            return self._stored(found, request)
        if earlier is not None and is_article:
            for name, value in (
                ("If-None-Match", earlier.etag),
                ("If-Modified-Since", earlier.last_modified),
            ):
                if value:
                    request.headers[name] = value
        return None

    def _stored(self, capture: Capture, request: Request) -> Response:
        status, headers, body = spider_of(self._crawler).store.load(capture)
        if request.meta["kind"] == "start" and status == 200:
            request.meta["kind"] = capture.kind
        kept: dict[str, list[str]] = {}
        for name, value in headers:
            kept.setdefault(name, []).append(value)
        kind = responsetypes.from_args(headers={}, url=request.url, body=body)
        return kind(request.url, status=status, headers=kept, body=body, flags=[FROM_STORE], request=request)

    def process_response(self, request: Request, response: Response) -> Response:
        spider = spider_of(self._crawler)
        if FROM_STORE in response.flags:
            return response
        if response.ip_address and not (spider.site.allow_private or is_public(str(response.ip_address))):
            raise Refused("a name of a private address")
        if request.meta["kind"] == "start" and response.status == 200:
            request.meta["kind"] = spider.kind_of_start(response)
        answer = _answer(request, response)
        spider.report.fetched += 1
        earlier = spider.store.earlier(request.url)
        try:
            if response.status == 304 and earlier is not None:
                capture = spider.store.put_unchanged(answer, earlier)
                response = self._stored(capture, request)
            else:
                capture = spider.store.put(answer)
        except OSError:  # a full disk: no use in asking for more
            spider.end("nothing can be stored")
            raise
        spider.report.unchanged += capture.is_revisit
        spider.count_bytes(0 if capture.is_revisit and answer.status == 304 else len(answer.body))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Keep the reason why there is no answer where asking again would only give it again."""
        if type(exception).__name__ == "DownloadCancelledError":
            spider = spider_of(self._crawler)
            error = TooLarge(f"more than {spider.site.max_bytes:,} bytes")
            keep_failure(spider, request, error)
            raise error from exception


def keep_failure(spider: SiteSpider, request: Request, error: TooLarge) -> None:
    """Store that an address is too large to be kept."""
    spider.store.put_failure(_answer(request, Response(request.url, status=0), str(error)))


def _answer(request: Request, response: Response, error: str = "") -> Answer:
    meta = request.meta
    path = "/" + request.url.split("/", 3)[3] if request.url.count("/") > 2 else "/"
    sent = [f"{request.method} {path} HTTP/1.1", f"Host: {request.url.split('/')[2]}"]
    sent += [f"{_text(name)}: {_text(value)}" for name, values in request.headers.items() for value in values]
    headers = [(_text(name), _text(value)) for name, values in response.headers.items() for value in values]
    return Answer(
        url=request.url, status=response.status, headers=headers, body=response.body,
        request="\r\n".join([*sent, "", ""]), kind="list" if meta["kind"] == "start" else meta["kind"], site=meta.get("site", ""),
        linked_from=meta.get("linked_from", ""), link_text=meta.get("link_text", ""),
        via_document=meta.get("via_document", ""), ip_address=str(response.ip_address or ""),
        content_encoding=meta.get("content_encoding", ""), error=error,
    )  # fmt: skip


def _text(value: bytes | str) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


class Unpacking(HttpCompressionMiddleware):
    """Unpacks what a server sent packed, never to more than the limit of bytes."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    def process_response(
        self, request: Request, response: Response, spider: Any = None
    ) -> Request | Response:
        encoding = response.headers.get("Content-Encoding")
        if encoding and FROM_STORE not in response.flags:
            request.meta["content_encoding"] = _text(encoding)
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            too_large = TooLarge("unpacks to more than the limit of bytes")
            keep_failure(spider_of(self._crawler), request, too_large)
            raise too_large from error


class BackingOff(RetryMiddleware):
    """Asks again after a server's failure, each time after a longer wait, or after the wait the server names."""

    async def process_response(  # type: ignore[override]  # Scrapy takes either
        self, request: Request, response: Response, spider: Any = None
    ) -> Any:
        again = super().process_response(request, response) if FROM_STORE not in response.flags else response
        if isinstance(again, Request):
            await asyncio.sleep(self._wait(request, response))
        return again

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception, spider: Any = None
    ) -> Any:
        if spider_of(self.crawler).is_refused_name(request.url):
            return None
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            await asyncio.sleep(self._wait(request, None))
        return again

    def _wait(self, request: Request, response: Response | None) -> float:
        least = spider_of(self.crawler).site.delay
        wait = min(_FIRST_WAIT, 2 * least) * 2 ** int(request.meta.get("retry_times", 0))
        asked = (
            _retry_after(_text(response.headers.get("Retry-After") or b"")) if response is not None else 0.0
        )
        return float(min(max(wait, asked, least), _LONGEST_WAIT))


def _retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header names, as a number or a date.

    >>> _retry_after("120"), _retry_after("soon")
    (120.0, 0.0)
    """
    if value.strip().isdecimal():
        return float(min(int(value.strip()[:9]), 86_400))
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0


class Pace(AutoThrottle):
    """Waits longer for slow servers, and never less than robots.txt asks for (Crawl-delay)."""

    def _response_downloaded(self, response: Response, request: Request, spider: Any) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        downloader: Any = self.crawler.engine.downloader if self.crawler.engine else None
        if slot is not None and downloader is not None:
            slot.delay = max(slot.delay, downloader.per_slot_settings.get(key, {}).get("delay", 0.0))


def set_least_delay(crawler: Crawler, netloc: str, seconds: float) -> None:
    """Make the pace of a host at least this slow, from now on and exactly (no random part)."""
    downloader: Any = crawler.engine.downloader if crawler.engine else None
    if downloader is None:
        return
    downloader.per_slot_settings[netloc] = {"delay": seconds, "jitter": 0.0, "concurrency": 1}
    slot = downloader.slots.get(netloc)
    if slot is not None:
        slot.delay, slot.jitter = max(slot.delay, seconds), 0.0
