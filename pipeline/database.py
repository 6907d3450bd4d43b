"""policy.duckdb: made of the tables of a run, and opened to ask them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.layout import DATABASE, TABLES_FOLDER, as_found, file_sql, parts_sql, unreadable
from pipeline.overview import view_sql

if TYPE_CHECKING:
    import duckdb

_DUCKDB_MEMORY = "256MB"  # of the database being made; more goes to disk


def duckdb_errors() -> type[Exception]:
    """Return the class of all errors of DuckDB, which is imported when tables are done."""
    import duckdb

    return duckdb.Error


def make_database(folder: Path, names: Sequence[str], *, out: Path, are_parts: bool) -> Path:
    """Make the database of the Parquet files of a folder, or of views of its folders of parts, and return its path.

    Raises SourceError, which names `out`, where it does not hold all of them.
    """
    import duckdb

    database = folder / DATABASE
    bounds: dict[str, Any] = {
        "memory_limit": _DUCKDB_MEMORY,
        "temp_directory": str(folder / "sorting"),
        "file_search_path": str(folder),
    }
    with duckdb.connect(str(database), config=bounds) as connection:
        if are_parts:
            for name in names:
                source = parts_sql(f"{TABLES_FOLDER}/{name}")
                connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {source}')  # noqa: S608
        else:
            _fill(connection, folder, names)
        overview = view_sql(TABLES_FOLDER if are_parts else None)
        connection.execute(f"CREATE VIEW extractions AS {overview}")
        connection.execute("CHECKPOINT")  # closing would keep silent about a disk that is full
    _check(database, names, out)
    return database


def _fill(connection: duckdb.DuckDBPyConnection, folder: Path, names: Sequence[str]) -> None:
    """Make the tables of the database, the largest first and two at a time: DuckDB fills a table of this size on one core."""
    files = {name: folder / f"{name}.parquet" for name in names}

    def fill(name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE "{name}" AS SELECT * FROM {file_sql(files[name])}')  # noqa: S608

    with ThreadPoolExecutor(2) as threads:
        for _ in threads.map(fill, sorted(names, key=lambda name: -files[name].stat().st_size)):
            pass  # raises what a thread met


def _check(database: Path, names: Sequence[str], out: Path) -> None:
    """Raise SourceError for a database that does not hold all tables, before it takes the place of one that does."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        told = "SELECT table_name FROM information_schema.tables"  # views too
        found = {name for (name,) in connection.execute(told).fetchall()}
    if not found.issuperset({*names, "extractions"}) or database.with_name(f"{DATABASE}.wal").exists():
        raise SourceError(
            "the database could not be written whole",
            where=str(out),
            hint="see that the disk has room",
        )


def unwritten(error: Exception, out: Path) -> SourceError:
    """Return the letter for a database that could not be made: the disk is to blame but for what DuckDB did not understand."""
    import duckdb

    what = f"the tables could not be written ({str(error).splitlines()[0]})"
    is_ours = isinstance(error, duckdb.ProgrammingError)
    hint = "report this line: it is a mistake of zhengce" if is_ours else "see that the disk has room"
    return SourceError(what, where=str(out), hint=hint)


def open_database(out: Path, names: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """Return a connection to the tables of a run that reads nothing else; raises SourceError where there is no run.

    `extractions` is read from its file, whose rows are in order: the view of the database would sort all rows anew.
    """
    import duckdb

    database = out / DATABASE
    if not database.is_file():
        raise SourceError(
            f"no run is here ({DATABASE} is missing)", where=str(out), hint="zhengce run PATH --out DIR"
        )
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise unreadable(database, error) from error
    tables, names = (out / TABLES_FOLDER).resolve(), tuple(names)
    folders = [path for name in names if (path := tables / name).is_dir()]
    for folder in folders:  # the views inside go by the folder they are used in
        connection.execute(f'CREATE TEMP VIEW "{folder.name}" AS SELECT * FROM {parts_sql(folder)}')  # noqa: S608
    if (overview := tables / "extractions.parquet").is_file() and overview.stem in names:
        with contextlib.suppress(duckdb.Error):  # a broken file: the view is there still
            connection.execute(f"CREATE TEMP VIEW extractions AS SELECT * FROM {file_sql(overview)}")  # noqa: S608
            connection.execute("SET allowed_paths = ?", [as_found(overview)])
    if folders:
        allowed = [f"{one}{os.sep}" for folder in folders for one in as_found(folder)]
        connection.execute("SET allowed_directories = ?", [allowed])
    connection.execute("SET enable_external_access = false")
    return connection


def refused(error: Exception, *, is_asked: bool = True) -> SourceError:
    """Return what is said of a condition that DuckDB does not take, or of tables that it cannot read (`is_asked` false)."""
    hint = (
        "--where takes a condition such as county = '旬邑县'"
        if is_asked
        else "these tables are damaged or of an older version: run again into this folder"
    )
    return SourceError(f"DuckDB could not answer: {error}", hint=hint)
