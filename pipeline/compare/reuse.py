"""Passages that documents share: where on both sides, how alike, how common, who was first."""

from __future__ import annotations

import itertools
from itertools import pairwise

import numpy as np
import pandas as pd

from pipeline.compare.alignment import Passage, passages_of
from pipeline.compare.frames import Tables, ask_for, comparison_frame, is_text, records
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.shingles import Letters, Marks, changes_of, seeds_of, to_letters, to_marks

MIN_CHARS = 40  # letters and digits; shorter ones are phrases
MIN_WEIGHT = 0.35
_OVER_A_POINT = 2  # characters from one digit to the next


def compare_reuse(
    tables: Tables, by: str = "county", min_chars: int = MIN_CHARS, min_weight: float = MIN_WEIGHT
) -> pd.DataFrame:
    """Return every passage of at least min_chars letters that two documents share, the weightiest first.

    a is the earlier document (`first` is its doc_id; null where dates are missing or equal, and then the order means
    nothing). Offsets are into texts.text. `identity` is the share of equal letters, `weight` is 1 for a passage that only
    these two share and falls to 0 as more documents have it (the mean over its k-grams of log(N / documents) / log(N /
    2)); passages below min_weight are set phrases and left out. `is_moved` says that the passage stands in another order
    among the pair's passages. Passages that more than 24 documents share are followed from each to the next alone.
    """
    documents, texts = ask_for(tables, "documents", "texts")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    some = groups[groups["is_read"]].merge(texts, on="doc_id", how="inner")
    some = some.sort_values(["year", "date"], na_position="last", kind="stable", ignore_index=True)
    letters = to_letters(list(some["text"]))
    marks = to_marks(letters)
    seeds = seeds_of(marks)
    order = np.lexsort((seeds[:, 2], seeds[:, 1], seeds[:, 0]))
    seeds = seeds[order]
    is_new = changes_of(seeds[:, 0]) | changes_of(seeds[:, 1])
    rarity = _Rarity(marks, len(some))
    rows = []
    ends = np.append(np.flatnonzero(is_new), len(seeds))
    rows_of = records(some)
    for start, end in pairwise(ends.tolist()):
        a, b = int(seeds[start, 0]), int(seeds[start, 1])
        for passage in passages_of(letters.part(a), letters.part(b), seeds[start:end, 2:4], min_chars):
            _leave_torn_numbers(passage, letters, a, b)
            weight, n_documents = rarity.of(a, passage)
            if weight >= min_weight and passage.length >= min_chars:
                rows.append(_row(rows_of[a], rows_of[b], passage, letters, (a, b), weight, n_documents))
    frame = comparison_frame("reuse", pd.DataFrame(rows) if rows else [])
    weighty = (-frame["n_chars"].astype(float) * frame["weight"]).to_numpy()
    return frame.iloc[np.argsort(weighty, kind="stable")].reset_index(drop=True)


def _leave_torn_numbers(passage: Passage, letters: Letters, a: int, b: int) -> None:
    """Take off its edges the digits of a number of which the rest differs: 12.3% and 14.3% share no 3%."""
    sides = ((a, passage.start_a, passage.end_a), (b, passage.start_b, passage.end_b))
    n_front = max(_n_torn(letters, text, range(start, end), -1) for text, start, end in sides)
    n_back = max(_n_torn(letters, text, range(end - 1, start - 1, -1), 1) for text, start, end in sides)
    passage.start_a, passage.start_b = passage.start_a + n_front, passage.start_b + n_front
    passage.end_a, passage.end_b = passage.end_a - n_back, passage.end_b - n_back
    passage.same -= n_front + n_back


def _n_torn(letters: Letters, text: int, inward: range, outward: int) -> int:
    """Return how many digits from an edge inward belong to a number that goes on outward, over a point too."""
    first, end = (int(letters.begins[one]) for one in (text, text + 1))
    edge, beyond = first + inward[0], first + inward[0] + outward
    if not (first <= beyond < end and _is_digit(letters, beyond)):
        return 0
    if abs(int(letters.offsets[edge]) - int(letters.offsets[beyond])) > _OVER_A_POINT:
        return 0
    return sum(1 for _ in itertools.takewhile(lambda place: _is_digit(letters, first + place), inward))


def _is_digit(letters: Letters, place: int) -> bool:
    return ord("0") <= int(letters.codes[place]) <= ord("9")


class _Rarity:
    """How rare the k-grams of a passage are."""

    def __init__(self, marks: Marks, n_documents: int) -> None:
        order = np.lexsort((marks.places, marks.texts))
        self._texts, self._places, self._n = marks.texts[order], marks.places[order], marks.n_texts[order]
        self._all = max(n_documents, 3)
        self._begins = np.searchsorted(self._texts, np.arange(n_documents + 1))

    def of(self, text: int, passage: Passage) -> tuple[float, int]:
        begin, end = self._begins[text], self._begins[text + 1]
        low, high = np.searchsorted(self._places[begin:end], [passage.start_a, passage.end_a])
        n = self._n[begin + low : begin + high]
        if not len(n):
            return 1.0, 2
        weight = np.log(self._all / np.minimum(n, self._all)) / np.log(self._all / 2)
        return round(float(weight.mean()), 4), int(np.median(n))


def _row(
    a: dict[str, object],
    b: dict[str, object],
    passage: Passage,
    letters: Letters,
    numbers: tuple[int, int],
    weight: float,
    n: int,
) -> dict[str, object]:
    first_a, first_b = letters.begins[numbers[0]], letters.begins[numbers[1]]
    start_a, end_a = (
        int(letters.offsets[first_a + passage.start_a]),
        int(letters.offsets[first_a + passage.end_a - 1]) + 1,
    )
    start_b, end_b = (
        int(letters.offsets[first_b + passage.start_b]),
        int(letters.offsets[first_b + passage.end_b - 1]) + 1,
    )
    longer = max(passage.end_a - passage.start_a, passage.end_b - passage.start_b)
    return {
        "doc_id_a": a["doc_id"],
        "doc_id_b": b["doc_id"],
        "group_a": a["group"],
        "group_b": b["group"],
        "start_a": start_a,
        "end_a": end_a,
        "start_b": start_b,
        "end_b": end_b,
        "n_chars": passage.length,
        "text_a": str(a["text"])[start_a:end_a],
        "text_b": str(b["text"])[start_b:end_b],
        "identity": round(passage.same / longer, 4),
        "weight": min(max(weight, 0.0), 1.0),
        "n_documents": n,
        "is_moved": passage.is_moved,
        "date_a": _date(a),
        "date_b": _date(b),
        "first": a["doc_id"] if _is_before(a, b) else None,
    }


def _date(row: dict[str, object]) -> str | None:
    if is_text(row["date"]):
        return str(row["date"])
    return None if pd.isna(row["year"]) else str(row["year"])  # type: ignore[call-overload]


def _is_before(a: dict[str, object], b: dict[str, object]) -> bool:
    """True when a's year, or within one year its day, is known to be earlier."""
    if pd.isna(a["year"]) or pd.isna(b["year"]):  # type: ignore[call-overload]
        return False
    if a["year"] != b["year"]:
        return bool(a["year"] < b["year"])  # type: ignore[operator]
    return is_text(a["date"]) and is_text(b["date"]) and str(a["date"]) < str(b["date"])
