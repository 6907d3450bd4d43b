"""Writes bytes as text again, and fills in the characters of which a byte is lost.

A character that lost a byte is one of some sixty to two hundred; the model says which, by the characters around
it and by what stands intact elsewhere on the page. It is written only when all others together are less likely
than LEAST_SURE leaves room for; else the lost sign of the print, or U+FFFD, stays in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.characters import Bools, Ints, load_model
from pipeline.lazy_re import lazy_re
from pipeline.repair.hole_marks import by_place, hole_lines
from pipeline.repair.hole_search import fill_holes
from pipeline.repair.hole_words import by_words
from pipeline.repair.lost_candidates import (
    NONE,
    Candidates,
    candidates,
    foreign_price,
    is_simplified,
    may_be_lost,
    takes_two,
)
from pipeline.repair.misread_bytes import HOLE, LOST_SIGNS, NO_BREAK_SPACE, Code, Printed
from pipeline.repair.misread_search import Misread
from pipeline.repair.page_memory import PageMemory
from pipeline.repair.readings import CLOSED, SYLLABLE, is_read

LEAST_SURE = 0.5  # chance, among all characters that the remaining bytes allow, of the one that is written
SURE_OF_WHOLE = 0.8  # the same for a character of which both bytes are lost
CODECS = {"utf-8": "utf-8", "gbk": "gb18030", "big5": "big5hkscs"}
UNSURE = "\ufffd"
NOTE_RE = lazy_re(rf"[(（](?P<reading>{SYLLABLE}){CLOSED}")
LAST_KNOWN = 0xFFFF  # code point that the character model knows
# behind a sign: what cannot stand there, or hardly, where signs swallow the ASCII character behind a lost byte
UNCUT_RE = lazy_re(rb"(?P<year>(?:19|20)\d\d(?:\xe5\xb9\xb4|\xc4\xea|\xa6~))|\n")  # 年
CUT_RE = lazy_re(rb"[09]\d\d(?:\xe5\xb9\xb4|\xc4\xea|\xa6~)|[.%]")  # 2006年 -> ?006年, 5.2 -> ?.2
YEAR = 3  # line ends that one year counts for: a program that reads line by line may spare line ends
LEAST_UNCUT = 2  # to prove that a page lost no ASCII characters,
UNCUT_TO_CUT = 3  # and how many to each that speaks against it
NUMERALS = "〇一二三四五六七八九十"  # neighbours hardly tell which of them stood in a number,
SURE_OF_NUMERAL = 0.95  # unless the page has the same words elsewhere
LOOK_AHEAD = 7  # bytes of a year


@dataclass(frozen=True, slots=True)
class _Hole:
    """A step with lost bytes: its bytes, the first one behind it, and the sign that the print has for them."""

    piece: tuple[int, ...]
    following: int | None
    sign: str
    reading: str  # of the character, where a note tells it
    behind: bytes = b""  # a `?` that ends the piece


@dataclass(frozen=True, slots=True)
class _Print:
    """The bytes of a text, its lost signs, and how many of these stand up to each byte, as plain lists."""

    octets: list[int]
    signs: list[str]
    n_signs: list[int]


def write(parts: Sequence[Misread], printed: Printed, code: Code) -> list[tuple[list[str], list[float]]]:
    """Return for each part of a text what every step of it is written as, and how much doubt there is of it."""
    holes: list[_Hole] = []
    lines: list[str] = []
    ids: list[Ints] = []
    model = load_model()
    lists = _Print(
        printed.octets.tolist(),
        [char for char in printed.text if char in LOST_SIGNS],
        np.cumsum(printed.octets == HOLE).tolist(),
    )
    for part in parts:
        steps = np.flatnonzero(part.codes == 0).tolist()
        read, is_note = _notes(part) if steps else ({}, np.zeros(len(part.codes), dtype=np.bool_))
        bounds = part.bounds.tolist() if steps else []
        holes += [_hole(lists, bounds, step, code, read.get(step, "")) for step in steps]
        lines += hole_lines(printed.text, part.start, part.end, part.codes) if steps else ()
        known = model.numbers(np.minimum(part.codes, LAST_KNOWN))
        known[steps] = -1
        before, after = _around(printed.text, part.start, part.end)
        ids += [
            np.array([*map(model.number, before)]),
            known[~is_note],
            np.array([*map(model.number, after)]),
        ]
    written = iter(_written(holes, lines, np.concatenate(ids), parts, code) if holes else ())
    result = []
    for part in parts:
        texts, doubts = [*map(chr, part.codes.tolist())], [0.0] * len(part.codes)
        for step in np.flatnonzero(part.codes == 0).tolist():
            texts[step], doubts[step] = next(written)
        result.append((texts, doubts))
    return result


def _notes(part: Misread) -> tuple[dict[int, str], Bools]:
    """Return the readings that notes give of characters with lost bytes, and which steps are such notes.

    A mirror wrote 規(guī)劃: the note tells what stands before it, and is no neighbour to either side.
    """
    is_note = np.zeros(len(part.codes), dtype=np.bool_)
    text = "".join(map(chr, np.where(part.codes > 0, part.codes, ord(UNSURE)).tolist()))
    read: dict[int, str] = {}
    for match in NOTE_RE.finditer(text):
        at = match.start() - 1
        if at >= 0 and (text[at] == UNSURE or is_read(text[at], match["reading"])):
            is_note[match.start() : match.end()] = True
            if text[at] == UNSURE:
                read[at] = match["reading"]
    return read, is_note


def _hole(printed: _Print, bounds: list[int], step: int, code: Code, reading: str) -> _Hole:
    """Return the bytes of a step that lost some, and what is known of it; `bounds` are those of its part."""
    start, end = bounds[step], bounds[step + 1]
    piece = tuple(printed.octets[start:end])
    if code.wrong == "latin1":
        piece = (piece[0], *(NO_BREAK_SPACE if byte == 0x20 else byte for byte in piece[1:]))
    following = printed.octets[end] if end < bounds[-1] and piece[-1] == HOLE else None
    sign = printed.signs[printed.n_signs[end - 1] - 1] if HOLE in piece else ""
    if code.by_pairs and piece == (HOLE,) and step and _ends_in_cut(printed.octets[bounds[step - 1] : start]):
        piece = (HOLE, HOLE)
    behind = bytes(min(octet, 0xFF) for octet in printed.octets[end : end + LOOK_AHEAD] if sign == "?")
    return _Hole(piece, following, sign, reading, behind if len(piece) > 1 and piece[-1] == HOLE else b"")


def _ends_in_cut(octets: list[int]) -> bool:
    """Tell whether a step is the first two bytes of a character of UTF-8 and a sign."""
    return len(octets) == 3 and octets[0] >= 0xE2 and octets[1] < 0xC0 and octets[2] == HOLE


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return two characters before and behind a part, line ends where there are none."""
    return ("\n\n" + text[max(start - 2, 0) : start])[-2:], (text[end : end + 2] + "\n\n")[:2]


