"""One reader per format: bytes in, paragraphs and page facts out. Adding a format is one line in READERS.

A reader is chosen by what the bytes look like; the name is only asked when they do not tell.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import EmptyPageError, PageError
from pipeline.pages.converted import read_doc, read_ods, read_odt, read_rtf
from pipeline.pages.docx import read_docx
from pipeline.pages.html import read_html
from pipeline.pages.isolation import read_isolated
from pipeline.pages.mht import read_mht
from pipeline.pages.ofd import read_ofd
from pipeline.pages.paragraphs import Decode
from pipeline.pages.pdf import read_pdf
from pipeline.pages.sheets import read_xls, read_xlsx
from pipeline.pages.sniff import ADVICE, sniff
from pipeline.pages.text import read_text
from pipeline.records import Page, RawFile
from pipeline.settings import DEFAULT, Settings

__all__ = ["read_page"]

Reader = Callable[[RawFile, Decode], Page]

READERS: tuple[tuple[str, Reader], ...] = (
    ("html", read_html),
    ("docx", read_docx),
    ("pdf", read_pdf),
    ("doc", read_doc),
    ("xlsx", read_xlsx),
    ("xls", read_xls),
    ("ofd", read_ofd),
    ("rtf", read_rtf),
    ("odt", read_odt),
    ("ods", read_ods),
    ("mht", read_mht),
    ("text", read_text),
)

# read in this process: pages of ordinary size, by the standard library and lxml
_AT_HOME = frozenset({"html", "text"})
_ORDINARY_BYTES = 4 * 1024 * 1024


def read_page(file: RawFile, decode: Decode, settings: Settings = DEFAULT) -> Page:
    """Return a page as paragraphs, one to a line, with what it says about itself outside of them.

    Office files, PDF, OFD and very large pages are read in a process of their own, within seconds_per_document and
    memory_per_document. Raises PageError, naming what the bytes look like, for a format that is not read here, and
    EmptyPageError for a page without text.
    """
    if not file.raw.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyPageError("this input holds no text", where=file.source)
    kind = sniff(file.raw, file.source)
    reader = dict(READERS).get(kind)
    if reader is None:
        raise PageError(f"this is {kind}, not a text page", where=file.source, hint=ADVICE.get(kind))
    if kind in _AT_HOME and len(file.raw) <= _ORDINARY_BYTES:
        page = reader(file, decode)
    else:
        page = read_isolated(reader, file, decode, settings)
    if not page.text:
        raise EmptyPageError("this page holds no text", where=file.source)
    if len(page.text) > settings.max_bytes:
        raise PageError(
            f"this page gives {len(page.text):,} characters and the limit is {settings.max_bytes:,}",
            where=file.source,
            hint="raise max_bytes to read it",
        )
    return page
