"""What a codebook of the PMC index was made for, and which documents of a run are of that field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.lexicon import document, own_toml, table
from pipeline.report.display import printable

FILE = "pmc.toml"
LEAST_SHARE = 0.5  # of a document's measures that touch the field, from which on it is of that field


@dataclass(frozen=True, slots=True)
class Field:
    """What the codebook says it is for: a theme of models/themes.csv, the kind of document in words; "" where it says nothing.

    A theme that models/themes.csv does not have counts as none: no document could be held against it.
    """

    theme: str
    zh: str
    en: str
    file: str


def field_of(codebook: str | Path | None = None) -> Field:
    """Return what the table `about` of a codebook says, of models/pmc.toml or of a file of one's own.

    >>> field_of().theme, field_of().file
    ('教育', 'models/pmc.toml')
    """
    raw = document(FILE) if codebook is None else own_toml(Path(codebook))
    about = raw.get("about", {})
    theme, zh, en = (printable(about.get(name)) for name in ("theme", "zh", "en"))
    known = {row["theme"] for row in table("themes.csv")}
    return Field(
        theme if theme in known else "", zh, en, f"models/{FILE}" if codebook is None else Path(codebook).name
    )


def documents_of_field(tables: Mapping[str, pd.DataFrame], theme: str) -> set[str]:
    """Return the documents of which at least half the measures hold a word of a theme; none for an unknown theme.

    A document without measures shows no field and is not among them.
    """
    words = next((row["keywords"].split("|") for row in table("themes.csv") if row["theme"] == theme), [])
    measures = tables["measures"]
    if not words or measures.empty:
        return set()
    touches: Any = measures["text"].str.contains("|".join(map(re.escape, words)), na=False)
    shares = touches.groupby(measures["doc_id"]).mean()
    return set(shares.index[shares.ge(LEAST_SHARE)])