def _written(
    holes: Sequence[_Hole], lines: Sequence[str], ids: Ints, parts: Sequence[Misread], code: Code
) -> list[tuple[str, float]]:
    """Return what stands in each hole, and the doubt of it; `lines` are those in which the holes are."""
    known = np.concatenate([part.codes for part in parts])
    known = np.minimum(known[known > 0], LAST_KNOWN)
    is_plain, foreign = is_simplified(known), foreign_price(known)
    found = [_candidates(hole, code, is_plain=is_plain, foreign=foreign) for hole in holes]
    found = by_place(found, lines, known)
    numbers, chances = np.zeros(len(holes), dtype=np.int64), np.ones(len(holes))
    is_open = np.array([len(rows.first) != 1 or rows.second[0] != NONE for rows in found], dtype=np.bool_)
    at = np.flatnonzero(ids < 0)
    beside_number = _beside_number(ids, at)
    only = [int(rows.first[0]) for rows, is_one in zip(found, ~is_open, strict=True) if is_one]
    ids[at[~is_open]] = load_model().numbers(np.array(only, dtype=np.int64))
    left = [rows for rows, is_left in zip(found, is_open, strict=True) if is_left]
    if left:
        memory = PageMemory(load_model(), ids)
        filled = fill_holes(ids, left, load_model(), memory)
        numbers[is_open], chances[is_open] = by_words(ids, left, memory, *filled)
    spares_ascii = _spares_ascii(holes)
    written = []
    for hole, rows, number, chance, is_beside in zip(
        holes, found, numbers.tolist(), chances.tolist(), beside_number, strict=True
    ):
        is_whole = hole.piece == (HOLE,)
        if is_beside and chance < SURE_OF_NUMERAL and number != NONE and rows.is_one_of(number, NUMERALS):
            number = NONE
        if number == NONE or chance < (SURE_OF_WHOLE if is_whole and not code.by_pairs else LEAST_SURE):
            written.append((hole.sign if is_whole else UNSURE, 1.0))
            continue
        second = int(rows.second[number])
        chars = chr(rows.first[number]) + (chr(second) if second >= 0 else "")
        keeps_sign = rows.stands_for_more[number] or (
            hole.sign == "?"
            and not is_whole
            and hole.piece != (HOLE, HOLE)
            and _may_have_swallowed(hole, chars, code, spares_ascii=spares_ascii)
        )
        written.append((chars + hole.sign if keeps_sign else chars, 1 - chance))
    return written


