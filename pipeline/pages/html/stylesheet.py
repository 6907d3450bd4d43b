"""Classes and ids that a page's own style sheet hides: where hacked sites keep their links."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.tree import Element
from pipeline.pages.html.unwanted import style_of

SIMPLE_SELECTOR_RE = lazy_re(
    r"[A-Za-z][A-Za-z0-9]{0,20}?(?P<tagged>[.#][\w-]{1,80})|(?P<bare>[.#][\w-]{1,80})"
)
SHOWN_RE = lazy_re(r"display\s{0,5}:\s{0,5}(?!none)\w", re.IGNORECASE)
_MAX_SHEETS = 200_000  # characters of style sheets that are read
_MAX_BODY = 1000
_MAX_SELECTOR = 500

CERTAIN = "hidden text (style sheet)"  # moved off the page or clipped to nothing: no script of an honest page undoes it
LIKELY = "hidden text (display: none in the style sheet)"  # tabs and menus are shown later


def hidden_names(root: Element) -> dict[str, str]:
    """Return the classes and ids that the style sheets of a page hide, as `.name` or `#name`, with the reason.

    >>> from pipeline.pages.html.tree import parse
    >>> hidden_names(parse("<style>.kx{position:absolute;left:-9999px} @media print{.wz{display:none}}</style>"))
    {'.kx': 'hidden text (style sheet)'}

    Only rules for one class or id count: what `.menu .item` or a rule for printers hides is not known from here.
    """
    names: dict[str, str] = {}
    room = _MAX_SHEETS
    for sheet in root.iter("style"):
        css = (sheet.text or "")[:room]
        room -= len(css)
        if "none" in css or "-" in css or "hidden" in css:
            _read_sheet(_without_comments(css), names)
    return names


def _without_comments(css: str) -> str:
    pieces = []
    at = 0
    while (start := css.find("/*", at)) >= 0:
        pieces.append(css[at:start])
        end = css.find("*/", start)
        if end < 0:
            return "".join(pieces)
        at = end + 2
    return "".join([*pieces, css[at:]])


def _read_sheet(css: str, names: dict[str, str]) -> None:
    depth = 0
    for piece in css.split("}"):
        n_open = piece.count("{")
        if n_open == 1 and depth == 0:
            if "none" in piece or "-" in piece or "hidden" in piece or names:
                selector, body = piece.split("{")
                if not selector.lstrip().startswith("@"):
                    _read_rule(selector.strip()[-_MAX_SELECTOR:], body[:_MAX_BODY], names)
        else:  # a rule inside of another, or the end of the outer one
            depth = max(0, depth + n_open - 1)


def _read_rule(selector: str, body: str, names: dict[str, str]) -> None:
    style = style_of(body)
    reason = CERTAIN if style.removes else LIKELY if style.hides else None
    if reason is None and not (names and SHOWN_RE.search(body)):
        return
    for one in selector.split(","):
        match = SIMPLE_SELECTOR_RE.fullmatch(one.strip())
        if match is None:
            continue
        name = match["tagged"] or match["bare"]
        if reason is not None:
            names[name] = reason
        elif names.get(name) == LIKELY:
            del names[name]  # a later rule shows it again
