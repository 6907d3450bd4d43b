"""Reads text again that was cut in the middle of GBK characters and is printed one byte out of step.

A mirror site cut the page's bytes at ！ ？ ； ， 。 wherever these byte pairs stood: 校基 is D0A3 BBF9, A3BB is ；,
so 學校基層黨組織 prints as 學?；鶎狱h組織. Only the lead byte printed as `?` is lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.repair.byte_search import ByteSearch, Stretch, emitted, stretches
from pipeline.repair.byte_units import Unit, to_units
from pipeline.repair.gbk_table import CUT_MARKS
from pipeline.repair.page_model import PageModel
from pipeline.repair.readings import SYLLABLE
from pipeline.repair.word_prices import word_score

# a stray byte before a mark that cut the text, or before pinyin that split it: 學?； 。?？ 域?qū)
SIGN_RE = re.compile(rf"(?<![?？])[?？\ufffd](?=[{CUT_MARKS}](?![?？]{{2}})|{SYLLABLE}[)）])")
DAMAGED_RE = re.compile(rf".?(?:{SIGN_RE.pattern})[^\n]{{0,40}}")  # what no wording may be learnt from
NOT_A_GAP_RE = re.compile(r"[^?？\s]")  # question marks and spaces by themselves are lost spaces
LOOK_BACK = 4  # characters of context before the first sign of a line
WINDOW, OVERLAP = 1500, 80  # characters read at once in a long line, and read again with the next ones
MOST_SIGNS = 0.1  # of the characters of a window; beyond, it is no text
LOOK_ON = 3  # and on both sides of a stretch, when its readings are compared
MARGIN = 7.0  # nats by which a reading must beat the print,
LEAST_SENSE = -9.5  # and a character of it may cost on average: no reading of what is no Chinese makes sense
CLOSE = 8.0  # nats between two readings within which their words are asked too,
WORDS = 0.3  # and the part of these in the price
LEAST_CONFIDENCE = 0.6  # below, what the likely readings do not agree on is not written
LIKELY = 0.05  # chance from which a reading counts as likely
UNTOLD = "\ufffd"  # stands for a character of which one byte is lost and nothing tells which it was


def gbk_bytes_shifted(text: str) -> list[Edit]:
    """Return the edits that undo byte shifts in the lines that show signs of one.

    >>> from pipeline.edits import TracedText
    >>> damaged = "加強學?；鶎狱h組織標準化建設,打造示范校??h教研室牽頭推動課堂教學改革研究"
    >>> TracedText(damaged).edited(gbk_bytes_shifted(damaged), kind="gbk_bytes_shifted").text
    '加強學校基層黨組織標準化建設,打造示范校。縣教研室牽頭推動課堂教學改革研究'

    A real question mark stays: the print is one of the readings, and a better one must win by a margin.
    """
    return [edit for edit in rereadings(text) if edit.confidence >= LEAST_CONFIDENCE]


def rereadings(text: str) -> Iterator[Edit]:
    """Yield every reading that clearly beats the print, those too that are in doubt because another is as good."""
    search: ByteSearch | None = None
    done = 0
    for match in SIGN_RE.finditer(text):
        if match.start() < done:
            continue
        start = max(
            text.rfind("\n", max(0, match.start() - LOOK_BACK), match.start()) + 1, match.start() - LOOK_BACK
        )
        end = text.find("\n", match.start(), match.start() + WINDOW)
        end = min(len(text), match.start() + WINDOW) if end < 0 else end
        done = end if end == len(text) or text[end] == "\n" else end - OVERLAP
        if len(SIGN_RE.findall(text, start, end)) <= MOST_SIGNS * (end - start) + 2:
            search = search or ByteSearch(PageModel(load_model(), text, DAMAGED_RE))
            yield from (edit for edit in _window_edits(search, text, max(start, 0), end) if edit.start < done)


def _window_edits(search: ByteSearch, text: str, start: int, end: int) -> Iterator[Edit]:
    units = to_units(text[start:end])
    readings = search.best(units)
    for stretch in stretches(readings[0]) if readings else ():
        at = start + units[stretch.first].start
        found = _judge(search, units, stretch, before=text[max(0, at - LOOK_ON) : at])
        if found is not None:
            yield Edit(at, start + units[stretch.last].end, *found)


def _judge(
    search: ByteSearch, units: Sequence[Unit], stretch: Stretch, before: str
) -> tuple[str, float] | None:
    """Return the best reading of a stretch and the chance that no other is right; None if the print may be."""
    size = stretch.last + 1 - stretch.first
    window = units[stretch.first : stretch.last + 1 + LOOK_ON]
    printed = "".join(unit.text for unit in window[:size])
    after = "".join(unit.text for unit in window[size:])
    if not NOT_A_GAP_RE.search(printed):
        return None
    model = search.model
    least = model.score(printed + after, before) + MARGIN
    found = {emitted(state, window) for state in search.best(window, before, merge=False)}
    found = {text for text in found if text.endswith(after)} - {printed + after} | {stretch.text + after}
    prices = {text: model.score(text, before) for text in found}
    ordered = sorted(prices, key=lambda text: (-prices[text], text))
    prices = {text: prices[text] for text in ordered if prices[text] > prices[ordered[0]] - CLOSE}
    if len(prices) > 1:
        prices = {text: price + WORDS * word_score(before + text) for text, price in prices.items()}
    best = max(prices, key=lambda text: prices[text])
    if model.score(best, before) < max(least, LEAST_SENSE * len(best)):
        return None
    weights = {text: math.exp(price - prices[best]) for text, price in prices.items()}
    chances = {text: weight / sum(weights.values()) for text, weight in weights.items()}
    confidence = chances[best]
    if confidence < LEAST_CONFIDENCE:
        best, confidence = _agreed(best, chances)
    return best[: len(best) - len(after)], confidence


def _agreed(best: str, chances: dict[str, float]) -> tuple[str, float]:
    """Return what the likely readings agree on; where that is less than half, the best one and its chance."""
    likely = [text for text, chance in chances.items() if chance >= LIKELY and len(text) == len(best)]
    agreed = "".join(chars[0] if len(set(chars)) == 1 else UNTOLD for chars in zip(*likely, strict=True))
    n_untold = agreed.count(UNTOLD) - best.count(UNTOLD)
    told = sum(chances[text] for text in likely)
    if told < LEAST_CONFIDENCE or 2 * n_untold > len(best.rstrip()):
        return best, chances[best]
    return agreed, told
