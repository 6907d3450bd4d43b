"""The whole pipeline beside the script that is usually written, on the same pages: speed.py [FOLDER …] [--workers 1 2] [--documents 400] [--rounds 2]

FOLDER (default: corpus/, and ../shared/corpora's county_reports and state_council_html where they are) holds pages. For each folder, in one
process and one run: CPU seconds from raw bytes to written tables of zhengce and of benchmarks/usual_script.py with `jieba.posseg` and with
`jieba.cut`, dictionaries loaded before. Then what each stage takes, and wall time over numbers of workers.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import jieba  # noqa: E402
import usual_script  # noqa: E402

import pipeline  # noqa: E402
from pipeline import flow, reading  # noqa: E402
from pipeline.extract import EXTRACTORS, extract_next  # noqa: E402
from pipeline.records import Extractions, RawFile, Reading  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

SHARED = ROOT.parent / "shared" / "corpora"
STAGES = (
    (flow, "read_page", "decode, pages"),
    (flow, "detect_script", "simplify"),
    (flow, "repair_text", "repair"),
    (flow, "simplify", "simplify"),
    (flow, "to_print_widths", "simplify"),
    (flow, "take_off", "structure"),
    (flow, "find_parts", "structure"),
    (flow, "facts_of", "structure"),
    (reading, "find_sections", "structure"),
    (reading, "find_sentences", "structure"),
    (reading, "segment", "segment"),
)


def cpu(call: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    started = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        call()
    return time.process_time() - started


@contextlib.contextmanager
def timed(seconds: dict[str, float]) -> Iterator[None]:
    """Take down the CPU seconds of each stage while documents are analysed; all functions of STAGES must be asked."""
    asked: set[str] = set()

    def wrapped(call: Callable[..., Any], stage: str, name: str = "") -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            asked.add(name)
            started = time.process_time()
            try:
                result = call(*args, **kwargs)
                return list(result) if hasattr(result, "__next__") else result
            finally:
                seconds[stage] += time.process_time() - started

        return measured

    patched = [*STAGES, (flow, "extract", "")]
    kept = [(module, name, getattr(module, name)) for module, name, _ in patched]

    def extract(given: Reading) -> Extractions:
        found = Extractions()
        for name, _ in EXTRACTORS:
            found = wrapped(extract_next, name)(given, found, name)
        return found

    try:
        for module, name, stage in STAGES:
            setattr(module, name, wrapped(getattr(module, name), stage, name))
        setattr(*patched[-1][:2], extract)
        yield
    finally:
        for module, name, call in kept:
            setattr(module, name, call)
    if idle := [name for _, name, _ in STAGES if name not in asked]:
        sys.exit(f"nobody asked {', '.join(idle)}: STAGES is not what pipeline/flow.py does")


def compared(pages: Path, work: Path, rounds: int) -> None:
    """Print how zhengce stands to the two scripts on one folder, and what its stages take."""
    files = [
        (path.name, path.read_bytes()) for path in sorted(pages.iterdir()) if path.suffix in (".txt", ".html")
    ]
    seconds: dict[str, float] = defaultdict(float)
    n_bytes = 0
    started = time.process_time()
    with timed(seconds):
        for name, raw in files:
            analysis = flow.analyse(RawFile(name, raw))
            n_bytes += len(analysis.reading.text.encode()) if analysis.reading else 0
    total = time.process_time() - started
    seconds["all else"] = total - sum(seconds.values())
    best = {"zhengce": float("inf"), "jieba.posseg": float("inf"), "jieba.cut": float("inf")}
    for _ in range(rounds):
        ways: dict[str, Callable[[], object]] = {
            "zhengce": lambda: pipeline.run(pages, work / "out", engine="serial", fresh=True),
            "jieba.posseg": lambda: usual_script.run(files, work / "usual", usual_script.tagged),
            "jieba.cut": lambda: usual_script.run(files, work / "usual", usual_script.untagged),
        }
        for name, call in ways.items():
            best[name] = min(best[name], cpu(call))
    megabytes = n_bytes / 1e6
    print(
        f"\n{pages.name}: {len(files)} pages, {sum(len(r) for _, r in files) / 1e6:.2f} MB, of them {megabytes:.2f} MB of text"
    )
    for name, took in best.items():
        print(
            f"  {name:14}{took:7.2f} s{megabytes / took:7.2f} MB/s   zhengce is {took / best['zhengce']:.1f} times as fast"
        )
    for stage, took in sorted(seconds.items(), key=lambda each: -each[1]):
        print(f"    {stage:14}{megabytes / took:7.1f} MB/s {took / total:6.0%}")


def scaled(pages: Path, work: Path, workers: list[int], n_documents: int) -> None:
    """Print wall time over numbers of workers, on documents of lines drawn from all texts of a folder."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(pages.glob("*.txt"))]
    lines = sorted({line.strip() for text in texts for line in text.split("\n") if line.strip()})
    draw = random.Random(0)
    many = work / "many"
    many.mkdir()
    for n in range(n_documents):
        drawn = draw.sample(lines, min(60, len(lines) // 2))
        (many / f"{n}.txt").write_text(f"第{n}号工作报告\n" + "\n".join(drawn) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in many.iterdir()) / 1e6
    first = 0.0
    print()
    for n in workers:
        started = time.monotonic()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            pipeline.run(many, work / f"out{n}", settings=Settings(workers=n), engine="processes", fresh=True)
        took = time.monotonic() - started
        first = first or took
        print(
            f"{n} worker{'s' * (n > 1)}: {size:.1f} MB in {took:.1f} s, {first / took:.2f} times as fast as the first"
        )


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--documents", type=int, default=400, help="what the numbers of workers share")
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    given = [ROOT / "corpus", SHARED / "county_reports", SHARED / "state_council_html"]
    folders = args.folders or [folder for folder in given if folder.is_dir()]
    jieba.setLogLevel(logging.WARNING)
    work = Path(tempfile.mkdtemp())
    try:
        warm = [(path.name, path.read_bytes()) for path in sorted((ROOT / "corpus").glob("*.txt"))[:2]]
        for cut in (usual_script.tagged, usual_script.untagged):
            usual_script.run(warm, work / "usual", cut)
        for name, raw in warm:
            flow.analyse(RawFile(name, raw))
        for folder in folders:
            compared(folder, work, args.rounds)
        if args.workers:
            largest = max(folders, key=lambda f: sum(p.stat().st_size for p in f.glob("*.txt")))
            scaled(largest, work, args.workers, args.documents)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
