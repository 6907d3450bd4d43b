"""A run: plan, work, tables, and a tidy store. After a kill at any moment the same call goes on where it was."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from pipeline.batch import keys
from pipeline.batch.assembly import Assembly, Progress
from pipeline.batch.engine_work import check_engine, results
from pipeline.batch.exports import export, set_aside
from pipeline.batch.out_folder import (
    WORK_FOLDER,
    alone,
    alone_in,
    clear_unfinished,
    not_ours,
    plan_file,
    refuse_strangers,
    store_of,
)
from pipeline.batch.plan import KeptResults, make_plan
from pipeline.batch.stores import Store
from pipeline.batch.summary import Summary, damage_met
from pipeline.columns import ALL_TABLES
from pipeline.duplicates import merge_duplicates
from pipeline.errors import SourceError
from pipeline.extensions import Extractor, chosen
from pipeline.layout import remove_tables
from pipeline.replacing import check_name
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import iter_inputs
from pipeline.spreadsheets import known_formats
from pipeline.tables import TableWriter


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
    check_engine(engine, settings)
    if isinstance(paths, str | Path):
        paths = [paths]
    wanted = known_formats(formats)
    own = chosen(extractors)
    inputs = iter_inputs(paths)
    check_name(Path(out))
    refuse_strangers(Path(out), wanted, [extractor.name for extractor in own])
    summary = Summary(Path(out))
    work = summary.out / WORK_FOLDER
    work.mkdir(parents=True, exist_ok=True)
    store = store_of(shards, work)
    with alone(work, summary.out), alone_in(store), plan_file(work) as path:
        clear_unfinished(summary.out)
        store.prepare()
        if fresh:
            for name in store.names():
                store.remove(name)
        kept = KeptResults(store, settings, "" if own else keys.rules_version())
        plan = make_plan(path, not_ours(inputs, summary.out), kept, settings)
        if not plan.n_inputs:
            where = ", ".join(map(str, paths))
            raise SourceError("no file to read here", where=where, hint="name a folder that holds pages")
        settle = partial(merge_duplicates, near=settings.near_duplicates)
        added = {e.name: e.table for e in own}
        with TableWriter(summary.out, settle, added, rows_a_file=rows_per_file) as writer:
            assembly = Assembly(writer, summary)
            assembly.put_together(plan, results(plan, settings, store, engine, work, own), store, progress)
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
