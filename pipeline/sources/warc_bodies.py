"""The body of a WARC record, unpacked as its head says and never beyond a bound.

A body that cannot be unpacked is the failure of its record alone. Not every crawler keeps to what the head says: one that
has unpacked a body may have left the word in the head.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_KNOWN = frozenset({"", "identity", "gzip", "deflate"})  # what warcio unpacks
_ZSTANDARD_MARK = b"\x28\xb5\x2f\xfd"
_PIECE_BYTES = 16 * 1024
_OUTPUT_BYTES = 1024 * 1024  # that brotli may give at once: some bytes may be made a gigabyte


class BodyError(Exception):
    """A body that is packed in a way that is not read, or broken; the text is the letter."""


def record_body(record: ArcWarcRecord, most: int) -> bytes:
    """Return the body of a record, at most `most` bytes of it; raises BodyError when it cannot be unpacked."""
    http = record.http_headers
    coding = ((http.get_header("Content-Encoding") if http else None) or "").strip().lower()
    if coding in _KNOWN:
        try:
            return bytes(record.content_stream().read(most))
        except (zlib.error, AttributeError, TypeError) as error:
            raise BodyError(f"its body cannot be unpacked ({error}) — fetch this page again") from error
    packed = _plain_stream(record)
    if coding == "br":
        raw = _from_brotli(packed, most)
        while len(raw) < most and record.raw_stream.read(_PIECE_BYTES):
            pass  # what stands behind the packed stream; bytes that are left would be bytes that are missing
        return raw
    raw = bytes(packed.read(most))
    if raw.startswith(_ZSTANDARD_MARK) or not _is_text(raw):
        raise BodyError(
            f"its body is packed as {coding[:40]!r}, which is not read here — crawl it with Accept-Encoding: gzip"
        )
    return raw  # it says so, and is not


def _plain_stream(record: ArcWarcRecord) -> Any:
    """Return a stream of the body as it was sent, but for its chunks."""
    from warcio.bufferedreaders import ChunkedDataReader

    if (record.http_headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        return ChunkedDataReader(record.raw_stream)
    return record.raw_stream


def _from_brotli(packed: Any, most: int) -> bytes:
    try:
        import brotli
    except ImportError as error:
        raise BodyError(
            "its body is packed with brotli — pip install 'zhengce[brotli]' to read it"
        ) from error
    first = bytes(packed.read(_PIECE_BYTES))
    given: list[bytes] = []
    try:
        for piece in _unpacked(brotli.Decompressor(), first, packed):
            given.append(piece)
            if sum(map(len, given)) >= most:
                break
    except (brotli.error, TypeError, EOFError) as error:
        if not given and _is_text(first):
            return (first + bytes(packed.read(most)))[:most]
        raise BodyError(
            f"its body is packed with brotli and cannot be unpacked ({error}) — fetch this page again"
        ) from error
    return b"".join(given)[:most]


def _unpacked(decompressor: Any, first: bytes, packed: Any) -> Iterator[bytes]:
    """Yield what brotli makes of a stream, by pieces; a body without any byte is none."""
    waiting = first
    while waiting:
        yield decompressor.process(waiting, output_buffer_limit=_OUTPUT_BYTES)
        while not decompressor.can_accept_more_data():
            yield decompressor.process(b"", output_buffer_limit=_OUTPUT_BYTES)
        waiting = bytes(packed.read(_PIECE_BYTES)) if not decompressor.is_finished() else b""
    if first and not decompressor.is_finished():
        raise EOFError("it is cut off")


def _is_text(raw: bytes) -> bool:
    """Tell whether bytes are what they should become: markup or other text, no packed stream."""
    head = raw[:512]
    return b"\0" not in head and sum(byte < 9 or 13 < byte < 27 for byte in head) * 50 <= len(head)
