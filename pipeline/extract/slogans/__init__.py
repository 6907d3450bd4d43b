"""Numeric slogans (数字口号): 四个强化, 三创建一提升一促进, 一校一品, 1+6+N."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.slogans.bare import find_bare
from pipeline.extract.slogans.counts import expected_members, promised_members
from pipeline.extract.slogans.goals import goal_of, goals_in_pairs
from pipeline.extract.slogans.half_quoted import find_half_quoted
from pipeline.extract.slogans.linked import link_explanations
from pipeline.extract.slogans.members import members_of
from pipeline.extract.slogans.quoted import Candidate, find_quoted
from pipeline.extract.slogans.shared_head import in_headings
from pipeline.lazy_re import lazy_re
from pipeline.records import Extractions, Reading, Slogan

_NUMERIC_RE = lazy_re(r"[一二两三四五六七八九十百千万双\d+＋]")

__all__ = ["find_slogans"]


def _without_overlap(candidates: list[Candidate]) -> list[Candidate]:
    """Keep quoted before bare, longer before shorter, and give text order back."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (not c.is_quoted, c.start - c.end, c.start)):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def find_slogans(reading: Reading, found: Extractions) -> Iterator[Slogan]:
    """Yield every occurrence of a numeric slogan, in text order.

    Members that an appendix or a footnote gives are linked to the occurrences that list none of their own.
    Plain counts are left to the quantities: 5个项目, 三年行动计划, 两所高中, 一批.
    """
    text = reading.text
    if not _NUMERIC_RE.search(text):
        return
    usual, own_marks = _with_usual_marks(text)
    if not own_marks:
        yield from _slogans_of(reading)
        return
    for slogan in _slogans_of(replace(reading, text=usual)):
        yield _with_own_marks(slogan, own_marks)


def _with_usual_marks(text: str) -> tuple[str, dict[int, int]]:
    """Return a text that quotes in 「」 or ‘’ only with “” in their place, and the table that undoes it."""
    if "“" not in text:
        for opening, closing in ("「」", "‘’"):
            if opening in text:
                usual = str.maketrans(opening + closing, "“”")
                return text.translate(usual), str.maketrans("“”", opening + closing)
    return text, {}


def _with_own_marks(slogan: Slogan, own_marks: dict[int, int]) -> Slogan:
    return replace(
        slogan,
        label=slogan.label.translate(own_marks),
        items=tuple(item.translate(own_marks) for item in slogan.items),
        items_linked=tuple(item.translate(own_marks) for item in slogan.items_linked),
        goal=slogan.goal and slogan.goal.translate(own_marks),
    )


def _slogans_of(reading: Reading) -> tuple[Slogan, ...]:
    text = reading.text
    quoted = [*find_quoted(text), *find_half_quoted(text)]
    paired = goals_in_pairs(text)
    labels = [c.wording or text[c.start : c.end] for c in quoted]
    slogans = []
    for candidate in _without_overlap([*quoted, *find_bare(text, reading.words, labels)]):
        start, end, shape = candidate.start, candidate.end, candidate.shape
        items = members_of(text, candidate)
        if candidate.wording and not (items or candidate.is_quoted):
            continue  # 建成三个“示范村”, of which the next lines tell
        label = candidate.wording or text[start:end]
        slogans.append(
            Slogan(
                label=label,
                kind=shape.kind,
                numeral=shape.numeral,
                items=items,
                goal=paired[end] if end in paired else goal_of(text, candidate, has_members=bool(items)),
                start=start,
                end=end,
                n_expected=promised_members(label, shape.kind, shape.numeral, len(items)),
            )
        )
    return link_explanations(text, _with_headings(reading, slogans))


def _with_headings(reading: Reading, slogans: list[Slogan]) -> list[Slogan]:
    """Give the slogan of a title the members that the headings below it name, where it has none of its own."""
    headings = [(s.start, s.heading) for s in reading.sections]
    first = headings[0][0] if headings else 0
    named = []
    for slogan in slogans:
        if slogan.end <= first and not slogan.items and slogan.kind == "enumerated":
            expected = expected_members(slogan.label, slogan.kind, slogan.numeral)
            items = in_headings([h for at, h in headings if at > slogan.end], slogan.label, expected)
            slogan = replace(slogan, items=items) if items else slogan
        named.append(slogan)
    return named
