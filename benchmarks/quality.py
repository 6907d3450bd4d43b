"""Precision, recall and F1 on marked documents: quality.py [SHARED] [--errors N]

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


def score(shared: Path, out: str, gold: Path, *options: str) -> str:
    """Return what score.py prints for a run against one folder of marks."""
    done = subprocess.run(
        [sys.executable, str(shared / "score.py"), out, str(gold), *options],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr + done.stdout


def main() -> None:
    """Print the scores against the marks beside the checkout and against those of tests/gold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path, nargs="?", default=ROOT.parent / "shared")
    parser.add_argument(
        "--errors", type=int, default=0, help="rows missed and said for nothing, of each table"
    )
    args = parser.parse_args()
    options = ("--errors", str(args.errors)) if args.errors else ()
    with tempfile.TemporaryDirectory() as out:
        pipeline.run([args.shared / "seeds", args.shared / "gold_docs"], out)
        print(score(args.shared, out, args.shared / "gold", *options))
        print("own marks, made by a reader who did not know the rules (tests/gold):")
        print(score(args.shared, out, ROOT / "tests" / "gold", *options))


if __name__ == "__main__":
    main()
