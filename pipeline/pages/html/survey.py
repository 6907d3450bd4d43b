"""One walk over a page: what is unwanted, how much text each element holds, which known names occur."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from pipeline import lexicon
from pipeline.pages.html.stylesheet import CERTAIN, hidden_names
from pipeline.pages.html.tree import Element
from pipeline.pages.html.unwanted import (
    NAME_PART_RE,
    UNSEEN_TAGS,
    WRAPPER_TAGS,
    furniture_reason,
    hidden_reason,
    read_style,
)

PROSE_RE = re.compile(r"[，。；！？,;]")
DATE_LIKE_RE = re.compile(r"[\d\s/:：.\-—年月日时\[\]()（）|·•]{1,24}")  # 2023-04-10, beside a link in a list
FILE_RE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|txt|ceb|rtf)(?:$|[?#&])|download|downfile|attach",
    re.IGNORECASE,
)
PART_NAMED = 20_000  # rank of elements with a part of their name that says content: page_art_content
CONTENT_PARTS = frozenset("content contents article artical text txt zhengwen neirong detail body zw wz nr con main".split())
NUMBER_RE = re.compile(r"[_-]?\d{1,8}$")  # vsb_content_1043
GENERIC = 10_000  # rank from which on selectors are generic names
SHARED = 1_000  # rank from which on selectors are names that many systems use
MIN_TEXT = 20
FLOW_TAGS = frozenset(
    {"p", "span", "font", "b", "strong", "em", "i", "u", "a", "o:p", "big", "small", "s", "sub", "sup", "st1:chsdate"}
)
_WRAPPER_PROSE = 200  # characters of prose that make a "form" or "footer" the wrapper of the page
_SMALL_SHARE = 0.3  # of a page's prose: what is named as furniture and holds more wraps the text
_MANY_LINKS = 3
_MAX_NAMES = 300
_MAX_DOUBTFUL = 2000
_MAX_DEPTH = 3000


@dataclass(slots=True)
class Weight:
    """How much text an element holds: characters of prose, prose in its own paragraphs, in links, in all; links."""

    prose: int = 0
    direct: int = 0
    linked: int = 0
    chars: int = 0
    n_links: int = 0

    def add(self, other: Weight, sign: int = 1) -> None:
        """Add what a child holds."""
        self.prose += sign * other.prose
        self.linked += sign * other.linked
        self.chars += sign * other.chars
        self.n_links += sign * other.n_links

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
    named: list[tuple[str, Element]] = field(default_factory=list)  # field of the page's facts, element
    part_named: list[Element] = field(default_factory=list)
    doubtful: list[tuple[Element, str]] = field(default_factory=list)  # unwanted unless it wraps the text


@functools.cache
def _ranks(attribute: str) -> dict[str, int]:
    """Name -> rank, its line in the file; shared and generic names rank behind those of one system."""
    behind = {"cms": 0, "shared": SHARED, "generic": GENERIC}
    return {
        row["name"]: number + behind[row["strength"]]
        for number, row in enumerate(lexicon.table("page_selectors.csv"))
        if row["attribute"] == attribute
    }


@functools.cache
def _fields(attribute: str) -> dict[str, str]:
    rows = lexicon.table("page_elements.csv")
    return {row["name"]: row["field"] for row in rows if row["attribute"] == attribute}


@functools.lru_cache(maxsize=8192)
def _known(tag: str, name: str, classes: str) -> tuple[int | None, str | None]:
    """Return the rank of the best selector that fits an element, and the fact that it is named for."""
    ranks = [_ranks("tag").get(tag), _ranks("id").get(name), _ranks("id").get(NUMBER_RE.sub("", name))]
    ranks += [_ranks("class").get(one) for one in classes.split()]
    fields = [_fields("tag").get(tag), _fields("id").get(name)]
    fields += [_fields("class").get(one) for one in classes.split()]
    rank = min((rank for rank in ranks if rank is not None), default=None)
    if rank is None and (name or classes):
        parts = {part.lower() for part in NAME_PART_RE.findall(f"{name} {classes}")}
        rank = PART_NAMED if not parts.isdisjoint(CONTENT_PARTS) else None
    return rank, next(filter(None, fields), None)


def _sheet_reason(hiding: dict[str, str], name: str, classes: str) -> str | None:
    reasons = [hiding.get(f"#{name}"), *(hiding.get(f".{one}") for one in classes.split())]
    return CERTAIN if CERTAIN in reasons else next(filter(None, reasons), None)


def survey(root: Element) -> Survey:
    """Walk over a page once; time and memory grow with its size alone, however it is nested."""
    found = Survey()
    hiding = hidden_names(root)
    open_weights: list[tuple[Weight, int]] = [(Weight(), 0)]  # and how many hits there were before
    n_open_links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            name, classes = element.get("id"), element.get("class")
            if name or classes or tag not in FLOW_TAGS:
                name, classes = (name or "")[:_MAX_NAMES], (classes or "")[:_MAX_NAMES]
                rank, fact = _known(tag, name, classes)
            else:
                rank = fact = None
            style = read_style(element)
            reason = UNSEEN_TAGS.get(tag) or hidden_reason(element, style)
            if reason is None and (rank is None or rank >= PART_NAMED) and style.makes_unseen:
                reason = "hidden text"
            if reason is None and hiding and (name or classes):
                sheet = _sheet_reason(hiding, name or "", classes or "")
                if sheet == CERTAIN and (rank is None or rank >= PART_NAMED):
                    reason = sheet
                elif sheet is not None and len(found.doubtful) < _MAX_DOUBTFUL:
                    found.doubtful.append((element, sheet))
            if reason is not None:
                found.unwanted[element] = reason
                if fact is not None and tag == "textarea":  # where one system keeps its facts
                    found.named.append((fact, element))
                walker.skip_subtree()
                continue
            open_weights.append((Weight(), len(found.hits)))
            if rank is not None and rank < PART_NAMED:
                found.hits.append((rank, element))
            elif rank is not None:
                found.part_named.append(element)
            if fact is not None:
                found.named.append((fact, element))
            if tag == "a" and _is_link(element):
                n_open_links += 1
            _weigh(element.text, open_weights[-1][0], in_link=n_open_links > 0)
            continue
        if element not in found.unwanted:
            if tag == "a" and _is_link(element):
                n_open_links -= 1
                open_weights[-1][0].n_links += 1
            _close(element, found, open_weights)
        if element is not root:
            _weigh(element.tail, open_weights[-1][0], in_link=n_open_links > 0)
    if found.doubtful:
        _settle_doubts(found, open_weights[0][0].prose)
    return found


def _is_link(anchor: Element) -> bool:
    """A link to another page; one to a file is an attachment and belongs to the text."""
    address = anchor.get("href")
    return bool(address) and FILE_RE.search(address[-80:]) is None


def _close(element: Element, found: Survey, open_weights: list[tuple[Weight, int]]) -> None:
    """Decide, now that an element's text is known, whether it is furniture; else its parent inherits its weight."""
    weight, n_hits_before = open_weights.pop()
    tag = element.tag
    is_hit = any(hit is element for _, hit in found.hits[n_hits_before : n_hits_before + 1])
    reason = WRAPPER_TAGS.get(tag) or (None if is_hit else furniture_reason(element))
    if reason is not None and tag not in ("body", "html"):
        holds_text = any(rank < SHARED for rank, _ in found.hits[n_hits_before:])
        if weight.prose < _WRAPPER_PROSE:
            if not holds_text and (tag != "form" or weight.prose < MIN_TEXT or _asks_for_text(element)):
                found.unwanted[element] = reason
                del found.hits[n_hits_before:]
                return
        elif not holds_text and tag != "form" and len(found.doubtful) < _MAX_DOUBTFUL:
            found.doubtful.append((element, reason))
    if weight.chars:
        found.weights[element] = weight
        parent = open_weights[-1][0]
        parent.add(weight)
        if tag in FLOW_TAGS:
            parent.direct += weight.direct


