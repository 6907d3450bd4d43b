"""The rules of a codebook applied to one document: met or not, and the rows and places that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.compare.frames import is_text, years_in

MOST_EVIDENCE = 20
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentTables:
    """One document's rows of every table that rules look at."""

    facts: Row
    year: int | None
    text: str
    sections: list[Row]
    measures: list[Row]
    quantities: list[Row]
    citations: list[Row]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule is met, by how many pieces of evidence, and which (the first twenty)."""

    is_met: bool
    n_evidence: int
    row_ids: tuple[str, ...]
    starts: tuple[str, ...]


def apply_rule(rule: Mapping[str, Any], document: DocumentTables) -> Verdict:
    """Return what a rule of the codebook says of a document; every condition must be met."""
    n, row_ids, starts, is_met = 0, [], [], True
    for key, check in _CHECKS.items():
        if key not in rule:
            continue
        found = check(rule[key], document)
        n += len(found)
        is_met &= len(found) >= int(rule.get(_LEAST[key], 1))
        for row_id, place in found:
            if row_id is not None:
                row_ids.append(row_id)
            elif place is not None:
                starts.append(place)
    return Verdict(is_met, n, tuple(row_ids[:MOST_EVIDENCE]), tuple(starts[:MOST_EVIDENCE]))


Found = list[tuple[str | None, str | None]]


@lru_cache(maxsize=512)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _words(words: list[str], document: DocumentTables) -> Found:
    return [(None, f"{m.start()}-{m.end()}") for m in _any_of(tuple(words)).finditer(document.text)]


def _headings(words: list[str], document: DocumentTables) -> Found:
    return [(row["section_id"], None) for row in document.sections if any(w in row["heading"] for w in words)]


def _instruments(classes: list[str], document: DocumentTables) -> Found:
    return _ids(
        (r for r in document.measures if r["instrument"] in classes or r["instrument_sub"] in classes),
        "measure_id",
    )


def _statuses(statuses: list[str], document: DocumentTables) -> Found:
    return _ids((r for r in document.quantities if r["status"] in statuses), "quantity_id")


def _indicators(ids: list[str], document: DocumentTables) -> Found:
    return _ids((r for r in document.quantities if r["indicator_id"] in ids), "quantity_id")


def _span(span: list[int], document: DocumentTables) -> Found:
    """Targets whose last year lies in the span after the document's own year."""
    if document.year is None:
        return []
    found = []
    for row in document.quantities:
        years = years_in(row["when"])
        if row["status"] == "target" and years and span[0] <= int(years[-1]) - document.year <= span[1]:
            found.append(row)
    return _ids(found, "quantity_id")


def _roles(roles: list[str], document: DocumentTables) -> Found:
    return _ids((r for r in document.citations if r["role"] in roles), "citation_id")


def _doc_types(types: list[str], document: DocumentTables) -> Found:
    return [(document.facts["doc_id"], None)] if document.facts["doc_type"] in types else []


def _levels(levels: list[str], document: DocumentTables) -> Found:
    return [(document.facts["doc_id"], None)] if level_of(document.facts) in levels else []


def _has(facts: list[str], document: DocumentTables) -> Found:
    has_all = all(is_text(document.facts[name]) for name in facts)
    return [(document.facts["doc_id"], None)] if has_all else []


def level_of(facts: Row) -> str:
    """Return county, city, province or unknown: the lowest place a document speaks for."""
    return next((level for level in ("county", "city", "province") if is_text(facts[level])), "unknown")


def _ids(rows: Iterable[Row], column: str) -> Found:
    return [(row[column], None) for row in rows]


_CHECKS: dict[str, Callable[[list[Any], DocumentTables], Found]] = {
    "words": _words,
    "headings": _headings,
    "instruments": _instruments,
    "statuses": _statuses,
    "indicators": _indicators,
    "span": _span,
    "roles": _roles,
    "doc_types": _doc_types,
    "levels": _levels,
    "has": _has,
}
_LEAST = {
    "words": "min",
    "headings": "min_headings",
    "instruments": "min_measures",
    "statuses": "min_quantities",
    "indicators": "min_quantities",
    "span": "min_quantities",
    "roles": "min_citations",
    "doc_types": "min",
    "levels": "min",
    "has": "min",
}
