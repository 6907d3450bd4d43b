"""Archives of every kind that is opened, and archives inside them, in memory, never on disk.

An opener yields the members of one archive; what is itself an archive is opened here, with the same allowance: bytes
and members that the outermost archive, with all inside it, may still give. A hostile name cannot reach anything.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.folders import InputFile
from pipeline.sources.members import Allowance, allowance_of
from pipeline.sources.packed_files import packed_file
from pipeline.sources.tar_archives import tar_members
from pipeline.sources.zip_archives import zip_members

_MAX_DEPTH = 2

Opener = Callable[[IO[bytes], str, Settings, Allowance], Iterator[RawFile | Failure]]

ARCHIVES: tuple[tuple[tuple[str, ...], Opener], ...] = (
    ((".zip",), zip_members),
    ((".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz"), tar_members),
    ((".gz", ".bz2", ".xz"), packed_file),  # one packed file; after the packed tars
)
ARCHIVE_SUFFIXES = tuple(suffix for suffixes, _ in ARCHIVES for suffix in suffixes)


def read_archive(listed: InputFile, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield what an archive holds, each as `archive.zip!/member`, those of archives inside it in their place."""
    allowance = allowance_of(listed.size, settings)
    try:
        stream = listed.path.open("rb")
    except OSError as error:
        yield Failure(listed.source, "sources", f"this file cannot be opened ({error.strerror})")
        return
    with stream:
        yield from _members(stream, listed.source, settings, allowance, depth=1)


def read_zip_bytes(raw: bytes, source: str, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield what a zip archive in memory holds, whatever its source is called."""
    yield from _opened(
        zip_members, io.BytesIO(raw), source, settings, allowance_of(len(raw), settings), depth=1
    )


def _members(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance, *, depth: int
) -> Iterator[RawFile | Failure]:
    lowered = source.lower()
    opener = next(opener for suffixes, opener in ARCHIVES if lowered.endswith(suffixes))
    yield from _opened(opener, stream, source, settings, allowance, depth=depth)


def _opened(
    opener: Opener, stream: IO[bytes], source: str, settings: Settings, allowance: Allowance, *, depth: int
) -> Iterator[RawFile | Failure]:
    for member in opener(stream, source, settings, allowance):
        if isinstance(member, Failure) or not member.source.lower().endswith(ARCHIVE_SUFFIXES):
            yield member
        elif depth < _MAX_DEPTH:
            yield from _members(io.BytesIO(member.raw), member.source, settings, allowance, depth=depth + 1)
        else:
            letter = f"archives inside archives are opened to depth {_MAX_DEPTH} — unpack it by hand"
            yield Failure(member.source, "sources", letter)
