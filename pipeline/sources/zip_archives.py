"""Zip archives: the members in the order of their names.

Limits: the size of a member, the number of members, the growth of one member and of the archive as a whole
(overlapping members count each time they are unpacked).
"""

from __future__ import annotations

import stat
import warnings
import zipfile
from collections.abc import Iterator
from typing import IO

from pipeline.errors import Failure
from pipeline.lazy_re import lazy_re
from pipeline.packages import BROKEN_ZIP
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.members import (
    Allowance,
    decoded_name,
    grows_too_much,
    is_junk_member,
    refusal,
    too_many,
    used_up,
)

_LISTS_RE = lazy_re(r"indexes/|pages/|datapackage(?:-digest)?\.json$")
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as its author saw it; zipfile shows names of unstated encoding as cp437."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        return decoded_name(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def zip_members(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    """Yield the members of a zip archive in the order of their names."""
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN_ZIP as error:
        yield Failure(
            source,
            "sources",
            f"this is no zip archive, or a broken one ({error}) — fetch it again, or repair it (zip -FF)",
        )
        return
    with archive:
        files = (info for info in archive.infolist() if not info.filename.endswith("/"))  # a name may be ""
        named = ((member_name(info), info) for info in files)
        members = sorted((pair for pair in named if not is_junk_member(pair[0])), key=lambda pair: pair[0])
        for number, (name, info) in enumerate(members):
            if allowance.n_members <= 0:
                yield too_many(source, f"{len(members) - number:,} of its {len(members):,}", settings)
                return
            allowance.n_members -= 1
            yield _member(archive, info, f"{source}!/{name}", settings, allowance)


def wacz_members(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    """Yield the crawl in a WACZ file, without what only lists it: indexes, pages.jsonl, datapackage.json."""
    for member in zip_members(stream, source, settings, allowance):
        name = member.source.removeprefix(f"{source}!/")
        if isinstance(member, Failure) or not _LISTS_RE.match(name):
            yield member


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, settings: Settings, allowance: Allowance
) -> RawFile | Failure:
    refused = refusal(
        source,
        info.file_size,  # zipfile never gives more than the header states
        settings,
        is_encrypted=bool(info.flag_bits & _ENCRYPTED_FLAG),
        is_link=stat.S_ISLNK(info.external_attr >> 16),
    )
    if refused is not None:
        return refused
    if info.file_size > settings.max_ratio * max(info.compress_size, 1):
        return grows_too_much(source, info.compress_size, f"{info.file_size:,}")
    if info.file_size > allowance.n_bytes:
        return used_up(source)
    allowance.n_bytes -= info.file_size
    try:
        with _opened(archive, info) as member:
            return RawFile(source, member.read(settings.max_bytes + 1))
    except (*BROKEN_ZIP, MemoryError) as error:  # LZMA takes what memory a member asks for
        reason = str(error) or "it asks for more memory than there is"
        return Failure(
            source,
            "sources",
            f"this member cannot be unpacked ({reason}) — fetch the archive again, or give the file by itself",
        )


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """Open a member; one that is listed twice counts twice, of which newer Pythons warn and older do not."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Overlapped entries", category=UserWarning)
        return archive.open(info)
