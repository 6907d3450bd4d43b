"""Weighs whether pinyin behind characters was written by a machine or by a teacher.

A machine notes every character of its list, wherever it stands: ordinary characters in ordinary phrases of policy,
again and again. A teacher glosses what is hard, once, or annotates a whole text for beginners.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.characters import load_model
from pipeline.repair.gbk_table import is_hanzi

FEWEST_NOTES = 3  # one or two may be meant, whatever they stand behind
MOST_OF_A_LINE = 0.6  # of the characters of the lines that have notes: beyond, it is a text for beginners
DOUBT = -4.0  # nats to begin with: pages with pinyin printed on purpose are the commoner ones
ORDINARY = -5.5  # nats a character of a line costs on average; most other prose is dearer than policy prose
COMMON = -9.0  # price of a character by itself; a dearer one is worth a gloss
LEAST_SAID, MOST_SAID = -1.0, 1.5  # what one note can say
AGAIN = 1.9  # a character of an ordinary line noted again: 98 % of them by a machine, 15 % by a teacher
BARE = -3.7  # the same without its note in a line that has notes: 2 % of them by a machine, 85 % by a teacher
BARE_LINE, MOST_BARE_LINES = -0.2, 8  # the same in other lines, which may not have come from the mirror
LONGEST_LINE = 2000  # characters of a line that are priced
# a mirror notes what it converted, so characters that simplified text has not; a teacher of traditional ones would note four in ten
CONVERTED, NOT_CONVERTED = 0.9, -2.0  # of each character noted on a page where any is such a one
OTHER_READING = -2.0  # a character noted in two ways: a machine knows one


@dataclass(frozen=True, slots=True)
class Note:
    """Pinyin behind a character: the offset of the character, and where the brackets end."""

    char: str
    reading: str
    at: int
    end: int


def is_injected(text: str, notes: Sequence[Note]) -> bool:
    """Tell whether a machine wrote the notes of a page, or of the paragraphs of it that came from a mirror."""
    if len(notes) < FEWEST_NOTES:
        return False
    noted = Counter(note.char for note in notes)
    lines = _lines(text, notes)
    bare_text = "\n".join(_without(text, start, end, own) for (start, end), own in lines.items())
    standing = Counter(bare_text)
    if len(notes) > MOST_OF_A_LINE * sum(count for char, count in standing.items() if is_hanzi(char)):
        return False
    said = DOUBT + BARE * sum(standing[char] - count for char, count in noted.items())
    said += OTHER_READING * (len({(note.char, note.reading) for note in notes}) - len(noted))
    said += _converted(noted)
    said += BARE_LINE * _n_bare_lines(text, lines, noted)
    seen: set[str] = set()
    model = load_model()
    for (start, end), own in lines.items():
        line = _without(text, start, end, own)[:LONGEST_LINE]
        weight = min(max(model.score(line) / len(line) - ORDINARY, LEAST_SAID), MOST_SAID)
        for note in own:
            is_common = model.singles[ord(note.char)] >= COMMON
            said += weight if is_common else LEAST_SAID
            said += AGAIN if note.char in seen and is_common and weight > 0 else 0.0
            seen.add(note.char)
    return said > 0


def _converted(noted: Iterable[str]) -> float:
    """Return what it says that the noted characters are all of the kind that a mirror converted."""
    singles = load_model().singles
    is_converted = [
        not char.encode("gb2312", errors="ignore") for char in noted if singles[ord(char)] >= COMMON
    ]
    n_converted = sum(is_converted)
    return CONVERTED * n_converted + NOT_CONVERTED * (len(is_converted) - n_converted) if n_converted else 0.0


def _lines(text: str, notes: Iterable[Note]) -> dict[tuple[int, int], list[Note]]:
    """Return the notes by the line they stand in."""
    lines: dict[tuple[int, int], list[Note]] = defaultdict(list)
    start = end = -1
    for note in notes:
        if note.at >= end:
            start = text.rfind("\n", 0, note.at) + 1
            end = text.find("\n", note.at)
            end = len(text) if end < 0 else end
        lines[start, end].append(note)
    return lines


def _without(text: str, start: int, end: int, notes: Iterable[Note]) -> str:
    """Return a line without its notes."""
    pieces = []
    for note in notes:
        pieces.append(text[start : note.at + 1])
        start = note.end
    return "".join((*pieces, text[start:end]))


def _n_bare_lines(text: str, lines: Iterable[tuple[int, int]], noted: Iterable[str]) -> int:
    """Return how many lines without notes hold noted characters, up to a limit."""
    found, done, chars = 0, 0, set(noted)
    for start, end in (*lines, (len(text), len(text))):
        for line in text[done:start].split("\n"):
            found += not chars.isdisjoint(line)
            if found >= MOST_BARE_LINES:
                return found
        done = end
    return found
