"""Signs of damage that whole lines show, and no pair of characters: lines that come twice, lines of one width."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.repair.doubled_lines import FEWEST_PAIRS, LEAST_SHARE, LONG_LINE
from pipeline.repair.hard_line_breaks import INDENT, NARROWEST, UNEVEN, WIDEST

FIRST_NARROW, LAST_NARROW = 0x20, 0x7E
LOST = [ord("?"), ord("\ufffd")]  # for a character
IN_COLUMNS = np.array([[0], [1]])  # a row for each way to count a line's width


def has_doubles(
    weight: npt.NDArray[np.uint32], codes: npt.NDArray[np.uint16], ends: npt.NDArray[np.int64]
) -> bool:
    """Tell whether some long lines may have the same letters, by the sum of their letters' weights.

    Where most have lost some of them, many begin or end alike.
    """
    is_long = np.diff(ends) > LONG_LINE
    n_long = int(np.count_nonzero(is_long))
    if n_long < 2:
        return n_long == 1 and _is_own_double(weight.take(codes[ends[0] : ends[-1]]))
    sums = np.add.reduceat(weight.take(codes), ends[:-1], dtype=np.uint32)  # of each line, wrapped
    n_same = _n_same(sums[is_long & (sums > 0)])  # 0 of a line of marks
    if n_same >= FEWEST_PAIRS or 2 * n_same == n_long:
        return True
    if not np.isin(codes, LOST).any():
        return False
    edge = np.arange(LONG_LINE // 2)
    n_alike = sum(
        _n_same(weight.take(codes.take(places)).sum(axis=1, dtype=np.uint32))
        for places in (ends[:-1][is_long, None] + edge, ends[1:][is_long, None] - 2 - edge)
    )
    return n_alike >= max(FEWEST_PAIRS, LEAST_SHARE / 2 * n_long)


def _is_own_double(weights: npt.NDArray[np.uint32]) -> bool:
    """Tell whether the letters of a page are the same ones twice: a line into which both copies were joined."""
    letters = weights[weights > 0]
    half = len(letters) // 2
    return half >= LONG_LINE and bool(np.array_equal(letters[:half], letters[half:]))


def _n_same(sums: npt.NDArray[np.uint32]) -> int:
    """Return how many sums another one equals."""
    sums = np.sort(sums)
    return int(np.count_nonzero(sums[1:] == sums[:-1]))


def has_even_lines(codes: npt.NDArray[np.uint16], ends: npt.NDArray[np.int64]) -> bool:
    """Tell whether two lines of about one width stand one behind the other, and a third behind them.

    Their width is counted in characters, and in columns of which letters and figures take half a one, spaces a quarter.
    """
    is_narrow = (codes >= FIRST_NARROW) & (codes <= LAST_NARROW)
    quarters = np.add.reduceat(
        2 * is_narrow + (codes == FIRST_NARROW), ends[:-1], dtype=np.int64
    )  # not filled
    sizes = ends[1:] - ends[:-1] - 1 - quarters // 4 * IN_COLUMNS
    first, second, third = sizes[:, :-2], sizes[:, 1:-1], sizes[:, 2:]
    is_even = (first >= NARROWEST) & (first <= WIDEST)
    is_even &= (second - first <= UNEVEN + INDENT) & (first - second <= UNEVEN)
    return bool((is_even & (third > 0) & (third <= np.maximum(first, second) + UNEVEN)).any())
