"""A page that is nothing but text: lines are paragraphs, and nothing is left out."""

from __future__ import annotations

from pipeline.pages.paragraphs import Decode, paragraphs
from pipeline.records import Page, RawFile


def read_text(file: RawFile, decode: Decode) -> Page:
    """Return a text page as it stands."""
    decoded = decode(file.raw, file.charset)
    return Page(paragraphs(decoded.text), decoded.encoding)
