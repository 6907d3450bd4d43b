"""Reads text again that was cut in the middle of GBK characters and is printed one byte out of step.

A mirror site cut the page's bytes at ！ ？ ； ， 。 wherever these byte pairs stood: 校基 is D0A3 BBF9, A3BB is ；,
so 學校基層黨組織 prints as 學?；鶎狱h組織. Only the lead byte printed as `?` is lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.repair.byte_search import ByteSearch, Stretch, Unit, emitted, stretches, to_units
from pipeline.repair.page_model import PageModel
from pipeline.repair.readings import SYLLABLE

# a stray byte before a mark that cut the text, or before pinyin that split it: 學?； 。?？ 域?qū)
SIGN_RE = re.compile(rf"(?<![?？])[?？\ufffd](?=[！？；，。：、!?;,:](?![?？]{{2}})|{SYLLABLE}[)）])")
DAMAGED_RE = re.compile(rf".?(?:{SIGN_RE.pattern})[^\n]{{0,40}}")  # what no wording may be learnt from
NOT_A_GAP_RE = re.compile(r"[^?？\s]")  # question marks and spaces by themselves are lost spaces
LOOK_BACK = 4  # characters of context before the first sign of a line
WINDOW, OVERLAP = 1500, 80  # characters read at once in a long line, and read again with the next ones
MOST_SIGNS = 0.1  # of the characters of a window; beyond, it is no text
LOOK_ON = 3  # and behind a stretch, when its reading is compared with the print
MARGIN = 7.0  # nats by which a reading must beat the print


def gbk_bytes_shifted(text: str) -> list[Edit]:
    """Return the edits that undo byte shifts in the lines that show signs of one.

    >>> from pipeline.edits import TracedText
    >>> damaged = "加強學?；鶎狱h組織標準化建設,打造示范校??h教研室牽頭推動課堂教學改革研究"
    >>> TracedText(damaged).edited(gbk_bytes_shifted(damaged), kind="gbk_bytes_shifted").text
    '加強學校基層黨組織標準化建設,打造示范校。縣教研室牽頭推動課堂教學改革研究'

    A real question mark stays: the print is one of the readings, and a better one must win by a margin.
    """
    edits: list[Edit] = []
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
            edits += (edit for edit in _window_edits(search, text, max(start, 0), end) if edit.start < done)
    return edits


def _window_edits(search: ByteSearch, text: str, start: int, end: int) -> Iterator[Edit]:
    units = to_units(text[start:end])
    readings = search.best(units)
    for stretch in stretches(readings[0]) if readings else ():
        at = start + units[stretch.first].start
        doubt = _compare(search, units, stretch, before=text[max(0, at - 2) : at])
        if doubt is not None:
            yield Edit(at, start + units[stretch.last].end, stretch.text, 1 - doubt)


def _compare(search: ByteSearch, units: list[Unit], stretch: Stretch, before: str) -> float | None:
    """Return the chance that another reading of a stretch is right, None when it does not clearly beat the print."""
    window = units[stretch.first : stretch.last + 1 + LOOK_ON]
    size = stretch.last + 1 - stretch.first
    printed = "".join(unit.text for unit in window[:size])
    after = "".join(unit.text for unit in window[size:])
    if not NOT_A_GAP_RE.search(printed):
        return None
    best = search.model.score(stretch.text + after, before)
    if best - search.model.score(printed + after, before) < MARGIN:
        return None
    others = (emitted(step, size) for step in search.best(window, before, merge=False))
    other = next((text for text in others if text not in (stretch.text, printed)), None)
    if other is None:
        return 0.0
    return 1 / (1 + math.exp(min(best - search.model.score(other + after, before), 50.0)))
