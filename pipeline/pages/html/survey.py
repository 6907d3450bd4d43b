"""One walk over a page: what is unwanted, how much text each element holds, which known names occur."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.doubts import settle_doubts
from pipeline.pages.html.known_names import GENERIC, NOTHING, PART_NAMED, SHARED, known, tags_with_a_meaning
from pipeline.pages.html.stylesheet import CERTAIN, LIKELY, hidden_names
from pipeline.pages.html.tree import Element
from pipeline.pages.html.unwanted import (
    HIDDEN,
    PLAIN,
    UNSEEN_TAGS,
    WRAPPER_TAGS,
    hidden_reason,
    named_furniture,
    style_of,
)
from pipeline.pages.html.weights import Survey, Weight

PROSE_RE = lazy_re(r"[，。；！？,;]")
DATE_LIKE_RE = lazy_re(r"[\d\s/:：.\-—年月日时\[\]()（）|·•]{1,24}")  # 2023-04-10, beside a link in a list
FILE_ENDS = tuple(
    f".{end}"
    for end in [
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "wps",
        "et",
        "pdf",
        "ofd",
        "zip",
        "rar",
        "7z",
        "txt",
        "ceb",
        "rtf",
    ]
)
# what is no prose however long: an info bar, who keeps the site and where he sits
BESIDE_PROSE_RE = lazy_re(
    r"(?=.{0,12}(?:19|20)\d\d\s?[-/.年])[^。；！？，]{0,40}(?:来源|作者|点击|浏览|阅读|发布者?)(?:次?数|量)?\s?[：:]"
    r"|[^。；！？，]{0,12}(?:(?:发布|发文|成文|更新|公开|信息)(?:时间|日期)|来源)\s?[：:]"
    r"|[^。；！？，]{0,40}(?:(?:主办|承办|技术支持)(?:单位)?[：: \u3000]|版权所有|ICP备|邮编|邮政编码)"
)
MIN_TEXT = 20
FLOW_TAGS = frozenset(
    {
        "p",
        "span",
        "font",
        "b",
        "strong",
        "em",
        "i",
        "u",
        "a",
        "o:p",
        "big",
        "small",
        "s",
        "sub",
        "sup",
        "st1:chsdate",
    }
)
_WRAPPER_PROSE = 200  # characters of prose that make a "form" or "footer" the wrapper of the page
_MAX_NAMES = 300
_LONGEST_BAR = 100
_MAX_STYLE = 2000
_MAX_DOUBTFUL = 2000


def _sheet_reason(hiding: dict[str, str], name: str | None, classes: str | None) -> str | None:
    reasons = [hiding.get(f"#{name}")]
    if classes:
        reasons += [hiding.get(f".{one}") for one in classes[:_MAX_NAMES].split()]
    return CERTAIN if CERTAIN in reasons else next(filter(None, reasons), None)


def survey(root: Element) -> Survey:
    """Walk over a page once; time and memory grow with its size alone, however it is nested."""
    found = Survey()
    hiding = hidden_names(root)
    unwanted, hits = found.unwanted, found.hits
    known_tags = tags_with_a_meaning()
    top = Weight()
    # weight, how many hits there were before, its names, whether it is one of the hits, whether a link
    open_elements: list[tuple[Weight, int, str | None, bool, bool]] = [(top, 0, None, False, False)]
    weight = top
    n_open_links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            tag = element.tag
            name, classes = element.get("id"), element.get("class")
            if name is None and classes is None:
                names = None
                rank, fact, headline = known(tag, "", "") if tag in known_tags else NOTHING
            else:
                name, classes = (name or "")[:_MAX_NAMES], (classes or "")[:_MAX_NAMES]
                names = f"{classes} {name}"
                rank, fact, headline = known(tag, name, classes)
            reason = _unseen(element, rank) or (
                _sheet_reason(hiding, name, classes) if hiding and names else None
            )
            if reason == HIDDEN and rank is not None and rank < GENERIC and _may_be_shown(element):
                reason = LIKELY
            if reason == LIKELY or (reason == CERTAIN and rank is not None and rank < PART_NAMED):
                if len(found.doubtful) < _MAX_DOUBTFUL:
                    found.doubtful.append((element, reason))
                reason = None
            if fact is not None and (reason is None or tag == "textarea"):  # where one system keeps its facts
                found.named.append((fact, element))
            if reason is not None:
                unwanted[element] = reason
                walker.skip_subtree()
                continue
            if headline is not None:
                found.headlines.append((headline, element))
            is_link = tag == "a" and _is_link(element.get("href"))
            n_open_links += is_link
            weight = Weight()
            is_hit = False
            n_hits_before = len(hits)
            if rank is not None and rank < PART_NAMED:
                hits.append((rank, element))
                is_hit = True
            open_elements.append((weight, n_hits_before, names, is_hit, is_link))
            if rank is not None and not is_hit:
                found.part_named.append(element)
            text = element.text
            if text:
                _weigh(text, weight, in_link=n_open_links > 0)
            continue
        if element not in unwanted:
            weight, n_hits_before, names, is_hit, is_link = open_elements.pop()
            if is_link:
                n_open_links -= 1
                weight.n_links += 1
            tag = element.tag
            reason = WRAPPER_TAGS.get(tag)
            if reason is None and names is not None and not is_hit:
                reason = named_furniture(names)
            inner, weight = weight, open_elements[-1][0]
            if (reason is None or _is_kept(element, reason, inner, found, n_hits_before)) and inner.chars:
                found.weights[element] = inner
                weight.add(inner)
                if tag in FLOW_TAGS:
                    weight.direct += inner.direct
        else:
            weight = open_elements[-1][0]
        text = element.tail
        if text and element is not root:
            _weigh(text, weight, in_link=n_open_links > 0)
    if found.doubtful:
        settle_doubts(found, top.prose)
    return found


def _unseen(element: Element, rank: int | None) -> str | None:
    reason = UNSEEN_TAGS.get(element.tag)
    if reason is None:
        declared = element.get("style")
        if declared is None:
            return hidden_reason(element, PLAIN)
        style = style_of(declared[:_MAX_STYLE])
        reason = hidden_reason(element, style)
        if reason is None and style.makes_unseen and (rank is None or rank >= PART_NAMED):
            reason = HIDDEN
    return reason


def _may_be_shown(element: Element) -> bool:
    """A text that a script shows: display: none and nothing worse, on an element with a name for the text."""
    style = style_of((element.get("style") or "")[:_MAX_STYLE])
    return style.hides and not style.removes and not style.has_zero_font


def _is_link(address: str | None) -> bool:
    """A link to another page; one to a file is an attachment and belongs to the text."""
    if not address:
        return False
    end = address[-40:].lower()
    return not (end.endswith(FILE_ENDS) or "down" in end or "attach" in end)


def _is_kept(element: Element, reason: str, weight: Weight, found: Survey, n_hits_before: int) -> bool:
    """Decide, now that its text is known, whether an element named as furniture is; a large one is decided later."""
    tag = element.tag
    if tag in ("body", "html") or any(rank < SHARED for rank, _ in found.hits[n_hits_before:]):
        return True
    if weight.prose < _WRAPPER_PROSE:
        if tag != "form" or weight.prose < MIN_TEXT or _asks_for_text(element):
            found.unwanted[element] = reason
            del found.hits[n_hits_before:]
            return False
    elif tag != "form" and len(found.doubtful) < _MAX_DOUBTFUL:
        found.doubtful.append((element, reason))
    return True


def _asks_for_text(form: Element) -> bool:
    """A form for a comment or a password, not the form around the page that some systems need."""
    return any(
        below.tag == "textarea" or (below.tag == "input" and below.get("type") == "password")
        for below in islice(form.iter(), 500)
    )


def _is_beside(text: str, length: int) -> bool:
    return length <= _LONGEST_BAR and "。" not in text and BESIDE_PROSE_RE.match(text) is not None


def _weigh(text: str, weight: Weight, *, in_link: bool) -> None:
    text = text.strip()
    length = len(text)
    if not length or (length <= 24 and text[0] < "\u4e00" and DATE_LIKE_RE.fullmatch(text)):
        return  # neither words nor link: the dates beside a list of links
    weight.chars += length
    if in_link:
        weight.linked += length
    elif (length >= MIN_TEXT or (length > 4 and PROSE_RE.search(text))) and not _is_beside(text, length):
        weight.prose += length
        weight.direct += length
