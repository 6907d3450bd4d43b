"""The outline of a document: how its headings nest, and which paragraphs each governs."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.lazy_re import lazy_re
from pipeline.records import Part, Section
from pipeline.structure.glossary import find_entries
from pipeline.structure.headings import Heading, short_form
from pipeline.structure.markers import LEAD_RE, RANKS, cjk_ordinal
from pipeline.structure.paragraphs import Paragraph, read_paragraphs
from pipeline.structure.parts import find_parts
from pipeline.structure.sentences import find_sentences

__all__ = ["find_sections", "find_sentences"]

PRINCIPLES_RE = lazy_re(r"(?:原则|总体要求|总体思路|指导思想)$")  # 坚持问题导向。 there names a principle
PAUSE_RE = lazy_re(r"[。；，：！？\n]")
_LONGEST_LEAD = 45  # characters of a lead up to its first pause
CONTENTS_RE = lazy_re(
    r"^[^\S\n]*目[ 　]{0,6}[录次][^\S\n]*\n\s{0,8}(?P<entry>[^\n。]{3,60}?)[ 　\t]*(?:[.…·]{2,80}\s?)?(?:\d{1,3})?[^\S\n]*$",
    re.MULTILINE,
)
_CONTENTS_IN = 3000  # characters at the top
_LONGEST_ENTRY = 80  # characters of a line of the contents
_RUN_IN = ("lead", "dash", "bullet")
_DEEPEST_ABOVE_A_RUN_IN = 2  # a document that spends 一、（一）1. has no rank left for an unnumbered lead


@dataclass(slots=True)
class _Draft:
    level: int
    marker: str | None
    start: int
    end: int
    path: tuple[str, ...]
    parent: int | None
    body_end: int
    in_path: bool = True


@dataclass(slots=True)
class _Outline:
    """The headings placed so far, and the open ones from the outermost in."""

    text: str
    ahead: dict[str, list[tuple[int, int | None]]]
    drafts: list[_Draft] = field(default_factory=list)
    open: list[tuple[str, int | None, int]] = field(default_factory=list)  # kind, ordinal, index of the draft
    below: set[tuple[str, str]] = field(default_factory=set)

    def close(self, keep: int, at: int) -> None:
        while len(self.open) > keep:
            self.drafts[self.open.pop()[2]].body_end = at

    def nests(self, over: tuple[str, int | None, int], heading: Heading) -> bool:
        """Say whether a heading of a kind that is not open stands below an open one."""
        kind, ordinal, _ = over
        if (kind, heading.kind) in self.below:
            return True
        if (heading.kind, kind) in self.below:
            return False
        if heading.kind in _RUN_IN:
            return kind not in ("dash", "bullet")
        if heading.kind in RANKS and kind in RANKS and RANKS[heading.kind] < RANKS[kind]:
            # against the usual order: only if the open list goes on behind this heading (1. （一） （二） 2.)
            later = self.ahead[kind]
            at = bisect.bisect_right(later, (heading.start, 0), key=lambda row: (row[0], 0))
            return (
                ordinal is not None
                and at < len(later)
                and later[at][1] == ordinal + 1
                and heading.ordinal == 1
            )
        return True

    def place(self, heading: Heading) -> None:
        kinds = [kind for kind, _, _ in self.open]
        if heading.kind in kinds:
            self.close(kinds.index(heading.kind), heading.marker_start)
        else:
            while self.open and not self.nests(self.open[-1], heading):
                self.close(len(self.open) - 1, heading.marker_start)
        if self.open:
            self.below.add((self.open[-1][0], heading.kind))
        self.open.append((heading.kind, heading.ordinal, len(self.drafts)))
        self.add(heading.marker, heading.start, heading.end, heading.paragraph_end)

    def close_run_ins(self, at: int) -> None:
        """A plain paragraph ends the section of a run-in heading: that one governs its own paragraph and items."""
        while self.open and self.open[-1][0] in _RUN_IN:
            self.close(len(self.open) - 1, at)

    def enumerates(self, heading: Heading) -> bool:
        """Say whether a number only counts the cases of an article: 第三条 …下列职责：（一）…；（二）…."""
        return RANKS.get(heading.kind, 0) > RANKS["article"] and any(
            kind == "article" for kind, _, _ in self.open
        )

    def takes_run_in(self, heading: Heading, *, is_parallel: bool) -> bool:
        """Say whether a first sentence is a heading here: parallel to others, not too deep, no principle."""
        above = [row for row in self.open if row[0] not in _RUN_IN]
        if len(above) > _DEEPEST_ABOVE_A_RUN_IN:
            return False
        if not above:
            return is_parallel
        kind, _, index = above[-1]
        over = self.drafts[index]
        is_principle = over.path[-1].endswith("原则") or self.text.startswith("坚持", heading.start)
        if is_principle and PRINCIPLES_RE.search(over.path[-1]):
            return False
        if (
            heading.start < over.end + 80
            and self.text[over.end : heading.start].strip("。 \n") == ""
            and heading.paragraph_end - heading.end < 60
        ):
            return False  # one line of introduction right under a heading
        return is_parallel or (kind, heading.kind) in self.below

    def add(self, marker: str | None, start: int, end: int, body_end: int, *, in_path: bool = True) -> None:
        above = self.open[:-1] if in_path else self.open
        parent = above[-1][2] if above else None
        path = self.drafts[parent].path if parent is not None else ()
        path += short_form(self.text[start:end])
        self.drafts.append(_Draft(len(above) + 1, marker, start, end, path, parent, body_end, in_path))


def _behind_contents(text: str) -> int:
    """Return where a table of contents at the top ends: its first entry stands again there; 0 when there is none."""
    match = CONTENTS_RE.search(text[:_CONTENTS_IN])
    if match is None:
        return 0
    again = re.compile(rf"^[^\S\n]*{re.escape(match['entry'])}[^\S\n]*$", re.MULTILINE).search(
        text, match.end()
    )
    lines = text[match.end() : again.start()].split("\n") if again else ()
    return again.start() if again and all(len(line) <= _LONGEST_ENTRY for line in lines) else 0


def _parallel_leads(paragraphs: list[Paragraph]) -> set[int]:
    """Return the paragraphs whose lead has a parallel one nearby: a single short sentence proves nothing."""
    kept: set[int] = set()
    last: dict[str, int] = {}
    gap = 0
    for i, paragraph in enumerate(paragraphs):
        heading = paragraph.heading
        if heading is not None and heading.kind in _RUN_IN:
            before = last.get(heading.kind)
            if before is not None:
                kept |= {before, i}
            last[heading.kind] = i
            gap = 0
        elif paragraph.closes or (heading is not None and heading.kind not in ("arabic_bracket", "circled")):
            last, gap = {}, 0
        else:
            gap += 1
            if gap > 1:
                last = {}
    return kept


def _ordinal_leads(text: str) -> list[tuple[str, int, int, int]]:
    """Return the leads 一是 … 二是 … as marker, start and end of the lead, and where the next one begins."""
    runs: list[list[tuple[str, int, int]]] = []
    for match in LEAD_RE.finditer(text):
        ordinal = cjk_ordinal(match["ordinal"])
        row = (match["marker"], match.start(), match.end())
        if ordinal == 1:
            runs.append([row])
        elif runs and ordinal == len(runs[-1]) + 1:
            runs[-1].append(row)
    rows = []
    for run in runs:
        if len(run) < 2:
            continue
        for i, (marker, _, start) in enumerate(run):
            pause = PAUSE_RE.search(text, start, start + _LONGEST_LEAD)
            line_end = text.find("\n", start)
            body_end = min(
                len(text) if line_end < 0 else line_end, run[i + 1][1] if i + 1 < len(run) else len(text)
            )
            if pause is not None and pause.start() > start:
                rows.append((marker, start, pause.start(), body_end))
    return rows


def find_sections(text: str, parts: tuple[Part, ...] | None = None) -> tuple[Section, ...]:
    """Return the headings of a cleaned text, in text order; `parts` are found when they are not given.

    >>> notice = "一、主要任务\\n（一）完善教研体系。配齐配强专职教研员。\\n（二）加强教学研究。制定教研规划。"
    >>> [(s.level, s.marker, s.heading) for s in find_sections(notice)]
    [(1, '一、', '主要任务'), (2, '（一）', '完善教研体系'), (2, '（二）', '加强教学研究')]
    >>> slogan = "“四个强化”夯实创建责任。一是强化组织领导。成立工作领导小组。二是强化责任落实。建立议事机制。"
    >>> [(s.path, s.in_path) for s in find_sections(slogan)]
    [(('强化组织领导',), False), (('强化责任落实',), False)]

    A first sentence without number is a heading only beside others of its kind, as the last case shows;
    an item of a list that is one full sentence is none. The terms of a 名词解释 stand below it, not in the path.
    """
    parts = find_parts(text) if parts is None else parts
    entries = [entry for part in parts if part.kind == "glossary" for entry in find_entries(text, part)]
    paragraphs = read_paragraphs(text, parts)
    if "目" in text[:_CONTENTS_IN] and (behind := _behind_contents(text)):
        paragraphs = [paragraph for paragraph in paragraphs if paragraph.start >= behind]
    parallel = _parallel_leads(paragraphs)
    ahead: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for paragraph in paragraphs:
        if paragraph.heading is not None:
            ahead[paragraph.heading.kind].append((paragraph.heading.start, paragraph.heading.ordinal))
    outline = _Outline(text, ahead)
    leads = _ordinal_leads(text)
    next_lead = next_entry = 0
    for i, paragraph in enumerate(paragraphs):
        heading = paragraph.heading
        if paragraph.closes:
            outline.close(0, paragraph.start)
        if paragraph.opens:
            outline.below.clear()
        if heading is None:
            outline.close_run_ins(paragraph.start)
        elif heading.kind in _RUN_IN:
            heading = heading if outline.takes_run_in(heading, is_parallel=i in parallel) else None
        if heading is not None and outline.enumerates(heading):
            heading = None
        if heading is not None:
            outline.place(heading)
        while next_entry < len(entries) and entries[next_entry].start < paragraph.end:
            entry = entries[next_entry]
            outline.add(entry.marker, entry.start, entry.end, entry.body_end, in_path=False)
            next_entry += 1
        while next_lead < len(leads) and leads[next_lead][1] < paragraph.end:
            marker, start, end, body_end = leads[next_lead]
            outline.add(marker, start, end, body_end, in_path=False)
            next_lead += 1
    outline.close(0, len(text))
    return tuple(
        Section(
            d.level, d.marker, text[d.start : d.end], d.start, d.end, d.body_end, d.path, d.parent, d.in_path
        )
        for d in outline.drafts
    )
