"""What a crawl has fetched: WARC files that are the only truth, and an index of them in memory.

Every answer is one group of records (request, metadata, response or revisit), written and flushed in one go before
the page is looked at. A group that a dying process tore is cut off when the folder is opened again.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from pipeline.errors import SourceError
from pipeline.one_writer import hold
from pipeline.sources.crawl.manifest import add_to_manifest, write_manifest
from pipeline.sources.crawl.warc_files import WarcFiles
from pipeline.sources.crawl.warc_index import DOCUMENT_KINDS, CaptureIndex
from pipeline.sources.crawl.warc_records import (
    Answer,
    Headers,
    kept_headers,
    new_record_id,
    now,
    one_line,
    write_answer,
    write_record,
)
from pipeline.sources.crawl.warc_scan import Capture, scan

_SAME_BODY, _NOT_MODIFIED = "identical-payload-digest", "server-not-modified"


class WarcStore:
    """The folder of a crawl. Use as a context manager: one process at a time."""

    def __init__(self, folder: Path, *, agent: str, file_bytes: int, fresh: bool = False) -> None:
        self._folder, self._agent, self._file_bytes, self._fresh = folder, agent, file_bytes, fresh
        self._lock: IO[bytes] | None = None
        self._open("", ())
        self.is_continued = False

    def _open(self, crawl: str, ended: Iterable[tuple[str, str]]) -> None:
        """Begin with an empty index; no file is opened before there is something to write."""
        self.crawl = crawl
        self.index = CaptureIndex(crawl, ended)
        self._files = WarcFiles(self._folder, crawl=crawl, agent=self._agent, file_bytes=self._file_bytes)

    def __enter__(self) -> WarcStore:
        self._folder.mkdir(parents=True, exist_ok=True)
        busy = SourceError("another crawl is writing here", where=str(self._folder), hint="wait for its end")
        self._lock = hold(self._folder / ".lock", busy)
        try:
            self._read_back()
        except BaseException:
            self._lock.close()
            raise
        return self

    def _read_back(self) -> None:
        """Build the index from the WARC files, and the manifest from the index."""
        crawls: dict[str, bool] = {}
        captures: list[Capture] = []
        ended: set[tuple[str, str]] = set()
        files = sorted(self._folder.glob("*.warc.gz"))
        for number, path in enumerate(files, start=1):
            for found in scan(path, mend=number == len(files)):
                if isinstance(found, Capture):
                    captures.append(found)
                elif found.site:
                    ended.add((found.crawl, found.site))
                else:
                    crawls[found.crawl] = found.has_ended or crawls.get(found.crawl, False)
        last = next(reversed(crawls), "")
        self.is_continued = bool(last) and not crawls[last] and not self._fresh
        self._open(last if self.is_continued else f"{now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", ended)
        write_manifest(self._folder, [self.index.enter(capture) for capture in captures])

    def __exit__(self, *_: object) -> None:
        self._files.close()
        if self._lock is not None:
            self._lock.close()

    def load(self, capture: Capture) -> tuple[int, Headers, bytes]:
        """Return status, headers and body of a capture; the body of a revisit is that of the record it refers to."""
        from warcio.archiveiterator import ArchiveIterator

        with (self._folder / capture.warc).open("rb") as stream:
            stream.seek(capture.offset)
            record = next(iter(ArchiveIterator(stream)))
            headers = list(record.http_headers.headers) if record.http_headers else []
            body = b"" if capture.is_revisit else record.content_stream().read()
        if capture.is_revisit:
            full = self.index.body(capture)
            if full is None:
                raise SourceError("the record that this revisit refers to is missing", where=capture.url)
            _, first_headers, body = self.load(full)
            known = {name.lower() for name, _ in headers}
            headers += [pair for pair in first_headers if pair[0].lower() not in known]
        return capture.status, headers, body

    def put(self, answer: Answer) -> Capture:
        """Store an answer and return its capture; a body that is stored already gives a revisit record.

        A run passes revisits over: a document is one only where its own address gave the same body before.
        """
        digest = f"sha256:{hashlib.sha256(answer.body).hexdigest()}"
        is_document = answer.kind in DOCUMENT_KINDS
        is_whole = answer.status == 200 and answer.body
        same = self.index.stands_for(answer.url, digest, is_document) if is_whole else None
        return self._write(answer, digest, same, _SAME_BODY)

    def put_unchanged(self, answer: Answer, earlier: Capture) -> Capture:
        """Store that the server says (304) that an earlier capture still holds."""
        full = self.index.body(earlier) or earlier
        return self._write(answer, earlier.digest, full, _NOT_MODIFIED)

    def put_failure(self, answer: Answer) -> Capture:
        """Store that no answer is kept, and why: it is not asked for again in this crawl."""
        return self._write(answer, "", None, "")

    def finish_site(self, site: str) -> None:
        """Store that a site of this crawl has come to its end, while others have not."""
        if self.index.end(site):
            self._finish({"siteEnded": site})

    def finish(self) -> None:
        """Store that this crawl has come to its end: the next one asks again."""
        self._finish({"crawlEnded": f"{now():%Y-%m-%dT%H:%M:%SZ}"})

    def _finish(self, fields: dict[str, str]) -> None:
        group = io.BytesIO()
        self._files.ready()
        about = {"WARC-Warcinfo-ID": self._files.warcinfo}
        write_record(group, "metadata", "", new_record_id(), fields=fields, extra=about)
        self._files.append(group.getvalue())

    def _write(self, answer: Answer, digest: str, same: Capture | None, profile: str) -> Capture:
        """Write the records of an answer, and enter it into index and manifest."""
        self._files.ready()
        is_unchanged = profile == _NOT_MODIFIED
        n_bytes = same.n_bytes if same is not None and is_unchanged else len(answer.body)
        group, own_id, date = io.BytesIO(), new_record_id(), f"{now():%Y-%m-%dT%H:%M:%S.%fZ}"
        about = {"WARC-Date": date, "WARC-Warcinfo-ID": self._files.warcinfo}
        refers = {} if same is None else {"WARC-Profile": f"http://netpreserve.org/warc/1.1/revisit/{profile}",
                                          "WARC-Refers-To": same.record_id, "WARC-Refers-To-Target-URI": same.url,
                                          "WARC-Refers-To-Date": same.fetched_at}  # fmt: skip
        start = write_answer(
            group, answer, own_id, n_bytes=n_bytes, digest=digest, about=about, refers=refers
        )
        headers = [] if answer.error else kept_headers(answer)
        http = {name.lower(): value for name, value in reversed(headers)}
        capture = Capture(
            url=answer.url, crawl=self.crawl, warc=self._files.name, offset=self._files.offset + start, fetched_at=date,
            record_id=own_id, kind=answer.kind, site=answer.site, status=200 if is_unchanged else answer.status,
            mime=http.get("content-type", "").partition(";")[0].strip().lower(), digest=digest, n_bytes=n_bytes,
            is_revisit=same is not None, etag=http.get("etag", ""), last_modified=http.get("last-modified", ""),
            location=http.get("location", ""), linked_from=answer.linked_from, link_text=one_line(answer.link_text),
            error=one_line(answer.error),
        )  # fmt: skip
        self._files.append(group.getvalue())
        capture = self.index.enter(capture)
        add_to_manifest(self._folder, capture)
        return capture
