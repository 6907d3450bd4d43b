"""What a worker does: the documents of a chunk, one after the other, into a shard."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.batch.chunks import Chunk
from pipeline.batch.keys import input_key, retry_key
from pipeline.batch.shards import Shard, Tables, writing_shard
from pipeline.batch.stores import Store
from pipeline.columns import TABLES
from pipeline.engines.watchdog import bounded_memory, deadline
from pipeline.errors import Failure
from pipeline.extensions import Extractor
from pipeline.records import DocumentRow, RawFile
from pipeline.rows import Rows, document_row
from pipeline.settings import Settings
from pipeline.sources import InputFile, read_input
from pipeline.tables import WRITTEN

if TYPE_CHECKING:
    from pipeline.flow import Analysis

_MAX_DEADLY = 20  # documents of one archive over which a worker may die before the archive is given up


def tables_with(own: Sequence[Extractor]) -> Tables:
    """Return the columns of every table that a run writes, those of the user's own extractors among them."""
    return {**WRITTEN, **{extractor.name: extractor.table for extractor in own}}


def process_chunk(
    chunk: Chunk,
    settings: Settings,
    store: Store,
    own: tuple[Extractor, ...] = (),
    *,
    worker_folder: str | None = None,
) -> Shard:
    """Write the rows of every document in a chunk as one shard; `own` are extractors of the user's.

    In a worker, whose temporary files all go to its folder, a document that takes too long ends the process.
    """
    is_worker = worker_folder is not None
    if is_worker:
        tempfile.tempdir = worker_folder  # workers are killed, and cannot tidy up after themselves
    with writing_shard(store, chunk.inputs, chunk.keyed, tables_with(own)) as writer:
        for one, key in zip(chunk.inputs, chunk.keyed, strict=True):
            has_failed = False
            for row, rows in _documents(chunk, one, settings, own, is_worker=is_worker):
                writer.add(rows)
                has_failed = has_failed or row.status == "failed"
            if key and input_key(one, settings) != key:
                key = ""  # it has changed since the plan was made; nobody knows which bytes were read
            writer.end_input(key, retry_key(settings) if has_failed else "")
    return writer.shard


def _documents(
    chunk: Chunk, one: InputFile, settings: Settings, own: tuple[Extractor, ...], *, is_worker: bool
) -> Iterator[tuple[DocumentRow, Rows]]:
    from pipeline.flow import lost_input
    from pipeline.rows import document_rows

    files = read_input(one, settings)
    while (file := _next(files, one, settings, is_worker=is_worker)) is not None:
        _note(chunk, file.source)
        if isinstance(file, RawFile) and file.source in chunk.deadly:
            analysis = lost_input(file)
        else:
            n_bytes = settings.memory_per_document if is_worker else 0
            with bounded_memory(n_bytes), deadline(_seconds(file, settings) if is_worker else 0):
                analysis = analysed(file, settings)
        _note(chunk, "")
        if analysis.reading is None:
            rows: Rows = {name: [] for name in TABLES}
            rows["documents"] = [document_row(analysis.row)]
        else:
            rows = document_rows(analysis.row, analysis.reading, analysis.found, analysis.repairs)
            for extractor in own:
                rows[extractor.name] = extractor.table_rows(analysis.row.doc_id, analysis.reading)
        yield analysis.row, rows


def lost_chunk(
    chunk: Chunk, settings: Settings, store: Store, own: tuple[Extractor, ...] = ()
) -> tuple[list[Shard], list[Chunk]]:
    """Return what there is to give and what to try when a worker died over one input: the same without the document it died over."""
    culprit = chunk.diary.read_text(encoding="utf-8") if chunk.diary and chunk.diary.is_file() else ""
    if culprit and culprit not in chunk.deadly and len(chunk.deadly) < _MAX_DEADLY:
        return [], [dataclasses.replace(chunk, deadly=chunk.deadly | {culprit})]
    with writing_shard(store, chunk.inputs, chunk.keyed, tables_with(own)) as writer:
        for one, key in zip(chunk.inputs, chunk.keyed, strict=True):
            row = DocumentRow(
                None, one.source, status="failed", error="the process that read this input died"
            )
            writer.add({"documents": [document_row(row)]})
            writer.end_input(key, retry_key(settings))
    return [writer.shard], []


def _note(chunk: Chunk, source: str) -> None:
    if chunk.diary is not None and chunk.diary.parent.is_dir():  # a node may not share the folder
        chunk.diary.write_text(source, encoding="utf-8", errors="backslashreplace")


def _next(
    files: Iterator[RawFile | Failure], one: InputFile, settings: Settings, *, is_worker: bool
) -> RawFile | Failure | None:
    try:
        n_bytes = settings.memory_per_document if is_worker else 0
        with bounded_memory(n_bytes), deadline(settings.seconds_per_document if is_worker else 0):
            return next(files, None)
    except MemoryError:  # the iterator ends with it
        return Failure(one.source, "sources", "opening it takes more memory than there is")


def analysed(file: RawFile | Failure, settings: Settings) -> Analysis:
    """Return the analysis of one file, or of the failure to open it."""
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
