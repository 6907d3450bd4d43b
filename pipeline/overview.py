"""`extractions`, what a person opens first: one row for every slogan, quantity, measure and citation, in text order.

Tables hold their documents in the order of the run, so the rows of some documents at a time are joined and sorted: however
many there are, the memory stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.layout import parts_sql

_DOCUMENT_COLUMNS = ("doc_id", "title", "county", "publish_date", "status")
_DOCUMENTS_AT_ONCE = 100
_ROWS_AT_ONCE = 5_000
_ROWS_A_GROUP = 20_000

_SQL = """
SELECT e.doc_id, d.title, d.county, d.publish_date, e.kind, e.row_id, e.text, e.value, e.heading, e.sentence, e.start, e."end"
FROM (
    SELECT doc_id, 'slogan' AS kind, slogan_id AS row_id, label AS text, nullif(array_to_string(items, '；'), '') AS value,
           section AS heading, sentence, start, "end" FROM {slogans}
    UNION ALL
    SELECT doc_id, 'quantity', quantity_id, text,
           CASE comparator WHEN '=' THEN '' WHEN '>=' THEN '≥' WHEN '<=' THEN '≤' WHEN '~' THEN '约' WHEN 'range' THEN '' ELSE comparator END
           || regexp_replace(CAST(value AS VARCHAR), '\\.0$', '')
           || coalesce('—' || regexp_replace(CAST(value_high AS VARCHAR), '\\.0$', ''), '') || unit,
           section, sentence, start, "end" FROM {quantities}
    UNION ALL
    SELECT doc_id, 'measure', measure_id, text, verb, heading, sentence, start, "end" FROM {measures}
    UNION ALL
    SELECT c.doc_id, 'citation', citation_id, c.title, coalesce(number, role), NULL, NULL, start, "end" FROM {citations} c
) e
LEFT JOIN (SELECT {position} AS position, * FROM {documents} WHERE status = 'ok') d USING (doc_id)
ORDER BY d.position, e.start, e."end", e.kind, e.row_id
"""
SOURCES = {
    "slogans": ("slogan_id", "label", "items", "section", "sentence"),
    "quantities": ("quantity_id", "text", "comparator", "value", "value_high", "unit", "section", "sentence"),
    "measures": ("measure_id", "text", "verb", "heading", "sentence"),
    "citations": ("citation_id", "title", "number", "role"),
}  # and the columns that are asked of each


def view_sql(parts: str | None = None) -> str:
    """Return the query of `extractions` over the tables of a database, or over the folders of parts below a folder."""
    names = {name: name for name in SOURCES}
    if parts is None:
        return _SQL.format(position="rowid", documents="documents", **names)
    documents = parts_sql(f"{parts}/documents", with_place=True)
    return _SQL.format(position="(filename, file_row_number)", documents=documents, **names)


def write_overview(folder: Path, target: Path, schema: pa.Schema) -> int:
    """Write `extractions` from the Parquet files of a folder, some documents at a time, and return its number of rows."""
    import duckdb

    n_rows = 0
    with duckdb.connect() as connection, pq.ParquetWriter(target, schema, compression="zstd") as writer:
        readers = {name: _InOrder(folder / f"{name}.parquet", columns) for name, columns in SOURCES.items()}
        waiting: list[pa.Table] = []
        for documents in _documents(folder / "documents.parquet"):
            ids = documents["doc_id"].combine_chunks()
            tables = {name: reader.rows_of(ids) for name, reader in readers.items()}
            if not any(table.num_rows for table in tables.values()):
                continue
            for name, table in {**tables, "documents": documents}.items():
                connection.register(f"some_{name}", table)
            names = {name: f"some_{name}" for name in (*SOURCES, "documents")}
            found = connection.sql(_SQL.format(position="position", **names)).to_arrow_table().cast(schema)
            waiting.append(found)
            if sum(table.num_rows for table in waiting) >= _ROWS_A_GROUP:
                writer.write_table(pa.concat_tables(waiting))
                waiting = []
            n_rows += found.num_rows
        if waiting:
            writer.write_table(pa.concat_tables(waiting))
    return n_rows


def _documents(path: Path) -> Iterator[pa.Table]:
    """Yield the documents that have rows, some at a time, with the `position` of each."""
    position = 0
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for batch in file.iter_batches(_DOCUMENTS_AT_ONCE, columns=list(_DOCUMENT_COLUMNS)):
            table = pa.Table.from_batches([batch])
            table = table.append_column("position", pa.array(range(position, position + table.num_rows)))
            position += table.num_rows
            kept = table.filter(pc.equal(table["status"], "ok"))
            if kept.num_rows:
                yield kept


class _InOrder:
    """The rows of a table that holds its documents in the order of the run, read once."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = pq.ParquetFile(path, pre_buffer=False)
        names = ["doc_id", *columns, "start", "end"]
        self._batches = self._file.iter_batches(_ROWS_AT_ONCE, columns=names)
        self._left: pa.RecordBatch | None = None
        self._nothing = pa.schema([self._file.schema_arrow.field(name) for name in names]).empty_table()

    def rows_of(self, ids: pa.Array) -> pa.Table:
        """Return the rows of some documents, which are the next of the table."""
        found = []
        while True:
            batch = self._left if self._left is not None else next(self._batches, None)
            self._left = None
            if batch is None:
                break
            is_theirs = pc.is_in(batch["doc_id"], ids)
            end = pc.index(is_theirs, False).as_py()
            found.append(batch if end < 0 else batch.slice(0, end))
            if end >= 0:
                self._left = batch.slice(end)
                break
        return pa.Table.from_batches(found) if found else self._nothing
