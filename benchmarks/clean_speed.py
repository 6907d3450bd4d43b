"""How fast clean text passes the repairs, on one core: clean_speed.py [CORPORA] [--rounds 5]

CORPORA (default ../shared/corpora) is repaired first; what comes out is clean, and is measured. Each repair is also
timed by itself, without the signs that spare most texts most repairs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import build_character_model as build  # noqa: E402

from pipeline.edits import TracedText  # noqa: E402
from pipeline.repair import REPAIRS, repair_text  # noqa: E402
from pipeline.repair.signs import Signs  # noqa: E402


def speed(call: Callable[[str], object], texts: list[str], rounds: int) -> float:
    """Return the best of some rounds, in MB of UTF-8 a second."""
    n_bytes = sum(len(text.encode()) for text in texts)
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        for text in texts:
            call(text)
        seconds.append(time.process_time() - started)
    return n_bytes / 1e6 / min(seconds)


def main() -> None:
    """Print MB a second for every repair, for the signs, and for all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="?", default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = [repair_text(TracedText(text)).text for _, text in build.texts(args.corpora)]
    texts = [text for text in texts if not repair_text(TracedText(text)).repairs()]
    print(f"{len(texts)} clean documents, {sum(len(t.encode()) for t in texts) / 1e6:.2f} MB of UTF-8")
    for kind, repair in REPAIRS:
        n_asked = sum(kind not in Signs(text).missing for text in texts)
        print(f"{kind:26}{speed(repair, texts, 1):10.1f} MB/s alone, asked of {n_asked} documents")
    print(f"{'signs':26}{speed(Signs, texts, args.rounds):10.1f} MB/s")
    print(f"{'all':26}{speed(lambda text: repair_text(TracedText(text)), texts, args.rounds):10.1f} MB/s")
    ones = [line for text in texts[::10] for line in text.split("\n") if line]
    print(
        f"{'all, line by line':26}{speed(lambda text: repair_text(TracedText(text)), ones, 1):10.1f} MB/s"
        f" ({len(ones)} lines)"
    )


if __name__ == "__main__":
    main()
