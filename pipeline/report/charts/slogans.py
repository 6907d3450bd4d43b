"""Which slogan began where, how it spread, and what it stands for in each place."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.report.display import clipped, printable
from pipeline.report.evidence import as_list
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number

_NAMED = 3  # places and slogans that a sentence names


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
                material.evidence.of(row["slogan_ids"], limit), [clipped(m) for m in as_list(row["members_in_first"])],
            ]
            for row in records(members.head(material.limits.rows))
        ]
        if not members.empty
        else []
    )  # fmt: skip
    label, n = use_rows[0][0], use_rows[0][8]
    origins = [r for r in use_rows if r[0] == label and r[6] and r[4]]
    zh, en = _named(sorted(clipped(material.group_names[r[2]]) for r in origins))
    found = Both(
        f"“{clipped(label)}”传得最广，{n} 处使用"
        + (f"；这批文件中最早见于 {origins[0][4]} 年{zh}" if origins else ""),
        f"“{clipped(label)}” spread furthest: {n} places"
        + (f"; among these documents first in {en}, {origins[0][4]}" if origins else ""),
    )
    notes = (*_meanings(uses), *notes)
    covered = _covered(material)
    data = {"uses": use_rows, "members": member_rows, "covered": covered}
    return Chart(data, found, (_caution(covered), *notes))


def _named(places: list[str]) -> tuple[str, str]:
    """Name the places that come first together, all of them or the first with their number."""
    if len(places) <= _NAMED:
        return "、".join(places), ", ".join(places)
    return f"{places[0]}等 {len(places)} 处", f"{places[0]} and {len(places) - 1} more places"


def _meanings(uses: pd.DataFrame) -> tuple[Both, ...]:
    """Slogans whose members two places list without one alike: one label for different things."""
    apart = uses[uses["members_in_common"].eq(0).fillna(False).astype(bool)]["label"].drop_duplicates()
    if apart.empty:
        return ()
    some = "、".join(f"“{clipped(label)}”" for label in apart.head(_NAMED))
    n = len(apart)
    return (
        Both(
            f"同名未必同义：{some}{f'等 {n} 个口号' if n > _NAMED else ''}，有的地方列出的成员与别处无一相近，其先后次序不说明谁先谁后。",
            f"One label may mean different things: of {some}{f' and {n - _NAMED} more' if n > _NAMED else ''} two places list members without one alike, "
            "so that their order tells nothing.",
        ),
    )


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
