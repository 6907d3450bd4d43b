"""Finds the likeliest way to read a damaged line as GBK bytes again: a shortest path priced by the model.

A line is a row of units, one printed character each. A reading goes through the units with at most one byte
pending: with none, a unit is read as printed; with one, the unit gives its bytes and the pending byte takes the
first of them as its second half. A `?` may be one unknown byte, and only there can a reading leave the print.
"""

from __future__ import annotations

import functools
import heapq
import re
from dataclasses import dataclass, replace

from pipeline.characters import BREAK
from pipeline.repair.gbk_table import TRAILS, beginning_with, ending_in, from_pair, to_pair
from pipeline.repair.page_model import PageModel
from pipeline.repair.readings import SYLLABLE, is_read, trails_read

BEAM = 24  # readings kept at each unit,
BEHIND = 25.0  # unless they are this many nats behind the best
CHOICES = 10  # characters kept for one unknown byte
LEAVE = -3.0  # price of leaving the print where a `?` stands before a mark
LEAVE_AT_NOTE = -1.0  # the same where injected pinyin tells the byte
UNKNOWN = -1  # a pending byte of which nothing is known

UNIT_RE = re.compile(
    rf"[?？](?:[ \t]{{0,8}}[?？]){{2,400}}|(?P<split>[?？\ufffd](?P<split_reading>{SYLLABLE})[)）])|(?P<note>[(（](?P<reading>{SYLLABLE})[)）])|.",
    re.DOTALL,
)  # ?? ? (lost spaces)   ?qū)   (guī)   any character
LOST_BYTE = frozenset("?？\ufffd")
CUT_MARKS = frozenset("！？；，。：、!?;,:")  # where mirrors are known to cut, and what that is folded to
# what a printed ASCII character may have been when its page folded full-width forms
WIDE_FORMS = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"}
MORE_WIDE_FORMS = {'"': "“”", "'": "‘’", "-": "—", ".": "。·", "~": "～"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed character, or a note of pinyin that a mirror wrote; `last` is the last byte before it."""

    start: int
    end: int
    text: str
    split: str | None = None  # the reading in ?qū)
    note: str | None = None  # the reading in (guī)
    last: int | None = None


@dataclass(slots=True)  # not frozen: hundreds of thousands are made
class Step:
    """One state of a reading: what was emitted for the units so far, and the byte that waits."""

    price: float
    first: int  # ids of the last two characters
    second: int
    pending: int | None
    char: str  # the last character
    emitted: str  # by this unit
    is_shifted: bool
    back: Step | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units that a reading takes differently from the print, as text."""

    first: int
    last: int
    text: str


def to_units(text: str) -> list[Unit]:
    """Return a line as units; ?qū) and (guī) are one each."""
    units: list[Unit] = []
    last: int | None = None
    for match in UNIT_RE.finditer(text):
        units.append(
            Unit(match.start(), match.end(), match.group(), match["split_reading"], match["reading"], last)
        )
        if match["note"] is None:  # a note came between two bytes
            last = _last_byte(match.group())
    return units


def _last_byte(text: str) -> int | None:
    """Return the last byte of one printed character; of ?qū) it is what was lost, so that None stands for it."""
    if len(text) != 1:
        return None
    pair = to_pair(text)
    return pair[1] if pair else ord(text) if text.isascii() else None


@functools.lru_cache(maxsize=1 << 14)
def byte_forms(char: str) -> tuple[bytes, ...]:
    """Return the bytes a printed character may stand for inside a stretch that is out of step.

    >>> [form.hex() for form in byte_forms("R")]
    ['52', 'a3d2']
    """
    if not char.isascii():
        pair = to_pair(char)
        return () if pair is None else (pair,)
    wide = WIDE_FORMS.get(char, "") + MORE_WIDE_FORMS.get(char, "")
    return (char.encode("ascii"), *(pair for pair in map(to_pair, wide) if pair))


class ByteSearch:
    """The search over the lines of one page."""

    def __init__(self, model: PageModel) -> None:
        self.model = model
        self._chosen: dict[tuple[int, int, int, bool], list[str]] = {}

    def best(self, units: list[Unit], before: str = "", *, merge: bool = True) -> list[Step]:
        """Return the readings that end with no byte pending, the likeliest first.

        Readings that end alike are merged, the likelier one kept, unless `merge` is False.
        """
        first, second = ([BREAK, BREAK] + [self.model.number(char) for char in before[-2:]])[-2:]
        steps = [Step(0.0, first, second, None, "", "", False, None)]
        for number, unit in enumerate(units):
            grown: list[Step] = []
            following = units[number + 1] if number + 1 < len(units) else None
            for step in steps:
                self._grow(step, unit, following, grown)
            steps = self._prune(grown, merge=merge)
        return sorted((s for s in steps if s.pending is None), key=lambda s: -s.price)

    def _prune(self, steps: list[Step], *, merge: bool) -> list[Step]:
        if len(steps) <= 1:
            return steps
        if merge:
            kept: dict[tuple[int | None, int, int], Step] = {}
            for step in steps:
                key = (step.pending, step.first, step.second)
                other = kept.get(key)
                if other is None or other.price < step.price:
                    kept[key] = step
            steps = list(kept.values())
        least = max(step.price for step in steps) - BEHIND
        steps = [step for step in steps if step.price >= least]
        return steps if len(steps) <= BEAM else heapq.nlargest(BEAM, steps, key=lambda s: s.price)

    def _grow(self, step: Step, unit: Unit, following: Unit | None, grown: list[Step]) -> None:
        if step.pending is None:
            if unit.note is not None and step.char and step.is_shifted and is_read(step.char, unit.note):
                grown.append(self._emit(step, "", None, 0.0))
            else:
                grown.append(self._emit(step, unit.text, None, 0.0, shifted=False))
            if unit.split is not None:
                if unit.last is not None:
                    found = trails_read(unit.last, unit.split)
                    grown.extend(self._emit(step, "", byte, LEAVE_AT_NOTE) for byte in found)
            elif unit.text in LOST_BYTE and following is not None and following.text in CUT_MARKS:
                grown.append(self._emit(step, "", UNKNOWN, LEAVE))
        elif unit.split is not None:
            self._take_split(step, unit, grown)
        elif unit.text in LOST_BYTE:
            self._take_lost(step, following, grown)
        elif unit.note is None and len(unit.text) == 1:
            for form in byte_forms(unit.text):
                self._take_bytes(step, form, grown)

    def _emit(
        self, step: Step, text: str, pending: int | None, extra: float, *, shifted: bool = True
    ) -> Step:
        price, first, second, char = step.price + extra, step.first, step.second, step.char
        number, after = self.model.number, self.model.after
        for char in text:
            third = number(char)
            price += after(first, second, third)
            first, second = second, third
        return Step(price, first, second, pending, char, text, shifted, step)

    def _take_bytes(self, step: Step, octets: bytes, grown: list[Step]) -> None:
        if step.pending == UNKNOWN:
            if octets[0] not in TRAILS:
                return
            following = octets[1] if len(octets) == 2 else None
            chosen = self._likeliest(step, octets[0], is_lead=False)
            grown.extend(self._emit(step, char, following, 0.0) for char in chosen)
            return
        assert step.pending is not None  # noqa: S101  # for the type checker
        char = from_pair(step.pending, octets[0])
        if char is not None:
            grown.append(self._emit(step, char, octets[1] if len(octets) == 2 else None, 0.0))

    def _take_lost(self, step: Step, following: Unit | None, grown: list[Step]) -> None:
        self._take_bytes(step, b"\xa3\xbf", grown)  # a full-width question mark, as printed or folded
        if step.pending in (None, UNKNOWN):
            return
        chosen = self._likeliest(step, step.pending or 0, is_lead=True)
        found = [self._emit(step, char, None, 0.0) for char in chosen]
        if following is None or following.text in CUT_MARKS:
            grown.extend(found)  # the last byte of a piece
        else:  # the byte swallowed an ASCII character, a digit maybe: nothing can tell, and the `?` stays
            grown.extend(self._emit_lost(one) for one in found)

    def _emit_lost(self, step: Step) -> Step:
        lost = self._emit(step, "?", None, 0.0)
        return replace(lost, emitted=step.emitted + "?", back=step.back)

    def _take_split(self, step: Step, unit: Unit, grown: list[Step]) -> None:
        if step.pending == UNKNOWN or step.pending is None or unit.last is None:
            return
        for byte in trails_read(unit.last, unit.split or ""):
            char = from_pair(step.pending, byte)
            if char is not None:
                grown.append(self._emit(step, char, None, 0.0))

    def _likeliest(self, step: Step, byte: int, *, is_lead: bool) -> list[str]:
        """Return the characters with a byte as their first or second one that are likeliest here."""
        key = (step.first, step.second, byte, is_lead)
        chosen = self._chosen.get(key)
        if chosen is None:
            after, number = self.model.after, self.model.number
            choices = beginning_with(byte) if is_lead else ending_in(byte)
            priced = [(after(step.first, step.second, number(char)), char) for _, char in choices]
            chosen = self._chosen[key] = [char for _, char in heapq.nlargest(CHOICES, priced)]
        return chosen


def stretches(end: Step) -> list[Stretch]:
    """Return where a reading leaves the print, in order, with what it reads there."""
    found: list[Stretch] = []
    for number, step in enumerate(_path(end)):
        if not step.is_shifted:
            continue
        if found and found[-1].last == number - 1:
            found[-1] = Stretch(found[-1].first, number, found[-1].text + step.emitted)
        else:
            found.append(Stretch(number, number, step.emitted))
    return found


def emitted(end: Step, n_units: int) -> str:
    """Return what a reading made of its first units."""
    return "".join(step.emitted for step in _path(end)[:n_units])


def _path(end: Step) -> list[Step]:
    path: list[Step] = []
    step = end
    while step.back is not None:
        path.append(step)
        step = step.back
    return path[::-1]
