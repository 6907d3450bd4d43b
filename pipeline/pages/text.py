"""A page that is nothing but text: lines are paragraphs, and nothing is left out but tags that a copy left in it."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re
from pipeline.pages.paragraphs import Decode, paragraphs
from pipeline.pages.sniff import MIN_TAGS
from pipeline.records import Dropped, Page, RawFile

_NAMES = r"(?:p|div|span|table|tbody|tr|td|br|font|strong|b|i|u|em|o:p|center|a|ul|li|img|h[1-6]|iframe|input|link)"
SCRIPT_RE = lazy_re(
    r"<(?P<name>script|style)\b[^<>]{0,2000}>[^<]{0,20000}(?:<(?!/?(?:script|style)\b)[^<]{0,2000}){0,200}</(?P=name)\s{0,9}>",
    re.IGNORECASE,
)
# its attributes have values: p<0.05 或 x>1 is none
_TAG = rf"</?(?:{_NAMES})(?:\s{{1,9}}[\w:-]{{1,40}}\s{{0,3}}=[^<>]{{0,2000}})?\s{{0,9}}/?>"
TAG_RE = lazy_re(_TAG.replace("(?:", "(?P<name>", 1), re.IGNORECASE)
LONE_TAGS_RE = lazy_re(rf"^[ \t\u3000]{{0,40}}(?:{_TAG}[ \t]{{0,9}}){{1,9}}$", re.IGNORECASE | re.MULTILINE)
BREAKING = frozenset("p div table tr br li h1 h2 h3 h4 h5 h6 center".split())  # noqa: SIM905
REASON = "tags left in a text"
_MAX_EXCERPT = 2000


def read_text(file: RawFile, decode: Decode) -> Page:
    """Return a text page as it stands, without the tags that a copy left in it."""
    decoded = decode(file.raw, file.charset)
    bare, tags = without_tags(decoded.text)
    dropped = (Dropped(REASON, "\n".join(tags)[:_MAX_EXCERPT]),) if tags else ()
    return Page(paragraphs(bare), decoded.encoding, dropped=dropped)


def without_tags(text: str) -> tuple[str, list[str]]:
    """Return a text without the tags left in it, and these; a tag that ends paragraphs ends a line.

    >>> without_tags('一、总体要求\\n<img src="/a.jpg"/>\\n坚持<font size=3>全面</font>覆盖。')[0]
    '一、总体要求\\n\\n坚持全面覆盖。'
    >>> without_tags("当 a<b 时，误差<30%>；提及<b>标签</b>的文本")[1]
    []

    A few tags without attributes stay, but for lines of nothing else: a text may speak of them.
    """
    if "<" not in text:
        return text, []
    found: list[str] = []

    def taken(part: re.Match[str]) -> str:
        found.append(part[0].strip())
        return "\n" if part.groupdict().get("name", "").lower() in BREAKING else ""

    text = LONE_TAGS_RE.sub(taken, SCRIPT_RE.sub(taken, text))
    tags = list(TAG_RE.finditer(text))
    is_markup = len(tags) + len(found) >= MIN_TAGS
    sure = {tag["name"].lower() for tag in tags if is_markup or "=" in tag[0]}
    return TAG_RE.sub(lambda tag: taken(tag) if tag["name"].lower() in sure else tag[0], text), found
