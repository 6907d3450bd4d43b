"""Where the tables of a run lie: one Parquet file each, or a folder of parts each where --rows-per-file asked for that.

Beside single files, policy.duckdb holds the rows once more; beside parts it holds views of them, so that a run of any size
takes its disk once.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.errors import SourceError
from pipeline.written import note_written, written_in

TABLES_FOLDER = "tables"
DATABASE = "policy.duckdb"
_ROWS_AT_ONCE = 20_000
# the year a document is of; compare/groups.py has the same rule for frames
_YEAR_IN_TITLE = "nullif(regexp_extract(d.title, '(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)', 1), '')"
_YEAR_PRINTED = (
    f"coalesce(CASE WHEN d.doc_type = '工作报告' THEN {_YEAR_IN_TITLE} END, "
    f"left(d.publish_date, 4), {_YEAR_IN_TITLE})::BIGINT"
)


def table_path(out: Path, name: str) -> Path:
    """Return the file of a table, or the folder of its parts; raises SourceError where `out` has neither."""
    path = out / TABLES_FOLDER / f"{name}.parquet"
    folder = path.with_suffix("")
    if path.is_file():
        return path
    if folder.is_dir():
        return folder
    raise SourceError(
        f"there is no table {name!r} here", where=str(out), hint="name the --out folder of a run"
    )


def stored_names(out: Path) -> set[str]:
    """Return the names of all tables that have a file or a folder of parts."""
    folder = out / TABLES_FOLDER
    files = {path.stem for path in folder.glob("*.parquet")}
    return files | {path.name for path in folder.glob("*") if path.is_dir() and any(path.glob("*.parquet"))}


def note_tables(out: Path, names: Iterable[str]) -> None:
    """Note tables as written by a run, so that a later one that does not make them knows whose they are."""
    folder = out / TABLES_FOLDER
    folder.mkdir(exist_ok=True)
    note_written(folder, (written for name in names for written in (f"{name}.parquet", name)))


def noted_tables(out: Path) -> set[str]:
    """Return the names of tables that runs into this folder have written."""
    return {name.removesuffix(".parquet") for name in written_in(out / TABLES_FOLDER)}


def remove_tables(out: Path, kept: Container[str]) -> tuple[str, ...]:
    """Remove the noted tables that are not to be kept, and return their names; files of the user's stay."""
    gone = []
    for name in sorted(noted_tables(out)):
        if name in kept:
            continue
        folder = out / TABLES_FOLDER / name
        files = [folder.with_name(f"{name}.parquet"), *folder.glob("part-*.parquet")]
        for path in filter(Path.is_file, files):
            path.unlink()
            gone.append(name)
        with contextlib.suppress(OSError):  # not there, or not empty
            folder.rmdir()
    return tuple(dict.fromkeys(gone))


def split(path: Path, folder: Path, rows_a_file: int) -> None:
    """Write the rows of a Parquet file as parts of some rows each, in their order, and remove the file."""
    folder.mkdir(parents=True)
    source = pq.ParquetFile(path, pre_buffer=False)
    writer: pq.ParquetWriter | None = None
    n_parts = n_rows = 0
    try:
        for batch in source.iter_batches(batch_size=_ROWS_AT_ONCE):
            while batch.num_rows:
                if writer is None:
                    part = folder / f"part-{n_parts:05}.parquet"
                    writer = pq.ParquetWriter(part, source.schema_arrow, compression="zstd")
                    n_parts, n_rows = n_parts + 1, 0
                some = batch.slice(0, rows_a_file - n_rows)
                writer.write_batch(some)
                batch, n_rows = batch.slice(some.num_rows), n_rows + some.num_rows
                if n_rows == rows_a_file:
                    writer.close()
                    writer = None
        if not n_parts:  # a table without rows has one part, for its columns
            writer = pq.ParquetWriter(folder / "part-00000.parquet", source.schema_arrow, compression="zstd")
    finally:
        if writer is not None:
            writer.close()
        source.close()
    path.unlink()


def put_in_place(new: Path, out: Path, name: str) -> None:
    """Move the file of a table, or the folder of its parts, to where it belongs; what stood there goes."""
    tables = out / TABLES_FOLDER
    tables.mkdir(exist_ok=True)
    file, folder = tables / f"{name}.parquet", tables / name
    if folder.is_dir():
        aside = new.with_name(f"{new.name}.old")
        os.replace(folder, aside)
        shutil.rmtree(aside)
    os.replace(new, folder if new.is_dir() else file)
    if folder.is_dir():
        file.unlink(missing_ok=True)


def parts_sql(folder: Path | str, *, with_place: bool = False) -> str:
    """Return the DuckDB expression for the rows of a folder of parts, with the place of each row on demand."""
    place = ", filename = true, file_row_number = true" if with_place else ""
    return f"read_parquet('{_quoted(folder)}/*.parquet'{place})"


def file_sql(path: Path) -> str:
    """Return the DuckDB expression for the rows of one Parquet file."""
    return f"read_parquet('{_quoted(path)}')"


def _quoted(path: Path | str) -> str:
    """Return a path for a DuckDB string in which every character means itself: out[1] is no pattern for out1."""
    return glob.escape(str(path)).replace("'", "''")


def documents_in_order_sql(out: Path) -> str:
    """Return the DuckDB expression for `documents` with `position`, the place of each in the order of the run."""
    folder = (out / TABLES_FOLDER / "documents").resolve()
    if not folder.is_dir():
        return "(SELECT rowid AS position, * FROM documents)"
    parts = parts_sql(folder, with_place=True)
    return f"(SELECT (filename, file_row_number) AS position, * EXCLUDE (filename, file_row_number) FROM {parts})"  # noqa: S608


def dated_documents_sql(documents: str) -> str:
    """Return the DuckDB expression for rows of documents, each with its `year`.

    The year that most results or targets name tells that of a document without a date; no other quantities are read.
    """
    undated = f"(SELECT doc_id FROM {documents} d WHERE {_YEAR_PRINTED} IS NULL)"  # noqa: S608
    counted = f"""(
        SELECT doc_id, status, try_cast("when" AS BIGINT) AS named FROM quantities
        WHERE status IN ('achieved', 'target') AND regexp_full_match("when", '[0-9]{{4}}') AND doc_id IN {undated}
        GROUP BY doc_id, status, named QUALIFY row_number() OVER (PARTITION BY doc_id, status ORDER BY count(*) DESC, named) = 1
    )"""  # noqa: S608
    told = f"""(
        SELECT doc_id, max(named) FILTER (status = 'achieved') AS results, max(named) FILTER (status = 'target') AS targets
        FROM {counted} GROUP BY doc_id
    )"""  # noqa: S608
    year = f"coalesce({_YEAR_PRINTED}, CASE WHEN d.doc_type = '工作报告' THEN told.results + 1 END, told.targets)"
    return f"(SELECT d.*, {year} AS year FROM {documents} d LEFT JOIN {told} told ON told.doc_id = d.doc_id)"  # noqa: S608


def as_found(path: Path) -> list[str]:
    """Return a path as DuckDB is asked for it and as it finds it: it must be allowed to open both."""
    return [glob.escape(str(path)), str(path)]


def unreadable(path: Path, error: Exception) -> SourceError:
    """Return what is said of a table or database of a run that is broken."""
    return SourceError(
        f"this file of a run cannot be read ({str(error).splitlines()[0]})",
        where=str(path),
        hint="run again into this folder: what is kept is used",
    )
