"""Counts the function calls that analysing a document takes, by stage: python tests/count_work.py FILE [FILE …]

Each file is analysed once before, so that tables, models and patterns are loaded. The clock is not looked at: the same files give the same counts
on any machine, busy or not. Prints JSON: calls for 1,000 characters of text, Python's and those into C, by the package they are made from.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline.analysis import Analysis
from pipeline.flow import analyse
from pipeline.records import RawFile
from pipeline.rows import document_rows

PACKAGE = str(Path(__file__).resolve().parent.parent / "pipeline") + "/"


def stage_of(file: str) -> str:
    """Return a module's stage: its extractor, else its package, else its own name."""
    parts = file.removeprefix(PACKAGE).removesuffix(".py").split("/")
    return parts[1] if parts[0] == "extract" and len(parts) > 2 else parts[0]


def _work(file: RawFile) -> Analysis:
    """Make a document's rows, as a batch does."""
    analysis = analyse(file)
    if analysis.reading is not None:
        document_rows(analysis.row, analysis.reading, analysis.found, analysis.repairs)
    return analysis


def counted(files: list[Path]) -> dict[str, int]:
    """Return the calls a thousand characters of all files, by stage."""
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: Any) -> None:
        if event in ("call", "c_call") and (file := frame.f_code.co_filename).startswith(PACKAGE):
            calls[file] += 1

    inputs = [RawFile(file.name, file.read_bytes()) for file in files]
    for file in inputs:
        _work(file)
    n_chars = 0
    for file in inputs:
        sys.setprofile(count)
        analysis = _work(file)
        sys.setprofile(None)
        n_chars += analysis.row.n_chars
    stages: Counter[str] = Counter()
    for file_name, n in calls.items():
        stages[stage_of(file_name)] += n
    return {stage: round(1000 * n / n_chars) for stage, n in sorted(stages.items())}


if __name__ == "__main__":
    print(json.dumps(counted([Path(name) for name in sys.argv[1:]])))
