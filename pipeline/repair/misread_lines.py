"""Reads the odd places of a text again under another encoding: where to look, what to find, when to believe it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.repair.lost_bytes import UNSURE, Code, fill_in
from pipeline.repair.misread import believed
from pipeline.repair.misread_bytes import LOST_SIGNS, to_bytes
from pipeline.repair.misread_search import find_misread

AROUND = 16  # characters on either side of an odd place that may belong to it
BETWEEN = "\uffff"  # in no encoding
LINE_END = (0x0A,)
LINE_GAIN = 4.0  # nats, of each line of a part of several
WINDOW = 12_000  # characters read at once
# of the characters of a part, with all their bytes; what lost more is no text any more. UTF-8 is hardly ever chance.
LEAST_WHOLE = {"utf-8": 0.3, "gbk": 0.5, "big5": 0.4}
FEWEST_WHOLE = {"utf-8": 2, "gbk": 3, "big5": 3}
PINYIN_RE = re.compile(r"[à-ǜ]")  # (gǎi)
LATIN_RE = re.compile(r"[A-Za-z]")
FEWEST_IN_LINES = 12  # in a part of several lines: a list of rare words is chance as well
SIGN_RE = re.compile(f"[{LOST_SIGNS}]")


def reread_lines(text: str, code: Code, places: Iterable[tuple[int, int]]) -> list[Edit]:
    """Return the edits that read parts of a text again which were printed under a wrong encoding.

    `places` are spans of the text in rising order of their starts where such a part may be; a part may reach
    some characters beyond them. Short lines profit by their neighbours, but each is an edit of its own.
    """
    edits: list[Edit] = []
    batch: list[tuple[int, int]] = []
    for start, end in (*windows(text, places), (len(text), len(text) + WINDOW)):
        if batch and sum(b - a + 1 for a, b in batch) + end - start > WINDOW:
            edits += _edits(text, batch, code)
            batch = []
        batch.append((start, end))
    return edits


def price_of(text: str, edits: Iterable[Edit]) -> float:
    """Return by how many nats edits make a text likelier."""
    model = load_model()
    return sum(model.score(edit.after) - model.score(text[edit.start : edit.end]) for edit in edits)


def windows(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what has to be read: places with their surroundings, joined where they meet, cut where too long."""
    joined: list[list[int]] = []
    for first, last in places:
        start, end = max(first - AROUND, 0), min(last + AROUND, len(text))
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    for start, end in joined:
        while end - start > WINDOW:
            cut = text.rfind("\n", start + 1, start + WINDOW) + 1 or start + WINDOW
            yield start, cut
            start = cut
        yield start, end


def _edits(text: str, batch: list[tuple[int, int]], code: Code) -> Iterator[Edit]:
    """Yield the edits in some windows, all searched at once: a sign that no encoding prints stands between them."""
    shifts: list[int] = []  # of the offsets in each window
    starts: list[int] = []
    at = 0
    for start, end in batch:
        shifts.append(start - at)
        starts.append(at)
        at += end - start + 1
    joined = BETWEEN.join(text[start:end] for start, end in batch)
    for part in find_misread(to_bytes(joined, code.wrong), code.right):
        shift = shifts[bisect.bisect_right(starts, part.start) - 1]
        yield from _part_edits(text, part.start + shift, part.end + shift, part.pieces, code)


def _part_edits(
    text: str, start: int, end: int, pieces: tuple[tuple[int, ...], ...], code: Code
) -> Iterator[Edit]:
    """Yield an edit for each line of a part, if the part as a whole is believed."""
    foreign = [piece for piece in pieces if piece[0] >= 0x80]
    n_whole = sum(is_whole(piece, code.right) for piece in foreign)
    if n_whole < max(FEWEST_WHOLE[code.right], LEAST_WHOLE[code.right] * len(foreign)):
        return
    lines = list(_lines(text, start, end, pieces, code))
    reading = PINYIN_RE.sub("a", "\n".join(edit.after for edit in lines).replace(UNSURE, ""))
    if (
        code.right != "utf-8"
        and n_whole
        < max(
            len(LATIN_RE.findall(reading)),  # 調(diào)結(jié): letters between letters, not a misread text
            FEWEST_IN_LINES if sum(text[edit.start : edit.end] != edit.after for edit in lines) > 1 else 0,
        )
    ):
        return
    printed = "\n".join(text[edit.start : edit.end] for edit in lines)
    before, after = (
        text[max(0, start - 2) : start],
        text[end:][:2],
    )
    confidence = believed(printed, reading, before, after)
    if confidence is not None:
        for edit in filter(_is_better(text, len(lines)), lines):
            yield replace(edit, confidence=max(0.01, min(edit.confidence, confidence)))


def _lines(
    text: str, start: int, end: int, pieces: tuple[tuple[int, ...], ...], code: Code
) -> Iterator[Edit]:
    """Yield the reading of each line of a part, without what it has in common with the print at its ends."""
    at = 0
    for line in text[start:end].split("\n"):
        till = pieces.index(LINE_END, at) if LINE_END in pieces[at:] else len(pieces)
        end, before = start + len(line), text[max(0, start - 2) : start]
        reading, right = fill_in(
            pieces[at:till], code, SIGN_RE.findall(line), before, text[end : end + 2] or "\n"
        )
        same = _shared(line, reading)
        line, reading = line[same:], reading[same:]
        tail = _shared(line[::-1], reading[::-1])
        yield Edit(start + same, end - tail, reading[: len(reading) - tail], right)
        start, at = end + 1, till + 1


def _shared(one: str, other: str) -> int:
    """Return how many characters two strings begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _is_better(text: str, n_lines: int) -> Callable[[Edit], bool]:
    """Return a test for the lines of a part that is believed: does this one, too, gain by being read so?"""
    model = load_model()

    def is_better(edit: Edit) -> bool:
        printed, before = text[edit.start : edit.end], text[max(0, edit.start - 2) : edit.start]
        gain = model.score(edit.after, before=before) - model.score(printed, before=before)
        return printed != edit.after and (n_lines == 1 or gain >= LINE_GAIN)

    return is_better


def is_whole(piece: tuple[int, ...], right: str) -> bool:
    """Tell whether a piece has all the bytes of a Chinese character or mark."""
    return max(piece) < 0x100 and len(piece) == (3 if right == "utf-8" else 2)
