"""Text that a page holds only in the strings of its scripts: innerHTML = '<p>…', document.write("…"), var data = {…}.

Nothing is run: string literals are read as they stand, in one pass over each script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.script_strings import INSIDE_RES, decoded
from pipeline.pages.html.stored_text import MARKUP_RE, SAMPLE, n_han, scripts_of
from pipeline.pages.html.tree import Element
from pipeline.pages.paragraphs import HAN_RE

QUOTE_RE = lazy_re(r"[\"'`]")
ESCAPED_MARKUP_RE = lazy_re(r"&lt;(?:p|div|br|section|article|span|table)\b", re.IGNORECASE)
BEGINS_RE = lazy_re(r"(?:(?<![+=!<>])=|:)\s{0,20}$")  # a = "…", { "content": "…"; not a += "…"
TAG_RE = lazy_re(r"<[^<>]{0,2000}>")
SENTENCE_RE = lazy_re(r"[。；，！？]")
_MIN_HAN = 40  # Chinese characters of a text; messages to the visitor are shorter
_MIN_PIECE = 4
_MIN_MARKS = 2
_MAX_LITERALS = 20_000


def written_markup(root: Element) -> str | None:
    """Return the prose in the strings of one script of a page as markup, the most there is; None where there is none.

    >>> from pipeline.pages.html.tree import parse
    >>> code = 'c.innerHTML = "<p>' + "全县新增学位，\\\\u5171一千个。" * 5 + '<\\\\/p>";'
    >>> written_markup(parse(f"<script>{code}</script>"))[:20]
    '<p>全县新增学位，共一千个。全县新增学'
    """
    found = (_prose_of(code) for _, code in scripts_of(root))
    return max((text for text in found if text is not None), key=n_han, default=None)


def literals(code: str) -> Iterator[tuple[str, bool]]:
    r"""Yield the strings of a script as written, and whether each begins a value of its own or goes on with the one before.

    >>> list(literals(r'''a = "它\"们" + 'b';'''))
    [('它\\"们', True), ('b', False)]
    """
    at = 0
    for _ in range(_MAX_LITERALS):
        quote = QUOTE_RE.search(code, at)
        if quote is None:
            return
        inside = INSIDE_RES[quote[0]].match(code, quote.end())
        at = inside.end() if inside else quote.end()
        if inside and code[at : at + 1] == quote[0]:
            at += 1
            before = code[max(0, quote.start() - 24) : quote.start()]
            yield inside[0], BEGINS_RE.search(before) is not None


def _prose_of(code: str) -> str | None:
    """Return the value that has most prose of those that a script sets, its strings joined."""
    if not HAN_RE.search(code) and "\\u" not in code:
        return None
    values: list[list[str]] = [[]]
    for written, is_new in literals(code):
        if is_new:
            values.append([])
        if (piece := _piece(written)) is not None:
            values[-1].append(piece)
    markup = max(map("".join, values), key=n_han)
    shown = TAG_RE.sub("", markup)
    is_prose = n_han(shown) >= _MIN_HAN and len(SENTENCE_RE.findall(shown)) >= _MIN_MARKS
    return markup if is_prose else None


def _piece(written: str) -> str | None:
    """Return a string as markup, None for one that is neither markup around Chinese words nor a long sentence."""
    text = decoded(written)
    if n_han(text[:SAMPLE]) < _MIN_PIECE:
        return None
    if not MARKUP_RE.search(text) and ESCAPED_MARKUP_RE.search(text):
        text = html.unescape(text)
    if MARKUP_RE.search(text):
        return text
    if n_han(text) < _MIN_HAN or not SENTENCE_RE.search(text):
        return None
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
