"""Where bytes come from: files, folders, archives, crawls, object stores. Adding a kind of source is one line in OPENERS.

Listing is cheap and opens nothing; reading one listed input needs nothing but that input and the settings,
so that a worker process can do it by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from pipeline.errors import Failure, PipelineError, SourceError
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.addresses import check_addresses, fetched, is_address, walk_address
from pipeline.sources.archives import ARCHIVE_SUFFIXES, read_archive
from pipeline.sources.file_names import on_disk
from pipeline.sources.files import read_file
from pipeline.sources.folders import InputFile, check_paths, walk
from pipeline.sources.other_archives import REFUSED_SUFFIXES, refuse_archive
from pipeline.sources.tables import TABLE_SUFFIXES, read_table

__all__ = [
    "InputFile",
    "holds_many",
    "is_opened",
    "iter_files",
    "iter_inputs",
    "list_inputs",
    "read_input",
    "read_one",
]

Opener = Callable[[InputFile, Settings], Iterator[RawFile | Failure]]

OPENERS: tuple[tuple[tuple[str, ...], Opener], ...] = (
    (ARCHIVE_SUFFIXES, read_archive),
    (REFUSED_SUFFIXES, refuse_archive),
    (TABLE_SUFFIXES, read_table),
    (("",), read_file),  # every other name
)


def holds_many(listed: InputFile) -> bool:
    """Tell whether an input is of a kind that holds documents: an archive, a crawl, a table of pages."""
    return _opener(listed) not in (read_file, read_table)  # a small table is read as fast as a page


def is_opened(listed: InputFile, settings: Settings) -> bool:
    """Tell whether an input is opened at all: one that is too large, or an archive of a kind not read, is refused by name and size."""
    opener = _opener(listed)
    return opener is not refuse_archive and not (opener is read_file and listed.size > settings.max_bytes)


def _opener(listed: InputFile) -> Opener:
    name = listed.path.name.lower()
    return next(opener for suffixes, opener in OPENERS if name.endswith(suffixes))


def iter_files(paths: Sequence[str | Path], settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield every input under files and folders, in a fixed order; what cannot be opened is a Failure.

    Raises SourceError at once when a path does not exist. Only one input is held in memory at a time.
    """
    inputs = iter_inputs(paths)
    return (file for listed in inputs for file in read_input(listed, settings))


def iter_inputs(paths: Sequence[str | Path]) -> Iterator[InputFile]:
    """Yield what list_inputs lists, without holding all of it; raises SourceError at once when a path does not exist."""
    folders = check_paths([Path(str(path).removeprefix("file://")) for path in paths if not is_address(path)])
    addresses = check_addresses([str(path) for path in paths if is_address(path)])
    return chain.from_iterable(chain(map(walk, folders), map(walk_address, addresses)))


def list_inputs(paths: Sequence[str | Path]) -> list[InputFile]:
    """Return all inputs under files, folders and addresses (these last), with their sizes, without opening any.

    An archive counts as one. Raises SourceError when a path does not exist.
    """
    return list(iter_inputs(paths))


def read_input(listed: InputFile, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield what one listed input holds: its bytes, or those of each member of an archive."""
    if listed.refused is not None:
        yield Failure(listed.source, "sources", listed.refused)
        return
    opener = _opener(listed)
    if not listed.address or not is_opened(listed, settings):
        yield from opener(listed, settings)
        return
    try:
        with fetched(listed) as here:
            yield from opener(here, settings)
    except OSError as error:
        yield Failure(
            listed.source,
            "sources",
            f"this cannot be fetched ({error}) — see that the store answers, and run again",
        )


def read_one(path: Path, settings: Settings) -> RawFile:
    """Return the one file that a path names.

    Raises SourceError when it is a folder, is missing or holds several documents, PipelineError when it cannot be opened.
    """
    path = on_disk(path)
    inputs = list_inputs([path])
    if path.is_dir() or not inputs:
        raise SourceError("this is not one file", where=str(path), hint="zhengce run reads folders")
    files = list(read_input(inputs[0], settings))
    if len(files) != 1:
        raise SourceError(
            f"this is not one file but holds {len(files)} documents",
            where=str(path),
            hint="zhengce run reads archives",
        )
    if isinstance(files[0], Failure):
        raise PipelineError(files[0].message, where=files[0].source)
    return files[0]
