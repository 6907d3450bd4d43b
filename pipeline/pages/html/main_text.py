"""Which elements of a page hold its text.

Chinese government sites run on a dozen content management systems, and each names the element that holds the
text (models/page_selectors.csv). Where no known name is found, the deepest element that holds nearly all of the
page's prose is taken; prose is text outside of links that has sentence marks in it.
"""

from __future__ import annotations

from lxml import etree

from pipeline.pages.html.survey import GENERIC, MIN_TEXT, Survey, Weight
from pipeline.pages.html.tree import Element

LIST_TAGS = frozenset({"ul", "ol", "dl", "table", "div", "section", "p", "tr", "td"})
_STOP_TAGS = frozenset({"p", "span", "ul", "ol", "dl", "font", "h1", "h2", "h3", "b", "strong", "br"})
_NEARLY_ALL = 0.85
_MAX_STEPS = 60  # up the tree, in search of an element around another


def find_main(root: Element, found: Survey) -> tuple[Element, ...]:
    """Return the elements that hold the text of a page, in page order; the root when nothing stands out."""
    densest = _densest(root, found)
    dense = found.weights.get(densest, Weight()).prose
    for rank in sorted({rank for rank, _ in found.hits}):
        elements = _outermost([element for hit_rank, element in found.hits if hit_rank == rank])
        weights = [found.weights.get(element, Weight()) for element in elements]
        best = max(weight.prose for weight in weights)
        chosen = tuple(e for e, w in zip(elements, weights, strict=True) if w.prose and w.prose >= 0.2 * best)
        if rank >= GENERIC:
            # such a name must hold most of the prose, and is narrowed down as an unknown page is
            if best > 0.5 * dense and len(chosen) == 1:
                return (_descend(chosen[0], found),)
        elif max(w.chars - w.linked for w in weights) >= MIN_TEXT and best * 3 >= dense:
            return chosen or (max(elements, key=lambda e: found.weights.get(e, Weight()).chars),)
    return (densest,)


def _outermost(elements: list[Element]) -> list[Element]:
    """Leave out elements inside an earlier one (elements are in page order)."""
    kept: list[Element] = []
    inside: set[Element] = set(elements)
    for element in elements:
        parent = element.getparent()
        n_steps = 0
        while parent is not None and parent not in inside and n_steps < _MAX_STEPS:
            parent, n_steps = parent.getparent(), n_steps + 1
        if parent is None or n_steps == _MAX_STEPS:
            kept.append(element)
    return kept


def _densest(root: Element, found: Survey) -> Element:
    body = root.find("body")
    return _descend(root if body is None else body, found)


def _descend(element: Element, found: Survey) -> Element:
    """Go down as long as one child holds nearly all of the prose."""
    while True:
        whole = found.weights.get(element, Weight()).prose
        heaviest, most = None, 0
        for child in element:
            prose = found.weights[child].prose if child in found.weights else 0
            if prose > most:
                heaviest, most = child, prose
        if heaviest is None or most < _NEARLY_ALL * whole or heaviest.tag in _STOP_TAGS:
            return element
        element = heaviest


def link_lists(elements: tuple[Element, ...], found: Survey) -> dict[Element, str]:
    """Return the blocks inside elements that are lists of links to other pages."""
    lists: dict[Element, str] = {}
    for top in elements:
        walker = etree.iterwalk(top, events=("start",))
        for _, element in walker:
            if element in found.unwanted:
                walker.skip_subtree()
            elif (
                element.tag in LIST_TAGS and element in found.weights and found.weights[element].is_link_list
            ):
                lists[element] = "list of links"
                walker.skip_subtree()
    return lists
