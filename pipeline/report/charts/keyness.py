"""Whose words are these: over- and underused words of every group."""

from __future__ import annotations

from typing import Any

from pipeline.report.display import clipped, printable
from pipeline.report.frames import Both, Chart, Material, number, records

_PLACES = 10
_WHOLE = 10  # from which on a rate is given as a whole number


def keyness(material: Material) -> Chart:
    """Return the key words of every group with the first place of each in its documents."""
    frame = material.frame("keyness")
    if frame.empty:
        return Chart({"rows": []}, Both("没有可比的用词", "No words to compare"))
    # every group keeps its first words
    frame, notes = material.too_many(frame, frame.groupby("group").cumcount())
    limit = min(material.limits.places, _PLACES)
    rows: list[list[Any]] = [
        [
            material.group(row["group"]), printable(row["word"]), int(row["n_here"]), int(row["n_elsewhere"]),
            _rate(row["per_10k_here"]), _rate(row["per_10k_elsewhere"]), number(row["g2"], 1),
            number(row["log_ratio"], 2), number(row["p_adjusted"], 6),
            material.evidence.of_word(row["word"], row["doc_ids"], limit),
        ]
        for row in records(frame)
    ]  # fmt: skip
    over = [r for r in rows if (r[7] or 0) > 0]
    if not over:
        return Chart({"rows": rows}, Both("各处用词没有显著差别", "No group's words stand out"), notes)
    first = max(over, key=lambda r: r[6] or 0)
    place, word = clipped(material.group_names[first[0]]), clipped(first[1], 20)
    zh, en = _CAUTION if _has_other_kinds(material) else ("", "")
    found = Both(
        f"最有辨识度的是{place}的“{word}”：每万词 {first[4]} 次，别处 {first[5]} 次{zh}",
        f"Most distinctive: “{word}” in {place}, {first[4]} per 10,000 words against {first[5]} elsewhere{en}",
    )
    return Chart({"rows": rows}, found, notes)


_CAUTION = (
    "；各处文件的文种不同，差别也可能出自文种",
    "; the places have documents of different kinds, which may be the difference",
)


def _has_other_kinds(material: Material) -> bool:
    """Whether one place has documents of kinds that another has none of: a work report and a plan use other words."""
    read = material.groups[material.groups["is_read"]]
    kinds = dict(
        zip(material.tables["documents"]["doc_id"], material.tables["documents"]["doc_type"], strict=True)
    )
    of_groups = {
        frozenset(str(kinds.get(doc_id)) for doc_id in some) for _, some in read.groupby("group")["doc_id"]
    }
    return len(of_groups) > 1


def _rate(value: Any) -> float | int | None:
    """A rate as exact as counts of words allow: 264, 12, 3.4, 0.25.

    >>> _rate(263.89), _rate(3.449), _rate(0.254)
    (264, 3.4, 0.25)
    """
    found = number(value, 6)  # rounded once, below
    if found is None:
        return None
    return round(found) if found >= _WHOLE else round(found, 1 if found >= 1 else 2)
