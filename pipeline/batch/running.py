"""A run: plan, work, tables, and a tidy store. After a kill at any moment the same call goes on where it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline.batch import keys
from pipeline.batch.assembly import Assembly, Progress
from pipeline.batch.chunks import Chunk, chunks, single_inputs
from pipeline.batch.exports import (
    CSV_FOLDER,
    WORKBOOK,
    WORKBOOK_ASIDE,
    export,
    known_formats,
    set_aside,
)
from pipeline.batch.plan import KeptResults, Plan, make_plan
from pipeline.batch.shards import Shard
from pipeline.batch.stores import Store
from pipeline.batch.summary import Summary, damage_met
from pipeline.batch.work import lost_chunk, process_chunk
from pipeline.columns import ALL_TABLES
from pipeline.duplicates import merge_duplicates
from pipeline.engines import ENGINES, most_workers, run_here
from pipeline.errors import SourceError
from pipeline.extensions import Extractor, chosen
from pipeline.layout import remove_tables
from pipeline.replacing import check_name
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import InputFile, iter_inputs
from pipeline.tables import UNFINISHED_PREFIX, TableWriter
from pipeline.written import note_written

WORK_FOLDER = ".work"
LOCK = "lock"
WRITTEN_NAMES = ("tables", "policy.duckdb", CSV_FOLDER, WORKBOOK, WORKBOOK_ASIDE)  # in the --out folder
_FEW = 8  # small inputs that are read before a second process has started


def run(
    paths: Sequence[str | Path] | str | Path,
    out: str | Path,
    *,
    settings: Settings = DEFAULT,
    formats: Iterable[str] = (),
    extractors: Iterable[str | Extractor] = (),
    progress: Progress | None = None,
    fresh: bool = False,
    engine: str = "auto",
    shards: str | None = None,
    rows_per_file: int = 0,
) -> Summary:
    """Run the pipeline over files and folders and write every table under `out`.

    What an earlier run, finished or killed, has kept in `out/.work` is used where bytes, source, rules and settings are
    the same; where only rules of extraction are others, its texts are; `fresh` forgets it. `formats` adds "csv" and
    "xlsx" to Parquet and DuckDB, which are always written, and what an earlier run has exported is written anew;
    `extractors` names extractors of your own (`pipeline.add_extractor`), each of which gets a table: nobody can tell
    whether their code has changed, so everything is extracted anew for them, from texts that are kept where they are.
    `engine` is auto, serial, processes or ray; `shards` keeps the results elsewhere: a folder, or an address of fsspec.
    With `rows_per_file` a table is a folder of Parquet files of so many rows, and the database holds views of them.
    A CSV file or workbook that cannot be written is named in the summary, and the rest is whole.

    >>> import tempfile
    >>> from pipeline import load
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pages = Path(folder, "pages")
    ...     pages.mkdir()
    ...     _ = (pages / "plan.txt").write_text("到2025年，建成公办幼儿园12所。", encoding="utf-8")
    ...     _ = (pages / "blank.txt").write_text("", encoding="utf-8")
    ...     summary = run(pages, Path(folder, "out"), engine="serial")
    ...     rows = load(Path(folder, "out"), ["quantities"])["quantities"]
    >>> sorted(summary.statuses.items()), rows.loc[0, ["indicator", "unit", "when"]].tolist()
    ([('empty', 1), ('ok', 1)], ['公办幼儿园', '所', '2025'])

    Raises SourceError when a path does not exist, no input is found, or another run writes to `out`; a bad file only
    gives a `failed` row.
    """
    started = time.monotonic()
    _check_engine(engine, settings)
    if isinstance(paths, str | Path):
        paths = [paths]
    wanted = known_formats(formats)
    own = chosen(extractors)
    inputs = iter_inputs(paths)
    check_name(Path(out))
    summary = Summary(Path(out))
    work = summary.out / WORK_FOLDER
    work.mkdir(parents=True, exist_ok=True)
    store = _store(shards, work)
    with _alone(work, summary.out), _alone_in(store), _plan_file(work) as path:
        _clear_unfinished(summary.out)
        note_written(summary.out, WRITTEN_NAMES)
        store.prepare()
        if fresh:
            for name in store.names():
                store.remove(name)
        kept = KeptResults(store, settings, "" if own else keys.rules_version())
        plan = make_plan(path, _not_ours(inputs, summary.out), kept, settings)
        if not plan.n_inputs:
            where = ", ".join(map(str, paths))
            raise SourceError("no file to read here", where=where, hint="name a folder that holds pages")
        settle = partial(merge_duplicates, near=settings.near_duplicates)
        added = {e.name: e.table for e in own}
        with TableWriter(summary.out, settle, added, rows_a_file=rows_per_file) as writer:
            assembly = Assembly(writer, summary)
            assembly.put_together(plan, _results(plan, settings, store, engine, work, own), store, progress)
        standing = set_aside(summary.out)
        remove_tables(summary.out, {*ALL_TABLES, *added})
        _export_anew(summary, wanted, standing)
        _tidy(store, assembly, is_own=bool(own))
    summary.rows = dict(writer.counts)
    n_copies = writer.removed["documents"]
    summary.statuses += Counter(ok=-n_copies, duplicate=n_copies)  # keeps no count of zero
    summary.damage = damage_met(summary.out)
    summary.seconds = time.monotonic() - started
    return summary


def _check_engine(engine: str, settings: Settings) -> None:
    if engine not in ENGINES:
        raise SourceError(f"there is no engine {engine!r}", hint=f"known: {', '.join(ENGINES)}")
    if engine != "ray" and settings.workers > most_workers():
        hint = f"up to {most_workers():,}; 0 is one a core"
        raise SourceError(f"{settings.workers:,} workers are too many for this machine", hint=hint)


def _export_anew(summary: Summary, wanted: tuple[str, ...], standing: tuple[str, ...]) -> None:
    """Write the formats that are asked for and those that an earlier run has left, and note what was and what could not be."""
    also = tuple(name for name in standing if name not in wanted)
    summary.unwritten = export(summary.out, (*wanted, *also))
    summary.rewritten = also if not summary.unwritten else ()


def _tidy(store: Store, assembly: Assembly, *, is_own: bool) -> None:
    """Remove the shards of no further use.

    What extractors of the user's have made is made anew each time, so that of their shards only the texts are kept, and
    those only where no other shard has them.
    """
    for name in store.names():
        if name in assembly.again if is_own else name not in assembly.used:
            store.remove(name)


def _not_ours(inputs: Iterable[InputFile], out: Path) -> Iterator[InputFile]:
    """Pass over what an earlier run has written, should `out` lie in a folder that is read."""
    ours = tuple(str(out.resolve() / name) for name in WRITTEN_NAMES)
    inside = tuple(name + os.sep for name in ours)
    return (one for one in inputs if (path := str(one.path)) not in ours and not path.startswith(inside))


def _store(shards: str | None, work: Path) -> Store:
    if shards is None:
        return Store(str((work / "shards").resolve()))
    if "://" in shards and not shards.startswith("file://"):
        return Store(shards.rstrip("/"))
    return Store(str(Path(shards.removeprefix("file://")).resolve()))


@contextlib.contextmanager
def _alone(folder: Path, where: Path) -> Iterator[None]:
    """Hold a folder for this process; the system lets go of it when the process ends, however it does."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs into one folder are not noticed there
        yield
        return
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SourceError(
                "another run is writing here",
                where=str(where),
                hint="wait for it, or name another folder",
            ) from error
        yield


