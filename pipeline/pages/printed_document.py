"""Pages of print (PDF, OFD) -> one document: running heads out, paragraphs joined, pages that need OCR named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.errors import PageError
from pipeline.lazy_re import lazy_re
from pipeline.pages.file_titles import file_title
from pipeline.pages.layout import Line, join_lines
from pipeline.pages.paragraphs import join_paragraphs
from pipeline.pages.running_heads import running_heads
from pipeline.records import Dropped, Page, PageFacts, RawFile

SCANNER_RE = lazy_re(
    r"^.{0,16}(?:扫描全能王|全能扫描王|夸克扫描|Cam\s?Scanner|Adobe Scan|Office Lens).{0,12}$", re.IGNORECASE
)  # 扫描全能王 创建
_MAX_LISTED = 30  # ranges of pages in a letter


def page_of_print(pages: Sequence[Sequence[Line]], title: str, file: RawFile, kind: str) -> Page:
    """Return a document's pages as one; raises PageError when none of them has a text layer.

    A page that holds a number and the mark of a scanning program is a picture as well.
    """
    heads = running_heads(pages) | {line for page in pages for line in page if SCANNER_RE.search(line.text)}
    kept = [[line for line in page if line not in heads] for page in pages]
    if not any(kept):
        raise PageError(
            f"this {kind.upper()} holds pictures of pages, or fonts that do not say what they print, and no text layer "
            "that can be read: it needs OCR",
            where=file.source,
            hint="run OCR over it, or look for the page on the site",
        )
    dropped = [
        Dropped("running head or page number", line.text) for page in pages for line in page if line in heads
    ]
    scanned = [number for number, page in enumerate(kept, start=1) if not page]
    dropped += [Dropped("page without text layer: it needs OCR", f"page {number}") for number in scanned]
    text = join_paragraphs(join_lines(kept))
    return Page(
        text,
        kind,
        PageFacts(title=file_title(title), url=file.url),
        tuple(dropped),
        f"{_ranges(scanned)} of {len(pages)} without text layer: OCR is needed to read them"
        if scanned
        else None,
    )


def _ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as ranges: pages 2, 5–7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    listed = ", ".join("–".join(map(str, run)) for run in runs[:_MAX_LISTED])
    return f"page{'s' if len(numbers) > 1 else ''} {listed}{' …' if len(runs) > _MAX_LISTED else ''}"
