"""Paragraphs one to a line: the form in which every reader gives its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.lazy_re import lazy_re
from pipeline.pages.table_rows import TableRow
from pipeline.records import DecodedText

Decode = Callable[[bytes, str | None], DecodedText]  # bytes and the charset they are declared in

# CRLF, page feeds of old printouts. Not U+0085: it is half a character where UTF-8 was read as Latin-1 (å\x85¬ 公)
LINE_END_RE = lazy_re(r"[\r\n\x0b\x0c\u2028\u2029][\r\n\x0b\x0c\u2028\u2029]{0,63}")
HAN_RE = lazy_re(r"[\u4e00-\u9fff]")
_MARGIN = " \t\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"  # indentation is layout, no damage
_NO_BREAK_SPACE = "\xa0"


SUPERSCRIPTS = str.maketrans(
    "0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"
)  # of raised digits: 500m² must not become 500m2


def one_space(blank: re.Match[str]) -> str:
    """Return what stands for white space within a line: one space, but none where the source breaks Chinese lines."""
    before = blank.string[blank.start() - 1 : blank.start()]
    after = blank.string[blank.end() : blank.end() + 1]
    return "" if "\n" in blank.group() and before >= "\u2e80" and after >= "\u2e80" else " "


def trim(line: str) -> str:
    """Return a line without the white space around it.

    >>> trim("　　一、总体要求 ")
    '一、总体要求'

    A no-break space behind a Latin-1 letter stays: it may be the last byte of a damaged character.
    """
    line = line.lstrip(_MARGIN + _NO_BREAK_SPACE)
    bare = line.rstrip(_MARGIN + _NO_BREAK_SPACE)
    return line.rstrip(_MARGIN) if bare and "\x80" <= bare[-1] <= "\xff" else bare


def join_paragraphs(lines: Iterable[str]) -> str:
    """Return lines as one text, margins and blank lines dropped; the rows of tables keep their empty columns."""
    trimmed = [line if line.__class__ is TableRow else trim(line) for line in lines]
    return "\n".join([line for line in trimmed if line])


def paragraphs(text: str) -> str:
    """Return text with one paragraph a line: line ends made one kind, blank lines and margins dropped.

    >>> paragraphs("  一、总体要求\\r\\n\\r\\n　　坚持全面覆盖。\\r\\n")
    '一、总体要求\\n坚持全面覆盖。'
    """
    return join_paragraphs(LINE_END_RE.split(text.replace("\0", "").removeprefix("\ufeff")))
