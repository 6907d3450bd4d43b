"""The repair stage laid open for one file: what was changed, by which process, and what remains in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import lexicon
from pipeline.decode import decode
from pipeline.pages import read_page
from pipeline.printable import UNPRINTABLE_RE, printable
from pipeline.records import Repair
from pipeline.repair.doubts import find_doubts
from pipeline.repaired import repair_text
from pipeline.settings import DEFAULT
from pipeline.sources import read_one

if TYPE_CHECKING:
    from rich.text import Text

CONTEXT = 24  # characters shown on either side of a change
LONGEST = 120  # characters of a change that are shown whole
SURE = 0.9  # confidence below which a repair is listed among the doubts as well
DAMAGE = {"-": ("[-", "-]", "red", "bold white on red"), "+": ("{+", "+}", "green", "bold black on green")}


@dataclass(frozen=True, slots=True)
class RepairedFile:
    """A page as it was read, the same repaired, and the ledger between them."""

    printed: str
    text: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that were changed, as spans of the printed and of the repaired text, with the changes in them."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    repairs: tuple[Repair, ...]


def repair_file(path: Path) -> RepairedFile:
    """Return one file as text, damage undone; raises SourceError or PageError when it is not one readable file."""
    printed = read_page(read_one(path, DEFAULT), decode).text
    repaired = repair_text(printed)
    return RepairedFile(printed, repaired.text, repaired.repairs)


def diff_lines(repaired: RepairedFile, *, plain: bool) -> Iterator[Text]:
    """Yield each changed line before and after, changes marked by colour, or as [-…-] and {+…+} if `plain`."""
    for block in changed_blocks(repaired):
        raw = ((r.raw_start, r.raw_end) for r in block.repairs)
        new = ((r.start, r.end) for r in block.repairs)
        yield _marked("-", repaired.printed, block.raw_start, block.raw_end, raw, plain=plain)
        yield _marked("+", repaired.text, block.start, block.end, new, plain=plain)


def changed_blocks(repaired: RepairedFile) -> Iterator[Block]:
    """Yield the lines that differ; changes that share a line on either side share a block."""
    block: Block | None = None
    for repair in sorted(repaired.repairs, key=lambda r: (r.raw_start, r.raw_end)):
        raw = _lines_around(repaired.printed, repair.raw_start, repair.raw_end)
        new = _lines_around(repaired.text, repair.start, repair.end)
        if block is not None and (raw[0] <= block.raw_end or new[0] <= block.end):
            block = Block(
                min(block.raw_start, raw[0]), max(block.raw_end, raw[1]),
                min(block.start, new[0]), max(block.end, new[1]), (*block.repairs, repair),
            )  # fmt: skip
            continue
        if block is not None:
            yield block
        block = Block(*raw, *new, (repair,))
    if block is not None:
        yield block


def explanation(repaired: RepairedFile) -> Iterator[str]:
    """Yield lines that say what was changed, by which process, how surely, and what remains in doubt."""
    processes = {row["kind"]: row for row in lexicon.table("damage_kinds.csv")}
    ordered = sorted(repaired.repairs, key=lambda r: (r.kind, r.raw_start))
    for kind, group in groupby(ordered, key=lambda r: r.kind):
        repairs = list(group)
        row = processes[kind]
        yield f"{kind} {row['chinese']} ({len(repairs)})"
        yield f"  {row['process_chinese']}"
        yield f"  {row['process_english']}"
        for repair in repairs:
            yield f"  {repair.confidence:.2f}  {_quoted(repair.before)} → {_quoted(repair.after)}    {_place(repaired.printed, repair.raw_start, repair.raw_end)}"
        yield ""
    if not repaired.repairs:
        yield "没有发现损坏，原文未改。No damage was found; nothing was changed."
    doubts = list(_doubts(repaired))
    yield f"存疑 in doubt ({len(doubts)})" if doubts else "没有存疑之处。Nothing remains in doubt."
    yield from doubts


def _doubts(repaired: RepairedFile) -> Iterator[str]:
    reasons = {row["kind"]: row for row in lexicon.table("doubt_kinds.csv")}
    for repair in repaired.repairs:
        if repair.confidence < SURE:
            yield (
                f"  {_place(repaired.printed, repair.raw_start, repair.raw_end)}  已修复但把握不足 repaired, but not surely: "
                f"{_quoted(repair.before)} → {_quoted(repair.after)} ({repair.confidence:.2f}, {repair.kind})"
            )
    for doubt in find_doubts(repaired.text):
        row = reasons[doubt.kind]
        yield f"  {_place(repaired.text, doubt.start, doubt.end)}  {row['chinese']} {row['english']}"


def _place(text: str, start: int, end: int) -> str:
    """Return the line number and the words around a place, which itself stands in 【】."""
    number = text.count("\n", 0, start) + 1
    left = text[max(0, start - CONTEXT // 2) : start].rpartition("\n")[2]
    right = text[end : end + CONTEXT // 2].partition("\n")[0]
    return f"line {number}: {printable(left)}【{_shown(text[start:end])}】{printable(right)}"


def _quoted(text: str) -> str:
    return f"“{_shown(text)}”" if text else "∅"


def _shown(text: str) -> str:
    """Return a changed stretch with what cannot be seen named, and its middle left out if it is long."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}…({len(text)})…{text[-CONTEXT:]}"
    text = text.replace("\n", "⏎").replace("\t", "⇥")
    return UNPRINTABLE_RE.sub(lambda match: f"<U+{ord(match.group()):04X}>", text)


def _lines_around(text: str, start: int, end: int) -> tuple[int, int]:
    until = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if until < 0 else until


def _marked(
    sign: str, text: str, start: int, end: int, spans: Iterable[tuple[int, int]], *, plain: bool
) -> Text:
    """Return one side of a block with its changes marked; long stretches without a change are shortened."""
    from rich.text import Text

    opening, closing, style, style_of_change = DAMAGE[sign]
    line = Text(f"{sign} ", style=style, end="\n")
    at = start
    for left, right in sorted(spans):
        if right <= max(at, left):
            continue  # nothing stands here on this side, or an earlier layer covered it
        _append_unchanged(line, sign, text[at : max(at, left)], is_first=at == start)
        change = _shown(text[max(at, left) : right])
        line.append(f"{opening}{change}{closing}" if plain else change, style=style_of_change)
        at = right
    _append_unchanged(line, sign, text[at:end], is_first=at == start, is_last=True)
    return line


def _append_unchanged(line: Text, sign: str, text: str, *, is_first: bool, is_last: bool = False) -> None:
    keep_left, keep_right = (0 if is_first else CONTEXT), (0 if is_last else CONTEXT)
    if len(text) > keep_left + keep_right + CONTEXT and not (is_first and is_last):
        text = f"{text[:keep_left]}…{text[len(text) - keep_right :]}"
    line.append(printable(text).replace("\n", f"\n{sign} "))
