"""Shards -> tables, in the order of the inputs, while the missing shards are still being made."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.batch.plan import Place, Plan
from pipeline.batch.shards import Shard
from pipeline.batch.stores import Store
from pipeline.batch.summary import Summary
from pipeline.errors import SourceError
from pipeline.tables import WRITTEN, TableWriter, arrow_schema

Progress = Callable[[int, int, int], None]  # documents and bytes done since the last call; inputs in all

_MOST_OPEN = 16  # row groups held: the shards of one run follow each other, those of several take turns
_TOLD = ("doc_id", "source", "status", "error", "damage")


class ShardReader:
    """Reads documents out of shards; a row group is read once while its documents are asked for in a row."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._groups: OrderedDict[tuple[str, int], pa.Table] = OrderedDict()
        self._ends: OrderedDict[str, list[int]] = OrderedDict()

    def read(self, place: Place) -> Iterator[pa.Table]:
        """Yield the documents at a place; raises SourceError when the shard is broken."""
        first, end = place.first, place.first + place.n_documents
        try:
            ends = self._group_ends(place.shard)
            for number, group_end in enumerate(ends):
                start = ends[number - 1] if number else 0
                if start < end and group_end > first:
                    group = self._group(place.shard, number)
                    yield group.slice(max(0, first - start), min(end, group_end) - max(first, start))
        except (OSError, pa.ArrowException) as error:
            self._store.remove(place.shard)
            raise SourceError(
                f"a kept result cannot be read ({error})",
                where=f"{self._store.root}/{place.shard}.parquet",
                hint="it has been removed: run again",
            ) from error

    def _group_ends(self, shard: str) -> list[int]:
        if shard not in self._ends:
            with self._store.open(shard) as stream:
                metadata = pq.ParquetFile(stream).metadata
            sizes = [metadata.row_group(k).num_rows for k in range(metadata.num_row_groups)]
            self._ends[shard] = np.cumsum(sizes, dtype=int).tolist()
            if len(self._ends) > _MOST_OPEN:
                self._ends.popitem(last=False)
        return self._ends[shard]

    def _group(self, shard: str, number: int) -> pa.Table:
        known = (shard, number)
        if known not in self._groups:
            with self._store.open(shard) as stream:
                file = pq.ParquetFile(stream, page_checksum_verification=True, pre_buffer=False)
                self._groups[known] = file.read_row_group(number, use_threads=False).combine_chunks()
            if len(self._groups) > _MOST_OPEN:
                self._groups.popitem(last=False)
        self._groups.move_to_end(known)
        return self._groups[known]


@dataclass(slots=True)
class Assembly:
    """Puts documents into the tables, and counts; `used` names the shards they came from."""

    writer: TableWriter
    summary: Summary
    used: set[str] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)

    def put_together(
        self, plan: Plan, results: Iterator[Shard], store: Store, progress: Progress | None = None
    ) -> None:
        """Enter every document of a plan, in its order; `results` are those of its missing inputs, in order too."""
        reader = ShardReader(store)
        for place, n_bytes in _joined(_places(plan, results)):
            self.used.add(place.shard)
            for documents in reader.read(place):
                self._enter(documents)
            self.summary.n_bytes += n_bytes
            if progress is not None:
                progress(place.n_documents, n_bytes, plan.n_inputs)
        self.summary.n_reused = sum(place.n_documents for _, _, place in plan if place is not None)

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
            self.summary.damage.update(told["damage"][k] or ())
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
    for one, _, place in plan:
        yield place if place is not None else next(fresh), one.size


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
