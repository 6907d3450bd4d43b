"""Where the results of a plan come from: the engine that does what no earlier run has done."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.batch.chunks import Chunk, chunks, single_inputs
from pipeline.batch.plan import Plan
from pipeline.batch.shards import Shard
from pipeline.batch.stores import Store
from pipeline.batch.work import lost_chunk, process_chunk
from pipeline.engines import ENGINES, most_workers, run_here
from pipeline.errors import SourceError
from pipeline.extensions import Extractor
from pipeline.settings import Settings

_FEW = 8  # small inputs that are read before a second process has started


def check_engine(engine: str, settings: Settings) -> None:
    """Raise SourceError for an engine that is not known, and for more workers than the machine bears."""
    if engine not in ENGINES:
        raise SourceError(f"there is no engine {engine!r}", hint=f"known: {', '.join(ENGINES)}")
    if engine != "ray" and settings.workers > most_workers():
        hint = f"up to {most_workers():,}; 0 is one a core"
        raise SourceError(f"{settings.workers:,} workers are too many for this machine", hint=hint)


def results(
    plan: Plan, settings: Settings, store: Store, engine: str, work: Path, own: tuple[Extractor, ...]
) -> Iterator[Shard]:
    """Yield the shards of what a plan misses, as they are made."""
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
