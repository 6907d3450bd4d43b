"""Writes full-width digits, letters and percent signs half-width; Chinese marks keep their width."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

FULL_WIDTH_RE = lazy_re(
    r"[０-９]{1,3}(?:，[０-９]{3}(?![０-９])){1,8}(?:．[０-９]{1,30})?％?"  # ９９０，０００
    r"|[０-９]{1,30}(?:．[０-９]{1,30})?％?"  # ２０２５, ９８．５％
    r"|[Ａ-Ｚａ-ｚ％]{1,200}"
    r"|＋"  # １＋６＋Ｎ, 互联网＋教育
    r"|(?<=[0-9])．(?=[0-9])"
)
HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}


def full_width_forms(text: str) -> list[Edit]:
    """Return the edits that write ２０２５年 as 2025年 and ９８．５％ as 98.5%.

    >>> from pipeline.edits import TracedText
    >>> damaged = "２０２５年，（一）达到９８．５％"
    >>> TracedText(damaged).edited(full_width_forms(damaged), kind="full_width_forms").text
    '2025年，（一）达到98.5%'

    Chinese punctuation, （一） and ① stay as they are.
    """
    return [Edit(m.start(), m.end(), m.group().translate(HALF_WIDTH)) for m in FULL_WIDTH_RE.finditer(text)]
