"""Reads text again that was cut in the middle of GBK characters by a page that printed nothing for the byte that stood alone.

The process is that of `gbk_bytes_shifted`, but no `?` tells where: 學校活動 prints as 學；顒, 　（一）加強領導 as 。ㄒ唬┘訌婎I導.
What tells is that rare characters stand behind a mark, and beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from pipeline.characters import UNSEEN, code_points, load_model
from pipeline.edits import Edit
from pipeline.repair.byte_search import ByteSearch
from pipeline.repair.byte_units import to_units
from pipeline.repair.gbk_bytes_shifted import (
    DAMAGED_RE,
    LEAST_CONFIDENCE,
    PRIVATE_USE_RE,
    SIGN_RE,
    WINDOW,
    window_edits,
)
from pipeline.repair.gbk_table import SURE_CUTS
from pipeline.repair.page_model import PageModel

MOST_FRUITLESS = 8  # odd parts of a text in which nothing was found: it is odd for another reason
MARGIN = 12.0  # nats by which a reading must beat the print: no sign speaks for it
UNSEEN_COSTS = -8.0  # nats for a character that the model never saw: what it prices are thousands together
# three neighbours of a mark or a closing bracket and what is behind it are odd if they cost as much on average
ODD_WITHIN, ODD_FOR, ODD = 4, 3, -9.5
ODD_CODES = [*map(ord, SURE_CUTS), *map(ord, ")）")]


def gbk_bytes_dropped(text: str, lines: Iterable[tuple[int, int]] | None = None) -> list[Edit]:
    """Return the edits that undo byte shifts where no sign was left of the bytes that are lost; only those of some lines, if told.

    >>> from pipeline.edits import TracedText
    >>> damaged = "工作要求\\n 。ㄒ唬┘訌婎I導，定期開展學；顒觼K檢查落實情況"
    >>> TracedText(damaged).edited(gbk_bytes_dropped(damaged), kind="gbk_bytes_dropped").text
    '工作要求\\n \\u3000（一）加強領導，定期開展學校活動並檢查落實情況'
    """
    whole = [(0, len(text))] if lines is None else lines
    spans = [
        (at, min(end, at + WINDOW))
        for start, end in whole
        if not SIGN_RE.search(text, start, end)
        for at in range(start, end, WINDOW)
    ]
    spans = _odd(text, spans)
    edits = _rereadings(text, spans, drops=False)
    if edits and not PRIVATE_USE_RE.search(text):  # it may have lost these too
        edits = _rereadings(text, spans, drops=True)
    return edits


def _odd(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of a text that read somewhere as if the bytes behind a mark were out of step."""
    if not spans:
        return []
    model, codes = load_model(), code_points(f"\n\n{text}" + "\n" * ODD_WITHIN)
    at = np.flatnonzero(np.isin(codes[: -ODD_WITHIN + 1], ODD_CODES))
    starts, ends = np.array(spans).T
    span = np.searchsorted(starts, at - 2, side="right") - 1
    is_inside = (span >= 0) & (at - 2 < ends[span])
    at, span = at[is_inside], span[is_inside]
    ids = model.numbers(codes)
    prices = np.empty((len(at), ODD_WITHIN))
    for here in range(ODD_WITHIN):
        third = ids[at + here]
        unseen = UNSEEN_COSTS * (third == UNSEEN)
        prices[:, here] = model.after_each(ids[at + here - 2], ids[at + here - 1], third) + unseen
    runs = np.lib.stride_tricks.sliding_window_view(prices, ODD_FOR, axis=1).sum(axis=2)
    return [spans[number] for number in np.unique(span[runs.min(axis=1) < ODD * ODD_FOR]).tolist()]


def _rereadings(text: str, spans: Sequence[tuple[int, int]], *, drops: bool) -> list[Edit]:
    if not spans:
        return []
    ends = [0, *chain.from_iterable(spans), len(text)]
    intact = "".join(text[end:start] for end, start in zip(ends[::2], ends[1::2], strict=True))
    model = PageModel(load_model(), text, DAMAGED_RE, learnt=intact, unseen=UNSEEN_COSTS)
    search = ByteSearch(model, drops=drops, unmarked=True)
    edits: list[Edit] = []
    for number, (start, end) in enumerate(spans):
        if number == MOST_FRUITLESS and not edits:
            break
        units = to_units(text[start:end] + "\n", unmarked=True)
        edits += window_edits(search, text, start, units, MARGIN)
    return [edit for edit in edits if edit.confidence >= LEAST_CONFIDENCE]
