"""Undoes text that was read under a wrong encoding, stored so, and read wrongly again: Ã¦Â•Â™ was æ•™ and is 教.

The print is taken back to bytes and read as UTF-8, which is what pages are stored in; what comes out is no Chinese
yet, but text of one of the other kinds of damage, and their repairs read it. Both steps stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from pipeline.characters import code_points, load_model
from pipeline.edits import Edit, TracedText
from pipeline.lazy_re import lazy_re
from pipeline.repair.big5_read_as_gbk import big5_read_as_gbk
from pipeline.repair.big5_read_as_latin1 import big5_read_as_latin1
from pipeline.repair.gbk_read_as_latin1 import gbk_read_as_latin1
from pipeline.repair.misread import ODD_MEAN, RARE_MEAN, believed, odd_spans
from pipeline.repair.misread_bytes import HOLE, to_bytes
from pipeline.repair.utf8_read_as_gbk import utf8_read_as_gbk
from pipeline.repair.utf8_read_as_latin1 import HIGH, utf8_read_as_latin1

INNER: tuple[Callable[[str], list[Edit]], ...] = (
    utf8_read_as_latin1,
    gbk_read_as_latin1,
    big5_read_as_latin1,
    utf8_read_as_gbk,
    big5_read_as_gbk,
)
# a line's part in which two bytes or more stand for each byte that was meant
LATIN_RE = lazy_re(rf"[\xc2-\xef][{HIGH}\ufffd][\x20-\x7e{HIGH}\ufffd]{{6,8000}}")
PAIR_RE = lazy_re(rf"[\xc2-\xef][{HIGH}\ufffd]")
FEWEST_PAIRS = 6  # signs of UTF-8 in a part,
LEAST_PAIRS = 0.25  # and of its characters
LETTERS_RE = lazy_re(rf"[\x20-\x7e{HIGH}\ufffd]{{8}}")  # printed as Latin letters, not as Chinese
FEWEST_CHARACTERS = 8  # of a part that looks Chinese and is not
MOST_LOST = 0.35  # of the characters that come out of the first step
HEAD = 60  # characters of a part that tell whether the rest is worth reading
LOST = 0xFFFD
SURE = 0.95  # two steps, one confidence


def misread_twice(text: str) -> list[Edit]:
    """Return the edits that undo two misreadings at once, where Chinese comes out that is believed.

    >>> from pipeline.edits import TracedText
    >>> damaged = "脣脛赂枚脟驴禄炉潞禄脢碌脭冒脠脦"
    >>> TracedText(damaged).edited(misread_twice(damaged), kind="misread_twice").text
    '四个强化夯实责任'

    What is damaged once is left to the repair of its own kind.
    """
    return [*_edits(text, _latin(text), "latin1"), *_edits(text, _chinese(text), "gbk")]


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for start, stop in odd_spans(text):  # lines before the runs in them
        if start >= end and stop - start >= FEWEST_CHARACTERS and not LETTERS_RE.match(text, start, stop):
            end = stop
            yield start, stop


def _latin(text: str) -> Iterator[tuple[int, int]]:
    for match in LATIN_RE.finditer(text):
        n_pairs = sum(1 for _ in PAIR_RE.finditer(match.group()))
        if n_pairs >= max(FEWEST_PAIRS, LEAST_PAIRS * len(match.group())):
            yield match.span()


def _edits(text: str, spans: Iterable[tuple[int, int]], wrong: str) -> Iterator[Edit]:
    """Yield the edits that read parts of a text in two steps, where what comes out is believed."""
    parts = []
    for start, end in spans:
        if end - start > HEAD and _stored(text[start : start + HEAD], wrong) is None:
            continue
        stored = _stored(text[start:end], wrong)
        if stored is not None:
            parts.append((start, end, stored))
    readings = _read([stored for _, _, stored in parts])
    for (start, end, stored), reading in zip(parts, readings, strict=True):
        if reading == stored:
            continue
        confidence = believed(text[start:end], reading.replace("\ufffd", ""))
        if confidence is not None:
            yield Edit(start, end, reading, min(SURE, confidence))


def _stored(printed: str, wrong: str) -> str | None:
    """Return what was stored as UTF-8 and printed so, None where it is Chinese already or no UTF-8."""
    octets = to_bytes(printed, wrong).octets
    if octets.max(initial=0) > HOLE:
        return None
    stored = np.where(octets < HOLE, octets, 0xFF).astype(np.uint8).tobytes().decode("utf-8", "replace")
    codes = code_points(stored)
    foreign = codes[codes >= 0x80]
    if np.count_nonzero(foreign == LOST) > MOST_LOST * len(foreign):
        return None
    if len(foreign) and load_model().singles[foreign].mean() > RARE_MEAN:  # good Chinese, seen soonest so
        return None
    return None if load_model().score(stored) > ODD_MEAN * len(stored) else stored


def _read(parts: list[str]) -> list[str]:
    """Return what the repairs of single damage make of some texts, each a line to them."""
    if not parts:
        return []
    traced = TracedText("\n".join(parts))
    for repair in INNER:
        traced = traced.edited(repair(traced.text), kind="inner")
    return traced.text.split("\n")
