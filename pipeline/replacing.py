"""A file that is written beside the one it is to replace, and takes its place when it is whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Container, Iterator
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.lazy_re import lazy_re

_BESIDE_RE = lazy_re(r"\.(?P<name>.+)\.(?P<pid>\d+)")  # .slogans.csv.4711


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; what is there when the block is left in peace takes the place of `path`, at once."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        with contextlib.suppress(OSError):  # gone by now where all went well
            temporary.unlink()


def check_folder(path: Path) -> None:
    """Raise SourceError for a place to write into that is a file."""
    if path.exists() and not path.is_dir():
        raise SourceError("--out names a file", where=str(path), hint="name a folder")


def check_name(folder: Path) -> None:
    """Raise SourceError for a folder whose name is not UTF-8: Parquet and DuckDB cannot write there."""
    try:
        str(folder.resolve()).encode("utf-8")
    except UnicodeEncodeError as error:
        where = os.fsencode(folder).decode("utf-8", "backslashreplace")
        hint = "name another, or rename the folder that is meant"
        raise SourceError(
            "tables cannot lie in a folder whose name is not UTF-8", where=where, hint=hint
        ) from error


def clear_unfinished(folder: Path, names: Container[str]) -> None:
    """Remove what processes that were killed have left of files of these names.

    To be called by who alone writes them: nobody can tell everywhere whether a process lives.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.listdir(folder):
            if (beside := _BESIDE_RE.fullmatch(entry)) and beside["name"] in names:
                with contextlib.suppress(OSError):
                    (folder / entry).unlink()
