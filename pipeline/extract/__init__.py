"""One extractor a table; each is a generator function over a Reading.

To add one: a module with `find_<name>(reading, found)`, a line in EXTRACTORS, a field in records.Extractions.
"""

from __future__ import annotations

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


def extract(reading: Reading) -> Extractions:
    """Return all that the extractors find in one document."""
    found = Extractions()
    for name, find in EXTRACTORS:
        found = dataclasses.replace(found, **{name: tuple(find(reading, found))})
    return found
