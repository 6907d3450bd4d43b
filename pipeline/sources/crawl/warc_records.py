"""One answer of a server, and how its records are written."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from pipeline.lazy_re import lazy_re

Headers = Sequence[tuple[str, str]]
_GONE_HEADERS = frozenset(
    {"content-length", "transfer-encoding", "content-encoding", "connection", "keep-alive"}
)
_CONTROL_RE = lazy_re(r"[\x00-\x1f\x7f]{1,400}")
_MAX_LINE = 2000  # characters of a field


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came, its body unpacked, with what the crawl knows about it."""

    url: str
    status: int
    headers: Headers
    body: bytes
    request: str  # its head, as sent
    kind: str
    site: str
    linked_from: str = ""
    link_text: str = ""
    via_document: str = ""  # doc_id of the linking page
    ip_address: str = ""
    content_encoding: str = ""
    error: str = ""  # why no answer was kept


def kept_headers(answer: Answer) -> list[tuple[str, str]]:
    """The headers of an answer whose body stands unpacked, as Common Crawl writes them."""
    kept = [(name, one_line(value)) for name, value in answer.headers if name.lower() not in _GONE_HEADERS]
    if answer.content_encoding:
        kept.append(("X-Crawler-Content-Encoding", one_line(answer.content_encoding)))
    if answer.status != 304:
        kept.append(("Content-Length", str(len(answer.body))))
    return kept


def write_answer(
    out: io.BytesIO,
    answer: Answer,
    own_id: str,
    *,
    n_bytes: int,
    digest: str,
    about: Mapping[str, str],
    refers: Mapping[str, str],
) -> int:
    """Write the records of an answer, and return where the one with its head begins, 0 where none is kept.

    With `refers`, fields that tell of an earlier record with the same body, it is a revisit without a body.
    """
    told = {"kind": answer.kind, "site": answer.site, "via": answer.linked_from, "linkText": answer.link_text,
            "viaDocument": answer.via_document, "bytes": str(n_bytes), "error": answer.error}  # fmt: skip
    if answer.error:
        write_record(out, "metadata", answer.url, new_record_id(), fields=told, extra=about)
        return 0
    beside = {**about, "WARC-Concurrent-To": own_id}
    if answer.request:
        write_record(out, "request", answer.url, new_record_id(), http=answer.request, extra=beside)
    write_record(out, "metadata", answer.url, new_record_id(), fields=told, extra=beside)
    start = out.tell()
    phrase = HTTPStatus(answer.status).phrase if answer.status in HTTPStatus._value2member_map_ else ""
    lines = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{n}: {v}" for n, v in kept_headers(answer)), "", ""]
    own = {**about, "WARC-Payload-Digest": digest, "WARC-IP-Address": answer.ip_address, **refers}
    kind, body = ("revisit", b"") if refers else ("response", answer.body)
    write_record(out, kind, answer.url, own_id, http="\r\n".join(lines), body=body, extra=own)
    return start


def write_record(
    out: io.BytesIO,
    kind: str,
    url: str,
    record_id: str,
    *,
    fields: Mapping[str, str] | None = None,
    http: str = "",
    body: bytes = b"",
    extra: Mapping[str, str] | None = None,
) -> None:
    """Write one record as a gzip member: fields, or HTTP with its body."""
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    if fields is not None:
        block = "".join(f"{name}: {one_line(value)}\r\n" for name, value in fields.items() if value).encode()
    else:
        block = http.encode("latin-1", errors="replace") + body
    headers = {name: value for name, value in (extra or {}).items() if value} | {"WARC-Record-ID": record_id}
    record = writer.create_warc_record(
        url, kind, payload=io.BytesIO(block), length=len(block), warc_headers_dict=headers,
        warc_content_type="application/warc-fields" if fields is not None else "",
    )  # fmt: skip
    writer.write_record(record)


def one_line(text: str) -> str:
    """Return a text as the value of a field: no line breaks, not too long."""
    return _CONTROL_RE.sub(" ", text).strip()[:_MAX_LINE]


def new_record_id() -> str:
    """Return a new WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)
