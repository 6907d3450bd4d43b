"""Prices a short text by its words, where the character model cannot tell two readings of the same bytes apart.

The character model knows the words of the texts it was counted from; jieba's dictionary and the names of counties
know more of them (專科, 畜牧場), so that a reading that is made of words is believed before one that is not.
"""

from __future__ import annotations

import functools
import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path

from pipeline.characters import load_model
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table
from pipeline.repair.gbk_table import is_hanzi

LONGEST_WORD = 4
WORD_RE = lazy_re(rf"(?m)^([\u3400-\u9fff]{{1,{LONGEST_WORD}}}) (\d{{1,9}}) ")
PLACE = 50.0  # occurrences with which the name of a place is counted
MARK = -3.0  # price of a mark, a digit or a letter, which are no words
IDS = 0xF0000  # code points of a private plane stand for ids
UNKNOWN_CHARACTER = 0.2  # occurrences of a character by itself that is no word


def word_score(text: str) -> float:
    """Return the log probability of the likeliest division of a text into words.

    >>> word_score("省級重點專科") > word_score("省級重點校科")
    True
    """
    return _score(text.translate(_folding()), [is_hanzi(char) for char in text])


def word_score_of_ids(ids: Sequence[int]) -> float:
    """Return the same for characters given as ids of the character model.

    >>> model = load_model()
    >>> ids = [[model.number(char) for char in name] for name in ("南谯区人民政府", "南谭区人民政府")]
    >>> word_score_of_ids(ids[0]) > word_score_of_ids(ids[1])
    True
    """
    hanzi = _hanzi_ids()
    return _score("".join(chr(IDS + number) for number in ids), [number in hanzi for number in ids])


def _score(folded: str, hanzi: Sequence[bool]) -> float:
    counts, total = _counts()
    best = [0.0]
    for end in range(1, len(folded) + 1):
        if hanzi[end - 1]:
            single = counts.get(folded[end - 1], UNKNOWN_CHARACTER)
            price = best[end - 1] + math.log(single / total)
        else:
            price = best[end - 1] + MARK
        for start in range(max(0, end - LONGEST_WORD), end - 1):
            count = counts.get(folded[start:end])
            if count:
                price = max(price, best[start] + math.log(count / total))
        best.append(price)
    return best[-1]


@functools.cache
def _folding() -> dict[int, int]:
    """Return code point -> id in the character model, by which traditional and simplified forms are one."""
    model = load_model()
    chars = (chr(code) for code in range(0x3400, 0xA000))
    return {ord(char): IDS + model.number(char) for char in chars if model.knows(char)}


@functools.cache
def _hanzi_ids() -> frozenset[int]:
    return frozenset(code - IDS for code in _folding().values())


@functools.cache
def _counts() -> tuple[dict[str, float], float]:
    """Return how often each word occurs, and the sum."""
    counts: dict[str, float] = {}
    spec = importlib.util.find_spec("jieba")  # its dictionary alone: the package would build its own tables
    if spec is not None and spec.origin is not None:
        found = WORD_RE.findall(Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8"))
        words = "\n".join([word for word, _ in found]).translate(_folding()).split("\n")
        counts = dict(zip(words, [float(count) for _, count in found], strict=True))
    for row in table("regions.csv"):
        for name in filter(None, (row["province"], row["city"], row["county"])):
            for form in (name, name[:-1])[: len(name) - 1]:
                folded = form.translate(_folding())
                counts[folded] = max(PLACE, counts.get(folded, 0.0))
    return counts, sum(counts.values())
