"""The table 政府信息公开 above a document: index number, issuer, document number, dates."""

from __future__ import annotations

from itertools import islice

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.labels import label_in
from pipeline.pages.html.tree import Element
from pipeline.pages.html.weights import Survey

LABEL_END_RE = lazy_re(r"[:：]")
_MIN_LABELS = 3
_MAX_TEXTS = 120  # an info table is small; a longer one is a table of the document
_MAX_CHARS = 1500


def _n_labels(block: Element) -> int:
    """Count the different labels in a block, 0 when it holds more than such a table does."""
    seen: set[str] = set()
    n_chars = 0
    for number, text in enumerate(islice(block.itertext(), _MAX_TEXTS + 1)):
        n_chars += len(text.strip())
        if number >= _MAX_TEXTS or n_chars > _MAX_CHARS:
            return 0
        if label := label_in(LABEL_END_RE.split(text, maxsplit=1)[0]):
            seen.add(label)
    return len(seen)


def find_info_tables(root: Element, main: tuple[Element, ...], survey: Survey) -> dict[Element, str]:
    """Return the outermost tables and lists that are info tables, not parts of the document.

    A table around the main text lays out the page and is none.
    """
    found: dict[Element, str] = {}
    around = {ancestor for element in main for ancestor in (element, *element.iterancestors())}
    for block in root.iter("table", "ul", "dl"):
        weight = survey.weights.get(block)
        if weight is None or weight.chars > _MAX_CHARS or block in around or _n_labels(block) < _MIN_LABELS:
            continue
        if not any(a in found or a in survey.unwanted for a in islice(block.iterancestors(), 60)):
            found[block] = "info table"
    return found
