"""What a crawl has fetched: WARC files that are the only truth, and an index of them in memory.

Every answer is one group of records (request, metadata, response or revisit), written and flushed in one go before
the page is looked at. A group that a dying process tore is cut off when the folder is opened again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, replace
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from pipeline.errors import SourceError
from pipeline.one_writer import hold
from pipeline.records import id_of_digest
from pipeline.sources.crawl.warc_records import (
    Answer,
    Headers,
    kept_headers,
    new_record_id,
    now,
    one_line,
    write_record,
)
from pipeline.sources.crawl.warc_scan import Capture, scan

MANIFEST = "manifest.jsonl"
DOCUMENT_KINDS = frozenset({"article", "attachment"})
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
# an answer that the same crawl need not ask for again; a server's failure is asked again
_SETTLED = frozenset({200, 203, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 406, 410, 414, 451})


class WarcStore:
    """The folder of a crawl. Use as a context manager: one process at a time."""

    def __init__(self, folder: Path, *, agent: str, file_bytes: int, fresh: bool = False) -> None:
        self._folder, self._agent, self._file_bytes, self._fresh = folder, agent, file_bytes, fresh
        self._stream: IO[bytes] | None = None
        self._lock: IO[bytes] | None = None
        self._warc, self._warcinfo = "", ""
        self.crawl, self.is_continued = "", False
        self._current: dict[str, Capture] = {}  # by address, of this crawl
        self._earlier: dict[str, Capture] = {}  # the newest of earlier crawls
        self._ended: set[tuple[str, str]] = set()  # crawl and site
        # by digest, apart for documents and others, the record that holds the body
        self._bodies: dict[tuple[str, bool], Capture] = {}

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
        lines: list[Capture] = []
        files = sorted(self._folder.glob("*.warc.gz"))
        for number, path in enumerate(files, start=1):
            for found in scan(path, mend=number == len(files)):
                if isinstance(found, Capture):
                    lines.append(found)
                elif found.site:
                    self._ended.add((found.crawl, found.site))
                else:
                    crawls[found.crawl] = found.has_ended or crawls.get(found.crawl, False)
        last = next(reversed(crawls), "")
        self.is_continued = bool(last) and not crawls[last] and not self._fresh
        self.crawl = last if self.is_continued else f"{now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        self._write_manifest([self._enter(line) for line in lines])

    def __exit__(self, *_: object) -> None:
        for stream in (self._stream, self._lock):
            if stream is not None:
                stream.close()

    def _enter(self, capture: Capture) -> Capture:
        """Put a capture into the index; a revisit is given what only the record it refers to says."""
        if not capture.is_revisit and capture.status == 200:
            self._bodies.setdefault((capture.digest, capture.kind in DOCUMENT_KINDS), capture)
        full = self._body(capture) if capture.is_revisit else None
        if full is not None:
            capture = replace(capture, mime=capture.mime or full.mime)
            if full.url == capture.url:
                etag, modified = capture.etag or full.etag, capture.last_modified or full.last_modified
                capture = replace(capture, etag=etag, last_modified=modified)
        if capture.crawl == self.crawl:
            self._current[capture.url] = capture
        elif capture.status == 200:
            self._earlier[capture.url] = capture
        return capture

    def _body(self, capture: Capture) -> Capture | None:
        """Return the capture whose record holds the body of another one."""
        is_document = capture.kind in DOCUMENT_KINDS
        return self._bodies.get((capture.digest, is_document)) or self._bodies.get(
            (capture.digest, not is_document)
        )

    def settled(self, url: str) -> Capture | None:
        """Return what this crawl already holds for an address, unless it is a failure worth another try."""
        found = self._current.get(url)
        return found if found and (found.status in _SETTLED or found.error) else None

    def earlier(self, url: str) -> Capture | None:
        """Return what an earlier crawl holds for an address."""
        return self._earlier.get(url)

    def load(self, capture: Capture) -> tuple[int, Headers, bytes]:
        """Return status, headers and body of a capture; the body of a revisit is that of the record it refers to."""
        from warcio.archiveiterator import ArchiveIterator

        with (self._folder / capture.warc).open("rb") as stream:
            stream.seek(capture.offset)
            record = next(iter(ArchiveIterator(stream)))
            headers = list(record.http_headers.headers) if record.http_headers else []
            body = b"" if capture.is_revisit else record.content_stream().read()
        if capture.is_revisit:
            full = self._body(capture)
            if full is None:
                raise SourceError("the record that this revisit refers to is missing", where=capture.url)
            _, first_headers, body = self.load(full)
            known = {name.lower() for name, _ in headers}
            headers += [pair for pair in first_headers if pair[0].lower() not in known]
        return capture.status, headers, body

    def put(self, answer: Answer) -> Capture:
        """Store an answer and return its capture; a body that is stored already gives a revisit record."""
        digest = f"sha256:{hashlib.sha256(answer.body).hexdigest()}"
        is_document = answer.kind in DOCUMENT_KINDS  # never a mere reference to what a run passes over
        same = self._bodies.get((digest, is_document)) if answer.status == 200 and answer.body else None
        return self._write(answer, digest, same, "identical-payload-digest")

    def put_unchanged(self, answer: Answer, earlier: Capture) -> Capture:
        """Store that the server says (304) that an earlier capture still holds."""
        full = self._body(earlier) or earlier
        return self._write(answer, earlier.digest, full, "server-not-modified")

    def put_failure(self, answer: Answer) -> Capture:
        """Store that no answer is kept, and why: it is not asked for again in this crawl."""
        return self._write(answer, "", None, "")

    def unfinished(self, sites: Iterable[str]) -> list[str]:
        """Return which of some sites this crawl has begun and not brought to their end."""
        begun = {capture.site for capture in self._current.values()}
        return [site for site in sites if site in begun and (self.crawl, site) not in self._ended]

    def finish_site(self, site: str) -> None:
        """Store that a site of this crawl has come to its end, while others have not."""
        if (self.crawl, site) not in self._ended:
            self._ended.add((self.crawl, site))
            self._finish({"siteEnded": site})

    def finish(self) -> None:
        """Store that this crawl has come to its end: the next one asks again."""
        self._finish({"crawlEnded": f"{now():%Y-%m-%dT%H:%M:%SZ}"})

    def _finish(self, fields: dict[str, str]) -> None:
        group = io.BytesIO()
        self._ready()
        write_record(
            group, "metadata", "", new_record_id(), fields=fields, extra={"WARC-Warcinfo-ID": self._warcinfo}
        )
        self._append(group.getvalue())

    def _write(self, answer: Answer, digest: str, same: Capture | None, profile: str) -> Capture:
        self._ready()
        group, own_id, date = io.BytesIO(), new_record_id(), f"{now():%Y-%m-%dT%H:%M:%S.%fZ}"
        status = 200 if profile == "server-not-modified" else answer.status
        n_bytes = same.n_bytes if same is not None and profile == "server-not-modified" else len(answer.body)
        told = {"kind": answer.kind, "site": answer.site, "via": answer.linked_from, "linkText": answer.link_text,
                "viaDocument": answer.via_document, "bytes": str(n_bytes), "error": answer.error}  # fmt: skip
        about = {"WARC-Date": date, "WARC-Warcinfo-ID": self._warcinfo}
        beside = about | ({} if answer.error else {"WARC-Concurrent-To": own_id})
        if answer.request and not answer.error:
            write_record(group, "request", answer.url, new_record_id(), http=answer.request, extra=beside)
        write_record(group, "metadata", answer.url, new_record_id(), fields=told, extra=beside)
        start = group.tell()
        headers: list[tuple[str, str]] = []
        if answer.error:
            start = 0
        else:
            headers = kept_headers(answer)
            own = about | {"WARC-Payload-Digest": digest, "WARC-IP-Address": answer.ip_address}
            if same is not None:
                own |= {"WARC-Profile": _REVISIT + profile, "WARC-Refers-To": same.record_id,
                        "WARC-Refers-To-Target-URI": same.url, "WARC-Refers-To-Date": same.fetched_at}  # fmt: skip
            kind = "revisit" if same is not None else "response"
            phrase = (
                HTTPStatus(answer.status).phrase if answer.status in HTTPStatus._value2member_map_ else ""
            )
            head = (
                f"HTTP/1.1 {answer.status} {phrase}\r\n"
                + "".join(f"{n}: {v}\r\n" for n, v in headers)
                + "\r\n"
            )
            write_record(
                group, kind, answer.url, own_id, http=head, body=b"" if same else answer.body, extra=own
            )
        http = {name.lower(): value for name, value in reversed(headers)}
        capture = Capture(
            url=answer.url, crawl=self.crawl, warc=self._warc, offset=self._offset() + start, fetched_at=date,
            record_id=own_id, kind=answer.kind, site=answer.site, status=status,
            mime=http.get("content-type", "").partition(";")[0].strip().lower(), digest=digest, n_bytes=n_bytes,
            is_revisit=same is not None, etag=http.get("etag", ""), last_modified=http.get("last-modified", ""),
            location=http.get("location", ""), linked_from=answer.linked_from, link_text=one_line(answer.link_text),
            error=one_line(answer.error),
        )  # fmt: skip
        self._append(group.getvalue())
        capture = self._enter(capture)
        with (self._folder / MANIFEST).open("a", encoding="utf-8") as stream:
            stream.write(manifest_line(capture))
        return capture

    def _ready(self) -> None:
        """Open the next file when there is none or the last one is full."""
        if self._stream is not None and self._stream.tell() < self._file_bytes:
            return
        if self._stream is not None:
            os.fsync(self._stream.fileno())
            self._stream.close()
        number = max((_number(path.name) for path in self._folder.glob("*.warc.gz")), default=0) + 1
        self._warc = f"{self._folder.resolve().name}-{number:05}.warc.gz"
        self._stream = (self._folder / self._warc).open("xb", buffering=0)
        self._warcinfo = new_record_id()
        fields = {"software": self._agent, "format": "WARC File Format 1.1", "isPartOf": self.crawl, "robots": "obey",
                  "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"}  # fmt: skip
        group = io.BytesIO()
        write_record(
            group, "warcinfo", "", self._warcinfo, fields=fields, extra={"WARC-Filename": self._warc}
        )
        self._append(group.getvalue())

    def _offset(self) -> int:
        return self._stream.tell() if self._stream is not None else 0

    def _append(self, group: bytes) -> None:
        if self._stream is None:
            raise SourceError("this store is not open", where=str(self._folder))
        start = self._stream.tell()
        try:
            rest = memoryview(group)
            while rest:
                rest = rest[self._stream.write(rest) :]
        except OSError:  # a full disk: nothing may follow a torn record
            self._stream.truncate(start)
            raise

    def _write_manifest(self, lines: Iterable[Capture]) -> None:
        """Write the manifest as the WARC files tell it."""
        temporary = self._folder / f".{MANIFEST}"
        with temporary.open("w", encoding="utf-8") as stream:
            stream.writelines(map(manifest_line, lines))
        os.replace(temporary, self._folder / MANIFEST)


def manifest_line(capture: Capture) -> str:
    """Return the line of one capture in the manifest; empty fields are left out."""
    row: dict[str, Any] = {name: value for name, value in asdict(capture).items() if value not in ("", False)}
    if capture.digest and capture.status == 200 and capture.kind in DOCUMENT_KINDS:
        row["doc_id"] = id_of_digest(capture.digest.removeprefix("sha256:"))
    return json.dumps(row, ensure_ascii=False) + "\n"


def _number(name: str) -> int:
    match = re.search(r"-(\d{5,9})\.warc\.gz$", name)
    return int(match[1]) if match else 0
