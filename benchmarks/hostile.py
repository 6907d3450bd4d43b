"""How long the repairs take for pages made to be slow: hostile.py [--kb 200] [--kind TEXT]

Runs of lost signs, of one odd pair, of random bytes and of holes among good ones, each of them one line. Time grows
with length and not faster, if the last column, the time of twice as much over twice the time, stays near one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.edits import TracedText
from pipeline.repair import REPAIRS, repair_text
from pipeline.repair.signs import Signs

GOOD = "推进义务教育优质均衡发展，完善教师培训制度，新建幼儿园。"


def octets(first: int, last: int, n: int) -> bytes:
    """Return random bytes of a range, the same ones each time."""
    chance = random.Random(n)
    return bytes(chance.randrange(first, last + 1) for _ in range(n))


def mixture(chars: str, n: int) -> str:
    """Return random characters out of some, the same ones each time."""
    return "".join(random.Random(n).choices(chars, k=n))


def hostile(n_bytes: int) -> dict[str, str]:
    """Return texts of about as many bytes of UTF-8."""
    third, half = n_bytes // 3, n_bytes // 2
    plain = "".join(chr(code) for code in random.Random(0).choices(range(0x4E00, 0x9FA6), k=third // 2))
    return {
        "? alone": "?" * n_bytes,
        "U+FFFD alone": "\ufffd" * third,
        "one odd pair": "鏁欒偛" * (third // 3),
        "a character and ?": "學?" * (n_bytes // 4),
        "a lead byte and U+FFFD": "æ\ufffd" * (n_bytes // 5),
        "random GBK": octets(0x81, 0xFE, 2 * third).decode("gb18030", "replace"),
        "random Big5": octets(0xA1, 0xF9, 2 * third).decode("big5hkscs", "replace"),
        "random Latin-1": octets(0x80, 0xFF, half).decode("latin1"),
        "random cp1252": octets(0x40, 0xFF, half).decode("cp1252", "replace"),
        "random characters, UTF-8 as GBK": plain.encode().decode("gbk", "replace"),
        "UTF-8 as GBK, one line": (GOOD * (third // len(GOOD) * 2 // 3)).encode().decode("gbk", "replace"),
        "UTF-8 as GBK, holes": mixture("鏁欒偛閮ㄩ棬銆\ufffd?", third),
        "GBK as Big5, holes": mixture("侐跺ッ趙獄妗斐膘孮\ufffd@", third),
        "Big5 as GBK, holes": mixture("崩笆竡叭毙▅纔借А颗祇\ufffdH", third),
    }


def seconds(text: str) -> float:
    """Return the time that one text takes, of this process alone."""
    started = time.process_time()
    repair_text(TracedText(text))
    return time.process_time() - started


def slowest(text: str) -> str:
    """Return the repair that takes longest for a text."""
    signs, times = Signs(text), {}
    for kind, repair in REPAIRS:
        if kind not in signs.missing:
            started = time.process_time()
            repair(text)
            times[kind] = time.process_time() - started
    return max(times, key=lambda kind: times[kind], default="")


def main() -> None:
    """Print for each kind of text its speed, the slowest repair, and how time grows with length."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kb", type=int, default=200, help="size of each text")
    parser.add_argument("--kind", default="", help="only kinds with this in their name")
    args = parser.parse_args()
    for text in hostile(2000).values():  # tables are built at their first use
        repair_text(TracedText(text))
    print("| text | MB/s | s/MB | slowest repair | growth |\n| --- | --: | --: | --- | --: |")
    twice = hostile(2000 * args.kb)
    for name, text in hostile(1000 * args.kb).items():
        if args.kind in name:
            size, taken = len(text.encode()) / 1e6, max(seconds(text), 1e-6)
            print(
                f"| {name} | {size / taken:.2f} | {taken / size:.2f} | {slowest(text)} "
                f"| {seconds(twice[name]) / taken / 2:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
