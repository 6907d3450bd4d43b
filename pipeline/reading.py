"""A cleaned text made ready for the extractors: outline, sentences, words."""

from __future__ import annotations

from pipeline.records import Facts, Reading
from pipeline.segment import segment
from pipeline.structure.outline import find_sections, find_sentences


def build_reading(text: str, facts: Facts) -> Reading:
    """Return what the extractors read: a cleaned text with outline, sentences and a spaCy Doc."""
    sections = find_sections(text)
    sentences = find_sentences(text, sections)
    return Reading(text, facts, sections, sentences, segment(text), tuple(s.start for s in sentences))
