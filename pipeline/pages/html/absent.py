"""Pages whose text is not in the file: a script fetches it, a frame or a viewer shows another file, or it is pictures or a film."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.attachments import FILE_NAME_RE
from pipeline.pages.html.tree import Element
from pipeline.pages.html.weights import Survey
from pipeline.pages.table_rows import TableRow

SENTENCE_RE = lazy_re(r"[，。；！？]")
# 数据加载中，请稍候; what stands there until a script has its answer, or where a browser shows no frames
WAITS_RE = lazy_re(r"加载中|正在(?:加载|载入|读取)|请稍[候后等]|浏览器|loading", re.IGNORECASE)
UNFILLED_RE = lazy_re(r"\{\{[^{}]{1,200}\}\}|\$\{[\w.]{1,80}\}|<%=[^%]{1,200}%>")  # {{detail.title}}
FILE_RE = lazy_re(r"\.(?:pdf|ofd|docx?|wps|xlsx?|pptx?|swf)(?:$|[?#&])", re.IGNORECASE)
ADDRESS_RE = lazy_re(r"[\w./:?=&%~#+-]{2,200}")
_MOUNTS = frozenset({"app", "root", "__next", "__nuxt", "vueapp", "vue-app", "application"})
_FRAMES = ("iframe", "frame", "embed", "object")
_MAX_ELEMENTS = 400
_MAX_FRAMES = 50

_SAVE = "save the page from a browser that shows its text, or give the answer that its script fetches"


@dataclass(frozen=True, slots=True)
class Absent:
    """Why the text of a page is not in its file, what to try, and the element that waits for it if there is one."""

    what: str
    hint: str
    element: Element | None = None


def is_filler(line: str) -> bool:
    """Tell a line that is no text of the page but stands in its place.

    >>> is_filler("数据加载中，请稍候……"), is_filler("发布日期：{{detail.date}}"), is_filler("关于停水的通知")
    (True, True, False)
    """
    return UNFILLED_RE.search(line) is not None or (len(line) <= 60 and WAITS_RE.search(line) is not None)


def find_absent(root: Element, found: Survey, lines: Sequence[str]) -> Absent | None:
    """Return why a page prints no text of its own; None where it prints a sentence or a table, or nothing says that one is missing."""
    own = [line for line in lines if not is_filler(line)]
    if any(line.__class__ is TableRow or SENTENCE_RE.search(line) for line in own):
        return None
    if any(UNFILLED_RE.search(line) for line in lines):
        return _fetched(None)
    element = _empty_element(root, found)
    if element is not None:
        below = list(islice(element.iter(), _MAX_ELEMENTS))
        if (shown := _shown([one for one in below if one.tag in _FRAMES])) is not None:
            return Absent(*shown, element)
        if any(one.tag == "img" for one in below):
            return Absent("the text of this page is pictures", "it needs OCR", element)
        if any(one.tag in ("video", "audio") for one in below):
            return Absent(
                "this page is a film or a sound and holds no text", "it has to be written down", element
            )
        if root.find(".//script") is not None:
            return _fetched(element)
    if len(own) < len(lines) and root.find(".//script") is not None:
        return _fetched(None)
    frames = list(islice(root.iter(*_FRAMES), _MAX_FRAMES))
    if any(FILE_NAME_RE.search(line) for line in own):  # a list of files is a text
        frames = [one for one in frames if FILE_RE.search(_address(one))]
    shown = _shown(frames)
    return Absent(*shown) if shown is not None else None


def _fetched(element: Element | None) -> Absent:
    return Absent(
        "the text of this page is fetched by a script (ajax) and is not in the file", _SAVE, element
    )


def _empty_element(root: Element, found: Survey) -> Element | None:
    """The element that a system names as the text, or an application fills, where it holds none."""
    for _, element in found.hits:
        weight = found.weights.get(element)
        if weight is None or not weight.chars:
            return element
    for element in islice(root.iter("div", "main"), _MAX_ELEMENTS):
        if (element.get("id") or "").lower() in _MOUNTS and element not in found.weights:
            return element
    return None


def _shown(frames: Sequence[Element]) -> tuple[str, str] | None:
    """What a page shows in frames or by a viewer: a file, or else another page."""
    addresses = [_address(one) for one in frames]
    for address in addresses:
        if FILE_RE.search(address):
            return f"the text of this page is a file that it shows{_named(address)}", "give that file"
    if any(address and not address.startswith(("about:", "javascript:", "data:")) for address in addresses):
        one = next(address for address in addresses if address)
        return (
            f"this page shows another page in a frame{_named(one)} and holds no text of its own",
            "fetch that page",
        )
    return None


def _address(frame: Element) -> str:
    return str(frame.get("src") or frame.get("data") or "").strip()[:500]


def _named(address: str) -> str:
    return f" ({address})" if ADDRESS_RE.fullmatch(address) else ""
