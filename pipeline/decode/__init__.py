"""Reads bytes as text: which encoding, and why that one.

A declared charset is a hint, often a wrong one. Every encoding that reads the bytes without error gives a reading
(the last character may be cut short), and the character model says which reading is the likeliest Chinese.
"""

from __future__ import annotations

import codecs
import re

from pipeline.decode.damaged import lenient, mixed, without_nuls
from pipeline.decode.readings import (
    SAMPLE,
    SHORT,
    WIDE_TRIALS,
    Reading,
    is_plain,
    is_text,
    n_high_bytes,
    price_of,
    prior,
    read_as,
    readings_of,
    told,
)
from pipeline.errors import DecodeError
from pipeline.lazy_re import lazy_re
from pipeline.records import DecodedText

__all__ = ["decode"]

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
BINARY_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
)
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-16": "utf-16-le",  # without a mark
}
CHARSETS = ("utf", "gb", "big5", "cp", "hz", "euc", "shift_jis", "iso", "windows", "ascii", "koi8")
META_RE = lazy_re(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_\-]{2,20})", re.IGNORECASE
)
HEAD = 4096  # bytes in which a page may declare its charset
CERTAIN = 90  # bytes beyond ASCII that are no UTF-8 by accident: GBK passes with one character in seven
HZ_RE = lazy_re(rb"~\{((?:[!-w][!-~]){1,4000})~\}")  # HZ, of old mail: GB 2312 in seven bits


def decode(raw: bytes, declared: str | None = None) -> DecodedText:
    """Return the text of some bytes, the encoding, and why that one.

    >>> found = decode("成长为区域学科带头人。".encode("gb18030"), declared="utf-8")
    >>> found.text, found.encoding, found.reason
    ('成长为区域学科带头人。', 'gb18030', 'utf-8 was declared wrongly; gb18030 alone reads as Chinese')

    Raises DecodeError for bytes that are no text. Where no encoding reads all bytes, the unreadable ones become
    U+FFFD, never digits, and `reason` says how many.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _with_bom(raw[len(bom) :], encoding)
    if raw.startswith(BINARY_MAGIC):
        raise DecodeError("these bytes are a binary file", hint="give it the suffix of its format")
    if raw.isascii() and is_text(ascii_text := raw.decode("ascii")):
        return _hz(raw) or DecodedText(ascii_text, "utf-8", "only ASCII characters")
    hint = _codec(declared) or _codec(_declared_inside(raw))
    n_high = n_high_bytes(raw)
    utf8 = read_as(raw, "utf-8")
    if n_high > CERTAIN and utf8 is not None and is_text(utf8.text):
        return told(
            utf8, hint, "declared, and valid throughout" if hint == "utf-8" else "valid utf-8 throughout"
        )
    readings = [reading for reading in readings_of(raw, hint) if is_text(reading.text)]
    if not readings:
        return mixed(raw) or without_nuls(raw, hint) or lenient(raw, hint)
    weight = len(raw) if len(raw) <= SHORT else min(n_high, SAMPLE)
    best = readings[0]
    if len(readings) > 1:
        best = max(readings, key=lambda one: price_of(one, weight) + prior(one.encoding, hint))
    others = sorted(
        {reading.encoding for reading in readings if not reading.is_cut} - {best.encoding, *WIDE_TRIALS}
    )
    if best.encoding == hint:
        return told(best, hint, "declared, and reads as Chinese")
    says = (
        f"reads better as Chinese than {', '.join(others)}"
        if others
        else f"{best.encoding} alone reads as Chinese"
    )
    return told(best, hint, says)


def _hz(raw: bytes) -> DecodedText | None:
    """Return the text of bytes with Chinese between ~{ and ~}; None where there is none, as in a script."""
    if not (found := HZ_RE.findall(raw)):
        return None
    chinese = [bytes(byte | 0x80 for byte in letters).decode("gb2312", errors="replace") for letters in found]
    if not is_plain(Reading("".join(chinese), "gb18030")):
        return None
    between = [part.decode("ascii").replace("~~", "~").replace("~\n", "") for part in HZ_RE.split(raw)[::2]]
    text = "".join(part for pair in zip(between, [*chinese, ""], strict=True) for part in pair)
    return DecodedText(text, "hz", "Chinese between ~{ and ~}")


def _codec(name: str | None) -> str | None:
    try:
        name = codecs.lookup(name.strip()).name if name else None
    except (LookupError, ValueError):
        return None
    if name is None or not name.startswith(CHARSETS):
        return None  # Python also knows hex, rot13 and the like as codecs
    return ALIASES.get(name, name)


def _declared_inside(raw: bytes) -> str | None:
    match = META_RE.search(raw[:HEAD])
    return match.group(1).decode("ascii") if match else None


def _with_bom(raw: bytes, encoding: str) -> DecodedText:
    reading = read_as(raw, encoding)
    if reading is not None or not raw:
        return told(reading or Reading("", encoding), None, "byte order mark")
    if encoding == "utf-8":
        return lenient(raw, "utf-8")
    text = raw.decode(encoding, errors="replace")
    n_lost = text.count("\ufffd")
    return DecodedText(text, encoding, f"byte order mark; {n_lost} unreadable places became U+FFFD")
