"""The outline of a document: 一、 （一） 1. （1）, headings without numbers, run-in headings; sentences."""

from __future__ import annotations

import re

from pipeline.records import Section, Sentence

SENTENCE_RE = re.compile(r"[^。！？；\n]*[。！？]?[”’）》]?")


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the headings of a cleaned text, in text order."""
    return ()


def find_sentences(text: str, sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of a cleaned text with the section each stands in."""
    rows = []
    start = 0
    for paragraph, line in enumerate(text.split("\n")):
        at = start
        for match in re.finditer(r"[^。！？]*[。！？]+[”’）》]*|[^。！？]+$", line):
            rows.append(Sentence(start + match.start(), start + match.end(), paragraph))
            at = start + match.end()
        start += len(line) + 1
    return tuple(rows) or (Sentence(0, len(text), 0),)
