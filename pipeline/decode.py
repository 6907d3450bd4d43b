"""Reads bytes as text: which encoding, and why that one.

A declared charset is a hint, often a wrong one: every encoding that reads the bytes without error is tried, and
the character model says which reading is Chinese.
"""

from __future__ import annotations

import codecs
import functools
import re

import numpy as np
import numpy.typing as npt

from pipeline.errors import DecodeError
from pipeline.lexicon import model_path
from pipeline.records import DecodedText

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
TRIALS = ("utf-8", "gb18030", "big5hkscs")
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}
CHARSETS = ("utf", "gb", "big5", "cp", "hz", "euc", "shift_jis", "iso", "windows", "ascii", "koi8")
META_RE = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_\-]{2,20})", re.IGNORECASE
)
HEAD = 4096  # bytes in which a page may declare its charset
SAMPLE = 20_000  # characters the model reads of each candidate
HANZI_RE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
TAG_RE = re.compile(r"<[^<>]{1,2000}>")
GB18030_FOUR_RE = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROL = 0.01  # of the characters of a text
LEAST_PLAIN = 0.7  # of the characters of a UTF-16 text: Chinese or ASCII
LEAST_PRICE = -11.0  # nats a character by itself; Chinese prose costs 7, arbitrary characters 15
MOST_LOST = 0.05  # of the characters, for a lenient reading


def decode(raw: bytes, declared: str | None = None) -> DecodedText:
    """Return the text of some bytes, the encoding, and why that one.

    >>> found = decode("成长为区域学科带头人。".encode("gb18030"), declared="utf-8")
    >>> found.text, found.encoding, found.reason
    ('成长为区域学科带头人。', 'gb18030', 'utf-8 was declared but fails; gb18030 alone reads strictly')

    Raises DecodeError for bytes that are no text. Where no encoding reads all bytes, the unreadable ones become
    U+FFFD, never digits, and `reason` says how many.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _with_bom(raw[len(bom) :], encoding)
    if raw.startswith(BINARY_MAGIC):
        raise DecodeError("these bytes are a binary file", hint="give the file to the reader of its format")
    hint = _codec(declared) or _codec(_declared_inside(raw))
    if _share_of_control(raw) > MOST_CONTROL:
        utf16 = _utf16_without_bom(raw)
        if utf16 is not None:
            return utf16
        raise DecodeError("these bytes are no text", hint="a picture, an archive or another binary file?")
    if raw.isascii():
        return DecodedText(raw.decode("ascii"), "utf-8", "only ASCII characters")
    readings = {
        name: text for name in dict.fromkeys((hint, *TRIALS)) if name and (text := _strict(raw, name))
    }
    wrong = f"{hint} was declared but fails; " if hint and hint not in readings else ""
    if not readings:
        return _lenient(raw, hint)
    if len(readings) == 1:
        ((encoding, text),) = readings.items()
        says = "declared, and reads strictly" if encoding == hint else f"{encoding} alone reads strictly"
        return DecodedText(text, encoding, wrong + says)
    encoding = max(readings, key=lambda name: (_price(readings[name]), name == hint))
    others = ", ".join(sorted(set(readings) - {encoding}))
    return DecodedText(readings[encoding], encoding, f"{wrong}reads better as Chinese than {others}")


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


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return text if isinstance(text, str) else None


def _with_bom(raw: bytes, encoding: str) -> DecodedText:
    text = _strict(raw, encoding)
    if text is not None:
        return DecodedText(text, encoding, "byte order mark")
    if encoding == "utf-8":
        return _lenient(raw, "utf-8")
    text = raw.decode(encoding, errors="replace")
    return DecodedText(
        text, encoding, f"byte order mark; {text.count(chr(0xFFFD))} unreadable places became U+FFFD"
    )


def _utf16_without_bom(raw: bytes) -> DecodedText | None:
    """Return a UTF-16 reading of bytes that hold control characters, if it is mostly Chinese and ASCII."""
    if len(raw) % 2:
        return None
    best: tuple[float, str, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(raw, encoding)
        if not text or len(CONTROL_RE.findall(text)) > MOST_CONTROL * len(text):
            continue
        n_ascii = sum(char.isascii() for char in text)
        if n_ascii + len(HANZI_RE.findall(text)) < LEAST_PLAIN * len(text):
            continue
        price = _price(text) + n_ascii / len(text) * 20
        if best is None or price > best[0]:
            best = (price, text, encoding)
    if best is None or best[0] < LEAST_PRICE:
        return None
    return DecodedText(best[1], best[2], "no byte order mark; UTF-16 alone gives text")


def _share_of_control(raw: bytes) -> float:
    return len(CONTROL_RE.findall(raw[: 16 * HEAD].decode("latin-1"))) / max(min(len(raw), 16 * HEAD), 1)


def _price(text: str) -> float:
    """Return the mean log probability of what is not ASCII, tags left out."""
    sample = "".join(HANZI_RE.findall(TAG_RE.sub("", text[: 10 * SAMPLE]))[:SAMPLE])
    rest = sum(1 for char in text[:SAMPLE] if not char.isascii()) - len(HANZI_RE.findall(text[:SAMPLE]))
    if not sample:
        return -20.0
    codes = np.frombuffer(sample.encode("utf-16-le"), dtype=np.uint16)
    return float(_prices()[codes].mean()) - rest / (len(sample) + rest)


@functools.cache
def _prices() -> npt.NDArray[np.float64]:
    """Return the log probability of every character by itself, from the character model."""
    with np.load(model_path("characters.npz"), allow_pickle=False) as model:
        prices: npt.NDArray[np.float64] = model["single"][model["table"]] * -float(model["step"])
    return prices


def _lenient(raw: bytes, hint: str | None) -> DecodedText:
    """Return the reading that loses least; bytes that no encoding explains become U+FFFD."""
    best: tuple[float, str, str, int] | None = None
    for encoding in dict.fromkeys((hint, *TRIALS)):
        if encoding is None:
            continue
        # gbk, not gb18030: a stray byte before a digit would make gb18030 take four bytes as one character
        text = raw.decode("gbk" if encoding == "gb18030" else encoding, errors="replace")
        n_lost = text.count("\ufffd")
        price = _price(text) - 50 * n_lost / max(len(text), 1)
        if best is None or price > best[0]:
            best = (price, text, encoding, n_lost)
    if best is None or best[3] > MOST_LOST * len(best[1]):
        raise DecodeError("no known encoding reads these bytes", hint="is this a text file?")
    _, text, encoding, n_lost = best
    return DecodedText(text, encoding, f"no encoding reads all bytes; as {encoding}, {n_lost} became U+FFFD")
