"""The tables of a run read again: whole as frames, or rows chosen by DuckDB SQL, each with whose it is."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.columns import ALL_TABLES, TABLES, joined_columns, known_columns, with_document
from pipeline.database import open_database, refused
from pipeline.errors import SourceError
from pipeline.layout import (
    DATABASE,
    dated_documents_sql,
    documents_in_order_sql,
    stored_names,
    table_path,
    unreadable,
)
from pipeline.near_names import names_like

if TYPE_CHECKING:
    import pandas as pd


def table_names(out: Path) -> tuple[str, ...]:
    """Return the tables of a run: those every run has, and those of added extractors that its database lists."""
    others = sorted(stored_names(out) - set(ALL_TABLES))
    if not others or not (out / DATABASE).is_file():
        return tuple(ALL_TABLES)
    import duckdb

    with duckdb.connect(str(out / DATABASE), read_only=True) as connection:
        listed = {
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views()"
            ).fetchall()
        }
    return (*ALL_TABLES, *(name for name in others if name in listed))  # not what an earlier run left


def load(
    out: str | Path, names: Sequence[str] | None = None, *, where: str | None = None
) -> dict[str, pd.DataFrame]:
    """Return the tables of a run as pandas frames by name; without `names` all of them.

    `where` is a DuckDB condition on `documents`, their `year` among the columns: only rows of documents that fulfil it are read, so that a part of a run
    that does not fit into memory can be worked with. Raises SourceError when `out` holds no run, and for bad SQL.

    >>> import tempfile
    >>> from pipeline import run
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for year in (2023, 2024):
    ...         _ = Path(folder, f"{year}.txt").write_text(
    ...             f"青山县人民政府关于做好{year}年就业工作的通知\\n新增就业300人。\\n{year}年3月1日", encoding="utf-8"
    ...         )
    ...     _ = run(folder, Path(folder, "out"), engine="serial")
    ...     load(Path(folder, "out"), ["documents"], where="year > 2023")["documents"]["publish_date"].tolist()
    ['2024-03-01']
    """
    import pandas as pd

    out = Path(out)
    chosen = None if where is None else _chosen(out, where)
    frames = {}
    for name in table_names(out) if names is None else names:
        path = table_path(out, name)
        try:
            if chosen is None:
                frames[name] = pd.read_parquet(path)
            else:
                import pyarrow.dataset as ds

                frames[name] = ds.dataset(path).to_table(filter=ds.field("doc_id").isin(chosen)).to_pandas()
        except (pa.ArrowException, OSError) as error:
            raise unreadable(path, error) from error
    return frames


def _chosen(out: Path, where: str) -> pa.Array:
    """Return the ids of the documents that fulfil a condition."""
    import duckdb

    with open_database(out, ("documents", "quantities")) as connection:
        try:
            told = f"SELECT * FROM {dated_documents_sql('documents')} WHERE status = 'ok'"  # noqa: S608
            rows = connection.sql(f"SELECT doc_id FROM ({told}) WHERE ({where})")  # noqa: S608
            return rows.to_arrow_table().column("doc_id").combine_chunks()
        except duckdb.Error as error:
            raise refused(error) from error


def query_table(
    out: Path, name: str, *, where: str | None = None, limit: int = 20, columns: Sequence[str] = ()
) -> tuple[pd.DataFrame, int]:
    """Return rows of a table as a frame, and how many there are in all; `where` is a DuckDB condition.

    Behind `doc_id` stands whose a row is: `county`, `year`, `publish_date`, `title` of its document. `columns` names others,
    also of `documents`; all of them may be used in the condition. Limit 0 means every row. Raises SourceError for a folder
    without a run, an unknown table or column (the known ones are named), bad SQL.
    """
    import duckdb

    if name not in ALL_TABLES:
        hint = f"known: {', '.join(ALL_TABLES)}; what compares documents (promises, indicators …) is made by `zhengce compare`"
        raise SourceError(f"there is no table {name!r}", hint=hint)
    source = _source(name, documents_in_order_sql(out))
    condition = f"WHERE {where}" if where else ""
    wanted = ", ".join(f'"{one}"' for one in _wanted(name, columns))
    with open_database(out, ALL_TABLES) as connection:
        try:
            counted = connection.execute(f"SELECT count(*) FROM {source} {condition}").fetchall()[0]  # noqa: S608
            rows = connection.sql(
                f"SELECT {wanted} FROM {source} {condition} {_order(name)} {f'LIMIT {limit}' if limit else ''}"  # noqa: S608
            )
            found = rows.to_arrow_table()
            return found.to_pandas(types_mapper=_whole_numbers(found)), int(counted[0])
        except duckdb.Error as error:
            raise refused(error, is_asked=where is not None) from error


def _whole_numbers(found: pa.Table) -> Callable[[pa.DataType], Any] | None:
    """Return what keeps whole numbers whole where one is missing: the year 2020 beside a null is not 2020.0."""
    import pandas as pd

    gaps = any(pa.types.is_integer(column.type) and column.null_count for column in found.columns)
    return (lambda kind: pd.Int64Dtype() if pa.types.is_integer(kind) else None) if gaps else None


def chosen_tables(out: str | Path, names: Sequence[str], where: str | None) -> dict[str, pd.DataFrame]:
    """Return tables of a run, of the documents that a condition chooses.

    Raises SourceError, with names of the run that are like those asked for, when it chooses none; as `load` does else.
    """
    tables = load(out, names, where=where)
    if where is not None and tables["documents"].empty:
        raise SourceError("no document fits the condition", where=where, hint=names_like(Path(out), where))
    return tables


def _wanted(name: str, columns: Sequence[str]) -> list[str]:
    if not columns:
        return [c.name for c in with_document(ALL_TABLES[name])]
    known = known_columns(name)
    for one in columns:
        if one not in known:
            alike = ", ".join(difflib.get_close_matches(one, known, n=3))
            hint = f"{f'like it: {alike}; ' if alike else ''}known: {', '.join(known)}"
            raise SourceError(f"{name} has no column {one!r}", hint=hint)
    return list(dict.fromkeys(columns))


def documents_told(out: Path) -> dict[str, tuple[Any, ...]]:
    """Return county, year, publish_date and title of every document that has rows, by its id."""
    told = f"SELECT doc_id, county, year, publish_date, title FROM {dated_documents_sql('documents')} WHERE status = 'ok'"  # noqa: S608
    with open_database(out, ("documents", "quantities")) as connection:
        return {row[0]: row[1:] for row in connection.execute(told).fetchall()}


def _source(name: str, documents: str) -> str:
    """Return the rows of a table, each with what `documents` says of its document."""
    documents = dated_documents_sql(documents)
    if name == "documents":
        return documents
    own = {c.name for c in ALL_TABLES[name]}
    told = {c.name: f"d.{c.name}" for c in TABLES["documents"]}
    for c in joined_columns(ALL_TABLES[name]):
        told[c.name] = f"d.{c.name.removeprefix('document_')}"
    extra = ", ".join(f'{sql} AS "{column}"' for column, sql in told.items() if column not in own)
    join = f"{name} t LEFT JOIN {documents} d ON d.doc_id = t.doc_id AND d.status = 'ok'"
    return f"(SELECT t.*, {extra}, d.position AS position FROM {join})"  # noqa: S608


def _order(name: str) -> str:
    """Return text order: documents as they were read, and in each what stands first; a join keeps no order."""
    names = [c.name for c in ALL_TABLES[name]]
    own_id = [one for one in ("row_id", names[1]) if one in names and one.endswith("_id")]
    by = ["position", *(one for one in ("start", "end", "raw_start") if one in names), *own_id[:1]]
    return "ORDER BY " + ", ".join(f'"{one}"' for one in by)
