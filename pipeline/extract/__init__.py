"""One extractor a table; each is a generator function over a Reading.

To add one: a module with `find_<name>(reading, found)`, a line in EXTRACTORS, a field in records.Extractions.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.extract.citations import find_citations
from pipeline.extract.measures import find_measures
from pipeline.extract.quantities import find_quantities
from pipeline.extract.slogans import find_slogans
from pipeline.records import Extractions, Reading

# quantities leave the numerals inside slogans and titles alone; measures point at their slogan
EXTRACTORS: tuple[tuple[str, Callable[[Reading, Extractions], Iterable[Any]]], ...] = (
    ("slogans", find_slogans),
    ("citations", find_citations),
    ("quantities", find_quantities),
    ("measures", find_measures),
)
# the frame of a document says who writes to whom; nothing in it is done or counted
_FRAME = ("recipients", "attachment_list", "signature", "imprint")


def _outside_of_frame(rows: Iterable[Any], reading: Reading) -> Iterable[Any]:
    frame = [part for part in reading.parts if part.kind in _FRAME]
    starts = [part.start for part in frame]

    def is_inside(offset: int) -> bool:
        at = bisect.bisect_right(starts, offset) - 1
        return at >= 0 and offset < frame[at].end

    return (row for row in rows if not is_inside(row.start))


def extract(reading: Reading) -> Extractions:
    """Return all that the extractors find in one document."""
    found = Extractions()
    for name, find in EXTRACTORS:
        rows = find(reading, found)
        if name in ("quantities", "measures"):
            rows = _outside_of_frame(rows, reading)
        found = dataclasses.replace(found, **{name: tuple(rows)})
    return found
