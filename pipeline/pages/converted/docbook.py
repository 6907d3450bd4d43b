"""The DocBook that antiword prints -> lines: paragraphs, table rows with tabs, raised digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.pages.paragraphs import SUPERSCRIPTS
from pipeline.pages.table_rows import row_line

DOCTYPE_RE = lazy_re(rb"<!DOCTYPE[^>\[]{0,400}>")  # names a DTD on the network
_LISTS = frozenset({"orderedlist", "itemizedlist"})


def docbook_lines(printed: bytes) -> tuple[list[str], bool]:
    """Return the lines of a document and whether it has lists, whose numbers antiword does not print.

    Raises PageError where antiword printed nothing.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, remove_comments=True
    )
    root = etree.fromstring(DOCTYPE_RE.sub(b"", printed, count=1), parser)
    if root is None:
        raise PageError("antiword prints no text for it", hint="open it in Word or WPS and save it as .docx")
    chapters = list(root.iter("chapter", "preface", "article"))
    lines = [line for chapter in chapters for line in _lines(chapter)]
    return lines, any(True for _ in root.iter(*_LISTS))


def _lines(container: Any) -> Iterator[str]:
    """Yield the lines of a chapter in document order; a stack of its own, for lists may be nested deep."""
    waiting = [container]
    while waiting:
        element = waiting.pop()
        if element.tag == "row":
            cells = ["".join(_flat(entry).split("\n")).replace("\t", " ") for entry in element.iter("entry")]
            yield row_line([cell.strip() for cell in cells])
        elif element.tag in ("para", "title") and element.find(".//row") is None:
            yield _flat(element).replace("\n", "")
        else:
            waiting.extend(reversed(element))


def _flat(element: Any) -> str:
    pieces = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.text:
            is_raised = node.tag == "superscript" and node.text.isdigit()
            pieces.append(node.text.translate(SUPERSCRIPTS) if is_raised else node.text)
        elif event == "end" and node is not element and node.tail:
            pieces.append(node.tail)
    return "".join(pieces).strip()
