"""What benchmarks share that double their documents: each size runs in a process of its own, so that peaks are its own."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any


def measured(
    script: str, about: str | None, measure: Callable[[int], dict[str, Any]], *, largest: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each size with what `measure` says of it; in the process of one size print that and yield nothing."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=largest)
    parser.add_argument("--doublings", type=int, default=3)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one)))
        return
    for n in (args.largest // 2**i for i in range(args.doublings, -1, -1)):
        done = subprocess.run(
            [sys.executable, script, "--one", str(n)], capture_output=True, text=True, check=True
        )
        yield n, json.loads(done.stdout)
