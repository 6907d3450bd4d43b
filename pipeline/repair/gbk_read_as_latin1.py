"""Undoes GBK that was read as Latin-1 or as cp1252: ½ÌÓý is 教育."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.misread_bytes import Code
from pipeline.repair.misread_lines import reread_lines
from pipeline.repair.utf8_read_as_latin1 import HIGH

CODE = Code(wrong="latin1", right="gbk")
PLACE_RE = lazy_re(
    rf"(?:[\xa1-\xff][{HIGH}@-~]|[{HIGH}][\xa1-\xff])(?:[^\n\u3400-\u9fff]{{0,4000}}[{HIGH}][@-~]?)?"
)  # ½ÌÓý
LETTER_RE = lazy_re(r"[\xa1-\xff]")
FEWEST_LETTERS = 3  # é, × and · stand alone in honest text


def gbk_read_as_latin1(text: str) -> list[Edit]:
    """Return the edits that read such runs as GBK again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "ËÄ¸öÇ¿»¯º»ÊµÔðÈÎ"
    >>> TracedText(damaged).edited(gbk_read_as_latin1(damaged), kind="gbk_read_as_latin1").text
    '四个强化夯实责任'

    French and German words stay: their bytes are no Chinese.
    """
    return reread_lines(text, CODE, places(text))


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans where bytes above 7F are printed as Latin-1 or cp1252 prints them, letters among them."""
    for match in PLACE_RE.finditer(text):
        if len(LETTER_RE.findall(match.group())) >= FEWEST_LETTERS:
            yield match.span()
