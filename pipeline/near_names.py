"""What to try when nothing in a run fits a condition: the names that are there and are like those in it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from pipeline.database import open_database
from pipeline.lazy_re import lazy_re

_LITERAL_RE = lazy_re(r"'([^']{1,100})'")  # county = '清苑'
_NAMES = ("province", "city", "county", "doc_type", "issuer", "outlet")
_SHOWN = 8  # names that are offered


def names_like(out: Path, where: str) -> str:
    """Return what to try when nothing fits a condition: names of the run like those in it, else some of its counties."""
    here: dict[str, list[str]] = {}
    with open_database(out, ("documents",)) as connection:
        for column in _NAMES:
            told = f"SELECT DISTINCT {column} FROM documents WHERE {column} IS NOT NULL AND status = 'ok' ORDER BY 1"  # noqa: S608
            here[column] = [name for (name,) in connection.execute(told).fetchall()]
    asked = [literal.strip("%_ ") for literal in _LITERAL_RE.findall(where)]
    alike = {}
    for column, names in here.items():
        found = [one for name in asked if name for one in _alike(name, names)]
        if found:
            alike[column] = list(dict.fromkeys(found))[:_SHOWN]
    if alike:
        return "here is " + "; ".join(f"{column} {', '.join(names)}" for column, names in alike.items())
    counties = here["county"][:_SHOWN]
    some = (
        f"counties here: {', '.join(counties)}{' …' if len(here['county']) > _SHOWN else ''}; "
        if counties
        else ""
    )
    return f"{some}`zhengce tables {out} documents` shows what the columns hold"


def _alike(name: str, names: Sequence[str]) -> list[str]:
    """Return the names that hold a name, that it holds, or that are spelt much like it.

    >>> _alike("清苑", ["旬邑县", "清苑区", "清苑县"])
    ['清苑区', '清苑县']
    """
    holding = [one for one in names if name in one or one in name]
    return holding or difflib.get_close_matches(name, names, n=_SHOWN, cutoff=0.5)
