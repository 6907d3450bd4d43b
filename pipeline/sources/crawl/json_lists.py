"""Lists that a site gives its scripts as JSON: shown as the list that the script would make of them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pipeline.lazy_re import lazy_re
from pipeline.sources.crawl.link_shapes import line_date

_ADDRESS_KEY_RE = lazy_re(r"url|href|link|网址|链接", re.IGNORECASE)
_ADDRESS_RE = lazy_re(r"(?:https?://|\.{0,2}/)[^\s<>\"]{1,2000}|[\w./-]{1,200}\.s?html?")
_TITLE_KEY_RE = lazy_re(r"title|name|subject|标题|名称", re.IGNORECASE)
_TAG_RE = lazy_re(r"<[^<>]{0,200}>")
_MAX_ROWS, _MAX_VALUES = 5000, 200_000
_MAX_TITLE = 300


def listing(text: str) -> str | None:
    """Return the list of titles that a JSON text holds as HTML, None for what is no JSON or holds none.

    >>> listing('{"data": [{"title": "关于印发方案的通知", "url": "./t1.html", "pubDate": "2023-03-30 08:00"}]}')
    '<ul><li><a href="./t1.html">关于印发方案的通知</a><span>2023-03-30</span></li></ul>'
    """
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return None
    try:
        given = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    rows = "".join(islice(_rows(given), _MAX_ROWS))
    return f"<ul>{rows}</ul>" if rows else None


def _rows(given: Any) -> Iterator[str]:
    """Yield a line for each record with a title and an address, and what is HTML already."""
    waiting, n_seen = [given], 0
    while waiting and n_seen < _MAX_VALUES:
        value, n_seen = waiting.pop(), n_seen + 1
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield from _row(value)
            waiting += [inner for inner in reversed(value.values()) if isinstance(inner, dict | list | str)]
        elif isinstance(value, str) and "<a " in value and "href" in value:
            yield value


def _row(record: dict[str, Any]) -> Iterator[str]:
    words = {key: value for key, value in record.items() if isinstance(value, str)}
    titles = (_TAG_RE.sub("", words[key][:2000]).strip() for key in words if _TITLE_KEY_RE.search(key))
    title = max(titles, key=len, default="")[:_MAX_TITLE]
    addresses = (words[key].strip() for key in words if _ADDRESS_KEY_RE.search(key))
    address = next(filter(_ADDRESS_RE.fullmatch, addresses), None)
    if title and address:
        days = (line_date(value) for value in words.values() if len(value) < 40)
        day = next(filter(None, days), "")
        yield f'<li><a href="{html.escape(address)}">{html.escape(title)}</a><span>{day}</span></li>'
