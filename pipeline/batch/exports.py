"""The tables of a run in more formats. What stands in the folder is always of the run whose tables stand there.

A workbook of an earlier run beside newer tables would be read as theirs. So what an earlier run exported is set aside when
new tables are put in place, and written anew with them, asked for or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import ALL_TABLES, CHINESE_TITLES, Column, joined_columns, with_document
from pipeline.layout import stored_names, table_path
from pipeline.query import documents_told
from pipeline.spreadsheets import write_csv_pieces
from pipeline.tables import table_names
from pipeline.workbook import Sheet, write_workbook

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("csv", "xlsx")
WORKBOOK = "policy.xlsx"
CSV_FOLDER = "csv"
_ASIDE = ".{}.former"
_ROWS_AT_ONCE = 2_000
WORKBOOK_ASIDE = _ASIDE.format(WORKBOOK)


def known_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats asked for, each once; raises ValueError for one that is not known."""
    asked = tuple(dict.fromkeys(formats))
    for name in asked:
        if name not in FORMATS:
            raise ValueError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    return asked


def set_aside(out: Path) -> tuple[str, ...]:
    """Hide what an earlier run has exported, also one that was killed meanwhile, and return its formats."""
    formats = []
    for name in FORMATS:
        for path in _files(out, name):
            aside = path.with_name(_ASIDE.format(path.name))
            if path.is_file():
                os.replace(path, aside)
            if aside.is_file() and name not in formats:
                formats.append(name)
    return tuple(formats)


def export(out: Path, formats: Iterable[str]) -> None:
    """Write the tables of a run again as CSV files or one workbook, and remove what was set aside."""
    for name in formats:
        if name == "csv":
            folder = out / CSV_FOLDER
            folder.mkdir(exist_ok=True)
            for table in table_names(out):
                write_csv_pieces(_pieces(out, table), folder / f"{table}.csv")
        else:
            told = documents_told(out)
            sheets = [_sheet(out, table, told) for table in table_names(out)]
            write_workbook(out / WORKBOOK, sheets, guide=sheets)
    for name in FORMATS:
        for path in _files(out, name):
            path.with_name(_ASIDE.format(path.name)).unlink(missing_ok=True)


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
    return [out / CSV_FOLDER / f"{table}.csv" for table in sorted({*ALL_TABLES, *stored_names(out)})]
