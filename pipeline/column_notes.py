"""What the columns of the tables mean, and what the codes in them are called: the words of models/, for a person."""

from __future__ import annotations

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
