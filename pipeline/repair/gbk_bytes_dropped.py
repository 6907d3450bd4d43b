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

MARGIN = 12.0  # nats by which a reading must beat the print: no sign speaks for it
UNSEEN_COSTS = -8.0  # nats for a character that the model never saw: what it prices are thousands together
# a mark and two characters that cost as much on average are odd; so is one in ten of the intact lines that show a sign
ODD_FOR, ODD = 3, -9.0
FIRST_WIDE = 0x80  # of what two bytes out of step print
CUT_CODES = [*map(ord, SURE_CUTS)]


def gbk_bytes_dropped(text: str, lines: Iterable[tuple[int, int]] | None = None) -> list[Edit]:
    """Return the edits that undo byte shifts where no sign was left of the bytes that are lost; only those of some lines, if told.

    >>> from pipeline.edits import TracedText
    >>> damaged = "各學；顒右纬掷m推進，。ㄒ唬┘訌婎I導，落實責任"
    >>> TracedText(damaged).edited(gbk_bytes_dropped(damaged), kind="gbk_bytes_dropped").text
    '（一）加強領導，落實責任。各學校要成立領導小組'
    """
    whole = [(0, len(text))] if lines is None else lines
    spans = [
        (at, min(end, at + WINDOW))
        for start, end in whole
        if not SIGN_RE.search(text, start, end)
        for at in range(start, end, WINDOW)
        if _is_odd(text[at : at + WINDOW])
    ]
    edits = _rereadings(text, spans, drops=False)
    if edits and not PRIVATE_USE_RE.search(text):  # it may have lost these too
        edits = _rereadings(text, spans, drops=True)
    return edits


def _is_odd(text: str) -> bool:
    """Tell whether a text reads somewhere as if its bytes were out of step behind a mark."""
    model, codes = load_model(), code_points(text)
    prices = model.prices(text) + UNSEEN_COSTS * (model.numbers(codes) == UNSEEN)
    odd = np.convolve(prices, np.ones(ODD_FOR), mode="valid") < ODD * ODD_FOR
    odd &= np.isin(codes[: len(odd)], CUT_CODES) & (codes[1 : len(odd) + 1] >= FIRST_WIDE)
    return bool(odd.any())


def _rereadings(text: str, spans: Sequence[tuple[int, int]], *, drops: bool) -> list[Edit]:
    if not spans:
        return []
    ends = [0, *chain.from_iterable(spans), len(text)]
    intact = "".join(text[end:start] for end, start in zip(ends[::2], ends[1::2], strict=True))
    model = PageModel(load_model(), text, DAMAGED_RE, learnt=intact, unseen=UNSEEN_COSTS)
    search = ByteSearch(model, drops=drops, unmarked=True)
    found = (window_edits(search, text, start, to_units(text[start:end]), MARGIN) for start, end in spans)
    return [edit for edit in chain.from_iterable(found) if edit.confidence >= LEAST_CONFIDENCE]
