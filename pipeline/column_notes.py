"""What the columns of the tables mean, and what the codes in them are called: the words of models/, for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from pipeline import lexicon


@cache
def value_names(table: str, column: str) -> dict[str, str]:
    """Return the Chinese names of the codes in a column; none where its values are words already.

    >>> value_names("quantities", "status")["target"]
    '目标'
    """
    if (table, column) in (("documents", "damage"), ("repairs", "kind")):
        return {row["kind"]: row["chinese"] for row in lexicon.table("damage_kinds.csv")}
    rows = lexicon.table("value_names.csv")
    return {row["value"]: row["chinese"] for row in rows if (row["table"], row["column"]) == (table, column)}


def in_chinese(value: str | Iterable[object], names: Mapping[str, str]) -> str:
    """Return a value with the names of its codes: one code, several, or codes each with words behind it.

    >>> in_chinese("target", value_names("quantities", "status"))
    '目标'
    >>> in_chinese("title: 柳城县; text: 柳城县 (12)", value_names("documents", "region_reason"))
    '标题：柳城县；正文：柳城县 (12)'
    """
    if not isinstance(value, str):
        return "、".join(names.get(str(one), str(one)) for one in value)
    parts = [part.partition(": ") for part in value.split("; ")]
    if value in names or not all(colon and code in names for code, colon, _ in parts):
        return names.get(value, value)
    return "；".join(f"{names[code]}：{words}" for code, _, words in parts)


def column_note(table: str, column: str) -> tuple[str, str]:
    """Return what a column means, in Chinese and English; of a table itself with "" for the column.

    >>> column_note("quantities", "indicator")
    ('所计量的事物，照原文', 'what is counted or measured, as worded')
    """
    for owner in (table, "*") if column else (table,):
        for row in lexicon.table("column_notes.tsv"):
            if row["table"] == owner and column in (row["columns"].split() or [""]):
                return row["chinese"], row["english"]
    return "", ""
