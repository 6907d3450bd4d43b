"""Copies of one document: reprints, mirrors, damaged and cut ones. One is kept, the others point at it.

Two texts are copies when what differs is a page's furniture, marks, scars of damage or a lost edge. Another number,
year, place, negation, word or passage makes them two documents, however much they share (docs/tables.md).
"""

from __future__ import annotations

from pipeline.duplicates.fingerprint import Fingerprint, fingerprint
from pipeline.duplicates.frames import find_duplicates
from pipeline.duplicates.merge import merge_duplicates
from pipeline.duplicates.verdict import Copy, Prepared, Verdict, compare

__all__ = [
    "Copy",
    "Fingerprint",
    "Prepared",
    "Verdict",
    "compare",
    "find_duplicates",
    "fingerprint",
    "merge_duplicates",
]
