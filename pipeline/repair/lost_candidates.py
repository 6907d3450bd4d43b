"""Which characters bytes may be of which some are lost: by the bytes that are left, and by what gets lost at all."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from pipeline.characters import Bools, Floats, Ints, load_model
from pipeline.repair.misread_bytes import HOLE, UNPRINTED, Code, characters, is_text, unprinted
from pipeline.repair.readings import is_read

MOST = 320  # candidates looked at, the commonest first
MOST_FOR_MORE = 24  # of them, those for which the sign would have to stand for more,
FOR_MORE = -8.0  # nats where a sign has to stand for more than the byte that is lost before the next one
SCRIPT = 1.5  # nats for a character of the script that the text around is in,
FOREIGN = 5.0  # and against one of the other, where all of the text is in one script
FEWEST_TELLING = 5  # characters that only one script has, to say so,
MOST_FOREIGN = 0.02  # and the part of the other script among them
FIRST_HANZI = 0x3400  # GB 2312 has another dash than GBK
NONE = -1  # in place of a second character


@dataclass(frozen=True, slots=True)
class Candidates:
    """Code points of one or two characters in each row (NONE: no second one), and what each pays beforehand."""

    first: Ints
    second: Ints
    price: Floats
    stands_for_more: Bools  # than one byte: its sign

    def read(self, reading: str) -> Candidates:
        """Return those that are read so, all of them if none is."""
        fits = np.array([is_read(chr(code), reading) for code in self.first], dtype=np.bool_)
        if not fits.any():
            return self
        return Candidates(self.first[fits], self.second[fits], self.price[fits], self.stands_for_more[fits])

    def is_one_of(self, number: int, chars: str) -> bool:
        """Tell whether a candidate is one of some characters, and another that is as cheap is one too."""
        price = self.price[number] - SCRIPT
        alike = [chr(code) for code in self.first[(self.price >= price) & (self.second == NONE)].tolist()]
        return chr(self.first[number]) in chars and sum(char in chars for char in alike) > 1


@functools.lru_cache(maxsize=1 << 14)
def candidates(
    piece: tuple[int, ...],
    code: Code,
    following: int | None = None,
    *,
    is_plain: bool = True,
    foreign: float = 0.0,
    for_more: bool = True,
) -> Candidates:
    """Return the characters, one or two, that bytes with a lost or missing one among them may be.

    A byte was lost because the wrong encoding has nothing to print for it and the one behind it, `following`;
    `for_more` asks for those as well of which it would have to have something else behind it. `foreign` is what a
    character of the other script pays.

    >>> ord("校") in candidates((0xD0, HOLE), Code("big5", "gbk"), 0xC7).first
    True
    """
    codes = _forms(piece, code, following)
    if not codes.shape[1]:
        codes = np.zeros((0, 1), dtype=np.int64)  # nothing can be told
    pays = np.zeros(len(codes))
    if following is not None and len(codes) and for_more:
        others = _commonest(_forms(piece, code, None))
        codes = np.concatenate((codes, others))
        pays = np.concatenate((pays, np.full(len(others), FOR_MORE)))
    model = load_model()
    allowed = _is_candidate()[codes].all(axis=1)
    codes, pays = codes[allowed], pays[allowed]
    script = _script_prices(codes, foreign, is_plain=is_plain)
    order = np.argsort(-(model.singles[codes].sum(axis=1) + pays + script), kind="stable")[:MOST]
    codes, pays, script = codes[order], pays[order], script[order]
    _, once = np.unique(codes, axis=0, return_index=True)  # the first of those that are alike is the cheapest
    once.sort()
    codes, pays, script = codes[once], pays[once], script[once]
    second = codes[:, 1] if codes.shape[1] > 1 else np.full(len(codes), NONE, dtype=np.int64)
    return Candidates(codes[:, 0], second, pays + script, pays < 0)


def _script_prices(codes: Ints, foreign: float, *, is_plain: bool) -> Floats:
    """Return what rows of characters gain by being of a script, and pay for not being."""
    fits = _fits_script(is_plain=is_plain)[codes]
    prices: Floats = (SCRIPT * fits - foreign * (~fits & (codes >= FIRST_HANZI))).sum(axis=1)
    return prices


def _commonest(codes: Ints) -> Ints:
    """Return the likeliest of some rows of code points."""
    order = np.argsort(-load_model().singles[codes].sum(axis=1), kind="stable")
    return codes[order[:MOST_FOR_MORE]]


def takes_two(piece: tuple[int, ...], right: str) -> bool:
    """Tell whether the sign in a piece stands for two bytes."""
    return len(piece) in (2, 5) if right == "utf-8" else len(piece) in (1, 3)


def may_be_lost(byte: Ints, following: Ints, code: Code) -> Bools:
    """Tell whether a byte alone may be lost before another one, HOLE being an unknown one or the end."""
    if code.wrong == "latin1":
        return np.ones(np.broadcast_shapes(byte.shape, following.shape), dtype=np.bool_)
    alone = (byte == 0x80) | (byte == 0xFF)  # no character begins with these
    unknown = following >= HOLE
    pair_lost = unprinted(code.wrong)[np.where(unknown, 0, byte << 8 | following & 0xFF)]
    if code.by_pairs:
        pair_lost = pair_lost & (following < 0x80)
    may: Bools = (byte >= 0x80) & (alone | unknown | pair_lost)
    return may


def _forms(piece: tuple[int, ...], code: Code, following: int | None) -> Ints:
    """Return rows of code points that a piece may be, 0 for none."""
    lost = _lost_bytes(code)
    if not piece:
        return np.zeros((0, 0), dtype=np.int64)
    if code.right == "utf-8" and piece == (
        HOLE,
        HOLE,
    ):  # one sign for the first byte and more, one for the others
        pairs, leads = _lost_pairs(code, cut=False), np.arange(0xE2, 0xF0)
        forms = np.column_stack((np.repeat(leads, len(pairs)), np.tile(pairs, (len(leads), 1))))
    elif (
        code.right == "utf-8" and len(piece) == 1 and piece[0] != HOLE
    ):  # two bytes are missing without a sign
        forms = _with_bytes(np.array([(*piece, HOLE, HOLE)], dtype=np.int64), code, None)
    elif HOLE not in piece:  # a byte is missing without a sign
        forms = np.concatenate(
            [_filled((*piece[:at], HOLE, *piece[at:]), lost[:, None]) for at in _gaps(code.right)]
        )
    elif takes_two(piece, code.right):
        at = piece.index(HOLE)
        rest = piece[at + 1 :]
        forms = _filled((*piece[:at], HOLE, HOLE, *rest), _lost_pairs(code, cut=len(rest) > 1), n_holes=2)
        if HOLE in rest:
            forms = _with_bytes(forms, code, None)
    else:
        forms = _with_bytes(np.array([piece], dtype=np.int64), code, following)
    return _code_points(forms, code.right)


def _with_bytes(forms: Ints, code: Code, following: int | None) -> Ints:
    """Return rows of bytes with every hole in them filled by each byte that may be lost there."""
    lost = _lost_bytes(code)
    for at in reversed(np.flatnonzero(forms[0] == HOLE).tolist()) if len(forms) else ():
        last = at + 1 == forms.shape[1]
        behind = np.full(len(forms), HOLE if following is None else following) if last else forms[:, at + 1]
        if not len(forms):
            break
        row, byte = np.nonzero(may_be_lost(lost[None, :], behind[:, None], code))
        forms = forms[row]
        forms[:, at] = lost[byte]
    return forms


def _filled(piece: tuple[int, ...], fillings: Ints, n_holes: int = 1) -> Ints:
    """Return a piece once for each row of bytes that fill its first holes."""
    forms = np.tile(np.array(piece, dtype=np.int64), (len(fillings), 1))
    forms[:, [at for at, byte in enumerate(piece) if byte == HOLE][:n_holes]] = fillings
    return forms


def _gaps(right: str) -> range:
    """Return the places in a piece where a byte may be missing."""
    return range(1, 3) if right == "utf-8" else range(2)


@functools.cache
def _lost_bytes(code: Code) -> Ints:
    """Return the bytes that may be lost: of UTF-8 those that begin or go on with a Chinese character."""
    octets = np.array(
        UNPRINTED if code.wrong == "latin1" else (*range(0x40, 0x7F), *range(0x80, 0x100)), dtype=np.int64
    )
    is_utf8 = ((octets >= 0x80) & (octets < 0xC0)) | ((octets >= 0xE2) & (octets < 0xF0))
    return octets[is_utf8] if code.right == "utf-8" else octets


@functools.cache
def _lost_pairs(code: Code, *, cut: bool) -> Ints:
    """Return the pairs that a sign may stand for: of UTF-8 the end of one character, with the next one's begin if cut."""
    pairs = np.stack(np.divmod(np.flatnonzero(unprinted(code.wrong)), 0x100), axis=1)
    pairs = pairs[(pairs[:, 0] > 0x80) & (pairs[:, 1] >= 0x40) & (pairs < 0xFF).all(axis=1)]
    if code.right != "utf-8":
        return np.asarray(pairs[pairs[:, 1] >= 0x80]) if code.by_pairs else pairs
    first, second = pairs.T
    fits = (second >= 0xE2) & (second < 0xF0) if cut else (second >= 0x80) & (second < 0xC0)
    found: Ints = pairs[(first >= 0x80) & (first < 0xC0) & fits]
    return found


