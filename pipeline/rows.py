"""One analysed document as rows of the tables, in the columns' order."""

from __future__ import annotations

import dataclasses
from typing import Any

from pipeline.columns import FINGERPRINTS_TABLE, TABLES
from pipeline.records import DocumentRow, Extractions, Reading, Repair

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

_WHOLE_DOCUMENTS = ("attachment", "glossary")  # too long for a cell; texts.text holds them


def document_row(row: DocumentRow) -> Row:
    """Return the row of `documents` for one input."""
    values = dataclasses.astuple(row)
    return tuple(list(value) if isinstance(value, tuple) else value for value in values)


def row_id(doc_id: str | None, letter: str, index: int) -> str:
    """Return the id of the index-th row of its kind in a document: 271b73391edd86d0.q012."""
    return f"{doc_id}.{letter}{index:03d}"


def document_rows(
    row: DocumentRow, reading: Reading, found: Extractions, repairs: tuple[Repair, ...]
) -> Rows:
    """Return the rows of every table for one document that was read."""
    from pipeline.duplicates import fingerprint  # brings pyarrow, and a document by itself needs no rows

    doc = row.doc_id
    rows: Rows = {name: [] for name in TABLES}
    rows["documents"].append(document_row(row))
    rows["texts"].append((doc, reading.text))
    seen = fingerprint(reading.text)
    rows[FINGERPRINTS_TABLE] = [(doc, seen.digest, seen.signature)]

    def section_id(index: int | None) -> str | None:
        return None if index is None else row_id(doc, "h", index)

    paths = ["|".join(section.path) or None for section in reading.sections]

    def heading(offset: int) -> str | None:
        section = reading.sentence_at(offset).section
        return None if section is None else paths[section]

    rows["sections"] = [
        (doc, section_id(i), section_id(s.parent), s.level, s.marker, s.heading, s.start, s.end)
        for i, s in enumerate(reading.sections)
    ]
    rows["parts"] = [
        (doc, row_id(doc, "p", i), p.kind, p.title, None if p.kind in _WHOLE_DOCUMENTS else reading.text[p.start : p.end],
         p.start, p.end)
        for i, p in enumerate(reading.parts)
    ]  # fmt: skip
    rows["slogans"] = [
        (doc, row_id(doc, "s", i), s.label, s.kind, s.numeral, list(s.items), s.goal, s.start, s.end,
         reading.sentence_text(s.start), heading(s.start), s.n_expected, s.count_check, list(s.items_linked),
         None if s.defined_at is None else row_id(doc, "s", s.defined_at))
        for i, s in enumerate(found.slogans)
    ]  # fmt: skip
    rows["quantities"] = [
        (doc, row_id(doc, "q", i), q.text, q.indicator, q.indicator_id, q.comparator, q.value, q.value_high, q.unit,
         q.norm_value, q.norm_value_high, q.norm_unit, q.change, q.status, q.when, q.per, q.start, q.end,
         reading.sentence_text(q.start), heading(q.start))
        for i, q in enumerate(found.quantities)
    ]  # fmt: skip
    rows["measures"] = [
        (doc, row_id(doc, "m", i), m.text, m.verb, m.object, m.actor, m.instrument, m.instrument_sub,
         m.modality, m.lead, m.responsible, m.deadline,
         None if m.slogan is None else row_id(doc, "s", m.slogan), heading(m.start), m.start, m.end,
         reading.sentence_text(m.start))
        for i, m in enumerate(found.measures)
    ]  # fmt: skip
    rows["citations"] = [
        (doc, row_id(doc, "c", i), c.title, c.number, c.role, c.start, c.end)
        for i, c in enumerate(found.citations)
    ]
    rows["repairs"] = [
        (doc, r.kind, r.before, r.after, r.confidence, r.raw_start, r.raw_end, r.start, r.end)
        for r in repairs
    ]
    return rows
