"""Takes out characters that cannot be seen, and makes plain spaces of those that only look different."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffc\U000e0000-\U000e007f"  # fillers, the place of an object, tags
)
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
ODD_SPACE = "\u00a0\u2000-\u200a\u202f\u205f\u3000\ue5e5"
GBK_SPACE = "\ue5e5"  # GBK's A3A0, the blank in the row of full-width ASCII; browsers print U+3000 for it
LOST_RE = lazy_re(r"[?\ufffd]")
STRAY_RE = lazy_re(
    r"\u202e(?P<reversed>[^\n\u202a-\u202e]{2,5000})\u202c?"  # shown from right to left, the last character first
    rf"|(?P<nothing>[{INVISIBLE}{CONTROL}]{{1,200}})"
    r"|(?P<line>(?:\\(?i:r\\n|n(?![a-z]))|\r\n?|[\u0085\u2028\u2029]))"  # \r\n printed as four characters
    rf"|(?P<space>(?:(?:&(?i:nbsp|ensp|emsp|thinsp|#160|#xa0|#12288);|[{ODD_SPACE}]) {{0,8}}){{1,200}})"
)
# 王 伟 by themselves: three in a row are a line that is set apart
SET_APART_RE = lazy_re(
    r"(?:(?<![\u4e00-\u9fff][ \u00a0])[\u4e00-\u9fff](?P<gap>[ \u00a0])|(?<![\u4e00-\u9fff]\u3000)[\u4e00-\u9fff](?P<wide>\u3000))"
    r"[\u4e00-\u9fff]\Z"
)
APART_AHEAD_RE = lazy_re(
    r"[\u4e00-\u9fff](?:(?P<gap>[ \u00a0])[\u4e00-\u9fff](?![\u4e00-\u9fff]|[ \u00a0][\u4e00-\u9fff])"
    r"|(?P<wide>\u3000)[\u4e00-\u9fff](?![\u4e00-\u9fff]|\u3000[\u4e00-\u9fff]))"
)
FIRST_RE = lazy_re(rf"[{INVISIBLE}{CONTROL}{ODD_SPACE}\r\u0085\u2028\u2029\\&]")  # of such a character


def invisible_characters(text: str) -> list[Edit]:
    r"""Return the edits that take out zero-width and control characters and unify spaces and line breaks.

    >>> from pipeline.edits import TracedText
    >>> damaged = "四\u200b个强化&nbsp;夯实\ufeff责任\\r\\n一是"
    >>> TracedText(damaged).edited(invisible_characters(damaged), kind="invisible_characters").text
    '四个强化 夯实责任\n一是'

    What a mark turns round is printed as it is read. Tabs, ordinary spaces and line breaks stay. Odd spaces at either end of a line are layout, and go.
    """
    found = (match for match in _stray(text) if match.group() != GBK_SPACE or _is_space(match))
    return [Edit(*m.span(), _meant(m)) for m in found]


def _stray(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for first in FIRST_RE.finditer(text):
        at = first.start()
        match = STRAY_RE.match(text, at) if at >= end else None
        if match is not None:
            end = match.end()
            yield match


def _is_space(match: re.Match[str]) -> bool:
    """Tell whether GBK's blank is one; behind a lost byte it may be the halves of two characters."""
    text, (start, end) = match.string, match.span()
    if text[end : end + 1].isspace() or not text[end:] or text[:start][-1:].isspace():
        return True
    return LOST_RE.search(text, text.rfind("\n", 0, start) + 1, start) is None


def _meant(match: re.Match[str]) -> str:
    if match["reversed"]:
        return match["reversed"][::-1]
    if match["nothing"]:
        return ""
    if match["line"]:
        return "\n"
    text, (start, end) = match.string, match.span()
    is_margin = start == 0 or end == len(text) or text[start - 1] == "\n" or text[end] == "\n"
    return "" if is_margin else "  " if _parts_names(match) else " "


def _parts_names(match: re.Match[str]) -> bool:
    """Tell whether a wide space stands between characters that narrower ones set apart: 王 伟　李 娜."""
    if "\u3000" not in match[0]:
        return False
    text, (start, end) = match.string, match.span()
    before, behind = SET_APART_RE.search(text, max(0, start - 5), start), APART_AHEAD_RE.match(text, end)
    return all(
        gap is not None and _width(gap["gap"] or gap["wide"]) < _width(match[0]) for gap in (before, behind)
    )


def _width(spaces: str) -> int:
    return sum(2 if space == "\u3000" else 1 for space in spaces)
