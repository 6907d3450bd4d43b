"""Rows -> Parquet and DuckDB while a run goes on; tables -> pandas, CSV and Excel afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import ALL_TABLES, CHINESE_TITLES, TABLES, WORKING_TABLES, Column
from pipeline.errors import SourceError

if TYPE_CHECKING:
    import pandas as pd

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

# one row for every slogan, quantity, measure and citation, in text order
EXTRACTIONS_SQL = """
SELECT e.doc_id, d.title, d.county, d.publish_date, e.kind, e.row_id, e.text, e.value, e.heading, e.sentence, e.start, e."end"
FROM (
    SELECT doc_id, 'slogan' AS kind, slogan_id AS row_id, label AS text, nullif(array_to_string(items, '；'), '') AS value,
           section AS heading, sentence, start, "end" FROM slogans
    UNION ALL
    SELECT doc_id, 'quantity', quantity_id, text,
           CASE comparator WHEN '=' THEN '' WHEN '>=' THEN '≥' WHEN '<=' THEN '≤' WHEN '~' THEN '约' WHEN 'range' THEN '' ELSE comparator END
           || regexp_replace(CAST(value AS VARCHAR), '\\.0$', '')
           || coalesce('—' || regexp_replace(CAST(value_high AS VARCHAR), '\\.0$', ''), '') || unit,
           section, sentence, start, "end" FROM quantities
    UNION ALL
    SELECT doc_id, 'measure', measure_id, text, verb, heading, sentence, start, "end" FROM measures
    UNION ALL
    SELECT c.doc_id, 'citation', citation_id, c.title, coalesce(number, role), NULL, NULL, start, "end" FROM citations c
) e
LEFT JOIN (SELECT rowid AS position, * FROM documents WHERE status = 'ok') d USING (doc_id)
ORDER BY d.position, e.start, e."end", e.kind, e.row_id
"""


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of declared columns."""
    return pa.schema([(c.name, _ARROW[c.kind]) for c in columns])


def arrow_table(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Return rows of one table as Arrow; no row gives an empty table with the right columns."""
    schema = arrow_schema(columns)
    values: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [_arrow_array(some, field.type) for some, field in zip(values, schema, strict=True)], schema
    )


def _arrow_array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, type=kind)
    except UnicodeEncodeError:  # a file name that is not UTF-8
        return pa.array([_writable(value) for value in values], type=kind)


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return [_writable(one) for one in value] if isinstance(value, list | tuple) else value


class TableWriter:
    """Streams rows into one Parquet file a table, and puts them in place only when all are complete.

    Use as a context manager; on an exception nothing of an earlier run in `out` is touched. `settle` is called with the
    folder of the complete files before they are put in place; it may change them, and returns the rows it took out.
    `added` are the tables of the user's own extractors, by name.
    """

    def __init__(
        self,
        out: Path,
        settle: Callable[[Path], Counter[str]] | None = None,
        added: Mapping[str, Sequence[Column]] | None = None,
    ) -> None:
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
                self._finish()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _finish(self) -> None:
        """Make the database and `extractions`, then move every file into place."""
        import duckdb

        database = self._folder / "policy.duckdb"
        bounds: dict[str, Any] = {
            "memory_limit": _DUCKDB_MEMORY,
            "temp_directory": str(self._folder / "sorting"),
        }
        with duckdb.connect(str(database), config=bounds) as connection:
            for name in (*TABLES, *self._added):
                path = str(self._folder / f"{name}.parquet").replace("'", "''")
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608
            connection.execute(f"CREATE VIEW extractions AS {EXTRACTIONS_SQL}")
            path = str(self._folder / "extractions.parquet").replace("'", "''")
            copy = f"COPY (SELECT * FROM extractions) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
            connection.execute(copy)
            ((n_rows,),) = connection.execute("SELECT count(*) FROM extractions").fetchall()
            self.counts["extractions"] = n_rows
        tables = self._out / "tables"
        tables.mkdir(exist_ok=True)
        for name in (*ALL_TABLES, *self._added):
            os.replace(self._folder / f"{name}.parquet", tables / f"{name}.parquet")
        os.replace(database, self._out / "policy.duckdb")


def _names(out: Path) -> tuple[str, ...]:
    """Return the tables of a run: those every run has, and those of added extractors that its database lists."""
    tables, database = out / "tables", out / "policy.duckdb"
    others = sorted({p.stem for p in tables.glob("*.parquet")} - set(ALL_TABLES))
    if not others or not database.is_file():
        return tuple(ALL_TABLES)
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        listed = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    return (*ALL_TABLES, *(name for name in others if name in listed))  # not what an earlier run left


def load(out: str | Path, names: Sequence[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of a run as pandas frames by name; without `names` all of them.

    Raises SourceError when `out` holds no run.
    """
    import pandas as pd

    frames = {}
    for name in _names(Path(out)) if names is None else names:
        path = Path(out) / "tables" / f"{name}.parquet"
        if not path.is_file():
            raise SourceError(
                f"there is no table {name!r} here", where=str(out), hint="name the --out folder of a run"
            )
        frames[name] = pd.read_parquet(path)
    return frames


_FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # Excel takes the wide ones too


def _for_spreadsheet(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; lists become one string."""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA_STARTS) else value
    if value is not None and not isinstance(value, int | float) and hasattr(value, "__iter__"):
        return _for_spreadsheet("；".join(map(str, value)))
    return value


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as UTF-8 CSV with BOM, so that Excel opens Chinese; a leading = + - @ gets an apostrophe."""
    safe = frame.map(_for_spreadsheet, na_action="ignore")
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    safe.to_csv(temporary, index=False, encoding="utf-8-sig")
    os.replace(temporary, path)


_EXCEL_ROWS = 1_048_575
_EXCEL_CELL = 32_767


def write_xlsx(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write frames as one workbook, sheets and header cells in Chinese; all text stays text.

    What Excel cannot hold (1,048,575 rows, 32,767 characters a cell) is cut there, and the cut is said in place.
    """
    import pandas as pd
    import xlsxwriter

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    book = xlsxwriter.Workbook(str(temporary), {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    for name, frame in frames.items():
        sheet = book.add_worksheet(CHINESE_TITLES.get(name, name))
        sheet.freeze_panes(1, 0)
        headers = {c.name: c.chinese for c in ALL_TABLES.get(name, ())}
        for column, label in enumerate(frame.columns):
            sheet.write_string(0, column, headers.get(label, label), bold)
        for number, row in enumerate(frame.itertuples(index=False), start=1):
            if number == _EXCEL_ROWS and len(frame) > _EXCEL_ROWS:
                sheet.write_string(number, 0, f"……其余 {len(frame) - number + 1} 行见 Parquet 文件")
                break
            for column, value in enumerate(row):
                cell = (
                    "；".join(map(str, value))
                    if hasattr(value, "__iter__") and not isinstance(value, str)
                    else value
                )
                if isinstance(cell, str):
                    if len(cell) > _EXCEL_CELL:
                        cell = cell[: _EXCEL_CELL - 20] + "……（全文见 Parquet）"
                    sheet.write_string(number, column, cell)
                elif not pd.isna(cell):
                    sheet.write_number(number, column, cell)
    book.close()
    os.replace(temporary, path)
