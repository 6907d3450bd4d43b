"""Undoes Big5 that was read as GBK: both take two bytes to a character, so that all looks Chinese and nothing is."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.repair.misread import odd_spans
from pipeline.repair.misread_bytes import Code
from pipeline.repair.misread_lines import reread_lines


def big5_read_as_gbk(text: str) -> list[Edit]:
    """Return the edits that read runs without sense as Big5 again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "崩笆竡叭毙▅纔借А颗祇甶"
    >>> TracedText(damaged).edited(big5_read_as_gbk(damaged), kind="big5_read_as_gbk").text
    '推動義務教育優質均衡發展'

    A lost byte costs its own character, U+FFFD if it cannot be told. A run that reads no better stays.
    """
    return reread_lines(text, Code(wrong="gbk", right="big5"), odd_spans(text))
