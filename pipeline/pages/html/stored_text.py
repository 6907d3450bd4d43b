"""Text that a page keeps where no reader sees it, for a script to show: hidden fields, text areas, data of scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.packed import unpacked
from pipeline.pages.html.tree import Element, parse
from pipeline.pages.paragraphs import HAN_RE

MARKUP_RE = lazy_re(r"<(?:p|div|br|section|article|span|table)\b", re.IGNORECASE)
SENTENCE_RE = lazy_re(r"[。；，！？]")
ASKS_RE = lazy_re(r"java\s?script|浏览器|脚本", re.IGNORECASE)  # 请启用JavaScript后浏览本站
ASSIGNED_RE = lazy_re(
    r"(?:window\.)?(?:__INITIAL_STATE__|__NUXT__|allData|BASE_DATA|pageData|articleData)\s{0,3}=\s{0,3}(?=\{)"
)  # the state of an application, as JSON
_MIN_HAN = 30
SAMPLE = 20_000  # characters by which a text is told
_MAX_FIELDS = 300
_OF_A_NOTE = 80  # characters in which a note to the visitor says what it wants
_MAX_SCRIPT = 2_000_000
_DATA_ATTRIBUTES = "//@*[starts-with(., '{') and string-length(.) > 100]"  # <div data-page="{…}">
_HIDDEN_AREAS = ("textarea", "xmp")
_MAX_VALUES = 20_000
_BODY_KEYS = ("content", "articleBody", "body", "data", "html", "text", "detail", "article")


def stored_markup(root: Element) -> tuple[str, str] | None:
    """Return the longest piece of markup that a page stores unseen and where it stands, or None.

    >>> from pipeline.pages.html.tree import parse
    >>> stored_markup(parse('<input type="hidden" name="a" value="&lt;p&gt;' + "全县新增学位一千二百个，" * 4 + '">'))[1]
    'hidden field'
    """
    found = [*_fields(root), *_scripts(root)]
    return max(found, key=lambda one: n_han(one[0][:SAMPLE]), default=None)


def n_han(text: str) -> int:
    """Return how many Chinese characters a text has."""
    return len(HAN_RE.findall(text))


def unfold(root: Element) -> bool:
    """Lay what a browser without scripts shows, and what frames hold in their attribute, open in the page; tell whether there was any text.

    >>> from pipeline.pages.html.tree import parse
    >>> page = parse("<noscript><p>" + "全县新增学位一千二百个，惠及群众。" * 3 + "</p></noscript>")
    >>> unfold(page), page.find(".//noscript") is None
    (True, True)
    """
    is_any = False
    for one in list(islice(root.iter("noscript", "iframe"), _MAX_FIELDS)):
        inside = one.get("srcdoc") or "" if one.tag == "iframe" else "".join(one.itertext())
        sample = inside[:SAMPLE]
        if n_han(sample) < _MIN_HAN or not SENTENCE_RE.search(sample) or ASKS_RE.search(sample[:_OF_A_NOTE]):
            continue
        if one.tag == "iframe":
            body = parse(inside).find("body")
            one.text = None
            one.extend([] if body is None else list(body))
            del one.attrib["srcdoc"]
        one.tag = "div"
        is_any = True
    return is_any


def scripts_of(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the scripts of a page with their code, and elements with data in an attribute, as long as there is room for it."""
    room = _MAX_SCRIPT
    scripts = ((script, script.text or "") for script in root.iter("script"))
    attributes = ((value.getparent(), str(value)) for value in root.xpath(_DATA_ATTRIBUTES))
    for script, code in islice(chain(scripts, attributes), _MAX_FIELDS):
        room -= len(code)
        if room < 0:
            return
        yield script, unpacked(code)


def _is_text(value: str) -> bool:
    sample = value[:SAMPLE]
    return MARKUP_RE.search(sample) is not None and n_han(sample) >= _MIN_HAN


def stored_fields(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the hidden fields and text areas of a page under their id or name.

    >>> from pipeline.pages.html.tree import parse
    >>> list(stored_fields(parse('<input type="hidden" id="pubDate" value="2023-03-30"><input id="q" value="搜索">')))
    [('pubDate', '2023-03-30')]
    """
    for field, value in _values(root):
        yield from ((name, value) for name in (field.get("id"), field.get("name")) if name)


def _values(root: Element) -> Iterator[tuple[Element, str]]:
    for field in islice(root.iter("input", *_HIDDEN_AREAS), _MAX_FIELDS):
        if field.tag != "input":
            yield field, field.text or ""
        elif (field.get("type") or "").lower() == "hidden":
            yield field, field.get("value") or ""


def _fields(root: Element) -> Iterator[tuple[str, str]]:
    for field, value in _values(root):
        if _is_text(value):
            yield value, "hidden field" if field.tag == "input" else "text area"


def _scripts(root: Element) -> Iterator[tuple[str, str]]:
    for script, code in scripts_of(root):
        if script.get("id") == "__NEXT_DATA__" or "ld+json" in (script.get("type") or ""):
            data = _load(code)
        elif (state := ASSIGNED_RE.search(code[:5000])) is not None:
            data = _load(code[state.end() :])
        else:
            continue
        for value in _strings(data):
            yield value, "data of a script"


def _load(code: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(code.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _strings(data: Any) -> Iterator[str]:
    """Yield the strings under keys that name a text and hold one."""
    waiting: list[Any] = [data]
    n_seen = 0
    while waiting and n_seen < _MAX_VALUES:
        one = waiting.pop()
        n_seen += 1
        if isinstance(one, list):
            waiting.extend(one[:2000])
        elif isinstance(one, dict):
            for key, value in islice(one.items(), 2000):
                if isinstance(value, str):
                    if key in _BODY_KEYS and (
                        _is_text(value) or (key == "articleBody" and len(value) > _MIN_HAN)
                    ):
                        yield value
                else:
                    waiting.append(value)
