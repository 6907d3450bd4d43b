"""Undoes UTF-8 that was read as Latin-1 or as cp1252: æ•™è‚² is 教育."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.repair.misread import edit_if_believed

# what cp1252 prints for the bytes 80–9F, which Latin-1 leaves invisible
CP1252 = {bytes((byte,)).decode("cp1252", errors="ignore"): byte for byte in range(0x80, 0xA0)}
CP1252.pop("", None)
BYTE_OF = CP1252 | {chr(byte): byte for byte in range(0x80, 0x100)} | {" ": 0xA0}
GOES_ON = "\x80-\xbf" + "".join(map(re.escape, CP1252))
MISREAD_RE = re.compile(
    rf"[\xe2-\xef][{GOES_ON}][{GOES_ON} ](?:[\xe2-\xef][{GOES_ON} ]{{2}}|[\xc2-\xdf][{GOES_ON}]|[!-~ ]{{1,20}}(?=[\xe2-\xef][{GOES_ON}])){{0,4000}}"
)  # æ•™è‚²
# 4Â·3%, 480Ã—140; beside other such letters it is GBK read as Latin-1, where Â· is 路
LONE_RE = re.compile(r"(?<![\x80-\xff])(?:\xc2(?P<sign>[\xa7\xb0-\xb7])|\xc3[\x97—])(?![\x80-\xff])")


def utf8_read_as_latin1(text: str) -> list[Edit]:
    """Return the edits that read such runs as UTF-8 again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "å››ä¸ªå¼ºåŒ–"
    >>> TracedText(damaged).edited(utf8_read_as_latin1(damaged), kind="utf8_read_as_latin1").text
    '四个强化'

    A run that is no UTF-8 stays.
    """
    edits = [edit for match in MISREAD_RE.finditer(text) for edit in _edits(text, match)]
    taken = {at for edit in edits for at in range(edit.start, edit.end)}
    lone = (match for match in LONE_RE.finditer(text) if match.start() not in taken)
    return edits + [Edit(*match.span(), match["sign"] or "×") for match in lone]


def _edits(text: str, match: re.Match[str]) -> Iterator[Edit]:
    octets = bytearray()
    for at, char in enumerate(match.group()):
        # a space is a lost no-break space only in the middle of a character
        in_char = any(byte >= 0xE2 for byte in octets[-2:]) and at > 0
        octets.append(BYTE_OF[char] if not char.isascii() or (char == " " and in_char) else ord(char))
    try:
        reading = octets.decode("utf-8")
    except UnicodeDecodeError:
        return
    yield from edit_if_believed(text, *match.span(), reading)