def _code_points(forms: Ints, right: str) -> Ints:
    """Return the characters of rows of bytes; 0 for none."""
    if right != "utf-8":
        return np.asarray(characters(right)[forms[:, ::2] << 8 | forms[:, 1::2]], dtype=np.int64)
    first, second, third = forms[:, ::3], forms[:, 1::3], forms[:, 2::3]
    is_whole = (first >= 0xE2) & (first < 0xF0) & (second & 0xC0 == 0x80) & (third & 0xC0 == 0x80)
    return np.where(is_whole, (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F, 0)


@functools.cache
def _is_candidate() -> Bools:
    """Tell for each code point whether it may be written for a lost character: Chinese or a mark, once counted."""
    model = load_model()
    return np.array(
        [is_text(chr(code)) and model.knows(chr(code)) for code in range(0x10000)], dtype=np.bool_
    )


@functools.cache
def _fits_script(*, is_plain: bool) -> Bools:
    """Tell for each code point whether it can be written in GB2312 (plain) or in Big5."""
    codec = "gb2312" if is_plain else "big5"
    return np.array(
        [bool(chr(code).encode(codec, errors="ignore")) for code in range(0x10000)], dtype=np.bool_
    )


def is_simplified(codes: Ints) -> bool:
    """Tell whether more of a text can be written in GB2312 than in Big5."""
    return bool(_fits_script(is_plain=True)[codes].sum() >= _fits_script(is_plain=False)[codes].sum())


def foreign_price(codes: Ints) -> float:
    """Return the nats that a lost character pays for not being of the script of a text."""
    plain, traditional = (_fits_script(is_plain=is_plain)[codes] for is_plain in (True, False))
    n_plain, n_traditional = int((plain & ~traditional).sum()), int((traditional & ~plain).sum())
    few, many = sorted((n_plain, n_traditional))
    return FOREIGN if many >= FEWEST_TELLING and few <= MOST_FOREIGN * many else 0.0
