"""Rows -> Parquet and DuckDB while a run goes on; query.py reads them afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import ALL_TABLES, TABLES, WORKING_TABLES, Column
from pipeline.errors import SourceError
from pipeline.layout import (
    DATABASE,
    TABLES_FOLDER,
    file_sql,
    note_tables,
    parts_sql,
    put_in_place,
    split,
)
from pipeline.overview import view_sql, write_overview

if TYPE_CHECKING:
    import duckdb

_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "bytes": pa.binary(),
}
WRITTEN = TABLES | WORKING_TABLES
UNFINISHED_PREFIX = ".writing-"  # of the folder that tables are written into before they are put in place
_ROWS_A_GROUP = 20_000
_BYTES_A_GROUP = 32 * 1024**2  # long texts fill a row group before 20,000 rows do
_DUCKDB_MEMORY = "256MB"  # of the database being made; more goes to disk


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of declared columns."""
    return pa.schema([(c.name, _ARROW[c.kind]) for c in columns])


def arrow_table(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Return rows of one table as Arrow; no row gives an empty table with the right columns."""
    schema = arrow_schema(columns)
    values: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [arrow_array(some, column.kind) for some, column in zip(values, columns, strict=True)], schema
    )


def arrow_array(values: Sequence[Any], kind: str) -> pa.Array:
    """Return the values of a column of a kind as Arrow; raises ArrowException, TypeError or OverflowError for another's."""
    try:
        return pa.array(values, type=_ARROW[kind])
    except UnicodeEncodeError:  # a file name that is not UTF-8
        return pa.array([_writable(value) for value in values], type=_ARROW[kind])


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return [_writable(one) for one in value] if isinstance(value, list | tuple) else value


def duckdb_errors() -> type[Exception]:
    """Return the class of all errors of DuckDB, which is imported when tables are done."""
    import duckdb

    return duckdb.Error


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
                    raise self._unwritten(broken) from broken
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _unwritten(self, error: Exception) -> SourceError:
        """Return the letter for a database that could not be made: the disk is to blame but for what DuckDB did not understand."""
        import duckdb

        what = f"the tables could not be written ({str(error).splitlines()[0]})"
        is_ours = isinstance(error, duckdb.ProgrammingError)
        hint = "report this line: it is a mistake of zhengce" if is_ours else "see that the disk has room"
        return SourceError(what, where=str(self._out), hint=hint)

    def _finish(self) -> None:
        """Make the database and `extractions`, then move every file into place."""
        import duckdb

        names = (*TABLES, *self._added)
        extractions = self._folder / "extractions.parquet"
        self.counts["extractions"] = write_overview(
            self._folder, extractions, arrow_schema(ALL_TABLES["extractions"])
        )
        parts = self._folder / TABLES_FOLDER
        if self._rows_a_file:
            for name in names:
                split(self._folder / f"{name}.parquet", parts / name, self._rows_a_file)
        database = self._folder / DATABASE
        bounds: dict[str, Any] = {
            "memory_limit": _DUCKDB_MEMORY,
            "temp_directory": str(self._folder / "sorting"),
            "file_search_path": str(self._folder),
        }
        with duckdb.connect(str(database), config=bounds) as connection:
            if self._rows_a_file:
                for name in names:
                    source = parts_sql(f"{TABLES_FOLDER}/{name}")
                    connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {source}')  # noqa: S608
            else:
                self._fill(connection, names)
            overview = view_sql(TABLES_FOLDER if self._rows_a_file else None)
            connection.execute(f"CREATE VIEW extractions AS {overview}")
            connection.execute("CHECKPOINT")  # closing would keep silent about a disk that is full
        self._check(database, names)
        if self._rows_a_file:
            split(extractions, parts / "extractions", self._rows_a_file)
        note_tables(self._out, (*ALL_TABLES, *self._added))
        for name in (*ALL_TABLES, *self._added):
            put_in_place(
                parts / name if self._rows_a_file else self._folder / f"{name}.parquet", self._out, name
            )
        os.replace(database, self._out / DATABASE)

    def _fill(self, connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        """Make the tables of the database, the largest first and two at a time: DuckDB fills a table of this size on one core."""
        files = {name: self._folder / f"{name}.parquet" for name in names}

        def fill(name: str) -> None:
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE TABLE "{name}" AS SELECT * FROM {file_sql(files[name])}')  # noqa: S608

        with ThreadPoolExecutor(2) as threads:
            for _ in threads.map(fill, sorted(names, key=lambda name: -files[name].stat().st_size)):
                pass  # raises what a thread met

    def _check(self, database: Path, names: Sequence[str]) -> None:
        """Raise SourceError for a database that does not hold all tables, before it takes the place of one that does."""
        import duckdb

        with duckdb.connect(str(database), read_only=True) as connection:
            told = "SELECT table_name FROM information_schema.tables"  # views too
            found = {name for (name,) in connection.execute(told).fetchall()}
        if not found.issuperset({*names, "extractions"}) or database.with_name(f"{DATABASE}.wal").exists():
            raise SourceError(
                "the database could not be written whole",
                where=str(self._out),
                hint="see that the disk has room",
            )
