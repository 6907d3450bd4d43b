"""Main text, title, date and source of saved pages, beside trafilatura and GNE: main_text.py PAGES TRUTH.jsonl [-v]

A line of TRUTH holds file, title, date, source, first, last (words of the text; null = not marked), must and mustnot
(phrases). Text is compared with white space left out and widths folded. The two others stand beside it where they are
installed (the extra `bench`); GNE is GPL and only measured here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path

from pipeline.decode import decode
from pipeline.edits import TracedText
from pipeline.errors import PipelineError
from pipeline.flow import clean
from pipeline.pages import read_page
from pipeline.records import RawFile
from pipeline.structure.furniture import take_off

Answer = dict[str, str | None]
MEASURES = ("title", "date", "source", "first", "last", "must", "mustnot")


def _zhengce(raw: bytes, name: str) -> Answer:
    try:
        page = read_page(RawFile(name, raw), decode)
    except PipelineError:
        return {}
    return {
        "title": page.facts.title,
        "date": page.facts.publish_date,
        "source": page.facts.outlet,
        "text": take_off(clean(TracedText(page.text))).text,
    }


def _trafilatura(raw: bytes, name: str) -> Answer:
    import trafilatura

    found = trafilatura.bare_extraction(raw, with_metadata=True, include_tables=True, include_comments=False)
    if found is None:
        return {}
    row = found.as_dict()
    return {"title": row["title"], "date": row["date"], "source": row["sitename"], "text": row["text"]}


def _gne(raw: bytes, name: str) -> Answer:
    from gne import GeneralNewsExtractor

    row = GeneralNewsExtractor().extract(decode(raw, None).text)
    return {
        "title": row["title"],
        "date": row["publish_time"][:10] or None,
        "source": None,
        "text": row["content"],
    }


TOOLS: dict[str, Callable[[bytes, str], Answer]] = {
    name: extract
    for name, module, extract in (
        ("zhengce", "pipeline", _zhengce),
        ("trafilatura", "trafilatura", _trafilatura),
        ("GNE", "gne", _gne),
    )
    if importlib.util.find_spec(module)
}


def fold(text: str | None) -> str:
    """Return a text as it is compared: no white space, one width."""
    return "".join(unicodedata.normalize("NFKC", text or "").replace("…", "...").split())


def judge(truth: dict[str, str | list[str] | None], answer: Answer) -> dict[str, tuple[int, int]]:
    """Return hits and chances of each measure; the headline may stand in front of the text."""
    text, title = fold(answer.get("text")), fold(str(truth["title"]))
    rows: dict[str, tuple[int, int]] = {}
    for name in ("title", "date", "source"):
        if truth[name] is not None:
            rows[name] = (int(fold(answer.get(name)) == fold(str(truth[name]))), 1)
    bare = text.removeprefix(title)
    if truth["first"] is not None:
        rows["first"] = (
            int(bare.startswith(fold(str(truth["first"]))) or text.startswith(fold(str(truth["first"])))),
            1,
        )
    if truth["last"] is not None:
        rows["last"] = (
            int(text.rstrip('。.!！?？”"’;；').endswith(fold(str(truth["last"])).rstrip('。.!！?？”"’;；'))),
            1,
        )
    must, mustnot = truth["must"] or [], truth["mustnot"] or []
    rows["must"] = (sum(fold(phrase) in text for phrase in must), len(must))
    rows["mustnot"] = (sum(fold(phrase) not in text for phrase in mustnot) if text else 0, len(mustnot))
    return rows


def compared(pages: Path, truth_file: Path, *, verbose: bool) -> None:
    """Print one line a tool: hits of chances for every measure, and speed."""
    warnings.filterwarnings("ignore")
    truths = [json.loads(line) for line in truth_file.read_text(encoding="utf-8").splitlines()]
    raws = {truth["file"]: (pages / truth["file"]).read_bytes() for truth in truths}
    n_bytes = sum(map(len, raws.values()))
    print(f"{len(truths)} pages, {n_bytes / 1e6:.1f} MB")
    print(f"{'':12}" + "".join(f"{name:>9}" for name in MEASURES) + f"{'MB/s':>8}{'ratio':>8}")
    own_speed = 0.0
    for tool, extract in TOOLS.items():
        extract(next(iter(raws.values())), "warm up")
        sums = {name: [0, 0] for name in MEASURES}
        seconds = 0.0
        for truth in truths:
            started = time.process_time()
            try:
                answer = extract(raws[truth["file"]], truth["file"])
            except Exception as error:  # another tool's bug is a miss, not the end of the comparison
                answer = {"title": f"{type(error).__name__}: {error}"}
            seconds += time.process_time() - started
            rows = judge(truth, answer)
            for name, (hits, chances) in rows.items():
                sums[name][0] += hits
                sums[name][1] += chances
            misses = [name for name, (hits, chances) in rows.items() if hits < chances]
            if verbose and tool == "zhengce" and misses:
                print(f"  {truth['file']}: {', '.join(misses)}")
                _explain(truth, answer, misses)
        speed = n_bytes / 1e6 / seconds
        own_speed = own_speed or speed
        cells = "".join(f"{hits}/{chances}".rjust(9) for hits, chances in sums.values())
        print(f"{tool:12}{cells}{speed:8.2f}{speed / own_speed:8.2f}")


def _explain(truth: dict[str, str | list[str] | None], answer: Answer, misses: list[str]) -> None:
    text = fold(answer.get("text"))
    for name in misses:
        if name in ("title", "date", "source"):
            print(f"      {name}: {answer.get(name)!r} for {truth[name]!r}")
        elif name == "first":
            print(f"      first: {text[:70]!r} for {truth['first']!r}")
        elif name == "last":
            print(f"      last: {text[-70:]!r} for {truth['last']!r}")
        else:
            wrong = [p for p in truth[name] or [] if (fold(p) in text) != (name == "must")]
            print(f"      {name}: {wrong}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", type=Path, metavar="PAGES", help="the folder of the saved pages")
    parser.add_argument(
        "truth", type=Path, metavar="TRUTH", help="what stands in them, a line of JSON a page"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="name what zhengce has wrong")
    args = parser.parse_args()
    compared(args.pages, args.truth, verbose=args.verbose)


if __name__ == "__main__":
    main()
