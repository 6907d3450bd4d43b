"""Which documents are alike, in the order of their clustering."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.report.display import clipped, percent, printable
from pipeline.report.evidence import as_list
from pipeline.report.frames import UNKNOWN, Both, Chart, Material, number, records, whole_number

ALL_PAIRS = 200  # documents: of no more than these the comparison has every pair that shares a word
_WORDS_SHOWN = 8
_WORDS_PLACED = 2


def similarity(material: Material) -> Chart:
    """Return documents in clustering order, the tree, and the pairs with the words they share."""
    order, pairs = material.frame("similarity_order"), material.frame("similarity")
    nothing: dict[str, Any] = {"order": [], "tree": [], "pairs": [], "clusters": [], "whole": True}
    if order.empty or pairs.empty:
        return Chart(nothing, Both("文件不足两份，无从比较", "Fewer than two documents to compare"))
    limits = material.limits
    ordered = order.sort_values("position", kind="stable")
    notes: tuple[Both, ...] = ()
    tree: list[list[Any]] = []
    if len(ordered) > limits.documents:
        chosen = ordered[ordered["doc_id"].isin(_closest(pairs, limits.documents))]
        notes = (
            Both(
                f"热图只画 {len(ordered):,} 份文件中彼此最相似的 {len(chosen)} 份，不画树。",
                f"The heat map shows the {len(chosen)} of {len(ordered):,} documents that are closest to another one, without the tree.",
            ),
        )
    else:
        chosen, tree = ordered, _tree(order, ordered)
    shown = {doc_id: i for i, doc_id in enumerate(chosen["doc_id"])}
    one_way = pairs[pairs["doc_id_a"].lt(pairs["doc_id_b"])].sort_values("similarity", ascending=False)
    is_drawn = one_way["doc_id_a"].isin(shown) & one_way["doc_id_b"].isin(shown)
    one_way = one_way[is_drawn | (one_way["rank"] <= 3)]
    is_whole = (
        len(ordered) <= ALL_PAIRS and len(one_way) <= limits.pairs
    )  # a pair without a row shares no word
    one_way = one_way.head(limits.pairs)
    found_rows = [found for row in records(one_way) if (found := _pair(material, row)) is not None]
    data = {
        "order": [material.document(d) for d in chosen["doc_id"]],
        "clusters": [whole_number(c) for c in chosen["cluster"]],
        "tree": tree,
        "pairs": found_rows,
        "whole": is_whole,
    }
    return Chart(data, _finding(material, found_rows), notes)


def _tree(order: pd.DataFrame, ordered: pd.DataFrame) -> list[list[Any]]:
    """Return what was joined with what at which height, and where each leaf stands; nothing of a single document."""
    rows = {row: position for position, row in enumerate(ordered.index)}
    joined = [
        [int(r["left"]), int(r["right"]), number(r["height"])]
        for r in records(order)
        if whole_number(r["left"]) is not None
    ]
    return [joined, [rows[i] for i in order.index]] if joined else []


def _pair(material: Material, row: dict[str, Any]) -> list[Any] | None:
    """Return a pair with the words it shares and where they stand; None where the report has not both documents."""
    a, b = row["doc_id_a"], row["doc_id_b"]
    words = [w for w in as_list(row["words"]) if isinstance(w, str)]
    places = [n for w in words[:_WORDS_PLACED] for d in (a, b) for n in material.evidence.of_word(w, [d], 1)]
    numbers = (material.document(a), material.document(b))
    if None in numbers:
        return None
    return [
        *numbers, number(row["similarity"], 3), [printable(w) for w in words[:_WORDS_SHOWN]],
        material.group(row["group_a"]), material.group(row["group_b"]), places,
    ]  # fmt: skip


def _closest(pairs: pd.DataFrame, limit: int) -> set[str]:
    """The documents of the most similar pairs, up to a number of documents."""
    found: set[str] = set()
    ordered = pairs.sort_values("similarity", ascending=False, kind="stable")
    for a, b in zip(ordered["doc_id_a"], ordered["doc_id_b"], strict=True):
        if len(found | {a, b}) > limit:
            break
        found |= {a, b}
    return found


def _finding(material: Material, rows: list[list[Any]]) -> Both:
    across = [r for r in rows if r[4] != r[5]]
    if not across:
        return Both("只有一处的文件，无从跨地比较", "All documents are of one place")
    known = [r for r in across if UNKNOWN not in {material.group_names[g] for g in r[4:6]}]
    best = (known or across)[0]
    a, b = (clipped(material.group_names[g]) for g in best[4:6])
    return Both(
        f"跨地最相似的是{a}与{b}的两份文件，相似度 {percent(best[2])}",
        f"The closest documents of two places are of {a} and {b}: similarity {percent(best[2])}",
    )
