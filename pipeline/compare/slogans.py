"""Numeric slogans: who uses which and since when, one label with different members, families of one pattern."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from pipeline.compare.frames import Tables, ask_for, comparison_frame, records
from pipeline.compare.groups import documents_in_groups, reading_of_groups
from pipeline.compare.member_lists import members_in_common, share_in_common
from pipeline.lazy_re import lazy_re

_NUMERAL = "[一二两三四五六七八九十百]"
_ENUMERATED_RE = lazy_re(rf"^({_NUMERAL}+)(个|大|项|条|种|类|级|步|有|不|要|严|带|抓)?.+")
_DISTRIBUTIVE_RE = lazy_re(r"^(一.一)")
_NUMERALS_RE = lazy_re(rf"{_NUMERAL}+")
_MARKS_RE = lazy_re(r"[\s《》〈〉“”‘’\"'、，,]")


def family_of(label: str, kind: str) -> str:
    """Return the pattern that a slogan follows.

    >>> family_of("四个意识", "enumerated"), family_of("一校一品", "distributive"), family_of("1+6+N", "formula")
    ('四个X', '一校一X', 'n+n+N')
    >>> family_of("三创四建", "compound"), family_of("互联网+教育", "formula"), family_of("双减", "enumerated")
    ('三X四X', '互联网+X', '双X')
    """
    if kind == "distributive" and (found := _DISTRIBUTIVE_RE.match(label)):
        return found[1] + "X"
    if kind == "formula":
        first, plus, _ = label.partition("+")
        if plus and not first.isascii():
            return first + "+X"
        return re.sub(r"\d+", "n", label)
    if kind == "compound":
        numerals = _NUMERALS_RE.findall(label)
        return "X".join(numerals) + "X" if numerals else label
    if label[:1] in "双多全":
        return label[0] + "X"
    found = _ENUMERATED_RE.match(label)
    return found[1] + (found[2] or "") + "X" if found else label


def slogan_key(label: str) -> str:
    """Return what the writings of one slogan have in common: its words without the marks between them.

    >>> slogan_key("两不愁、三保障") == slogan_key("两不愁三保障")
    True
    """
    return _MARKS_RE.sub("", label)


def _one_label(labels: pd.Series[Any]) -> pd.Series[Any]:
    """Give all writings of a slogan its most used one, the shortest where two are used alike."""
    keys = labels.map(slogan_key)
    uses = pd.DataFrame({"key": keys, "label": labels}).value_counts().reset_index(name="n")
    uses["length"] = uses["label"].str.len()
    uses = uses.sort_values(["n", "length", "label"], ascending=[False, True, True], kind="stable")
    return keys.map(uses.drop_duplicates("key").set_index("key")["label"])


def _in_groups(tables: Tables, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the slogans with their groups, and how much of each group was read."""
    documents, slogans = ask_for(tables, "documents", "slogans")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    frame = slogans.merge(groups[groups["is_read"]], on="doc_id", how="inner")
    frame["label"] = _one_label(frame["label"])
    frame["_date"] = frame["date"].fillna(frame["year"].astype("string"))
    return frame, reading_of_groups(documents, groups)


def _with_reading(rows: pd.DataFrame, reading: pd.DataFrame) -> pd.DataFrame:
    """Add what was read of each row's group, and its uses in 10,000 characters of it."""
    rows = rows.merge(reading, left_on="group_id", right_index=True, how="left")
    n_chars = rows["n_chars_read"].where(rows["n_chars_read"] > 0)
    return rows.assign(uses_per_10k_chars=rows["n_uses"] * 10_000 / n_chars)


def compare_slogans(tables: Tables, by: str = "county") -> pd.DataFrame:
    """Return one row a slogan and group: how often, since when, and as the how-manieth group of the run.

    Order and origin go by the first year, and by the day where both are known; groups of the same time share a place. A
    group without any date has neither, and one of which only the year is known is no origin where another is dated to
    the day in that year: which came first is not known. `first` means first in these documents, not first in the world.
    """
    frame, reading = _in_groups(tables, by)
    frame = frame[frame["group_id"].notna()].sort_values(
        ["year", "_date", "slogan_id"], na_position="last", kind="stable"
    )
    uses = frame.groupby(["label", "group_id"], sort=False)
    rows = uses.agg(
        kind=("kind", "first"),
        group=("group", "first"),
        n_uses=("slogan_id", "size"),
        n_documents=("doc_id", "nunique"),
        first_year=("year", "first"),
        first_date=("_date", "first"),
        first_doc_id=("doc_id", "first"),
        slogan_ids=("slogan_id", list),
    ).reset_index()
    rows["n_groups"] = rows.groupby("label")["group_id"].transform("size")
    rows["members_in_common"] = _members_in_common(frame, rows)
    _set_order(rows)
    origin = rows.groupby("label")["first_year"].transform("min")
    rows["years_after_origin"] = rows["first_year"] - origin
    rows = rows.sort_values(
        ["n_groups", "label", "order", "group_id"], ascending=[False, True, True, True], kind="stable"
    )
    return comparison_frame("slogan_uses", _with_reading(rows, reading))


