"""Finds which parts of a line were read under a wrong encoding, and how their bytes go on where some are lost.

Every printed character is its bytes under the wrong encoding; a lost sign is one or two unknown ones. A path
through a line goes by printed characters or by bytes, one, two or three to a step, and pays what the character
model asks for each character, and something to change sides. So a lost byte costs its own character and not the
rest of the line, and the print is always one of the paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.characters import load_model
from pipeline.repair.misread_bytes import HOLE, NO_BREAK_SPACE, NO_BYTE, Printed, characters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Steps = tuple[list[float], list[float], list[float], list[float] | None]

NEVER = -1e9
CHANGE = -8.0  # nats to go over from print to bytes, or back
ASCII = -4.0  # of an ASCII character
HALF = -15.0  # of a byte whose partner is missing without a sign
PARTNER_LOST = -6.0  # of a character with one byte lost
PAIR_LOST = -9.0  # of a character of UTF-8 with two bytes lost
TWO_CHARACTERS_CUT = -12.0  # of two characters: a sign for the last byte of one and the first of the other
WHOLE_LOST = -10.0  # of a sign that stands for a whole character, or for itself


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a line, in printed characters, that is read as bytes; each piece is the bytes of one step."""

    start: int
    end: int
    pieces: tuple[tuple[int, ...], ...]


def find_misread(printed: Printed, right: str) -> list[Misread]:
    """Return the parts of a text that are likelier as bytes of the right encoding than as they are printed."""
    steps = _utf8_steps(printed) if right == "utf-8" else _pair_steps(printed, right)
    as_printed = load_model().prices(printed.text).tolist()
    return list(_stretches(printed, *_best_path(printed, as_printed, steps)))


def _track(codes: Ints, stride: int) -> Floats:
    """Return the price of every character, the one `stride` bytes before it being its neighbour."""
    model = load_model()
    prices = np.empty(len(codes))
    for first in range(stride):
        text = codes[first::stride].astype(np.uint32).tobytes().decode("utf-32-le", "replace")
        prices[first::stride] = model.prices(text)
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
    """Return the prices of steps of one, two, three and five bytes from each byte on, for GBK and Big5."""
    first, second, third = _three_bytes(printed)
    known = (first >= 0x80) & (first < HOLE) & (second >= 0x40) & (second < HOLE)
    codes = np.where(known, characters(right)[np.where(known, first << 8 | second, 0)], 0).astype(np.int64)
    neighbours = np.where((codes == 0) & (second < 0x80), second, codes)
    twos = np.where(codes > 0, _track(neighbours, 2), NEVER)
    twos[(first >= 0x80) & (first < HOLE) & (second == HOLE)] = PARTNER_LOST
    twos[(first == HOLE) & (second >= 0x40) & (second < HOLE)] = PARTNER_LOST
    cut = (first >= 0x80) & (first < HOLE) & (second == HOLE) & (third >= 0x40) & (third < HOLE)
    threes = np.where(cut, TWO_CHARACTERS_CUT, NEVER)
    return _singles(printed.octets).tolist(), twos.tolist(), threes.tolist(), None


def _utf8_steps(printed: Printed) -> Steps:
    """Return the prices of steps of one, two, three and five bytes from each byte on, for UTF-8."""
    first, second, third = _three_bytes(printed)
    goes_on = [(byte >= 0x80) & (byte < 0xC0) for byte in (second, third)]
    begins, is_hole = (first >= 0xE2) & (first < 0xF0), [byte == HOLE for byte in (first, second, third)]
    whole = begins & goes_on[0] & goes_on[1]
    codes = np.where(whole, (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F, 0)
    whole &= ((codes < 0xD800) | (codes > 0xF8FF)) & (codes < 0xFFF0)
    threes = np.where(whole, _track(np.where(whole, codes, first), 3), NEVER)
    lost = (begins & is_hole[1] & goes_on[1]) | (begins & goes_on[0] & is_hole[2])
    lost |= is_hole[0] & goes_on[0] & goes_on[1]
    threes[lost] = PARTNER_LOST
    threes[begins & is_hole[1] & is_hole[2]] = PAIR_LOST
    two = (first >= 0xC2) & (first < 0xE0) & goes_on[0]
    twos = np.where(two, 2 * ASCII, NEVER)
    twos[begins & goes_on[0]] = HALF
    twos[begins & is_hole[1]] = PAIR_LOST
    cut = begins & goes_on[0] & is_hole[2]
    cut[:-2] &= goes_on[1][1:-1] & goes_on[1][2:]  # the two bytes behind the sign
    cut[-2:] = False
    fives = np.where(cut, TWO_CHARACTERS_CUT, NEVER).tolist() if cut.any() else None
    return _singles(printed.octets).tolist(), twos.tolist(), threes.tolist(), fives


def _best_path(
    printed: Printed, as_printed: list[float], steps: Steps
) -> tuple[list[int], list[bool], list[bool]]:
    """Return for each byte position the size of the best step into it (0: from the print), and the changes back.

    The second list tells for each character boundary whether the print is best entered from the bytes there,
    the third whether the path ends so.
    """
    ones, twos, threes, fives = steps
    starts = printed.starts.tolist()
    by_bytes = [NEVER] * (starts[-1] + 1)
    sizes = [0] * len(by_bytes)
    by_print, enters = 0.0, [False] * len(starts)
    by_bytes[0] = CHANGE
    boundary, following = 0, starts[1] if len(starts) > 1 else -1
    for at in range(1, len(by_bytes)):
        best, size = by_bytes[at - 1] + ones[at - 1], 1
        if at > 1:
            other = by_bytes[at - 2] + twos[at - 2]
            if other > best:
                best, size = other, 2
            if at > 2:
                other = by_bytes[at - 3] + threes[at - 3]
                if other > best:
                    best, size = other, 3
                if fives is not None and at > 4:
                    other = by_bytes[at - 5] + fives[at - 5]
                    if other > best:
                        best, size = other, 5
        if at == following:
            by_print += as_printed[boundary]
            boundary += 1
            following = starts[boundary + 1] if boundary + 1 < len(starts) else -1
            if by_print + CHANGE > best:
                best, size = by_print + CHANGE, 0
            elif best + CHANGE > by_print:
                by_print = best + CHANGE
                enters[boundary] = True
        by_bytes[at] = best
        sizes[at] = size
    return sizes, enters, [by_bytes[-1] > by_print]


def _stretches(
    printed: Printed, sizes: list[int], enters: list[bool], ends_in_bytes: list[bool]
) -> Iterator[Misread]:
    """Yield the parts that the best path goes through by bytes, from the first to the last."""
    octets, starts = printed.octets.tolist(), printed.starts.tolist()
    char_at = {start: number for number, start in enumerate(starts)}
    found: list[Misread] = []
    boundary, in_bytes = len(starts) - 1, ends_in_bytes[0]
    while boundary > 0:
        if not in_bytes:
            in_bytes = enters[boundary]
            boundary -= not in_bytes
            continue
        at, pieces = starts[boundary], []
        while at > 0 and sizes[at]:
            pieces.append(tuple(octets[at - sizes[at] : at]))
            at -= sizes[at]
        if pieces:
            found.append(Misread(char_at[at], boundary, tuple(reversed(pieces))))
        boundary, in_bytes = char_at[at], False
    yield from reversed(found)
