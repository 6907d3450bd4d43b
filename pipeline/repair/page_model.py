"""The character model with a memory of the page at hand: what stands intact elsewhere on it is likelier here."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter

import numpy as np
import numpy.typing as npt

from pipeline.characters import BREAK, UNSEEN, CharacterModel, code_points

MEMORY = 0.25  # the page's part in a price
TRIPLE, PAIR, SINGLE = 0.6, 0.3, 0.1  # parts of the page's own orders
MOST_KNOWN = 1 << 19  # prices remembered
NOT_ON_PAGE = math.log1p(-MEMORY)  # the price of what the page tells nothing of, above the model's
N_CLASSES = 6  # ids below this are classes (break, digit, letter, …), of which a page tells nothing


BOTH, TRADITIONAL, SIMPLIFIED = range(3)  # scripts


@functools.lru_cache(maxsize=1 << 15)
def script(char: str) -> int:
    """Return the script of a character: what only Big5 has is traditional, what only GB 2312 has simplified.

    >>> [script(char) for char in "發发展"] == [TRADITIONAL, SIMPLIFIED, BOTH]
    True
    """
    if char < "\u3400":
        return BOTH
    in_big5, in_gb = char.encode("big5", "ignore") != b"", char.encode("gb2312", "ignore") != b""
    return BOTH if in_big5 == in_gb else TRADITIONAL if in_big5 else SIMPLIFIED


def _counted(ids: npt.NDArray[np.int64]) -> dict[int, int]:
    """Return how often each number stands in an array in which many stand again."""
    found, counts = np.unique(ids, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


class PageModel:
    """Prices characters like the model, with the page's own wording counted in: all but what is damaged, or what is `learnt`.

    A character that was never counted costs `unseen` more, in nats.

    >>> from pipeline.characters import load_model
    >>> base = load_model()
    >>> page = PageModel(base, "實施“文化立校”項目,以文化立校", damaged=re.compile("x"))
    >>> page.score("立校”") > base.score("立校”")
    True
    """

    def __init__(
        self,
        base: CharacterModel,
        text: str,
        damaged: re.Pattern[str],
        *,
        learnt: str | None = None,
        unseen: float = 0.0,
    ) -> None:
        self._base = base
        self._unseen = unseen
        self.number = base.number
        learnt = "".join([f"{piece}\n\n" for piece in damaged.split(text if learnt is None else learnt)])
        ids = base.numbers(code_points(learnt))
        self.known: dict[int, float] = {}  # prices asked before, by first << 32 | second << 16 | third
        pairs = ids[:-1] << 16 | ids[1:]
        self._n_singles = len(ids)
        self._singles, self._pairs = _counted(ids), _counted(pairs)
        self._triples = Counter((pairs[:-1] << 16 | ids[2:]).tolist())
        scripts = Counter(script(char) for char in set(text))
        self._script = TRADITIONAL if scripts[TRADITIONAL] > scripts[SIMPLIFIED] else SIMPLIFIED

    def after(self, first: int, second: int, third: int) -> float:
        """Return the log probability of one id after two others."""
        key = first << 32 | second << 16 | third
        price = self.known.get(key)
        if price is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            price = self.known[key] = self._after(first, second, third)
        return price

    def _after(self, first: int, second: int, third: int) -> float:
        price = self._base.after(first, second, third)
        if third == UNSEEN:
            return price + self._unseen
        single = self._singles.get(third, 0)
        if not single or third < N_CLASSES:
            return price + NOT_ON_PAGE
        own = SINGLE * single / self._n_singles
        pair = self._pairs.get(second << 16 | third, 0)
        if pair:
            own += PAIR * pair / self._singles[second]
            triple = self._triples.get(first << 32 | second << 16 | third, 0)
            if triple:
                own += TRIPLE * triple / self._pairs[first << 16 | second]
        return math.log((1 - MEMORY) * math.exp(price) + MEMORY * own)

    def is_foreign(self, char: str) -> bool:
        """Tell whether a character is of the script, traditional or simplified, that is not the page's."""
        return script(char) not in (BOTH, self._script)

    def alone(self, char: str) -> tuple[int, float]:
        """Return how often a character stands on the page, and its price in no context."""
        return self._singles.get(self.number(char), 0), float(self._base.singles[ord(char)])

    def score(self, text: str, before: str = "") -> float:
        """Return the log probability of a text that follows `before`."""
        first = second = BREAK
        for char in before[-2:]:
            first, second = second, self.number(char)
        price = 0.0
        for char in text:
            number = self.number(char)
            price += self.after(first, second, number)
            first, second = second, number
        return price
