"""The tables of a run in more formats. What stands in the folder is always of the run whose tables stand there.

A workbook of an earlier run beside newer tables would be read as theirs. So what an earlier run exported is set aside when
new tables are put in place, and written anew with them, asked for or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.columns import ALL_TABLES
from pipeline.layout import stored_names
from pipeline.spreadsheets import write_csv, write_xlsx
from pipeline.tables import load

FORMATS = ("csv", "xlsx")
WORKBOOK = "policy.xlsx"
CSV_FOLDER = "csv"
_ASIDE = ".{}.former"
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
        frames = load(out)
        if name == "csv":
            folder = out / CSV_FOLDER
            folder.mkdir(exist_ok=True)
            for table, frame in frames.items():
                write_csv(frame, folder / f"{table}.csv")
        else:
            write_xlsx(frames, out / WORKBOOK)
    for name in FORMATS:
        for path in _files(out, name):
            path.with_name(_ASIDE.format(path.name)).unlink(missing_ok=True)


def _files(out: Path, name: str) -> list[Path]:
    """Return the files of a format that a run may have written; others in its folder are the user's."""
    if name == "xlsx":
        return [out / WORKBOOK]
    return [out / CSV_FOLDER / f"{table}.csv" for table in sorted({*ALL_TABLES, *stored_names(out)})]
