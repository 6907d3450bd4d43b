"""Reads bytes as text: which encoding, and why that one.

A declared charset is a hint, often a wrong one. Every encoding that reads the bytes without error gives a reading
(the last character may be cut short), and the character model says which reading is the likeliest Chinese.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from pipeline.characters import code_points, load_model
from pipeline.errors import DecodeError
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
# nats by which an encoding is likelier than another before the bytes are seen; a declared one gains DECLARED
TRIALS = {"utf-8": 0.0, "gb18030": 0.0, "big5hkscs": -3.0}
WIDE_TRIALS = {"utf-16-le": -4.0, "utf-16-be": -5.0, "utf-32-le": -5.0, "utf-32-be": -6.0}
DECLARED = 2.0
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-16": "utf-16-le",  # without a mark
}
CHARSETS = ("utf", "gb", "big5", "cp", "hz", "euc", "shift_jis", "iso", "windows", "ascii", "koi8")
META_RE = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_\-]{2,20})", re.IGNORECASE
)
HEAD = 4096  # bytes in which a page may declare its charset
SHORT = 2000  # bytes that are priced as they stand; of longer input only what is not ASCII
SAMPLE = 1500  # characters of a long reading that are priced
CERTAIN = 90  # bytes beyond ASCII that are no UTF-8 by accident: GBK passes with one character in seven
PART_RE = re.compile(rb"[^\n<>]+|[\n<>]")  # text between tags and line ends
# Chinese in UTF-8 and ASCII among it, in a part that also holds another encoding: GBK looks so for two or three characters
UTF8_RUN_RE = re.compile(rb"((?:[\xe2-\xef][\x80-\xbf]{2}[\x20-\x7e]{0,40}){8,4000})")
LEAST_MIXED = 24  # bytes beyond ASCII of each of two encodings in one file
HZ_RE = re.compile(rb"~\{((?:[!-w][!-~]){1,4000})~\}")  # HZ, of old mail: GB 2312 in seven bits
CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BEYOND_ASCII_RE = re.compile(r"[^\x00-\x7f]{1,4000}")
HIGH_BYTES_RE = re.compile(rb"[\x80-\xff]{1,4000}")
ACCENTED_RE = re.compile(
    r"(?<=[A-Za-z])[\xc0-\u024f]|[\xc0-\u024f](?=[A-Za-z])"
)  # café; the model has no accents
MOST_CONTROL = 0.01  # of the characters of a text
LEAST_ASCII = -4.0  # nats: tags and scripts are nothing to the model, and no sign of a wrong encoding
UNLIKELY_RE = re.compile(r"[\ue000-\uf8ff\uac00-\ud7a3]{1,400}")  # private use, Hangul
UNLIKELY = -6.0  # nats more for each, which the model counts with all other signs
LEAST_WIDE = -11.0  # nats a character of UTF-16 without a mark; Chinese costs 4 to 8, any two bytes 15
CUT = -12.0  # nats for a last character of which a part is missing
LOST = -14.0  # nats for each place of a lenient reading that no byte explains
MOST_LOST, FEW_LOST = 0.05, 2  # of the characters, and in a short text


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str
    encoding: str
    is_cut: bool = False


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
    if raw.isascii() and _is_text(ascii_text := raw.decode("ascii")):
        return _hz(raw) or DecodedText(ascii_text, "utf-8", "only ASCII characters")
    hint = _codec(declared) or _codec(_declared_inside(raw))
    n_high = sum(map(len, HIGH_BYTES_RE.findall(raw)))
    utf8 = _read(raw, "utf-8")
    if n_high > CERTAIN and utf8 is not None and _is_text(utf8.text):
        return _told(
            utf8, hint, "declared, and valid throughout" if hint == "utf-8" else "valid utf-8 throughout"
        )
    readings = [reading for reading in _readings(raw, hint) if _is_text(reading.text)]
    if not readings:
        return _mixed(raw) or _without_nuls(raw, hint) or _lenient(raw, hint)
    weight = len(raw) if len(raw) <= SHORT else min(n_high, SAMPLE)
    best = readings[0]
    if len(readings) > 1:
        best = max(readings, key=lambda one: _price(one, weight) + _prior(one.encoding, hint))
    others = sorted(
        {reading.encoding for reading in readings if not reading.is_cut} - {best.encoding, *WIDE_TRIALS}
    )
    if best.encoding == hint:
        return _told(best, hint, "declared, and reads as Chinese")
    says = (
        f"reads better as Chinese than {', '.join(others)}"
        if others
        else f"{best.encoding} alone reads as Chinese"
    )
    return _told(best, hint, says)


def _hz(raw: bytes) -> DecodedText | None:
    """Return the text of bytes with Chinese between ~{ and ~}; None where there is none, as in a script."""
    if not (found := HZ_RE.findall(raw)):
        return None
    chinese = [bytes(byte | 0x80 for byte in letters).decode("gb2312", errors="replace") for letters in found]
    if not _is_plain(_Reading("".join(chinese), "gb18030")):
        return None
    between = [part.decode("ascii").replace("~~", "~").replace("~\n", "") for part in HZ_RE.split(raw)[::2]]
    text = "".join(part for pair in zip(between, [*chinese, ""], strict=True) for part in pair)
    return DecodedText(text, "hz", "Chinese between ~{ and ~}")


def _told(reading: _Reading, hint: str | None, reason: str) -> DecodedText:
    if hint and hint != reading.encoding:
        reason = f"{hint} was declared wrongly; {reason}"
    if reading.is_cut:
        reason += "; the last character is cut short and became U+FFFD"
    return DecodedText(reading.text + "\ufffd" * reading.is_cut, reading.encoding, reason)


def _readings(raw: bytes, hint: str | None) -> Iterator[_Reading]:
    """Yield the reading under every encoding that fails nowhere, UTF-16 only where it is worth a try."""
    names = [hint, *TRIALS] if hint else [*TRIALS]
    found = [reading for name in dict.fromkeys(names) if (reading := _read(raw, name))]
    yield from found
    if len(raw) <= SHORT or not any(_is_text(reading.text) for reading in found):
        wide = [reading for name in WIDE_TRIALS if name not in names and (reading := _read(raw, name))]
        yield from (reading for reading in wide if _is_plain(reading))


def _read(raw: bytes, encoding: str) -> _Reading | None:
    """Return the reading of bytes under one encoding, None where it fails before the last character."""
    try:
        reader = codecs.getincrementaldecoder(encoding)("strict")
        text = reader.decode(raw)
        is_cut = bool(reader.getstate()[0])
    except (UnicodeError, LookupError):
        return None
    return _Reading(text, encoding, is_cut) if isinstance(text, str) and text else None


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
    reading = _read(raw, encoding)
    if reading is not None or not raw:
        return _told(reading or _Reading("", encoding), None, "byte order mark")
    if encoding == "utf-8":
        return _lenient(raw, "utf-8")
    text = raw.decode(encoding, errors="replace")
    n_lost = text.count("\ufffd")
    return DecodedText(text, encoding, f"byte order mark; {n_lost} unreadable places became U+FFFD")


def _is_text(text: str) -> bool:
    return len(CONTROL_RE.findall(text)) <= MOST_CONTROL * len(text)


def _is_plain(reading: _Reading) -> bool:
    """Tell whether a reading is Chinese or ASCII by itself: any bytes are UTF-16 of something."""
    weight = min(len(reading.text), SHORT)
    sample = _Reading(reading.text[:weight], reading.encoding)
    return _price(sample, len(sample.text.encode(reading.encoding, errors="replace"))) > LEAST_WIDE * weight


def _prior(encoding: str, hint: str | None) -> float:
    return (TRIALS | WIDE_TRIALS).get(encoding, 0.0) + DECLARED * (encoding == hint)


def _price(reading: _Reading, weight: int) -> float:
    """Return the log probability of a reading for so many of its bytes."""
    text = reading.text
    if weight > SHORT or len(text) > SHORT:
        text = "".join(BEYOND_ASCII_RE.findall(text))[:SAMPLE]
    n_bytes = len(text.encode(reading.encoding, errors="replace"))
    prices = load_model().prices(ACCENTED_RE.sub("e", text))
    prices = np.where(code_points(text) < 128, np.maximum(prices, LEAST_ASCII), prices)
    n_unlikely = sum(map(len, UNLIKELY_RE.findall(text)))
    return (float(prices.sum()) + UNLIKELY * n_unlikely) * weight / max(n_bytes, 1) + CUT * reading.is_cut


def _mixed(raw: bytes) -> DecodedText | None:
    """Return a page of which parts are UTF-8 and parts GBK (a template around a body), None for any other bytes.

    What UTF-8 reads is UTF-8; of GBK it loses half the characters and more, of UTF-8 with a damaged byte a few.
    """
    texts: list[str] = []
    other_texts: list[str] = []
    n_bytes = {"utf-8": 0, "gb18030": 0}
    for part in chain.from_iterable(map(_pieces, PART_RE.findall(raw))):
        if part.isascii():
            texts.append(part.decode("ascii"))
            continue
        n_high = sum(map(len, HIGH_BYTES_RE.findall(part)))
        text, encoding = part.decode("utf-8", errors="replace"), "utf-8"
        if 4 * text.count("\ufffd") >= n_high:  # a character of GBK has two bytes
            other = _read(part, "gb18030")
            if other is not None and not other.is_cut:
                text, encoding = other.text, "gb18030"
                other_texts.append(text)
        n_bytes[encoding] += n_high
        texts.append(text)
    text = "".join(texts)
    if min(n_bytes.values()) < LEAST_MIXED or text.count("\ufffd") > FEW_LOST or not _is_text(text):
        return None
    if not _is_plain(_Reading("".join(other_texts), "gb18030")):
        return None
    encoding = max(n_bytes, key=lambda name: n_bytes[name])
    parts = " and ".join(f"{n:,} bytes of {name}" for name, n in n_bytes.items())
    return DecodedText(text, encoding, f"{parts} in one file, told apart part by part")


def _pieces(part: bytes) -> Sequence[bytes]:
    """Return a part as it stands where one encoding reads it or a few bytes are damaged, else cut around its UTF-8."""
    if part.isascii() or any(map(partial(_read, part), ("utf-8", "gb18030"))):
        return (part,)
    pieces = [piece for piece in UTF8_RUN_RE.split(part) if piece]
    n_high = (sum(map(len, HIGH_BYTES_RE.findall(piece))) for piece in pieces)
    return (part,) if any(0 < n < LEAST_MIXED for n in n_high) else pieces


def _without_nuls(raw: bytes, hint: str | None) -> DecodedText | None:
    """Return a text with NULs in it, as what was not written to disk leaves them, None where more than they is wrong."""
    bare = raw.replace(b"\0", b"")
    if bare == raw or sum(map(len, HIGH_BYTES_RE.findall(bare))) < LEAST_MIXED:
        return None  # ASCII between NULs is a table of some program
    readings = [one for name in TRIALS if (one := _read(bare, name)) and _is_text(one.text)]
    best = max(readings, key=lambda one: _price(one, SHORT) + _prior(one.encoding, hint), default=None)
    if best is None or not _is_plain(best):
        return None
    return _told(best, hint, f"{len(raw) - len(bare):,} NULs left out")


def _lenient(raw: bytes, hint: str | None) -> DecodedText:
    """Return the reading that loses least; bytes that no encoding explains become U+FFFD."""
    best: tuple[float, str, str] | None = None
    for encoding in dict.fromkeys([hint or "utf-8", *TRIALS]):
        # gbk, not gb18030: a stray byte before a digit would make gb18030 take four bytes as one character
        text = raw.decode("gbk" if encoding == "gb18030" else encoding, errors="replace")
        if not isinstance(text, str) or not _is_text(text):
            continue
        n_lost = text.count("\ufffd")
        price = _price(_Reading(text.replace("\ufffd", ""), encoding), min(len(raw), SHORT))
        price += _prior(encoding, hint) + LOST * n_lost * min(1.0, SHORT / len(raw))
        if n_lost <= max(FEW_LOST, MOST_LOST * len(text)) < len(text) and (best is None or price > best[0]):
            best = (price, text, encoding)
    if best is None:
        raise DecodeError(
            "no known encoding reads these bytes as text",
            hint="open it in an editor; if that shows text, perhaps of several encodings, save it there as UTF-8",
        )
    _, text, encoding = best
    n_lost = text.count("\ufffd")
    return DecodedText(text, encoding, f"no encoding reads all bytes; as {encoding}, {n_lost} became U+FFFD")
