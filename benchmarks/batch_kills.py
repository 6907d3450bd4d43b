"""Kill runs at random moments and compare with a clean run: batch_kills.py [--kills 30] [--pages 120] [--seed 7]

Every fifth run is the command line with two workers (SIGKILL to all, or to the run alone); the others are forks of this process, whose
models are loaded, so that the kill falls anywhere in planning, work, assembly, duplicates and database. After every third kill
the run is let through, its tables must be those of a clean run, row for row, and files come, go and change; every second time
nothing is kept. A kill counts when the run was still under way.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from test_resume import assert_same_tables, command, make_pages, page  # noqa: E402

import pipeline  # noqa: E402
from pipeline.batch import chunks  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def change(pages: Path, chance: random.Random) -> None:
    """Add a few files, remove some, change some."""
    names = sorted(pages.glob("[0-9]*.txt"))
    for path in chance.sample(names, 6):
        if chance.random() < 0.5:
            path.unlink()
        else:
            path.write_text(page(chance.randrange(5000)), encoding="utf-8")
    for _ in range(5):
        number = chance.randrange(5000, 9000)
        (pages / f"{number % 400:03d}_{number}.txt").write_text(page(number), encoding="utf-8")


def forked(pages: Path, out: Path) -> int:
    """Begin a run in a fork of this process; return its id."""
    pid = os.fork()
    if not pid:
        try:
            pipeline.run(pages, out, settings=Settings(workers=1))
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def let_through(pages: Path, out: Path) -> float:
    """Run to the end in a fork; return the seconds."""
    started = time.monotonic()
    _, status = os.waitpid(forked(pages, out), 0)
    assert status == 0, status
    return time.monotonic() - started


def kill_fork(pages: Path, out: Path, seconds: float) -> bool:
    """Kill a forked run after a time; tell whether it was still under way."""
    pid = forked(pages, out)
    time.sleep(seconds)
    is_running = os.waitpid(pid, os.WNOHANG)[0] == 0
    if is_running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return is_running


def kill_command(pages: Path, out: Path, seconds: float, *, alone: bool) -> bool:
    """Kill the command line, with its workers or alone, after a time; tell whether it was still under way."""
    running = subprocess.Popen(
        command(pages, out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=ENVIRONMENT,
        cwd=ROOT,
    )
    time.sleep(seconds)
    is_running = running.poll() is None
    if is_running and alone:
        running.kill()
    elif is_running:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    return is_running


def n_shards(out: Path) -> int:
    """Return how many shards are kept."""
    return len(list((out / ".work" / "shards").glob("*.parquet")))


def main() -> None:
    """Print a line for every comparison, and how many of them were equal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    chunks._CHUNK_FILES = 4
    pipeline.read_text(page(1))  # loads what is heavy
    with tempfile.TemporaryDirectory() as folder:
        pages = make_pages(Path(folder) / "pages", args.pages)
        out, clean = Path(folder) / "out", Path(folder) / "clean"
        seconds = let_through(pages, clean)
        print(f"a clean run of {args.pages} pages in a fork: {seconds:.1f} s", flush=True)
        n_tries = n_hits = n_rounds = 0
        shards: list[int] = []
        while n_hits < args.kills:
            n_tries += 1
            if n_tries % 5 == 0:
                is_hit = kill_command(pages, out, chance.uniform(4, 20), alone=n_tries % 2 == 0)
            else:
                is_hit = kill_fork(pages, out, chance.uniform(0.02, seconds * 0.8))
            if not is_hit:
                continue
            n_hits += 1
            shards.append(n_shards(out))
            if n_hits % 3 and n_hits != args.kills:
                continue
            took = let_through(pages, out)
            shutil.rmtree(clean)
            let_through(pages, clean)
            assert_same_tables(out, clean)
            n_rounds += 1
            print(
                f"after {n_hits} kills ({shards[-3:]} shards kept): {took:.1f} s to the end; every table equal",
                flush=True,
            )
            change(pages, chance)
            if n_rounds % 2:
                shutil.rmtree(out)
        print(f"{n_hits} kills while a run was under way; {n_rounds} comparisons, all equal")


if __name__ == "__main__":
    main()
