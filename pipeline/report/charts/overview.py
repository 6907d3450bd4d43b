"""How many documents, from where, of which kind and year, in which state, and with which damage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipeline.columns import COUNTED
from pipeline.report.display import chinese_number, english_number, printable
from pipeline.report.evidence import as_list
from pipeline.report.frames import Both, Chart, Material


def overview(material: Material) -> Chart:
    """Return the counts of documents by group, type, year, status and damage, and of rows by table."""
    documents, groups = material.tables["documents"], material.groups
    read = groups[groups["is_read"]]
    damage: Counter[str] = Counter()
    for kinds in documents.loc[documents["status"].eq("ok"), "damage"]:  # not in copies of a document again
        damage.update(printable(kind) for kind in as_list(kinds))
    n_chars = int(documents.loc[documents["status"].eq("ok"), "n_chars"].sum())
    data = {
        "n_documents": len(documents),
        "n_groups": int(
            read.loc[~read["is_above"].astype(bool), "group_id"].nunique()
        ),  # neither 中央 nor 未知
        "n_chars": n_chars,
        "rows": {name: len(material.tables[name]) for name in COUNTED},
        "by_group": [] if material.by == "document" else _counted(groups["group"]),  # one each
        "by_type": _counted(documents["doc_type"]),
        "by_year": sorted(_counted(groups["year"].astype("string")), key=lambda pair: (not pair[0], pair[0])),
        "by_status": _counted(documents["status"]),
        "by_damage": sorted(damage.items(), key=lambda pair: (-pair[1], pair[0])),
    }
    years = [int(y) for y in groups["year"].dropna()]
    span = "" if not years else f"{min(years)}—{max(years)}" if min(years) < max(years) else str(years[0])
    n_read = int(documents["status"].eq("ok").sum())
    zh, en = _GROUPS.get(material.by, ("", ""))
    found = Both(
        f"成功读取 {n_read:,} 份文件、{chinese_number(n_chars, 1)}字"
        + (f"，涉及 {data['n_groups']:,} 个{zh}" if zh else "")
        + (f"，{span} 年" if span else ""),
        f"{n_read:,} documents read, {english_number(n_chars)} characters"
        + (f", {data['n_groups']:,} {en}" if en else "")
        + (f", {span.replace('—', '–')}" if span else ""),
    )
    return Chart(data, found)


# documents as groups, and years, are said anyway
_GROUPS = {"county": ("县区", "counties"), "city": ("市", "cities"), "province": ("省份", "provinces")}


def _counted(values: Iterable[Any]) -> list[tuple[str, int]]:
    counts = Counter(printable(v) if isinstance(v, str) and v else "" for v in values)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
