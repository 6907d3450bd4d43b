"""Writes bytes as text again, and fills in the characters of which a byte is lost.

A character that lost a byte is one of some sixty to two hundred; the model says which, by the characters around
it. It is written only when all others together are less likely than LEAST_SURE leaves room for; else the lost
sign of the print, or U+FFFD, stays in its place.
"""

from __future__ import annotations

import functools
import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.characters import load_model
from pipeline.repair.misread_bytes import HOLE, NO_BREAK_SPACE, UNPRINTED, characters, is_text, unprinted

Ints = npt.NDArray[np.int64]

LEAST_SURE = 0.5  # chance, among all characters that the remaining bytes allow, of the one that is written
STRANGE = -6.0  # nats a character: what is dearer is looked for among other bytes too
LIKELIEST = 8  # candidates whose right-hand neighbours are looked at too
MOST = 48  # candidates looked at, the commonest first
CODECS = {"utf-8": "utf-8", "gbk": "gb18030", "big5": "big5hkscs"}
SURE_OF_WHOLE = 0.8  # the same for a character of which both bytes are lost
SCRIPT = 1.5  # nats for a character of the script that the text around is in
UNSURE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Code:
    """Two encodings: the one a text was read under, and the one it is in."""

    wrong: str  # gbk, big5, old big5 or latin1
    right: str  # gbk, big5 or utf-8


def fill_in(
    pieces: Sequence[tuple[int, ...]], code: Code, signs: Iterable[str], before: str, behind: str
) -> tuple[str, float]:
    """Return the text of some bytes, and the share of its characters that is expected to be right.

    `signs` are the lost signs of the print in order, `before` and `behind` the characters around the text.
    """
    known = [_decode(piece, code.right) for piece in pieces]
    signs = iter(signs)
    is_plain = _is_simplified("".join(known))
    text, doubt = before, 0.0
    for number, piece in enumerate(pieces):
        if known[number]:
            text += known[number]
            continue
        sign = next(signs, "") if HOLE in piece else ""
        rest = known[number + 1 : number + 3]
        after = "".join(rest) + behind if all(rest) else (rest[0] if rest else behind)
        if piece == (HOLE,):
            text += _whole(code, text[-2:], after[:2], is_plain=is_plain) or sign
            continue
        following = pieces[number + 1][0] if number + 1 < len(pieces) and piece[-1] == HOLE else None
        around = text[-2:], after[:2]
        chars, chance, price = _likeliest(candidates(piece, code, following), *around, is_plain=is_plain)
        stands_for_more = False  # than a byte that is lost before the next one
        if following is not None and price < STRANGE * (1 + len(around[1])):
            other, other_chance, other_price = _likeliest(candidates(piece, code), *around, is_plain=is_plain)
            if other and other_price > price - STRANGE:
                chars, chance, stands_for_more = other, other_chance, True
        doubt += 1 - chance
        text += chars or UNSURE
        if stands_for_more or (chars and sign == "?" and _may_have_swallowed(piece, chars, following, code)):
            text += sign
    return text[len(before) :], 1 - doubt / max(len(pieces), 1)


def _whole(code: Code, before: str, after: str, *, is_plain: bool) -> str:
    """Return the character for which a sign between two others stands, if one is likely enough.

    A pair that the wrong encoding does not print is one of a few hundred characters; beside digits and other
    signs it is not told from a byte or from an ASCII character that went.
    """
    if code.wrong == "latin1" or code.right == "utf-8" or not (is_text(before[-1:]) and is_text(after[:1])):
        return ""
    chars, chance, _ = _likeliest(candidates((HOLE,), code), before, after, is_plain=is_plain)
    return chars if chance >= SURE_OF_WHOLE else ""


