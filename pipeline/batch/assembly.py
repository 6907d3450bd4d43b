"""Shards -> tables, in the order of the inputs, while the missing shards are still being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.arrow import arrow_schema
from pipeline.batch.plan import Plan
from pipeline.batch.shard_reader import ShardReader
from pipeline.batch.shards import Place, Shard
from pipeline.batch.stores import Store
from pipeline.batch.summary import Summary
from pipeline.columns import WRITTEN
from pipeline.tables import TableWriter

Progress = Callable[[int, int, int], None]  # documents and bytes done since the last call; inputs in all

_TOLD = ("doc_id", "source", "status", "error")


@dataclass(slots=True)
class Assembly:
    """Puts documents into the tables, and counts.

    `used` names the shards they came from, `again` those of them whose texts all stand in other shards too.
    """

    writer: TableWriter
    summary: Summary
    used: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)

    def put_together(
        self, plan: Plan, results: Iterator[Shard], store: Store, progress: Progress | None = None
    ) -> None:
        """Enter every document of a plan, in its order; `results` are those of its missing inputs, in order too."""
        reader = ShardReader(store)
        for place, n_bytes in _joined(_places(plan, self._noted(results))):
            self.used.add(place.shard)
            for documents in reader.read(place):
                self._enter(documents)
            self.summary.n_bytes += n_bytes
            if progress is not None:
                progress(place.n_documents, n_bytes, plan.n_inputs)
        for one in plan:
            self.summary.n_reused += one.rows.n_documents if one.rows else 0
            self.summary.n_texts_reused += one.text.n_documents if one.text else 0

    def _noted(self, results: Iterator[Shard]) -> Iterator[Shard]:
        for shard in results:
            if shard.is_again:
                self.again.add(shard.name)
            yield shard

    def _enter(self, documents: pa.Table) -> None:
        """Enter some documents; the same bytes as an earlier one give only a row of `documents`.

        Copies with other bytes are found when all documents are there (merge_duplicates).
        """
        rows = _struct_rows(documents.column("documents"), "documents")
        told = rows.select(_TOLD).to_pydict()
        is_copy = np.zeros(rows.num_rows, dtype=bool)
        for k, (doc_id, status) in enumerate(zip(told["doc_id"], told["status"], strict=True)):
            if status == "ok" and doc_id is not None:
                number = int(doc_id, 16)
                is_copy[k] = number in self._seen
                self._seen.add(number)
            self.summary.statuses["duplicate" if is_copy[k] else status] += 1
            if status == "failed" and len(self.summary.failures) < 10:
                self.summary.failures.append((told["source"][k], told["error"][k] or ""))
        if is_copy.any():
            rows = _marked(rows, is_copy)
            documents = documents.filter(pa.array(~is_copy))
        self.writer.add_batch("documents", rows)
        for name in self.writer.tables.keys() - {"documents"}:
            schema = arrow_schema(self.writer.tables[name])
            for chunk in documents.column(name).chunks:
                some = chunk.flatten()
                if len(some):
                    self.writer.add_batch(name, pa.RecordBatch.from_arrays(some.flatten(), schema=schema))


def _struct_rows(column: pa.ChunkedArray, name: str) -> pa.RecordBatch:
    whole = pa.concat_arrays(column.chunks) if column.num_chunks != 1 else column.chunk(0)
    return pa.RecordBatch.from_arrays(whole.flatten(), schema=arrow_schema(WRITTEN[name]))


def _marked(rows: pa.RecordBatch, is_copy: np.ndarray) -> pa.RecordBatch:
    columns = dict(zip(rows.schema.names, rows.columns, strict=True))
    mask = pa.array(is_copy)
    columns["status"] = pc.if_else(mask, "duplicate", columns["status"])
    columns["duplicate_of"] = pc.if_else(mask, columns["doc_id"], columns["duplicate_of"])
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=rows.schema)


def _places(plan: Plan, results: Iterator[Shard]) -> Iterator[tuple[Place, int]]:
    """Yield the place of every input's documents and its size, those of missing ones as they come."""
    fresh = (
        Place(shard.name, sum(before.n_documents for before in shard.inputs[:k]), one.n_documents)
        for shard in results
        for k, one in enumerate(shard.inputs)
    )
    for one in plan:
        yield one.rows or next(fresh), one.input.size


def _joined(places: Iterator[tuple[Place, int]]) -> Iterator[tuple[Place, int]]:
    """Join places that follow each other in one shard."""
    last: Place | None = None
    n_bytes = 0
    for place, size in places:
        if last is not None and place.shard == last.shard and place.first == last.first + last.n_documents:
            last = Place(last.shard, last.first, last.n_documents + place.n_documents)
            n_bytes += size
            continue
        if last is not None:
            yield last, n_bytes
        last, n_bytes = place, size
    if last is not None:
        yield last, n_bytes
