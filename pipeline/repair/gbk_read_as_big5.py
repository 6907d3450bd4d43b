"""Undoes GBK that was read as Big5: both take two bytes to a character, so that all looks Chinese and nothing is."""

from __future__ import annotations

import numpy as np

from pipeline.characters import Ints
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.misread import odd_spans
from pipeline.repair.misread_bytes import Code, to_bytes
from pipeline.repair.misread_lines import reread_lines, windows
from pipeline.repair.misread_steps import NEVER, steps_of

BROWSERS, OLD = Code(wrong="big5", right="gbk"), Code(wrong="old big5", right="gbk")
TWO_PLACES_RE = lazy_re(r"[ЁА-яё①-⑩⑴-⑽々ぁ-ヾ═-╰]")  # ッ, Ч: 强 under one order of Big5 or the other
ORDERED_RE = lazy_re(
    rf"{TWO_PLACES_RE.pattern}|[\ue000-\uf8ff]"
)  # all that the orders have different bytes for

MOST_LINES, MOST_CHARS = 40, 4000  # looked at to tell which
UNLIKELY = -15.0  # nats: a character is dearer than that only in its rarity


def gbk_read_as_big5(text: str) -> list[Edit]:
    """Return the edits that read runs without sense as GBK again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "侐跺ッ趙獄妗斐膘孮￤"
    >>> TracedText(damaged).edited(gbk_read_as_big5(damaged), kind="gbk_read_as_big5").text
    '四个强化夯实创建责任'

    A lost byte costs its own character, U+FFFD if it cannot be told. A run that reads no better stays.
    """
    places = odd_spans(text)
    is_told = any(ORDERED_RE.search(text, *window) for window in windows(text, places))
    return reread_lines(text, _likelier_order(text) if is_told else BROWSERS, places)


def _likelier_order(text: str) -> Code:
    """Return the code whose order of kana and Cyrillic letters makes better Chinese of those in a text."""
    lines = [line for line in text.split("\n") if TWO_PLACES_RE.search(line)][:MOST_LINES]
    if not lines:
        return BROWSERS
    sample = "\n".join(lines)[:MOST_CHARS]
    at = np.array([match.start() for match in TWO_PLACES_RE.finditer(sample)], dtype=np.int64)
    return max((BROWSERS, OLD), key=lambda code: _price(sample, at, code))


def _price(sample: str, at: Ints, code: Code) -> tuple[float, float]:
    """Return what the characters cost whose bytes some printed ones are, in step or out of step with the print.

    The second price tells also how rare the rare ones are, and decides where the first is the same.
    """
    printed = to_bytes(sample, code.wrong)
    twos = np.append(steps_of(printed, code.right).twos, NEVER)
    first = printed.starts[at]
    likely, rare = (np.maximum(twos, least) for least in (UNLIKELY, 2 * UNLIKELY))
    prices = [
        float(np.maximum(each[first], each[first - 1] + each[first + 1]).sum()) for each in (likely, rare)
    ]
    return prices[0], prices[1]
