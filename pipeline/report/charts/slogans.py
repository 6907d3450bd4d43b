"""Which slogan began where, how it spread, and what it stands for in each place."""

from __future__ import annotations

from typing import Any

from pipeline.report.display import clipped, printable
from pipeline.report.evidence import as_list
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number


def slogans(material: Material) -> Chart:
    """Return uses by group, and the member lists of slogans."""
    uses, members = material.frame("slogan_uses"), material.frame("slogan_members")
    if uses.empty:
        return Chart({"uses": [], "members": []}, Both("没有数字口号", "No slogans"))
    limit = material.limits.places
    uses = uses.sort_values("n_groups", ascending=False, kind="stable")
    uses, notes = material.too_many(uses)
    use_rows: list[list[Any]] = [
        [
            printable(row["label"]), printable(row["kind"]), material.group(row["group"]), int(row["n_uses"]),
            whole_number(row["first_year"]), printable(row["first_date"]), bool(row["is_origin"]),
            whole_number(row["order"]), int(row["n_groups"]), material.evidence.of(row["slogan_ids"], limit),
        ]
        for row in records(uses)
    ]  # fmt: skip
    member_rows = (
        [
            [
                printable(row["label"]), int(row["n_variants"]), int(row["variant"]),
                [clipped(m) for m in as_list(row["members"])], int(row["n_uses"]),
                [material.group(g) for g in as_list(row["groups"])], number(row["same_as_first"]),
                material.evidence.of(row["slogan_ids"], limit),
            ]
            for row in records(members.head(material.limits.rows))
        ]
        if not members.empty
        else []
    )  # fmt: skip
    label, n = use_rows[0][0], use_rows[0][8]
    origin = next((r for r in use_rows if r[0] == label and r[6] and r[4]), None)
    place = (clipped(material.group_names[origin[2]]), origin[4]) if origin else None
    found = Both(
        f"“{clipped(label)}”传得最广，{n} 处使用" + (f"；最早见于 {place[1]} 年{place[0]}" if place else ""),
        f"“{clipped(label)}” spread furthest: {n} places"
        + (f", first in {place[0]}, {place[1]}" if place else ""),
    )
    return Chart({"uses": use_rows, "members": member_rows}, found, notes)
