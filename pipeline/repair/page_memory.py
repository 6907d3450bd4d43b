"""What stands intact on a page, as counts of neighbours: it is likelier elsewhere on that page."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.characters import MOST_COMMON, CharacterModel, Floats, Ints

SHARE = 0.25  # the page's part in a price,
PAIR, TRIPLE = 0.3, 0.6  # and the parts of its own orders in that
N_CLASSES = 6  # ids below this are classes (break, digit, letter, …), of which a page tells nothing


class PageMemory:
    """Prices many characters at once like the model, with the page's own wording counted in.

    >>> from pipeline.characters import load_model
    >>> model = load_model()
    >>> ids = np.array([model.number(char) for char in "容城县服装业，容城县教育局"])
    >>> here, place = PageMemory(model, ids), (ids[:1], ids[1:2], ids[2:3])
    >>> bool(here.after_each(*place)[0] > model.after_each(*place)[0])
    True
    """

    def __init__(self, model: CharacterModel, ids: Ints) -> None:
        """Count the ids of a text; negative ones are gaps in it."""
        self._model = model
        whole = (ids[:-1] >= 0) & (ids[1:] >= 0) if len(ids) > 1 else np.zeros(0, dtype=np.bool_)
        pairs = _packed(ids[:-1], ids[1:])[whole]
        triples = _packed(_packed(ids[:-2], ids[1:-1]), ids[2:])[whole[:-1] & whole[1:]]
        self._pairs, self._triples = _Counts(pairs), _Counts(triples)
        self._may_be = np.zeros(1 << 16, dtype=np.bool_)
        self._may_be[_mixed(ids[:-1], ids[1:])[whole]] = True
        self._singles = np.bincount(ids[ids >= 0], minlength=1 << 16)

    def roughly(self, second: Ints, third: Ints) -> npt.NDArray[np.float32]:
        """Return about the log probability of each id in the rows of `third` after the one that `second` has for that row."""
        pairs = self._model.common_pairs
        prices: npt.NDArray[np.float32] = pairs.price[
            pairs.table[(pairs.rank[second] * MOST_COMMON)[:, None] + pairs.rank[third]]
        ]
        row, column = np.nonzero(self._may_be[_mixed(second[:, None], third)])
        if len(row):
            one, two = second[row], third[row, column]
            pair = np.where(two < N_CLASSES, 0, self._pairs.of(_packed(one, two)))
            own = SHARE * np.minimum((PAIR + TRIPLE) * pair / np.maximum(self._singles[one], 1), 1.0)
            prices[row, column] = np.log((1 - SHARE) * np.exp(prices[row, column]) + own)
        return prices

    def after_each(self, first: Ints, second: Ints, third: Ints) -> Floats:
        """Return the log probability of each id after two others."""
        price = self._model.after_each(first, second, third)
        pair = self._pairs.of(_packed(second, third))
        pair = np.where(third < N_CLASSES, 0, pair)
        seen = np.flatnonzero(pair)
        if len(seen):
            a, b, c = first.ravel()[seen], second.ravel()[seen], third.ravel()[seen]
            before = self._pairs.of(_packed(a, b))
            triple = self._triples.of(_packed(_packed(a, b), c))
            own = PAIR * pair.ravel()[seen] / np.maximum(self._singles[b], 1)
            own += TRIPLE * triple / np.maximum(before, 1)
            flat = price.ravel()
            flat[seen] = np.log((1 - SHARE) * np.exp(flat[seen]) + SHARE * np.minimum(own, 1.0))
            price = flat.reshape(price.shape)
        return price


class _Counts:
    """How often each number occurs in an array."""

    def __init__(self, keys: Ints) -> None:
        self._keys, self._counts = np.unique(np.append(keys, -1), return_counts=True)

    def of(self, wanted: Ints) -> Ints:
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[at] == wanted, self._counts[at], 0)


def _mixed(first: Ints, second: Ints) -> Ints:
    """Return 16 bits that tell most pairs apart."""
    return first * 40503 + second & 0xFFFF


def _packed(first: Ints, second: Ints) -> Ints:
    return first << 16 | second
