"""The folder that a run writes to: what lies there, what is nobody else's, and that no other run writes there too."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from pipeline.batch.exports import CSV_FOLDER, WORKBOOK, WORKBOOK_ASIDE
from pipeline.batch.stores import Store
from pipeline.columns import ALL_TABLES
from pipeline.errors import SourceError
from pipeline.layout import DATABASE, TABLES_FOLDER
from pipeline.one_writer import hold
from pipeline.sources import InputFile
from pipeline.tables import UNFINISHED_PREFIX
from pipeline.written import written_in

WORK_FOLDER = ".work"
WRITTEN_NAMES = (TABLES_FOLDER, DATABASE, CSV_FOLDER, WORKBOOK, WORKBOOK_ASIDE)
_LOCK = "lock"


def not_ours(inputs: Iterable[InputFile], out: Path) -> Iterator[InputFile]:
    """Pass over what an earlier run has written, should `out` lie in a folder that is read."""
    ours = tuple(str(out.resolve() / name) for name in WRITTEN_NAMES)
    inside = tuple(name + os.sep for name in ours)
    return (one for one in inputs if (path := str(one.path)) not in ours and not path.startswith(inside))


def refuse_strangers(out: Path, formats: Iterable[str], added: Iterable[str] = ()) -> None:
    """Raise SourceError where files of somebody else have the names of what a run is to write, as comparisons do."""
    tables = (*ALL_TABLES, *added)
    places = {out: [DATABASE], out / TABLES_FOLDER: [n for one in tables for n in (f"{one}.parquet", one)]}
    if "xlsx" in formats:
        places[out].append(WORKBOOK)
    if "csv" in formats or written_in(out / CSV_FOLDER):
        places[out / CSV_FOLDER] = [f"{one}.csv" for one in tables]
    strangers = [
        str((folder / name).relative_to(out))
        for folder, names in places.items()
        for name in sorted(set(names) - written_in(folder))
        if os.path.lexists(folder / name)
    ]
    if strangers:
        what = f"files that are not of `zhengce run` have the names of what it writes: {', '.join(strangers)}"
        raise SourceError(what, where=str(out), hint="name another folder")


def store_of(shards: str | None, work: Path) -> Store:
    """Return the store of shards at an address or in a folder, else in the folder of the run."""
    if shards is None:
        return Store(str((work / "shards").resolve()))
    if "://" in shards and not shards.startswith("file://"):
        return Store(shards.rstrip("/"))
    return Store(str(Path(shards.removeprefix("file://")).resolve()))


def alone(folder: Path, where: Path) -> IO[bytes]:
    """Hold a folder for this process until what is returned is closed; raises SourceError where another run holds it."""
    hint = "wait for it, or name another folder"
    return hold(folder / _LOCK, SourceError("another run is writing here", where=str(where), hint=hint))


def alone_in(store: Store) -> contextlib.AbstractContextManager[object]:
    """Hold a store that is a folder of its own; an object store knows no locks (docs/scaling.md)."""
    folder = Path(store.root)
    if store.is_remote or folder.parent.name == WORK_FOLDER:
        return contextlib.nullcontext()
    folder.mkdir(parents=True, exist_ok=True)
    return alone(folder, folder)


@contextlib.contextmanager
def plan_file(work: Path) -> Iterator[Path]:
    """Give the path of the plan, which is gone when the run is over."""
    path = work / "plan.jsonl"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def clear_unfinished(out: Path) -> None:
    """Remove what runs that were killed have left half written."""
    for left in out.glob(f"{UNFINISHED_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in (out / WORK_FOLDER).glob("diaries-*"):
        shutil.rmtree(left, ignore_errors=True)
