"""The crawler: `zhengce crawl`. Scrapy asks, WARC files keep, and an interrupted crawl walks on through what is kept.

sites     what is to be crawled; report counts what became of it, failures says why in words
the walk  spider asks and answers: page_text reads what came; list_walk goes on from a list, article_pages and attachments
          from an article; choosing says which links are followed
lists     list_pages finds links, link_shapes what they lead to; json_lists and jpage are lists that programs give
paging    the next page of a list: next_links, page_numbers
network   asking (gate, wait, pace), robots, addresses and resolver (what may be asked), head_limit
store     keeping stands between network and walk; warc_store writes warc_files (warc_records) and reads them back
          (warc_scan, warc_index); manifest lists them for people

Scrapy is an extra (`zhengce[crawl]`); only `crawl` imports it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.sources.crawl.report import CrawlSummary, Progress, SiteReport
from pipeline.sources.crawl.sites import Site, Sources, load_sources
from pipeline.sources.crawl.warc_store import WarcStore

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

__all__ = ["CrawlSummary", "SiteReport", "Sources", "crawl", "load_sources"]

FILE_BYTES = 64 * 1024 * 1024  # a run reads one WARC file in one worker: not too large
LOG = "crawl.log"
_SITES_AT_ONCE = 8
_ENDS = ("finished", "limit of bytes")  # of a site that need not be gone on with
_HERE = "pipeline.sources.crawl"
# Scrapy's own parts that are not wanted: they follow redirects, use proxies, ask for lists of domains, open ports
_OFF = ("offsite.OffsiteMiddleware", "robotstxt.RobotsTxtMiddleware", "httpauth.HttpAuthMiddleware",
        "retry.RetryMiddleware", "redirect.MetaRefreshMiddleware", "redirect.RedirectMiddleware",
        "cookies.CookiesMiddleware", "httpproxy.HttpProxyMiddleware", "httpcache.HttpCacheMiddleware",
        "httpcompression.HttpCompressionMiddleware")  # fmt: skip
_EXTENSIONS_OFF = ("telnet.TelnetConsole", "remote_control.RemoteControl", "throttle.AutoThrottle",
                   "feedexport.FeedExporter", "spiderstate.SpiderState", "memdebug.MemoryDebugger")  # fmt: skip


def crawl(
    sources: Sources,
    out: Path,
    *,
    decode: Callable[[bytes, str | None], Any],
    version: str = "",
    progress: Progress = lambda report: None,
    fresh: bool = False,
    file_bytes: int = FILE_BYTES,
    only: Sequence[str] = (),
) -> CrawlSummary:
    """Crawl sites into WARC files under `out`; one that was interrupted goes on, unless `fresh`.

    `only` names the sites that are asked now; the crawl ends when no other site that it has begun is left.
    `decode` reads bytes as text, as for pages; `version` goes into the User-Agent. Can be called once in a process.
    Raises SourceError when Scrapy is missing, or when the folder is in use or damaged.
    """
    process_class = _scrapy()
    agent = f"zhengce/{version}" + (f" (+{sources.contact})" if sources.contact else "")
    sites = [site for site in sources.sites if not only or site.name in only]
    reports = [SiteReport(site.name) for site in sites]
    with WarcStore(out, agent=agent, file_bytes=file_bytes, fresh=fresh) as store:
        process = process_class(_process_settings(sources, out, agent))

        def read_text(raw: bytes, declared: str | None) -> tuple[str, str]:
            decoded = decode(raw, declared)
            return decoded.text, decoded.encoding

        common = {"store": store, "read_text": read_text, "progress": progress}
        _run(process, list(zip(sites, reports, strict=True)), common)
        ended = [report.name for report in reports if report.ended in _ENDS]
        is_complete = len(ended) == len(reports)
        others = store.index.unfinished(site.name for site in sources.sites if site.name not in ended)
        if is_complete and not others:
            store.finish()
        else:
            for name in ended:
                store.finish_site(name)
        return CrawlSummary(
            out, store.crawl, store.is_continued, reports, is_complete, others if is_complete else []
        )


def _scrapy() -> type[AsyncCrawlerProcess]:
    try:
        from scrapy.crawler import AsyncCrawlerProcess
    except ImportError as error:
        raise SourceError(
            f"the crawler needs Scrapy 2.19 or newer ({error})", hint="pip install 'zhengce[crawl]'"
        ) from error
    return AsyncCrawlerProcess


def _run(process: AsyncCrawlerProcess, sites: list[tuple[Site, SiteReport]], common: dict[str, Any]) -> None:
    """Crawl the sites, some at the same time, and stop the reactor behind the last."""
    import asyncio

    from twisted.internet import reactor

    from pipeline.sources.crawl.resolver import PublicResolver
    from pipeline.sources.crawl.spider import SiteSpider

    waiting = iter(sites)
    failures: list[BaseException] = []
    tasks: list[asyncio.Future[None]] = []  # a task that nobody holds may vanish

    async def one_after_another() -> None:
        if not isinstance(reactor.nameResolver, PublicResolver):
            raise SourceError("the check of addresses is not in place", hint="use another version of Scrapy")
        for site, report in waiting:
            started = time.monotonic()
            crawler = process.create_crawler(SiteSpider)
            crawler.settings.setdict(_site_settings(site), priority="cmdline")
            await process.crawl(crawler, site=site, report=report, **common)
            report.seconds = time.monotonic() - started
            report.ended = (
                str(crawler.stats.get_value("finish_reason") or "failed") if crawler.stats else "failed"
            )
            if report.ended == "closespider_timeout":
                report.note(f"max_seconds = {site.max_seconds:,} reached; the next crawl goes on from here")
            if report.ended == "shutdown":
                return

    async def all_sites() -> None:
        done = await asyncio.gather(
            *(one_after_another() for _ in range(_SITES_AT_ONCE)), return_exceptions=True
        )
        failures.extend(error for error in done if isinstance(error, BaseException))
        process._stop_reactor()

    def begin() -> None:
        tasks.append(asyncio.ensure_future(all_sites()))

    reactor.callWhenRunning(begin)
    process.start(stop_after_crawl=False)
    if failures:
        raise failures[0]


def _process_settings(sources: Sources, out: Path, agent: str) -> dict[str, Any]:
    free = [host for site in sources.sites if site.allow_private for host in site.hosts]
    off = {f"scrapy.downloadermiddlewares.{name}": None for name in _OFF}
    logging.captureWarnings(True)
    return {
        "USER_AGENT": agent,
        "TWISTED_DNS_RESOLVER": f"{_HERE}.resolver.PublicResolver",
        "ZHENGCE_FREE_HOSTS": free,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), f"{_HERE}.head_limit.BoundedHandler"),
        "DOWNLOADER_MIDDLEWARES": off
        | {
            f"{_HERE}.asking.Gate": 50,
            f"{_HERE}.robots.Robots": 100,
            f"{_HERE}.asking.BackingOff": 550,
            f"{_HERE}.keeping.Store": 560,
            f"{_HERE}.keeping.Unpacking": 590,
        },
        "EXTENSIONS": {f"scrapy.extensions.{name}": None for name in _EXTENSIONS_OFF}
        | {f"{_HERE}.asking.Pace": 0},
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "REFERER_ENABLED": False,
        "AUTOTHROTTLE_MAX_DELAY": 60.0,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "RETRY_PRIORITY_ADJUST": 10,  # asked again before anything else: the order of the walk stays
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
        },
        "LOG_FILE": str(out / LOG),
        "LOG_LEVEL": "INFO",
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
    }


def _site_settings(site: Site) -> dict[str, Any]:
    return {
        "DOWNLOAD_TIMEOUT": site.timeout,
        "DOWNLOAD_MAXSIZE": site.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_DELAY": site.delay,
        "AUTOTHROTTLE_ENABLED": site.delay > 0,
        "AUTOTHROTTLE_START_DELAY": site.delay,
        "RETRY_TIMES": site.retries,
        "CLOSESPIDER_TIMEOUT": site.max_seconds,
    }
