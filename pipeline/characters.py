"""The character model: how likely a reading is as Chinese policy prose.

A trigram model over characters, traditional and simplified forms counted as one, digits and letters as classes.
`scripts/build_character_model.py` fits it; models/characters.md says from what. All prices are natural logarithms.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.key_index import KeyIndex
from pipeline.lexicon import model_path

BREAK, UNSEEN = 0, 1  # ids of the line break and of characters never counted
ASTRAL = 0xD800  # stands for every character beyond the basic plane, as half of its surrogate pair
MOST_COMMON = 3072  # characters with a table of all their pairs
IDEOGRAPHS = range(0x3400, 0xA000)
SHORT = 30  # characters up to which a plain loop is faster than numpy
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CommonPairs:
    """The price of each of MOST_COMMON characters behind each other one, as steps; rarer ones are one dear character."""

    rank: Ints  # of each id
    table: npt.NDArray[np.uint8]  # one row of MOST_COMMON behind the other
    price: npt.NDArray[np.float32]  # of each number of steps


class CharacterModel:
    """Prices characters in context; build once (`load_model`) and pass it on."""

    def __init__(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        step = -float(arrays["step"])
        self._price = tuple(step * k for k in range(256))
        self._prices: Floats = np.array(self._price)
        self._table = arrays["table"]
        self._start = arrays["pair_start"].astype(np.int64)
        self._arrays = arrays
        size = len(arrays["single"])
        counts = arrays["triple_count"].astype(np.int64)
        triple_start = np.concatenate(([0], np.cumsum(counts)))
        self._size = size
        # memoryviews give plain ints: scalar look-ups through numpy would cost five times as much
        self._ids = self._table.data
        self._single = arrays["single"].data
        self._back = arrays["back"].data
        self._pair_start = self._start.data
        self._pair_next = arrays["pair_next"].data
        self._pair = arrays["pair"].data
        self._pair_back = arrays["pair_back"].data
        self._triple_start = triple_start.data
        self._triple_next = arrays["triple_next"].data
        self._triple = arrays["triple"].data
        self._indexes: tuple[KeyIndex, KeyIndex] | None = None

    @classmethod
    def load(cls, path: Path) -> CharacterModel:
        """Read a model that the script wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls({name: stored[name] for name in stored.files})

    def number(self, char: str) -> int:
        """Return the id of a character: one id for 發 and 发, for ， and a comma, for all digits."""
        code = ord(char)
        return self._ids[code] if code < 65536 else UNSEEN

    def knows(self, char: str) -> bool:
        """Tell whether a character was ever counted."""
        return self.number(char) != UNSEEN

    def after(self, first: int, second: int, third: int) -> float:
        """Return the log probability of one id after two others."""
        price = self._price
        start, end = self._pair_start[second], self._pair_start[second + 1]
        at = bisect_left(self._pair_next, third, start, end)
        if at < end and self._pair_next[at] == third:
            lower = price[self._pair[at]]
        else:
            lower = price[self._back[second]] + price[self._single[third]]
        start, end = self._pair_start[first], self._pair_start[first + 1]
        at = bisect_left(self._pair_next, second, start, end)
        if at >= end or self._pair_next[at] != second:
            return lower
        start, end = self._triple_start[at], self._triple_start[at + 1]
        here = bisect_left(self._triple_next, third, start, end)
        if here < end and self._triple_next[here] == third:
            return price[self._triple[here]]
        return price[self._pair_back[at]] + lower

    def score(self, text: str, before: str = "\n\n") -> float:
        """Return the log probability of a text that follows `before`.

        >>> model = load_model()
        >>> model.score("加强学校基层党组织") > model.score("加强学?；鶎狱h组织")
        True
        """
        if len(text) > SHORT:
            return float(self.prices(text, before).sum())
        first, second = ([BREAK, BREAK] + [self.number(char) for char in before[-2:]])[-2:]
        total = 0.0
        for char in text:
            number = self.number(char)
            total += self.after(first, second, number)
            first, second = second, number
        return total

    @functools.cached_property
    def singles(self) -> Floats:
        """Return the log probability of every code point by itself, one below 65536 at its own index."""
        prices: Floats = self._prices[self._arrays["single"]][self._table]
        return prices

    def prices(self, text: str, before: str = "\n\n") -> Floats:
        """Return the log probability of every character of a text that follows `before`."""
        ids = np.concatenate(([BREAK, BREAK], self.numbers(code_points(before + text))))
        return self.after_each(ids[:-2], ids[1:-1], ids[2:])[len(before) :]

    def numbers(self, codes: npt.NDArray[Any]) -> Ints:
        """Return the id of every code point, each below 65536."""
        numbers: Ints = self._table.take(codes).astype(np.int64)
        return numbers

    @functools.cached_property
    def one_form(self) -> dict[int, int]:
        """The ideographs that share an id with another, each to the first of them: for `str.translate`.

        >>> "後勤保障體系".translate(load_model().one_form) == "后勤保障体系".translate(load_model().one_form)
        True
        """
        first: dict[int, int] = {}
        forms: dict[int, int] = {}
        for code, number in enumerate(
            self._table[IDEOGRAPHS.start : IDEOGRAPHS.stop].tolist(), IDEOGRAPHS.start
        ):
            if number != UNSEEN and first.setdefault(number, code) != code:
                forms[code] = first[number]
        return forms

    def after_each(self, first: Ints, second: Ints, third: Ints) -> Floats:
        """Return what `after` returns, of arrays of ids that have one shape.

        >>> model = load_model()
        >>> one, two, three = map(model.number, "教育部")
        >>> prices = model.after_each(np.array([one]), np.array([two]), np.array([three]))
        >>> bool(prices[0] == model.after(one, two, three))
        True
        """
        price, arrays = self._prices, self._arrays
        pair_index, triple_index = self._key_indexes()
        lower = self.after_one(second, third)
        pair_first, has_first = pair_index.find(first * self._size + second)
        # one of which no pair was counted has no triple either
        found, has_triple = triple_index.find(np.where(has_first, pair_first * self._size + third, 0))
        upper = np.where(
            has_triple,
            price.take(arrays["triple"].take(found)),
            price.take(arrays["pair_back"].take(pair_first)) + lower,
        )
        prices: Floats = np.where(has_first, upper, lower)
        return prices

    def after_one(self, second: Ints, third: Ints) -> Floats:
        """Return the log probability of each id after one other, whatever stands before that."""
        price, arrays = self._prices, self._arrays
        places, has_pair = self._key_indexes()[0].find(second * self._size + third)
        backed_off = price.take(arrays["back"].take(second)) + price.take(arrays["single"].take(third))
        lower: Floats = np.where(has_pair, price.take(arrays["pair"].take(places)), backed_off)
        return lower

    @functools.cached_property
    def common_pairs(self) -> CommonPairs:
        """Return the pairs of the commonest characters, to be looked up fast where a rough price will do."""
        arrays = self._arrays
        rank = np.full(self._size, MOST_COMMON - 1, dtype=np.int64)  # all others share the last one
        order = np.argsort(arrays["single"], kind="stable")[: MOST_COMMON - 1]
        rank[order] = np.arange(len(order))
        ids = np.append(order, np.full(MOST_COMMON - len(order), UNSEEN))
        steps = arrays["back"][ids].astype(np.uint16)[:, None] + arrays["single"][ids].astype(np.uint16)
        table = np.minimum(steps, 255).astype(np.uint8)
        rows = rank[np.repeat(np.arange(self._size), np.diff(self._start))]
        table[rows, rank[arrays["pair_next"]]] = arrays["pair"]
        table[-1], table[:, -1] = 255, 255
        return CommonPairs(rank, table.ravel(), self._prices.astype(np.float32))

    def _key_indexes(self) -> tuple[KeyIndex, KeyIndex]:
        if self._indexes is None:  # only whole texts need them
            arrays = self._arrays
            rows = np.repeat(np.arange(self._size), np.diff(self._start))
            pairs = np.repeat(np.arange(len(rows)), arrays["triple_count"])
            self._indexes = (
                KeyIndex(rows * self._size + arrays["pair_next"]),
                KeyIndex(pairs * self._size + arrays["triple_next"]),
            )
        return self._indexes


def code_points(text: str) -> npt.NDArray[np.uint16]:
    """Return the code point of each character; one number stands for all beyond the basic plane.

    >>> code_points("政𠀀").tolist() == [ord("政"), ASTRAL]
    True
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):
        return np.frombuffer(units, dtype=np.uint16)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where(codes < 65536, codes, ASTRAL).astype(np.uint16)


@functools.cache
def load_model() -> CharacterModel:
    """Return the model of models/characters.npz, read once."""
    return CharacterModel.load(model_path("characters.npz"))
