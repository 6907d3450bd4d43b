"""The texts that were read, each with its group, and the place names that comparisons of words leave out."""

from __future__ import annotations

import pandas as pd

from pipeline.compare.frames import Tables, ask_for
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.words import place_words


def read_texts(tables: Tables, by: str) -> tuple[pd.DataFrame, list[str], frozenset[str]]:
    """Return the documents that were read and have a group, their texts in the same order, and the names of their places."""
    documents, texts = ask_for(tables, "documents", "texts")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    some = groups[groups["is_read"] & groups["group_id"].notna()].merge(texts, on="doc_id", how="inner")
    return some.drop(columns="text"), list(some["text"]), place_words(documents)
