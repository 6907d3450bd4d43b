"""PDF files: the text layer, page by page, with the lines of a paragraph joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2 as pdfium

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.pages.layout import Line
from pipeline.pages.paragraphs import Decode
from pipeline.pages.pdf.text_layer import page_lines
from pipeline.pages.printed_document import page_of_print
from pipeline.records import Page, RawFile

__all__ = ["read_pdf"]

FILE_NAME_RE = lazy_re(
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
    return page_of_print(pages, title, file, "pdf")


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
            "this PDF is encrypted and needs a password",
            where=source,
            hint="open it with its password and print it to a new PDF",
        )
    return PageError(f"this PDF is broken ({message})", where=source, hint="download it again")
