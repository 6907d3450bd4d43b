"""Rows of the tables of an SQLite database; of its views and triggers, which are programs, nothing runs."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from pipeline.settings import Settings
from pipeline.sources.tables.columns import columns_of_pages
from pipeline.sources.tables.rows import BadRow, bounded

_MARK = b"SQLite format 3\0"
_MAX_TABLES = 200
_MAX_COLUMNS = 200


def sqlite_rows(stream: IO[bytes], settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    """Yield the rows of every table that holds pages; a database of a crawler has others beside it."""
    if stream.read(len(_MARK)) != _MARK:
        return
    stream.seek(0)
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        path = Path(folder, "pages.db")  # a name of ours; and nothing is written beside the researcher's file
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        # pages of a hostile one may be linked many times
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            yield from bounded(
                _rows(database, settings), path.stat().st_size, "database", "write it anew (VACUUM INTO)"
            )


def _rows(database: sqlite3.Connection, settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, settings.max_bytes + 1024)
    database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        for table in _tables(database):
            names = [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(table)})")][
                :_MAX_COLUMNS
            ]
            if _holds_pages(database, table, names):
                yield from _rows_of(database, table, names)
    except (sqlite3.Error, MemoryError, OverflowError, UnicodeError) as error:
        yield BadRow(
            f"this database is damaged ({error}) — what stands before it was read; repair it (sqlite3 .recover) or copy it again"
        )


def _tables(database: sqlite3.Connection) -> list[str]:
    """Return the names of plain tables: a virtual one runs the code of a module."""
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return [name for (name,) in found.fetchmany(_MAX_TABLES) if isinstance(name, str)]


def _holds_pages(database: sqlite3.Connection, table: str, names: Sequence[str]) -> bool:
    with closing(_rows_of(database, table, names)) as rows:
        return columns_of_pages(names, rows) is not None


def _rows_of(database: sqlite3.Connection, table: str, names: Sequence[str]) -> Generator[dict[str, Any]]:
    wanted = ", ".join(map(_quoted, names))
    with closing(database.execute(f"SELECT {wanted} FROM {_quoted(table)}")) as cursor:  # noqa: S608
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
