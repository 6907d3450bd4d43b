"""A run's folder in, a folder of comparisons out: one Parquet file each, CSV beside it on request."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.arrow import arrow_schema
from pipeline.columns import TABLES
from pipeline.compare import COMPARISON_COLUMNS, COMPARISONS, compare_all, documents_in_groups
from pipeline.comparison_sheets import Words, comparison_sheet, told_frame, words_of
from pipeline.errors import SourceError
from pipeline.query import chosen_tables
from pipeline.replacing import check_folder, check_name, replacing
from pipeline.spreadsheets import FORMATS, known_formats, write_csv
from pipeline.workbook import write_workbook
from pipeline.written import note_written, written_in

if TYPE_CHECKING:
    import pandas as pd

_NOT_READ = ("repairs",)  # large, and nothing is compared by it
_WRITTEN = tuple(name for names, _ in COMPARISONS for name in names)
_UNFINISHED_PREFIX = ".comparing-"


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
    note: Callable[[str], None] | None = None,
) -> dict[str, int]:
    """Compare the documents of a run and write each comparison as out/<name>.parquet; return rows by name.

    `formats` may hold "csv" and "xlsx"; `where` is a DuckDB condition that chooses documents. What stands in `out`
    afterwards is of one call: the files are put in place when all are whole, comparisons of an earlier call go, and the
    formats it wrote are written anew. `note` is told what a reader should know. Raises SourceError when `run` holds no run, `where` chooses no document or `out` is a file,
    ComparisonError for an unknown `by`, `only` or reference, ValueError for an unknown format.
    """
    folder = Path(out)
    check_folder(folder)
    check_name(folder)
    asked = known_formats(formats)
    tables = chosen_tables(run, [name for name in TABLES if name not in _NOT_READ], where)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_UNFINISHED_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    wanted = {*asked, *(path.suffix[1:] for path in _standing(folder))}
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED_PREFIX, dir=folder))
    words = words_of(tables) if wanted else None
    done = {}
    try:
        for name, frame in compare_all(tables, by, reference=reference, only=only):
            write_comparison(name, frame, unfinished, wanted, words)
            done[name] = len(frame)
            if progress is not None:
                progress(name, len(frame))
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if note is not None:
        said = (
            _too_few(tables, run),
            _of_no_group(tables, by),
            _outside_of_codebook(tables) if "pmc" in done else "",
        )
        for one in filter(None, said):
            note(one)
    return done


def _put_in_place(unfinished: Path, folder: Path) -> None:
    """Move what is whole into its folder, and what an earlier call wrote there out of it.

    Raises SourceError where files of somebody else have the names of comparisons.
    """
    names = sorted(path.name for path in unfinished.iterdir())
    ours = written_in(folder)
    if strangers := [name for name in names if name not in ours and (folder / name).exists()]:
        raise SourceError(
            f"files that are not of `zhengce compare` have the names of comparisons: {', '.join(strangers)}",
            where=str(folder), hint="name another folder",
        )  # fmt: skip
    note_written(folder, names)
    for path in _standing(folder):  # first, so that a kill leaves fewer tables and not those of two calls
        path.unlink()
    for path in unfinished.iterdir():
        os.replace(path, folder / path.name)


def _too_few(tables: Mapping[str, pd.DataFrame], run: str | Path) -> str:
    """Return what to say where no two documents were read, "" else: most comparisons are then without rows."""
    n_read = int(tables["documents"]["status"].eq("ok").sum())
    if n_read > 1:
        return ""
    which = "only one document was read" if n_read else "no document was read"
    return f"{which}, and a comparison takes two; `zhengce tables {run} documents` says what became of each input"


def _of_no_group(tables: Mapping[str, pd.DataFrame], by: str) -> str:
    """Return what to say of documents that belong to no group, "" when all do: nothing leaves a comparison unsaid."""
    groups = documents_in_groups(tables["documents"], by, tables["quantities"])
    some = groups[groups["is_read"]]
    n = int(some["group_id"].isna().sum())
    if not n:
        return ""
    return (
        f"of {n} of {len(some)} documents no {by} is known: they stand in comparisons of documents (similarity, reuse, pmc) alone; "
        "--by document has them all"
    )


def _outside_of_codebook(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return what to say of documents that the PMC codebook is not made for, "" when all are of its field."""
    from pipeline.report.field_of_codebook import documents_of_field, field_of  # brings the whole report

    field = field_of()
    documents = tables["documents"]
    ids = set(documents.loc[documents["status"].eq("ok"), "doc_id"])
    n_outside = len(ids - documents_of_field(tables, field.theme)) if field.theme else 0
    if not n_outside:
        return ""
    return (
        f"{field.file} is for documents of {field.theme}: of {n_outside} of {len(ids)} documents fewer than half the measures are, "
        "and their index, level and rank say little (docs/compare.md: a codebook of your own)"
    )


def standing_comparisons(out: str | Path) -> tuple[str, ...]:
    """Return the names of the comparisons that stand in a folder."""
    found = {path.stem for path in _standing(Path(out))}
    return tuple(name for name in _WRITTEN if name in found)


def _standing(folder: Path) -> list[Path]:
    """Return the files that an earlier call may have written; others in the folder are the user's."""
    paths = (folder / f"{name}.{suffix}" for name in _WRITTEN for suffix in ("parquet", *FORMATS))
    ours = written_in(folder)
    return [path for path in paths if path.name in ours and path.is_file()]


def write_comparison(
    name: str, frame: pd.DataFrame, folder: Path, formats: Collection[str] = (), words: Words | None = None
) -> None:
    """Write one comparison as folder/<name>.parquet with its declared types, and beside it in the `formats` asked for.

    Both give `words` for the ids in their columns; a workbook has a first sheet that explains these.
    """
    words = words or Words({}, {})
    schema = arrow_schema(COMPARISON_COLUMNS[name])
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    with replacing(folder / f"{name}.parquet") as temporary:
        pq.write_table(table, temporary, compression="zstd")
    if "csv" in formats:
        write_csv(told_frame(name, frame, words), folder / f"{name}.csv")
    if "xlsx" in formats:
        sheet = comparison_sheet(name, frame, words)
        write_workbook(folder / f"{name}.xlsx", [sheet], guide=[sheet])


def load_comparisons(out: str | Path) -> dict[str, pd.DataFrame]:
    """Return the comparisons in a folder that `zhengce compare` wrote, by name.

    >>> import tempfile
    >>> try:
    ...     load_comparisons(tempfile.gettempdir())
    ... except SourceError as error:
    ...     error.hint
    'zhengce compare DIR --out DIR2'

    Raises SourceError when none is there.
    """
    import pandas as pd

    paths = {name: Path(out) / f"{name}.parquet" for name in COMPARISON_COLUMNS}
    frames = {name: pd.read_parquet(path) for name, path in paths.items() if path.is_file()}
    if not frames:
        raise SourceError("no comparison is here", where=str(out), hint="zhengce compare DIR --out DIR2")
    return frames
