"""Two texts -> are they copies of one document? Decided on the texts themselves, never on their signatures."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.duplicates.alignment import Gap, differences, find_gaps
from pipeline.duplicates.differences import Kind, is_a_byte_apart, judge
from pipeline.duplicates.edges import differing_edge, shown
from pipeline.duplicates.fingerprint import shingle_hashes, without_marks
from pipeline.duplicates.folding import Folded, fold
from pipeline.duplicates.mastheads import without_masthead
from pipeline.duplicates.titles import different_documents, different_numbers

_LEAST_CHARS = 60  # a shorter text is a duplicate only when it is exactly the same
_MOST_OF_SHORT = 20  # times as much as that, which furniture may make of a short text
_LEAST_CONTAINED = 0.55  # share of the shorter text's shingles that the longer one holds
_LONGEST_EDGE = 0.3  # of the longer text; what is cut off or put in front and behind
_OPPOSED = frozenset({Kind.NUMBER, Kind.PLACE, Kind.NEGATION, Kind.PASSAGE, Kind.WORDING})
_GUESSED = frozenset(
    {Kind.EDIT, Kind.NEGATION}
)  # what may be a lost byte guessed wrong; a numeral is never one
_CHARS_AN_EDIT = 3000  # one edited word is believed to be an editor's in so many characters
_MOST_EDITS = 4
_SCARS_AN_EDIT = 4  # in a damaged text one lost character in five leaves something readable


@dataclass(frozen=True, slots=True)
class Copy:
    """One document as it is compared with others; `misread`: bytes of it were lost and guessed."""

    text: str
    title: str | None = None
    doc_number: str | None = None
    misread: bool = False


@dataclass(frozen=True)
class Prepared:
    """A copy, and what is made of its text when a comparison first asks: most are told apart by what they are called."""

    copy: Copy

    @cached_property
    def folded(self) -> Folded:
        """The text as it is compared."""
        return fold(self.copy.text)

    @cached_property
    def shingles(self) -> npt.NDArray[np.uint64]:
        """The distinct shingles of the folded text, as hashes in rising order."""
        return np.unique(shingle_hashes(self.folded.text))

    @cached_property
    def body(self) -> Folded:
        """The text without the lines of its masthead, folded."""
        body = without_masthead(self.copy.text, self.copy.title, self.copy.doc_number)
        return fold(body) if body != self.copy.text else self.folded


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` says why it is no duplicate ("" when it is one); similarities of the shingle sets, where they were asked; what was found."""

    is_duplicate: bool
    reason: str
    jaccard: float = math.nan
    containment: float = math.nan
    n_scars: int = 0
    n_edits: int = 0


def compare(one: Prepared, other: Prepared) -> Verdict:
    """Say whether two documents are copies of one: the same in either order.

    >>> plan = "旬邑县学前教育行动计划\\n到2025年，全县新建幼儿园12所，学前三年毛入园率达到92%以上。\\n加强教师队伍建设，落实教师待遇，完善督导评估制度，健全经费投入机制。"
    >>> compare(Prepared(Copy(plan)), Prepared(Copy("来源：旬邑县教育局\\n" + plan))).is_duplicate
    True
    >>> compare(Prepared(Copy(plan)), Prepared(Copy(plan.replace("旬邑", "彬州")))).reason
    'another place: 彬州 / 旬邑'
    """
    apart = different_documents(*sorted(each.copy.title or "" for each in (one, other)))
    if apart:
        return Verdict(is_duplicate=False, reason=apart)
    if different_numbers(one.copy.doc_number, other.copy.doc_number):
        return Verdict(is_duplicate=False, reason="another document number")
    if (other.folded.text, other.copy.text) < (one.folded.text, one.copy.text):
        one, other = other, one
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    smaller, larger = sorted((len(one.shingles), len(other.shingles)))
    jaccard, containment = shared / max(1, smaller + larger - shared), shared / max(1, smaller)

    def verdict(reason: str, n_scars: int = 0, n_edits: int = 0) -> Verdict:
        return Verdict(not reason, reason, jaccard, containment, n_scars, n_edits)

    lengths = sorted((len(one.folded.text), len(other.folded.text)))
    if one.folded.text == other.folded.text:
        return verdict("")
    if lengths[0] < _LEAST_CHARS:
        # a long text is not read again for every scrap
        may_be_same = lengths[1] < _MOST_OF_SHORT * _LEAST_CHARS
        if may_be_same and without_marks(one.copy.text) == without_marks(other.copy.text):
            return verdict("")
        return verdict("too short to be nearly the same")
    if lengths[0] < (1 - _LONGEST_EDGE) * lengths[1]:
        return verdict("an excerpt, or much longer")
    if containment < _LEAST_CONTAINED:
        return verdict("another text")
    misread = one.copy.misread or other.copy.misread
    found = _differ(one.folded, other.folded, misread=misread)
    if found[0] and one.copy.title and other.copy.title:
        # the titles were compared: what else their lines say is the site's
        shorter = min(len(one.body.text), len(other.body.text))
        if shorter >= _LEAST_CHARS and not (bodies := _differ(one.body, other.body, misread=misread))[0]:
            found = bodies
    return verdict(*found)


def _differ(one: Folded, other: Folded, *, misread: bool) -> tuple[str, int, int]:
    """Return why two texts are two documents ("" when they are one), and how many scars and edits were found."""
    gaps = find_gaps(one.text, other.text)
    places: list[Gap] = []
    n_edge = 0
    for gap in gaps:
        if gap in (gaps[0], gaps[-1]):
            reason, cut, more = differing_edge(one, other, gap)
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
        if misread and kind in _GUESSED and is_a_byte_apart(left, right):
            kind = Kind.SCAR
        if kind in _OPPOSED:
            return f"{kind.value}: {shown(left)} / {shown(right)}", n_scars, edits.total()
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
        return f"{Kind.WORDING.value}: {shown(left)} / {shown(right)}", n_scars, edits.total()
    return "", n_scars, edits.total()
