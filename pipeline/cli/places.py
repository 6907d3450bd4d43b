"""Where a command may write a file: one rule for every option that names one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import SourceError


def file_named(*endings: str) -> Callable[[str], Path]:
    """Return the type of an argument that names a file to write: no folder, and a name that says what is in it.

    >>> file_named(".csv")("rows/slogans.csv").name
    'slogans.csv'
    """

    def checked(given: str) -> Path:
        path = Path(given)
        if path.is_dir():
            raise argparse.ArgumentTypeError(
                f"{given} is a folder; name a file, say {path / f'rows{endings[0]}'}"
            )
        if path.suffix.lower() not in endings:
            raise argparse.ArgumentTypeError(f"{given} must end in {' or '.join(endings)}")
        return path

    return checked


def row_count(given: str) -> int:
    """Return a number of rows, which is 0 (all) or more; the type of an argument.

    >>> row_count("20")
    20
    """
    if not given.isdecimal():
        raise argparse.ArgumentTypeError(f"{given!r} is no number of rows; 0 prints all")
    return int(given)


def ready_to_write(path: Path, *, run: Path, make: bool = True) -> None:
    """Make the folder of a file; raises SourceError where the file would lie among those of the run itself."""
    from pipeline.batch.running import WORK_FOLDER, WRITTEN_NAMES

    own, place = run.resolve(), path.resolve()
    if any(place.is_relative_to(own / name) for name in (*WRITTEN_NAMES, WORK_FOLDER)):
        raise SourceError("this is a place of the run's own files", where=str(path), hint="name another file")
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
