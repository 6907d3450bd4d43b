"""Reads text again that was cut in the middle of GBK characters by a page that printed nothing for the byte that stood alone.

The process is that of `gbk_bytes_shifted`, but no `?` tells where: 學校活動 prints as 學；顒, 　（一）加強領導 as 。ㄒ唬┘訌婎I導.
What tells is that rare characters stand behind a mark, and beside each other.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from pipeline.characters import UNSEEN, code_points, load_model
from pipeline.edits import Edit
from pipeline.repair.byte_search import FIRST_TRAIL, ByteSearch
from pipeline.repair.byte_units import to_units
from pipeline.repair.gbk_bytes_shifted import (
    DAMAGED_RE,
    LEAST_CONFIDENCE,
    PRIVATE_USE_RE,
    SIGN_RE,
    WINDOW,
    begin_at,
    window_edits,
)
from pipeline.repair.gbk_table import ODD_BEHIND
from pipeline.repair.page_model import PageModel
from pipeline.repair.signs import Signs

LAST_ASCII = 0x7F
PROBE, MOST_PROBES = 40, 8  # characters read behind an odd mark, and marks, before the whole of a span is
MARGIN = 12.0  # nats by which a reading must beat the print: no sign speaks for it
UNSEEN_COSTS = -8.0  # nats for a character that the model never saw: what it prices are thousands together
# three neighbours of a mark or a closing bracket and what is behind it are odd if they cost as much on average
ODD_WITHIN, ODD_FOR, ODD = 4, 3, -9.5


def gbk_bytes_dropped(text: str, lines: Iterable[tuple[int, int]] | None = None) -> list[Edit]:
    """Return the edits that undo byte shifts where no sign was left of the bytes that are lost.

    Read are the lines that show a sign of it: those told, or else those that `Signs` finds.

    >>> from pipeline.edits import TracedText
    >>> damaged = "工作要求\\n 。ㄒ唬┘訌婎I導，定期開展學；顒觼K檢查落實情況"
    >>> TracedText(damaged).edited(gbk_bytes_dropped(damaged), kind="gbk_bytes_dropped").text
    '工作要求\\n \\u3000（一）加強領導，定期開展學校活動並檢查落實情況'
    """
    told = Signs(text).lines("gbk_bytes_dropped") if lines is None else lines
    spans = [
        (at, min(end, at + WINDOW))
        for start, end in told
        if not SIGN_RE.search(text, start, end)
        for at in range(start, end, WINDOW)
    ]
    odd = _odd(text, spans)
    if not odd:
        return []
    search = _search(text, odd, drops=False)
    damaged = [span for span, places in odd.items() if _is_out_of_step(search, text, span, places)]
    if damaged and not PRIVATE_USE_RE.search(text):  # it may have lost these too
        search = _search(text, damaged, drops=True)
    edits = [edit for start, end in damaged for edit in _rereadings(search, text, start, end)]
    return [edit for edit in edits if edit.confidence >= LEAST_CONFIDENCE]


def _odd(text: str, spans: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """Return the spans of a text that read as if the bytes behind a mark were out of step, and the marks in each."""
    if not spans:
        return {}
    gap = "\n" * ODD_WITHIN
    model, codes = load_model(), code_points(gap + "".join([text[start:end] + gap for start, end in spans]))
    at = np.flatnonzero(_odd_behind().take(codes))
    behind, then = codes[at + 1], codes[at + 2]  # no space, digit or word of letters is left of a character
    at = at[(behind >= FIRST_TRAIL) & ((behind > LAST_ASCII) | (then > LAST_ASCII))]
    ids = model.numbers(codes)
    here = at[:, None] + np.arange(ODD_WITHIN)
    prices = model.after_each(ids[here - 2], ids[here - 1], ids[here]) + UNSEEN_COSTS * (ids[here] == UNSEEN)
    runs = np.lib.stride_tricks.sliding_window_view(prices, ODD_FOR, axis=1).sum(axis=2)
    odd = at[runs.min(axis=1) < ODD * ODD_FOR]
    begins = np.cumsum([ODD_WITHIN, *(end - start + ODD_WITHIN for start, end in spans)])
    found: dict[tuple[int, int], list[int]] = {}
    for number, place in zip(np.searchsorted(begins, odd, side="right") - 1, odd.tolist(), strict=True):
        start = spans[number][0]
        found.setdefault(spans[number], []).append(start + place - int(begins[number]))
    return found


@functools.cache
def _odd_behind() -> npt.NDArray[np.bool_]:
    """Which code points are marks and brackets behind which a text may be out of step."""
    found = np.zeros(65536, dtype=np.bool_)
    found[[*map(ord, ODD_BEHIND)]] = True
    return found


def _search(text: str, spans: Iterable[tuple[int, int]], *, drops: bool) -> ByteSearch:
    """Return the search over a page of which some spans may be damaged."""
    ends = [0, *chain.from_iterable(spans), len(text)]
    intact = "".join(text[end:start] for end, start in zip(ends[::2], ends[1::2], strict=True))
    model = PageModel(load_model(), text, DAMAGED_RE, learnt=intact, unseen=UNSEEN_COSTS)
    return ByteSearch(model, drops=drops, unmarked=True)


def _is_out_of_step(search: ByteSearch, text: str, span: tuple[int, int], places: Sequence[int]) -> bool:
    """Tell whether something is found behind one of a span's odd marks, so that the whole is worth a search."""
    return any(
        edit
        for place in places[:MOST_PROBES]
        for edit in _rereadings(
            search, text, max(span[0], begin_at(text, place + 1)), min(span[1], place + PROBE)
        )
    )


def _rereadings(search: ByteSearch, text: str, start: int, end: int) -> Iterator[Edit]:
    yield from window_edits(search, text, start, to_units(text[start:end] + "\n", unmarked=True), MARGIN)
