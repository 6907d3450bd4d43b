"""What the WARC files of a crawl hold, by address and by body, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.sources.crawl.warc_scan import Capture

DOCUMENT_KINDS = frozenset({"article", "attachment"})
# an answer that the same crawl need not ask for again; a server's failure is asked again
_SETTLED = frozenset({200, 203, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 406, 410, 414, 451})


class CaptureIndex:
    """The captures of a crawl and of those before it."""

    def __init__(self, crawl: str, ended: Iterable[tuple[str, str]]) -> None:
        self._crawl = crawl
        self.current: dict[str, Capture] = {}  # by address, of this crawl
        self._earlier: dict[str, Capture] = {}  # the newest of earlier crawls
        self._ended = set(ended)  # crawl and site
        # by digest, apart for documents and others, the record that holds the body
        self._bodies: dict[tuple[str, bool], Capture] = {}
        self._documents: dict[
            tuple[str, str], Capture
        ] = {}  # by digest and address: each is an input of a run

    def enter(self, capture: Capture) -> Capture:
        """Put a capture into the index; a revisit is given what only the record it refers to says."""
        if not capture.is_revisit and capture.status == 200:
            is_document = capture.kind in DOCUMENT_KINDS
            self._bodies.setdefault((capture.digest, is_document), capture)
            if is_document:
                self._documents.setdefault((capture.digest, capture.url), capture)
        full = self.body(capture) if capture.is_revisit else None
        if full is not None:
            capture = replace(capture, mime=capture.mime or full.mime)
            if full.url == capture.url:
                etag, modified = capture.etag or full.etag, capture.last_modified or full.last_modified
                capture = replace(capture, etag=etag, last_modified=modified)
        if capture.crawl == self._crawl:
            self.current[capture.url] = capture
        elif capture.status == 200:
            self._earlier[capture.url] = capture
        return capture

    def body(self, capture: Capture) -> Capture | None:
        """Return the capture whose record holds the body of another one, of its own address if there is one."""
        is_document = capture.kind in DOCUMENT_KINDS
        own = self._documents.get((capture.digest, capture.url)) if is_document else None
        either = (self._bodies.get((capture.digest, kind)) for kind in (is_document, not is_document))
        return own or next(filter(None, either), None)

    def stands_for(self, url: str, digest: str, is_document: bool) -> Capture | None:
        """Return the capture that an answer need only refer to, since its record holds the same body.

        For a document only one of its own address will do: another page with the same bytes is an input of its own.
        """
        return self._documents.get((digest, url)) if is_document else self._bodies.get((digest, False))

    def settled(self, url: str) -> Capture | None:
        """Return what this crawl already holds for an address, unless it is a failure worth another try."""
        found = self.current.get(url)
        return found if found and (found.status in _SETTLED or found.error) else None

    def earlier(self, url: str) -> Capture | None:
        """Return what an earlier crawl holds for an address."""
        return self._earlier.get(url)

    def end(self, site: str) -> bool:
        """Note that a site of this crawl has come to its end; return False where that is known."""
        is_new = (self._crawl, site) not in self._ended
        self._ended.add((self._crawl, site))
        return is_new

    def unfinished(self, sites: Iterable[str]) -> list[str]:
        """Return which of some sites this crawl has begun and not brought to their end."""
        begun = {capture.site for capture in self.current.values()}
        return [site for site in sites if site in begun and (self._crawl, site) not in self._ended]
