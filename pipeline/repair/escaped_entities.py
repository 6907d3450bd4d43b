"""Resolves character references that were escaped once too often: &amp;#25945;&amp;#32946; is 教育."""

from __future__ import annotations

import html
from collections.abc import Iterator
from html.entities import html5

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

ENTITY_RE = lazy_re(
    r"&(?:amp;){0,3}(?:(?P<open>#(?:[1-6][0-9]{4}|8[12][0-9]{2})|#[xX][0-9A-Fa-f]{4}(?![0-9A-Fa-f]))(?!;)"
    r"|(?P<name>#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8});)"
)  # &amp;#25945; and, of a careless program, &#25945&#32946
SPACES = frozenset({"nbsp", "ensp", "emsp", "thinsp", "#160", "#xa0", "#12288"})
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

# these hold the bytes of damage that was there before the page was escaped
LOST, LOST_NAME_RE = "\ufffd", lazy_re(r"#65533|#[xX][fF]{3}[dD]")
PRINTED_RE = lazy_re("[\u2010-\u2026\u3000-\u3017\u4e00-\u9fff\uff01-\uff1f]")
PRIVATE_USE_RE = lazy_re("[\ue000-\uf8ff]")
# no letters, but bytes of a text that was read as Latin-1 before it was escaped: &#173; is half of 经
OTHER_BYTES = "\xad" + "".join(map(chr, range(0x80, 0xA0)))


def escaped_entities(text: str) -> list[Edit]:
    """Return the edits that resolve the character references a page still prints.

    >>> from pipeline.edits import TracedText
    >>> damaged = "&amp;#25945;&#32946;&ldquo;双减&amp;rdquo; R&D AT&T;"
    >>> TracedText(damaged).edited(escaped_entities(damaged), kind="escaped_entities").text
    '教育“双减” R&D AT&T;'

    A name that HTML does not know stays, and so does a number that is no character.
    """
    return list(_edits(text)) if "&" in text else []


def _edits(text: str) -> Iterator[Edit]:
    for match in ENTITY_RE.finditer(text):
        name = match["name"] or match["open"]
        if match["open"] and not PRINTED_RE.fullmatch(html.unescape(f"&{name};")):
            continue
        if not name.startswith("#") and f"{name};" not in html5:
            continue
        char = html.unescape(f"&{name};")
        if name.lower() in SPACES and not match.group().startswith("&amp;"):
            continue  # invisible_characters knows what it means at the ends of a line
        is_shown = char.isprintable() or char in OTHER_BYTES or (char.isspace() and char not in LINE_ENDS)
        if char == LOST:  # which is also what html makes of a number that is no character
            is_shown = LOST_NAME_RE.fullmatch(name) is not None
        if is_shown or PRIVATE_USE_RE.fullmatch(char):
            yield Edit(*match.span(), char)