def _asks_for_text(form: Element) -> bool:
    """A form for a comment or a password, not the form around the page that some systems need."""
    return any(
        below.tag == "textarea" or (below.tag == "input" and below.get("type") == "password")
        for below in islice(form.iter(), 500)
    )


def _settle_doubts(found: Survey, page_prose: int) -> None:
    """Drop what is named as furniture, or hidden by the style sheet, and is a small part of the page's prose."""
    doubtful = dict(reversed(found.doubtful))
    dropped: set[Element] = set()
    outermost_first = sorted(doubtful, key=lambda e: -found.weights[e].chars if e in found.weights else 0)
    for element in outermost_first:
        weight = found.weights.get(element)
        if weight is None:
            continue
        ancestors = list(islice(element.iterancestors(), _MAX_DEPTH))
        if weight.prose >= _SMALL_SHARE * page_prose or not dropped.isdisjoint(ancestors):
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


def _weigh(text: str | None, weight: Weight, *, in_link: bool) -> None:
    if not text:
        return
    length = len(text.strip())
    if not length or (length <= 24 and DATE_LIKE_RE.fullmatch(text.strip())):
        return  # neither words nor link: the dates beside a list of links
    weight.chars += length
    if in_link:
        weight.linked += length
    elif length >= MIN_TEXT or (length > 4 and PROSE_RE.search(text)):
        weight.prose += length
        weight.direct += length
