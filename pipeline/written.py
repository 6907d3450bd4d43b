"""Which files of a folder this program has written: it replaces no others, removes no others, and reads none of them as documents."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.lazy_re import lazy_re
from pipeline.replacing import replacing

MARK = ".zhengce-written"
_MOST_BYTES = 100_000
_TABLE_SUFFIXES = (".parquet", ".csv", ".xlsx", ".duckdb")
_PART_RE = lazy_re(r"part-\d{5,9}\.parquet")
_REPORT_HEAD = "<title>政策文本比较报告</title>"  # as in report/templates
_HEAD_BYTES = 4096


def written_in(folder: Path) -> frozenset[str]:
    """Return the names in a folder that were written by this program, none where it left no note.

    A name that leads out of the folder is none: the note may have come from anybody, with the folder.
    """
    path = folder / MARK
    try:
        if path.stat().st_size > _MOST_BYTES:
            return frozenset()
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str) and _is_plain(name))


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not any(mark in name for mark in "/\\\0")


def never_read(folder: Path) -> frozenset[str]:
    """Return what of a folder is noted and looks like what this program writes: tables, and reports by how they begin.

    A note that a mirror left among pages hides none of them; folders of tables have notes of their own.
    """
    return frozenset(name for name in written_in(folder) if _is_of_ours(folder / name))


def _is_of_ours(path: Path) -> bool:
    try:
        if path.is_dir():
            names = os.listdir(path)
            return bool(names) and all(map(_PART_RE.fullmatch, names))
        if path.suffix.lower() in (".html", ".htm"):
            with path.open("rb") as stream:
                return _REPORT_HEAD.encode() in stream.read(_HEAD_BYTES)
    except OSError:
        return False
    return path.suffix in _TABLE_SUFFIXES and path.stem.isidentifier()


def note_written(folder: Path, names: Iterable[str]) -> None:
    """Note names as written in a folder, beside those that are noted and still there."""
    there = {name for name in written_in(folder) if os.path.lexists(folder / name)}
    with replacing(folder / MARK) as temporary:
        temporary.write_text(json.dumps(sorted(there | set(names))), encoding="utf-8")
