"""Precision, recall and F1 on marked documents: quality.py [SHARED]

Runs the pipeline over SHARED/seeds and SHARED/gold_docs (default ../shared) and scores the tables with SHARED/score.py.
"""

from __future__ import annotations

import argparse
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared", metavar="SHARED")
    args, options = parser.parse_known_args()  # what it does not know is for score.py
    folder = args.shared
    print(score(folder, folder / "gold", *options))
    print("own marks, made by a reader who did not know the rules (tests/gold):")
    print(score(folder, ROOT / "tests" / "gold", *options))
