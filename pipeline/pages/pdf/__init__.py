"""PDF files: the text layer, page by page, with the lines of a paragraph joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2 as pdfium

from pipeline.errors import PageError
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.pages.pdf.layout import Line, join_lines, running_heads
from pipeline.pages.pdf.text_layer import page_lines
from pipeline.records import Dropped, Page, PageFacts, RawFile

__all__ = ["read_pdf"]

HAS_CHINESE_RE = re.compile(r"[\u3400-\u9fff]")
FILE_NAME_RE = re.compile(
    r"^Microsoft Word - |\.(?:docx?|wps|pdf|ofd)$", re.IGNORECASE
)  # Microsoft Word - 通知.doc
_MAX_PAGES = 5_000


def read_pdf(file: RawFile, decode: Decode) -> Page:
    """Return the text layer of a PDF file, page numbers and running heads left out.

    Raises PageError when it is broken, encrypted, or holds pictures of pages only.
    """
    try:
        document = pdfium.PdfDocument(file.raw)
    except pdfium.PdfiumError as error:
        raise _letter(str(error), file.source) from error
    with document:
        n_pages = len(document)
        if n_pages > _MAX_PAGES:
            raise PageError(
                f"this PDF has {n_pages:,} pages; {_MAX_PAGES:,} are read at most", where=file.source
            )
        pages = [_read_lines(document, number) for number in range(n_pages)]
        title = FILE_NAME_RE.sub("", document.get_metadata_value("Title")).strip()
    if not any(pages):
        raise PageError(
            "this PDF holds pictures of pages and no text layer: it needs OCR",
            where=file.source,
            hint="run OCR over it, or look for the page on the site",
        )
    heads = running_heads(pages)
    dropped = [
        Dropped("running head or page number", line.text) for page in pages for line in page if line in heads
    ]
    dropped += [
        Dropped("page without text layer: it needs OCR", f"page {number}")
        for number, page in enumerate(pages, start=1)
        if not page
    ]
    text = join_paragraphs(join_lines([[line for line in page if line not in heads] for page in pages]))
    facts = PageFacts(title=title if HAS_CHINESE_RE.search(title) else None, url=file.url)
    return Page(text, "pdf", facts, tuple(dropped))


def _read_lines(document: pdfium.PdfDocument, number: int) -> Sequence[Line]:
    """Return the lines of one page; a page that pdfium cannot load has none."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return ()
    try:
        return page_lines(page, number)
    finally:
        page.close()


def _letter(message: str, source: str) -> PageError:
    if "password" in message.lower() or "security" in message.lower():
        return PageError(
            "this PDF is encrypted", where=source, hint="open it with its password and print it to a new PDF"
        )
    return PageError(f"this PDF is broken ({message})", where=source, hint="download it again")
