"""Tar archives, packed or not, read as a stream: each member once, in the order of the archive.

Links, devices and sparse members (which state sizes that nothing stands for) are refused; headers are bounded.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import IO, Any

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.members import (
    Allowance,
    decoded_name,
    is_junk_member,
    refusal,
    too_many,
    used_up,
)
from pipeline.sources.packed_files import BROKEN_STREAM, unpacked

_BROKEN = (*BROKEN_STREAM, tarfile.TarError, RecursionError, OverflowError, LookupError)
_BLOCK = 512
_BUFFER = 20 * _BLOCK
_MAX_SKIPPED_BYTES = 512 * 1024 * 1024  # of members that are too large, unpacked and forgotten
_MAX_HEADER_BYTES = 64 * 1024  # headers and extended headers before one member


class _TooMuchError(Exception):
    """More bytes than the archive may give, or a header without end."""


class _Header(tarfile.TarInfo):
    """A header whose damage is said: tarfile would take it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.InvalidHeaderError as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(f"{error}") from error


class _Bounded:
    """The stream under a tar: counts what it gives against the allowance and against the next member's header."""

    def __init__(self, stream: Any, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance
        self.left = _MAX_HEADER_BYTES
        self.is_skipping = False
        self._n_skipped = 0

    def read(self, n_bytes: int) -> bytes:
        piece: bytes = self._stream.read(n_bytes)
        self.left -= len(piece)
        if self.is_skipping:
            self._n_skipped += len(piece)
        else:
            self._allowance.n_bytes -= len(piece)
        if self._allowance.n_bytes < 0:
            raise _TooMuchError("it has already given as many bytes as max_ratio allows")
        if self._n_skipped > _MAX_SKIPPED_BYTES:
            raise _TooMuchError("what stands behind a member that is too large lies too far in it")
        if self.left < 0:
            raise _TooMuchError("a header of it is longer than any honest one")
        return piece


def tar_members(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    """Yield the members of a tar archive; what breaks in the middle is one Failure at the end."""
    suffix = source.lower().rsplit(".", 1)[-1]
    bounded = _Bounded(unpacked(stream, suffix), allowance)
    n_given = 0
    try:
        with tarfile.open(
            fileobj=bounded,
            mode="r|",
            tarinfo=_Header,
            bufsize=_BUFFER,
            encoding="utf-8",
            errors="surrogateescape",  # type: ignore[call-overload]
        ) as archive:
            while True:
                bounded.left = max(bounded.left, 0) + _MAX_HEADER_BYTES + _BUFFER
                info = archive.next()
                bounded.is_skipping = False
                if info is None:
                    return
                archive.members.clear()  # it would remember every header
                bounded.left = info.size + 2 * _BUFFER
                name = decoded_name(info.name.encode("utf-8", "surrogateescape"))
                if info.isdir() or is_junk_member(name):
                    continue
                if n_given >= settings.max_members or allowance.n_members <= 0:
                    yield too_many(source, "further", settings)
                    return
                n_given += 1
                allowance.n_members -= 1
                inner = f"{source}!/{name}"
                is_file = info.isreg() and not info.issparse()
                if is_file and info.size > min(allowance.n_bytes, settings.max_bytes):
                    # what comes behind it cannot be reached without unpacking it, of which nothing is kept
                    bounded.is_skipping = True
                    refused = refusal(inner, info.size, settings, is_encrypted=False, is_link=False)
                    yield refused or used_up(inner)
                    continue
                yield _member(archive, info, inner, settings)
    except _TooMuchError as error:
        yield Failure(
            source,
            "sources",
            f"this archive was not read to its end: {error} — unpack it by hand if it is genuine",
        )
    except _BROKEN as error:
        yield Failure(
            source,
            "sources",
            f"this is no tar archive, or a broken one ({error}) — fetch it again; what stands before the damage was read",
        )


def _member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, source: str, settings: Settings
) -> RawFile | Failure:
    is_file = info.isreg() and not info.issparse()
    refused = refusal(source, info.size, settings, is_encrypted=False, is_link=not is_file)
    if refused is not None:
        return refused
    stream = archive.extractfile(info)
    raw = stream.read(info.size) if stream is not None else b""
    if len(raw) != info.size:
        raise EOFError("it is cut off")
    return RawFile(source, raw)