def _may_have_swallowed(piece: tuple[int, ...], chars: str, following: int | None, code: Code) -> bool:
    """Tell whether the `?` that ends a character stood for an ASCII character as well, a digit maybe.

    Some programs print one `?` for a lead byte and the ASCII character behind it. Where a mark or space stands
    next, or a byte with which the lost one makes nothing, the `?` is explained without that.
    """
    if piece[-1] != HOLE or _takes_two(piece, code.right) or code.wrong == "latin1" or following is None:
        return False
    if following < 0x40:
        return chr(following) in "0123456789.%"
    octets = chars.encode(CODECS[code.right], errors="ignore")
    if len(octets) != len(piece):
        return True
    return not bool(_may_be_lost(np.array(octets[-1]), np.array(following), code.wrong))


def _decode(piece: tuple[int, ...], right: str) -> str:
    """Return the character of some bytes, an empty string when one is lost or missing."""
    if HOLE in piece:
        return ""
    if 0x20 in piece[1:]:
        piece = (piece[0], *(NO_BREAK_SPACE if byte == 0x20 else byte for byte in piece[1:]))
    if right == "utf-8":
        try:
            return bytes(piece).decode("utf-8")
        except UnicodeDecodeError:
            return ""
    if len(piece) == 1:
        return chr(piece[0]) if piece[0] < 0x80 else ""
    return chr(characters(right)[piece[0] << 8 | piece[1]])


@functools.lru_cache(maxsize=1 << 14)
def candidates(piece: tuple[int, ...], code: Code, following: int | None = None) -> tuple[str, ...]:
    """Return the characters, one or two, that bytes with a lost or missing one among them may be.

    A byte was lost because the wrong encoding has nothing to print for it and the one behind it, `following`.

    >>> "校" in candidates((0xD0, HOLE), Code("big5", "gbk"), 0xC7)
    True
    """
    lost = _lost_bytes(code)
    if HOLE not in piece:  # a byte is missing without a sign
        forms = np.concatenate(
            [_filled((*piece[:at], HOLE, *piece[at:]), lost[:, None]) for at in _gaps(code.right)]
        )
    elif _takes_two(piece, code.right):
        at = piece.index(HOLE)
        forms = _filled((*piece[:at], HOLE, HOLE, *piece[at + 1 :]), _lost_pairs(code.wrong))
    else:
        forms = np.array([piece], dtype=np.int64)
        for at in reversed([at for at, byte in enumerate(piece) if byte == HOLE]):
            behind = (
                forms[:, at + 1]
                if at + 1 < len(piece)
                else np.full(len(forms), HOLE if following is None else following)
            )
            row, byte = np.nonzero(_may_be_lost(lost[None, :], behind[:, None], code.wrong))
            forms = forms[row]
            forms[:, at] = lost[byte]
    codes = _code_points(forms, code.right)
    codes = codes[_is_candidate()[codes].all(axis=1)]
    order = np.argsort(-load_model().singles[codes].sum(axis=1), kind="stable")[:MOST]
    return tuple(dict.fromkeys("".join(map(chr, row)) for row in codes[order].tolist()))


def _filled(piece: tuple[int, ...], fillings: Ints) -> Ints:
    """Return a piece once for each row of bytes that fill its holes."""
    forms = np.tile(np.array(piece, dtype=np.int64), (len(fillings), 1))
    forms[:, [at for at, byte in enumerate(piece) if byte == HOLE]] = fillings
    return forms


def _gaps(right: str) -> range:
    """Return the places in a piece where a byte may be missing."""
    return range(1, 3) if right == "utf-8" else range(2)


def _takes_two(piece: tuple[int, ...], right: str) -> bool:
    """Tell whether the sign in a piece stands for two bytes."""
    return len(piece) in (2, 5) if right == "utf-8" else len(piece) in (1, 3)


@functools.cache
def _lost_bytes(code: Code) -> Ints:
    """Return the bytes that may be lost: of UTF-8 those that begin or go on with a Chinese character."""
    octets = np.array(
        UNPRINTED if code.wrong == "latin1" else (*range(0x40, 0x7F), *range(0x80, 0x100)), dtype=np.int64
    )
    is_utf8 = ((octets >= 0x80) & (octets < 0xC0)) | ((octets >= 0xE2) & (octets < 0xF0))
    return octets[is_utf8] if code.right == "utf-8" else octets


