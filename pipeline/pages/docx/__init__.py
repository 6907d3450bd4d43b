"""Word documents: body paragraphs and tables in document order, with the numbers that Word prints before them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docx import Document

from pipeline.errors import PageError
from pipeline.pages.docx.numbering import Numbering
from pipeline.pages.docx.runs import W, paragraph_lines
from pipeline.pages.docx.table_rows import WordTable
from pipeline.pages.packages import check_package
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.records import Dropped, Page, PageFacts, RawFile

__all__ = ["read_docx"]

TOC_STYLE_RE = re.compile(r"(?:toc|目录)\s{0,3}\d{1,2}$", re.IGNORECASE)  # TOC 1
HAS_CHINESE_RE = re.compile(r"[\u3400-\u9fff]")
_CONTROLS = frozenset({W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"})
_MAX_DEPTH = 12  # tables inside one another


def read_docx(file: RawFile, decode: Decode) -> Page:
    """Return the text of a Word document; headers, footers, notes and tracked deletions are left out.

    Raises PageError for a package that is broken, encrypted or made to exhaust memory.
    """
    check_package(file, "Word document")
    try:
        document = Document(io.BytesIO(file.raw))
        body = document.element.body
        dropped: list[Dropped] = []
        text = join_paragraphs(_block_lines(body, _Styles(document), _numbering(document), dropped))
        title = (document.core_properties.title or "").strip()
    except PageError:
        raise
    except Exception as error:  # python-docx lets through whatever zipfile, lxml and its own code raise
        raise PageError(
            f"this Word document is broken ({type(error).__name__}: {error})",
            where=file.source,
            hint="open it in Word or WPS and save it again",
        ) from error
    facts = PageFacts(title=title if HAS_CHINESE_RE.search(title) else None, url=file.url)
    return Page(text, "docx", facts, tuple(dropped))


class _Styles:
    """Style id -> its name and the numbering it carries."""

    def __init__(self, document: Any) -> None:
        self.names: dict[str, str] = {}
        self.num_properties: dict[str, Any] = {}
        for style in document.styles.element.iterchildren(W + "style"):
            style_id = style.get(W + "styleId") or ""
            name = style.find(W + "name")
            self.names[style_id] = (name.get(W + "val") or "") if name is not None else ""
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                self.num_properties[style_id] = numbered


def _numbering(document: Any) -> Numbering:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return Numbering(relation.target_part.element)
    return Numbering(None)


def _block_lines(
    container: Any, styles: _Styles, numbering: Numbering, dropped: list[Dropped], depth: int = 0
) -> Iterator[str]:
    """Yield the lines of a body or a table cell."""
    if depth > _MAX_DEPTH:
        return
    for child in _children(container):
        if child.tag == W + "p":
            yield from _numbered_lines(child, styles, numbering, dropped)
        elif child.tag == W + "tbl":
            table = WordTable()
            for row in _children(child):
                if row.tag == W + "tr":
                    cells = [
                        (cell, _block_lines(cell, styles, numbering, dropped, depth + 1))
                        for cell in _children(row)
                        if cell.tag == W + "tc"
                    ]
                    yield from table.row_lines(row, [(cell, _filled(lines)) for cell, lines in cells])


def _children(container: Any) -> Iterator[Any]:
    """Yield the children of an element, those inside content controls in their place."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in _CONTROLS:
            waiting.extend(reversed(element))
        else:
            yield element


def _filled(lines: Iterator[str]) -> list[str]:
    return [bare for line in lines if (bare := line.strip())]


def _numbered_lines(
    paragraph: Any, styles: _Styles, numbering: Numbering, dropped: list[Dropped]
) -> list[str]:
    lines = paragraph_lines(paragraph, dropped)
    properties = paragraph.find(W + "pPr")
    style_id = ""
    numbered = None
    if properties is not None:
        style = properties.find(W + "pStyle")
        style_id = (style.get(W + "val") or "") if style is not None else ""
        numbered = properties.find(W + "numPr")
    if TOC_STYLE_RE.search(styles.names.get(style_id, "")):
        dropped.append(Dropped("table of contents", " ".join(lines)))
        return []
    if numbered is None:
        numbered = styles.num_properties.get(style_id)
    if numbered is not None and any(line.strip() for line in lines):
        lines[0] = numbering.next_marker(numbered) + lines[0]
    return lines
