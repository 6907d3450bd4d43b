"""Finds which parts of a line were read under a wrong encoding, and how their bytes go on where some are lost.

Every printed character is its bytes under the wrong encoding; a lost sign is one or two unknown ones. A path
through a line goes by printed characters or by bytes, one, two or three to a step, and pays what the character
model asks for each character, and something to change sides. So a lost byte costs its own character and not the
rest of the line, and the print is always one of the paths.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pipeline.characters import Bools, Floats, Ints, code_points, load_model
from pipeline.repair.misread_bytes import Code, Printed
from pipeline.repair.misread_steps import NEVER, Steps, steps_of

CHANGE = -8.0  # nats to go over from print to bytes, or back,
AT_EDGE = -2.0  # and the same at either end of a line, where misread text begins and ends
EDGES = (0x0A, 0xFFFF)  # line ends, and what stands between places that are searched together
GOOD = -9.0  # nats of a character that is likely read rightly; chance costs 12 and more
AHEAD = 3  # good characters in a row that need no second look
MANY = 400  # bytes beyond ASCII in which chance would see something,
FEWEST_ROWS = 3  # and places where such rows must begin in them; by chance one of 10,000 does
SHORTEST = 3  # steps of a part
CLEAR = 20.0  # nats by which the bytes are better than the print where that is so


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a text, in printed characters, that is read as bytes.

    `bounds` are where its steps begin in the bytes of the text, with the end of the last; `codes` is the code point
    of each step, 0 where a byte is lost or missing, and `mean` the price of one that has all its bytes.
    """

    start: int
    end: int
    bounds: Ints
    codes: Ints
    mean: float


def find_misread(printed: Printed, code: Code) -> tuple[list[Misread], Code]:
    """Return the parts of a text that are likelier as bytes of the right encoding than as they are printed.

    The code comes back with what the lost signs of this text stand for.
    """
    steps = steps_of(printed, code.right)
    is_good = _good_rows(steps)
    if np.count_nonzero(printed.octets >= 0x80) > MANY and np.count_nonzero(is_good) < FEWEST_ROWS:
        return [], code
    as_printed = load_model().prices(printed.text).tolist()
    paths = _stretches(printed, *_best_path(printed, as_printed, steps, _runs(steps, is_good)))
    return [_misread(printed, steps, *path) for path in paths], replace(code, by_pairs=steps.by_pairs)


def _good_rows(steps: Steps) -> Bools:
    """Tell for each byte, and for the end, whether a row of good characters begins there."""
    prices = steps.twos if steps.whole == 2 else steps.threes
    good = np.append((prices > GOOD) & (steps.codes > 0), [False] * (steps.whole * AHEAD + 1))
    n = len(prices) + 1
    rows = good[:n].copy()
    for ahead in range(1, AHEAD):
        rows &= good[ahead * steps.whole :][:n]
    return rows


def _runs(steps: Steps, is_good: Bools) -> tuple[list[int], list[float]]:
    """Return for each byte where the row of good characters that begins there ends, 0 for none, and its price."""
    n, whole = len(is_good), steps.whole
    ends, prices = np.zeros(n, dtype=np.int64), np.zeros(n)
    own = np.append(steps.twos if whole == 2 else steps.threes, NEVER)
    for first in range(whole):
        good = is_good[first::whole]
        number = np.arange(len(good))
        end = np.minimum.accumulate(np.where(good, n, number)[::-1])[
            ::-1
        ]  # the end of the text is no good one
        before = np.concatenate(([0.0], np.cumsum(np.where(good, own[first::whole], 0.0))))
        ends[first::whole] = np.where(good, end * whole + first, 0)
        prices[first::whole] = before[np.minimum(end, len(good))] - before[number]
    return ends.tolist(), prices.tolist()


def _misread(printed: Printed, steps: Steps, start: int, end: int, bounds: Ints) -> Misread:
    begin, sizes = bounds[:-1], np.diff(bounds)
    codes, octets = steps.codes[begin], printed.octets[begin]
    whole = (sizes == steps.whole) & (codes > 0)
    prices = (steps.twos if steps.whole == 2 else steps.threes)[begin[whole]]
    codes[~whole] = 0
    alone = (sizes == 1) & (octets < 0x80)
    codes[alone] = octets[alone]
    if steps.whole == 3:
        two = np.flatnonzero((sizes == 2) & (octets >= 0xC2) & (octets < 0xE0))
        codes[two] = (octets[two] & 0x1F) << 6 | printed.octets[begin[two] + 1] & 0x3F
    return Misread(start, end, bounds, codes, float(prices.mean()) if len(prices) else NEVER)


