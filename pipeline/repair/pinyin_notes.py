"""Takes out pinyin that a mirror site wrote behind characters: 規(guī)劃, and the byte splits this caused.

The site matched characters in the page's GBK bytes. Where the two bytes it looked for stood in two characters,
the note went between them: 域學 is D3F2 8C57, F28C is 驅, so D3F2 8C (qū) 57 prints as 域?qū)W, the stray 8C
having swallowed the bracket. The reading tells the lost byte: F2 and which byte is a character read qū?
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.repair.gbk_table import from_pair, is_hanzi, to_pair
from pipeline.repair.readings import SYLLABLE, is_read, trails_read

NOTE_RE = re.compile(rf"(?P<char>[\u3400-\u9fff])(?P<note>(?:[(（]{SYLLABLE}[)）]){{1,2}})")  # 規(guī)
SPLIT_RE = re.compile(
    rf"(?P<before>[^\x00-\x7f])(?:[(（]{SYLLABLE}[)）])?(?P<notes>(?:[?？\ufffd]{SYLLABLE}[)）]){{1,4}})(?P<after>.?)"
)  # 域?qū)W, 日?qǐng)?bào), 務(wù)?qǐng)?bào)
SYLLABLE_RE = re.compile(SYLLABLE)

FEWEST_NOTES = 3  # a textbook may gloss one or two characters
FEWEST_AGAIN = 2  # characters noted more than once, where only some paragraphs of a page have notes
LEAST_SHARE_OF_LINES = 0.8  # of the occurrences of noted characters in the paragraphs that have notes
LONGEST_LINE = 2000  # characters looked at on either side of a note
LEAST_SHARE = 0.6  # of the occurrences of a noted character that carry the note: the machine notes them all


def pinyin_notes(text: str) -> list[Edit]:
    """Return the edits that take out injected pinyin and give back the characters it split.

    >>> from pipeline.edits import TracedText
    >>> damaged = "推動教育優(yōu)質(zhì)發(fā)展,促進其成長為區(qū)域?qū)W科帶頭人"
    >>> TracedText(damaged).edited(pinyin_notes(damaged), kind="pinyin_notes").text
    '推動教育優質發展,促進其成長為區域學科帶頭人'

    A page with one or two notes and nothing split, or where the noted characters mostly stand without a note
    (a textbook glosses a character once), is left alone. Where only some paragraphs have notes, these are judged.
    """
    notes = [m for m in NOTE_RE.finditer(text) if _is_note(m)]
    splits = [edit for m in SPLIT_RE.finditer(text) for edit in _solve(text, m)]
    if not splits and not _is_injected(text, notes):
        return []
    edits = [Edit(m.start("note"), m.end("note"), "") for m in notes]
    return edits + splits


def _is_note(match: re.Match[str]) -> bool:
    return all(is_read(match["char"], reading) for reading in SYLLABLE_RE.findall(match["note"]))


def _is_injected(text: str, notes: list[re.Match[str]]) -> bool:
    """Tell whether a machine wrote the notes: on a page, or in the paragraphs of it that came from a mirror."""
    if len(notes) < FEWEST_NOTES:
        return False
    noted = Counter(m["char"] for m in notes)
    standing = sum(text.count(char) for char in noted)
    if sum(noted.values()) >= LEAST_SHARE * standing:
        return True
    readings = {(m["char"], m["note"]) for m in notes}
    again = [char for char, count in noted.items() if count > 1]
    if len(again) < FEWEST_AGAIN or len(readings) > len(noted):
        return False  # a teacher glosses a character once, or with each of its readings
    lines = "\n".join(dict.fromkeys(_line_of(text, m.start()) for m in notes))
    standing = sum(lines.count(char) for char in noted)
    return sum(noted.values()) >= LEAST_SHARE_OF_LINES * standing


def _line_of(text: str, at: int) -> str:
    start = max(text.rfind("\n", max(0, at - LONGEST_LINE), at) + 1, at - LONGEST_LINE, 0)
    end = text.find("\n", at, at + LONGEST_LINE)
    return text[start : end if end >= 0 else at + LONGEST_LINE]


def _solve(text: str, match: re.Match[str]) -> Iterator[Edit]:
    """Yield the edit for one split, if its bytes can be told without reading on out of step."""
    pair = to_pair(match["before"])
    if pair is None:
        return
    readings = SYLLABLE_RE.findall(match["notes"])
    chains: list[tuple[int, ...]] = [(pair[1],)]
    for reading in readings:
        chains = [
            (*chain, byte) for chain in chains for byte in trails_read(chain[-1], reading) if byte > 0x80
        ]
    end = match.end("notes")
    closing: tuple[int, ...] = ()
    if len(readings) % 2:  # the last byte waits for its second half
        after = match["after"]
        if not ("@" <= after <= "~"):
            return  # not ASCII: the text goes on out of step, which is another repair's matter
        closing, end = (ord(after),), end + 1
    found: dict[str, float] = {}
    model = load_model()
    left, right = text[max(0, match.start("notes") - 3) : match.start("notes")], text[end : end + 3]
    for chain in chains:
        lost = "".join(_decode((*chain[1:], *closing)))
        if lost and all(is_hanzi(char) and model.knows(char) for char in lost):
            found[lost] = model.score(lost + right, before=left)
    if found:
        best, *others = sorted(found, key=lambda reading: -found[reading])
        margin = found[best] - found[others[0]] if others else 20.0
        yield Edit(match.start("notes"), end, best, 1 - 0.5 * math.exp(-margin))


def _decode(octets: tuple[int, ...]) -> list[str]:
    """Return the characters of byte pairs, an empty list when one pair is none."""
    chars = [from_pair(lead, trail) for lead, trail in zip(octets[::2], octets[1::2], strict=True)]
    return [] if None in chars else [char for char in chars if char]
