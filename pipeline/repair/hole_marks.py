"""Weighs the marks among the characters that a hole may be, by its place in the line and by the brackets around it.

The lost byte of ） may as well be that of ％ or ；, and the two characters beside it hardly tell. The line does: an open
bracket wants to be closed, nothing opens where a line ends, nothing closes where none was opened.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.characters import Bools, Floats, Ints
from pipeline.lazy_re import lazy_re
from pipeline.repair.lost_candidates import Candidates

PARTNERS = dict(zip("（《〈“‘【〔「『", "）》〉”’】〕」』", strict=True))
OPENING = {closing: opening for opening, closing in PARTNERS.items()}
NEVER_FIRST = "".join(OPENING) + "，。；：、！？"
# the signs of figures: one guessed is as bad as a figure guessed, and a page that has them full-width is rare
OF_FIGURES = "％＋－／．"
HALF_WIDTH = {"(": "（", ")": "）"}
HOLE_SIGN = "\ufdd0"  # a noncharacter
PLACE_RE = lazy_re(rf"[{''.join(PARTNERS)}{''.join(OPENING)}(){HOLE_SIGN}]")
MISPLACED = -20.0  # nats of a mark that cannot stand there,
UNOPENED = -8.0  # of one that closes what is not open: 1）
CLOSES = 12.0  # of the one that closes what the line opened, at its end,
PAIRS = 5.0  # and elsewhere
GOES_ON = -3.0  # of one that ends no line, but where it is broken at a width
FIRST_LETTER, LAST_LETTER = 0x3400, 0x9FFF


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its line a hole is, which marks would find a partner there, and which have none before it."""

    is_first: bool
    is_last: bool
    wanted: str
    unopened: str
    strange: str  # signs of figures that the page has nowhere


def hole_lines(text: str, start: int, end: int, codes: Ints) -> Iterator[str]:
    r"""Yield the lines with holes of `start:end` of a text that reads `codes`, 0 being a hole.

    >>> list(hole_lines("规划锛�\n", 2, 4, np.array([0]))) == [f"规划{HOLE_SIGN}"]
    True
    """
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    chars = "".join(map(chr, np.where(codes > 0, codes, ord(HOLE_SIGN)).tolist()))
    whole = text[first:start] + chars + text[end : last if last >= 0 else len(text)]
    return (line for line in whole.split("\n") if HOLE_SIGN in line)


def by_place(found: Sequence[Candidates], lines: Iterable[str], known: Ints) -> list[Candidates]:
    """Return the candidates of the holes in some lines with what marks among them gain and pay where they are.

    `known` are the code points of the characters that lost nothing.
    """
    strange = "".join(sign for sign in OF_FIGURES if not (known == ord(sign)).any())
    priced: list[Candidates] = []
    for line in lines:
        holes = found[len(priced) : len(priced) + line.count(HOLE_SIGN)]
        marks = [frozenset(map(chr, hole.first[_is_mark(hole.first)].tolist())) for hole in holes]
        if not any(marks):
            priced += holes
            continue
        places = _places(line, marks, strange)
        priced += [_priced(hole, place) for hole, place in zip(holes, places, strict=True)]
    return priced


def _is_mark(codes: Ints) -> Bools:
    return (codes < FIRST_LETTER) | (codes > LAST_LETTER)


def _places(line: str, marks: Sequence[frozenset[str]], strange: str) -> Iterator[Place]:
    """Yield the place of each hole of a line, `marks` being those that each may be."""
    opened: list[tuple[str, int]] = []  # and how many holes stand before
    at: list[int] = []
    open_there: list[list[tuple[str, int]]] = []
    unopened: list[tuple[str, int]] = []
    for match in PLACE_RE.finditer(line):
        mark = HALF_WIDTH.get(match[0], match[0])
        if mark == HOLE_SIGN:
            at.append(match.start())
            open_there.append(opened.copy())
        elif mark in PARTNERS:
            opened.append((mark, len(at)))
        elif opened and opened[-1][0] == OPENING[mark]:
            opened.pop()
        else:
            unopened.append((mark, len(at)))
    last = len(line.rstrip()) - 1
    for number, place in enumerate(at):
        wanted = ""
        if open_there[number] and open_there[number][-1] in opened:
            opening, since = open_there[number][-1]
            closing = PARTNERS[opening]
            is_only = not any(closing in other for other in (*marks[since:number], *marks[number + 1 :]))
            wanted = closing if is_only else ""
        ahead = [OPENING[mark] for mark, n_before in unopened if n_before > number]
        wanted += "".join(mark for mark in ahead[:1] if not any(mark in other for other in marks[:number]))
        known = {mark for mark, _ in open_there[number]}.union(*marks[:number])
        lone = "".join(mark for mark, opening in OPENING.items() if opening not in known)
        yield Place(not line[:place].strip(), place == last, wanted, lone, strange)


def _priced(found: Candidates, place: Place) -> Candidates:
    head = replace(place, is_last=False)
    two = found.second >= 0
    paid = np.where(two, _pays(found.first, head), _pays(found.first, place))
    if two.any():
        paid += np.where(two, _pays(found.second, replace(place, is_first=False)), 0.0)
    return replace(found, price=found.price + paid)


def _pays(codes: Ints, place: Place) -> Floats:
    marks, prices = _mark_prices(place)
    at = np.minimum(np.searchsorted(marks, codes), len(marks) - 1)
    return np.where(marks[at] == codes, prices[at], 0.0)


@functools.lru_cache(maxsize=1 << 10)
def _mark_prices(place: Place) -> tuple[Ints, Floats]:
    prices = dict.fromkeys(place.strange, MISPLACED)
    for mark in (*PARTNERS, *NEVER_FIRST):
        if (place.is_last and mark in PARTNERS) or (place.is_first and mark in NEVER_FIRST):
            prices[mark] = MISPLACED
        elif mark in place.wanted:
            prices[mark] = CLOSES if place.is_last else PAIRS
        elif mark in place.unopened:
            prices[mark] = UNOPENED
        elif place.is_last and mark in "，、":
            prices[mark] = GOES_ON
    marks = sorted(prices)
    return np.array([*map(ord, marks)], dtype=np.int64), np.array([prices[mark] for mark in marks])
