"""Undoes Big5 that was read as Latin-1 or as cp1252: ±Ð¨| is 教育."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.repair.gbk_read_as_latin1 import places
from pipeline.repair.misread_bytes import Code
from pipeline.repair.misread_lines import reread_lines

CODE = Code(wrong="latin1", right="big5")


def big5_read_as_latin1(text: str) -> list[Edit]:
    """Return the edits that read such runs as Big5 again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "±À°Ê¸q°È±Ð¨|Àu½è§¡¿Åµo®i"
    >>> TracedText(damaged).edited(big5_read_as_latin1(damaged), kind="big5_read_as_latin1").text
    '推動義務教育優質均衡發展'

    The same signs may be GBK, or a word of French: what reads no better as Chinese stays.
    """
    return reread_lines(text, CODE, places(text))
