"""Passages that two documents share, side by side."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from pipeline.report.display import clipped, printable
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number

_LONGEST_COMPARED = 4_000  # characters; a longer passage is shown without its equal runs


def reuse(material: Material) -> Chart:
    """Return shared passages, longest and most their own first, with the runs that are equal."""
    frame = material.frame("reuse")
    if frame.empty:
        return Chart({"rows": []}, Both("没有发现复用的段落", "No shared passages"))
    frame = frame.assign(_order=frame["n_chars"].astype(float) * frame["weight"].astype(float))
    frame = frame.sort_values("_order", ascending=False, kind="stable")
    n, across = len(frame), frame["group_a"].ne(frame["group_b"])
    longest = frame[across].sort_values("n_chars", ascending=False, kind="stable").head(1)
    limit = min(material.limits.pairs, material.limits.rows)
    notes: tuple[Both, ...] = ()
    if n > limit:
        notes = (
            Both(f"共 {n:,} 段，此处载入前 {limit:,} 段。", f"{n:,} passages, of which {limit:,} are here."),
        )
    rows = []
    for row in records(frame.head(limit)):
        a = material.evidence.at(row["doc_id_a"], row["start_a"], row["end_a"])
        b = material.evidence.at(row["doc_id_b"], row["start_b"], row["end_b"])
        if a is None or b is None:
            continue
        rows.append([
            a, b, material.group(row["group_a"]), material.group(row["group_b"]), int(row["n_chars"]),
            number(row["identity"]), number(row["weight"]), whole_number(row["n_documents"]), bool(row["is_moved"]),
            printable(row["date_a"]), printable(row["date_b"]), equal_runs(row["text_a"], row["text_b"]),
        ])  # fmt: skip
    n_across = int(across.sum())
    if longest.empty:
        found = Both(f"{n:,} 段复用，都在同一处之内", f"{n:,} shared passages, all within one place")
    else:
        first = longest.iloc[0]
        here, there = clipped(first["group_a"]), clipped(first["group_b"])
        found = Both(
            f"{n:,} 段复用，{n_across:,} 段跨地；跨地最长 {int(first['n_chars'])} 字，见{here}与{there}",
            f"{n:,} shared passages, {n_across:,} across places; the longest has {int(first['n_chars'])} characters: {here} and {there}",
        )
    return Chart({"rows": rows}, found, notes)


def equal_runs(a: object, b: object) -> list[list[int]]:
    """Return the runs both sides share, as (start in a, start in b, length).

    >>> equal_runs("落实“双减”政策", "落实双减政策")
    [[0, 0, 2], [3, 2, 2], [6, 4, 2]]
    """
    if not isinstance(a, str) or not isinstance(b, str) or max(len(a), len(b)) > _LONGEST_COMPARED:
        return []
    return [
        [code.src_start, code.dest_start, code.src_end - code.src_start]
        for code in Indel.opcodes(a, b)
        if code.tag == "equal"
    ]
