"""One reader per format: bytes in, paragraphs and page facts out. Adding a format is one line in READERS.

A reader is chosen by what the bytes look like; the name is only asked when they do not tell. It is imported when the
first page of its kind is read: a folder of text needs no reader of PDF.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import EmptyPageError, PageError
from pipeline.pages.isolation import named, read_isolated
from pipeline.pages.paragraphs import Decode
from pipeline.pages.sniff import ADVICE, sniff
from pipeline.records import Page, RawFile
from pipeline.settings import DEFAULT, Settings

__all__ = ["read_page"]

Reader = Callable[[RawFile, Decode], Page]

READERS: tuple[tuple[str, str], ...] = (
    ("html", "pipeline.pages.html:read_html"),
    ("docx", "pipeline.pages.docx:read_docx"),
    ("pdf", "pipeline.pages.pdf:read_pdf"),
    ("doc", "pipeline.pages.converted:read_doc"),
    ("xlsx", "pipeline.pages.sheets:read_xlsx"),
    ("xls", "pipeline.pages.sheets:read_xls"),
    ("ofd", "pipeline.pages.ofd:read_ofd"),
    ("rtf", "pipeline.pages.converted:read_rtf"),
    ("odt", "pipeline.pages.converted:read_odt"),
    ("ods", "pipeline.pages.converted:read_ods"),
    ("mht", "pipeline.pages.mht:read_mht"),
    ("text", "pipeline.pages.text:read_text"),
)

# read in this process: pages of ordinary size, by the standard library and lxml
_AT_HOME = {"html": 256 * 1024, "text": 4 * 1024 * 1024}


def read_page(file: RawFile, decode: Decode, settings: Settings = DEFAULT) -> Page:
    """Return a page as paragraphs, one to a line, with what it says about itself outside of them.

    Office files, PDF, OFD and large pages are read in a process of their own, within seconds_per_document and
    memory_per_document. Raises PageError, naming what the bytes look like, for a format that is not read here, and
    EmptyPageError for a page without text.
    """
    if not file.raw.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyPageError(
            "this input holds no text", where=file.source, hint="fetch it again if it should"
        )
    kind = sniff(file.raw, file.source)
    name = dict(READERS).get(kind)
    if name is None:
        raise PageError(f"this is {kind}, not a text page", where=file.source, hint=ADVICE.get(kind))
    reader: Reader = named(name)
    if len(file.raw) <= _AT_HOME.get(kind, -1):
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
