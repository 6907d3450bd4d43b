"""One walk over a page: what is unwanted, how much text each element holds, which known names occur."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline import lexicon
from pipeline.pages.html.tree import Element
from pipeline.pages.html.unwanted import (
    UNSEEN_TAGS,
    WRAPPER_TAGS,
    furniture_reason,
    hidden_reason,
    read_style,
)

PROSE_RE = re.compile(r"[，。；！？,;]")
GENERIC = 1000  # rank from which on selectors are generic names
MIN_TEXT = 20
_WRAPPER_PROSE = 200  # characters of prose that make a "form" or "footer" the wrapper of the page
_MANY_LINKS = 3
_MAX_NAMES = 300


@dataclass(slots=True)
class Weight:
    """How much text an element holds: characters of prose, in links, in all, and links."""

    prose: int = 0
    linked: int = 0
    chars: int = 0
    n_links: int = 0

    def add(self, other: Weight) -> None:
        """Add what a child holds."""
        self.prose += other.prose
        self.linked += other.linked
        self.chars += other.chars
        self.n_links += other.n_links

    @property
    def is_link_list(self) -> bool:
        """A list of links to other pages, not a sentence with a link in it."""
        return self.n_links >= _MANY_LINKS and self.linked > 0.7 * self.chars


@dataclass(slots=True)
class Survey:
    """One walk over a page: what is unwanted, what each element weighs, which selectors hit."""

    unwanted: dict[Element, str] = field(default_factory=dict)
    weights: dict[Element, Weight] = field(default_factory=dict)
    hits: list[tuple[int, Element]] = field(default_factory=list)  # selector's rank, element


@functools.cache
def _ranks(attribute: str) -> dict[str, int]:
    """Name -> rank, its line in the file; generic names rank behind GENERIC."""
    return {
        row["name"]: number + (GENERIC if row["strength"] == "generic" else 0)
        for number, row in enumerate(lexicon.table("page_selectors.csv"))
        if row["attribute"] == attribute
    }


@functools.lru_cache(maxsize=8192)
def _rank(tag: str, name: str, classes: str) -> int | None:
    """Return the rank of the best selector that fits an element's tag, id and classes, or None."""
    ranks = [_ranks("tag").get(tag), _ranks("id").get(name)]
    ranks += [_ranks("class").get(one) for one in classes.split()]
    return min((rank for rank in ranks if rank is not None), default=None)


def survey(root: Element) -> Survey:
    """Walk over a page once; time and memory grow with its size alone, however it is nested."""
    found = Survey()
    open_weights: list[tuple[Weight, int]] = [(Weight(), 0)]  # and how many hits there were before
    n_open_links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            rank = _rank(
                tag, (element.get("id") or "")[:_MAX_NAMES], (element.get("class") or "")[:_MAX_NAMES]
            )
            style = read_style(element)
            reason = UNSEEN_TAGS.get(tag) or hidden_reason(element, style)
            if reason is None and rank is None and style.makes_unseen:
                reason = "hidden text"
            if reason is not None:
                found.unwanted[element] = reason
                walker.skip_subtree()
                continue
            open_weights.append((Weight(), len(found.hits)))
            if rank is not None:
                found.hits.append((rank, element))
            if tag == "a" and element.get("href"):
                n_open_links += 1
            _weigh(element.text, open_weights[-1][0], in_link=n_open_links > 0)
            continue
        if element in found.unwanted:
            pass
        else:
            if tag == "a" and element.get("href"):
                n_open_links -= 1
                open_weights[-1][0].n_links += 1
            _close(element, found, open_weights)
        if element is not root:
            _weigh(element.tail, open_weights[-1][0], in_link=n_open_links > 0)
    return found


def _close(element: Element, found: Survey, open_weights: list[tuple[Weight, int]]) -> None:
    """Decide, now that an element's text is known, whether it is furniture; else its parent inherits its weight."""
    weight, n_hits_before = open_weights.pop()
    if weight.prose < _WRAPPER_PROSE:
        is_hit = any(hit is element for _, hit in found.hits[n_hits_before : n_hits_before + 1])
        reason = WRAPPER_TAGS.get(element.tag) or (None if is_hit else furniture_reason(element))
        if reason is not None and element.tag not in ("body", "html"):
            found.unwanted[element] = reason
            del found.hits[n_hits_before:]
            return
    if weight.chars:
        found.weights[element] = weight
        open_weights[-1][0].add(weight)


def _weigh(text: str | None, weight: Weight, *, in_link: bool) -> None:
    if not text:
        return
    length = len(text.strip())
    weight.chars += length
    if in_link:
        weight.linked += length
    elif length >= MIN_TEXT or (length > 4 and PROSE_RE.search(text)):
        weight.prose += length
