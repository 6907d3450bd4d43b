"""Numeric quantities: what is counted or measured, how much, whether reached or aimed at, and when."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quantities.rows import find_in_sentences
from pipeline.extract.quantities.target_tables import find_tabled
from pipeline.records import Extractions, Quantity, Reading

__all__ = ["find_quantities"]


def find_quantities(reading: Reading, found: Extractions) -> Iterator[Quantity]:
    """Yield the numeric quantities of a document in text order: those of its sentences and those of its tables.

    Dates, ordinals, document and telephone numbers, numerals inside slogans, titles and fixed names, and the
    vague 一批 and 一个 yield nothing.
    """
    tabled = list(find_tabled(reading))
    if not tabled:
        yield from find_in_sentences(reading, found)
        return
    ends = {q.end for q in tabled}  # a number in a cell is read once
    in_text = (q for q in find_in_sentences(reading, found) if q.end not in ends)
    yield from sorted([*tabled, *in_text], key=lambda q: (q.end, q.start))
