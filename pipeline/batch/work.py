"""What a worker does: the documents of a chunk, one after the other, into a shard."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from pipeline.analysis import Analysis, failed_input, late, lost_input
from pipeline.batch.chunks import Chunk
from pipeline.batch.copies import Copies
from pipeline.batch.keys import key_now, may_be_helped, retry_key
from pipeline.batch.shard_reader import ShardReader
from pipeline.batch.shards import Place, Shard, Tables, writing_shard
from pipeline.batch.stores import Store
from pipeline.columns import TABLES, WRITTEN
from pipeline.engines.watchdog import OutOfTimeError, bounded_memory, deadline, interruption, rarely_collected
from pipeline.errors import Failure, bug_letter
from pipeline.extensions import Extractor
from pipeline.records import DocumentRow, RawFile, Repair, document_id
from pipeline.rows import Rows, document_row
from pipeline.settings import Settings
from pipeline.sources import InputFile, read_input

TABLES_OF_TEXT = ("documents", "texts", "repairs")  # what does not hang on the rules of extraction
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

    Where the texts of an input are kept, its file is not read again: only what is extracted from them is.
    In a worker, whose temporary files all go to its folder, a document that takes too long ends the process.
    """
    is_worker = worker_folder is not None
    if is_worker:
        tempfile.tempdir = worker_folder  # workers are killed, and cannot tidy up after themselves
    reader, copies = ShardReader(store, TABLES_OF_TEXT), Copies()
    with (
        rarely_collected(),
        writing_shard(store, chunk.inputs, chunk.keyed, tables_with(own)) as writer,
    ):
        for one, key, place in zip(chunk.inputs, chunk.keyed, chunk.kept_texts, strict=True):
            is_wanting = False
            analyses = (
                _analyses(chunk, one, settings, copies, is_worker=is_worker)
                if place is None
                else _analyses_again(reader, place, settings, is_worker=is_worker)
            )
            for analysis in analyses:
                row, rows = analysis.row, _rows(analysis, own)
                writer.add(rows)
                is_wanting = is_wanting or may_be_helped(row)
            if key and key_now(one, settings) != key:
                key = ""  # it has changed since the plan was made; nobody knows which bytes were read
            writer.end_input(key, retry_key(settings) if is_wanting else "", is_again=place is not None)
    return writer.shard


def _rows(analysis: Analysis, own: tuple[Extractor, ...]) -> Rows:
    """Return the rows of every table for one document."""
    from pipeline.rows import document_rows

    if analysis.reading is None:
        rows: Rows = {name: [] for name in TABLES}
        rows["documents"] = [document_row(analysis.row)]
        return rows
    rows = document_rows(analysis.row, analysis.reading, analysis.found, analysis.repairs)
    for extractor in own:
        rows[extractor.name] = extractor.table_rows(analysis.row.doc_id, analysis.reading)
    return rows


def _analyses(
    chunk: Chunk, one: InputFile, settings: Settings, copies: Copies, *, is_worker: bool
) -> Iterator[Analysis]:
    files = read_input(one, settings)
    while (file := _next(files, one, settings, is_worker=is_worker)) is not None:
        _note(chunk, file.source)
        if isinstance(file, RawFile) and file.source in chunk.deadly:
            analysis = lost_input(file)
        else:
            n_bytes = settings.memory_per_document if is_worker else 0
            n_raw = len(file.raw) if isinstance(file, RawFile) else 0
            try:
                with bounded_memory(n_bytes), _watched(_seconds(n_raw, settings), is_worker=is_worker):
                    analysis = copies.of(file) or copies.kept(file, analysed(file, settings))
            except OutOfTimeError:
                row = DocumentRow(document_id(file.raw) if isinstance(file, RawFile) else None, file.source)
                analysis = late(row, _seconds(n_raw, settings))
        _note(chunk, "")
        yield analysis


def _analyses_again(
    reader: ShardReader, place: Place, settings: Settings, *, is_worker: bool
) -> Iterator[Analysis]:
    """Yield the analyses of documents whose texts are kept; a worker that dies here reads the file itself the next time."""
    from pipeline.flow import analyse_again

    n_bytes = settings.memory_per_document if is_worker else 0
    for documents in reader.read(place):
        for kept in documents.to_pylist():
            row = DocumentRow(**{**kept["documents"], "damage": tuple(kept["documents"]["damage"])})
            if row.status != "ok":
                yield Analysis(row)
                continue
            text = kept["texts"][0]["text"]
            repairs = tuple(
                Repair(**{name: value for name, value in repair.items() if name != "doc_id"})
                for repair in kept["repairs"]
            )
            seconds = _seconds(len(text.encode()), settings)
            try:
                with bounded_memory(n_bytes), _watched(seconds, is_worker=is_worker):
                    analysis = analyse_again(row, text, repairs)
            except OutOfTimeError:
                analysis = late(row, seconds)
            yield analysis


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
                None,
                one.source,
                status="failed",
                error="sources: the process that read this input died — unpack it, or open it in its own program and save it again",
            )
            writer.add({"documents": [document_row(row)]})
            writer.end_input(key, retry_key(settings))
    return [writer.shard], []


def _watched(seconds: float, *, is_worker: bool) -> AbstractContextManager[None]:
    """Bound a block: a worker ends with it, this process is interrupted."""
    return deadline(seconds) if is_worker else interruption(seconds)


def _note(chunk: Chunk, source: str) -> None:
    if chunk.diary is not None and chunk.diary.parent.is_dir():  # a node may not share the folder
        chunk.diary.write_text(source, encoding="utf-8", errors="backslashreplace")


def _next(
    files: Iterator[RawFile | Failure], one: InputFile, settings: Settings, *, is_worker: bool
) -> RawFile | Failure | None:
    try:
        n_bytes = settings.memory_per_document if is_worker else 0
        with bounded_memory(n_bytes), _watched(settings.seconds_per_document, is_worker=is_worker):
            return next(files, None)
    except OutOfTimeError:
        letter = f"it was not opened within {settings.seconds_per_document} seconds"
        hint = "raise seconds_per_document, or unpack it and give the folder"
    except MemoryError:
        letter, hint = "opening it takes more memory than there is", "unpack it and give the folder"
    except Exception as error:
        letter, hint = bug_letter(error), "unpack it and give the folder, and report this line"
    # the iterator has ended with it
    return Failure(one.source, "sources", f"{letter}: what is behind was not read — {hint}")


def analysed(file: RawFile | Failure, settings: Settings) -> Analysis:
    """Return the analysis of one file, or of the failure to open it."""
    from pipeline.flow import analyse

    if isinstance(file, Failure):
        return failed_input(file)
    try:
        return analyse(file, settings)
    except MemoryError:  # once more, on the way out
        return lost_input(file)


def _seconds(n_bytes: int, settings: Settings) -> int:
    """Return how long a document may take as a whole: to read (twice, should the reading process have to be replaced), to analyse.

    Each full MB adds as much again. `Settings` and docs/formats.md say the same.
    """
    return settings.seconds_per_document * (3 + n_bytes // 1_000_000)
