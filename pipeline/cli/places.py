"""Which places a command may be given, to read and to write: one rule for every option that names one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import SourceError


def place_named(given: str) -> str:
    """Return a place as it was given; the type of an argument. Refuses an empty name: to the system that is this folder.

    >>> place_named("corpus")
    'corpus'
    """
    if not given:
        raise argparse.ArgumentTypeError(
            "the name of the place is empty; write . for this folder, or see whether a variable of the command is unset"
        )
    return given


def path_named(given: str) -> Path:
    """Return the path of a place that was given by name; the type of an argument.

    >>> path_named("corpus").name
    'corpus'
    """
    return Path(place_named(given))


def file_named(*endings: str) -> Callable[[str], Path]:
    """Return the type of an argument that names a file to write: no folder, and a name that says what is in it.

    >>> file_named(".csv")("rows/slogans.csv").name
    'slogans.csv'
    """

    def checked(given: str) -> Path:
        path = path_named(given)
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
    from pipeline.batch.out_folder import WORK_FOLDER, WRITTEN_NAMES

    own, place = run.resolve(), path.resolve()
    if any(place.is_relative_to(own / name) for name in (*WRITTEN_NAMES, WORK_FOLDER)):
        raise SourceError("this is a place of the run's own files", where=str(path), hint="name another file")
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
