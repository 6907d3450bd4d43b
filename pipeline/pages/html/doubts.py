"""What is named as furniture, or hidden by the style sheet, but may wrap the text: decided when all is known."""

from __future__ import annotations

from itertools import islice

from pipeline.pages.html.tree import Element
from pipeline.pages.html.weights import Survey

_SMALL_SHARE = 0.3  # of a page's prose: what is named as furniture and holds more wraps the text
_LONG_PROSE = 40  # characters
_MAX_VISITED = 100_000
_MAX_DEPTH = 3000


def settle_doubts(found: Survey, page_prose: int) -> None:
    """Drop what is named as furniture, or hidden by the style sheet, unless it wraps the text of the page.

    It does not wrap it when it is a small part of the page's prose, or when a block outside has far more prose of
    its own: comments may be longer than the news, but each is short.
    """
    doubtful = dict(reversed(found.doubtful))
    best_outside = _best_outside(found, doubtful)
    dropped: set[Element] = set()
    outermost_first = sorted(doubtful, key=lambda e: -found.weights[e].chars if e in found.weights else 0)
    room = _MAX_VISITED
    for element in outermost_first:
        weight = found.weights.get(element)
        if weight is None:
            continue
        ancestors = list(islice(element.iterancestors(), _MAX_DEPTH))
        if not dropped.isdisjoint(ancestors):
            continue
        if weight.prose >= _SMALL_SHARE * page_prose:
            inside = [found.weights[e].direct for e in islice(element.iter(), room) if e in found.weights]
            room -= len(inside)
            if room <= 0 or best_outside < max(_LONG_PROSE, 2 * max(inside, default=0)):
                continue
        dropped.add(element)
        found.unwanted[element] = doubtful[element]
        for ancestor in ancestors:
            if ancestor in found.weights:
                found.weights[ancestor].add(weight, -1)
    if dropped:
        found.hits = [
            (rank, hit)
            for rank, hit in found.hits
            if hit not in dropped and dropped.isdisjoint(islice(hit.iterancestors(), 100))
        ]


def _best_outside(found: Survey, doubtful: dict[Element, str]) -> int:
    """Return the most prose that an element outside of doubtful ones has in paragraphs of its own."""
    longest = sorted(found.weights.items(), key=lambda row: -row[1].direct)[:50]
    for element, weight in longest:
        if element not in doubtful and not any(
            a in doubtful for a in islice(element.iterancestors(), _MAX_DEPTH)
        ):
            return weight.direct
    return 0
