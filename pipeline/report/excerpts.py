"""The texts a report carries: whole while they fit, else the sentences its numbers lead to; repairs go along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pipeline.report.display import printable

_STOPS = "。！？；\n"
_REACH = 160  # characters looked at on either side for the edge of the sentence
_REPAIR_CHARS = 80  # an injected paragraph need not be carried along whole


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence that holds text[start:end], cut off after 160 characters on either side.

    >>> text = "加强领导。落实“双减”政策，减轻负担。完善机制。"
    >>> a, b = sentence_around(text, 8, 10)
    >>> text[a:b]
    '落实“双减”政策，减轻负担。'
    """
    low = max(0, start - _REACH)
    left = max(text.rfind(stop, low, start) for stop in _STOPS)
    ends = [i for stop in _STOPS if (i := text.find(stop, end, end + _REACH)) >= 0]
    right = min(ends) + (text[min(ends)] != "\n") if ends else min(len(text), end + _REACH)
    return (left + 1 if left >= 0 else low), max(right, end)


def whole(text: str) -> list[tuple[int, str]]:
    """Return a text as its one segment."""
    return [(0, printable(text))]


def excerpts(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """Return the sentences of the places as segments (start, text), those that touch joined."""
    joined: list[list[int]] = []
    for start, end in sorted(sentence_around(text, *place) for place in places):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return [(start, printable(text[start:end])) for start, end in joined]


def carried(segments: list[tuple[int, str]], repairs: list[tuple[Any, ...]]) -> dict[str, Any]:
    """Return what the page needs of one document: its segments, and the repairs that fall into them."""
    edges = [(start, start + len(text)) for start, text in segments]
    kept, at = [], 0
    for start, end, *rest in repairs:  # in text order, as the segments are
        while at < len(edges) and edges[at][1] < start:
            at += 1
        if at == len(edges):
            break
        if end >= edges[at][0]:
            kept.append([start, end, *rest])
    return {"s": segments, "r": kept}


def repairs_by_document(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[tuple[Any, ...]]]:
    """Return (start, end, kind, before, after, confidence) of every repair by doc_id, in text order."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    if "repairs" not in tables:
        return found
    frame = tables["repairs"].dropna(subset=["doc_id", "start", "end"])
    columns = (frame[c].tolist() for c in ("doc_id", "start", "end", "kind", "before", "after", "confidence"))
    for doc_id, start, end, kind, before, after, confidence in zip(*columns, strict=True):
        found.setdefault(doc_id, []).append(
            (int(start), int(end), printable(kind), _short(before), _short(after), confidence)
        )
    for rows in found.values():
        rows.sort(key=lambda row: (row[0], row[1]))
    return found


def _short(text: object) -> str:
    shown = printable(text)
    return shown if len(shown) <= _REPAIR_CHARS else shown[:_REPAIR_CHARS] + "…"
