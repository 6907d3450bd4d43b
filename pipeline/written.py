"""Which files of a folder this program has written: it replaces no others, removes no others, and reads none of them as documents."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.replacing import replacing

MARK = ".zhengce-written"
_MOST_BYTES = 100_000


def written_in(folder: Path) -> frozenset[str]:
    """Return the names in a folder that were written by this program, none where it left no note."""
    path = folder / MARK
    try:
        if path.stat().st_size > _MOST_BYTES:
            return frozenset()
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return (
        frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()
    )


def note_written(folder: Path, names: Iterable[str]) -> None:
    """Note names as written in a folder, beside those that are noted and still there."""
    there = {name for name in written_in(folder) if os.path.lexists(folder / name)}
    with replacing(folder / MARK) as temporary:
        temporary.write_text(json.dumps(sorted(there | set(names))), encoding="utf-8")
