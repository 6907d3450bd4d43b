"""Resolves percent-encoding that was printed as text: %E6%95%99%E8%82%B2 is 教育; addresses keep theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.misread import edit_if_believed
from pipeline.repair.misread_bytes import is_text

FEWEST_OCTETS = 3  # of GBK that proves itself
SURE_OF_SHORT = 0.95  # of a character or two, where longer pieces of the page prove the encoding

ENCODED_RE = lazy_re(r"(?:%[0-9A-Fa-f]{2}|(?<=%[0-9A-Fa-f]{2})[A-Za-z0-9_.\-](?=%[0-9A-Fa-f]{2})){2,4000}")
CHINESE_RE = lazy_re(r"[\u00b7\u2010-\u2026\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")
ADDRESS_RE = lazy_re(r"://|www\.|^[/?&=#]", re.IGNORECASE)
BEFORE_RE = lazy_re(r"[!-~]{0,400}")


def percent_encoding(text: str) -> list[Edit]:
    """Return the edits that write percent-encoded Chinese as itself.

    >>> from pipeline.edits import TracedText
    >>> damaged = "附件：%E6%95%99%E8%82%B2%E8%A7%84%E5%88%92.doc，http://a.cn/%E6%95%99%E8%82%B2"
    >>> TracedText(damaged).edited(percent_encoding(damaged), kind="percent_encoding").text
    '附件：教育规划.doc，http://a.cn/%E6%95%99%E8%82%B2'

    What is no UTF-8 or GBK, or no Chinese, stays; a lone character of GBK needs a longer piece on its page as proof.
    """
    if "%" not in text:
        return []
    edits = list(_edits(text))
    proven = any(_as_utf8(unquote_to_bytes(text[edit.start : edit.end])) is None for edit in edits)
    return edits if not proven else sorted((*edits, *_short(text, edits)), key=lambda edit: edit.start)


def _short(text: str, found: list[Edit]) -> Iterator[Edit]:
    """Yield the pieces too short to be believed by themselves, on a page that holds longer ones in GBK."""
    taken = {edit.start for edit in found}
    for match in ENCODED_RE.finditer(text):
        if match.start() in taken or _is_address(text, match.start()):
            continue
        reading = _as_gbk(unquote_to_bytes(match.group())) or ""
        chinese = reading.replace("%", "")  # 98%25%A1%A3 is 98%。
        if chinese and all(is_text(char) and load_model().knows(char) for char in chinese):
            yield Edit(*match.span(), reading, SURE_OF_SHORT)


def _edits(text: str) -> Iterator[Edit]:
    for match in ENCODED_RE.finditer(text):
        if _is_address(text, match.start()):
            continue
        octets = unquote_to_bytes(match.group())
        reading = _as_utf8(octets)
        if reading is None:
            if len(octets) >= FEWEST_OCTETS:
                yield from edit_if_believed(text, *match.span(), _as_gbk(octets))
            continue
        if CHINESE_RE.search(reading) and reading.isprintable():  # UTF-8 of Chinese is no accident
            yield Edit(*match.span(), reading)


def _is_address(text: str, at: int) -> bool:
    before = BEFORE_RE.match(text[max(0, at - 400) : at][::-1])
    return before is not None and ADDRESS_RE.search(before.group()[::-1]) is not None


def _as_utf8(octets: bytes) -> str | None:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_gbk(octets: bytes) -> str | None:
    try:
        return octets.decode("gb18030")
    except UnicodeDecodeError:
        return None
