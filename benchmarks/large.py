"""Inputs of unusual size and their doubles: large.py [--scale 1.0] [--kind TEXT]

CPU seconds from bytes to rows for each input and one of twice its length, and the exponent of growth (1 is linear). Scale 1 is a paragraph of
half a million characters beside one of a million; 20 gives a document of 20 MB beside one of 40. Limits on time and memory are not in force here.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from batch_cost import cost  # noqa: E402


def clause(n: int) -> str:
    """Make up a clause; no two are alike."""
    return f"推进第{n * 7919 % 100003}学区建设，到2027年新建学校{n % 97 + 3}所"


def page(body: str) -> str:
    """Return an HTML page."""
    return f"<html><head><title>工作方案</title></head><body>{body}</body></html>"


INPUTS: dict[str, tuple[int, str, Callable[[int], str]]] = {
    "a document of many lines": (20_000, "txt", lambda n: "\n".join(clause(k) + "。" for k in range(n))),
    "one paragraph": (20_000, "txt", lambda n: "".join(clause(k) + "；" for k in range(n))),
    "one paragraph without marks": (
        25_000,
        "txt",
        lambda n: "".join("推进学区建设新建学校" for _ in range(n)),
    ),
    "quotation marks in one line": (20_000, "txt", lambda n: "方案\n" + "“" * n),
    "numbers in one line": (20_000, "txt", lambda n: "方案\n" + "、".join(str(k) for k in range(n))),
    "headings": (5_000, "txt", lambda n: "\n".join(f"{k}.加强第{k}项管理" for k in range(1, n + 1))),
    "one county named again and again": (20_000, "txt", lambda n: "旬邑县新建学校。" * n),
    "nested <div>": (20_000, "html", lambda n: page("<div>" * n + clause(1) + "。" + "</div>" * n)),
    "rows of a table": (
        5_000,
        "html",
        lambda n: page(
            "<table>" + "".join(f"<tr><td>{k}</td><td>{clause(k)}</td></tr>" for k in range(n)) + "</table>"
        ),
    ),
    "paragraphs of a page": (
        10_000,
        "html",
        lambda n: page("".join(f"<p>{clause(k)}。</p>" for k in range(n))),
    ),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--kind", default="", help="only inputs with this in their name")
    args = parser.parse_args()
    scale = args.scale
    cost("first.txt", clause(1).encode())
    cost("first.html", page(clause(1)).encode())
    print(f"{'input':36}{'MB':>7}{'s':>8}{'twice':>8}{'exponent':>10}")
    for name, (n, kind, make) in INPUTS.items():
        if args.kind not in name:
            continue
        raw = make(int(n * scale)).encode()
        once, _ = cost(f"once.{kind}", raw)
        twice, row = cost(f"twice.{kind}", make(int(2 * n * scale)).encode())
        exponent = math.log2(max(twice, 1e-3) / max(once, 1e-3))
        print(
            f"{name:36}{len(raw) / 1e6:7.2f}{once:8.2f}{twice:8.2f}{exponent:10.2f}  {row.status}",
            flush=True,
        )


if __name__ == "__main__":
    main()
