"""A cleaned text made ready for the extractors: outline, sentences, words."""

from __future__ import annotations

from pipeline.records import Facts, Part, Reading
from pipeline.segment import segment
from pipeline.structure.outline import find_sections, find_sentences
from pipeline.structure.parts import find_parts


def build_reading(text: str, facts: Facts, parts: tuple[Part, ...] | None = None) -> Reading:
    """Return what the extractors read: a cleaned text with its parts, outline, sentences and words."""
    parts = find_parts(text) if parts is None else parts
    sections = find_sections(text, parts)
    sentences = find_sentences(text, sections)
    return Reading(text, facts, sections, sentences, segment(text), parts, tuple(s.start for s in sentences))
