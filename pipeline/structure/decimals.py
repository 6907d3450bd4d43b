"""Headings numbered by decimals, as emergency plans and technical papers have them: 1 总则, 1.1 编制目的, 2.1.1 组成."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.markers import Marker

_FIRST_RE = lazy_re(r"^[ \u3000\t]*1[.．]1[.．]?[ \u3000\t]*[\u4e00-\u9fff]", re.MULTILINE)
_SECOND_RE = lazy_re(r"^[ \u3000\t]*1[.．]2[.．]?[ \u3000\t]*[\u4e00-\u9fff]", re.MULTILINE)
_MARK_RE = lazy_re(
    r"(?P<shown>(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,3})[.．、]?)(?P<gap>[ \u3000\t]*)(?=[\u4e00-\u9fffA-Z“《])(?![万亿])"
)
_LONGEST = 60  # characters of a paragraph that 1 总则, a number with nothing but a blank behind it, may head


def _follows(number: tuple[int, ...], current: tuple[int, ...]) -> bool:
    """Say whether a number is the next one: behind 2.1.3 come 2.1.3.1, 2.1.4, 2.2, 3 and 3.1; the first is 1 or 1.1."""
    if not current:
        return set(number) == {1}
    depth = len(number)
    same, above = current[: depth - 1], number[:-1]
    if same == above:
        return number[-1] == (current[depth - 1] + 1 if len(current) >= depth else 1)
    is_next = len(same) == depth - 1 and same[:-1] == above[:-1] and above[-1] == same[-1] + 1
    return is_next and number[-1] == 1


def with_decimals(
    text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Marker | None]
) -> list[Marker | None]:
    """Return the marks of a text's paragraphs, those of an outline by decimals among them where it has one.

    >>> text = "1 总则\\n1.1 编制目的\\n1.2 编制依据\\n2 职责\\n2.1 组成\\n3.5万处隐患点落实了责任。"
    >>> spans = [m.span() for m in re.finditer(r"[^\\n]+", text)]
    >>> [mark and mark.kind + " " + mark.text for mark in with_decimals(text, spans, [None] * 6)]
    ['decimal1 1', 'decimal2 1.1', 'decimal2 1.2', 'decimal1 2', 'decimal2 2.1', None]
    """
    first = _FIRST_RE.search(text)
    if first is None or _SECOND_RE.search(text, first.end()) is None:
        return list(marks)
    found = [_MARK_RE.match(text, start, end) for start, end in spans]
    numbers = [tuple(map(int, re.split("[.．]", match["number"]))) if match else () for match in found]
    chapters = [number[0] if len(number) > 1 else 0 for number in numbers]  # of what is numbered by decimals
    nexts = _next_chapters(chapters)
    current: tuple[int, ...] = ()
    read: list[Marker | None] = []
    for (start, end), mark, match, number, ahead in zip(spans, marks, found, numbers, nexts, strict=True):
        is_chapter = len(number) == 1 and (
            ahead == number[0] or (match is not None and bool(match["gap"]) and end - start <= _LONGEST)
        )
        begins_anew = number == (1,) and ahead == 1  # behind a table of contents, or in an attachment
        if match and (len(number) > 1 or is_chapter) and (begins_anew or _follows(number, current)):
            current = number
            mark = Marker(f"decimal{len(number)}", match["shown"], number[-1], start, match.end())
        read.append(mark)
    return read


def _next_chapters(chapters: Sequence[int]) -> list[int]:
    """Return for each paragraph the chapter of the next number of two parts or more behind it, 0 behind the last."""
    nexts, ahead = [], 0
    for chapter in reversed(chapters):
        nexts.append(ahead)
        ahead = chapter or ahead
    return nexts[::-1]
