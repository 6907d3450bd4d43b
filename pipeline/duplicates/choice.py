"""Which copy of a document is kept, and which inputs are copies of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.duplicates.candidates import Indices, Neighbours, Numbers, find_candidates
from pipeline.duplicates.folding import DOUBT
from pipeline.duplicates.verdict import Copy, Prepared, Verdict, compare
from pipeline.lazy_re import lazy_re

_OFFICIAL_RE = lazy_re(
    r"(?<![\w-])gov\.cn(?![\w-])|\.gov\.cn|政府|(?:局|委员会|厅|教育部)(?:网站?|门户网站|官网|公众号)?$"
)
_PRESS_RE = lazy_re(
    r"日报|晚报|早报|时报|报社|新华|人民网|央视|电视台|广播|新闻网|融媒|people\.com\.cn|xinhuanet|news\.cn"
)
# misreadings that lose a byte of UTF-8 here and there, which the repair has to guess
_LOSE_A_BYTE = frozenset({"utf8_read_as_gbk", "utf8_read_as_latin1"})
_OFFICIAL_STEPS = 3  # of length, five percent each, that a government's own page is given
_MOST_TRIES = 16  # kept copies that one document is compared with, the likeliest first
_PREPARED = 256  # documents held ready for comparison


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the choice hangs on, of one document that was read; `index` is its place among them."""

    index: int
    doc_id: str
    source: str = ""
    title: str | None = None
    doc_number: str | None = None
    publish_date: str | None = None
    outlet: str | None = None
    url: str | None = None
    script: str | None = None
    n_repairs: int = 0
    n_chars: int = 0
    damage: Sequence[str] | None = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One document is a copy of another, which is kept."""

    index: int
    kept: int
    verdict: Verdict


def site_rank(*said: str | None) -> int:
    """Return 0 for a government's site, 1 for a paper, 2 for anybody else, from addresses and names of outlets.

    >>> site_rank("www.snxunyi.gov.cn/zwgk/1.html"), site_rank(None, "咸阳日报"), site_rank("mirror.example/1.html")
    (0, 1, 2)
    """
    known = [text for text in said if text]
    if any(_OFFICIAL_RE.search(text) for text in known):
        return 0
    return 1 if any(_PRESS_RE.search(text) for text in known) else 2


def preference(facts: DocumentFacts, text: str) -> tuple[object, ...]:
    """Return what copies are ordered by, the best first.

    Least damage (doubts that no repair could settle, then the number of repairs, then a conversion from traditional
    characters), then the completest text, the earliest date, the more official site, the order of the sources. Damage and
    length count in coarse steps: one repair or one line more does not decide; and a government's own page comes before
    one that is a little longer, for what a mirror has more is rarely the document's.
    """
    n_chars = max(1, len(text))
    doubts = (text.count(DOUBT) + text.count("?")) * 10_000 // n_chars
    repairs = facts.n_repairs * 2_000 // n_chars
    rank = site_rank(facts.url, facts.source, facts.outlet)
    return (
        doubts.bit_length(),
        repairs.bit_length() + (facts.script in ("hant", "mixed")),
        -round(math.log(n_chars, 1.05)) - (_OFFICIAL_STEPS if rank == 0 else 0),
        facts.publish_date or "9999",
        rank,
        facts.source,
        facts.index,
    )


def choose(
    digests: npt.NDArray[np.uint64],
    signatures: Numbers,
    facts_of: Callable[[Iterable[int]], Mapping[int, DocumentFacts]],
    texts_of: Callable[[Iterable[int]], Callable[[int], str]],
    *,
    near: bool = True,
) -> list[Decision]:
    """Return the documents that are copies of another, each with the copy that is kept.

    `digests` has two numbers a document. `facts_of` and `texts_of` are asked once, for the documents that have a
    candidate. The result hangs on the documents alone, not on their order. Every copy was compared with the one that is
    kept; a kept document is no copy of anything.
    """
    firsts, same = _same_texts(digests)
    candidates = find_candidates(signatures, firsts if near else firsts[:0])
    neighbours = Neighbours(candidates)
    crowds: dict[int, list[int]] = defaultdict(list)
    for number, crowd in enumerate(candidates.crowds):
        for i in crowd:
            crowds[i].append(number)
    concerned = {i for members in same.values() for i in members} | set(neighbours) | crowds.keys()
    if not concerned:
        return []
    facts, text_of = facts_of(sorted(concerned)), texts_of(sorted(concerned))
    return _assign(same, neighbours, crowds, facts, text_of)


def _same_texts(digests: npt.NDArray[np.uint64]) -> tuple[Indices, dict[int, list[int]]]:
    """Return the first document of every digest, and all documents of each digest that more than one has."""
    order = np.lexsort((digests[:, 1], digests[:, 0]))  # stable: the documents of a digest stay in order
    differs = (digests[order][1:] != digests[order][:-1]).any(axis=1)
    starts = np.concatenate(([0], np.flatnonzero(differs) + 1))[: len(order)]
    sizes = np.diff(np.concatenate((starts, [len(order)])))
    same = {
        int(order[starts[k]]): order[starts[k] : starts[k] + sizes[k]].tolist()
        for k in np.flatnonzero(sizes > 1)
    }
    return np.sort(order[starts]), same


def _assign(
    same: Mapping[int, list[int]],
    neighbours: Neighbours,
    crowds: Mapping[int, list[int]],
    facts: Mapping[int, DocumentFacts],
    text_of: Callable[[int], str],
) -> list[Decision]:
    """Go through the documents from the best: one is a copy of the likeliest kept one that it is verified against."""
    ranks = {index: preference(one, text_of(index)) for index, one in facts.items()}
    first_of = {index: first for first, members in same.items() for index in members}

    @lru_cache(maxsize=_PREPARED)
    def prepared(index: int) -> Prepared:
        own = facts[index]
        misread = not _LOSE_A_BYTE.isdisjoint(own.damage or ())
        return Prepared(Copy(text_of(index), own.title, own.doc_number, misread=misread))

    kept_of: dict[int, list[int]] = defaultdict(list)  # by the first document of a digest
    kept_in: dict[int, list[int]] = defaultdict(list)  # by crowd
    decisions = []
    for index in sorted(facts, key=lambda i: ranks[i]):
        first = first_of.get(index, index)
        likeness = dict.fromkeys(kept_of[first], 1.0)
        for other, alike in neighbours.of(first):
            likeness.update((kept, alike) for kept in kept_of[other])
        for number in crowds.get(first, ()):
            likeness |= {kept: 1.0 for kept in kept_in[number][:_MOST_TRIES] if kept not in likeness}
        tries = sorted(likeness, key=lambda kept: (-likeness[kept], ranks[kept]))[:_MOST_TRIES]
        for kept in tries:
            verdict = compare(prepared(index), prepared(kept))
            if verdict.is_duplicate:
                decisions.append(Decision(index, kept, verdict))
                break
        else:
            kept_of[first].append(index)
            for number in crowds.get(first, ()):
                kept_in[number].append(index)
    return sorted(decisions, key=lambda decision: decision.index)
