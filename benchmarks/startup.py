"""What a fresh process takes to its first result: startup.py [--rounds 7]

CPU and wall seconds, the least of some rounds (the first one compiles byte code): an empty Python for comparison, `zhengce --help`, the import of the
package, and the import with one document of corpus/ analysed to its measures.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "corpus/001_b5c54a53bf2725bf.txt"
RUNS = {
    "python": "pass",
    "zhengce --help": "from pipeline.cli import main; main(['--help'])",
    "import pipeline": "import pipeline",
    "first document": f"import pipeline; pipeline.read({PAGE!r}).measures",
    "first spaCy Doc": f"import pipeline; pipeline.read({PAGE!r}).spacy",
}


def measure(code: str) -> tuple[float, float]:
    """Return CPU and wall seconds of a process that runs some code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    for name, code in RUNS.items():
        cpu, wall = zip(*(measure(code) for _ in range(rounds)), strict=True)
        print(f"{name:16}{min(cpu):6.2f} s CPU{min(wall):6.2f} s wall")


if __name__ == "__main__":
    main()
