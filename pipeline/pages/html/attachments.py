"""Lists of attached files that a system prints behind the element of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.tree import Element
from pipeline.pages.html.weights import Survey

FILE_NAME_RE = lazy_re(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|ceb|rtf)(?:$|[?#&\s】）)])", re.IGNORECASE
)
LABEL_RE = lazy_re(r"(?:相关)?附件(?:下载|列表|清单)?[：:]?")
_LEVELS = 3  # up from the text: farther away stands another part of the page
_MAX_BLOCKS = 200
_MAX_ELEMENTS = 400
_MAX_CHARS = 2000


def find_attachments(main: tuple[Element, ...], found: Survey) -> tuple[Element, ...]:
    """Return the blocks behind the main text whose links are all files: 附件：1.学校建设项目清单.docx."""
    if not main:
        return ()
    kept: list[Element] = []
    place = main[-1]
    for _ in range(_LEVELS):
        if place is None or place.tag in ("body", "html"):
            break
        for block in islice(place.itersiblings(), _MAX_BLOCKS):
            kept.extend(_file_blocks(block, found, depth=3))
        place = place.getparent()
    return tuple(dict.fromkeys(kept))


def _file_blocks(block: Element, found: Survey, depth: int) -> Iterator[Element]:
    if block in found.unwanted:
        return
    weight = found.weights.get(block)
    links = [e for e in islice(block.iter(), _MAX_ELEMENTS) if e.tag == "a" and e.get("href")]
    files = [a for a in links if _is_file(a)]
    if not files or weight is None:
        return
    if len(files) == len(links) and weight.chars <= _MAX_CHARS:
        label = block.getprevious()
        if label is not None and label not in found.unwanted and LABEL_RE.fullmatch(_text(label)):
            yield label
        yield block
    elif depth:
        for child in islice(block, _MAX_BLOCKS):
            yield from _file_blocks(child, found, depth - 1)


def _is_file(anchor: Element) -> bool:
    if FILE_NAME_RE.search(anchor.get("href")[-80:]) is not None:
        return True
    return FILE_NAME_RE.search(_text(anchor)) is not None


def _text(element: Element) -> str:
    return "".join(islice(element.itertext(), 20))[:200].strip()
