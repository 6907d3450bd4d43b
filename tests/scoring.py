"""How well tables of a run agree with hand-marked documents: a folder with NNN.meta.json, NNN.txt and NNN.<table>.jsonl.

A row found and a row marked are one where `LIKENESS` of them is above zero, each used once, the likest first. Figures are F1 of
a table and the share of matched rows whose column is right.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
QUOTES_RE = re.compile(r"[\s“”‘’\"'「」『』《》]")
FACTS = ("title", "doc_type", "issuer", "doc_number", "publish_date", "province", "city", "county", "adcode", "script")  # fmt: skip
_SHINGLE = 5


def plain(value: object) -> str:
    """Return one spelling: NFKC, without space, quotes and closing marks; "" for what is missing."""
    if value is None or value != value:
        return ""
    return QUOTES_RE.sub("", unicodedata.normalize("NFKC", str(value))).strip("。，,;；.:：")


def _grams(text: str, size: int) -> Counter[str]:
    return Counter(text[i : i + size] for i in range(len(text) - size + 1))


def overlap(a: object, b: object) -> float:
    """Return how much two texts share of their pairs of characters, 0 to 1 (Dice)."""
    x, y = (_grams(text, 2) or Counter([text]) for text in (plain(a), plain(b)))
    return 2 * (x & y).total() / (x.total() + y.total())


def is_number(a: object, b: object) -> bool:
    """Tell whether two values are one number, or both missing."""
    if plain(a) == plain(b) == "":
        return True
    try:
        return abs(float(a) - float(b)) <= 1e-6 * max(1.0, abs(float(b)))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def is_alike(a: object, b: object) -> bool:
    """Tell whether two wordings name one thing."""
    return plain(a) == plain(b) or (plain(a) != "" != plain(b) and overlap(a, b) >= 0.7)


def is_listed(a: object, b: object) -> bool:
    """Tell whether two lists have the same members in one order."""
    return [*map(plain, a or ())] == [*map(plain, () if b is None else b)]  # type: ignore[call-overload]


def is_same(a: object, b: object) -> bool:
    """Tell whether two values are spelt alike."""
    return plain(a) == plain(b)


def _slogans(marked: Row, found: Row) -> float:
    short, long = sorted((plain(marked["label"]), plain(found["label"])), key=len)
    is_part = len(short) >= 2 and short in long and 2 * len(short) >= len(long) - 1
    return 1.0 if short == long else 0.5 * is_part


def _quantities(marked: Row, found: Row) -> float:
    value, unit = (marked.get(f"norm_{name}", marked[name]) for name in ("value", "unit"))
    if value is None or not is_number(found["norm_value"], value) or not is_same(found["norm_unit"], unit):
        return 0.0
    likeness = max(overlap(marked[name], found[name]) for name in ("indicator", "text"))
    return likeness * (likeness >= 0.3)


def _measures(marked: Row, found: Row) -> float:
    short, long = sorted((plain(marked["verb"]), plain(found["verb"])), key=len)
    likeness = overlap(marked["text"], found["text"])
    return likeness * (short != "" and short in long and likeness >= 0.6)


def _citations(marked: Row, found: Row) -> float:
    return float(is_same(marked["title"], found["title"]))


LIKENESS: dict[str, Callable[[Row, Row], float]] = {
    "slogans": _slogans, "quantities": _quantities, "citations": _citations, "measures": _measures,
}  # fmt: skip
RIGHT: dict[str, dict[str, Callable[[object, object], bool]]] = {
    "slogans": {"label": is_same, "kind": is_same, "numeral": is_number, "items": is_listed, "goal": is_alike},
    "quantities": {
        "indicator": is_alike, "comparator": is_same, "value": is_number, "value_high": is_number,
        "change": is_same, "status": is_same, "when": is_same, "per": is_same,
    },
    "citations": {"role": is_same, "number": is_same},
    "measures": {"object": is_alike, "instrument": is_same, "instrument_sub": is_same},
}  # fmt: skip
_WHERE_MARKED = (
    "items",
    "instrument",
    "instrument_sub",
)  # columns that are asked for only where they are marked


def f1(n_right: float, n_found: int, n_marked: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * n_right / (n_found + n_marked) if n_found + n_marked else 1.0


def matched(table: str, marked: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield rows marked and found that are one."""
    likeness = LIKENESS[table]
    pairs = [(likeness(m, f), i, j) for i, m in enumerate(marked) for j, f in enumerate(found)]
    used: set[tuple[str, int]] = set()
    for value, i, j in sorted(pairs, key=lambda pair: -pair[0]):
        if value > 0 and used.isdisjoint({("marked", i), ("found", j)}):
            used |= {("marked", i), ("found", j)}
            yield marked[i], found[j]


def _rows_of(frame: pd.DataFrame, doc_id: str) -> list[dict[str, Any]]:
    return [
        {str(k): v for k, v in row.items()} for row in frame[frame["doc_id"] == doc_id].to_dict("records")
    ]


def _score_table(table: str, frame: pd.DataFrame, marks: Path, ids: Mapping[str, str]) -> dict[str, float]:
    n_pairs = n_found = n_marked = 0
    right, asked = Counter[str](), Counter[str]()
    for key, doc_id in ids.items():
        path, scope = marks / f"{key}.{table}.jsonl", marks / f"{key}.{table}_scope.txt"
        if not path.is_file():
            continue
        marked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = _rows_of(frame, doc_id)
        if scope.is_file():  # only a part of the document is marked
            inside = plain(scope.read_text(encoding="utf-8"))
            found = [row for row in found if plain(row["text"]) in inside]
        n_found, n_marked = n_found + len(found), n_marked + len(marked)
        for one, other in matched(table, marked, found):
            n_pairs += 1
            for column, is_right in RIGHT[table].items():
                if column not in _WHERE_MARKED or one.get(column):
                    asked[column] += 1
                    right[column] += is_right(one.get(column), other.get(column))
    return {"f1": f1(n_pairs, n_found, n_marked)} | {name: right[name] / n for name, n in asked.items()}


def score(tables: Mapping[str, pd.DataFrame], marks: Path) -> dict[str, dict[str, float]]:
    """Return figures of every table, of the facts of `documents` and of the text, by name."""
    metas = {
        p.name.split(".")[0]: json.loads(p.read_text(encoding="utf-8")) for p in marks.glob("*.meta.json")
    }
    ids = {key: meta["doc_id"] for key, meta in sorted(metas.items())}
    figures = {table: _score_table(table, tables[table], marks, ids) for table in LIKENESS}
    right, asked = Counter[str](), Counter[str]()
    n_shared = n_said = n_there = 0
    for key, doc_id in ids.items():
        row = next(iter(_rows_of(tables["documents"], doc_id)), {})
        told = metas[key] | (metas[key].get("region") or {})
        for name in (name for name in FACTS if name in told):
            asked[name] += 1
            right[name] += is_same(told[name], row.get(name))
        text = next(iter(_rows_of(tables["texts"], doc_id)), {"text": ""})["text"]
        there = _grams(plain((marks / f"{key}.txt").read_text(encoding="utf-8")), _SHINGLE)
        said = _grams(plain(text), _SHINGLE)
        n_shared, n_said, n_there = (
            n_shared + (there & said).total(),
            n_said + said.total(),
            n_there + there.total(),
        )
    figures["documents"] = {name: right[name] / n for name, n in asked.items()}
    figures["text"] = {"f1": f1(n_shared, n_said, n_there)}
    return figures
