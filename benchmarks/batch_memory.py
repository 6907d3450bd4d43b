"""Memory and time of a batch as its documents double: batch_memory.py [--sizes 1000 2000 4000] [--workers 2] [--keep]

Tiny made-up notices, a file each, run by the command line in a process of its own. Peak memory (VmHWM of Linux) of the run itself
and of the largest worker, seconds a document, the size of OUT/.work, and what a second run over the same files takes. --planted N
writes the kept results of N documents without reading them, to measure the run itself (plan, assembly, duplicates, database).
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.batch.chunks import chunks  # noqa: E402
from pipeline.batch.keys import input_key  # noqa: E402
from pipeline.batch.plan import Planned  # noqa: E402
from pipeline.batch.shards import writing_shard  # noqa: E402
from pipeline.batch.stores import Store  # noqa: E402
from pipeline.flow import analyse  # noqa: E402
from pipeline.records import RawFile  # noqa: E402
from pipeline.rows import document_rows  # noqa: E402
from pipeline.settings import DEFAULT  # noqa: E402
from pipeline.sources import iter_inputs  # noqa: E402


def make(folder: Path, first: int, end: int) -> int:
    """Write notices number `first` to `end`, a thousand to a folder; return their bytes."""
    n_bytes = 0
    for number in range(first, end):
        path = folder / f"{number // 1000:04d}" / f"{number:07d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"第{number}号通知\n新增学位{number % 900 + 100}个，由{number * 7919 % 10007}号学校落实{number * 104729 % 99991}。\n"
        n_bytes += path.write_bytes(text.encode())
    return n_bytes


def peaks(pid: int, known: dict[int, int]) -> None:
    """Take down the peak memory of a process and of those below it, in kB."""
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="ascii", errors="replace")
            found = re.search(r"VmHWM:\s+(\d+) kB", status)
            known[one] = max(known.get(one, 0), int(found[1]) if found else 0)
            for task in os.listdir(f"/proc/{one}/task"):
                children = Path(f"/proc/{one}/task/{task}/children").read_text(encoding="ascii")
                waiting.extend(map(int, children.split()))
        except OSError:
            continue


def measure(pages: Path, out: Path, workers: int) -> tuple[float, int, int, str]:
    """Return seconds, peak kB of the run and of its largest worker, and what it printed."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(pages),
        "--out",
        str(out),
        "--workers",
        str(workers),
    ]
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as printed:
        running = subprocess.Popen(
            command,
            stdout=printed,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        known: dict[int, int] = {}
        while running.poll() is None:
            peaks(running.pid, known)
            time.sleep(0.2)
        seconds = time.monotonic() - started
        printed.seek(0)
        letter = printed.read()
    assert running.returncode == 0, letter
    own = known.pop(running.pid)
    return seconds, own, max(known.values(), default=0), letter


def plant(pages: Path, out: Path) -> None:
    """Keep a made-up result for every page, as workers would: one analysis under many names, each with a signature of its own."""
    store = Store(str(out / ".work" / "shards"))
    store.prepare()
    analysis = analyse(RawFile("1.txt", "第1号通知\n新增学位100个，由各学校落实。\n".encode()))
    assert analysis.reading is not None
    chance = np.random.default_rng(3)
    listed = (Planned(one, input_key(one, DEFAULT)) for one in iter_inputs([pages]))
    for chunk in chunks(listed):
        with writing_shard(store, chunk.inputs, chunk.keys) as writer:
            for one, key in zip(chunk.inputs, chunk.keys, strict=True):
                row = dataclasses.replace(analysis.row, doc_id=key[:16], source=one.source)
                rows = document_rows(row, analysis.reading, analysis.found, analysis.repairs)
                writer.add({**rows, "fingerprints": [(row.doc_id, chance.bytes(16), chance.bytes(512))]})
                writer.end_input(key, "")


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="let each size go on from the one before it")
    parser.add_argument("--planted", type=int, nargs="+", default=[], help="numbers of planted results")
    args = parser.parse_args()
    for size in args.planted:
        with tempfile.TemporaryDirectory() as folder:
            pages, out = Path(folder) / "pages", Path(folder) / "out"
            make(pages, 0, size)
            plant(pages, out)
            seconds, own, _, letter = measure(pages, out, args.workers)
            assert f"results of {size} documents were kept" in letter, letter
            print(
                f"{size:8} planted results: {seconds:.1f} s ({1e3 * seconds / size:.2f} ms each), run {own / 1024:.0f} MB",
                flush=True,
            )
    if args.planted:
        return
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        done = n_bytes = 0
        for size in args.sizes:
            n_bytes += make(pages, done, size)
            out = Path(folder) / ("out" if args.keep else f"out{size}")
            seconds, own, worker, _ = measure(pages, out, args.workers)
            again, own_again, _, letter = measure(pages, out, args.workers)
            assert f"{size} documents" in letter, letter
            kept = sum(path.stat().st_size for path in (out / ".work").rglob("*") if path.is_file())
            n_new = size - done if args.keep else size
            done = size
            print(
                f"{size:8} documents of {n_bytes / size:.0f} bytes: {seconds:7.1f} s ({1e3 * seconds / n_new:.1f} ms each new one), "
                f"run {own / 1024:.0f} MB, {f'worker {worker / 1024:.0f} MB' if worker else 'no worker'}; again {again:.1f} s ({1e3 * again / size:.2f} ms each), "
                f"run {own_again / 1024:.0f} MB; .work {kept / size:.0f} bytes each",
                flush=True,
            )


if __name__ == "__main__":
    main()
