"""Zip archives, opened in memory, never on disk: a hostile member name cannot reach anything.

Limits: the size of a member, the number of members, the growth of one member and of the archive as a whole
(overlapping members count each time they are unpacked), and zips inside zips to depth 2.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.files import too_large
from pipeline.sources.folders import InputFile, is_junk
from pipeline.sources.other_archives import ARCHIVE_SUFFIXES, archive_letter

_MAX_DEPTH = 2
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(slots=True)
class _Allowance:
    """What an outermost archive, with all zips inside it, may still give."""

    n_bytes: int
    n_members: int


def read_zip(listed: InputFile, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield the members of a zip archive in the order of their names, each as `archive.zip!/member`."""
    allowance = _Allowance(max(listed.size, 1) * max(settings.max_ratio, 1), settings.max_members)
    try:
        stream = listed.path.open("rb")
    except OSError as error:
        yield Failure(listed.source, "sources", f"this file cannot be opened ({error.strerror})")
        return
    with stream:
        yield from _read_members(stream, listed.source, settings, allowance, depth=1)


def read_zip_bytes(raw: bytes, source: str, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield the members of a zip archive in memory, each as `source!/member`."""
    allowance = _Allowance(max(len(raw), 1) * max(settings.max_ratio, 1), settings.max_members)
    yield from _read_members(io.BytesIO(raw), source, settings, allowance, depth=1)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as its author saw it.

    Windows tools in China write GBK names without saying so, and zipfile then shows them as cp437.
    """
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _read_members(
    stream: IO[bytes], source: str, settings: Settings, allowance: _Allowance, *, depth: int
) -> Iterator[RawFile | Failure]:
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        yield Failure(source, "sources", f"this is no zip archive, or a broken one ({error})")
        return
    with archive:
        named = ((member_name(info), info) for info in archive.infolist() if not info.is_dir())
        members = sorted(
            (
                pair
                for pair in named
                if not any(is_junk(part) for part in pair[0].split("/") if part not in (".", ".."))
            ),
            key=lambda pair: pair[0],
        )
        for number, (name, info) in enumerate(members):
            if allowance.n_members <= 0:
                yield Failure(
                    source,
                    "sources",
                    f"{len(members) - number:,} of its {len(members):,} members were not read: "
                    f"the limit is {settings.max_members:,} — raise max_members to read them",
                )
                return
            allowance.n_members -= 1
            yield from _read_member(archive, info, f"{source}!/{name}", settings, allowance, depth)


def _refusal(info: zipfile.ZipInfo, source: str, settings: Settings, allowance: _Allowance) -> Failure | None:
    """Return why a member must not be unpacked, judged by its header; zipfile never gives more than it states."""
    name = source.rsplit("!/", 1)[-1]
    letter = None
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        letter = "this member's name leads out of the archive"
    elif stat.S_ISLNK(info.external_attr >> 16):
        letter = "this member is a link, not a file"
    elif info.flag_bits & _ENCRYPTED_FLAG:
        letter = "this member is encrypted — unpack the archive with its password and give the folder"
    elif name.lower().endswith(ARCHIVE_SUFFIXES):
        letter = archive_letter(name)
    elif info.file_size > settings.max_bytes:
        return too_large(source, info.file_size, settings)
    elif info.file_size > settings.max_ratio * max(info.compress_size, 1):
        letter = (
            f"this member grows from {info.compress_size:,} to {info.file_size:,} bytes, as archives made to fill "
            "a disk do — raise max_ratio if it is genuine"
        )
    elif info.file_size > allowance.n_bytes:
        letter = "its archive has already given as many bytes as max_ratio allows"
    return Failure(source, "sources", letter) if letter else None


def _read_member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    source: str,
    settings: Settings,
    allowance: _Allowance,
    depth: int,
) -> Iterator[RawFile | Failure]:
    refusal = _refusal(info, source, settings, allowance)
    if refusal is not None:
        yield refusal
        return
    allowance.n_bytes -= info.file_size
    try:
        with archive.open(info) as member:
            raw = member.read(settings.max_bytes + 1)
    except _BROKEN as error:
        yield Failure(source, "sources", f"this member cannot be unpacked ({error})")
        return
    if not source.lower().endswith(".zip"):
        yield RawFile(source, raw)
    elif depth < _MAX_DEPTH:
        yield from _read_members(io.BytesIO(raw), source, settings, allowance, depth=depth + 1)
    else:
        yield Failure(
            source, "sources", f"zips inside zips are opened to depth {_MAX_DEPTH} — unpack it by hand"
        )
