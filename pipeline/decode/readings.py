"""What bytes read as under each encoding that fails nowhere, and what each reading costs as Chinese."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.characters import code_points, load_model
from pipeline.lazy_re import lazy_re
from pipeline.records import DecodedText

# nats by which an encoding is likelier than another before the bytes are seen; a declared one gains DECLARED
TRIALS = {"utf-8": 0.0, "gb18030": 0.0, "big5hkscs": -3.0}
WIDE_TRIALS = {"utf-16-le": -4.0, "utf-16-be": -5.0, "utf-32-le": -5.0, "utf-32-be": -6.0}
DECLARED = 2.0
SHORT = 2000  # bytes that are priced as they stand; of longer input only what is not ASCII
SAMPLE = 1500  # characters of a long reading that are priced
CONTROL_RE = lazy_re(r"[\x00-\x08\x0e-\x1a]")  # from 1B on escapes and separators, which databases print
BEYOND_ASCII_RE = lazy_re(r"[^\x00-\x7f]{1,4000}")
HIGH_BYTES_RE = lazy_re(rb"[\x80-\xff]{1,4000}")
ACCENTED_RE = lazy_re(
    r"(?<=[A-Za-z])[\xc0-\u024f]|[\xc0-\u024f](?=[A-Za-z])"
)  # café; the model has no accents
MOST_CONTROL = 0.01  # of the characters of a text
LEAST_ASCII = -4.0  # nats: tags and scripts are nothing to the model, and no sign of a wrong encoding
UNLIKELY_RE = lazy_re(r"[\ue000-\uf8ff\uac00-\ud7a3]{1,400}")  # private use, Hangul
UNLIKELY = -6.0  # nats more for each, which the model counts with all other signs
LEAST_WIDE = -11.0  # nats a character of UTF-16 without a mark; Chinese costs 4 to 8, any two bytes 15
CUT = -12.0  # nats for a last character of which a part is missing


@dataclass(frozen=True, slots=True)
class Reading:
    """What bytes read as under one encoding; `is_cut` where a part of the last character is missing."""

    text: str
    encoding: str
    is_cut: bool = False


def told(reading: Reading, hint: str | None, reason: str) -> DecodedText:
    """Return a reading with the reason for it; what was declared wrongly and what is cut short is said in it."""
    if hint and hint != reading.encoding:
        reason = f"{hint} was declared wrongly; {reason}"
    if reading.is_cut:
        reason += "; the last character is cut short and became U+FFFD"
    return DecodedText(reading.text + "\ufffd" * reading.is_cut, reading.encoding, reason)


def n_high_bytes(raw: bytes) -> int:
    """Return how many bytes are not ASCII.

    >>> n_high_bytes("共5项".encode())
    6
    """
    return sum(map(len, HIGH_BYTES_RE.findall(raw)))


def readings_of(raw: bytes, hint: str | None) -> Iterator[Reading]:
    """Yield the reading under every encoding that fails nowhere, UTF-16 only where it is worth a try."""
    names = [hint, *TRIALS] if hint else [*TRIALS]
    found = [reading for name in dict.fromkeys(names) if (reading := read_as(raw, name))]
    yield from found
    if len(raw) <= SHORT or not any(is_text(reading.text) for reading in found):
        wide = [reading for name in WIDE_TRIALS if name not in names and (reading := read_as(raw, name))]
        yield from (reading for reading in wide if is_plain(reading))


def read_as(raw: bytes, encoding: str) -> Reading | None:
    """Return the reading of bytes under one encoding, None where it fails before the last character."""
    try:
        reader = codecs.getincrementaldecoder(encoding)("strict")
        text = reader.decode(raw)
        is_cut = bool(reader.getstate()[0])
    except (UnicodeError, LookupError):
        return None
    return Reading(text, encoding, is_cut) if isinstance(text, str) and text else None


def is_text(text: str) -> bool:
    """Tell whether a reading holds hardly any control characters.

    >>> is_text("四个强化"), is_text("四\\x01\\x02个\\x03")
    (True, False)
    """
    return len(CONTROL_RE.findall(text)) <= MOST_CONTROL * len(text)


def is_plain(reading: Reading) -> bool:
    """Tell whether a reading is Chinese or ASCII by itself: any bytes are UTF-16 of something."""
    weight = min(len(reading.text), SHORT)
    sample = Reading(reading.text[:weight], reading.encoding)
    return price_of(sample, len(sample.text.encode(reading.encoding, errors="replace"))) > LEAST_WIDE * weight


def prior(encoding: str, hint: str | None) -> float:
    """Return by how much an encoding is likelier than UTF-8 before the bytes are seen."""
    return (TRIALS | WIDE_TRIALS).get(encoding, 0.0) + DECLARED * (encoding == hint)


def price_of(reading: Reading, weight: int) -> float:
    """Return the log probability of a reading for so many of its bytes."""
    text = reading.text
    if weight > SHORT or len(text) > SHORT:
        text = "".join(BEYOND_ASCII_RE.findall(text))[:SAMPLE]
    n_bytes = len(text.encode(reading.encoding, errors="replace"))
    prices = load_model().prices(ACCENTED_RE.sub("e", text))
    prices = np.where(code_points(text) < 128, np.maximum(prices, LEAST_ASCII), prices)
    n_unlikely = sum(map(len, UNLIKELY_RE.findall(text)))
    return (float(prices.sum()) + UNLIKELY * n_unlikely) * weight / max(n_bytes, 1) + CUT * reading.is_cut
