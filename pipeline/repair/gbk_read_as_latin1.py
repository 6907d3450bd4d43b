"""Undoes GBK that was read as Latin-1 or as cp1252: ½ÌÓý is 教育."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.repair.misread import edit_if_believed
from pipeline.repair.utf8_read_as_latin1 import BYTE_OF, CP1252

HIGH = "\x80-\xff" + "".join(map(re.escape, CP1252))
MISREAD_RE = re.compile(
    rf"[{HIGH}]{{2}}(?:[{HIGH}]|[@-~](?=[{HIGH}])|[ -?]{{1,20}}(?=[{HIGH}]{{2}})){{2,8000}}[@-~]?"
)  # ½ÌÓý
LETTER_RE = re.compile(r"[\xa1-\xff]")
FEWEST_LETTERS = 3  # é, × and · stand alone in honest text


def gbk_read_as_latin1(text: str) -> list[Edit]:
    """Return the edits that read such runs as GBK again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "ËÄ¸öÇ¿»¯º»ÊµÔðÈÎ"
    >>> TracedText(damaged).edited(gbk_read_as_latin1(damaged), kind="gbk_read_as_latin1").text
    '四个强化夯实责任'

    French and German words stay: their bytes are no Chinese.
    """
    return [edit for match in MISREAD_RE.finditer(text) for edit in _edits(text, match)]


def _edits(text: str, match: re.Match[str]) -> Iterator[Edit]:
    if len(LETTER_RE.findall(match.group())) < FEWEST_LETTERS:
        return
    for end in (
        match.end(),
        match.end() - 1,
    ):  # the ASCII character at the end may or may not be a second byte
        octets = bytes(ord(c) if c.isascii() else BYTE_OF[c] for c in text[match.start() : end])
        try:
            reading = octets.decode("gbk")
        except UnicodeDecodeError:
            continue
        edits = list(edit_if_believed(text, match.start(), end, reading))
        if edits:
            yield edits[0]
            return
