"""What the repairs of text read under a wrong encoding share: when a reading is believed, and where to look."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pipeline.characters import Bools, code_points, load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.misread_bytes import LINE_END

GAIN = 8.0  # nats by which a reading must beat the print in all,
GAIN_PER_CHAR = 2.0  # and for each of its characters
FEWEST_DIFFERENT = 4  # characters of an odd run: 罢罢罢 is no Big5
LEAST_MEAN = (
    -8.5
)  # nats a character that a reading must reach; Chinese prose costs 3 to 6, chance 12 and more
ODD_MEAN = -8.0  # nats a character at which a printed run is worth another look
RARE_MEAN = -9.0  # the same of what is not ASCII, each character by itself: good prose 6.6, misread text 14
AT_ONCE = 500  # characters of the text for each such run, up to which all of it is priced at once
BREAK_RE = lazy_re(r"[\x00-\x2f\x3a-\x3f，。；：、！？“”‘’（）《》【】　\ufffd]")  # ends a run
HANZI_RE = lazy_re(r"[\u4e00-\u9fff]")
FOREIGN_RE = lazy_re(r"[^\x00-\x7f]")
PLAIN_RE = lazy_re(
    r"[\x20-\x7e\s，。；：、！？“”‘’（）《》〔〕〈〉【】—…·・×○℃％＋－／．０-９Ａ-Ｚａ-ｚ①-⑳■●★]"
)
NEVER_RE = lazy_re(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
LEAST_HANZI = 0.8  # of what is no mark, digit or Latin letter


def believed(printed: str, reading: str, before: str = "", after: str = "") -> float | None:
    """Return the confidence in a reading, None when it is not clearly better Chinese than the print.

    >>> believed("鏁欒偛閮ㄩ棬", "教育部门") is not None, believed("实施", "ʵʩ") is not None
    (True, False)
    """
    n_hanzi = len(HANZI_RE.findall(reading))
    if not n_hanzi or NEVER_RE.search(reading):
        return None
    if n_hanzi < LEAST_HANZI * (len(reading) - len(PLAIN_RE.findall(reading))):
        return None
    model = load_model()
    price = model.score(reading + after, before=before)
    gain = price - model.score(printed + after, before=before)
    if gain < max(GAIN, GAIN_PER_CHAR * len(reading)) or price < LEAST_MEAN * (len(reading) + len(after)):
        return None
    return 1 - 0.5 * math.exp(-(gain - GAIN) / 4)


def edit_if_believed(text: str, start: int, end: int, reading: str | None) -> Iterator[Edit]:
    """Yield the edit that puts a reading in place of `start:end`, if it is believed."""
    if reading is None or reading == text[start:end]:
        return
    confidence = believed(text[start:end], reading, text[max(0, start - 2) : start], text[end : end + 2])
    if confidence is not None:
        yield Edit(start, end, reading, confidence)


@functools.lru_cache(maxsize=1)  # two repairs in a row ask for those of one text
def odd_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the lines, and behind each the runs of characters in it, that the model finds no Chinese in.

    >>> text = "四个强化夯实创建责任，一是强化组织领导，崩笆竡叭"
    >>> [text[start:end] for start, end in odd_spans(text)]
    ['崩笆竡叭']
    """
    found = [] if len(text) < FEWEST_DIFFERENT or text.isascii() else _rare_spans(text)
    if len(text) < AT_ONCE * len(found):
        totals = np.concatenate(([0.0], np.cumsum(load_model().prices(text))))
        price = [float(totals[end] - totals[start]) for start, end in found]
    else:
        score = load_model().score
        price = [score(text[start:end], before=text[max(0, start - 2) : start]) for start, end in found]
    odd = {span for span, total in zip(found, price, strict=True) if total < ODD_MEAN * (span[1] - span[0])}
    kept = (span for span in odd if len(set(text[span[0] : span[1]])) >= FEWEST_DIFFERENT)
    return tuple(sorted(kept, key=lambda span: (span[0], -span[1])))


def _rare_spans(text: str) -> list[tuple[int, int]]:
    """Return the lines and runs whose characters are rare ones, each taken by itself: no others can be odd."""
    codes = code_points(text)
    prices, breaks_run = _rarity()
    excess = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(prices.take(codes), out=excess[1:])
    found: list[tuple[int, int]] = []
    for is_break in (codes == LINE_END, breaks_run.take(codes)):
        at = np.concatenate(([-1], np.flatnonzero(is_break), [len(codes)]))
        start, end = at[:-1] + 1, at[1:]
        is_rare = (end - start >= FEWEST_DIFFERENT) & (excess.take(end) < excess.take(start))
        found += zip(start[is_rare].tolist(), end[is_rare].tolist(), strict=True)
    return list(dict.fromkeys(found))


@functools.cache
def _rarity() -> tuple[npt.NDArray[np.int16], Bools]:
    """Return by how much each code point is likelier than RARE_MEAN, in thousandths, and which ones end a run."""
    excess = np.round((load_model().singles - RARE_MEAN) * 1000).astype(np.int16)
    excess[:128] = 0  # digits and letters tell nothing
    is_break = np.zeros(65536, dtype=np.bool_)
    every = "".join(map(chr, range(65536)))
    is_break[[match.start() for match in BREAK_RE.finditer(every)]] = True
    return excess, is_break
