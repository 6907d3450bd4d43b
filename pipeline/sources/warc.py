"""WARC files, of this crawler or any other: every page that was fetched well is an input, with its address.

Requests, revisits, redirects, errors, pictures, scripts and the list pages of our own crawls are passed over. Nothing
here unpacks more than `max_bytes` of a record, and a record cannot be listed twice: the file itself bounds the work.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from pipeline.errors import Failure
from pipeline.lazy_re import lazy_re
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.files import too_large
from pipeline.sources.warc_bodies import BodyError, record_body

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

CHARSET_RE = lazy_re(r"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}(?P<charset>[A-Za-z0-9_.:\-]{2,40})", re.IGNORECASE)
ZIP_NAME_RE = lazy_re(r"\.zip(?=[\"'\s;&?]|$)", re.IGNORECASE)
FIELD_RE = lazy_re(r"^(?P<name>[A-Za-z-]{1,40}):[ \t]{0,8}(?P<value>[^\r\n]{0,8000})", re.MULTILINE)
# what a page is made of beside its text
_PASSED_OVER = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript",
                "application/x-javascript", "application/json", "application/font")  # fmt: skip
_NO_DOCUMENTS = frozenset({"list", "robots"})
OpenZip = Callable[[bytes, str], Iterator[RawFile | Failure]]

_MAX_REASONS = 8
_MAX_FIELDS = 65_536  # bytes of a metadata record that are read
_MAX_HEAD = 1_000_000  # bytes of the lines before a record's content


def http_charset(content_type: str | None) -> str | None:
    """Return the charset that an HTTP header declares, or None.

    >>> http_charset("text/html; charset=GB2312")
    'GB2312'
    """
    match = CHARSET_RE.search((content_type or "")[:400])
    return match["charset"] if match else None


def warc_fields(block: bytes) -> dict[str, str]:
    """Return the named fields of a warcinfo or metadata record, the first of each name.

    >>> warc_fields("via: https://www.qingxi.gov.cn/a.html\\r\\nlinkText: 附件1\\r\\n".encode())
    {'via': 'https://www.qingxi.gov.cn/a.html', 'linkText': '附件1'}
    """
    found: dict[str, str] = {}
    for match in FIELD_RE.finditer(block.decode("utf-8", errors="replace")):
        found.setdefault(match["name"], match["value"])
    return found


def warc_pages(
    stream: IO[bytes], source: str, settings: Settings, open_zip: OpenZip
) -> Iterator[RawFile | Failure]:
    """Yield the pages and attachments of a WARC file in its order, each as `x.warc.gz!/https://host/path`.

    A file that is damaged gives the records before the damage and a Failure; one without any page a row that counts what
    it holds instead.
    """
    from warcio.exceptions import ArchiveLoadFailed

    n_records, n_given = 0, 0
    passed_over: Counter[str] = Counter()
    try:
        told: tuple[str, dict[str, str]] = ("", {})  # our metadata record stands before its response
        for record in _records(stream):
            n_records += 1
            if record.rec_type == "metadata":
                about = record.rec_headers.get_header("WARC-Concurrent-To") or ""
                told = about, warc_fields(record.content_stream().read(_MAX_FIELDS))
            elif record.rec_type in ("response", "resource"):
                mine = told[0] and told[0] == record.rec_headers.get_header("WARC-Record-ID")
                fields = told[1] if mine else {}
                reason = _no_document(record, fields)
                if reason is not None:
                    passed_over[reason] += 1
                    continue
                for page in _read_record(record, source, fields, settings, open_zip):
                    n_given += 1
                    yield page
            elif record.rec_type == "revisit":
                passed_over["revisit"] += 1
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, AttributeError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        yield Failure(
            source,
            "sources",
            f"this WARC file is damaged behind record {n_records:,} ({reason}) — what stands before it was read; fetch it again for the rest",
        )
        return
    if not n_records:
        yield Failure(source, "sources", "this WARC file holds no record — crawl or fetch it again")
    elif not n_given:
        counted = ", ".join(f"{n:,} {reason}" for reason, n in passed_over.most_common(_MAX_REASONS))
        letter = f"no page or attachment is in this WARC file ({counted or f'{n_records:,} records'})"
        yield Failure(source, "sources", letter, status="empty")


def _records(stream: IO[bytes]) -> Iterator[ArcWarcRecord]:
    """Yield the records of a WARC file; raises ArchiveLoadFailed when a head goes on for ever, as in a bomb."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.exceptions import ArchiveLoadFailed

    class HeadBoundedReader(DecompressingBufferedReader):  # type: ignore[misc]
        n_head = 0

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or _MAX_HEAD, _MAX_HEAD))
            self.n_head += len(line)
            if self.n_head > _MAX_HEAD:
                raise ArchiveLoadFailed("the head of a record has no end")
            return line

    records = ArchiveIterator(stream)
    records.reader = reader = HeadBoundedReader(stream, block_size=16_384)
    end = 0
    for record in records:
        yield record
        records.read_to_end()
        end, reader.n_head = records.offset, 0
    if end < stream.seek(0, io.SEEK_END):
        raise ArchiveLoadFailed("the last record is torn")


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _no_document(record: ArcWarcRecord, told: dict[str, str]) -> str | None:
    """Return why a record is no document, None when it is one."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    if http and http.get_statuscode() != "200":
        return f"HTTP {(http.get_statuscode() or '?')[:3]}"
    if told.get("kind") in _NO_DOCUMENTS or url.endswith("/robots.txt"):
        return "list or robots.txt"
    if not url.startswith(("http://", "https://")):
        return "no address of the web"
    kind = _content_type(record).strip().lower()
    return kind.split(";")[0][:40] if kind.startswith(_PASSED_OVER) else None


def _read_record(
    record: ArcWarcRecord, source: str, told: dict[str, str], settings: Settings, open_zip: OpenZip
) -> Iterator[RawFile | Failure]:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    where = f"{source}!/{url}"
    try:
        raw = record_body(record, settings.max_bytes + 1)
    except BodyError as error:
        yield Failure(where, "sources", f"{error}")
        return
    if len(raw) > settings.max_bytes:
        size = record.rec_headers.get_header("Content-Length") or ""
        yield too_large(where, max(len(raw), int(size) if size.isdigit() else 0), settings)
        return
    if getattr(record.raw_stream, "limit", 0):  # bytes that its head has promised
        raise EOFError("a record ends too early")
    linked_from = told.get("via") or None
    page = told.get("viaDocument") or None
    disposition = (http.get_header("Content-Disposition") if http else None) or ""
    if raw.startswith(b"PK\x03\x04") and ZIP_NAME_RE.search(url + " " + disposition[:400]):
        for member in open_zip(raw, where):
            if isinstance(member, RawFile):
                member = replace(member, url=url, linked_from=linked_from, attachment_of=page)
            yield member
        return
    yield RawFile(where, raw, url, http_charset(_content_type(record)), linked_from, page)
