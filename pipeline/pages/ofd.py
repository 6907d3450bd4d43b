"""OFD files (GB/T 33190, China's fixed layout): text objects by their place on the page, joined to paragraphs."""

from __future__ import annotations

import re

import ofdkit

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.packages import check_package
from pipeline.pages.layout import Line
from pipeline.pages.paragraphs import Decode
from pipeline.pages.printed_document import page_of_print
from pipeline.pages.reading_order import Piece, in_reading_order
from pipeline.records import Page, RawFile

_MAX_PAGES = 5_000
_MAX_RUNS = 20_000  # of one page; a page of print has some 2,000 characters
_MAX_MILLIMETRES = 10_000.0
_POINTS = 72 / 25.4  # an OFD counts in millimetres, our layout in points
FILE_NAME_RE = lazy_re(r"\.(?:docx?|wps|pdf|ofd)$", re.IGNORECASE)


def read_ofd(file: RawFile, decode: Decode) -> Page:
    """Return the text of an OFD file, page numbers and running heads left out.

    Raises PageError when it is broken, made to exhaust memory, or holds pictures of pages only.
    """
    check_package(file, "OFD document")
    try:
        with ofdkit.OFDDocument(file.raw) as document:
            if len(document.pages) > _MAX_PAGES:
                raise PageError(
                    f"this OFD has {len(document.pages):,} pages; {_MAX_PAGES:,} are read at most",
                    where=file.source,
                )
            pages = [_lines(page, number) for number, page in enumerate(document.pages)]
            title = FILE_NAME_RE.sub("", document.info.title or "").strip()
    except (PageError, MemoryError):
        raise
    except Exception as error:  # its own errors, and what hostile numbers make of its sums
        raise PageError(
            f"this OFD document is broken ({type(error).__name__}: {error})",
            where=file.source,
            hint="download it again, or open it in an OFD reader and save it as .pdf",
        ) from error
    return page_of_print(pages, title, file, "ofd")


def _lines(page: ofdkit.Page, number: int) -> list[Line]:
    height = _bounded(page.height)
    pieces = [
        Piece(
            run.text,
            _bounded(run.x) * _POINTS,
            (_bounded(run.x) + max(_bounded(run.width), 0.1)) * _POINTS,
            (height - _bounded(run.y)) * _POINTS,
            max(_bounded(run.size), 0.1) * _POINTS,
        )
        for run in page.runs[:_MAX_RUNS]
        if run.text.strip()
    ]
    return in_reading_order(pieces, number)


def _bounded(millimetres: float) -> float:
    """Return a measure that lies on some sheet of paper: hostile ones are infinite, or no number."""
    return min(max(millimetres, -_MAX_MILLIMETRES), _MAX_MILLIMETRES) if millimetres == millimetres else 0.0
