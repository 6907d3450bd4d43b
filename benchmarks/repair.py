"""Measures the repairs on text the character model was not built from: damage undone, good text harmed, speed.

    python benchmarks/repair.py [CORPORA] [--chars 4000] [--skip 0] [--kind TEXT] [--errors 20]

CORPORA (default ../shared/corpora) holds what the model was built from and beside.

Every kind of damage strikes whole pages, and then every fourth paragraph of clean pages. A damaged character is one
that the print has wrong; what the repair leaves wrong, or makes wrong, counts against it. Beside it stands what
ftfy undoes, where it is installed.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests")]

import build_character_model as build  # noqa: E402
import damage  # noqa: E402

from pipeline.edits import TracedText  # noqa: E402
from pipeline.repair import repair_text  # noqa: E402

try:
    from ftfy import fix_text
except ImportError:  # a benchmark may do without
    fix_text = None

BLIND = "博野_2025"  # a page of the blind tests: it is counted, its mistakes are never shown
EVERY = 4  # paragraphs, of which one is damaged in the second measurement
TO_TRADITIONAL: Callable[[str], str] = opencc.OpenCC("s2t").convert
TO_TAIWAN: Callable[[str], str] = opencc.OpenCC("s2tw").convert
PRIVATE_USE_RE = re.compile("[\ue000-\uf8ff]")
SPACED_NOTE_RE = re.compile(r"(?<=[(?])(?:huì|shè|xué|jì|jìn)(?=\))")
FOLDED = damage.FOLDED | {ord("\u3000"): " "}


@dataclass(frozen=True)
class Kind:
    """A kind of damage: what text it strikes, and what it makes of it."""

    name: str
    strike: Callable[[str], str]
    prepare: Callable[[str], str] = str


def mirrored(text: str) -> str:
    """Return text as the mirror has it before it writes notes and cuts."""
    return damage.mirror(TO_TRADITIONAL(text), noted="", marks="")


def plain(text: str) -> str:
    """Return what GB2312 has of a text."""
    return text.encode("gb2312", errors="ignore").decode("gb2312")


def taiwanese(text: str) -> str:
    """Return what Big5 has of a text in traditional characters."""
    return TO_TAIWAN(text).encode("big5", errors="ignore").decode("big5")


def misread(right: str, wrong: str, lost: str = "U+FFFD") -> Callable[[str], str]:
    """Return the damage of one encoding read as another."""
    return lambda text: damage.misread(text, right, wrong, lost)


def mirror(
    noted: str, marks: str, share: float = 1.0, *, fold: bool = False, unmarked: bool = False
) -> Callable[[str], str]:
    """Return the damage of a mirror site."""
    return lambda text: damage.mirror(
        text, noted, marks, damage.sometimes(share), fold=fold, unmarked=unmarked
    )


def dropped(strike: Callable[[str], str]) -> Callable[[str], str]:
    """Return the damage of a mirror whose private-use characters a later program dropped."""
    return lambda text: PRIVATE_USE_RE.sub("", strike(text))


def spaced(strike: Callable[[str], str]) -> Callable[[str], str]:
    """Return the damage of a mirror that prints a space before the closing bracket of some notes."""
    return lambda text: SPACED_NOTE_RE.sub(r"\g<0> ", strike(text))


WIDE = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), 0x25)}
KINDS = (
    Kind("pinyin, cuts at ！？；", mirror(damage.NOTED, damage.MARKS), mirrored),
    Kind("the same, marks folded", mirror(damage.NOTED, damage.MARKS, fold=True), mirrored),
    Kind("other notes, cuts at ！？；，。", mirror(damage.NOTED_ELSEWHERE, damage.MARKS_ELSEWHERE), mirrored),
    Kind("half of the places cut", mirror(damage.NOTED, damage.MARKS_ELSEWHERE, 0.5), mirrored),
    Kind("cuts alone", mirror("", damage.MARKS_ELSEWHERE), mirrored),
    Kind("pinyin, some with a space, cuts", spaced(mirror(damage.NOTED_ELSEWHERE, damage.MARKS)), mirrored),
    Kind("pinyin, cuts, private use dropped", dropped(mirror(damage.NOTED, damage.MARKS)), mirrored),
    Kind("cuts alone, private use dropped", dropped(mirror("", damage.MARKS_ELSEWHERE)), mirrored),
    Kind("cuts alone, simplified, private use dropped", dropped(mirror("", damage.MARKS_ELSEWHERE)),
         lambda text: damage.mirror(text, "", "")),
    Kind("cuts alone, simplified text", mirror("", damage.MARKS_ELSEWHERE), lambda text: damage.mirror(text, "", "")),
    Kind("cuts that leave no ?", mirror("", damage.MARKS, unmarked=True), mirrored),
    Kind("cuts that leave no ?, half of the places, more marks",
         mirror("", damage.MARKS_ELSEWHERE, 0.5, unmarked=True), mirrored),
    Kind("cuts that leave no ?, private use dropped", dropped(mirror("", damage.MARKS, unmarked=True)), mirrored),
    Kind("cuts that leave no ?, simplified", mirror("", damage.MARKS, unmarked=True),
         lambda text: damage.mirror(text, "", "")),
    Kind("cuts that leave no ?, simplified, private use dropped", dropped(mirror("", damage.MARKS, unmarked=True)),
         lambda text: damage.mirror(text, "", "")),
    Kind("pinyin, cuts that leave no ?", mirror(damage.NOTED, damage.MARKS, unmarked=True), mirrored),
    Kind("UTF-8 as GBK", misread("utf-8", "gbk", "kept")),
    Kind("UTF-8 as GBK, bytes lost, browser", misread("utf-8", "pairs gb18030")),
    Kind("UTF-8 as GBK, pairs lost", misread("utf-8", "pairs gbk")),
    Kind("UTF-8 as GBK, bytes lost, Python", misread("utf-8", "gbk")),
    Kind("UTF-8 as GBK, bytes lost as ?", misread("utf-8", "pairs gbk", "?")),
    Kind("UTF-8 as GBK, ? swallows ASCII", misread("utf-8", "swallowing gbk", "?")),
    Kind("UTF-8 as Latin-1", misread("utf-8", "latin1")),
    Kind("UTF-8 as cp1252, C1 kept", misread("utf-8", "cp1252", "kept")),
    Kind("UTF-8 as cp1252, bytes lost as U+FFFD", misread("utf-8", "cp1252")),
    Kind("UTF-8 as cp1252, bytes lost as ?", misread("utf-8", "cp1252", "?")),
    Kind("UTF-8 as cp1252, bytes dropped", misread("utf-8", "cp1252", "dropped")),
    Kind("GBK as Latin-1", misread("gb18030", "latin1"), plain),
    Kind("GBK as Latin-1, traditional", misread("gbk", "latin1"), mirrored),
    Kind("GBK as cp1252, traditional, as ?", misread("gbk", "cp1252", "?"), mirrored),
    Kind("GBK as cp1252, traditional, dropped", misread("gbk", "cp1252", "dropped"), mirrored),
    Kind("GBK as Big5, browser", misread("gb2312", "pairs big5hkscs"), plain),
    Kind("GBK as Big5, cp950, as ?", misread("gb2312", "pairs cp950", "?"), plain),
    Kind("GBK as Big5, Python", misread("gb2312", "big5"), plain),
    Kind("GBK as Big5, traditional, browser", misread("gbk", "pairs big5hkscs"), mirrored),
    Kind("GBK as Big5, traditional, Python", misread("gbk", "big5"), mirrored),
    Kind("GBK as Big5, dropped", misread("gb2312", "pairs big5hkscs", "dropped"), plain),
    Kind("Big5 as GBK", misread("big5", "gbk", "kept"), taiwanese),
    Kind("Big5 as GBK, browser", misread("big5", "pairs gb18030"), taiwanese),
    Kind("Big5 as GBK, pairs lost", misread("big5", "pairs gbk"), taiwanese),
    Kind("Big5 as GBK, bytes lost, Python", misread("big5", "gbk"), taiwanese),
    Kind("Big5 as Latin-1", misread("big5", "latin1"), taiwanese),
    Kind("Big5 as cp1252", misread("big5", "cp1252"), taiwanese),
    Kind("entities escaped twice", lambda text: damage.escaped(text, "entities")),
    Kind("unicode escapes", lambda text: damage.escaped(text, "unicode")),
    Kind("percent-encoding", lambda text: damage.escaped(text, "percent")),
    Kind("radicals", damage.with_radicals),
    Kind("& for 台", damage.with_ampersands),
    Kind("full-width digits", lambda text: text.translate(WIDE)),
    Kind("stacked: pinyin, cuts, then UTF-8 as GBK",
         lambda text: damage.misread(damage.mirror(text), "utf-8", "pairs gbk"), mirrored),
    Kind("stacked: UTF-8 as Latin-1, twice",
         lambda text: damage.misread(damage.misread(text, "utf-8", "latin1"), "utf-8", "latin1")),
    Kind("stacked: GBK as Latin-1, then UTF-8 as GBK",
         lambda text: damage.misread(damage.misread(text, "gb18030", "latin1"), "utf-8", "pairs gbk"), plain),
    Kind("stacked: UTF-8 as GBK, then as Latin-1",
         lambda text: damage.misread(damage.misread(text, "utf-8", "pairs gbk"), "utf-8", "latin1")),
    Kind("stacked: GBK as Latin-1, then entities",
         lambda text: damage.escaped(damage.misread(text, "gb18030", "latin1"), "entities"), plain),
)  # fmt: skip


def n_damaged(clean: str, printed: str) -> int:
    """Return how many characters of a text the print has wrong; a line without sense counts as a whole."""
    wrong = 0
    for right, line in zip(clean.split("\n"), printed.split("\n"), strict=True):
        if right != line:
            foreign = sum(not char.isascii() for char in right)
            common = len(set(right) & set(line) - set(damage.NOTED))
            wrong += foreign if common < len(set(right)) / 3 else damage.n_wrong(right, line)
    return wrong


def show(clean: str, repaired: str, limit: int) -> None:
    """Print places where the repaired text still differs from the clean one."""
    for right, line in zip(clean.split("\n"), repaired.split("\n"), strict=True):
        for tag, a, b, c, d in SequenceMatcher(None, right, line, autojunk=False).get_opcodes():
            if tag != "equal" and limit > 0 and right != line:
                limit -= 1
                print(f"    {right[max(0, a - 8) : a]}[{right[a:b]}|{line[c:d]}]{right[b : b + 6]}")


def one_in(struck: str, clean: str) -> str:
    """Return the clean page with one paragraph in EVERY damaged."""
    lines = zip(clean.split("\n"), struck.split("\n"), strict=True)
    return "\n".join(bad if number % EVERY == 0 else good for number, (good, bad) in enumerate(lines))


@dataclass
class Tally:
    """What one measurement adds up."""

    damaged: int = 0
    left: int = 0
    left_by_ftfy: int = 0
    size: int = 0
    seconds: float = 0.0

    def undone(self, left: int) -> float:
        """Return the share of damaged characters that is undone."""
        return 1 - left / max(self.damaged, 1)


def measure(pages: dict[str, str], kind: Kind, *, whole: bool, errors: int) -> Tally:
    """Strike pages, repair them, and count."""
    tally = Tally()
    for name, page in pages.items():
        clean = repair_text(
            TracedText(kind.prepare(page))
        ).text  # its own stray spaces are not the question here
        printed = "\n".join(map(kind.strike, clean.split("\n")))
        printed = printed if whole else one_in(printed, clean)
        started = time.process_time()
        repaired = repair_text(TracedText(printed)).text
        tally.seconds += time.process_time() - started
        by_ftfy = fix_text(printed, normalization=None, uncurl_quotes=False) if fix_text else printed
        clean, printed, repaired, by_ftfy = (t.translate(FOLDED) for t in (clean, printed, repaired, by_ftfy))
        if repaired.count("\n") != clean.count("\n"):
            print("    lines were joined or split")
            continue
        damaged = n_damaged(clean, printed)
        tally.damaged += damaged
        tally.size += len(clean.encode())
        tally.left += damage.n_wrong(clean, repaired)
        if by_ftfy.count("\n") == clean.count("\n"):
            tally.left_by_ftfy += min(damaged, n_damaged(clean, by_ftfy))
        else:
            tally.left_by_ftfy += damaged
        if errors and BLIND not in name:
            show(clean, repaired, errors)
    return tally


def harm(pages: dict[str, str], errors: int) -> None:
    """Print what the repairs change in clean text; spaces and widths are such pages' own damage."""
    quiet = {"invisible_characters", "lost_spaces", "stray_spaces", "full_width_forms"}
    edits = harmed = length = 0
    for name, page in pages.items():
        for version in (page, TO_TRADITIONAL(page), TO_TAIWAN(page)):
            found = [
                repair for repair in repair_text(TracedText(version)).repairs() if repair.kind not in quiet
            ]
            length += len(version)
            edits += len(found)
            harmed += sum(max(r.raw_end - r.raw_start, len(r.after)) for r in found)
            for r in found[: 0 if BLIND in name else errors]:
                print(
                    "   ", r.kind, repr(version[max(0, r.raw_start - 8) : r.raw_end + 8]), "->", repr(r.after)
                )
    print(f"clean text: {edits} edits, {harmed} of {length:,} characters changed")


