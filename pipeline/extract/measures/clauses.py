"""Cuts sentences into clauses: brackets, quotations and titles stay whole, list markers stay outside."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from pipeline.records import Reading

# atomic groups: a mark that is never closed costs one bounded look ahead, no more
OPAQUE = (
    r"(?>“[^“”\n]{1,120}”|‘[^‘’\n]{1,80}’|《[^《》\n]{1,80}》|【[^【】\n]{1,40}】"
    r"|（(?>[^（）\n]{1,160}|（[^（）\n]{0,80}）){1,8}）)"
)
OPENING_RE = re.compile(r"[“‘《【（]")
OPAQUE_RE = re.compile(OPAQUE)
KINDS = dict.fromkeys("（【", "bracket") | dict.fromkeys("“‘《", "quote")  # tags by the first character
BUREAU_RE = re.compile(
    r"(?:国家|[省市县区])?发展(?:和)?改革(?:委员会|委|局|厅|部门|(?=、[^，。]{1,60}(?:部门|单位|机构|局)))"
)  # jieba reads 发展 as a verb, and 革委会 across the name and 会同
CLAUSE_RE = re.compile(rf"(?:[^，；。！？：…\n\t“‘《【（]+|{OPAQUE}|[“‘《【（])+")  # 新建城东小学
OPAQUE_OR_BUREAU_RE = re.compile(f"{OPAQUE}|{BUREAU_RE.pattern}")
MARKER_RE = re.compile(
    r"[\s　]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳]|[-—•●◆■]{1,2})"
    r"[\s　]*"
)  # （一） 1. ①


NOTE_RE = re.compile(r"(?<=”)\d{1,2}$")  # 做到“四个不摘”21


class Unit(NamedTuple):
    """A word, or a quotation, title or bracket taken as one (a tuple, for a megabyte makes 200,000 of them)."""

    text: str
    tag: str  # jieba's tag; `quote` and `bracket` for the opaque ones
    start: int
    end: int


_new: Callable[[tuple[str, str, int, int]], Unit] = partial(tuple.__new__, Unit)  # Unit(…) without its frame
MOST_CHARACTERS = 400  # more without a comma is a table or a list of names, no clause


class Clause(NamedTuple):
    """A clause without closing mark; `mark` is the sign behind it, "" at a line's end."""

    start: int
    end: int
    mark: str
    sentence: int


def clauses(reading: Reading) -> Iterator[Clause]:
    """Yield the clauses of a text in order, each with the index of its sentence."""
    text = reading.text
    for index, sentence in enumerate(reading.sentences):
        for match in CLAUSE_RE.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            marker = MARKER_RE.match(text, start, end)
            start = marker.end() if marker else start
            piece = text[start:end]
            start += len(piece) - len(piece.lstrip())
            end -= len(piece) - len(piece.rstrip())
            if text[end - 1 : end].isdigit() and (note := NOTE_RE.search(text, max(start, end - 3), end)):
                end = note.start()
            if start < end <= start + MOST_CHARACTERS:
                yield Clause(start, end, text[match.end() : match.end() + 1].strip(), index)


class Words:
    """The words of a document by offset, ready to be cut into clauses."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._ends, self._tags = reading.words.ends, reading.words.tags

    def units(self, start: int, end: int) -> list[Unit]:
        """Return the units of one clause."""
        text = self._text
        units: list[Unit] = []
        at = start
        for opening, closing in self._opaque(start, end):
            if at < opening:
                self._add_words(units, at, opening)
            kind = KINDS.get(text[opening], "nt")
            units.append(Unit(text[opening:closing], kind, opening, closing))
            at = closing
        if at < end:
            self._add_words(units, at, end)
        return units

    def _opaque(self, start: int, end: int) -> list[tuple[int, int]]:
        has_bureau = "改革" in self._text[start:end] and BUREAU_RE.search(self._text, start, end)
        if not has_bureau and not OPENING_RE.search(self._text, start, end):
            return []
        found = OPAQUE_OR_BUREAU_RE if has_bureau else OPAQUE_RE
        return [m.span() for m in found.finditer(self._text, start, end)]

    def _add_words(self, units: list[Unit], start: int, end: int) -> None:
        """Add the words from `start` to `end`; of one that reaches over `start` only the rest, tagged x."""
        # units are made for clauses alone: 200,000 objects that live as long as the document keep the collector busy
        text, ends, tags = self._text, self._ends, self._tags
        number = bisect.bisect_right(ends, start)
        at = start
        whole = start == 0 or (number > 0 and ends[number - 1] == start)
        while at < end:
            stop = ends[number]
            if stop > end:
                stop = end
            word = text[at:stop]
            if not word.isspace():
                units.append(_new((word, tags[number] if whole else "x", at, stop)))
            at, whole = stop, True
            number += 1


def joined_text(units: list[Unit]) -> str:
    """Return the text the units stand for, blanks between them included."""
    if not units:
        return ""
    whole = "".join([unit.text for unit in units])
    if len(whole) == units[-1].end - units[0].start:
        return whole
    pieces: list[str] = []
    at = units[0].start
    for unit in units:
        pieces += (" " * (unit.start - at), unit.text)
        at = unit.end
    return "".join(pieces)
