"""Whose words are these: over- and underused words of every group."""

from __future__ import annotations

from typing import Any

from pipeline.report.display import clipped, printable
from pipeline.report.frames import Both, Chart, Material, number, records

_PLACES = 10


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
            number(row["per_10k_here"], 2), number(row["per_10k_elsewhere"], 2), number(row["g2"], 1),
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
    found = Both(
        f"最有辨识度的是{place}的“{word}”：每万词 {first[4]} 次，别处 {first[5]} 次",
        f"Most distinctive: “{word}” in {place}, {first[4]} per 10,000 words against {first[5]} elsewhere",
    )
    return Chart({"rows": rows}, found, notes)