def main() -> None:
    """Print one line per kind of damage, and what happens to clean text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="?", default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--chars", type=int, default=4000, help="characters taken from each document")
    parser.add_argument("--skip", type=int, default=0, help="characters passed over in each document")
    parser.add_argument("--kind", default="", help="only kinds with this in their name")
    parser.add_argument("--errors", type=int, default=0, help="mistakes shown of each document")
    args = parser.parse_args()
    pages = {
        name: page
        for name, text in build.texts(args.corpora)
        if build.HELD_OUT.search(name) and (page := build.cleaned(text)[args.skip : args.skip + args.chars])
    }
    if not pages:
        sys.exit(f"{args.corpora} has no document kept aside with more than {args.skip} characters")
    print(
        f"{len(pages)} pages, {sum(map(len, pages.values())):,} characters; share of damaged characters undone"
    )
    print(
        "| damage | damaged | whole pages | ftfy | single paragraphs | MB/s |\n| --- | --: | --: | --: | --: | --: |"
    )
    measure(
        dict(itertools.islice(pages.items(), 1)), KINDS[21], whole=True, errors=0
    )  # tables are built at their first use
    for kind in KINDS:
        if args.kind not in kind.name:
            continue
        whole = measure(pages, kind, whole=True, errors=args.errors)
        single = measure(pages, kind, whole=False, errors=0)
        ftfy = f"{whole.undone(whole.left_by_ftfy):.4f}" if fix_text else "–"
        print(f"| {kind.name} | {whole.damaged:,} | {whole.undone(whole.left):.4f} | {ftfy} "
              f"| {single.undone(single.left):.4f} | {whole.size / 1e6 / whole.seconds:.2f} |", flush=True)  # fmt: skip
    harm(pages, args.errors)


if __name__ == "__main__":
    main()
