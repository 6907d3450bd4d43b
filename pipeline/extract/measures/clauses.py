"""Cuts sentences into clauses: brackets, quotations and titles stay whole, list markers stay outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Reading

# atomic groups: a mark that is never closed costs one bounded look ahead, no more
OPAQUE = (
    r"(?>“[^“”\n]{1,120}”|‘[^‘’\n]{1,80}’|《[^《》\n]{1,80}》|【[^【】\n]{1,40}】"
    r"|（(?>[^（）\n]{1,160}|（[^（）\n]{0,80}）){1,8}）)"
)
OPAQUE_RE = re.compile(OPAQUE)
CLAUSE_RE = re.compile(rf"(?:{OPAQUE}|[^，；。！？：\n])+")  # 新建城东小学
MARKER_RE = re.compile(
    r"[\s　]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳]|[-—•●◆■]{1,2})"
    r"[\s　]*"
)  # （一） 1. ①


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a quotation, title or bracket taken as one."""

    text: str
    tag: str  # jieba's tag; `quote` and `bracket` for the opaque ones
    start: int
    end: int


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
            if start < end:
                yield Clause(start, end, text[match.end() : match.end() + 1].strip(), index)


class Words:
    """The words of a document by offset, ready to be cut into clauses."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._tokens = [(token.text, token.tag_) for token in reading.doc]
        self._at = 0  # offset and number of the token reached: clauses are asked for in text order
        self._number = 0

    def units(self, start: int, end: int) -> list[Unit]:
        """Return the units of one clause; clauses must be asked for in text order."""
        tokens, number, at = self._tokens, self._number, self._at
        while number < len(tokens) and at < start:
            at += len(tokens[number][0])
            number += 1
        self._number, self._at = number, at
        spans = [(m.start(), m.end()) for m in OPAQUE_RE.finditer(self._text, start, end)]
        units: list[Unit] = []
        if at > start:  # a word that reaches over the clause's beginning
            units.append(Unit(self._text[start : min(at, end)], "x", start, min(at, end)))
        span = 0
        while number < len(tokens) and at < end:
            word, tag = tokens[number]
            stop = at + len(word)
            number += 1
            while span < len(spans) and spans[span][1] <= at:
                span += 1
            if span < len(spans) and spans[span][0] < stop and at < spans[span][1]:
                opening, closing = spans[span]
                if at < opening:
                    units.append(Unit(self._text[at:opening], "x", at, opening))
                kind = "bracket" if self._text[opening] in "（【" else "quote"
                if not units or units[-1].start != opening:
                    units.append(Unit(self._text[opening:closing], kind, opening, closing))
                if stop > closing:
                    units.append(Unit(self._text[closing:stop], "x", closing, stop))
            elif not word.isspace():
                units.append(Unit(word, tag, at, min(stop, end)))
            at = stop
        return units


def same_line(first: Clause, second: Clause, text: str) -> bool:
    """Return whether nothing but a comma stands between two clauses."""
    return text[first.end : second.start].strip() == "，"


def neighbours(found: list[Clause]) -> Iterator[tuple[Clause, Clause]]:
    """Yield each clause with the one behind it."""
    yield from pairwise(found)
