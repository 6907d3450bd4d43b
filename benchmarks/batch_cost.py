"""CPU seconds a document and a character costs in one process, files read and models loaded before: batch_cost.py [--documents 200]"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from duplicates import make_text  # noqa: E402

from pipeline.flow import analyse  # noqa: E402
from pipeline.records import DocumentRow, RawFile  # noqa: E402
from pipeline.rows import document_rows  # noqa: E402


def cost(name: str, raw: bytes) -> tuple[float, DocumentRow]:
    """Return CPU seconds of one document, from bytes to rows, and what became of it."""
    started = time.process_time()
    analysis = analyse(RawFile(name, raw))
    if analysis.reading is not None:
        document_rows(analysis.row, analysis.reading, analysis.found, analysis.repairs)
    return time.process_time() - started, analysis.row


def main() -> None:
    """Print the cost of made-up plans, each different, and of the documents of corpus/."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    args = parser.parse_args()
    for number in range(20):
        cost("first.txt", make_text(10**6 + number).encode())
    made = [cost("made.txt", make_text(number).encode()) for number in range(args.documents)]
    given = [cost(path.name, path.read_bytes()) for path in sorted((ROOT / "corpus").glob("*.txt"))]
    for what, costs in (("made-up plans", made), ("documents of corpus/", given)):
        seconds, n_chars = sum(taken for taken, _ in costs), sum(row.n_chars for _, row in costs)
        print(
            f"{len(costs)} {what}: {n_chars / len(costs):.0f} characters, {1e3 * seconds / len(costs):.1f} ms each, "
            f"{1e6 * seconds / n_chars:.1f} µs a character"
        )


if __name__ == "__main__":
    main()