def _alone_in(store: Store) -> contextlib.AbstractContextManager[None]:
    """Hold a store that is a folder of its own; an object store knows no locks (docs/scaling.md)."""
    folder = Path(store.root)
    if store.is_remote or folder.parent.name == WORK_FOLDER:
        return contextlib.nullcontext()
    folder.mkdir(parents=True, exist_ok=True)
    return _alone(folder, folder)


@contextlib.contextmanager
def _plan_file(work: Path) -> Iterator[Path]:
    path = work / "plan.jsonl"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _clear_unfinished(out: Path) -> None:
    for left in out.glob(f"{UNFINISHED_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in (out / WORK_FOLDER).glob("diaries-*"):
        shutil.rmtree(left, ignore_errors=True)


def _results(
    plan: Plan, settings: Settings, store: Store, engine: str, work: Path, own: tuple[Extractor, ...]
) -> Iterator[Shard]:
    workers = settings.workers or os.cpu_count() or 1
    if engine == "auto":
        is_little = plan.n_missing < _FEW and not plan.n_bulky
        engine = "serial" if workers == 1 or is_little else "processes"
    if not plan.n_missing:
        return
    shared_by = 1 if engine == "serial" else workers
    waiting: Iterator[Chunk] = chunks(plan.missing(), plan.bytes_missing, shared_by)
    if engine == "serial":
        yield from run_here(waiting, partial(process_chunk, settings=settings, store=store, own=own))
        return
    lost = partial(lost_chunk, settings=settings, store=store, own=own)
    if engine == "ray":
        from pipeline.engines.ray import run_on_ray

        with tempfile.TemporaryDirectory(prefix="diaries-", dir=work) as folder:
            split = partial(single_inputs, diary=Path(folder).resolve() / "diary")
            remote = partial(process_chunk, settings=settings, store=store, own=own)
            yield from run_on_ray(waiting, remote, workers=settings.workers, split=split, lost=lost)
        return
    from pipeline.engines.processes import run_in_processes

    with tempfile.TemporaryDirectory(prefix="zhengce-", ignore_cleanup_errors=True) as folder:
        yield from run_in_processes(
            waiting,
            partial(process_chunk, settings=settings, store=store, own=own, worker_folder=folder),
            workers=workers,
            split=partial(single_inputs, diary=Path(folder) / "diary"),
            lost=lost,
        )
