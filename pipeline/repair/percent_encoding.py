"""Resolves percent-encoding that was printed as text: %E6%95%99%E8%82%B2 is 教育; addresses keep theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from pipeline.edits import Edit
from pipeline.repair.misread import edit_if_believed

ENCODED_RE = re.compile(r"(?:%[0-9A-Fa-f]{2}|(?<=%[0-9A-Fa-f]{2})[A-Za-z0-9_.\-](?=%[0-9A-Fa-f]{2})){3,4000}")
CHINESE_RE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")
ADDRESS_RE = re.compile(r"://|www\.|^[/?&=#]", re.IGNORECASE)
BEFORE_RE = re.compile(r"[!-~]{0,400}")


def percent_encoding(text: str) -> list[Edit]:
    """Return the edits that write percent-encoded Chinese as itself.

    >>> from pipeline.edits import TracedText
    >>> damaged = "附件：%E6%95%99%E8%82%B2%E8%A7%84%E5%88%92.doc，http://a.cn/%E6%95%99%E8%82%B2"
    >>> TracedText(damaged).edited(percent_encoding(damaged), kind="percent_encoding").text
    '附件：教育规划.doc，http://a.cn/%E6%95%99%E8%82%B2'

    What is no UTF-8 or GBK, or no Chinese, stays.
    """
    return list(_edits(text)) if "%" in text else []


def _edits(text: str) -> Iterator[Edit]:
    for match in ENCODED_RE.finditer(text):
        reversed_before = text[max(0, match.start() - 400) : match.start()][::-1]
        before = BEFORE_RE.match(reversed_before)
        if before is not None and ADDRESS_RE.search(before.group()[::-1]):
            continue
        octets = unquote_to_bytes(match.group())
        try:
            reading = octets.decode("utf-8")
        except UnicodeDecodeError:
            yield from edit_if_believed(text, *match.span(), _as_gbk(octets))
            continue
        if CHINESE_RE.search(reading) and reading.isprintable():  # UTF-8 of Chinese is no accident
            yield Edit(*match.span(), reading)


def _as_gbk(octets: bytes) -> str | None:
    try:
        return octets.decode("gb18030")
    except UnicodeDecodeError:
        return None
