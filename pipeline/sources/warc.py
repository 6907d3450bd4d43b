"""WARC files, of this crawler or any other: every page that was fetched well is an input, with its address.

Requests, revisits, redirects, errors, pictures, scripts and the list pages of our own crawls are passed over. Nothing
here unpacks more than `max_bytes` of a record, and a record cannot be listed twice: the file itself bounds the work.
"""

from __future__ import annotations

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
from pipeline.sources.warc_members import Damage, whole_records

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
_NOTHING_TOLD: tuple[str, dict[str, str]] = ("", {})


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

    A file that is damaged gives the records that are whole and a Failure; one without any page a row that counts what
    it holds instead.
    """
    n_records, n_given = 0, 0
    passed_over: Counter[str] = Counter()
    damages: list[tuple[int, str]] = []  # behind which record, and what
    told = _NOTHING_TOLD  # our metadata record stands before its response
    waiting: Iterator[RawFile | Failure] = iter(())  # of a record that is not yet known to be whole
    for found in whole_records(stream, is_packed=source.lower().endswith(".gz")):
        if isinstance(found, Damage):
            if found.is_of_last:
                waiting, n_records = iter(()), n_records - 1
            damages.append((n_records, found.reason))
            continue
        for page in waiting:
            n_given += 1
            yield page
        waiting, n_records = iter(()), n_records + 1
        record_id = found.rec_headers.get_header("WARC-Record-ID")
        if found.rec_type == "metadata":
            about = found.rec_headers.get_header("WARC-Concurrent-To") or ""
            told = about, warc_fields(found.content_stream().read(_MAX_FIELDS))
            continue
        fields = told[1] if told[0] and told[0] == record_id else {}
        if fields:
            told = _NOTHING_TOLD
        if found.rec_type in ("response", "resource"):
            reason = _no_document(found, fields)
            if reason is None:
                waiting = _pages_of(found, source, fields, settings, open_zip)
            else:
                passed_over[reason] += 1
        elif found.rec_type == "revisit":
            passed_over["revisit"] += 1
    for page in waiting:
        n_given += 1
        yield page
    if told[1].get("kind") and told[0] and not damages:
        damages.append((n_records, "the answer to its last request is missing"))
    if damages:
        yield _damaged(source, damages)
    elif not n_records:
        yield Failure(source, "sources", "this WARC file holds no record — crawl or fetch it again")
    elif not n_given:
        counted = ", ".join(f"{n:,} {reason}" for reason, n in passed_over.most_common(_MAX_REASONS))
        letter = f"no page or attachment is in this WARC file ({counted or f'{n_records:,} records'})"
        yield Failure(source, "sources", letter, status="empty")


def _damaged(source: str, damages: list[tuple[int, str]]) -> Failure:
    """Return the letter for a file that is damaged in one place or several."""
    (n_before, reason), n_more = damages[0], len(damages) - 1
    more = f" and in {n_more:,} more {'place' if n_more == 1 else 'places'}" if n_more else ""
    return Failure(
        source,
        "sources",
        f"this WARC file is damaged behind record {n_before:,} ({reason}){more} — what is whole was read; fetch it again for the rest",
    )


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


def _pages_of(
    record: ArcWarcRecord, source: str, told: dict[str, str], settings: Settings, open_zip: OpenZip
) -> Iterator[RawFile | Failure]:
    """Read the body of a record at once, and return what it holds, to be taken when the record has proved to be whole."""
    where = f"{source}!/{record.rec_headers.get_header('WARC-Target-URI') or ''}"
    try:
        raw = record_body(record, settings.max_bytes + 1)
    except BodyError as error:
        return iter((Failure(where, "sources", f"{error}"),))
    if len(raw) > settings.max_bytes:
        size = record.rec_headers.get_header("Content-Length") or ""
        return iter((too_large(where, max(len(raw), int(size) if size.isdigit() else 0), settings),))
    return _opened(record, raw, where, told, open_zip)


def _opened(
    record: ArcWarcRecord, raw: bytes, where: str, told: dict[str, str], open_zip: OpenZip
) -> Iterator[RawFile | Failure]:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
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
