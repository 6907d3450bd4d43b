"""One file on disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.folders import InputFile, unopened


def too_large(source: str, n_bytes: int, settings: Settings) -> Failure:
    """Return the letter for an input over the limit."""
    return Failure(
        source,
        "sources",
        f"this input holds {n_bytes:,} bytes and the limit is {settings.max_bytes:,} — raise max_bytes to read it",
    )


def opened(listed: InputFile) -> IO[bytes] | Failure:
    """Return an input's bytes as a stream, or the Failure that says why it cannot be opened."""
    try:
        return listed.path.open("rb")
    except OSError as error:
        return Failure(listed.source, "sources", unopened(error))


def read_file(listed: InputFile, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield the bytes of a file, or a Failure when it is too large or cannot be opened."""
    if listed.size > settings.max_bytes:
        yield too_large(listed.source, listed.size, settings)
        return
    try:
        with listed.path.open("rb") as stream:
            raw = stream.read(listed.size + 1)
            if len(raw) > listed.size:  # it has grown since it was listed
                raw += stream.read(settings.max_bytes)
    except OSError as error:
        yield Failure(listed.source, "sources", unopened(error))
        return
    if len(raw) > settings.max_bytes:
        yield too_large(listed.source, len(raw), settings)
        return
    yield RawFile(listed.source, raw)
