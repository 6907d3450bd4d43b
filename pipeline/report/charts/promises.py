"""What was promised and what was reported."""

from __future__ import annotations

from pipeline.report.display import percent, printable
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number
from pipeline.report.series import SeriesNumbers

_ONLY_CHECKED = Both(
    "兑现率只是能核对者的比例：报告多说做成的事，未报告、未找到的承诺不计在内，不能当作全部承诺的兑现率。",
    "The share kept is of those that can be checked: reports tell what went well, and promises on which they are silent are not in it.",
)


def promises(material: Material) -> Chart:
    """Return every promise with its result, outcome, gap and the rows of both sides."""
    frame = material.frame("promises")
    if frame.empty:
        return Chart(
            {"series": [], "rows": [], "counts": []}, Both("没有可核对的承诺", "No promise to check")
        )
    order = {"met": 0, "missed": 0, "undecided": 1, "revised": 2}
    frame = frame.assign(_order=frame["outcome"].map(order).fillna(3)).sort_values("_order", kind="stable")
    every = frame
    frame, notes = material.too_many(frame, frame["_order"])
    series, limit = SeriesNumbers(), min(material.limits.places, 20)
    rows = [
        [
            material.group(row["group"]), series.of(row), whole_number(row["year"]), printable(row["period"]),
            printable(row["target_comparator"]), number(row["target"]), number(row["target_high"]),
            printable(row["result_comparator"]), number(row["result"]), number(row["result_high"]),
            printable(row["outcome"]), number(row["gap"]), number(row["tolerance"]), printable(row["direction"]),
            material.evidence.of(row["target_ids"], limit), material.evidence.of(row["result_ids"], limit),
        ]
        for row in records(frame)
    ]  # fmt: skip
    n_met, n_missed = (int(every["outcome"].eq(outcome).sum()) for outcome in ("met", "missed"))
    n = n_met + n_missed
    if not n:
        found = Both(
            f"{len(every):,} 项承诺，尚无下一年报告可核对",
            f"{len(every):,} promises, none of which can be checked yet",
        )
    else:
        found = Both(
            f"{len(every):,} 项承诺中 {n:,} 项可核对：{n_met:,} 项兑现（{percent(n_met / n)}），{n_missed:,} 项未达",
            f"Of {len(every):,} promises {n:,} can be checked: {n_met:,} kept ({percent(n_met / n)}), {n_missed:,} missed",
        )
    counts = [
        [
            material.group(group), printable(outcome), len(some),
            material.evidence.of([one for ids in some["target_ids"] for one in list(ids)[:1]], material.limits.places),
        ]
        for (group, outcome), some in every.groupby(["group", "outcome"], sort=False)
    ]  # fmt: skip
    if n:  # what went well is told more readily than what did not
        notes = (*notes, _ONLY_CHECKED)
    return Chart({"series": series.rows, "rows": rows, "counts": counts}, found, notes)
