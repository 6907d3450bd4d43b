"""Rows -> Parquet and DuckDB while a run goes on; query.py reads them afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.arrow import arrow_schema, arrow_table
from pipeline.columns import ALL_TABLES, TABLES, WRITTEN, Column
from pipeline.database import duckdb_errors, make_database, unwritten
from pipeline.layout import (
    DATABASE,
    TABLES_FOLDER,
    note_tables,
    put_in_place,
    split,
)
from pipeline.overview import write_overview
from pipeline.written import note_written

UNFINISHED_PREFIX = ".writing-"  # of the folder that tables are written into before they are put in place
_ROWS_A_GROUP = 20_000
_BYTES_A_GROUP = 32 * 1024**2  # long texts fill a row group before 20,000 rows do


class TableWriter:
    """Streams rows into one Parquet file a table, and puts them in place only when all are complete.

    Use as a context manager; on an exception nothing of an earlier run in `out` is touched. `settle` is called with the
    folder of the complete files before they are put in place; it may change them, and returns the rows it took out.
    `added` are the tables of the user's own extractors, by name. With `rows_a_file` a table is a folder of parts of so many
    rows each, and the database holds views of them.
    """

    def __init__(
        self,
        out: Path,
        settle: Callable[[Path], Counter[str]] | None = None,
        added: Mapping[str, Sequence[Column]] | None = None,
        rows_a_file: int = 0,
    ) -> None:
        self._rows_a_file = rows_a_file
        self._added = dict(added or {})
        self.tables = {**WRITTEN, **self._added}
        self._out = out
        self._settle = settle
        out.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix=UNFINISHED_PREFIX, dir=out))
        self._waiting: dict[str, list[pa.RecordBatch]] = {name: [] for name in self.tables}
        self._size = {name: [0, 0] for name in self.tables}  # rows and bytes that wait
        self.counts = dict.fromkeys([*TABLES, *self._added], 0)
        self.removed: Counter[str] = Counter()
        self._writers = {
            name: pq.ParquetWriter(
                self._folder / f"{name}.parquet", arrow_schema(columns), compression="zstd"
            )
            for name, columns in self.tables.items()
        }

    def __enter__(self) -> Self:
        return self

    def add(self, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Add rows to the tables they are named for."""
        for name, some in rows.items():
            if some:
                for batch in arrow_table(self.tables[name], some).to_batches():
                    self.add_batch(name, batch)

    def add_batch(self, name: str, batch: pa.RecordBatch) -> None:
        """Add rows to one table."""
        self._waiting[name].append(batch)
        if name in self.counts:
            self.counts[name] += batch.num_rows
        size = self._size[name]
        size[0] += batch.num_rows
        size[1] += batch.nbytes
        if size[0] >= _ROWS_A_GROUP or size[1] >= _BYTES_A_GROUP:
            self._flush(name)

    def _flush(self, name: str) -> None:
        if self._size[name][0]:
            self._writers[name].write_table(pa.Table.from_batches(self._waiting[name]))
        self._waiting[name], self._size[name] = [], [0, 0]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for name, writer in self._writers.items():
                if error is None:
                    self._flush(name)
                writer.close()
            if error is None and self._settle is not None:
                self.removed = self._settle(self._folder)
                for name in self.counts.keys() - {"documents"}:  # documents keeps a row of every input
                    self.counts[name] -= self.removed[name]
            if error is None:
                try:
                    self._finish()
                except duckdb_errors() as broken:
                    raise unwritten(broken, self._out) from broken
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _finish(self) -> None:
        """Make the database and `extractions`, then move every file into place."""
        names = (*TABLES, *self._added)
        extractions = self._folder / "extractions.parquet"
        self.counts["extractions"] = write_overview(
            self._folder, extractions, arrow_schema(ALL_TABLES["extractions"])
        )
        parts = self._folder / TABLES_FOLDER
        if self._rows_a_file:
            for name in names:
                split(self._folder / f"{name}.parquet", parts / name, self._rows_a_file)
        database = make_database(self._folder, names, out=self._out, are_parts=bool(self._rows_a_file))
        if self._rows_a_file:
            split(extractions, parts / "extractions", self._rows_a_file)
        note_tables(self._out, (*ALL_TABLES, *self._added))
        note_written(self._out, [DATABASE])
        for name in (*ALL_TABLES, *self._added):
            put_in_place(
                parts / name if self._rows_a_file else self._folder / f"{name}.parquet", self._out, name
            )
        os.replace(database, self._out / DATABASE)
