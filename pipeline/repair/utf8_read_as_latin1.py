"""Undoes UTF-8 that was read as Latin-1 or as cp1252: æ•™è‚² is 教育."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.misread_bytes import Code
from pipeline.repair.misread_lines import reread_lines

CODE = Code(wrong="latin1", right="utf-8")
# 80–FF as Latin-1 or cp1252 prints them
HIGH = "\x80-\xff" + "".join(
    re.escape(bytes((byte,)).decode("cp1252", errors="ignore")) for byte in range(0x80, 0xA0)
)
PLACE_RE = lazy_re(rf"[\xc3-\xef][{HIGH}?\ufffd](?:[^\n\u3400-\u9fff]{{0,4000}}[{HIGH}?\ufffd ])?")  # æ•™è‚²
# 4Â·3%, 480Ã—140; beside other such letters it is GBK read as Latin-1, where Â· is 路
LONE_RE = lazy_re(r"(?<![\x80-\xff])(?:\xc2(?P<sign>[\xa7\xb0-\xb7])|\xc3[\x97—])(?![\x80-\xff])")


def utf8_read_as_latin1(text: str) -> list[Edit]:
    """Return the edits that read such runs as UTF-8 again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "å››ä¸ªå¼ºåŒ–"
    >>> TracedText(damaged).edited(utf8_read_as_latin1(damaged), kind="utf8_read_as_latin1").text
    '四个强化'

    A byte that cp1252 has no sign for costs its own character, if that cannot be told. What is no UTF-8 stays.
    """
    edits = reread_lines(text, CODE, places(text))
    taken = {at for edit in edits for at in range(edit.start, edit.end)}
    lone = (match for match in LONE_RE.finditer(text) if match.start() not in taken)
    return edits + [Edit(*match.span(), match["sign"] or "×") for match in lone]


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans where bytes above 7F are printed as Latin-1 or cp1252 prints them, two side by side."""
    return (match.span() for match in PLACE_RE.finditer(text))
