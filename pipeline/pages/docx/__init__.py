"""Word documents: body paragraphs and tables in document order, with the numbers that Word prints before them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx import Document

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.packages import check_package
from pipeline.pages.docx.numbering import Numbering
from pipeline.pages.docx.runs import W, paragraph_lines
from pipeline.pages.docx.styles import Styles, value_of
from pipeline.pages.docx.table_rows import WordTable
from pipeline.pages.file_titles import file_title
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.records import Dropped, Page, PageFacts, RawFile

__all__ = ["read_docx"]

TOC_STYLE_RE = lazy_re(r"(?:toc|目录)\s{0,3}\d{1,2}$", re.IGNORECASE)  # TOC 1
_CONTROLS = frozenset({W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"})
_INNER_FILES = {
    "/package": "embedded file(s)",
    "/oleObject": "embedded object(s)",
    "/aFChunk": "inserted file(s)",
}
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
        styles = Styles(document.styles.element)
        text = join_paragraphs(_block_lines(body, styles, _numbering(document, styles), dropped))
        title = (document.core_properties.title or "").strip()
    except PageError:
        raise
    except Exception as error:  # python-docx lets through whatever zipfile, lxml and its own code raise
        raise PageError(
            f"this Word document is broken ({type(error).__name__}: {error})",
            where=file.source,
            hint="open it in Word or WPS and save it again",
        ) from error
    facts = PageFacts(title=file_title(title), url=file.url)
    return Page(text, "docx", facts, tuple(dropped), _unread(document))


def _unread(document: Any) -> str | None:
    """Return what of a document is in files of their own inside of it, which are not opened here."""
    kinds = Counter(
        kind
        for relation in document.part.rels.values()
        if not relation.is_external
        for mark, kind in _INNER_FILES.items()
        if relation.reltype.endswith(mark)
    )
    return "; ".join(f"{n} {kind} in it not read" for kind, n in kinds.items()) or None


def _numbering(document: Any, styles: Styles) -> Numbering:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return Numbering(relation.target_part.element, styles.list_of_style)
    return Numbering(None)


def _block_lines(
    container: Any, styles: Styles, numbering: Numbering, dropped: list[Dropped], depth: int = 0
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
    paragraph: Any, styles: Styles, numbering: Numbering, dropped: list[Dropped]
) -> list[str]:
    lines = paragraph_lines(paragraph, dropped)
    style_id = value_of(paragraph, "pPr", "pStyle") or styles.default
    if TOC_STYLE_RE.search(styles.names.get(style_id, "")):
        dropped.append(Dropped("table of contents", " ".join(lines)))
        return []
    if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None and not any(lines):
        return []  # it was deleted whole, and counts no more
    list_id, level, holder = styles.numbering_of(style_id)
    own, own_level = value_of(paragraph, "pPr", "numPr", "numId"), value_of(paragraph, "pPr", "numPr", "ilvl")
    if own_level.isascii() and own_level.isdigit() and len(own_level) < 3:
        level = int(own_level)
    if own:
        list_id, level = own, level if own_level else 0
    if list_id:
        if level is None:
            of_style = numbering.level_of_style(list_id, style_id)
            level = of_style if of_style is not None else numbering.level_of_style(list_id, holder) or 0
        lines[0] = _marked(numbering.next_marker(list_id, level), lines)
    return lines


def _marked(marker: str, lines: list[str]) -> str:
    """Return the first line with its marker; a paragraph without words is counted, and prints a number that heads nothing."""
    return marker + lines[0] if any(line.strip() for line in lines) else lines[0]
