"""Tables of pages as scrapers leave them: JSON, lines of JSON, CSV, Excel, SQLite. Each row is an input where a column plainly holds pages.

Nothing is believed of a name alone: most of the first rows must hold a long text, or markup, in a column that is called
so. Any other table is data and one document, as any file is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.files import opened, read_file
from pipeline.sources.folders import InputFile
from pipeline.sources.tables.columns import N_SEEN, Columns, columns_of, columns_of_pages, page_of
from pipeline.sources.tables.csv_rows import csv_rows
from pipeline.sources.tables.json_rows import json_line_rows, json_rows
from pipeline.sources.tables.rows import BadRow, row_page
from pipeline.sources.tables.sqlite_rows import sqlite_rows
from pipeline.sources.tables.xlsx_rows import xlsx_rows

Row = dict[str, Any] | BadRow
RowReader = Callable[[IO[bytes], Settings], Generator[Row, None, None]]

ROW_READERS: tuple[tuple[tuple[str, ...], RowReader], ...] = (
    ((".jsonl", ".ndjson", ".jl"), json_line_rows),
    ((".json",), json_rows),
    ((".csv", ".tsv"), csv_rows),
    ((".xlsx",), xlsx_rows),
    ((".db", ".sqlite", ".sqlite3", ".db3"), sqlite_rows),
)
TABLE_SUFFIXES = tuple(suffix for suffixes, _ in ROW_READERS for suffix in suffixes)


def read_table(listed: InputFile, settings: Settings) -> Iterator[RawFile | Failure]:
    """Yield the page of each row of a table of pages, each as `pages.jsonl!/https://…`; another table as the one file it is."""
    stream = opened(listed)
    if isinstance(stream, Failure):
        yield stream
        return
    with stream:
        pages = table_pages(stream, listed.source, settings)
        if pages is not None:
            yield from pages
            return
    yield from read_file(listed, settings)


def table_pages(stream: IO[bytes], source: str, settings: Settings) -> Iterator[RawFile | Failure] | None:
    """Return the pages of a table, None where it is no table of pages."""
    suffix = Path(source.lower()).suffix
    reader = next(reader for suffixes, reader in ROW_READERS if suffix in suffixes)
    rows = reader(stream, settings)
    first = list(islice(rows, N_SEEN))
    seen = [row for row in first if isinstance(row, dict)]
    columns = columns_of_pages(list(dict.fromkeys(name for row in seen for name in row)), seen)
    if columns is None:
        rows.close()
        return None
    return _pages(chain(first, rows), rows, columns, source, settings)


def _pages(
    rows: Iterator[Row], reader: Any, columns: Columns, source: str, settings: Settings
) -> Iterator[RawFile | Failure]:
    with closing(reader):
        for number, row in enumerate(rows):
            if isinstance(row, BadRow):
                yield Failure(f"{source}!/{number}", "sources", row.letter)
            else:
                other = (
                    None if page_of(row, columns) else columns_of(list(row))
                )  # of the next table, or an odd row
                yield row_page(row, number, other or columns, source, settings)