def _beside_number(ids: Ints, at: Ints) -> list[bool]:
    """Tell for each hole whether a numeral is counting there: in the mark of a heading, or beside another numeral."""
    model = load_model()
    numerals, opens, closes, marks, ends = (
        np.array([*map(model.number, chars)]) for chars in (NUMERALS, "（(", "）)", "、.．", "\n")
    )
    before, after = ids[at - 1], ids[at + 1]
    is_beside = np.isin(before, numerals) | np.isin(after, numerals)
    is_beside |= np.isin(before, opens) & np.isin(after, closes)
    is_beside |= np.isin(before, ends) & np.isin(after, marks)
    told: list[bool] = is_beside.tolist()
    return told


def _candidates(hole: _Hole, code: Code, *, is_plain: bool, foreign: float) -> Candidates:
    """Return what may stand in a hole.

    A sign that stands alone is a pair that the wrong encoding does not print, one of a few hundred; of Latin-1 and
    UTF-8 it is not told from a byte or from an ASCII character that went.
    """
    if hole.piece == (HOLE,):
        if code.wrong == "latin1" or code.right == "utf-8":
            return candidates((), code, is_plain=is_plain, foreign=foreign)
        return candidates(hole.piece, code, is_plain=is_plain, foreign=foreign)
    for_more = (
        hole.sign == "?" or not code.by_pairs
    )  # no browser prints ?, other programs let it swallow more
    found = candidates(
        hole.piece, code, hole.following, is_plain=is_plain, foreign=foreign, for_more=for_more
    )
    return found.read(hole.reading) if hole.reading else found


def _spares_ascii(holes: Sequence[_Hole]) -> bool:
    """Tell whether a text proves that its signs swallowed no ASCII character: whole years and line ends follow them."""
    uncut = [match for match in (UNCUT_RE.match(hole.behind) for hole in holes if hole.behind) if match]
    n_uncut = sum(YEAR if match["year"] else 1 for match in uncut)
    n_cut = sum(CUT_RE.match(hole.behind) is not None for hole in holes if hole.behind)
    return n_uncut >= max(LEAST_UNCUT, UNCUT_TO_CUT * n_cut)


def _may_have_swallowed(hole: _Hole, chars: str, code: Code, *, spares_ascii: bool) -> bool:
    """Tell whether the `?` that ends a character stood for an ASCII character as well, a digit maybe.

    Some programs print one `?` for a lead byte and the ASCII character behind it. Where a mark or space stands
    next, or a byte with which the lost one makes nothing, or the text proves better, the `?` is explained without that.
    """
    piece, following = hole.piece, hole.following
    if piece[-1] != HOLE or takes_two(piece, code.right) or code.wrong == "latin1" or following is None:
        return False
    if following < 0x40:
        return not spares_ascii and chr(following) in "0123456789.%"
    octets = chars.encode(CODECS[code.right], errors="ignore")
    if len(octets) != len(piece):
        return True
    return not bool(may_be_lost(np.array(octets[-1]), np.array(following), code))
