"""Two texts -> are they copies of one document? Decided on the texts themselves, never on their signatures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from pipeline.duplicates.alignment import Gap, differences, find_gaps
from pipeline.duplicates.differences import STAGE_RE, Kind, judge
from pipeline.duplicates.fingerprint import shingle_hashes, without_marks
from pipeline.duplicates.folding import Folded, fold
from pipeline.duplicates.places import are_different, places_at
from pipeline.duplicates.titles import _YEAR_RE, different_documents, different_numbers

_LEAST_CHARS = 60  # a shorter text is a duplicate only when it is exactly the same
_LEAST_CONTAINED = 0.55  # share of the shorter text's shingles that the longer one holds
_LONGEST_EDGE = 0.3  # of the longer text; what is cut off or put in front and behind
_OWN_EDGE = 60  # characters that both may have at one end and the other not: a heading, a dateline
_OPPOSED = frozenset({Kind.NUMBER, Kind.PLACE, Kind.NEGATION, Kind.PASSAGE, Kind.WORDING})
_CHARS_AN_EDIT = 3000  # one edited word is believed to be an editor's in so many characters
_MOST_EDITS = 4
_SCARS_AN_EDIT = 4  # in a damaged text one lost character in five leaves something readable


@dataclass(frozen=True, slots=True)
class Copy:
    """One document as it is compared with others."""

    text: str
    title: str | None = None
    doc_number: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A copy folded, with the distinct shingles of its text."""

    copy: Copy
    folded: Folded
    shingles: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` says why it is no duplicate ("" when it is one); similarities of the shingle sets; what was found."""

    is_duplicate: bool
    reason: str
    jaccard: float
    containment: float
    n_scars: int = 0
    n_edits: int = 0


def prepare(copy: Copy) -> Prepared:
    """Return a copy ready to be compared."""
    folded = fold(copy.text)
    return Prepared(copy, folded, np.unique(shingle_hashes(folded.text)))


def compare(one: Prepared, other: Prepared) -> Verdict:
    """Say whether two documents are copies of one: the same in either order.

    >>> plan = "旬邑县学前教育行动计划\\n到2025年，全县新建幼儿园12所，学前三年毛入园率达到92%以上。\\n加强教师队伍建设，落实教师待遇，完善督导评估制度，健全经费投入机制。"
    >>> compare(prepare(Copy(plan)), prepare(Copy("来源：旬邑县教育局\\n" + plan))).is_duplicate
    True
    >>> compare(prepare(Copy(plan)), prepare(Copy(plan.replace("旬邑", "彬州")))).reason
    'another place: 彬州 / 旬邑'
    """
    if (other.folded.text, other.copy.text) < (one.folded.text, one.copy.text):
        one, other = other, one
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    smaller, larger = sorted((len(one.shingles), len(other.shingles)))
    jaccard, containment = shared / max(1, smaller + larger - shared), shared / max(1, smaller)

    def verdict(reason: str, n_scars: int = 0, n_edits: int = 0) -> Verdict:
        return Verdict(not reason, reason, jaccard, containment, n_scars, n_edits)

    said = different_documents(one.copy.title, other.copy.title)
    if said:
        return verdict(said)
    if different_numbers(one.copy.doc_number, other.copy.doc_number):
        return verdict("another document number")
    lengths = sorted((len(one.folded.text), len(other.folded.text)))
    if one.folded.text == other.folded.text:
        return verdict("")
    if lengths[0] < _LEAST_CHARS:
        if without_marks(one.copy.text) == without_marks(other.copy.text):
            return verdict("")
        return verdict("too short to be nearly the same")
    if lengths[0] < (1 - _LONGEST_EDGE) * lengths[1]:
        return verdict("an excerpt, or much longer")
    if containment < _LEAST_CONTAINED:
        return verdict("another text")
    return verdict(*_differ(one.folded, other.folded))


def _differ(one: Folded, other: Folded) -> tuple[str, int, int]:
    """Return why two texts are two documents ("" when they are one), and how many scars and edits were found."""
    gaps = find_gaps(one.text, other.text)
    places: list[Gap] = []
    n_edge = 0
    for gap in gaps:
        if gap in (gaps[0], gaps[-1]):
            reason, cut, more = _edge(one, other, gap)
            if reason:
                return reason, 0, 0
            n_edge += cut
            places += more
        else:
            places += differences(one.text, other.text, gap)
    if n_edge > _LONGEST_EDGE * max(len(one.text), len(other.text)):
        return "an excerpt, or much longer", 0, 0
    n_scars = n_lost = 0
    edits: Counter[tuple[str, str]] = Counter()
    for place in places:
        kind = judge(one, other, place)
        left, right = one.text[place.start : place.end], other.text[place.other_start : place.other_end]
        if kind in _OPPOSED:
            return f"{kind.value}: {_shown(left)} / {_shown(right)}", n_scars, edits.total()
        n_scars += kind is Kind.SCAR
        n_lost += kind is Kind.LOST
        if kind is Kind.EDIT:
            edits[left, right] += 1
    repeated = [pair for pair, count in edits.items() if count > 1 and all(pair)]
    excused = n_scars // _SCARS_AN_EDIT
    if n_lost > excused:
        return Kind.LOST.value, n_scars, edits.total()
    if repeated or edits.total() > excused + min(_MOST_EDITS, len(one.text) // _CHARS_AN_EDIT):
        left, right = repeated[0] if repeated else next(iter(edits))
        return f"{Kind.WORDING.value}: {_shown(left)} / {_shown(right)}", n_scars, edits.total()
    return "", n_scars, edits.total()


def _edge(one: Folded, other: Folded, gap: Gap) -> tuple[str, int, list[Gap]]:
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
        years, other_years = set(_YEAR_RE.findall(said)), set(_YEAR_RE.findall(other_said))
        if years and other_years and years.isdisjoint(other_years):
            return f"another year: {min(years)} / {min(other_years)}", 0, []
        if are_different(places_at(said, 0, len(said)), places_at(other_said, 0, len(other_said))):
            return f"another place: {_shown(said)} / {_shown(other_said)}", 0, []
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
            if Indel.normalized_similarity(one.text[start:end], other.text[a:b]) >= 0.5:
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


def _shown(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
