"""How the network is asked: the gate that every request passes, the wait after a failure, the pace."""

from __future__ import annotations

import asyncio
import email.utils
import time
from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response

from pipeline.sources.crawl.addresses import refusal
from pipeline.sources.crawl.resolver import refused_address

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipeline.sources.crawl.spider import SiteSpider

FROM_STORE = "from-store"  # the flag of an answer that came from the WARC files
CUT_OFF = "dataloss"  # Scrapy's flag of an answer that is shorter than it says
_READ_AS_FAR = frozenset({"start", "list", "article"})  # pages, which are of use as far as they came
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 120.0  # seconds before a failed page is asked again


class Refused(IgnoreRequest):
    """A request that must not be made; the text is the reason."""


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
        if refused_address(request.url) is not None:
            return None
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            if type(exception).__name__ == "ResponseDataLossError" and request.meta["kind"] in _READ_AS_FAR:
                again.meta["download_fail_on_dataloss"] = False  # a length that is wrong is wrong again
            await asyncio.sleep(self._wait(request, None))
        return again

    def _wait(self, request: Request, response: Response | None) -> float:
        least = spider_of(self.crawler).site.delay
        wait = min(_FIRST_WAIT, 2 * least) * 2 ** int(request.meta.get("retry_times", 0))
        asked = (
            _retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"))
            if response is not None
            else 0.0
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