def _members_in_common(frame: pd.DataFrame, rows: pd.DataFrame) -> list[float | None]:
    """For each label and group the least share of members that its list has in common with another group's list.

    A group's list is the one it uses most; null where it, or every other group, names no members. 0 says that one label
    stands for different things (“三名”: 名医、名院、名诊所 and 名校长、名师、名班主任).
    """
    lists: dict[tuple[str, str], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for label, group, items in zip(frame["label"], frame["group_id"], frame["items"], strict=True):
        if items is not None and len(items):
            lists[label, group][tuple(sorted(set(map(str, items))))] += 1
    own = {key: max(found, key=lambda one: (found[one], one)) for key, found in lists.items()}
    by_label: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for (label, _), members in own.items():
        by_label[label][members] += 1
    least = {label: _least_shares(found) for label, found in by_label.items()}
    keys = zip(rows["label"], rows["group_id"], strict=True)
    return [least[key[0]][own[key]] if key in own else None for key in keys]


def _least_shares(lists: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], float | None]:
    """For each of some lists, and how many groups have it, the least share in common with the list of another group."""
    least = {one: 1.0 if n > 1 else None for one, n in lists.items()}
    for one, other in itertools.combinations(lists, 2):
        if least[one] == 0 == least[other]:
            continue  # it cannot be less: many places, many wordings
        share = share_in_common(one, other)
        for some in (one, other):
            least[some] = share if (known := least[some]) is None else min(known, share)
    return least


def _set_order(rows: pd.DataFrame) -> None:
    """Add order and is_origin; a group known to the year alone stands beside the first of that year."""
    is_dated = rows["first_year"].notna()
    has_day = is_dated & rows["first_date"].str.len().eq(len("2020-01-09"))
    first_day = (
        rows["first_date"].where(has_day).groupby([rows["label"], rows["first_year"]]).transform("min")
    )
    is_open = is_dated & ~has_day & first_day.notna()
    when = rows["first_date"].mask(is_open, first_day).where(is_dated).astype("object")
    rows["order"] = when.groupby(rows["label"]).rank(method="min")
    is_first = rows["order"].eq(1).astype("boolean")
    rows["is_origin"] = is_first.mask(~is_dated | (is_open & rows["order"].eq(1)))


def compare_slogan_members(tables: Tables, by: str = "county") -> pd.DataFrame:
    """Return the different member lists of every slogan that spells its members out, side by side.

    Two lists with the same members in another order are one variant; `same_as_first` is the share of members that a
    variant has in common with the most used one, in whatever words: 1 is another wording of the same list.
    """
    frame, _ = _in_groups(tables, by)
    variants: dict[str, dict[frozenset[str], list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in records(frame.sort_values("slogan_id", kind="stable")):
        members = [str(m) for m in row["items"]] if row["items"] is not None else []
        if members:
            variants[row["label"]][frozenset(members)].append({**row, "members": members})
    rows = []
    for label, by_members in variants.items():
        ordered = sorted(by_members.items(), key=lambda item: (-len(item[1]), item[1][0]["slogan_id"]))
        main = ordered[0][1][0]["members"]
        for number, (_, uses) in enumerate(ordered, start=1):
            groups = sorted({str(use["group"]) for use in uses})
            members = uses[0]["members"]
            same = share_in_common(members, main)
            also = [members[here] for here, _ in members_in_common(members, main)]
            ids = [use["slogan_id"] for use in uses]
            rows.append((label, len(ordered), number, members, len(uses), groups, same, also, ids))
    rows.sort(key=lambda row: (-row[1], row[0], row[2]))
    return comparison_frame("slogan_members", rows)


def compare_slogan_families(tables: Tables, by: str = "county") -> pd.DataFrame:
    """Return how many slogans of each pattern (四个X, 一校一X, n+n+N) a group uses."""
    frame, reading = _in_groups(tables, by)
    frame = frame[frame["group_id"].notna()]
    frame["family"] = [
        family_of(label, kind) for label, kind in zip(frame["label"], frame["kind"], strict=True)
    ]
    rows = (
        frame.groupby(["family", "kind", "group_id", "group"])
        .agg(
            n_labels=("label", "nunique"),
            n_uses=("slogan_id", "size"),
            labels=("label", lambda s: sorted(set(s))),
            slogan_ids=("slogan_id", list),
        )
        .reset_index()
    )
    in_all = rows.groupby("family")["n_uses"].transform("sum")
    rows = rows.assign(_all=in_all).sort_values(
        ["_all", "family", "n_uses", "group_id"], ascending=[False, True, False, True]
    )
    return comparison_frame("slogan_families", _with_reading(rows, reading))
