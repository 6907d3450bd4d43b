"""The tables of a run in more formats. What stands in the folder is always of the run whose tables stand there.

A workbook of an earlier run beside newer tables would be read as theirs. So what an earlier run exported is set aside when
new tables are put in place, and written anew with them, asked for or not. One file that cannot be written keeps back no other.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import ALL_TABLES, CHINESE_TITLES, Column, joined_columns, with_document
from pipeline.layout import noted_tables, table_path
from pipeline.query import documents_told, table_names
from pipeline.replacing import clear_unfinished
from pipeline.spreadsheets import FORMATS, write_csv_pieces
from pipeline.workbook import Sheet, write_workbook
from pipeline.written import note_written, written_in

if TYPE_CHECKING:
    import pandas as pd

WORKBOOK = "policy.xlsx"
CSV_FOLDER = "csv"
_ASIDE = ".{}.former"
_ROWS_AT_ONCE = 2_000
WORKBOOK_ASIDE = _ASIDE.format(WORKBOOK)


class Unwritten(NamedTuple):
    """A file that could not be exported, why, and whether one of an earlier run could not be moved out of its place."""

    path: Path
    reason: str
    is_old_there: bool


def set_aside(out: Path) -> tuple[str, ...]:
    """Hide what an earlier run has exported, also one that was killed meanwhile, and return its formats; no file of the user's."""
    formats = []
    for name in FORMATS:
        for path in _files(out, name):
            aside = path.with_name(_ASIDE.format(path.name))
            is_there = path.is_file() and path.name in written_in(path.parent)
            if is_there:
                with contextlib.suppress(OSError):  # open in Excel: said when it cannot be replaced either
                    os.replace(path, aside)
            if (aside.is_file() or is_there) and name not in formats:
                formats.append(name)
    return tuple(formats)


def export(out: Path, formats: Iterable[str]) -> tuple[Unwritten, ...]:
    """Write the tables of a run again as CSV files or one workbook, remove what was set aside, and return what failed.

    What was set aside for a file that failed is kept, so that the next run writes it.
    """
    clear_unfinished(out, (WORKBOOK,))
    clear_unfinished(out / CSV_FOLDER, {path.name for path in _files(out, "csv")})
    unwritten = []
    for path, write in _writers(out, formats):
        try:
            write(path)
        except OSError as error:
            unwritten.append(Unwritten(path, error.strerror or str(error), path.is_file()))
    failed = {one.path for one in unwritten}
    for name in FORMATS:
        for path in _files(out, name):
            if path not in failed:
                path.with_name(_ASIDE.format(path.name)).unlink(missing_ok=True)
    return tuple(unwritten)


def _writers(out: Path, formats: Iterable[str]) -> Iterator[tuple[Path, Callable[[Path], None]]]:
    """Yield the files of formats, each with what writes it."""
    for name in formats:
        if name == "csv":
            for table in table_names(out):
                yield out / CSV_FOLDER / f"{table}.csv", partial(_write_csv, out, table)
        else:
            yield out / WORKBOOK, partial(_write_workbook, out)


def _write_csv(out: Path, table: str, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    note_written(path.parent, [path.name])
    write_csv_pieces(_pieces(out, table), path)


def _write_workbook(out: Path, path: Path) -> None:
    note_written(out, [path.name, WORKBOOK_ASIDE])
    told = documents_told(out)
    sheets = [_sheet(out, table, told) for table in table_names(out)]
    write_workbook(path, sheets, guide=sheets)


def _parts(out: Path, name: str) -> list[Path]:
    path = table_path(out, name)
    return [path] if path.is_file() else sorted(path.glob("*.parquet"))


def _pieces(out: Path, name: str) -> Iterator[pd.DataFrame]:
    """Yield a table as frames of some rows each, at least one; numbers look alike in all of them.

    pandas holds whole numbers of which some are missing as fractions (2023.0). What is so in one piece must be in all.
    """
    parts = _parts(out, name)
    schema = pq.read_schema(parts[0])
    numbers = {field.name for field in schema if pa.types.is_integer(field.type)}
    fractions = dict.fromkeys(numbers & _wanting(parts), "float64")
    yield schema.empty_table().to_pandas()
    for part in parts:
        for batch in pq.ParquetFile(part, pre_buffer=False).iter_batches(_ROWS_AT_ONCE):
            yield batch.to_pandas().astype(fractions)


def _wanting(parts: Iterable[Path]) -> set[str]:
    """Return the columns of which values are missing, as the footers of the files tell."""
    found = set()
    for part in parts:
        footer = pq.read_metadata(part)
        for group in map(footer.row_group, range(footer.num_row_groups)):
            for column in map(group.column, range(group.num_columns)):
                if column.statistics is None or column.statistics.null_count != 0:
                    found.add(column.path_in_schema)
    return found


def _sheet(out: Path, name: str, told: Mapping[str, tuple[Any, ...]]) -> Sheet:
    """Return a table as a sheet, its rows in the order of the run, each with whose it is; read when it is written."""
    parts = _parts(out, name)
    declared = ALL_TABLES.get(name) or tuple(Column(c, "string", c) for c in pq.read_schema(parts[0]).names)
    joined = {c.name: place for place, c in enumerate(joined_columns(declared))}
    columns = with_document(declared)
    nobody = (None,) * len(joined)

    def rows() -> Iterator[tuple[Any, ...]]:
        for part in parts:
            for batch in pq.ParquetFile(part, pre_buffer=False).iter_batches(_ROWS_AT_ONCE):
                values = batch.to_pydict()
                whose = [told.get(one, nobody) for one in values["doc_id"]]
                yield from zip(
                    *(
                        [one[joined[c.name]] for one in whose] if c.name in joined else values[c.name]
                        for c in columns
                    ),
                    strict=True,
                )

    return Sheet(
        name,
        CHINESE_TITLES.get(name, name),
        columns,
        rows(),
        sum(pq.read_metadata(part).num_rows for part in parts),
    )


def _files(out: Path, name: str) -> list[Path]:
    """Return the files of a format that a run may have written; others in its folder are the user's."""
    if name == "xlsx":
        return [out / WORKBOOK]
    folder = out / CSV_FOLDER
    tables = {*table_names(out), *noted_tables(out)}
    return [folder / name for name in sorted({f"{table}.csv" for table in tables} | written_in(folder))]
