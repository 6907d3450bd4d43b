"""What a text read under a wrong encoding is as bytes again, and which characters byte pairs are in the right one.

Lost signs (`?`, U+FFFD) become HOLE: one or two bytes that nobody knows. Tables are numpy arrays, so that a line
is turned into bytes without a loop.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.characters import Bools, Ints
from pipeline.repair.gbk_table import MARKS

HOLE = 0x100  # in place of a byte: what a lost sign stands for
NO_BYTE = 0x101  # a printed character that the wrong encoding cannot have printed
# the last one has the last word: Big5 has its kana and Cyrillic letters in two orders
CODECS = {
    "big5": ("big5", "cp950", "big5hkscs"),
    "old big5": ("big5hkscs", "big5", "cp950"),
    "gbk": ("gb18030",),
}
LAST_CODE = 0x2FFFF  # HKSCS has characters of the second supplementary plane
LOST_SIGNS = "?\ufffd"
LOST = 0xFFFD
LINE_END = ord("\n")
EURO, EURO_PAIR = ord("€"), 0xA2E3  # in GBK; 80 in Windows' and the browsers' edition of it as well
NO_BREAK_SPACE = 0xA0  # of Latin-1: often printed as a plain space
UNPRINTED = (0x81, 0x8D, 0x8F, 0x90, 0x9D, NO_BREAK_SPACE, 0xAD)  # undefined in cp1252, or not to be seen


@dataclass(frozen=True, slots=True)
class Code:
    """Two encodings: the one a text was read under, and the one it is in."""

    wrong: str  # gbk, big5, old big5 or latin1
    right: str  # gbk, big5 or utf-8
    by_pairs: bool = False  # a sign before a byte that is no ASCII stands for two bytes, as browsers print it


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as bytes: `starts[k]` is the first byte of its k-th character, with the end as last entry."""

    text: str
    wrong: str
    octets: Ints
    starts: Ints


def to_bytes(text: str, wrong: str) -> Printed:
    """Return the bytes of a text that was printed under a wrong encoding: gbk, big5, old big5 or latin1.

    >>> [hex(octet) for octet in to_bytes("侐?", "big5").octets]
    ['0xcb', '0xc4', '0x100']
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    values = _values(wrong).take(np.minimum(codes, LAST_CODE))
    if wrong == "gbk" and "€" in text:
        _take_euro_pairs(values, codes)
    is_pair = values > NO_BYTE
    starts = np.concatenate(([0], np.cumsum(1 + is_pair)))
    octets = np.empty(starts[-1], dtype=np.int64)
    octets[starts[:-1]] = np.where(is_pair, values >> 8, values)
    octets[starts[1:][is_pair] - 1] = values[is_pair] & 0xFF
    return Printed(text, wrong, octets, starts)


def _take_euro_pairs(values: Ints, codes: Ints) -> None:
    """Make A2E3 of those `€`, else 80, that end a character of UTF-8 only so: what follows them must begin one.

    面。 is E99D A2E3 8082, which prints 闈€ and a sign for the 80; programs that have a sign for it print no € for it.
    """
    at = np.flatnonzero(codes == EURO)
    before = np.concatenate(([0], values))[at]
    padded = np.concatenate((values, [0, 0]))
    first, second = (np.where(padded > NO_BYTE, padded >> 8, padded)[at + ahead] for ahead in (1, 2))
    goes_on = [(byte >= 0x80) & (byte < 0xC0) for byte in (first, second)]
    is_lost = np.append(codes, 0)[at + 1] == LOST
    is_lost |= (first == HOLE) & (goes_on[1] | (second == HOLE))
    begun = (before >= 0xE280) & (before < 0xF000) & (before & 0xFF >= 0x80) & (before & 0xFF < 0xC0)
    values[at[begun & (goes_on[0] | is_lost)]] = EURO_PAIR


@functools.cache
def _values(wrong: str) -> Ints:
    """Return the bytes of every code point under an encoding, packed into one number."""
    table = np.full(LAST_CODE + 1, NO_BYTE, dtype=np.int64)
    table[:0x80] = np.arange(0x80)
    if wrong == "latin1":
        table[0x80:0x100] = np.arange(0x80, 0x100)
        for byte in range(0x80, 0xA0):
            char = bytes((byte,)).decode("cp1252", errors="ignore")
            if char:
                table[ord(char)] = byte
    for codec in CODECS.get(wrong, ()):
        pairs, codes = _pairs(codec)
        table[codes] = pairs
    if wrong == "big5":
        table[_CP950_PRIVATE[:, 0]] = _CP950_PRIVATE[:, 1]
    if wrong == "gbk":
        table[EURO] = 0x80
    for sign in LOST_SIGNS:
        table[ord(sign)] = HOLE
    return table


@functools.cache
def _pairs(codec: str) -> tuple[Ints, Ints]:
    """Return, of all pairs of bytes that an encoding decodes to one character, the pairs as numbers and the characters' codes."""
    pairs = (np.arange(0x81, 0xFF)[:, None] << 8 | np.arange(0x40, 0xFF)).ravel()
    # all in one text: a codec takes longer to be called than to read. A line end is no second byte of any pair
    octets = np.stack((pairs >> 8, pairs & 0xFF, np.full(len(pairs), LINE_END)), axis=1).astype(np.uint8)
    decoded = octets.tobytes().decode(codec, errors="ignore")
    codes = np.frombuffer(decoded.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    ends = np.flatnonzero(codes == LINE_END)
    is_one = np.diff(ends, prepend=-1) == 2
    found = codes[ends[is_one] - 1]
    is_foreign = found >= 0x80
    return pairs[is_one][is_foreign], found[is_foreign]


def _cp950_private() -> Ints:
    """Return (code point, pair) of the areas that Windows prints as private-use characters."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    leads = (*range(0xFA, 0xFF), *range(0x8E, 0xA1), *range(0x81, 0x8E))  # U+E000, U+E311, U+EEB8 on
    pairs = [lead << 8 | trail for lead in leads for trail in trails]
    pairs += [
        lead << 8 | trail for lead in range(0xC6, 0xC9) for trail in trails if (lead, trail) >= (0xC6, 0xA1)
    ]
    return np.array(list(enumerate(pairs, 0xE000)), dtype=np.int64)


_CP950_PRIVATE = _cp950_private()


@functools.cache
def characters(right: str) -> npt.NDArray[np.uint16]:
    """Return the character of every byte pair under the right encoding (gbk, big5); 0 for none and for private use.

    >>> chr(characters("gbk")[0xD0A3])
    '校'
    """
    table = np.zeros(0x10000, dtype=np.uint16)
    for codec in ("big5hkscs", "cp950") if right == "big5" else ("gb18030",):
        pairs, codes = _pairs(codec)
        is_told = (codes < 0x10000) & ((codes < 0xE000) | (codes > 0xF8FF))
        table[pairs[is_told]] = codes[is_told]
    return table


@functools.cache
def unprinted(wrong: str) -> Bools:
    """Return for every pair of bytes whether a program that takes it for the wrong encoding may lose it.

    >>> bool(unprinted("gbk")[0xACAC]), bool(unprinted("gbk")[0xD0A3])
    (True, False)
    """
    table = np.ones(0x10000, dtype=np.bool_)
    pairs, _ = _pairs("gbk" if wrong == "gbk" else "big5")
    table[pairs] = False
    return table


def is_text(char: str) -> bool:
    """Tell whether a character may be proposed for one that was lost: Chinese or a mark, never a digit."""
    return "\u4e00" <= char <= "\u9fff" or char in MARKS
