"""The PMC index and policy strength of every document, by the codebook of models/pmc.toml, with the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.compare.codebook import Codebook, read_codebook
from pipeline.compare.frames import Tables, ask_for, comparison_frame, records, texts_by_id
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.rules import MOST_EVIDENCE, DocumentTables, apply_rule, level_of

_Grouped = tuple[tuple[str | None, str], DocumentTables]  # a document's rows, and id and name of its group


def compare_pmc_scores(
    tables: Tables, by: str = "county", codebook: str | Path | None = None
) -> pd.DataFrame:
    """Return the score (0 or 1) of every sub-variable of every document, with its evidence.

    row_ids are rows of the tables, starts are places of words in texts.text ("120-124"); up to twenty of each are named
    and n_evidence counts all. `codebook` names another TOML file than models/pmc.toml.
    """
    return _scores(_documents(tables, by), read_codebook(codebook))


def _scores(documents: Iterable[_Grouped], book: Codebook) -> pd.DataFrame:
    rows = []
    for group, document in documents:
        for variable in book.variables:
            for sub in variable.sub:
                verdict = apply_rule(sub.rule, document)
                rows.append(
                    (*group, document.facts["doc_id"], variable.id, variable.name, sub.id, sub.name, int(verdict.is_met),
                     verdict.n_evidence, list(verdict.row_ids), list(verdict.starts))
                )  # fmt: skip
    return comparison_frame("pmc_scores", rows)


def compare_pmc(
    tables: Tables, by: str = "county", codebook: str | Path | None = None, scores: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the PMC index, its level, rank and weakest variable, and the policy strength of every document.

    The index is the sum over the variables of the mean of their sub-variables; `concavity` is its distance from the
    maximum. strength = form × (goal + measure), form being the mean of strength_form (kind of document) and strength_level
    (of its issuer). `scores` takes what compare_pmc_scores returned, so that it is not computed again.
    """
    book = read_codebook(codebook)
    documents = _documents(tables, by)
    return _index(documents, book, _scores(documents, book) if scores is None else scores)


def _index(documents: Iterable[_Grouped], book: Codebook, scores: pd.DataFrame) -> pd.DataFrame:
    values = _values(scores)
    totals = scores.groupby("doc_id", sort=False)["score"].agg(["size", "sum"])
    rows = []
    for group, document in documents:
        doc_id = document.facts["doc_id"]
        own = {v.id: values[doc_id, v.id] for v in book.variables}
        index = sum(own.values())
        level, name = _level(index / len(own), book)
        weakest = min(own, key=lambda v: (own[v], list(own).index(v)))
        rows.append(
            (*group, doc_id, index, level, name, None, totals.loc[doc_id, "size"], totals.loc[doc_id, "sum"], len(own) - index,
             weakest, *_strength(document, book))
        )  # fmt: skip
    frame = comparison_frame("pmc", rows)
    frame["rank"] = frame["index"].rank(method="min", ascending=False).astype("Int64")
    return frame.sort_values(["rank", "doc_id"], kind="stable", ignore_index=True)


def compare_pmc_surface(
    tables: Tables, by: str = "county", codebook: str | Path | None = None, scores: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the 3 × 3 values of every document's PMC surface, for the plot."""
    book = read_codebook(codebook)
    scores = compare_pmc_scores(tables, by, codebook) if scores is None else scores
    values, names = _values(scores), {v.id: v.name for v in book.variables}
    documents = scores.drop_duplicates("doc_id")[["group_id", "group", "doc_id"]].itertuples(index=False)
    return comparison_frame(
        "pmc_surface",
        [
            (*document, r, c, variable, names[variable], values[document[2], variable])
            for document in documents
            for r, row in enumerate(book.surface, start=1)
            for c, variable in enumerate(row, start=1)
        ],
    )


def compare_pmc_parts(
    tables: Tables, by: str = "county", codebook: str | Path | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the scores, the index and the surface from one reading of the tables."""
    book, documents = read_codebook(codebook), _documents(tables, by)
    scores = _scores(documents, book)
    index = _index(documents, book, scores)
    return scores, index, compare_pmc_surface(tables, by, codebook, scores)


def _values(scores: pd.DataFrame) -> dict[tuple[str, str], float]:
    means = scores.groupby(["doc_id", "variable"])["score"].mean()
    return {(str(d), str(v)): float(m) for d, v, m in means.reset_index().itertuples(index=False)}


def _level(share: float, book: Codebook) -> tuple[str, str]:
    for level, name, begins in book.levels:
        if share >= begins - 1e-9:
            return level, name
    return book.levels[-1][:2]


def _strength(document: DocumentTables, book: Codebook) -> tuple[float, int, int, int, int, list[str]]:
    rules = book.strength
    aims = [q["quantity_id"] for q in document.quantities if q["status"] in ("target", "requirement")]
    measures = [m["measure_id"] for m in document.measures]
    goal = 1 + bisect_right(rules.get("goal", []), len(aims))
    measure = 1 + bisect_right(rules.get("measure", []), len(measures))
    form = int(rules.get("doc_type", {}).get(document.facts["doc_type"], 1))
    level = int(rules.get("level", {}).get(level_of(document.facts), 1))
    evidence = aims[:MOST_EVIDENCE] + measures[:MOST_EVIDENCE]
    return (form + level) / 2 * (goal + measure), goal, measure, form, level, evidence


def _documents(tables: Tables, by: str) -> list[_Grouped]:
    """Every document that was read, with its group and its rows."""
    names = ("documents", "texts", "sections", "measures", "quantities", "citations")
    documents, texts, sections, measures, quantities, citations = ask_for(tables, *names)
    groups = documents_in_groups(documents, by, quantities)
    groups = groups[groups["is_read"]]
    facts = {row["doc_id"]: row for row in records(documents[documents["status"].eq("ok")])}
    text_of = texts_by_id(texts)
    rows = [_by_document(t) for t in (sections, measures, quantities, citations)]
    found = []
    for doc_id, group_id, group, year in zip(
        groups["doc_id"], groups["group_id"], groups["group"], groups["year"], strict=True
    ):
        own = [table.get(doc_id, []) for table in rows]
        year = None if pd.isna(year) else int(year)
        found.append(((group_id, group), DocumentTables(facts[doc_id], year, text_of.get(doc_id, ""), *own)))
    return found


def _by_document(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(table):
        rows[row["doc_id"]].append(row)
    return rows
