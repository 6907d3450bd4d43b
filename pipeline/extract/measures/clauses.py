"""Cuts sentences into clauses: brackets, quotations and titles stay whole, list markers stay outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.records import Reading

# atomic groups: a mark that is never closed costs one bounded look ahead, no more
OPAQUE = (
    r"(?>“[^“”\n]{1,120}”|‘[^‘’\n]{1,80}’|《[^《》\n]{1,80}》|【[^【】\n]{1,40}】"
    r"|（(?>[^（）\n]{1,160}|（[^（）\n]{0,80}）){1,8}）)"
)
OPENING_RE = re.compile(r"[“‘《【（]")
OPAQUE_RE = re.compile(OPAQUE)
CLAUSE_RE = re.compile(rf"(?:{OPAQUE}|[^，；。！？：\n])+")  # 新建城东小学
MARKER_RE = re.compile(
    r"[\s　]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳]|[-—•●◆■]{1,2})"
    r"[\s　]*"
)  # （一） 1. ①


class Unit(NamedTuple):
    """A word, or a quotation, title or bracket taken as one (a tuple, for a megabyte makes 200,000 of them)."""

    text: str
    tag: str  # jieba's tag; `quote` and `bracket` for the opaque ones
    start: int
    end: int


MOST_CHARACTERS = 400  # more without a comma is a table or a list of names, no clause


@dataclass(frozen=True, slots=True)
class Clause:
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
            if start < end <= start + MOST_CHARACTERS:
                yield Clause(start, end, text[match.end() : match.end() + 1].strip(), index)


class Words:
    """The words of a document by offset, ready to be cut into clauses."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        columns = reading.doc.to_array(["LENGTH", "TAG"])
        lengths, tags = columns[:, 0].tolist(), columns[:, 1].tolist()
        strings = reading.doc.vocab.strings
        names = {tag: strings[tag] if tag else "" for tag in set(tags)}
        self._tokens = [(length, names[tag]) for length, tag in zip(lengths, tags, strict=True)]
        self._at = 0  # offset and number of the token reached: clauses are asked for in text order
        self._number = 0

    def units(self, start: int, end: int) -> list[Unit]:
        """Return the units of one clause; clauses must be asked for in text order."""
        text, tokens, number, at = self._text, self._tokens, self._number, self._at
        n_tokens = len(tokens)
        while number < n_tokens and at < start:
            at += tokens[number][0]
            number += 1
        self._number, self._at = number, at
        piece = text[start:end]
        spans = [m.span() for m in OPAQUE_RE.finditer(text, start, end)] if OPENING_RE.search(piece) else []
        units: list[Unit] = []
        if at > start:  # a word that reaches over the clause's beginning
            units.append(Unit(text[start : min(at, end)], "x", start, min(at, end)))
        for opening, closing in [*spans, (end, end)]:
            while number < n_tokens and at < opening:
                length, tag = tokens[number]
                stop = min(at + length, opening)
                word = text[at:stop]
                if not word.isspace():
                    units.append(Unit(word, tag, at, stop))
                at += length
                number += 1
            if closing > opening:
                kind = "bracket" if text[opening] in "（【" else "quote"
                units.append(Unit(text[opening:closing], kind, opening, closing))
                while number < n_tokens and at < closing:
                    at += tokens[number][0]
                    number += 1
                if at > closing:
                    units.append(Unit(text[closing : min(at, end)], "x", closing, min(at, end)))
        return [unit for unit in units if unit.text]


def joined_text(units: list[Unit]) -> str:
    """Return the text the units stand for, blanks between them included."""
    pieces: list[str] = []
    at = units[0].start if units else 0
    for unit in units:
        pieces += (" " * (unit.start - at), unit.text)
        at = unit.end
    return "".join(pieces)
