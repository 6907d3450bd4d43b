"""Measures the repairs on text the character model was not built from: damage undone, good text harmed.

python benchmarks/repair.py ../shared/corpora [--errors 20]
"""

from __future__ import annotations

import argparse
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import opencc

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests")]

import build_character_model as build  # noqa: E402
import damage  # noqa: E402

from pipeline.edits import TracedText  # noqa: E402
from pipeline.repair import repair_text  # noqa: E402

SIMPLIFIED = "simplified text, cuts alone"
KINDS: dict[str, dict[str, Any]] = {
    "pinyin and cuts at ！？；": {"marks": damage.MARKS},
    "the same, marks folded": {"marks": damage.MARKS, "fold": True},
    "other notes, cuts at ！？；，。": {"marks": damage.MARKS_ELSEWHERE, "noted": damage.NOTED_ELSEWHERE},
    "half of the places cut": {"marks": damage.MARKS_ELSEWHERE, "choose": damage.sometimes(0.5)},
    "cuts alone": {"marks": damage.MARKS_ELSEWHERE, "noted": ""},
    SIMPLIFIED: {"marks": damage.MARKS_ELSEWHERE, "noted": ""},
}


def show(clean: str, repaired: str, printed: str, limit: int) -> None:
    """Print places where the repaired text still differs from the clean one."""
    for right, line, was in zip(clean.split("\n"), repaired.split("\n"), printed.split("\n"), strict=True):
        if right == line or limit <= 0:
            continue
        for tag, a, b, c, d in SequenceMatcher(None, right, line, autojunk=False).get_opcodes():
            if tag != "equal" and limit > 0:
                limit -= 1
                print(f"    {right[max(0, a - 8) : a]}[{right[a:b]}|{line[c:d]}]{right[b : b + 6]}", end="")
                print("   printed:", was[max(0, c - 8) : c + 16] if len(was) < 60 else "…")


def main() -> None:
    """Print one line per kind of damage."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--chars", type=int, default=12_000, help="characters taken from each document")
    args = parser.parse_args()
    traditional = opencc.OpenCC("s2t")
    texts = {
        n: build.cleaned(t)[: args.chars] for n, t in build.texts(args.corpora) if build.HELD_OUT.search(n)
    }
    for kind, settings in KINDS.items():
        damaged = left = length = 0
        spent = 0.0
        for name, text in texts.items():
            printable = text if kind == SIMPLIFIED else traditional.convert(text)
            clean = damage.mirror(printable, noted="", marks="", fold=bool(settings.get("fold")))
            printed = damage.mirror(printable, **settings)
            clean = repair_text(TracedText(clean)).text  # its own stray spaces are not the question here
            started = time.perf_counter()
            repaired = repair_text(TracedText(printed)).text
            spent += time.perf_counter() - started
            clean, printed, repaired = (t.translate(damage.FOLDED) for t in (clean, printed, repaired))
            if repaired.count("\n") != clean.count("\n"):
                print(name, "lines were joined or split")
                continue
            damaged += damage.n_wrong(clean, printed)
            left += damage.n_wrong(clean, repaired)
            length += len(clean)
            if args.errors:
                show(clean, repaired, printed, args.errors)
        print(f"{kind}: {damaged} damaged characters of {length}, {left} left, {1 - left / damaged:.4%} undone, "
              f"{length / spent:,.0f} characters a second")  # fmt: skip
    harmed = edited = length = 0
    for name, text in texts.items():
        for version in (text, traditional.convert(text)):
            traced = repair_text(TracedText(version))
            length += len(version)
            edited += len(traced.repairs())
            harmed += sum(max(r.raw_end - r.raw_start, len(r.after)) for r in traced.repairs())
            if args.errors:
                for r in traced.repairs()[: args.errors]:
                    print("   ", name, r.kind, repr(version[max(0, r.raw_start - 8) : r.raw_start]), repr(r.before),
                          "->", repr(r.after))  # fmt: skip
    print(f"clean text: {edited} edits touching {harmed} of {length} characters")


if __name__ == "__main__":
    main()
