"""Which elements of a page hold its text.

Chinese government sites run on a dozen content management systems, and each names the element that holds the
text (models/page_selectors.csv). Where no known name is found, the element whose own paragraphs hold most of the
page's prose is taken, else the deepest one that holds nearly all of it; prose is text outside of links that has
sentence marks in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.data_table import is_data_table
from pipeline.pages.html.known_names import GENERIC, SHARED, post_ranks
from pipeline.pages.html.survey import MIN_TEXT
from pipeline.pages.html.tree import Element
from pipeline.pages.html.weights import Survey, Weight

LIST_TAGS = frozenset({"ul", "ol", "dl", "table", "div", "section", "p", "tr", "td"})
_STOP_TAGS = frozenset({"p", "span", "ul", "ol", "dl", "font", "h1", "h2", "h3", "b", "strong", "br"})
_NEARLY_ALL = 0.85
_MOST = 0.6  # of the prose: an element whose own paragraphs hold so much is the text, not what is around it
NEARLY_ALL = "it holds nearly all of the prose"
_MAX_STEPS = 60  # up the tree, in search of an element around another
_MANY = 5  # paragraphs alike beside one
_SOME = 10  # characters of prose
_MAX_ROWS = 200
_LONGEST_POINTER = 16  # characters beside its links
POINTS_RE = lazy_re(
    r"[【\[（(>＞•·]{0,3}\s?(?:(?:延伸|相关|推荐|更多|拓展|扩展|链接|此前|往期|热点|精彩)(?:阅读|链接|新闻|报道|文章|推荐|内容|专题|回顾|资讯)|阅读更多|猜你喜欢)\s?[】\]）)]?\s?[：:>＞]{0,3}$"
)
_NOTHING = Weight()


@dataclass(frozen=True, slots=True)
class Main:
    """The elements that hold the text of a page, and why these."""

    elements: tuple[Element, ...]
    reason: str  # named by a system, by many systems, generic name, own paragraphs, nearly all of the prose
    is_named: bool = False  # by one system: what is in it was typed by the author, the headline too


def find_main(root: Element, found: Survey) -> Main:
    """Return the elements that hold the text of a page, in page order; the root when nothing stands out."""
    densest, reason = _densest(root, found)
    dense = _weight(densest, found).prose
    for rank in sorted({rank for rank, _ in found.hits}):
        elements = _outermost([element for hit_rank, element in found.hits if hit_rank == rank])
        is_post = rank in post_ranks()  # which its answers may be longer than
        elements = elements[:1] if is_post else elements
        weights = [_weight(element, found) for element in elements]
        best = max(weight.prose for weight in weights)
        chosen = tuple(e for e, w in zip(elements, weights, strict=True) if w.prose and w.prose >= 0.2 * best)
        if rank >= GENERIC:
            # such a name must hold most of the prose, and is narrowed down as an unknown page is
            if best > 0.5 * dense and len(chosen) == 1:
                narrowed, why = _narrow(chosen[0], found)
                return _part_named(found, dense, why) or Main((narrowed,), "an element with a general name")
        elif max(w.chars - w.linked for w in weights) >= MIN_TEXT:
            one = chosen or (max(elements, key=lambda e: _weight(e, found).chars),)
            if rank < SHARED and (is_post or best * 3 >= dense):
                return Main(one, "named as the text by its content system", is_named=True)
            if rank >= SHARED and best * 2 >= dense:
                return Main(one, "named as the text, as on many sites")
    return _part_named(found, dense, reason) or Main((densest,), reason)


def _part_named(found: Survey, dense: int, reason: str) -> Main | None:
    """Return an element whose name says content in part, when no element stood out by its own paragraphs."""
    named = max(found.part_named, key=lambda e: _weight(e, found).direct, default=None)
    if reason != NEARLY_ALL or named is None or _weight(named, found).direct <= 0.5 * dense:
        return None
    return Main((named,), "a part of its name says content, and it has most of the prose")


def _weight(element: Element, found: Survey) -> Weight:
    return found.weights.get(element, _NOTHING)


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


def _densest(root: Element, found: Survey) -> tuple[Element, str]:
    body = root.find("body")
    return _narrow(root if body is None else body, found)


def _narrow(element: Element, found: Survey) -> tuple[Element, str]:
    """Go down as long as one child holds nearly all of the prose, or one below holds most in its own paragraphs."""
    deepest = _descend(element, found, _NEARLY_ALL)
    whole = _weight(deepest, found).prose
    below = deepest
    while _weight(below, found).direct < _MOST * whole:
        step = _heaviest(below, found)
        if step is None or _weight(step, found).prose < _MOST * whole or step.tag in _STOP_TAGS:
            return deepest, NEARLY_ALL
        if _has_own(below, found) or _is_grid(step, found) or _has_twin(step, found):
            return deepest, NEARLY_ALL
        if _is_paragraph(step) and _is_one_of_many(step, found):
            return deepest, NEARLY_ALL
        below = step
    return below, "most of the prose stands in its own paragraphs"


def _has_own(element: Element, found: Survey) -> bool:
    """Tell an element that has a paragraph of its own beside its blocks, such as a lead; a body has the page's foot."""
    return element.tag not in ("body", "html") and _weight(element, found).direct >= MIN_TEXT


