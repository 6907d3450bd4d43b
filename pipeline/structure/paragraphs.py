"""The paragraphs of a text, each with the heading it is or may begin with; how they nest is for outline to say."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.records import Part
from pipeline.structure.decimals import with_decimals
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.headings import CLOSING, FIRST_SENTENCE_RE, Heading, lead_heading, numbered_heading
from pipeline.structure.markers import ANSWER_RE, BARE_MARKER_RE, RANKS, Marker, read_marker
from pipeline.structure.page_lines import squeezed

PARAGRAPH_RE = lazy_re(r"[^\n]+")
# the document proper is over, or another one begins
BREAK_RE = lazy_re(
    r"附件\s?\d{0,2}\s?(?:[：:].*)?$|附[：:]|（此件|抄送|政府信息公开|信息公开|主题词|.{0,40}\d日\s?印发$"
    r"|(?:[12]\d{3}|二[〇○零]..)年.{1,3}月.{1,3}日$"
)
PURPOSE_RE = lazy_re(
    r"为(?:了|进一步|深入|贯彻|全面|加强|加快|推[动进]|切实|规范|保障|落实|做好|促进|确保)|根据|按照|依据"
)
CONTENTS_RE = lazy_re(r"[.…·]{2,}\s?\d{1,3}$")  # 一、总体要求……3
_LONGEST_BULLET = 30  # characters of a line behind a bullet that is a heading
NOT_A_LINE_HEADING_RE = lazy_re(
    r"[》”）、]|[一二三四五六七八九十]{1,3}[是要]$|[图表]\s?\d|[（(].*[）)]$|.*[：；，。！、…]|[各诸]位|.*(?:同志|先生|女士)$|[\d\W]*$|[（(]?\d{4}年(?:度?$|\s?\d)"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-empty line, white space trimmed, with the heading it is or begins with.

    `closes` ends all sections; `opens` says that another document begins, whose marks nest in their own way.
    """

    start: int
    end: int
    heading: Heading | None = None
    closes: bool = False
    opens: bool = False


def _is_prose(text: str, span: tuple[int, int]) -> bool:
    return span[1] - span[0] >= 20 and text[span[1] - 1] in "。！？；：…”）"


def _in_series(text: str, spans: list[tuple[int, int]], marks: list[Marker | None]) -> dict[int, float]:
    """Return for each numbered paragraph which share of its list begins with a short sentence and goes on."""
    runs: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    short: set[int] = set()
    shares: dict[int, float] = {}

    def close(kind: str) -> None:
        run = runs.pop(kind, [])
        share = sum(i in short for i in run) / max(1, len(run))
        shares.update(dict.fromkeys(run, share))

    for i, mark in enumerate(marks):
        if mark is None or mark.ordinal is None:
            continue
        first = FIRST_SENTENCE_RE.match(text, mark.end, spans[i][1])
        if first is not None and len(first[0]) <= 50 and spans[i][1] - first.end() > 8:
            short.add(i)
        if last.get(mark.kind, 0) + 1 != mark.ordinal:
            close(mark.kind)
        runs.setdefault(mark.kind, []).append(i)
        last[mark.kind] = mark.ordinal
    for kind in list(runs):
        close(kind)
    return shares


def _opens_document(line: str, following: Marker | None, next_words: str) -> bool:
    """Say whether a line is the title of an attached document: it names a type, and its reason or a 一、 follows."""
    if following is None:
        begins = PURPOSE_RE.match(next_words) is not None
    else:
        begins = following.ordinal == 1 and following.kind in ("part", "chapter", "article", "cjk")
    return begins and type_of_title(line) is not None


def _is_body(text: str, mark: Marker, following: Marker | None, span: tuple[int, int]) -> bool:
    """Say whether the next paragraph can be what a heading governs: prose, or a list of a finer kind."""
    if following is None:
        return _is_prose(text, span)
    return RANKS.get(following.kind, len(RANKS)) > RANKS.get(mark.kind, 0)


