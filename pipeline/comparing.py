"""A run's folder in, a folder of comparisons out: one Parquet file each, CSV beside it on request."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import TABLES
from pipeline.compare import COMPARISON_COLUMNS, compare_all
from pipeline.errors import SourceError
from pipeline.query import chosen_tables
from pipeline.spreadsheets import write_csv
from pipeline.tables import arrow_schema

if TYPE_CHECKING:
    import pandas as pd

_NOT_READ = ("repairs",)  # large, and nothing is compared by it


def compare_run(
    run: str | Path,
    out: str | Path,
    *,
    by: str = "county",
    reference: str | None = None,
    only: Collection[str] = (),
    formats: Iterable[str] = (),
    where: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> dict[str, int]:
    """Compare the documents of a run and write each comparison as out/<name>.parquet; return rows by name.

    `formats` may hold "csv"; `where` is a DuckDB condition that chooses documents. A file is put in place only when it is
    whole. Raises SourceError when `run` holds no run, `where` chooses no document or `out` is a file, ComparisonError for an unknown `by`, `only` or
    reference.
    """
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise SourceError("--out names a file", where=str(folder), hint="name a folder")
    if unknown := sorted(set(formats := tuple(formats)) - {"csv"}):
        raise ValueError(f"unknown format {unknown[0]!r}; known: csv")
    tables = chosen_tables(run, [name for name in TABLES if name not in _NOT_READ], where)
    folder.mkdir(parents=True, exist_ok=True)
    done = {}
    for name, frame in compare_all(tables, by, reference=reference, only=only):
        write_comparison(name, frame, folder)
        if "csv" in formats:
            write_csv(frame, folder / f"{name}.csv")
        done[name] = len(frame)
        if progress is not None:
            progress(name, len(frame))
    return done


def write_comparison(name: str, frame: pd.DataFrame, folder: Path) -> None:
    """Write one comparison as folder/<name>.parquet with its declared types."""
    schema = arrow_schema(COMPARISON_COLUMNS[name])
    temporary = folder / f".{name}.{os.getpid()}.parquet"
    pq.write_table(
        pa.Table.from_pandas(frame, schema=schema, preserve_index=False), temporary, compression="zstd"
    )
    os.replace(temporary, folder / f"{name}.parquet")


def load_comparisons(out: str | Path) -> dict[str, pd.DataFrame]:
    """Return the comparisons in a folder that `zhengce compare` wrote, by name.

    Raises SourceError when none is there.
    """
    import pandas as pd

    paths = {name: Path(out) / f"{name}.parquet" for name in COMPARISON_COLUMNS}
    frames = {name: pd.read_parquet(path) for name, path in paths.items() if path.is_file()}
    if not frames:
        raise SourceError("no comparison is here", where=str(out), hint="zhengce compare DIR --out DIR2")
    return frames