def _alike(element: Element) -> Iterator[Element]:
    """Yield the others of an element's tag and class beside it."""
    parent = element.getparent()
    for other in () if parent is None else parent:
        is_alike = other.tag == element.tag and other.get("class") == element.get("class")
        if is_alike and other is not element:
            yield other


def _has_twin(element: Element, found: Survey) -> bool:
    """Tell an element beside which another of its tag and class holds prose: they are sections of one text."""
    return any(_weight(other, found).prose >= _SOME for other in _alike(element))


def _is_one_of_many(element: Element, found: Survey) -> bool:
    """Tell a paragraph among many of its tag and class that hold words and no links: the cells of a table without lines."""
    cells = (
        other
        for other in _alike(element)
        if _is_paragraph(other) and (weight := _weight(other, found)).chars > 0 and not weight.linked
    )
    return sum(1 for _ in islice(cells, _MANY)) == _MANY


def _descend(element: Element, found: Survey, share: float) -> Element:
    while True:
        step = _heaviest(element, found)
        if step is None or step.tag in _STOP_TAGS or _is_grid(step, found) or _has_own(element, found):
            return element
        if _weight(step, found).prose < share * _weight(element, found).prose:
            return element
        if _is_paragraph(step) and (_has_twin(step, found) or _is_one_of_many(step, found)):
            return element  # one long <div> among the shorter ones of a notice
        element = step


def _is_paragraph(element: Element) -> bool:
    """Tell an element without blocks or line breaks in it: it holds one paragraph, whatever its tag."""
    return not any(child.tag == "br" or child.tag in LIST_TAGS for child in element)


def _is_grid(table: Element, found: Survey) -> bool:
    """Tell a table of the document, which is read whole, from one that lays out the page: links in a cell are a menu."""
    if table.tag != "table" or not is_data_table(table):
        return False
    rows = [row for row in islice(table.iterdescendants("tr"), _MAX_ROWS) if len(row)]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or len(cells) < len(rows) + 1:
        return False
    return not any(_weight(below, found).is_link_list for cell in cells for below in (cell, *cell))


def _heaviest(element: Element, found: Survey) -> Element | None:
    heaviest, most = None, 0
    for child in element:
        prose = found.weights[child].prose if child in found.weights and child not in found.unwanted else 0
        if prose > most:
            heaviest, most = child, prose
    return heaviest


def link_lists(elements: tuple[Element, ...], found: Survey) -> dict[Element, str]:
    """Return the blocks inside elements that are lists of links to other pages."""
    lists: dict[Element, str] = {}
    for top in elements:
        walker = etree.iterwalk(top, events=("start",))
        for _, element in walker:
            if element in found.unwanted:
                walker.skip_subtree()
            elif (
                element.tag in LIST_TAGS
                and (_weight(element, found).is_link_list or _is_pointer(element, found))
                and not _is_attached(element)
            ):
                lists[element] = "list of links"
                walker.skip_subtree()
    return lists


def _is_pointer(element: Element, found: Survey) -> bool:
    """Tell a paragraph that only points to other articles: 延伸阅读：<a>…</a>."""
    weight = _weight(element, found)
    if not weight.n_links or weight.is_link_list or weight.chars - weight.linked > _LONGEST_POINTER:
        return False
    opening = next((text.strip() for text in islice(element.itertext(), 6) if text.strip()), "")
    return POINTS_RE.match(opening) is not None and weight.linked > 0


def _is_attached(element: Element) -> bool:
    """A list of attachments whose addresses do not look like files: 附件：1.任务分解表 2.测算表."""
    opening = "".join(text.strip() for text in islice(element.itertext(), 6))
    return opening.lstrip("相关（(【[").startswith("附件")
