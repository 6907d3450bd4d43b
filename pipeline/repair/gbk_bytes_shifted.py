"""Reads text again that was cut in the middle of GBK characters and is printed one byte out of step.

A mirror site cut the page's bytes at ！ ？ ； ， 。 wherever these byte pairs stood: 校基 is D0A3 BBF9, A3BB is ；,
so 學校基層黨組織 prints as 學?；鶎狱h組織. Only the lead byte printed as `?` is lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from pipeline.characters import BREAK, load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.byte_paths import LEAD_OF_AREA, TRAIL, Stretch, stretches
from pipeline.repair.byte_search import ByteSearch, may_leave_print
from pipeline.repair.byte_units import LOST_BYTE, Unit, to_units
from pipeline.repair.gbk_table import CUT_MARKS, to_pair
from pipeline.repair.page_model import PageModel
from pipeline.repair.readings import CLOSED, SYLLABLE
from pipeline.repair.word_prices import word_score

# a stray byte before a mark that cut the text, or before pinyin that split it: 學?； 。?？ 域?qū)
_STRAY = r"[?？\ufffd](?<![?？][?？\ufffd])"
_CUT, _SPLIT = f"[{CUT_MARKS}](?![?？]{{2}})", f"{SYLLABLE}{CLOSED}"
# two question marks before a space, a digit or an ASCII mark are a lost space (县长?? 王春雨, 办公室??2023年): what a page folded to
# these is A1 or A3 and a byte, and behind a cut at ？ 俊 and 浚 alone could go on so
SIGN_RE = lazy_re(rf"{_STRAY}(?=(?![?？][\s!->]){_CUT}|{_SPLIT})")
DAMAGED_RE = lazy_re(rf".?{_STRAY}(?={_CUT}|{_SPLIT})[^\n]{{0,40}}")  # what no wording may be learnt from
NOT_A_GAP_RE = lazy_re(r"[^?？\s]")  # question marks and spaces by themselves are lost spaces
LETTER_RE = lazy_re(r"[^\W_]|[\ue000-\uf8ff]")
PRIVATE_USE_RE = lazy_re("[\ue000-\ue5e4\ue5e6-\uf8ff]")  # U+E5E5 is a space, and kept as one
NOTED_RE = lazy_re(rf"[(（]{SYLLABLE}{CLOSED}\Z")  # 現(xiàn)?zhì)
LONGEST_NOTE = 15
LOOK_BACK = 4  # characters of context before the first sign of a line
WINDOW, OVERLAP = 1500, 80  # characters read at once in a long line, and read again with the next ones
MOST_SIGNS = 0.1  # of the characters of a window; beyond, it is no text
LOOK_ON = 3  # and on both sides of a stretch, when its readings are compared
MARGIN = 7.0  # nats by which a reading must beat the print,
LEAST_SENSE = -9.5  # and a character of it may cost on average: no reading of what is no Chinese makes sense
CLOSE = 5.0  # nats between two characters for one lost byte within which the words they make are asked too,
WORDS = 0.4  # and the part of these in the price
LEAST_CONFIDENCE = 0.7  # below, a character is not written; where that leaves less than half, the print stays
SPACE = b"\xa1\xa1"  # the full-width one, which the model's texts had lost,
SPACED = -9.5  # and its price before
OPENING_RE = lazy_re(r"[（(【〔]")  # 本報訊　（記者王明）
SURE_OF_DROPPED = 0.9  # a reading that found a dropped character may have missed another one beside it
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


def rereadings(text: str, sign: re.Pattern[str] = SIGN_RE) -> Iterator[Edit]:
    """Yield every reading that clearly beats the print, those too that are in doubt because another is as good.

    Lines are read from the first sign of theirs on.
    """
    search: ByteSearch | None = None
    done = 0
    for match in sign.finditer(text):
        if match.start() < done:
            continue
        start = begin_at(text, match.start())
        end = text.find("\n", match.start(), match.start() + WINDOW)
        end = min(len(text), match.start() + WINDOW) if end < 0 else end
        done = end if end == len(text) or text[end] == "\n" else end - OVERLAP
        start = max(start, 0)
        is_text = len(SIGN_RE.findall(text, start, end)) <= MOST_SIGNS * (end - start) + 2
        units = to_units(text[start:end]) if is_text else []
        if may_leave_print(units):
            search = search or ByteSearch(
                PageModel(load_model(), text, DAMAGED_RE), drops=not PRIVATE_USE_RE.search(text)
            )
            yield from (edit for edit in window_edits(search, text, start, units) if edit.start < done)


def begin_at(text: str, sign: int) -> int:
    """Return where to begin to read for a sign: some characters before it, and before the note that it follows."""
    noted = NOTED_RE.search(text, max(0, sign - LONGEST_NOTE), sign)
    start = (noted.start() if noted else sign) - LOOK_BACK
    return max(text.rfind("\n", max(0, start), sign) + 1, start)


def window_edits(
    search: ByteSearch, text: str, start: int, units: Sequence[Unit], margin: float = MARGIN
) -> Iterator[Edit]:
    """Yield the readings of a part of a text, given as units, that beat the print by a margin in nats."""
    reading = search.best(units)
    for stretch in stretches(reading) if reading else ():
        at = start + units[stretch.first].start
        found = _judge(search, units, stretch, text[max(0, at - LOOK_ON) : at], margin)
        if found is not None:
            yield Edit(at, start + units[stretch.last].end, *found)


def _judge(
    search: ByteSearch, units: Sequence[Unit], stretch: Stretch, before: str, margin: float
) -> tuple[str, float] | None:
    """Return the reading of a stretch and the chance that it is right; None if the print may be."""
    printed = "".join(unit.text for unit in units[stretch.first : stretch.last + 1])
    after = "".join(unit.text for unit in units[stretch.last + 1 : stretch.last + 1 + LOOK_ON])
    if not NOT_A_GAP_RE.search(printed) or _is_list_of_marks(printed, stretch):
        return None
    best, sure, all_sure = stretch.text, 1.0, 1.0
    doubtful: list[int] = []
    for at, known in stretch.lost:
        left, right = (before + best[:at])[-LOOK_ON:], (best[at + 1 :] + after)[:LOOK_ON]
        key = (left, best[at], known, right)
        if key not in search.judged:
            search.judged[key] = _likeliest(search, *key)
        char, chance = search.judged[key]
        best = best[:at] + char + best[at + 1 :]
        all_sure *= chance
        sure *= SURE_OF_DROPPED if known == LEAD_OF_AREA else 1.0
        if chance < LEAST_CONFIDENCE:
            doubtful.append(at)
        else:
            sure *= chance
    price = search.model.score(best + after, before)
    least = search.model.score(printed + after, before) + margin
    if price < max(least, LEAST_SENSE * len(best + after)):
        return None
    if 2 * len(doubtful) > len(best):
        return best, all_sure
    told = "".join(UNTOLD if at in doubtful else char for at, char in enumerate(best))
    return told, max(sure, LEAST_CONFIDENCE)


def _is_list_of_marks(printed: str, stretch: Stretch) -> bool:
    """Tell whether a stretch has marks alone and loses more in its reading than its signs tell: [?!；。] in a program."""
    n_signs = sum(char in LOST_BYTE for char in printed)
    return LETTER_RE.search(printed) is None and len(stretch.lost) > n_signs


def _likeliest(search: ByteSearch, before: str, char: str, known: int, after: str) -> tuple[str, float]:
    """Return the character that fits best where one of its bytes is lost, and its chance among all that could stand there."""
    model = search.model
    pair = to_pair(char) or b"??"
    first, second = model.number(before[-2:-1] or "\n"), model.number(before[-1:] or "\n")
    choices = [
        (price, other, second, third)
        for price, other, third in search.likeliest(first, second, pair[1 if known == TRAIL else 0], known)
    ]
    if known == TRAIL and SPACE[1:] == pair[1:] and OPENING_RE.match(after):
        choices.append((SPACED, "\u3000", BREAK, BREAK))
    prices: dict[str, float] = {}
    for price, other, one, two in choices:
        for number in (model.number(follower) for follower in after[:2]):
            price += model.after(one, two, number)
            one, two = two, number
        prices[other] = price
    prices.setdefault(char, -math.inf)
    top = max(prices.values())
    close = [other for other, price in prices.items() if price > top - CLOSE]
    if len(close) > 1:
        prices = {other: prices[other] + WORDS * word_score(before + other + after) for other in close}
        top = max(prices.values())
    weights = {other: math.exp(price - top) for other, price in prices.items()}
    best = max(weights, key=lambda other: (weights[other], other == char))
    return best, weights[best] / sum(weights.values())
