"""Compressed streams: one packed file (page.html.gz), and the stream under a packed tar, never read beyond a bound."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.members import Allowance, grows_too_much, refusal, used_up

BROKEN_STREAM = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_PIECE_BYTES = 64 * 1024
_LZMA_MEMORY = 256 * 1024 * 1024  # a header may ask for 4 GiB; xz -9 needs 65 MiB
_SUFFIXES = (".gz", ".bz2", ".xz")
_HONEST_BYTES = 64 * 1024  # below this nothing is called a bomb


class _Unpacked:
    """A bzip2 or xz stream, or several in a row, read by pieces."""

    def __init__(self, packed: IO[bytes], start: Callable[[], Any]) -> None:
        self._packed, self._start = packed, start
        self._decompressor = start()
        self._waiting = b""

    def read(self, n_bytes: int) -> bytes:
        """Return at most `n_bytes`, and none at the end; raises EOFError when the stream is cut off."""
        while True:
            if self._decompressor.eof:
                self._waiting = self._decompressor.unused_data or self._packed.read(_PIECE_BYTES)
                if not self._waiting.strip(b"\0"):
                    return b""
                self._decompressor = self._start()
            elif self._decompressor.needs_input:
                self._waiting = self._packed.read(_PIECE_BYTES)
                if not self._waiting:
                    raise EOFError("it is cut off")
            piece: bytes = self._decompressor.decompress(self._waiting, n_bytes)
            self._waiting = b""
            if piece:
                return piece


def unpacked(packed: IO[bytes], suffix: str) -> Any:
    """Return a stream of what a compressed one holds, by the suffix of its name."""
    if suffix.endswith("gz"):
        return gzip.GzipFile(fileobj=packed)
    if suffix.endswith(("bz2", "tbz")):
        return _Unpacked(packed, bz2.BZ2Decompressor)
    if suffix.endswith("xz"):
        return _Unpacked(packed, lambda: lzma.LZMADecompressor(memlimit=_LZMA_MEMORY))
    return packed


def packed_file(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    """Yield the one file that is packed in a .gz, .bz2 or .xz."""
    suffix = next(suffix for suffix in _SUFFIXES if source.lower().endswith(suffix))
    inner = f"{source}!/{source.rsplit('/', 1)[-1][: -len(suffix)] or 'unnamed'}"
    refused = refusal(inner, 0, settings, is_encrypted=False, is_link=False)
    if refused is not None or allowance.n_members <= 0:
        yield refused or used_up(inner)
        return
    allowance.n_members -= 1
    n_packed = stream.seek(0, 2)
    stream.seek(0)
    by_ratio = max(settings.max_ratio * max(n_packed, 1), _HONEST_BYTES)
    bound = min(settings.max_bytes, by_ratio, allowance.n_bytes)
    pieces: list[bytes] = []
    n_bytes = 0
    try:
        plain = unpacked(stream, suffix)
        read = getattr(plain, "read1", plain.read)  # what stands before an error comes first
        while n_bytes <= bound and (piece := read(min(_PIECE_BYTES, bound + 1 - n_bytes))):
            pieces.append(piece)
            n_bytes += len(piece)
    except BROKEN_STREAM as error:
        if pieces and isinstance(error, gzip.BadGzipFile) and str(error).startswith("Not a gzipped file"):
            yield RawFile(inner, b"".join(pieces))  # whole, and something else behind it
            return
        yield Failure(
            source, "sources", f"this is no {suffix} file, or a broken one ({error}) — fetch it again"
        )
        return
    allowance.n_bytes -= n_bytes
    if n_bytes <= bound:
        yield RawFile(inner, b"".join(pieces))
    elif bound == settings.max_bytes:
        yield Failure(
            inner,
            "sources",
            f"this input holds more than the {bound:,} bytes of the limit — raise max_bytes to read it",
        )
    elif bound == by_ratio:
        yield grows_too_much(inner, n_packed, f"more than {bound:,}")
    else:
        yield used_up(inner)
