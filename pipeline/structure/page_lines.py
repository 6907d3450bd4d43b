"""The lines of a page, which of them are furniture by their wording alone, and where its prose begins and ends."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import any_of, table

_SHORT_PROSE = 12
_LONGEST = 4000  # a longer line is a paragraph, whatever it says
TEASER_RE = lazy_re(r"[【\[（(]?(?:内容)?(?:摘要|导读|提要|简介|内容提要)[】\])）]?\s?[：:]?\s*")
SPACE_RE = lazy_re(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `end` takes the newline along; `shown` has no white space around it."""

    start: int
    end: int
    shown: str

    def is_prose(self, shortest: int = 40) -> bool:
        """Say whether the line is a sentence of some length."""
        shown = self.shown
        return (
            len(shown) >= shortest
            and any(mark in shown for mark in "。；！？")
            and not _BARRED_RE.match(shown)
        )


_BARRED_RE = lazy_re(
    r"[\u4e00-\u9fff ]{2,12}[：:]?\s?[|｜][^|｜]{0,200}[|｜]"
)  # 索引号：| … | 分类：| 其他；报告 |


@functools.cache
def _patterns(zone: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return reason and pattern; each is compiled when a line is furniture, and most never are."""
    rows = table("furniture.tsv")
    return tuple((row["reason"], lazy_re(row["pattern"])) for row in rows if row["zone"] == zone)


@functools.cache
def _any_of(zone: str) -> re.Pattern[str]:
    return any_of("furniture.tsv", (each.pattern for _, each in _patterns(zone)))


@functools.lru_cache(maxsize=512)  # a line of prose is asked about twice
def reason_of(line: str, *zones: str) -> str | None:
    """Return why a line is furniture in one of the zones of models/furniture.tsv, or None."""
    if not line or len(line) > _LONGEST:
        return None
    for zone in zones:
        if _any_of(zone).fullmatch(line):  # hardly a line is one
            return next(reason for reason, pattern in _patterns(zone) if pattern.fullmatch(line))
    return None


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text."""
    rows = []
    at = 0
    for line in text.split("\n"):
        end = min(len(text), at + len(line) + 1)
        rows.append(Line(at, end, line.strip()))
        at = end
    return rows


def squeezed(text: str) -> str:
    """Return a text without any white space."""
    return SPACE_RE.sub("", text)


def teaser_at(lines: list[Line], at: int) -> range:
    """Return the lines of a teaser at `at`, which repeats the opening below it; empty when it is no repetition."""
    label = TEASER_RE.match(lines[at].shown)
    if label is None:
        return range(0)
    inside = lines[at].shown[label.end() :]
    stop = at + 1
    if not inside and stop < len(lines):
        inside = lines[stop].shown
        stop += 1
    opening = squeezed(inside)[:30]
    below = squeezed("".join(line.shown[:400] for line in lines[stop : stop + 12]))
    return range(at, stop) if len(opening) >= 10 and opening in below else range(0)


def body_of(lines: list[Line]) -> tuple[int, int]:
    """Return the first and last paragraph that is prose and no furniture; a teaser is passed over.

    Where no paragraph is long, short sentences count: a notice of three lines has a head and a tail as well.
    """
    first, last = _prose(lines, 40)
    return (first, last) if last >= 0 else _prose(lines, _SHORT_PROSE)


def _prose(lines: list[Line], shortest: int) -> tuple[int, int]:
    first = last = None
    skipped: set[int] = set()
    for i, line in enumerate(lines):
        if not line.shown or i in skipped:
            continue
        if first is None and (teaser := teaser_at(lines, i)):
            skipped.update(teaser)
            continue
        if line.is_prose(shortest) and reason_of(line.shown, "any") is None:
            first = i if first is None else first
            last = i
    if first is None or last is None:
        return len(lines), -1
    return first, last
