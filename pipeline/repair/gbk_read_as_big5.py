"""Undoes GBK that was read as Big5: both take two bytes to a character, so that all looks Chinese and nothing is."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.repair.misread import reread


def gbk_read_as_big5(text: str) -> list[Edit]:
    """Return the edits that read runs without sense as GBK again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "侐跺ッ趙獄妗斐膘孮￤"
    >>> TracedText(damaged).edited(gbk_read_as_big5(damaged), kind="gbk_read_as_big5").text
    '四个强化夯实创建责任'

    A run that has a byte too few, or reads no better, stays.
    """
    return list(reread(text, wrong="big5hkscs", right="gb18030"))
