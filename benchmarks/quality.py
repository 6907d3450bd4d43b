"""Precision, recall and F1 on marked documents: quality.py [SHARED]

Runs the pipeline over SHARED/seeds and SHARED/gold_docs (default ../shared) and scores the tables with SHARED/score.py.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pipeline

ROOT = Path(__file__).resolve().parent.parent


def score(shared: Path, gold: Path, *options: str) -> str:
    """Return what score.py prints for a fresh run against one folder of marks."""
    with tempfile.TemporaryDirectory() as out:
        pipeline.run([shared / "seeds", shared / "gold_docs"], out)
        done = subprocess.run(
            [sys.executable, str(shared / "score.py"), out, str(gold), *options],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return done.stderr + done.stdout


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    print(score(folder, folder / "gold", *sys.argv[2:]))
    print("own marks, made by a reader who did not know the rules (tests/gold):")
    print(score(folder, ROOT / "tests" / "gold", *sys.argv[2:]))