def _in_parts(text: str, spans: list[tuple[int, int]], parts: Sequence[Part]) -> dict[int, Paragraph]:
    """Return the paragraphs that a part of the document takes: its frame, an attachment's title, a glossary."""
    starts = [start for start, _ in spans]
    taken: dict[int, Paragraph] = {}
    for part in parts:
        first = bisect.bisect_left(starts, part.start)
        behind = bisect.bisect_left(starts, part.end)
        if part.kind == "attachment":
            taken[first] = Paragraph(*spans[first], closes=True, opens=True)
            title = squeezed(part.title or "")
            for i in range(first + 1, min(behind, first + 5)):
                if squeezed(text[slice(*spans[i])]) not in title:
                    break
                taken[i] = Paragraph(*spans[i], closes=True)
            continue
        for i in range(first, behind):
            taken[i] = Paragraph(*spans[i], closes=True)
        if part.kind == "glossary" and part.title is not None:
            start, end = spans[first]
            named = re.search(r"[\u4e00-\u9fff《》“”].*[\u4e00-\u9fff]", text[start:end])
            begin, stop = (start + named.start(), start + named.end()) if named else (start, end)
            glossary = Heading("line", None, None, start, begin, stop, end, True)
            taken[first] = Paragraph(start, end, glossary, closes=True)
            taken |= {i: Paragraph(*spans[i]) for i in range(first + 1, behind)}
    return taken


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the lines stand that hold anything, without the white space around it."""
    spans = []
    for match in PARAGRAPH_RE.finditer(text):
        line = match[0]
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, start + len(stripped)))
    return spans


def _is_body_above(text: str, before: Paragraph) -> bool:
    """Say whether a short line below a paragraph can be a heading: prose stands there, or a heading that is no such line."""
    if before.heading is not None and before.heading.kind == "line":
        return False
    whole = before.heading is not None and before.heading.whole
    return whole or _is_prose(text, (before.start, before.end))


def _bullet_line(
    text: str, mark: Marker, end: int, following: Marker | None, below: tuple[int, int]
) -> Heading | None:
    """Return the heading that a short line behind a bullet is: ●完善工作机制 above prose or a list that begins; None for an item."""
    begins = following is not None and following.ordinal == 1
    if end - mark.end > _LONGEST_BULLET or not (begins or (following is None and _is_prose(text, below))):
        return None
    if end - mark.end < 4 or NOT_A_LINE_HEADING_RE.match(text[mark.end : end]):
        return None
    return Heading("bullet_line", mark.text, None, mark.start, mark.end, end, end, True)


def _marks(text: str, spans: list[tuple[int, int]]) -> tuple[list[int], list[Marker | None]]:
    """Return where the words of each paragraph begin, behind 答：, and the mark that stands there."""
    begins, marks = [], []
    for start, end in spans:
        answer = ANSWER_RE.match(text, start, end)
        begins.append(answer.end() if answer else start)
        marks.append(read_marker(text, begins[-1], end))
    if "1.1" in text or "1．1" in text:
        marks = with_decimals(text, spans, marks)
    return begins, marks


def _marked_heading(
    text: str,
    mark: Marker,
    end: int,
    below: tuple[Marker | None, tuple[int, int]] | None,
    share: float,
    items: dict[str, int],
) -> Heading | None:
    """Return the heading of a paragraph with a mark; None for an item, whose number is noted in `items` by its kind.

    `below` are mark and span of the next paragraph.
    """
    if mark.kind in ("dash", "bullet"):
        heading = lead_heading(text, mark.end, end, mark.kind, mark)
        if heading is None and mark.kind == "bullet" and below is not None:
            return _bullet_line(text, mark, end, *below)
        return heading
    body_follows = below is not None and _is_body(text, mark, *below)
    if items.get(mark.kind) == (mark.ordinal or 0) - 1:
        body_follows = False  # the last of a list whose other items are plain sentences
    heading = numbered_heading(text, mark, end, body_follows=body_follows, share=share)
    if heading is None and mark.ordinal is not None:
        items[mark.kind] = mark.ordinal
    return heading


def read_paragraphs(text: str, parts: Sequence[Part] = ()) -> list[Paragraph]:
    """Return the paragraphs of a text, each with the heading it is or may begin with."""
    spans = _spans(text)
    begins, marks = _marks(text, spans)
    series = _in_series(text, spans, marks)
    in_parts = _in_parts(text, spans, parts)
    rows: list[Paragraph] = []
    items: dict[str, int] = {}  # the number of the last plain item, by kind
    bare: tuple[str, int] | None = None
    last = len(spans) - 1
    for i, (start, end) in enumerate(spans):
        mark = marks[i]
        line = text[start:end][:90]
        is_last = i == last
        if i in in_parts:
            rows.append(in_parts[i])
            continue
        if end - start <= 80 and BREAK_RE.match(line):
            rows.append(Paragraph(start, end, closes=True))
            continue
        heading: Heading | None = None
        if CONTENTS_RE.search(line):
            pass
        elif mark is not None:
            below = None if is_last else (marks[i + 1], spans[i + 1])
            heading = _marked_heading(text, mark, end, below, series.get(i, 0.0), items)
        elif 1 <= end - start <= 7 and BARE_MARKER_RE.fullmatch(line) and not is_last:
            after = spans[i + 1]
            if after[1] - after[0] <= 40 and text[after[1] - 1] not in CLOSING + "，、":
                rows.append(Paragraph(start, end))
                bare = (line, start)
                continue
        elif bare is not None:
            heading = Heading("bare", bare[0], None, bare[1], start, end, end, True)
        elif end - start <= 40 and rows and not is_last and not NOT_A_LINE_HEADING_RE.match(line):
            first, behind = spans[i + 1]
            stands_before = marks[i + 1] is not None or _is_prose(text, (first, behind))
            if stands_before and _opens_document(line, marks[i + 1], text[first : first + 8]):
                rows.append(Paragraph(start, end, closes=True))
                continue
            if stands_before and _is_body_above(text, rows[-1]):
                heading = Heading("line", None, None, start, start, end, end, True)
        else:
            heading = lead_heading(text, begins[i], end, "lead", None)
        bare = None
        rows.append(Paragraph(start, end, heading))
    return rows
