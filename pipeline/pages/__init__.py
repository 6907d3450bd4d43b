"""One reader per format: bytes in, paragraphs and page facts out. Adding a format is one line in READERS.

A reader is chosen by what the bytes look like; the name is only asked when they do not tell.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import EmptyPageError, PageError
from pipeline.pages.docx import read_docx
from pipeline.pages.html import read_html
from pipeline.pages.paragraphs import Decode
from pipeline.pages.pdf import read_pdf
from pipeline.pages.sniff import ADVICE, sniff
from pipeline.pages.text import read_text
from pipeline.records import Page, RawFile

__all__ = ["read_page"]

Reader = Callable[[RawFile, Decode], Page]

READERS: tuple[tuple[str, Reader], ...] = (
    ("html", read_html),
    ("docx", read_docx),
    ("pdf", read_pdf),
    ("text", read_text),
)


def read_page(file: RawFile, decode: Decode) -> Page:
    """Return a page as paragraphs, one to a line, with what it says about itself outside of them.

    Raises PageError, naming what the bytes look like, for a format that is not read here, and EmptyPageError
    for a page without text.
    """
    if not file.raw.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyPageError("this input holds no text", where=file.source)
    kind = sniff(file.raw, file.source)
    reader = dict(READERS).get(kind)
    if reader is None:
        raise PageError(f"this is {kind}, not a text page", where=file.source, hint=ADVICE.get(kind))
    page = reader(file, decode)
    if not page.text:
        raise EmptyPageError("this page holds no text", where=file.source)
    return page
