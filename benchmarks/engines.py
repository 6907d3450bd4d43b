"""The same batch under each engine: engines.py [PATH ...] [--copies 1] [--workers 1 2]

Wall-clock seconds of a run with tables and database, beside this process alone. Before it stands what the first run of one small page takes
(the engine starts, models are loaded) and what the second takes, which is taken off for the ratio. The rows are compared: they must be the same.
Ray is left out where it is not installed (`pip install 'zhengce[ray]'`); it starts a cluster on this machine.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pipeline  # noqa: E402
from pipeline.settings import Settings  # noqa: E402


def copied(paths: list[Path], folder: Path, n_copies: int) -> int:
    """Copy the files below some folders, each copy with a line of its own, so that none is an exact duplicate; return their bytes."""
    n_bytes = 0
    files = sorted(file for path in paths for file in path.rglob("*") if file.is_file())
    for number in range(n_copies):
        for k, file in enumerate(files):
            raw = file.read_bytes() + f"\n第{number}份\n".encode()
            (folder / f"{number}-{k:05}{file.suffix}").write_bytes(raw)
            n_bytes += len(raw)
    return n_bytes


def seconds(pages: Path, out: Path, engine: str, workers: int) -> float:
    """Return how long a run takes."""
    started = time.perf_counter()
    settings = Settings(workers=workers, near_duplicates=False)
    pipeline.run(pages, out, engine=engine, settings=settings, fresh=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "corpus"])
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2], help="numbers of processes; ray gets the last"
    )
    args = parser.parse_args()
    engines = [("serial", 1), *(("processes", n) for n in args.workers)]
    if importlib.util.find_spec("ray"):
        engines.append(("ray", args.workers[-1]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages, small = folder / "pages", folder / "small"
        pages.mkdir()
        small.mkdir()
        n_bytes = copied(args.paths, pages, args.copies)
        (small / "a.txt").write_text("青溪县通知\n新增学位30个。\n", encoding="utf-8")
        print(f"{len(list(pages.iterdir()))} files, {n_bytes / 1e6:.1f} MB")
        print("| engine | workers | first page | a page again | all | beside serial |")
        print("| --- | --: | --: | --: | --: | --: |")
        alone, expected = 0.0, None
        for engine, workers in engines:
            out = folder / f"{engine}{workers}"
            first, again = (seconds(small, out, engine, workers) for _ in range(2))
            shutil.rmtree(out)
            taken = seconds(pages, out, engine, workers)
            rows = pipeline.load(out)
            expected = expected or rows
            same = all(rows[name].equals(frame) for name, frame in expected.items())
            alone = alone or taken - again
            print(
                f"| {engine} | {workers} | {first:.1f} | {again:.1f} | {taken:.1f} | {alone / (taken - again):.2f} |"
                + ("" if same else " ROWS DIFFER"),
                flush=True,
            )


if __name__ == "__main__":
    main()
