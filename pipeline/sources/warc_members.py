"""The records of a WARC file, as far as they are whole, and the places where it is damaged.

Of a packed file every record is a gzip member of its own: damage costs one record, and reading goes on at the next.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_BLOCK = 16_384
_MAX_HEAD = 1_000_000  # bytes of the lines before a record's content
GZIP_MARK = b"\x1f\x8b\x08"
_RECORD_MARK = b"WARC/"
_TRIAL = 1024  # bytes in which a member must begin with a record


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a WARC file is damaged; `is_of_last`: the record before it is not whole."""

    reason: str
    is_of_last: bool = True


class _TornError(Exception):
    """A record that cannot be read; the text is the reason."""


class _Packed:
    """The gzip members of a file, one after another, each read as a stream that ends where the member does.

    What is broken ends as well, and `reason` says how: the records are told apart from outside.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._size = stream, stream.seek(0, 2)
        self._budget = 2 * self._size + 1_000_000  # bytes that are read more than once, because of damage
        self._start, self._n_read, self._left = 0, 0, b""
        self._inflater, self.reason = zlib.decompressobj(31), ""

    def begin(self, start: int) -> None:
        """Begin with the member at a place of the file."""
        self._stream.seek(start)
        self._left = b""
        self._begin(start)

    def _begin(self, start: int) -> None:
        self._start, self._n_read = start, 0
        self._inflater, self.reason = zlib.decompressobj(31), ""

    def read(self, n_bytes: int) -> bytes:
        """Return at most so many bytes of the member, none at its end or where it is broken."""
        while not (self._inflater.eof or self.reason):
            block = self._inflater.unconsumed_tail or self._taken()
            if not block:
                self.reason = "it is cut off"
                break
            try:
                piece = self._inflater.decompress(block, n_bytes)
            except zlib.error:
                self.reason = "its packed bytes are broken"
                break
            if piece:
                return piece
        return b""

    def _taken(self) -> bytes:
        block, self._left = self._left or self._stream.read(_BLOCK), b""
        self._n_read += len(block)
        return block

    def next_member(self) -> bool:
        """Go on behind this member, or, where it is broken, at the next that begins with a record."""
        while self.read(_BLOCK):
            pass
        if self.reason:
            return self._next_whole()
        rest = self._inflater.unused_data
        end = self._start + self._n_read - len(rest)
        self._left = rest
        self._begin(end)
        return end < self._size

    def _next_whole(self) -> bool:
        self._budget -= self._n_read
        at = self._start + 1
        while (at := self._find(at)) >= 0 and self._budget > 0:
            self._stream.seek(at)
            self._budget -= _TRIAL
            try:
                head = zlib.decompressobj(31).decompress(self._stream.read(_TRIAL), len(_RECORD_MARK))
            except zlib.error:
                head = b""
            if head == _RECORD_MARK:
                self.begin(at)
                return True
            at += 1
        return False

    def _find(self, at: int) -> int:
        """Return where the mark of a gzip member stands next, -1 if nowhere."""
        self._stream.seek(at)
        before = b""
        while block := self._stream.read(_BLOCK):
            found = (before + block).find(GZIP_MARK)
            if found >= 0:
                return at - len(before) + found
            at, before = at + len(block), block[-2:]
        return -1


def whole_records(stream: IO[bytes], *, is_packed: bool) -> Iterator[ArcWarcRecord | Damage]:
    """Yield the records of a WARC file, and a Damage behind each one that has proved not to be whole.

    A record's body can be read until the next one is asked for; only then is known whether the record is whole.
    `is_packed` is what the name of the file says: its first bytes may be the damaged ones.
    """
    first = stream.read(len(_RECORD_MARK))
    stream.seek(0)
    if not first.startswith(GZIP_MARK[:2]) and (not is_packed or first == _RECORD_MARK or not first):
        yield from _checked(stream)
        return
    packed = _Packed(stream)
    packed.begin(0)
    while True:
        n_records, damage = 0, None
        for found in _checked(packed):
            damage = found if isinstance(found, Damage) else None
            n_records += damage is None
            if damage is None:
                yield found
        while packed.read(_BLOCK):
            pass
        if packed.reason:  # of what was unpacked before, nothing is certain
            yield Damage(packed.reason, is_of_last=n_records > 0)
        elif damage is not None:
            yield damage
        if not packed.next_member():
            return


def _checked(stream: Any) -> Iterator[ArcWarcRecord | Damage]:
    """Yield the records of a stream until one cannot be read, which is a Damage."""
    reader = _bounded_reader()(stream, block_size=_BLOCK)
    is_given, is_behind, is_warc = False, False, False
    try:
        while line := _next_line(reader, is_behind=is_behind):
            if is_warc and not line.startswith(_RECORD_MARK):
                raise _TornError(
                    "no record begins here"
                )  # though a line of five words looks like one of an ARC file
            is_warc = line.startswith(_RECORD_MARK)
            record = _record(reader, line)
            is_given = is_behind = True
            yield record
            while record.raw_stream.read(_BLOCK):
                pass
            if getattr(record.raw_stream, "limit", 0):  # bytes that its head has promised
                raise _TornError("it ends too early")
            is_given = False
    except _TornError as torn:
        yield Damage(str(torn), is_of_last=is_given)


def _record(reader: Any, line: bytes) -> ArcWarcRecord:
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    reader.n_head = 0
    try:
        record = ArcWarcRecordLoader(verify_http=False, arc2warc=False).parse_record_stream(reader, line)
    except ArchiveLoadFailed as error:
        raise _TornError("no record begins here") from error
    except (EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _TornError("the head of a record is broken") from error
    length = record.rec_headers.get_header("Content-Length")
    if record.format == "warc" and not (length or "").strip().isdecimal():
        raise _TornError("the head of a record is broken")
    return record


def _next_line(reader: Any, *, is_behind: bool) -> bytes:
    """Return the first line of the next record, none at the end; bytes behind a body that is longer than said are left out."""
    while True:
        reader.n_head = 0
        line: bytes = reader.readline()
        if not line or (line.strip() and (not is_behind or line.startswith(_RECORD_MARK))):
            return line
        is_behind = False


@cache
def _bounded_reader() -> Any:
    """Return the class of warcio's reader that refuses a head that goes on for ever, as in a bomb."""
    from warcio.bufferedreaders import BufferedReader

    # it tells of odd addresses as they are, which would reach the terminal
    logging.getLogger("warcio").addHandler(logging.NullHandler())

    class HeadBoundedReader(BufferedReader):  # type: ignore[misc]
        n_head = 0

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or _MAX_HEAD, _MAX_HEAD))
            self.n_head += len(line)
            if self.n_head > _MAX_HEAD:
                raise _TornError("the head of a record has no end")
            return line

    return HeadBoundedReader
