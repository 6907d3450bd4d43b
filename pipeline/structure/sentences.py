"""The sentences of a cleaned text, each with the section it stands in."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from pipeline.lazy_re import lazy_re
from pipeline.records import Section, Sentence

_PAIRS = {"”": "“", "’": "‘", "）": "（", "》": "《", "」": "「", "』": "『", "】": "【"}
_OPENERS = frozenset(_PAIRS.values())
_LONGEST_ASIDE = 160  # a quotation longer than this is read as sentences of its own
_LONGEST = 1200  # characters; what has no full stop for longer is cut, so that no later stage meets a page in one piece
_PAUSES = "；，、 "
_CLOSERS = "”’）》」』】"
# what goes on behind a quoted full stop: “……。”的要求
_GOES_ON = frozenset("的等地之、，；：和与及或为是中里上")
GAP_RE = lazy_re(
    r"[^\d.%〇零一二两三四五六七八九十百千万亿]{6}(?=[^\d.%〇零一二两三四五六七八九十百千万亿]{6})"
)
TURN_RE = lazy_re(r"[“”‘’（）《》「」『』【】]")
OPENER_RE = lazy_re(r"[“‘（《「『【]")
# asides in which nothing ends and nothing opens: nearly all
_PLAIN = "[^“”‘’（）《》「」『』【】。！？]*"
PLAIN_ASIDE_RE = lazy_re("|".join(f"{opener}{_PLAIN}{closer}" for closer, opener in _PAIRS.items()))


def _asides(line: str) -> list[tuple[int, int]]:
    """Return the outermost bracketed or quoted spans that are balanced and not too long."""
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for match in TURN_RE.finditer(line):
        mark = match[0]
        if mark in _OPENERS:
            stack += ((mark, match.start()),)
            if stack[32:]:  # unbalanced for good
                del stack[0]
        elif mark in _PAIRS:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _PAIRS[mark]:
                    if match.start() - stack[depth][1] <= _LONGEST_ASIDE:
                        while spans and spans[-1][0] > stack[depth][1]:
                            spans.pop()
                        spans.append((stack[depth][1], match.end()))
                    del stack[depth:]
                    break
    return spans


def _cuts(line: str) -> list[int]:
    """Return the offsets at which the sentences of one paragraph end.

    >>> _cuts("坚持“一校一案。”德育。按照5+2模式（每周5天！），创设板块！”好。")
    [9, 12, 33, 35]
    """
    asides = _asides(line) if OPENER_RE.search(PLAIN_ASIDE_RE.sub("", line)) else []
    cuts: list[int] = []
    at = 0
    for match in re.finditer(r"[。！？]+", line):
        end = match.end()
        if cuts and end <= cuts[-1]:
            continue
        while at < len(asides) and asides[at][1] <= match.start():
            at += 1
        if at < len(asides) and asides[at][0] < match.start():
            close = asides[at][1]
            is_quoted_whole = (
                end >= close - 1 and line[close - 1] in "”’" and line[close : close + 1] not in _GOES_ON
            )
            if not is_quoted_whole:
                continue
            end = close
        while end < len(line) and line[end] in _CLOSERS:
            end += 1
        cuts.append(end)
    if not cuts or cuts[-1] < len(line):
        cuts.append(len(line))
    return list(_with_breaks(line, cuts)) if len(line) > _LONGEST else cuts


def _with_breaks(line: str, cuts: list[int]) -> Iterator[int]:
    """Yield the cuts, and more of them inside a sentence that is too long: behind its last ；, else ，, else anywhere."""
    begin = 0
    for cut in cuts:
        while cut - begin > _LONGEST:
            limit = begin + _LONGEST
            found = (line.rfind(pause, begin + _LONGEST // 2, limit) + 1 for pause in _PAUSES)
            begin = next((at for at in found if at), 0) or _last_gap(line, begin + _LONGEST // 2, limit)
            yield begin
        yield cut
        begin = cut


def _last_gap(line: str, start: int, end: int) -> int:
    """Return the last place between two words of Chinese with no number near, else `end`: 12|34万元 would lie."""
    return max((gap.end() for gap in GAP_RE.finditer(line, start, end)), default=end)


def find_sentences(text: str, sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of a cleaned text: they end at 。！？ and with their paragraph, not at ；.

    A heading at a paragraph's start is a sentence of its own and belongs to the section around it.
    The mark before a heading (一、, 1.) is in no sentence. Never empty: a text without any is one sentence.
    """
    governing = [(s.start, i) for i, s in enumerate(sections) if s.in_path]
    starts = [start for start, _ in governing]
    rows: list[Sentence] = []
    line_start = 0
    for paragraph, line in enumerate(text.split("\n")):
        line_end = line_start + len(line)
        if line.strip():
            first = bisect.bisect_left(starts, line_start)
            begin = line_start
            cuts = [line_start + cut for cut in _cuts(line)]
            if first < len(starts) and starts[first] < line_end:
                section = sections[governing[first][1]]
                begin = section.start
                if (
                    section.marker is not None and section.heading == section.marker
                ):  # 第一条: no heading text
                    begin = section.end
                elif section.end < line_end and text[section.end] in "： \u3000":
                    cuts = sorted({*cuts, section.end + 1})
            for cut in cuts:
                if cut > begin and text[begin:cut].strip():
                    rows.append(
                        Sentence(begin, cut, paragraph, _section_at(begin, cut, sections, governing, starts))
                    )
                    begin = cut
        line_start = line_end + 1
    return tuple(rows) or (Sentence(0, len(text), 0),)


def _section_at(
    begin: int, end: int, sections: tuple[Section, ...], governing: list[tuple[int, int]], starts: list[int]
) -> int | None:
    at = bisect.bisect_right(starts, begin) - 1
    index: int | None = governing[at][1] if at >= 0 else None
    if index is not None and sections[index].start == begin and end <= sections[index].end + 1:
        return sections[index].parent
    while index is not None and sections[index].body_end <= begin:
        index = sections[index].parent
    return index
