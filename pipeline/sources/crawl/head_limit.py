"""The head of an answer is bounded as its body is: Twisted bounds a line of it, and takes any number of lines."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers import http11

MAX_HEAD = 256 * 1024  # bytes of status line and headers, of all interim answers (100, 103) too


class HeadTooLargeError(Exception):
    """An answer whose headers do not end."""


class _Parser(http11._LenientHTTPClientParser):
    """Reads an answer; gives up behind so many bytes of headers."""

    _n_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self._n_bytes += len(line) + 1
        if self._n_bytes > MAX_HEAD:
            raise HeadTooLargeError(f"headers of more than {MAX_HEAD:,} bytes")
        super().lineReceived(line)


class _Protocol(http11._LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = _Parser  # as Scrapy does: Twisted names the class of the parser itself
        return answer


class _Factory(http11._LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> Any:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(http11.HTTP11DownloadHandler):
    """Scrapy's handler of http and https, with a bound for headers."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
