"""Kill runs at random moments and compare with one clean run: batch_kills.py [--kills 30] [--pages 400] [--seed 7]

Each kill hits the run and its workers (SIGKILL), or every third time the run alone. After every fourth kill the run is let through
and files come, go and change; each time it is let through, its tables must be those of a clean run, row for row.
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


def let_through(pages: Path, out: Path) -> tuple[float, str]:
    """Run to the end; return the seconds and the line that tells what was kept."""
    started = time.monotonic()
    done = subprocess.run(
        command(pages, out), check=False, capture_output=True, text=True, env=ENVIRONMENT, cwd=ROOT
    )
    assert done.returncode == 3, done.stderr  # the picture is no page
    kept = [line.split("(")[0].strip() for line in done.stdout.splitlines() if "were kept" in line]
    return time.monotonic() - started, kept[0] if kept else "nothing was kept"


def main() -> None:
    """Print a line for every comparison, and how many of them were equal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        pages = make_pages(Path(folder) / "pages", args.pages)
        out, clean = Path(folder) / "out", Path(folder) / "clean"
        seconds, _ = let_through(pages, clean)
        print(f"a clean run of {args.pages} pages: {seconds:.1f} s")
        n_hits = n_equal = n_rounds = 0
        for number in range(1, args.kills + 1):
            running = subprocess.Popen(
                command(pages, out),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=ENVIRONMENT,
                cwd=ROOT,
            )
            time.sleep(chance.uniform(0.05, seconds))
            n_hits += running.poll() is None
            if number % 3 == 0:
                running.kill()
            else:
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            if number % 4 and number != args.kills:
                continue
            n_rounds += 1
            took, kept = let_through(pages, out)
            shutil.rmtree(clean)
            let_through(pages, clean)
            assert_same_tables(out, clean)
            n_equal += 1
            print(f"after {number} kills: {kept}, {took:.1f} s to the end; every table equal", flush=True)
            change(pages, chance)
        print(
            f"{args.kills} kills, {n_hits} while the run was under way; {n_equal} of {n_rounds} comparisons equal"
        )


if __name__ == "__main__":
    main()
