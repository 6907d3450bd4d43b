"""models/pmc.toml (or another codebook) read and checked: a misspelt condition is an error, not a zero."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import ComparisonError
from pipeline.lexicon import document, own_toml

FILE = "pmc.toml"
_LISTS = (
    "words",
    "headings",
    "instruments",
    "statuses",
    "indicators",
    "span",
    "roles",
    "doc_types",
    "levels",
    "has",
)
_NUMBERS = ("min", "min_headings", "min_measures", "min_quantities", "min_citations")
_HAS = ("issuer", "doc_number", "publish_date", "outlet")


@dataclass(frozen=True, slots=True)
class SubVariable:
    """A sub-variable: its id (X3.2), its name, and the conditions of its rule."""

    id: str
    name: str
    rule: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the index with its sub-variables."""

    id: str
    name: str
    sub: tuple[SubVariable, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole codebook."""

    variables: tuple[Variable, ...]
    levels: tuple[tuple[str, str, float], ...]
    surface: tuple[tuple[str, ...], ...]
    strength: dict[str, Any] = field(default_factory=dict)


def read_codebook(path: str | Path | None = None) -> Codebook:
    """Return the codebook in a TOML file, or that of models/.

    Raises ComparisonError naming the variable and the known conditions when a rule says something unknown.
    """
    if path is None:
        raw, where = document(FILE), FILE
    else:
        raw, where = own_toml(Path(path)), str(path)
    try:
        variables = tuple(
            Variable(
                v["id"], v["name"], tuple(_sub(v["id"], i, s, where) for i, s in enumerate(v["sub"], start=1))
            )
            for v in raw["variable"]
        )
        levels = tuple((lv["level"], lv["name"], float(lv["from"])) for lv in raw["index"]["levels"])
        surface = tuple(tuple(row) for row in raw["index"]["surface"])
    except (KeyError, TypeError, ValueError) as error:
        raise ComparisonError(
            f"the codebook lacks {error}", where=where, hint="compare it with models/pmc.toml"
        ) from error
    ids = {v.id for v in variables}
    unknown = [cell for row in surface for cell in row if cell not in ids]
    if unknown:
        raise ComparisonError(
            f"the surface names {', '.join(unknown)}", where=where, hint=f"known: {', '.join(sorted(ids))}"
        )
    return Codebook(variables, levels, surface, raw.get("strength", {}))


def _sub(variable: str, number: int, raw: dict[str, Any], where: str) -> SubVariable:
    rule = {key: value for key, value in raw.items() if key != "name"}
    here = f"{where}: {variable}.{number}"
    for key, value in rule.items():
        if key not in _LISTS and key not in _NUMBERS:
            raise ComparisonError(
                f"unknown condition {key!r}", where=here, hint=f"known: {', '.join(_LISTS + _NUMBERS)}"
            )
        if isinstance(value, list) != (key in _LISTS):
            raise ComparisonError(f"{key} must be {'a list' if key in _LISTS else 'a number'}", where=here)
    if not set(rule) & set(_LISTS):
        raise ComparisonError(
            "a rule needs at least one condition", where=here, hint=f"known: {', '.join(_LISTS)}"
        )
    if unknown := set(rule.get("has", ())) - set(_HAS):
        raise ComparisonError(
            f"unknown fact {', '.join(sorted(unknown))}", where=here, hint=f"known: {', '.join(_HAS)}"
        )
    return SubVariable(f"{variable}.{number}", raw["name"], rule)
