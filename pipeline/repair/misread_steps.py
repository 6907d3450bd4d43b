"""What every step through the bytes of a misread text costs, and which character it is.

A step is a character of the right encoding: one, two or three bytes, lost signs among them, or five, where a sign
stands for the last byte of one character and the first of the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.characters import Bools, Floats, Ints, load_model
from pipeline.repair.misread_bytes import HOLE, NO_BREAK_SPACE, NO_BYTE, Printed, characters

NEVER = -1e9
ASCII = -4.0  # of an ASCII character
HALF = -15.0  # of a byte whose partner is missing without a sign
PARTNER_LOST = -6.0  # of a character with one byte lost
PAIR_LOST = -9.0  # of a character of UTF-8 with two bytes lost
TWO_CHARACTERS_CUT = -12.0  # of two characters: a sign for the last byte of one and the first of the other
CUT_AND_LOST = -16.0  # the same, with a second sign behind
WHOLE_LOST = -10.0  # of a sign that stands for a whole character, or for itself
PAIRS_WHOLE_LOST = -7.0  # the same, where the page's signs stand for two bytes
PAIRS_PARTNER_LOST = -14.0  # and of a byte that such a sign should have taken with it
FAIR_SHARE = 10.0  # nats that one sign may weigh in the question what signs stand for


@dataclass(frozen=True, slots=True)
class Steps:
    """From every byte on: prices of steps of one, two, three and five bytes, and the character of a whole one."""

    ones: Floats
    twos: Floats
    threes: Floats
    fives: Floats | None  # None where there is no such step
    codes: Ints  # code point of the step of `whole` bytes, 0 for none
    whole: int
    by_pairs: bool  # signs stand for two bytes, where the second is no ASCII


def steps_of(printed: Printed, right: str) -> Steps:
    """Return the steps of a text under the right encoding: gbk, big5 or utf-8."""
    return _utf8_steps(printed) if right == "utf-8" else _pair_steps(printed, right)


def _track(codes: Ints, stride: int) -> Floats:
    """Return the price of every character, the one `stride` bytes before it being its neighbour."""
    model = load_model()
    prices = np.empty(len(codes))
    for first in range(stride):
        ids = np.concatenate(([0, 0], model.numbers(codes[first::stride])))
        prices[first::stride] = model.after_each(ids[:-2], ids[1:-1], ids[2:])
    return prices


def _singles(octets: Ints) -> Floats:
    """Return the price of taking each byte by itself."""
    prices = np.where(octets < 0x80, ASCII, HALF)
    prices[octets == HOLE] = WHOLE_LOST
    prices[octets == NO_BYTE] = NEVER
    return prices


def _three_bytes(printed: Printed) -> tuple[Ints, Ints, Ints]:
    """Return each byte and the two behind it; a space there may be a no-break space, where that is a byte."""
    padded = np.concatenate((printed.octets, [0, 0]))
    behind = np.where(padded == 0x20, NO_BREAK_SPACE, padded) if printed.wrong == "latin1" else padded
    return padded[:-2], behind[1:-1], behind[2:]


def _pair_steps(printed: Printed, right: str) -> Steps:
    """Return the steps through GBK or Big5."""
    first, second, third = _three_bytes(printed)
    is_lead, is_trail = (first >= 0x80) & (first < HOLE), (second >= 0x40) & (second < HOLE)
    known = is_lead & is_trail
    codes = np.where(known, characters(right).take(np.where(known, first << 8 | second, 0)), 0).astype(
        np.int64
    )
    neighbours = np.where((codes == 0) & (second < 0x80), second, codes)
    ones, twos = _singles(printed.octets), np.where(codes > 0, _track(neighbours, 2), NEVER)
    threes = np.full(len(first), NEVER)
    is_hole = first == HOLE
    by_pairs = False
    if is_hole.any():
        partner = PARTNER_LOST
        by_pairs = printed.wrong != "latin1" and _take_pairs(
            is_hole & (second >= 0x80) & (second < HOLE), twos
        )
        if by_pairs:
            ones[is_hole], partner = PAIRS_WHOLE_LOST, PAIRS_PARTNER_LOST
        else:
            twos[is_hole & (second == HOLE)] = PAIR_LOST
        twos[is_lead & (second == HOLE)] = partner
        twos[is_hole & is_trail] = np.where(second[is_hole & is_trail] < 0x80, PARTNER_LOST, partner)
        threes[is_lead & (second == HOLE) & (third >= 0x40) & (third < HOLE)] = TWO_CHARACTERS_CUT
    return Steps(ones, twos, threes, None, codes, 2, by_pairs)


def _take_pairs(is_hole: Bools, twos: Floats) -> bool:
    """Tell whether signs before other bytes stand for two bytes each, as browsers print them, not for one.

    Then the characters before a sign end where it stands and those behind it begin there; a single byte leaves
    either the one side or the other a byte out of step.
    """
    price = np.maximum(np.concatenate((np.full(5, NEVER), twos, np.full(5, NEVER))), HALF)
    at = np.flatnonzero(is_hole) + 5
    behind = price[at + 1] + price[at + 3] - price[at + 2] - price[at + 4]
    before = price[at - 2] + price[at - 4] - price[at - 3] - price[at - 5]
    gain = np.minimum(behind, before)
    return float(np.clip(gain, -FAIR_SHARE, FAIR_SHARE).sum()) > 0


def _utf8_steps(printed: Printed) -> Steps:
    """Return the steps through UTF-8."""
    first, second, third = _three_bytes(printed)
    goes_on = [(byte >= 0x80) & (byte < 0xC0) for byte in (second, third)]
    begins = (first >= 0xE2) & (first < 0xF0)
    whole = begins & goes_on[0] & goes_on[1]
    codes = np.where(whole, (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F, 0)
    whole &= ((codes < 0xD800) | (codes > 0xF8FF)) & (codes < 0xFFF0)
    codes[~whole] = 0
    threes = np.full(len(first), NEVER)
    begin = np.flatnonzero(whole)
    threes[begin] = _sparse_track(np.where(whole, codes, first), begin)
    two = (first >= 0xC2) & (first < 0xE0) & goes_on[0]
    twos = np.where(two, 2 * ASCII, NEVER)
    twos[begins & goes_on[0]] = HALF
    fives, by_pairs = None, False
    if (printed.octets == HOLE).any():
        is_hole = [byte == HOLE for byte in (first, second, third)]
        lost = (begins & is_hole[1] & goes_on[1]) | (begins & goes_on[0] & is_hole[2])
        lost |= is_hole[0] & goes_on[0] & goes_on[1]
        threes[lost] = PARTNER_LOST
        threes[begins & is_hole[1] & is_hole[2]] = PAIR_LOST
        twos[begins & is_hole[1]] = PAIR_LOST
        cut = begins & goes_on[0] & is_hole[2]
        fives = _cuts(cut, goes_on[1], is_hole[2])
        n_single = np.count_nonzero(cut[:-3] & begins[3:])  # where no byte of the next character went
        n_cut = np.count_nonzero(fives > CUT_AND_LOST)
        by_pairs = printed.wrong != "latin1" and bool(n_cut > n_single / 2)
    return Steps(_singles(printed.octets), twos, threes, fives, codes, 3, by_pairs)


def _cuts(cut: Bools, third_goes_on: Bools, third_is_hole: Bools) -> Floats:
    """Return the prices of steps of five bytes: a character that lost its last byte, and one that lost its first."""
    fourth_goes_on, fifth_goes_on = (np.append(third_goes_on[n:], [False] * n) for n in (1, 2))
    fourth_is_hole = np.append(third_is_hole[1:], False)
    prices = np.where(cut & fourth_goes_on & fifth_goes_on, TWO_CHARACTERS_CUT, NEVER)
    prices[cut & fourth_is_hole & fifth_goes_on] = CUT_AND_LOST
    return prices


def _sparse_track(codes: Ints, at: Ints) -> Floats:
    """Return the price of the characters at some bytes, those three and six bytes before being their neighbours."""
    model = load_model()
    ids = np.concatenate((np.zeros(6, dtype=np.int64), model.numbers(codes)))
    return model.after_each(ids[at], ids[at + 3], ids[at + 6])
