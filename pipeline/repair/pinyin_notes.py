"""Takes out pinyin that a mirror site wrote behind characters: 規(guī)劃, and the byte splits this caused.

The site matched characters in the page's GBK bytes. Where the two bytes it looked for stood in two characters,
the note went between them: 域學 is D3F2 8C57, F28C is 驅, so D3F2 8C (qū) 57 prints as 域?qū)W, the stray 8C
having swallowed the bracket. The reading tells the lost byte: F2 and which byte is a character read qū?
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.pinyin import spelled
from pipeline.repair.gbk_bytes_shifted import LEAST_CONFIDENCE, rereadings
from pipeline.repair.gbk_table import from_pair, is_hanzi, to_pair
from pipeline.repair.note_evidence import Note, is_injected
from pipeline.repair.readings import CLOSED, OPENED, SYLLABLE, is_read, trails_read

NOTE_RE = lazy_re(rf"{OPENED}{SYLLABLE}{CLOSED}(?:{OPENED}{SYLLABLE}{CLOSED})?")  # the (guī) of 規(guī)
SPLIT_RE = lazy_re(
    rf"[?？\ufffd]{SYLLABLE}{CLOSED}(?:[?？\ufffd]{SYLLABLE}{CLOSED}){{0,3}}"
)  # 域?qū)W, 日?qǐng)?bào)
BEFORE_SPLIT_RE = lazy_re(rf"(?P<before>[^\x00-\x7f])(?:{OPENED}{SYLLABLE}{CLOSED})?\Z")  # 務(wù)
SYLLABLE_RE = lazy_re(SYLLABLE)

LONGEST_NOTE = 15  # characters looked at before a split
MARGIN = 3.0  # nats by which a reading must beat a print whose pinyin has no tone: 正確的是?A)教育


def pinyin_notes(text: str) -> list[Edit]:
    """Return the edits that take out injected pinyin and give back the characters it split.

    >>> from pipeline.edits import TracedText
    >>> damaged = "推動教育優(yōu)質(zhì)發(fā)展,促進其成長為區(qū)域?qū)W科帶頭人"
    >>> TracedText(damaged).edited(pinyin_notes(damaged), kind="pinyin_notes").text
    '推動教育優質發展,促進其成長為區域學科帶頭人'

    A page with one or two notes and nothing split, or where the noted characters mostly stand without a note
    (a textbook glosses a character once), is left alone. Where only some paragraphs have notes, these are judged.
    """
    notes = list(_notes(text))
    splits = _splits(text)
    if not splits and not is_injected(text, notes):
        return []
    taken = bytearray(len(text) + 1)
    for edit in splits:
        taken[edit.start : edit.end] = b"x" * (edit.end - edit.start)
    return splits + [Edit(note.at + 1, note.end, "") for note in notes if not taken[note.at + 1]]


def _splits(text: str) -> list[Edit]:
    """Return the edits for notes between the bytes of two characters.

    Where the text behind one goes on out of step, the search for shifted bytes reads it.
    """
    solved, open_ends = [], False
    for match in SPLIT_RE.finditer(text):
        edits = list(_solve(text, match))
        solved += edits
        open_ends = open_ends or not edits
    if not open_ends:
        return solved
    moved = [edit for edit in rereadings(text, SPLIT_RE) if edit.confidence >= LEAST_CONFIDENCE]
    starts = [edit.start for edit in moved]

    def is_moved(edit: Edit) -> bool:
        at = bisect_right(starts, edit.end - 1) - 1
        return at >= 0 and moved[at].end > edit.start

    return moved + [edit for edit in solved if not is_moved(edit)]


def _notes(text: str) -> Iterator[Note]:
    """Yield what looks like a reading of the character before it."""
    for match in NOTE_RE.finditer(text):
        char = text[match.start() - 1 : match.start()]
        if char and is_hanzi(char):
            readings = SYLLABLE_RE.findall(match.group())
            if all(is_read(char, reading) for reading in readings):
                yield Note(char, readings[-1], match.start() - 1, match.end())


def _solve(text: str, match: re.Match[str]) -> Iterator[Edit]:
    """Yield the edit for one split, if its bytes can be told without reading on out of step."""
    before = BEFORE_SPLIT_RE.search(text[max(0, match.start() - LONGEST_NOTE) : match.start()])
    pair = to_pair(before["before"]) if before else None
    if pair is None:
        return
    readings = SYLLABLE_RE.findall(match.group())
    chains: list[tuple[int, ...]] = [(pair[1],)]
    for reading in readings:
        chains = [
            (*chain, byte) for chain in chains for byte in trails_read(chain[-1], reading) if byte >= 0x80
        ]
    end = match.end()
    closing: tuple[int, ...] = ()
    if len(readings) % 2:  # the last byte waits for its second half
        after = text[end : end + 1]
        if not ("@" <= after <= "~"):
            return  # not ASCII: the text goes on out of step, which is another repair's matter
        closing, end = (ord(after),), end + 1
    found: dict[str, float] = {}
    model = load_model()
    left, right = text[max(0, match.start() - 3) : match.start()], text[end : end + 3]
    for chain in chains:
        lost = "".join(_decode((*chain[1:], *closing)))
        if lost and all(is_hanzi(char) and model.knows(char) for char in lost):
            found[lost] = model.score(lost + right, before=left)
    if not all(spelled(reading)[1] for reading in readings):
        least = model.score(text[match.start() : end] + right, before=left) + MARGIN
        found = {lost: price for lost, price in found.items() if price > least}
    if found:
        best, *others = sorted(found, key=lambda reading: -found[reading])
        margin = found[best] - found[others[0]] if others else 20.0
        noted = NOTE_RE.match(text, end)  # 動?tǎo)B(tài): 態 had its own note
        if noted and all(is_read(best[-1], reading) for reading in SYLLABLE_RE.findall(noted.group())):
            end = noted.end()
        yield Edit(match.start(), end, best, 1 - 0.5 * math.exp(-margin))


def _decode(octets: tuple[int, ...]) -> list[str]:
    """Return the characters of byte pairs, an empty list when one pair is none."""
    chars = [from_pair(lead, trail) for lead, trail in zip(octets[::2], octets[1::2], strict=True)]
    return [] if None in chars else [char for char in chars if char]
