"""Takes back digits that nobody wrote: U+FFFD stored as GB18030 (84 31 A4 37) and read as GBK prints as �1�7."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

REPLACEMENT_RE = lazy_re(r"(?:[?\ufffd]?1\ufffd7){1,200}")  # 强化兄1�7


def replacement_read_as_gbk(text: str) -> list[Edit]:
    """Return the edits that write one U+FFFD where a page prints 1�7.

    >>> from pipeline.edits import TracedText
    >>> damaged = "四个强化兄1\\ufffd7织领导，共17个"
    >>> edited = TracedText(damaged).edited(replacement_read_as_gbk(damaged), kind="replacement_read_as_gbk")
    >>> edited.text == "四个强化兄\\ufffd织领导，共17个"
    True

    What stood there is lost; without this the digits would be counted.
    """
    return [Edit(*match.span(), "\ufffd") for match in REPLACEMENT_RE.finditer(text)]
