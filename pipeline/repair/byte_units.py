"""Cuts a damaged line into units, one printed character each, and tells which bytes each may stand for."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.repair.gbk_table import CUT_MARKS, to_pair
from pipeline.repair.readings import CLOSED, SYLLABLE, is_read

UNIT_RE = lazy_re(
    rf"\?(?:[ \t]{{0,8}}\?){{2,400}}|？(?:[ \t]{{0,8}}？){{2,400}}|(?P<split>[?？\ufffd](?P<split_reading>{SYLLABLE}){CLOSED})|(?P<note>[(（](?P<reading>{SYLLABLE}){CLOSED})|.",
    re.DOTALL,
)  # ?? ? (lost spaces)   ?qū)   (guī)   any character
LOST_BYTE = frozenset("?？\ufffd")
# what a printed ASCII character may have been when its page folded full-width forms
WIDE_FORMS = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"}
MORE_WIDE_FORMS = {'"': "“”", "'": "‘’", "-": "—", ".": "。·", "~": "～"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed character, or a note of pinyin that a mirror wrote."""

    start: int
    end: int
    text: str
    split: str | None = None  # the reading in ?qū)
    note: str | None = None  # the reading in (guī)
    last: int | None = None  # the last byte before it
    is_lost: bool = False  # a `?`, which may be one unknown byte
    ends_piece: bool = False  # and no character stands behind it that it can have swallowed
    is_sign: bool = False  # here a reading may leave the print


def to_units(text: str, *, unmarked: bool = False) -> list[Unit]:
    """Return a line as units; ?qū) and (guī) are one each.

    On a page that left no sign of a byte that stood alone, `unmarked`, a note that does not tell how the character
    before it is read may have split one: 域(qū)W.

    >>> [(unit.text, unit.is_sign) for unit in to_units("域?qū)W科?；")]
    [('域', False), ('?qū)', True), ('W', False), ('科', False), ('?', True), ('；', False)]
    """
    units: list[Unit] = []
    last: int | None = None
    for match in UNIT_RE.finditer(text):
        printed, note = match.group(), match["reading"]
        split, following = match["split_reading"], text[match.end() : match.end() + 1]
        if unmarked and note and last is not None and not is_read(text[match.start() - 1], note):
            split, note = note, None
        is_lost = printed in LOST_BYTE
        ends_piece = is_lost and (not following or following in CUT_MARKS)
        is_sign = split is not None or (ends_piece and following != "")
        units.append(Unit(*match.span(), printed, split, note, last, is_lost, ends_piece, is_sign))
        if note is None:  # a note came between two bytes
            last = _last_byte(printed)
    return units


def _last_byte(text: str) -> int | None:
    """Return the last byte of one printed character; of ?qū) it is what was lost, so that None stands for it."""
    if len(text) != 1:
        return None
    pair = to_pair(text)
    return pair[1] if pair else ord(text) if text.isascii() else None


@functools.lru_cache(maxsize=1 << 14)
def byte_forms(char: str) -> tuple[bytes, ...]:
    """Return the bytes a printed character may stand for inside a stretch that is out of step.

    >>> [form.hex() for form in byte_forms("R")]
    ['52', 'a3d2']
    """
    if not char.isascii():
        pair = to_pair(char)
        return () if pair is None else (pair,)
    wide = WIDE_FORMS.get(char, "") + MORE_WIDE_FORMS.get(char, "")
    return (char.encode("ascii"), *(pair for pair in map(to_pair, wide) if pair))
