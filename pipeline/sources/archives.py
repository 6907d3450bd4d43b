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
from pipeline.sources.files import opened
from pipeline.sources.folders import InputFile
from pipeline.sources.members import Allowance, allowance_of, used_up
from pipeline.sources.packed_files import packed_file
from pipeline.sources.parquet_pages import parquet_pages
from pipeline.sources.tables import TABLE_SUFFIXES, table_pages
from pipeline.sources.tar_archives import tar_members
from pipeline.sources.warc import warc_pages
from pipeline.sources.zip_archives import wacz_members, zip_members

_MAX_DEPTH = 2

Opener = Callable[[IO[bytes], str, Settings, Allowance], Iterator[RawFile | Failure]]

ARCHIVES: tuple[tuple[tuple[str, ...], Opener], ...] = (
    ((".zip",), zip_members),
    ((".wacz",), wacz_members),
    ((".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz"), tar_members),
    ((".gz", ".bz2", ".xz"), packed_file),  # one packed file; after the packed tars
)
WARC_SUFFIXES = (".warc", ".warc.gz")  # before the packed files
PARQUET_SUFFIX = ".parquet"
ARCHIVE_SUFFIXES = (
    *WARC_SUFFIXES,
    *(suffix for suffixes, _ in ARCHIVES for suffix in suffixes),
    PARQUET_SUFFIX,
)


def read_archive(listed: InputFile, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield what an archive holds, each as `archive.zip!/member`, those of archives inside it in their place."""
    allowance = None if listed.source.lower().endswith(WARC_SUFFIXES) else allowance_of(listed.size, settings)
    stream = opened(listed)
    if isinstance(stream, Failure):
        yield stream
        return
    with stream:
        yield from _members(stream, listed.source, settings, allowance, depth=1)


def _members(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance | None, *, depth: int
) -> Iterator[RawFile | Failure]:
    """Yield what an archive holds; without an allowance it is a crawl, which is bounded by itself."""
    lowered = source.lower()
    if lowered.endswith(WARC_SUFFIXES):
        yield from _crawled(stream, source, settings, allowance, depth=depth)
        return
    allowance = allowance or allowance_of(stream.seek(0, io.SEEK_END), settings)
    stream.seek(0)
    if lowered.endswith(PARQUET_SUFFIX):
        yield from parquet_pages(stream, source, settings, allowance)
        return
    opener = next(opener for suffixes, opener in ARCHIVES if lowered.endswith(suffixes))
    yield from _opened(opener, stream, source, settings, allowance, depth=depth)


def _crawled(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance | None, *, depth: int
) -> Iterator[RawFile | Failure]:
    """Yield the pages of a WARC file; inside of an archive they count as what that may give."""

    def open_zip(raw: bytes, where: str) -> Iterator[RawFile | Failure]:
        own = allowance or allowance_of(len(raw), settings)
        return _opened(zip_members, io.BytesIO(raw), where, settings, own, depth=depth)

    for page in warc_pages(stream, source, settings, open_zip):
        if (
            allowance is not None
            and isinstance(page, RawFile)
            and "!/" not in page.source.removeprefix(f"{source}!/")
        ):
            if len(page.raw) > allowance.n_bytes:
                yield used_up(page.source)
                continue
            allowance.n_bytes -= len(page.raw)
        yield page


def _opened(
    opener: Opener, stream: IO[bytes], source: str, settings: Settings, allowance: Allowance, *, depth: int
) -> Iterator[RawFile | Failure]:
    n_given = 0
    for member in opener(stream, source, settings, allowance):
        n_given += 1
        if isinstance(member, Failure):
            yield member
        elif member.source.lower().endswith(TABLE_SUFFIXES):
            yield from table_pages(io.BytesIO(member.raw), member.source, settings) or (member,)
        elif not member.source.lower().endswith(ARCHIVE_SUFFIXES):
            yield member
        elif depth < _MAX_DEPTH:
            yield from _members(io.BytesIO(member.raw), member.source, settings, allowance, depth=depth + 1)
        else:
            letter = f"archives inside archives are opened to depth {_MAX_DEPTH} — unpack it by hand"
            yield Failure(member.source, "sources", letter)
    if not n_given:
        yield Failure(source, "sources", "this archive holds no file to read", status="empty")
