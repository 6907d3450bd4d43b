"""Many documents: chunks of inputs to an engine, rows to the tables, failures as rows, duplicates found."""

from __future__ import annotations

import dataclasses
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline.columns import TABLES
from pipeline.duplicates import merge_duplicates
from pipeline.engines import run_here
from pipeline.errors import Failure, SourceError
from pipeline.records import DocumentRow
from pipeline.rows import Rows, document_row
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import InputFile, list_inputs, read_input
from pipeline.tables import TableWriter, load, write_csv, write_xlsx

_CHUNK_BYTES = 512 * 1024
_CHUNK_FILES = 64

Progress = Callable[[int, int, int], None]  # documents and bytes done since the last call; inputs in all


@dataclass(frozen=True, slots=True)
class Chunk:
    """A few inputs that one worker reads in a row."""

    inputs: tuple[InputFile, ...]

    @property
    def n_bytes(self) -> int:
        """Bytes of its inputs on disk."""
        return sum(one.size for one in self.inputs)


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What one chunk gave: the rows of each of its documents."""

    n_bytes: int
    documents: tuple[tuple[DocumentRow, Rows], ...]


@dataclass(slots=True)
class Summary:
    """What a run did: documents by status, rows by table, documents by kind of damage, seconds, bytes."""

    out: Path
    statuses: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    damage: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)  # the first few: source, error
    n_bytes: int = 0
    seconds: float = 0.0

    @property
    def n_failures(self) -> int:
        """Inputs that could not be read."""
        return self.statuses["failed"]


def run(
    paths: Sequence[str | Path] | str | Path,
    out: str | Path,
    *,
    settings: Settings = DEFAULT,
    formats: Iterable[str] = (),
    progress: Progress | None = None,
) -> Summary:
    """Run the pipeline over files and folders and write every table under `out`.

    `formats` adds "csv" and "xlsx" to Parquet and DuckDB, which are always written.
    Raises SourceError when a path does not exist or no input is found; a bad file only gives a `failed` row.
    """
    started = time.monotonic()
    if isinstance(paths, str | Path):
        paths = [paths]
    inputs = list_inputs([Path(p) for p in paths])
    if not inputs:
        raise SourceError(
            "no file to read here", where=", ".join(map(str, paths)), hint="name a folder that holds pages"
        )
    summary = Summary(Path(out))
    seen: set[int] = set()
    settle = partial(merge_duplicates, near=settings.near_duplicates)
    with TableWriter(summary.out, settle) as writer:
        for result in _results(_chunks(inputs), settings, len(inputs)):
            for row, rows in result.documents:
                _add(writer, summary, seen, row, rows)
            summary.n_bytes += result.n_bytes
            if progress is not None:
                progress(len(result.documents), result.n_bytes, len(inputs))
    summary.rows = dict(writer.counts)
    n_copies = writer.removed["documents"]
    summary.statuses += Counter(ok=-n_copies, duplicate=n_copies)  # keeps no count of zero
    export(summary.out, formats)
    summary.seconds = time.monotonic() - started
    return summary


def _add(writer: TableWriter, summary: Summary, seen: set[int], row: DocumentRow, rows: Rows) -> None:
    """Enter one document; the same bytes as an earlier one give only a row of `documents`.

    Copies with other bytes are found when all documents are there (merge_duplicates).
    """
    if row.status == "ok" and row.doc_id is not None:
        number = int(row.doc_id, 16)
        if number in seen:
            row = dataclasses.replace(row, status="duplicate", duplicate_of=row.doc_id)
            rows = {"documents": [document_row(row)]}
        seen.add(number)
    writer.add(rows)
    summary.statuses[row.status] += 1
    summary.damage.update(row.damage)
    if row.status == "failed" and len(summary.failures) < 10:
        summary.failures.append((row.source, row.error or ""))


def export(out: Path, formats: Iterable[str]) -> None:
    """Write the tables of a run again as CSV files or one workbook."""
    for name in formats:
        frames = load(out)
        if name == "csv":
            folder = out / "csv"
            folder.mkdir(exist_ok=True)
            for table, frame in frames.items():
                write_csv(frame, folder / f"{table}.csv")
        elif name == "xlsx":
            write_xlsx(frames, out / "policy.xlsx")
        else:
            raise ValueError(f"unknown format {name!r}; known: csv, xlsx")


def _chunks(inputs: Iterable[InputFile]) -> Iterator[Chunk]:
    some: list[InputFile] = []
    size = 0
    for one in inputs:
        if some and (size + one.size > _CHUNK_BYTES or len(some) >= _CHUNK_FILES):
            yield Chunk(tuple(some))
            some, size = [], 0
        some.append(one)
        size += one.size
    if some:
        yield Chunk(tuple(some))


def _results(chunks: Iterable[Chunk], settings: Settings, n_inputs: int) -> Iterator[ChunkResult]:
    work = partial(process_chunk, settings=settings)
    workers = settings.workers or os.cpu_count() or 1
    if workers == 1 or n_inputs < 8:  # a few files are read before a second process has started
        return run_here(chunks, work)
    from pipeline.engines.processes import run_in_processes

    return run_in_processes(chunks, work, workers=workers, split=_single_inputs, lost=_lost)


def _single_inputs(chunk: Chunk) -> list[Chunk]:
    return [Chunk((one,)) for one in chunk.inputs]


def _lost(chunk: Chunk) -> ChunkResult:
    rows = [
        DocumentRow(None, one.source, status="failed", error="the process that read this input died")
        for one in chunk.inputs
    ]
    return ChunkResult(chunk.n_bytes, tuple((row, {"documents": [document_row(row)]}) for row in rows))


def process_chunk(chunk: Chunk, settings: Settings) -> ChunkResult:
    """Return the rows of every document in a chunk (runs in a worker)."""
    from pipeline.flow import analyse, failed_input
    from pipeline.rows import document_rows

    documents = []
    for one in chunk.inputs:
        for file in read_input(one, settings):
            analysis = failed_input(file) if isinstance(file, Failure) else analyse(file)
            if analysis.reading is None:
                rows: Rows = {name: [] for name in TABLES}
                rows["documents"] = [document_row(analysis.row)]
            else:
                rows = document_rows(analysis.row, analysis.reading, analysis.found, analysis.repairs)
            documents.append((analysis.row, rows))
    return ChunkResult(chunk.n_bytes, tuple(documents))
