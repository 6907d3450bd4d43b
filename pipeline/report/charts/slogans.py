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
        return Chart({"uses": [], "members": [], "covered": []}, Both("没有数字口号", "No slogans"))
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
        f"“{clipped(label)}”传得最广，{n} 处使用"
        + (f"；这批文件中最早见于 {place[1]} 年{place[0]}" if place else ""),
        f"“{clipped(label)}” spread furthest: {n} places"
        + (f"; among these documents first in {place[0]}, {place[1]}" if place else ""),
    )
    covered = _covered(material)
    data = {"uses": use_rows, "members": member_rows, "covered": covered}
    return Chart(data, found, (_caution(covered), *notes))


def _covered(material: Material) -> list[list[Any]]:
    """Group, documents read, and the years they are of, for every group: what a first use is first among."""
    read = material.groups[material.groups["is_read"]]
    return [
        [
            material.group(group),
            len(some),
            sorted({int(year) for year in some["year"].dropna()}),
            int(some["year"].isna().sum()),
        ]
        for group, some in read.groupby("group", sort=False)
    ]


def _caution(covered: list[list[Any]]) -> Both:
    """That a first use is the first among what was read, and how unequal that is."""
    sizes, starts = [c[1] for c in covered], [c[2][0] for c in covered if c[2]]
    docs = f"{min(sizes)}—{max(sizes)}" if min(sizes) < max(sizes) else str(sizes[0])
    since = (
        "" if not starts else f"{min(starts)}—{max(starts)}" if min(starts) < max(starts) else str(starts[0])
    )
    return Both(
        f"“始于”只是这批文件中最早的一次，不等于首创：各地有 {docs} 份文件"
        + (f"，各自最早一份的年份为 {since}" if since else "")
        + "。文件少、起始晚的地方自然显得后用；没有读到的文件里可能更早。每行写明该地的文件，以及该年及以前有文件的地方数。",
        f"“First” is the first among these documents, not an invention: places have {docs.replace('—', '–')} documents"
        + (f", the earliest of {since.replace('—', '–')}" if since else "")
        + ". Where there are few or late documents use seems late, and a document that was not read may be earlier. Every line says what was read of the "
        "place, and how many places have documents of that year or before.",
    )
