"""The beginnings and ends of two texts, line by line: what only one has, what both have and how it differs."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from pipeline.duplicates.alignment import LONGEST_GAP, Gap, differences
from pipeline.duplicates.differences import STAGE_RE
from pipeline.duplicates.folding import Folded
from pipeline.duplicates.places import are_different, places_at
from pipeline.duplicates.titles import YEAR_RE

_OWN_EDGE = 60  # characters that both may have at one end and the other not: a heading, a dateline


def differing_edge(one: Folded, other: Folded, gap: Gap) -> tuple[str, int, list[Gap]]:
    """Compare the beginnings, or the ends, of two texts line by line.

    Returns why they cannot be of one document, the characters that only one has, and the differences within lines
    that both have.
    """
    lines, other_lines = (
        one.lines(gap.start, gap.end),
        other.lines(gap.other_start, gap.other_end),
    )
    pairs = _paired(one, other, lines, other_lines)
    if lines and other_lines:
        pairs = _with_cut_lines(one, other, gap, len(lines) - 1, len(other_lines) - 1, pairs)
    own = [line for k, line in enumerate(lines) if k not in {i for i, _ in pairs}]
    other_own = [line for k, line in enumerate(other_lines) if k not in {j for _, j in pairs}]
    n_own, n_other_own = (sum(b - a for a, b in some) for some in (own, other_own))
    if min(n_own, n_other_own) > _OWN_EDGE:
        at_end = "ending" if gap.start else "beginning"
        return f"another {at_end}", 0, []
    if not gap.start and _says_draft(one, own) != _says_draft(other, other_own):
        return "draft and final text", 0, []
    if own and other_own:
        said, other_said = (
            "\n".join(text.text[a:b] for a, b in some) for text, some in ((one, own), (other, other_own))
        )
        years, other_years = set(YEAR_RE.findall(said)), set(YEAR_RE.findall(other_said))
        if years and other_years and years.isdisjoint(other_years):
            return f"another year: {min(years)} / {min(other_years)}", 0, []
        if are_different(places_at(said, 0, len(said)), places_at(other_said, 0, len(other_said))):
            return f"another place: {shown(said)} / {shown(other_said)}", 0, []
    places = [
        place
        for i, j in pairs
        for place in differences(one.text, other.text, Gap(*lines[i], *other_lines[j]))
    ]
    return "", n_own + n_other_own, places


def _says_draft(folded: Folded, lines: list[tuple[int, int]]) -> bool:
    return any(STAGE_RE.search(folded.text[a:b]) for a, b in lines)


def _paired(
    one: Folded, other: Folded, lines: list[tuple[int, int]], other_lines: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return which lines of two edges are the same line, in order; each looks for its like among the next few."""
    pairs: list[tuple[int, int]] = []
    first = 0
    for i, (start, end) in enumerate(lines):
        for j in range(first, min(len(other_lines), first + 8)):
            a, b = other_lines[j]
            length, other_length = end - start, b - a
            if min(length, other_length) < 0.5 * max(length, other_length):
                continue
            left, right = (
                one.text[start : min(end, start + LONGEST_GAP)],
                other.text[a : min(b, a + LONGEST_GAP)],
            )
            if Indel.normalized_similarity(left, right) >= 0.5:  # its time grows with the square of a line
                pairs.append((i, j))
                first = j + 1
                break
    return pairs


def _with_cut_lines(
    one: Folded, other: Folded, gap: Gap, last: int, other_last: int, pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Add the pair of lines that go on into what both texts have: they are one line, however little alike so far."""
    at_end = bool(gap.start or gap.other_start)
    border, other_border = (gap.start, gap.other_start) if at_end else (gap.end, gap.other_end)
    if one.line_begins(border) or other.line_begins(other_border):
        return pairs
    cut = (0, 0) if at_end else (last, other_last)
    return [*(p for p in pairs if p[0] != cut[0] and p[1] != cut[1]), cut]


def shown(text: str) -> str:
    """Return a text as a reason quotes it: its first characters."""
    return text if len(text) <= 20 else text[:19] + "…"
