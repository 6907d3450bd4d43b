"""What each repair has to see before it is asked: one look at a text tells which of them could find anything.

All signs (sign_rules.py) are compiled into one table, so that clean text passes at a hundred MB a second however many
repairs there are; line_signs.py has those of whole lines.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.characters import code_points, load_model
from pipeline.lexicon import model_path
from pipeline.repair.gbk_table import ODD_BEHIND
from pipeline.repair.line_signs import has_doubles, has_even_lines
from pipeline.repair.sign_rules import STORED, build, rules_digest

FEWEST = {"misread_twice": 4, "stray_commas": 3}  # signs that a kind must show; else one
FEWEST_IN_LINE = {"injected_spam": 3}  # the same, in one line
BEHIND, NEAR = {"gbk_bytes_dropped": ODD_BEHIND}, 8  # what a sign of a kind must stand near behind
SEVERAL = frozenset(FEWEST) | frozenset(FEWEST_IN_LINE)


@dataclass(frozen=True, slots=True)
class _Table:
    """Characters in classes by the signs they begin and end, and for each pair of classes the kinds it is a sign of."""

    bits: dict[str, np.uint32]  # of each kind in a pair
    all_kinds: frozenset[str]  # and those whose signs are no pairs
    # of each code point: its class as a first one in the higher byte, as a second one in the lower
    classes: npt.NDArray[np.uint16]
    pairs: npt.NDArray[np.uint32]
    weight: npt.NDArray[np.uint32]  # of each letter in the sum that equal lines share; 0 of a mark


class Signs:
    """The signs of damage that a text shows: kinds it shows one of, and kinds that are missing theirs.

    >>> sorted(Signs("推進多樣舞&提升，達到９８．５％").kinds)
    ['ampersand_for_tai', 'full_width_forms']
    """

    __slots__ = ("_shown", "_text", "kinds", "missing")

    def __init__(self, text: str) -> None:
        table = _table()
        codes = code_points(f"\n{text}\n")
        classes = table.classes.take(codes)
        ends = np.flatnonzero(codes == ord("\n"))  # of lines, and where the first one begins
        self._text = text
        self._shown = table.pairs.take(classes[:-1] & 0xFF00 | classes[1:] & 0xFF)
        seen = np.bitwise_or.reduce(self._shown)
        kinds = [kind for kind, bit in table.bits.items() if seen & bit] if seen else []
        shown = {kind for kind in kinds if kind not in SEVERAL or self._has_enough(kind, ends)}
        if has_doubles(table.weight, codes, ends):
            shown.add("doubled_document")
        if has_even_lines(codes, ends):
            shown.add("hard_line_breaks")
        self.kinds = frozenset(shown)
        self.missing = table.all_kinds - shown

    def lines(self, kind: str) -> Iterator[tuple[int, int]]:
        """Yield the span of each line that shows a sign of a kind, the second character of a pair in it."""
        end, behind = -1, BEHIND.get(kind)
        for place in self._places(kind).tolist():
            if place <= end or (behind and not self._is_near(place, behind)):
                continue
            start = self._text.rfind("\n", 0, place) + 1
            end = self._text.find("\n", place)
            end = len(self._text) if end < 0 else end
            yield start, end

    def _is_near(self, place: int, behind: frozenset[str]) -> bool:
        """Tell whether a sign stands near behind one of some characters, and is no word of more letters."""
        if behind.isdisjoint(self._text[place - NEAR if place > NEAR else 0 : place]):
            return False
        return place + 1 == len(self._text) or not self._text[place : place + 2].isascii()

    def _has_enough(self, kind: str, ends: npt.NDArray[np.int64]) -> bool:
        """Tell whether the signs of a kind that must show several are as many."""
        if kind in FEWEST_IN_LINE:
            line = np.searchsorted(ends, self._places(kind))
            apart = FEWEST_IN_LINE[kind] - 1
            return bool((line[apart:] == line[:-apart]).any())
        return len(self._places(kind)) >= FEWEST[kind]

    def _places(self, kind: str) -> npt.NDArray[np.int64]:
        return np.flatnonzero((self._shown & _table().bits[kind]) != 0)  # of the second character


@functools.cache
def _table() -> _Table:
    with np.load(model_path(STORED), allow_pickle=False) as stored:
        arrays: dict[str, Any] = {name: stored[name] for name in stored.files}
    if str(arrays["rules"]) != rules_digest():
        arrays = build()
    kinds = tuple(arrays["kinds"].tolist())
    # mixed, so that few lines share a sum by chance
    weight = np.arange(1, 65537, dtype=np.uint32)
    for factor, shift in ((0x9E3779B1, 15), (0x85EBCA77, 13)):
        weight *= np.uint32(factor)
        weight ^= weight >> np.uint32(shift)
    weight[np.unpackbits(arrays["marks"]).astype(np.bool_)] = 0
    forms = load_model().one_form  # a copy may be in traditional characters
    weight[[*forms]] = weight[[*forms.values()]]
    all_kinds = frozenset(kinds) | {"doubled_document", "hard_line_breaks"}
    bits = {kind: np.uint32(1 << number) for number, kind in enumerate(kinds)}
    return _Table(bits, all_kinds, arrays["classes"], arrays["pairs"], weight)
