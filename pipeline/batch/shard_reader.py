"""The documents of shards, read in order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.batch.shards import Place
from pipeline.batch.stores import SUFFIX, Store
from pipeline.errors import SourceError

_MOST_OPEN = 16  # row groups held: the shards of one run follow each other, those of several take turns


class ShardReader:
    """Reads documents out of shards, of all tables or some.

    A row group is read once while its documents are asked for in a row.
    """

    def __init__(self, store: Store, tables: Sequence[str] | None = None) -> None:
        self._store, self._tables = store, tables
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
                where=f"{self._store.root}/{place.shard}{SUFFIX}",
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
                self._groups[known] = file.read_row_group(
                    number, self._tables, use_threads=False
                ).combine_chunks()
            if len(self._groups) > _MOST_OPEN:
                self._groups.popitem(last=False)
        self._groups.move_to_end(known)
        return self._groups[known]
