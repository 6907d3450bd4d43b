"""Every record that travels between stages, in the order of its way: pages, documents, readings, extractions.

Records are frozen and hold no behaviour beyond look-ups in themselves. `start` and `end` are half-open
character offsets; in what an extractor yields they point into the cleaned text, so that
`text[row.start:row.end]` is the row's `text` (`label` of a slogan, `title` of a citation, `heading` of a section).
"""

from __future__ import annotations

from pipeline.records.documents import DocumentRow, Facts, Region, Repair
from pipeline.records.extractions import Citation, Extractions, Measure, Quantity, Slogan
from pipeline.records.pages import (
    DecodedText,
    Dropped,
    Kept,
    Page,
    PageFacts,
    RawFile,
    document_id,
    id_of_digest,
)
from pipeline.records.readings import Part, Reading, Section, Sentence

__all__ = [
    "Citation",
    "DecodedText",
    "DocumentRow",
    "Dropped",
    "Extractions",
    "Facts",
    "Kept",
    "Measure",
    "Page",
    "PageFacts",
    "Part",
    "Quantity",
    "RawFile",
    "Reading",
    "Region",
    "Repair",
    "Section",
    "Sentence",
    "Slogan",
    "document_id",
    "id_of_digest",
]
