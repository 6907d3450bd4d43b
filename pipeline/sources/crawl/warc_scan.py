"""Reads back what a crawl has stored: where each record stands, what it says, and where a torn file is still whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.errors import SourceError
from pipeline.sources.warc import warc_fields
from pipeline.sources.warc_members import GZIP_MARK

_HEAD = 131_072  # bytes of a record that are kept: its own head, that of HTTP, all of a metadata record
_BLOCK = 65_536
_ALONE = frozenset({"crawlended", "siteended", "error"})  # fields of a metadata record that no answer follows


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a server (or the reason why none was kept) as the WARC files hold it."""

    url: str
    crawl: str
    warc: str  # file name
    offset: int  # of the response or revisit record
    fetched_at: str
    record_id: str
    kind: str  # list, article, attachment, robots
    site: str
    status: int = 0  # 0: no answer was kept, `error` says why
    mime: str = ""
    digest: str = ""  # sha256:…, of the body
    n_bytes: int = 0
    is_revisit: bool = False  # the body stands under an earlier record with the same digest
    etag: str = ""
    last_modified: str = ""
    location: str = ""
    linked_from: str = ""
    link_text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A record that begins a crawl, or says that it, or one of its sites, has come to its end."""

    crawl: str
    has_ended: bool = False
    site: str = ""  # whose end this is


@dataclass(frozen=True, slots=True)
class _Member:
    offset: int
    end: int
    head: bytes


def _members(stream: IO[bytes]) -> Iterator[_Member]:
    """Yield the gzip members of a file; raises zlib.error or EOFError where it is torn."""
    offset, waiting = 0, b""
    while True:
        inflater, head, n_read = zlib.decompressobj(31), bytearray(), 0
        while not inflater.eof:
            block = waiting or stream.read(_BLOCK)
            waiting = b""
            if not block:
                if n_read:
                    raise EOFError
                return
            n_read += len(block)
            unpacked = inflater.decompress(block)
            head += unpacked[: max(0, _HEAD - len(head))]
        waiting = inflater.unused_data
        n_read -= len(waiting)
        yield _Member(offset, offset + n_read, bytes(head))
        offset += n_read


def _fields(block: bytes) -> dict[str, str]:
    return {name.lower(): value for name, value in warc_fields(block).items()}


def scan(path: Path, *, mend: bool) -> Iterator[Capture | Mark]:
    """Yield the captures of one of our files, and a Mark for each record that begins or ends a crawl or a site of it.

    With `mend` a last record that was torn when the process died is cut off, with what belongs to it. Raises
    SourceError for damage elsewhere: nothing good is ever cut, and nothing of another crawler's file.
    """
    crawl, whole, reached = "", 0, 0  # `whole` is where the last complete group of records ends
    told: dict[str, str] = {}
    is_ours = True
    try:
        with path.open("rb") as stream:
            for member in _members(stream):
                head, _, block = member.head.partition(b"\r\n\r\n")
                record = _fields(head)
                kind = record.get("warc-type", "")
                if kind == "warcinfo":
                    crawl, told = _fields(block).get("ispartof", ""), {}
                    is_ours = _fields(block).get("software", "").startswith("zhengce/")
                    yield Mark(crawl)
                elif kind == "metadata":
                    told = _fields(block)
                    if told.get("crawlended") or told.get("siteended"):
                        yield Mark(crawl, bool(told.get("crawlended")), told.get("siteended", ""))
                    elif told.get("error"):
                        yield _capture(record, told, b"", crawl, path.name, member.offset)
                elif kind in ("response", "revisit"):
                    yield _capture(record, told, block, crawl, path.name, member.offset)
                if kind in ("warcinfo", "response", "revisit") or _ALONE & told.keys():
                    told, whole = {}, member.end
                reached = member.end
    except (zlib.error, EOFError) as error:
        if not (mend and is_ours) or _goes_on(path, reached):
            raise SourceError(
                f"this WARC file is damaged behind byte {reached:,}",
                where=str(path),
                hint="move it out of the folder",
            ) from error
    if mend and is_ours and whole < path.stat().st_size:
        with path.open("r+b") as stream:
            stream.truncate(whole)


def _goes_on(path: Path, torn: int) -> bool:
    """Tell whether a whole record begins behind the damage: a process that dies tears only the end of a file."""
    rest = path.read_bytes()[torn + 1 :]
    at = rest.find(GZIP_MARK)
    while at >= 0:
        try:
            if zlib.decompressobj(31).decompress(rest[at : at + _BLOCK], 7) == b"WARC/1.":
                return True
        except zlib.error:
            pass
        at = rest.find(GZIP_MARK, at + 1)
    return False


def _capture(
    record: dict[str, str], told: dict[str, str], block: bytes, crawl: str, warc: str, offset: int
) -> Capture:
    status_line, _, http_head = block.partition(b"\r\n\r\n")[0].partition(b"\r\n")
    http = _fields(http_head)
    words = status_line.split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    is_revisit = record.get("warc-type") == "revisit"
    if is_revisit and status == 304:
        status = 200
    return Capture(
        url=record.get("warc-target-uri", ""),
        crawl=crawl,
        warc=warc,
        offset=offset,
        fetched_at=record.get("warc-date", ""),
        record_id=record.get("warc-record-id", ""),
        kind=told.get("kind", ""),
        site=told.get("site", ""),
        status=status,
        mime=http.get("content-type", "").partition(";")[0].strip().lower(),
        digest="" if told.get("error") else record.get("warc-payload-digest", ""),
        n_bytes=int(told["bytes"]) if told.get("bytes", "").isdigit() else 0,
        is_revisit=is_revisit,
        etag=http.get("etag", ""),
        last_modified=http.get("last-modified", ""),
        location=http.get("location", ""),
        linked_from=told.get("via", ""),
        link_text=told.get("linktext", ""),
        error=told.get("error", ""),
    )