def _best_path(
    printed: Printed, as_printed: list[float], steps: Steps, runs: tuple[list[int], list[float]]
) -> tuple[list[int], list[bool], list[bool]]:
    """Return for each byte position the size of the best step into it (0: from the print), and the changes back.

    The second list tells for each character boundary whether the print is best entered from the bytes there,
    the third whether the path ends so. Where the bytes are clearly better and a row of good characters begins
    (`runs`), no other path is looked at.
    """
    ones, twos, threes = (
        _into(prices, size) for size, prices in ((1, steps.ones), (2, steps.twos), (3, steps.threes))
    )
    fives = _into(steps.fives, 5) if steps.fives is not None else None
    whole, prices = steps.whole, twos if steps.whole == 2 else threes
    run_ends, run_prices = runs
    starts = [*printed.starts.tolist(), -1]
    n_bytes = starts[-2]
    sizes, enters = [0] * (n_bytes + 1), [False] * (len(starts) - 1)
    changes = _changes(printed)
    by_print, best = 0.0, changes[0]
    two_ago = three_ago = four_ago = five_ago = NEVER  # what the bytes cost up to these
    boundary, following = 0, starts[1]
    at = 0
    while at < n_bytes:
        at += 1
        one_ago = best
        best, size = one_ago + ones[at], 1
        other = two_ago + twos[at]
        if other > best:
            best, size = other, 2
        other = three_ago + threes[at]
        if other > best:
            best, size = other, 3
        if fives is not None and five_ago + fives[at] > best:
            best, size = five_ago + fives[at], 5
        if at == following:
            by_print += as_printed[boundary]
            boundary += 1
            following = starts[boundary + 1]
            change = changes[boundary]
            if by_print + change > best:
                best, size = by_print + change, 0
            elif best + change > by_print:
                by_print = best + change
                enters[boundary] = True
        sizes[at] = size
        five_ago, four_ago, three_ago, two_ago = four_ago, three_ago, two_ago, one_ago
        if run_ends[at] and size == whole and best > by_print + CLEAR:
            start, at = at, run_ends[at]
            best += run_prices[start]
            sizes[start + whole : at + 1 : whole] = [whole] * ((at - start) // whole)
            five_ago = four_ago = three_ago = two_ago = NEVER
            if whole == 2:
                three_ago = best - prices[at]
            else:
                four_ago = best - prices[at]
            boundary = bisect_right(starts, at, boundary, len(starts) - 1) - 1
            following = starts[boundary + 1]
            enters[boundary] = starts[boundary] == at
            by_print = best + changes[boundary] if enters[boundary] else NEVER
    return sizes, enters, [best > by_print]


def _changes(printed: Printed) -> list[float]:
    """Return what it costs to change sides before each character, and at the end."""
    is_edge = np.concatenate(([True], np.isin(code_points(printed.text), EDGES), [True]))
    costs: list[float] = np.where(is_edge[:-1] | is_edge[1:], AT_EDGE, CHANGE).tolist()
    return costs


def _into(prices: Floats, size: int) -> list[float]:
    """Return for each byte, and for the end, what the step of a size costs that ends there."""
    into: list[float] = prices[: len(prices) - size + 1].tolist()
    return [NEVER] * size + into


def _stretches(
    printed: Printed, sizes: list[int], enters: list[bool], ends_in_bytes: list[bool]
) -> Iterator[tuple[int, int, Ints]]:
    """Yield the parts that the best path goes through by bytes, from the first to the last."""
    starts = printed.starts.tolist()
    boundaries = printed.starts
    found: list[tuple[int, int, Ints]] = []
    boundary, in_bytes = len(starts) - 1, ends_in_bytes[0]
    while boundary > 0:
        if not in_bytes:
            in_bytes = enters[boundary]
            boundary -= not in_bytes
            continue
        at = starts[boundary]
        bounds = [at]
        while at > 0 and sizes[at]:
            at -= sizes[at]
            bounds.append(at)
        first = int(np.searchsorted(boundaries, at))
        if len(bounds) > SHORTEST:
            found.append((first, boundary, np.array(bounds[::-1], dtype=np.int64)))
        boundary, in_bytes = first, False
    yield from reversed(found)