@functools.cache
def _lost_pairs(wrong: str) -> Ints:
    pairs = np.stack(np.divmod(np.flatnonzero(unprinted(wrong)), 0x100), axis=1)
    return pairs[(pairs[:, 0] > 0x80) & (pairs[:, 1] >= 0x40) & (pairs < 0xFF).all(axis=1)]


def _may_be_lost(byte: Ints, following: Ints, wrong: str) -> npt.NDArray[np.bool_]:
    """Tell whether a byte may be lost before another one, HOLE being an unknown one or the end."""
    if wrong == "latin1":
        return np.ones(np.broadcast_shapes(byte.shape, following.shape), dtype=np.bool_)
    alone = (byte == 0x80) | (byte == 0xFF)  # no character begins with these
    unknown = following >= HOLE
    pair_lost = unprinted(wrong)[np.where(unknown, 0, byte << 8 | following & 0xFF)]
    may: npt.NDArray[np.bool_] = (byte >= 0x80) & (alone | unknown | pair_lost)
    return may


def _code_points(forms: Ints, right: str) -> Ints:
    """Return the characters of rows of bytes; 0 for none."""
    if right != "utf-8":
        return np.asarray(characters(right)[forms[:, ::2] << 8 | forms[:, 1::2]], dtype=np.int64)
    first, second, third = forms[:, ::3], forms[:, 1::3], forms[:, 2::3]
    is_whole = (first >= 0xE2) & (first < 0xF0) & (second & 0xC0 == 0x80) & (third & 0xC0 == 0x80)
    return np.where(is_whole, (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F, 0)


@functools.cache
def _is_candidate() -> npt.NDArray[np.bool_]:
    """Tell for each code point whether it may be written for a lost character: Chinese or a mark, once counted."""
    model = load_model()
    return np.array(
        [is_text(chr(code)) and model.knows(chr(code)) for code in range(0x10000)], dtype=np.bool_
    )


@functools.lru_cache(maxsize=1 << 12)
def _likeliest(
    found: tuple[str, ...], before: str, after: str, *, is_plain: bool
) -> tuple[str, float, float]:
    """Return the likeliest of some strings, its chance among them and its price; no string if that is too small."""
    model = load_model()
    first, second = ([0, 0] + [model.number(char) for char in before[-2:]])[-2:]
    rows = []
    for chars in found:
        price, one, two = 0.0, first, second
        for char in chars:
            three = model.number(char)
            price += model.after(one, two, three)
            one, two = two, three
        rows.append((price, one, two, chars))
    best = heapq.nlargest(LIKELIEST, rows)
    priced: dict[tuple[int, int], tuple[float, str]] = {}
    for start, one, two, chars in best:
        price, a, b = start + SCRIPT * sum(_fits(char, is_plain=is_plain) for char in chars), one, two
        for char in after:
            c = model.number(char)
            price += model.after(a, b, c)
            a, b = b, c
        priced[one, two] = max(priced.get((one, two), (price, chars)), (price, chars))
    if not priced:
        return "", 0.0, -math.inf
    price, chars = max(priced.values())
    chance = 1 / sum(math.exp(min(other - price, 0.0)) for other, _ in priced.values())
    return (chars, chance, price) if chance >= LEAST_SURE else ("", 0.0, price)


@functools.lru_cache(maxsize=8192)
def _fits(char: str, *, is_plain: bool) -> bool:
    try:
        char.encode("gb2312" if is_plain else "big5")
    except UnicodeEncodeError:
        return False
    return True


def _is_simplified(text: str) -> bool:
    """Tell whether more of a text can be written in GB2312 than in Big5."""
    return sum(_fits(char, is_plain=True) - _fits(char, is_plain=False) for char in text) >= 0
