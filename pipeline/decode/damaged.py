"""Bytes that no encoding reads as they stand: two encodings in one page, NULs in it, bytes that were lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain

from pipeline.decode.readings import (
    SHORT,
    TRIALS,
    Reading,
    is_plain,
    is_text,
    n_high_bytes,
    price_of,
    prior,
    read_as,
    told,
)
from pipeline.errors import DecodeError
from pipeline.lazy_re import lazy_re
from pipeline.records import DecodedText

PART_RE = lazy_re(rb"[^\n<>]+|[\n<>]")  # text between tags and line ends
# Chinese in UTF-8 and ASCII among it, in a part that also holds another encoding: GBK looks so for two or three characters
UTF8_RUN_RE = lazy_re(rb"((?:[\xe2-\xef][\x80-\xbf]{2}[\x20-\x7e]{0,40}){8,4000})")
LEAST_MIXED = 24  # bytes beyond ASCII of each of two encodings in one file
LOST = -14.0  # nats for each place of a lenient reading that no byte explains
MOST_LOST, FEW_LOST = 0.05, 2  # of the characters, and in a short text


def mixed(raw: bytes) -> DecodedText | None:
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
        n_high = n_high_bytes(part)
        text, encoding = part.decode("utf-8", errors="replace"), "utf-8"
        if 4 * text.count("\ufffd") >= n_high:  # a character of GBK has two bytes
            other = read_as(part, "gb18030")
            if other is not None and not other.is_cut:
                text, encoding = other.text, "gb18030"
                other_texts.append(text)
        n_bytes[encoding] += n_high
        texts.append(text)
    text = "".join(texts)
    if min(n_bytes.values()) < LEAST_MIXED or text.count("\ufffd") > FEW_LOST or not is_text(text):
        return None
    if not is_plain(Reading("".join(other_texts), "gb18030")):
        return None
    encoding = max(n_bytes, key=lambda name: n_bytes[name])
    parts = " and ".join(f"{n:,} bytes of {name}" for name, n in n_bytes.items())
    return DecodedText(text, encoding, f"{parts} in one file, told apart part by part")


def _pieces(part: bytes) -> Sequence[bytes]:
    """Return a part as it stands where one encoding reads it or a few bytes are damaged, else cut around its UTF-8."""
    if part.isascii() or any(map(partial(read_as, part), ("utf-8", "gb18030"))):
        return (part,)
    pieces = [piece for piece in UTF8_RUN_RE.split(part) if piece]
    n_high = (n_high_bytes(piece) for piece in pieces)
    return (part,) if any(0 < n < LEAST_MIXED for n in n_high) else pieces


def without_nuls(raw: bytes, hint: str | None) -> DecodedText | None:
    """Return a text with NULs in it, as what was not written to disk leaves them, None where more than they is wrong."""
    bare = raw.replace(b"\0", b"")
    if bare == raw or n_high_bytes(bare) < LEAST_MIXED:
        return None  # ASCII between NULs is a table of some program
    readings = [one for name in TRIALS if (one := read_as(bare, name)) and is_text(one.text)]
    best = max(readings, key=lambda one: price_of(one, SHORT) + prior(one.encoding, hint), default=None)
    if best is None or not is_plain(best):
        return None
    return told(best, hint, f"{len(raw) - len(bare):,} NULs left out")


def lenient(raw: bytes, hint: str | None) -> DecodedText:
    """Return the reading that loses least; bytes that no encoding explains become U+FFFD.

    Raises DecodeError where too many would.
    """
    best: tuple[float, str, str] | None = None
    for encoding in dict.fromkeys([hint or "utf-8", *TRIALS]):
        # gbk, not gb18030: a stray byte before a digit would make gb18030 take four bytes as one character
        text = raw.decode("gbk" if encoding == "gb18030" else encoding, errors="replace")
        if not isinstance(text, str) or not is_text(text):
            continue
        n_lost = text.count("\ufffd")
        price = price_of(Reading(text.replace("\ufffd", ""), encoding), min(len(raw), SHORT))
        price += prior(encoding, hint) + LOST * n_lost * min(1.0, SHORT / len(raw))
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
