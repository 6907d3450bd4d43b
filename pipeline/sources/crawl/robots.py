"""robots.txt is obeyed (RFC 9309): none is consent, one that cannot be read is a refusal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy.http import Request

from pipeline.sources.crawl.addresses import from_header
from pipeline.sources.crawl.asking import Refused, set_least_delay, spider_of
from pipeline.sources.crawl.failures import in_words
from pipeline.sources.crawl.resolver import refused_address

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

NAME = "zhengce"
_MAX_ROBOTS = 512_000  # bytes of robots.txt that are read
_MAX_REDIRECTS = 5
_LONGEST_DELAY = 600.0  # seconds; a site that asks for more does not want to be crawled


class Robots:
    """Asks each host for its robots.txt once, keeps to it, and to its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: dict[str, asyncio.Future[Any]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta["kind"] == "robots":
            return
        parts = urlsplit(request.url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._asked:
            self._asked[place] = asyncio.ensure_future(self._rules(place))
        rules = await asyncio.shield(self._asked[place])
        if isinstance(rules, str):
            raise Refused(rules)
        if rules is not None and not rules.can_fetch(request.url, NAME):
            raise Refused("robots.txt")

    async def _rules(self, place: str) -> Protego | str | None:
        """Return the rules of a host, None when it has none, a text when it must not be asked at all."""
        url = f"{place}/robots.txt"
        engine = self._crawler.engine
        for _ in range(_MAX_REDIRECTS + 1):
            meta = {"kind": "robots", "site": spider_of(self._crawler).site.name}
            try:
                response = await engine.download_async(Request(url, meta=meta))
            except Refused as error:
                return None if not url.startswith(place) else str(error)
            except Exception as error:  # whatever keeps it from being read
                said = in_words(error, url, spider_of(self._crawler).site.timeout)
                return said if refused_address(url) is not None else f"robots.txt cannot be read ({said})"
            if response.status in (301, 302, 303, 307, 308):
                target = from_header(response.headers.get("Location"), url)
                if target is None:
                    return None
                url = target
                continue
            if response.status >= 500 or response.status == 429:
                return f"robots.txt cannot be read (HTTP {response.status})"
            if response.status != 200:
                return None
            rules = Protego.parse(response.body[:_MAX_ROBOTS].decode("utf-8-sig", errors="replace"))
            delay = float(rules.crawl_delay(NAME) or 0)
            if not 0 <= delay <= _LONGEST_DELAY:
                return f"robots.txt asks for a pause of {delay:,.0f} s"
            if delay:
                set_least_delay(self._crawler, urlsplit(place).netloc, delay)
            return rules
        return None
