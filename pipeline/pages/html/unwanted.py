"""What on a page is never its text: code, controls, hidden text, and blocks named for what they are."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import islice

from pipeline import lexicon
from pipeline.lazy_re import lazy_re
from pipeline.pages.html.tree import Element
from pipeline.records import Dropped

UNSEEN_TAGS: dict[str, str] = {
    "head": "page head",
    "script": "script",
    "style": "style sheet",
    "noscript": "notice for browsers without scripts",
    "template": "template",
    "iframe": "other page inside this one",
    "object": "embedded object",
    "embed": "embedded object",
    "applet": "embedded object",
    "svg": "picture",
    "canvas": "picture",
    "map": "picture",
    "audio": "sound",
    "video": "moving picture",
    "select": "form control",
    "option": "form control",
    "textarea": "form control",
    "button": "form control",
    "input": "form control",
    "datalist": "form control",
    "rt": "reading beside a character",
    "rp": "reading beside a character",
}
# wrappers as often as not: a form may hold the whole page (ASP.NET), so they go only without prose in them
WRAPPER_TAGS: dict[str, str] = {"form": "form", "nav": "navigation", "footer": "footer", "aside": "aside"}

HIDDEN = "hidden text"
# never text, whatever else is on the page
HARD_REASONS = frozenset({*UNSEEN_TAGS.values(), HIDDEN, "hidden text (style sheet)"})

HIDDEN_STYLE_RE = lazy_re(r"display\s{0,5}:\s{0,5}none", re.IGNORECASE)
OFF_PAGE_RE = lazy_re(
    r"(?:^|;)\s{0,5}(?:text-indent|left|right|top|margin-left|margin-top)\s{0,5}:\s{0,5}-\d{3,6}(?:px|em|pt|%)"
    r"|(?:^|;)\s{0,5}clip\s{0,5}:\s{0,5}rect\(\s{0,5}[01]?(?:px)?[\s,]{1,5}[01]?(?:px)?[\s,]{1,5}[01]?(?:px)?[\s,]",
    re.IGNORECASE,
)  # position:absolute;left:-9999px
SAME_COLOUR_RE = lazy_re(
    r"(?:^|;)\s{0,5}color\s{0,5}:\s{0,5}(?P<ink>#[0-9a-f]{3,6}|white|black)(?=\s{0,5}(?:;|!|$)).{0,300}?"
    r"background(?:-color)?\s{0,5}:\s{0,5}(?P=ink)(?=\s{0,5}(?:;|!|$))",
    re.IGNORECASE,
)  # color:#fff;background:#fff
UNSEEN_STYLE_RE = lazy_re(
    r"visibility\s{0,5}:\s{0,5}hidden|opacity\s{0,5}:\s{0,5}0(?:\.0{1,5})?\s{0,5}(?:;|$)", re.IGNORECASE
)  # visibility:hidden; scripts of some sites show the article afterwards
ZERO_FONT_RE = lazy_re(
    r"font-size\s{0,5}:\s{0,5}(?:0(?:px|pt|em|rem|%)?|[12](?:px|pt))\s{0,5}(?:;|!|$)", re.IGNORECASE
)  # font-size:1px
ZERO_SIZE_RE = lazy_re(
    r"(?:^|;)\s{0,5}(?:max-)?(?:height|width)\s{0,5}:\s{0,5}[01](?:px|pt|em|%)?\s{0,5}(?:;|!|$)",
    re.IGNORECASE,
)  # height:0px
CLIPPED_RE = lazy_re(r"overflow\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
PRE_STYLE_RE = lazy_re(
    r"white-space\s{0,5}:\s{0,5}(?:pre|break-spaces)", re.IGNORECASE
)  # white-space: pre-wrap
NAME_PART_RE = lazy_re(r"[A-Z]?[a-z]+|[A-Z]+|\d+")  # articleShare_box -> article Share box

_CODE_TAGS = frozenset({"script", "style"})
_MAX_EXCERPT = 200
_MAX_STYLE = 2000
_MAX_NAMES = 300
_MAX_DROPPED = 500


@functools.cache
def _furniture_parts() -> frozenset[str]:
    return frozenset(lexicon.words("page_furniture.txt"))


@dataclass(frozen=True, slots=True)
class Style:
    """What a style attribute does to the text below it."""

    hides: bool = False
    removes: bool = False  # off the page, or clipped to nothing
    makes_unseen: bool = False  # transparent, which scripts of honest pages undo
    has_zero_font: bool = False
    keeps_lines: bool = False  # white-space: pre


PLAIN = Style()


@functools.lru_cache(maxsize=8192)
def style_of(style: str) -> Style:
    """Return what the declarations of a style attribute, or of a rule of a style sheet, do."""
    return Style(
        hides=bool(HIDDEN_STYLE_RE.search(style)),
        removes=bool(
            OFF_PAGE_RE.search(style)
            or (ZERO_SIZE_RE.search(style) and CLIPPED_RE.search(style))
            or SAME_COLOUR_RE.search(style)
        ),
        makes_unseen=bool(UNSEEN_STYLE_RE.search(style)),
        has_zero_font=bool(ZERO_FONT_RE.search(style)),
        keeps_lines=bool(PRE_STYLE_RE.search(style)),
    )


def hidden_reason(element: Element, style: Style) -> str | None:
    """Return why an element is not seen by a reader of the page, or None."""
    if (
        style.hides
        or style.removes
        or (style.has_zero_font and not _sets_font_below(element))
        or element.get("hidden") is not None
        or (element.tag == "marquee" and (_is_tiny(element.get("width")) or _is_tiny(element.get("height"))))
    ):
        return HIDDEN
    return None


def _is_tiny(size: str | None) -> bool:
    return size is not None and size.strip().removesuffix("px") in ("0", "1", "2", "3", "4", "5")


def _sets_font_below(element: Element) -> bool:
    """A size of zero on a list only closes the gaps between its items, which set their own."""
    return any("font-size" in (below.get("style") or "").lower() for below in islice(element.iter(), 1, 50))


@functools.lru_cache(maxsize=8192)
def named_furniture(names: str) -> str | None:
    """Return the furniture that the class and id of an element name: share, breadcrumb, footer …

    >>> named_furniture("article-share fl")
    'site furniture (share)'
    """
    known = _furniture_parts()
    parts = (part.lower() for part in NAME_PART_RE.findall(names[:_MAX_NAMES]))
    return next((f"site furniture ({part})" for part in parts if part in known), None)


def dropped_records(unwanted: dict[Element, str]) -> list[Dropped]:
    """Return a record, with the beginning of its text, of each unwanted element that holds any."""
    records = []
    for element, reason in unwanted.items():
        excerpt = ""
        for text in (element.text,) if element.tag in _CODE_TAGS else element.itertext():
            excerpt += (text or "")[:_MAX_STYLE].strip()
            if len(excerpt) >= _MAX_EXCERPT:
                break
        if excerpt and reason != "page head":
            records.append(Dropped(reason, excerpt[:_MAX_EXCERPT]))
        if len(records) >= _MAX_DROPPED:
            break
    return records
