"""Reads the odd places of a text again under another encoding: where to look, what to find, when to believe it."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.lost_bytes import UNSURE, write
from pipeline.repair.misread import FOREIGN_RE, believed
from pipeline.repair.misread_bytes import LINE_END, Code, Printed, to_bytes
from pipeline.repair.misread_search import Misread, find_misread
from pipeline.repair.readings import CLOSED, OPENED, SYLLABLE

AROUND = 16  # characters on either side of an odd place that may belong to it
BETWEEN, NO_LETTER = "\uffff", "\ufffe"  # in no encoding
LINE_GAIN = 4.0  # nats, of each line of a part of several
WINDOW = 12_000  # characters read at once
# of the characters of a part, with all their bytes; what lost more is no text any more. UTF-8 is hardly ever chance.
LEAST_WHOLE = {"utf-8": 0.3, "gbk": 0.5, "big5": 0.4}
FEWEST_WHOLE = {"utf-8": 2, "gbk": 3, "big5": 3}
PINYIN_RE = lazy_re(r"[à-ǜ]")  # (gǎi)
NOTE_RE = lazy_re(rf"{OPENED}{SYLLABLE}{CLOSED}")
LEAST_MEAN_WHOLE = (
    -10.0
)  # nats a character of those with all their bytes; holes between them make them dearer
FEWEST_IN_LINES = 12  # in a part of several lines: a list of rare words is chance as well
_IS_LATIN = np.array(
    [chr(code).isalpha() for code in range(0x80)]
)  # 調(diào)結(jié): between such it is no misread text


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
    if PINYIN_RE.search(
        joined
    ):  # a mirror's notes are younger than the misreading: their letters are no bytes of it
        joined = NOTE_RE.sub(lambda note: PINYIN_RE.sub(NO_LETTER, note[0]), joined)
    printed = to_bytes(joined, code.wrong)
    found, code = find_misread(printed, code)
    parts = [part for part in found if _is_text(part, printed, code.right)]
    for part, (texts, doubts) in zip(parts, write(parts, printed, code), strict=True):
        shift = shifts[bisect.bisect_right(starts, part.start) - 1]
        is_end = (part.codes == LINE_END) & (np.diff(part.bounds) == 1)
        ends = [*np.flatnonzero(is_end).tolist(), len(texts)]
        yield from _part_edits(text, part.start + shift, part.end + shift, _lines(texts, doubts, ends), code)


def _is_text(part: Misread, printed: Printed, right: str) -> bool:
    """Tell whether enough of a part has all its bytes, and whether that is better than chance."""
    begins = printed.octets[part.bounds[:-1]]
    n_foreign = int((begins >= 0x80).sum())
    n_whole = int(((begins >= 0x80) & (part.codes > 0)).sum())
    latin = int((_IS_LATIN[np.minimum(part.codes, 0x7F)]).sum()) if right != "utf-8" else 0
    return (
        n_whole >= max(FEWEST_WHOLE[right], LEAST_WHOLE[right] * n_foreign, latin)
        and part.mean >= LEAST_MEAN_WHOLE
    )


def _lines(texts: list[str], doubts: list[float], ends: list[int]) -> list[tuple[str, float]]:
    """Return the reading of each line, and how sure it is.

    That is the share of its characters that is expected to be right, and no more than the chance of the least sure one.
    """
    lines, start = [], 0
    for end in ends:
        share = 1 - sum(doubts[start:end]) / max(end - start, 1)
        least = 1 - max((doubt for doubt in doubts[start:end] if doubt < 1), default=0.0)
        lines.append(("".join(texts[start:end]), min(share, least)))
        start = end + 1
    return lines


def _part_edits(
    text: str, start: int, end: int, readings: list[tuple[str, float]], code: Code
) -> Iterator[Edit]:
    """Yield an edit for each line of a part, if the part as a whole is believed."""
    lines, at = [], start
    for line, (reading, share) in zip(text[start:end].split("\n"), readings, strict=True):
        lines.append(_edit(at, line, reading, share))
        at += len(line) + 1
    printed = [text[edit.start : edit.end] for edit in lines]
    read = [PINYIN_RE.sub("a", edit.after.replace(UNSURE, "")) for edit in lines]
    n_changed = sum(edit.after != line for edit, line in zip(lines, printed, strict=True))
    if code.right != "utf-8" and n_changed > 1:
        n_whole = sum(len(FOREIGN_RE.findall(line)) for line in read)
        if n_whole < FEWEST_IN_LINES:
            return
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    confidence = believed("\n".join(printed), "\n".join(read), before, after)
    if confidence is None:
        return
    gains = line_prices(read, before) - line_prices(printed, before)
    for edit, line, gain in zip(lines, printed, gains.tolist(), strict=True):
        if line != edit.after and (len(lines) == 1 or gain >= LINE_GAIN):
            yield replace(edit, confidence=max(0.01, min(edit.confidence, confidence)))


def _edit(start: int, line: str, reading: str, share: float) -> Edit:
    """Return the edit that reads a line anew, without what print and reading have in common at their ends."""
    same = _shared(line, reading)
    line, reading = line[same:], reading[same:]
    tail = _shared(line[::-1], reading[::-1])
    return Edit(start + same, start + same + len(line) - tail, reading[: len(reading) - tail], share)


def _shared(one: str, other: str) -> int:
    """Return how many characters two strings begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def line_prices(lines: list[str], before: str) -> npt.NDArray[np.float64]:
    """Return the log probability of each of some lines that follow one another."""
    prices = np.append(load_model().prices("\n".join(lines), before), 0.0)
    ends = np.cumsum([len(line) + 1 for line in lines])
    totals = np.concatenate(([0.0], np.cumsum(prices)))
    sums: npt.NDArray[np.float64] = totals[ends - 1] - totals[ends - 1 - [len(line) for line in lines]]
    return sums
