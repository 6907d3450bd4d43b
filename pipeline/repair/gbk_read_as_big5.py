"""Undoes GBK that was read as Big5: both take two bytes to a character, so that all looks Chinese and nothing is."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.repair.misread import edit_if_believed, odd_runs, read_again


def gbk_read_as_big5(text: str) -> list[Edit]:
    """Return the edits that read runs without sense as GBK again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "侐跺ッ趙獄妗斐膘孮￤"
    >>> TracedText(damaged).edited(gbk_read_as_big5(damaged), kind="gbk_read_as_big5").text
    '四个强化夯实创建责任'

    A run that has a byte too few, or reads no better, stays.
    """
    edits: list[Edit] = []
    for start, end in odd_runs(text):
        edits += edit_if_believed(text, start, end, read_again(text[start:end], "big5hkscs", "gb18030"))
    return edits
