"""What is kept of the answers: everything, once, before anything else looks at it.

`Unpacking` stands nearer to the network than `Store`; what this crawl has stored already is answered from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.responsetypes import responsetypes

from pipeline.sources.crawl.addresses import is_public
from pipeline.sources.crawl.asking import CUT_OFF, FROM_STORE, Refused, spider_of
from pipeline.sources.crawl.warc_index import DOCUMENT_KINDS
from pipeline.sources.crawl.warc_records import Answer
from pipeline.sources.crawl.warc_scan import Capture

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipeline.sources.crawl.spider import SiteSpider


_HEAD = 4096  # bytes by which a text is told
_PACKED_MARKS = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
_FILE_MARKS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"\xff\xd8\xff", b"\x89PNG")


class TooLarge(IgnoreRequest):
    """An answer over the limit of bytes."""


class Store:
    """Answers from the WARC files what this crawl has stored, and stores every other answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        spider = spider_of(self._crawler)
        found = spider.store.index.settled(request.url)
        earlier = spider.store.index.earlier(request.url)
        is_article = request.meta["kind"] in DOCUMENT_KINDS
        if found is None and earlier is not None and is_article and not spider.site.recheck:
            found = earlier
        if found is not None:
            if found.error:
                raise TooLarge(found.error)
            spider.report.from_store += 1
            spider.count_bytes(found.n_bytes)
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
        if CUT_OFF in response.flags:
            spider.report.keep_as_sent(request.url)
        earlier = spider.store.index.earlier(request.url)
        try:
            if response.status == 304 and earlier is not None:
                capture = spider.store.put_unchanged(answer, earlier)
                response = self._stored(capture, request)
            else:
                capture = spider.store.put(answer)
        except OSError as error:  # a full disk: no use in asking for more
            spider.report.note(f"nothing can be stored ({error.strerror})")
            spider.end("nothing can be stored")
            raise
        spider.report.unchanged += capture.is_revisit
        spider.report.n_bytes += len(answer.body)
        spider.count_bytes(len(answer.body))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Keep the reason why there is no answer where asking again would only give it again."""
        if type(exception).__name__ == "DownloadCancelledError":
            spider = spider_of(self._crawler)
            error = TooLarge(f"more than {spider.site.max_bytes:,} bytes")
            keep_failure(spider, request, error)
            raise error from exception


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
        except Exception:  # zlib, gzip, brotli and zstd have each their own
            if _may_be_packed(response.body, _text(encoding or b"")):
                raise
            # it says that it is packed, and is not
            spider_of(self._crawler).report.keep_as_sent(request.url)
            request.meta.pop("content_encoding", None)
            headers = {name: value for name, value in response.headers.items() if name != b"Content-Encoding"}
            kind = responsetypes.from_args(headers={}, url=request.url, body=response.body)
            return response.replace(cls=kind, headers=headers)


def _may_be_packed(body: bytes, encoding: str) -> bool:
    """Tell whether a body that cannot be unpacked is a broken packed one, and not a page or file that was never packed."""
    marks = [_PACKED_MARKS.get(name.strip().lower()) for name in encoding.split(",")]
    if all(marks):
        return any(body.startswith(mark) for mark in marks if mark)
    return b"\0" in body[:_HEAD] and not body.startswith(_FILE_MARKS)


def keep_failure(spider: SiteSpider, request: Request, error: TooLarge) -> None:
    """Store that an address is too large to be kept."""
    spider.store.put_failure(_answer(request, Response(request.url, status=0), str(error)))


def _answer(request: Request, response: Response, error: str = "") -> Answer:
    meta = request.meta
    path = "/" + request.url.split("/", 3)[3] if request.url.count("/") > 2 else "/"
    sent = [f"{request.method} {path} HTTP/1.1", f"Host: {request.url.split('/')[2]}"]
    sent += [f"{_text(name)}: {_text(value)}" for name, values in request.headers.items() for value in values]
    headers = [(_text(name), _text(value)) for name, values in response.headers.items() for value in values]
    if CUT_OFF in response.flags:  # a later crawl must not hear that it has not changed
        headers = [pair for pair in headers if pair[0].lower() not in ("etag", "last-modified")]
    return Answer(
        url=request.url, status=response.status, headers=headers, body=response.body,
        request="\r\n".join([*sent, "", ""]), kind="list" if meta["kind"] == "start" else meta["kind"], site=meta.get("site", ""),
        linked_from=meta.get("linked_from", ""), link_text=meta.get("link_text", ""),
        via_document=meta.get("via_document", ""), ip_address=str(response.ip_address or ""),
        content_encoding=meta.get("content_encoding", ""), error=error,
    )  # fmt: skip


def _text(value: bytes | str) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
