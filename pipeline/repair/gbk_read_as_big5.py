"""Undoes GBK that was read as Big5: both take two bytes to a character, so that all looks Chinese and nothing is."""

from __future__ import annotations

import re

from pipeline.edits import Edit
from pipeline.repair.misread_bytes import Code
from pipeline.repair.misread import odd_spans
from pipeline.repair.misread_lines import price_of, reread_lines

BROWSERS, OLD = Code(wrong="big5", right="gbk"), Code(wrong="old big5", right="gbk")
TWO_PLACES_RE = re.compile(r"[ЁА-яё①-⑩⑴-⑽々ぁ-ヾ═-╰]")  # ッ, Ч: 强 under one order of Big5 or the other


def gbk_read_as_big5(text: str) -> list[Edit]:
    """Return the edits that read runs without sense as GBK again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "侐跺ッ趙獄妗斐膘孮￤"
    >>> TracedText(damaged).edited(gbk_read_as_big5(damaged), kind="gbk_read_as_big5").text
    '四个强化夯实创建责任'

    A lost byte costs its own character, U+FFFD if it cannot be told. A run that reads no better stays.
    """
    places = odd_spans(text)
    edits = reread_lines(text, BROWSERS, places)
    if edits and TWO_PLACES_RE.search(text):
        others = reread_lines(text, OLD, places)
        if price_of(text, others) > price_of(text, edits):
            return others
    return edits
