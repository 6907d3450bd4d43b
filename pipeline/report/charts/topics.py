"""What the texts are about, and the share of every topic in every group."""

from __future__ import annotations

from typing import Any

from pipeline.report.display import clipped, percent, printable
from pipeline.report.evidence import as_list
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number

_PLACES = 3


def topics(material: Material) -> Chart:
    """Return topics with their words, and their shares, each with the passages that hold most of the words."""
    frame, shares = material.frame("topics"), material.frame("topic_shares")
    if frame.empty:
        return Chart(
            {"topics": [], "shares": []}, Both("文本太少，未做主题模型", "Too little text for topics")
        )
    words_of = {}
    topic_rows: list[list[Any]] = []
    for row in records(frame):
        words = [w for w in as_list(row["words"]) if isinstance(w, str)]
        words_of[row["model"], row["topic"]] = words
        topic_rows.append([
            printable(row["model"]), int(row["topic"]), [printable(w) for w in words], number(row["share"]),
            number(row["npmi"], 3), _passages(material, words, row["doc_ids"]),
        ])  # fmt: skip
    share_rows = [
        [
            material.group(row["group"]), printable(row["model"]), int(row["topic"]), number(row["share"]),
            whole_number(row["n_passages"]),
            _passages(material, words_of.get((row["model"], row["topic"]), []), row["doc_ids"]),
        ]
        for row in records(shares.sort_values("model", ascending=False, kind="stable").head(material.limits.rows))
    ]  # fmt: skip
    first = max((r for r in topic_rows if r[0] == topic_rows[0][0]), key=lambda r: r[3] or 0)
    words_shown = "、".join(clipped(w, 12) for w in first[2][:3])
    n = sum(r[0] == first[0] for r in topic_rows)
    found = Both(
        f"{n} 个主题中，“{words_shown}”占 {percent(first[3] or 0)}，居首",
        f"Of {n} topics “{words_shown}” is the largest: {percent(first[3] or 0)} of all passages",
    )
    return Chart({"topics": topic_rows, "shares": share_rows}, found)


def _passages(material: Material, words: list[str], doc_ids: Any) -> list[int]:
    limit = min(_PLACES, material.limits.places)
    found = (material.evidence.paragraph_with(words, d) for d in as_list(doc_ids)[:limit])
    return [n for n in found if n is not None]
