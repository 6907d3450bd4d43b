"""Many documents: chunks of inputs to an engine, rows to the tables, failures as rows, duplicates found."""

from __future__ import annotations

import dataclasses
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.columns import TABLES
from pipeline.duplicates import merge_duplicates
from pipeline.engines import run_here
from pipeline.engines.watchdog import bound_memory, deadline
from pipeline.errors import Failure, SourceError
from pipeline.extensions import Extractor, chosen
from pipeline.records import DocumentRow, RawFile
from pipeline.rows import Rows, document_row
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import InputFile, list_inputs, read_input
from pipeline.tables import TableWriter, load, write_csv, write_xlsx

if TYPE_CHECKING:
    from pipeline.flow import Analysis

_CHUNK_BYTES = 512 * 1024
_CHUNK_FILES = 64
_MAX_DEADLY = 20  # documents of one archive over which a worker may die before the archive is given up

Progress = Callable[[int, int, int], None]  # documents and bytes done since the last call; inputs in all


@dataclass(frozen=True, slots=True)
class Chunk:
    """A few inputs that one worker reads in a row.

    `deadly`: the sources over which a worker has died; they are not analysed again. `diary`: the file that a worker
    writes the source into that it turns to, when one has died over these inputs before.
    """

    inputs: tuple[InputFile, ...]
    deadly: frozenset[str] = frozenset()
    diary: Path | None = None

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
    extractors: Iterable[str | Extractor] = (),
    progress: Progress | None = None,
) -> Summary:
    """Run the pipeline over files and folders and write every table under `out`.

    `formats` adds "csv" and "xlsx" to Parquet and DuckDB, which are always written; `extractors` names extractors
    of your own (`pipeline.add_extractor`), each of which gets a table.
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
    own = chosen(extractors)
    settle = partial(merge_duplicates, near=settings.near_duplicates)
    with TableWriter(summary.out, settle, {e.name: e.table for e in own}) as writer:
        for result in _results(_chunks(inputs), settings, len(inputs), own):
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


def _results(
    chunks: Iterable[Chunk], settings: Settings, n_inputs: int, own: tuple[Extractor, ...]
) -> Iterator[ChunkResult]:
    work = partial(process_chunk, settings=settings, own=own)
    workers = settings.workers or os.cpu_count() or 1
    if workers == 1 or n_inputs < 8:  # a few files are read before a second process has started
        yield from run_here(chunks, work)
        return
    from pipeline.engines.processes import run_in_processes

    with tempfile.TemporaryDirectory(prefix="zhengce-", ignore_cleanup_errors=True) as folder:
        yield from run_in_processes(
            chunks,
            partial(work, worker_folder=folder),
            workers=workers,
            split=partial(_single_inputs, diary=Path(folder) / "diary"),
            lost=_lost,
        )


def _single_inputs(chunk: Chunk, diary: Path) -> list[Chunk]:
    return [Chunk((one,), diary=diary) for one in chunk.inputs]


def _lost(chunk: Chunk) -> tuple[list[ChunkResult], list[Chunk]]:
    """Return what there is to give and what to try when a worker died over one input: the same without the document it died over."""
    culprit = chunk.diary.read_text(encoding="utf-8") if chunk.diary and chunk.diary.is_file() else ""
    if culprit and culprit not in chunk.deadly and len(chunk.deadly) < _MAX_DEADLY:
        return [], [dataclasses.replace(chunk, deadly=chunk.deadly | {culprit})]
    rows = [
        DocumentRow(None, one.source, status="failed", error="the process that read this input died")
        for one in chunk.inputs
    ]
    documents = tuple((row, {"documents": [document_row(row)]}) for row in rows)
    return [ChunkResult(chunk.n_bytes, documents)], []


def process_chunk(
    chunk: Chunk, settings: Settings, own: tuple[Extractor, ...] = (), *, worker_folder: str | None = None
) -> ChunkResult:
    """Return the rows of every document in a chunk.

    In a worker, whose temporary files all go to its folder, a document that takes too long ends the process.
    """
    from pipeline.flow import lost_input
    from pipeline.rows import document_rows

    is_worker = worker_folder is not None
    if is_worker:
        tempfile.tempdir = worker_folder  # workers are killed, and cannot tidy up after themselves
        bound_memory(settings.memory_per_document)
    documents = []
    for one in chunk.inputs:
        files = read_input(one, settings)
        while (file := _next(files, one, settings, is_worker=is_worker)) is not None:
            _note(chunk, file.source)
            if isinstance(file, RawFile) and file.source in chunk.deadly:
                analysis = lost_input(file)
            else:
                with deadline(_seconds(file, settings) if is_worker else 0):
                    analysis = _analysed(file, settings)
            _note(chunk, "")
            if analysis.reading is None:
                rows: Rows = {name: [] for name in TABLES}
                rows["documents"] = [document_row(analysis.row)]
            else:
                rows = document_rows(analysis.row, analysis.reading, analysis.found, analysis.repairs)
                for extractor in own:
                    rows[extractor.name] = extractor.table_rows(analysis.row.doc_id, analysis.reading)
            documents.append((analysis.row, rows))
    return ChunkResult(chunk.n_bytes, tuple(documents))


def _note(chunk: Chunk, source: str) -> None:
    if chunk.diary is not None:
        chunk.diary.write_text(source, encoding="utf-8", errors="backslashreplace")


def _next(
    files: Iterator[RawFile | Failure], one: InputFile, settings: Settings, *, is_worker: bool
) -> RawFile | Failure | None:
    try:
        with deadline(settings.seconds_per_document if is_worker else 0):
            return next(files, None)
    except MemoryError:  # the iterator ends with it
        return Failure(one.source, "sources", "opening it takes more memory than there is")


def _analysed(file: RawFile | Failure, settings: Settings) -> Analysis:
    from pipeline.flow import analyse, failed_input, lost_input

    if isinstance(file, Failure):
        return failed_input(file)
    try:
        return analyse(file, settings)
    except MemoryError:  # once more, on the way out
        return lost_input(file)


def _seconds(file: RawFile | Failure, settings: Settings) -> float:
    """Return how long a worker may take: to read (twice, should the reading process have to be replaced), to analyse."""
    n_megabytes = 1 + len(file.raw) // 1_000_000 if isinstance(file, RawFile) else 1
    return settings.seconds_per_document * (2 + n_megabytes)
