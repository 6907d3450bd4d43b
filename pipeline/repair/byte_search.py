"""Finds the likeliest way to read a damaged line as GBK bytes again: a shortest path priced by the model.

A reading goes through the units of a line with at most one byte pending: with none, a unit is read as printed;
with one, the unit gives its bytes and the pending byte takes the first of them as its second half. A `?` may be
one unknown byte, and only there can a reading leave the print. Where the print is the only reading left, the
search goes straight on to the next such place. A page without any private-use character may have lost these on its
way: then two bytes can be missing between any two units that are out of step (50%。基本建成 → 50%?；窘ǔ).
On a page that printed nothing for a byte that stood alone, `unmarked`, one may be missing before any mark that cut the
text, before ASCII and at the end (學校活動 → 學；顒).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from pipeline.characters import BREAK
from pipeline.repair.byte_paths import (
    BOTH,
    LEAD,
    LEAD_OF_AREA,
    NONE,
    TRAIL,
    UNKNOWN,
    Node,
    State,
    is_noted,
    pruned,
    touches,
)
from pipeline.repair.byte_units import Unit, byte_forms
from pipeline.repair.gbk_table import (
    AREA_LEADS,
    LEADS,
    SURE_CUTS,
    TRAILS,
    beginning_with,
    ending_in,
    from_pair,
)
from pipeline.repair.page_model import PageModel
from pipeline.repair.readings import trails_read

BEAM = 12  # readings kept at each unit,
AT_SPLIT = 64  # and at a split note, whose bytes all cost the same until the next unit has had its say,
BEHIND = 16.0  # unless they are this many nats behind the best,
BEHIND_UNMARKED = 28.0  # where no `?` tells that a reading leaves the print, and it pays off later
CHOICES = 20  # characters tried for one unknown byte, all of them kept until the next one has had its say
COMMONEST = 100  # of the 190 characters that have a byte in common; rarer ones are never likeliest
LEAVE = -3.0  # price of leaving the print where a `?` stands before a mark
LEAVE_UNMARKED = -6.0  # the same before a mark without a `?`
LEAVE_AT_NOTE = -1.0  # the same where injected pinyin tells the byte
DROPS = 2  # readings of each unit, and characters behind each, that may have lost one
DROPPED = -1.0  # price of a private-use character that was dropped: out of step, one pair in seven is one
# of the numbers that begin a paragraph only （六） loses two in a row: a1|a1 a3|a8 c1|f9 a3|a9
SIXTH, MARKS = "（六", 0xA3  # the lead byte of （ and ）
FOREIGN = -4.0  # price of a simplified character on a traditional page, or the other way round
FIRST_TRAIL = 0x40  # of the bytes that may be the second of a pair; below, ASCII is not swallowed


class ByteSearch:
    """The search over the lines of one page; `drops` tells that it may have lost its private-use characters.

    `unmarked` tells that bytes which stood alone left no sign.
    """

    def __init__(self, model: PageModel, *, drops: bool = False, unmarked: bool = False) -> None:
        self.model = model
        self._drops = drops
        self._unmarked = unmarked
        self._behind = BEHIND_UNMARKED if unmarked else BEHIND
        self._chosen: dict[int, list[tuple[float, str, int]]] = {}
        self.judged: dict[tuple[str, str, int, str], tuple[str, float]] = {}  # lost bytes in the same words
        self._numbered: dict[tuple[int, int], list[tuple[float, str, int]]] = {}

    def best(self, units: Sequence[Unit]) -> State | None:
        """Return the likeliest reading that ends with no byte pending; of those that end alike one is followed."""
        states: list[State] = [(0.0, BREAK, BREAK, NONE, None)]
        number = 0
        while number < len(units):
            if len(states) == 1 and states[0][3] == NONE and not touches(states[0][4], number):
                number, states = self._go_on(units, number, states[0])
                if number == len(units):
                    break
            if self._drops:
                states = [*states, *self._with_dropped(states, number)]
            if self._unmarked:
                states = [*states, *self._with_unmarked(states, number, units[number].text)]
            width = CHOICES if any(state[3] == UNKNOWN for state in states) else BEAM
            if units[number].split is not None:
                width = AT_SPLIT
            states = pruned(self._grown(states, number, units[number]), width, self._behind)
            number += 1
        if self._unmarked:
            states = [*states, *self._with_unmarked(states, number, "")]
        return max((state for state in states if state[3] == NONE), key=lambda state: state[0], default=None)

    def _go_on(self, units: Sequence[Unit], number: int, state: State) -> tuple[int, list[State]]:
        """Read as printed up to the next sign; one reading alone needs no price."""
        start = number
        while number < len(units) and not (
            units[number].is_sign or (self._unmarked and units[number].text in SURE_CUTS)
        ):
            number += 1
        price, first, second, pending, node = state
        for unit in units[max(start, number - 2) : number]:
            for char in unit.text[-2:]:
                first, second = second, self.model.number(char)
        return number, [(price, first, second, pending, node)]

    def _grown(self, states: list[State], number: int, unit: Unit) -> list[State]:
        """Return what the readings can be after one more unit."""
        grown: list[State] = []
        is_plain = unit.split is None and unit.note is None and len(unit.text) == 1
        known, after = self.model.known, self.model.after
        third = self.model.number(unit.text) if is_plain else 0
        forms = byte_forms(unit.text) if is_plain and not unit.is_lost else ()
        for state in states:
            price, first, second, pending, node = state
            if pending != NONE:
                if unit.split is not None:
                    self._take_split(state, number, unit, grown)
                elif unit.is_lost:
                    self._take_lost(state, number, unit, grown)
                for form in forms:
                    self._take_bytes(state, number, form, grown)
                continue
            if is_plain:
                found = known.get(first << 32 | second << 16 | third)
                if found is None:
                    found = after(first, second, third)
                grown.append((price + found, second, third, NONE, node))
            elif unit.note is not None and touches(node, number) and is_noted(node, unit.note):
                grown.append((price, first, second, NONE, (number, "", BOTH, node)))
            else:
                grown.append(self._as_printed(state, unit.text))
            if unit.split is not None and unit.last is not None:
                here: Node = (number, "", BOTH, node)
                found_bytes = trails_read(unit.last, unit.split)
                grown.extend((price + LEAVE_AT_NOTE, first, second, byte, here) for byte in found_bytes)
            elif unit.is_sign:
                grown.append((price + LEAVE, first, second, UNKNOWN, (number, "", BOTH, node)))
        return grown

    def _with_dropped(self, states: list[State], number: int) -> Iterator[State]:
        """Yield what the best readings can be if a private-use character is missing before a unit."""
        waiting = [state for state in states if state[3] >= 0]
        for price, first, second, pending, node in heapq.nlargest(DROPS, waiting, key=lambda state: state[0]):
            if pending in LEADS:  # the next character lost its first byte too
                for own, char, third in self.likeliest(first, second, pending, LEAD_OF_AREA)[:DROPS]:
                    here: Node = (number - 1, char, LEAD_OF_AREA, node)
                    yield price + own + DROPPED, second, third, UNKNOWN, here
        begun = [state for state in waiting if state[3] == MARKS and state[1] == BREAK]
        if begun:  # a paragraph's indent, whatever is taken for it now: it is judged later
            price, _, _, pending, node = max(begun, key=lambda state: state[0])
            opening, sixth = map(self.model.number, SIXTH)
            own = self.model.after(BREAK, BREAK, opening) + self.model.after(BREAK, opening, sixth)
            yield price + own + 2 * DROPPED, opening, sixth, pending, (number - 1, SIXTH, BOTH, node)

    def _with_unmarked(self, states: list[State], number: int, text: str) -> Iterator[State]:
        """Yield what the readings can be if a byte is missing before a unit: one that stood alone at the end of a piece."""
        may_cut = text in SURE_CUTS
        if not (may_cut or text.isascii()):
            return
        for price, first, second, pending, node in states:
            if pending in LEADS:
                for own, char, third in self.likeliest(first, second, pending, LEAD):
                    yield price + own, second, third, NONE, (number - 1, char, LEAD, node)
            elif pending == NONE and may_cut and text:
                yield price + LEAVE_UNMARKED, first, second, UNKNOWN, node

    def _as_printed(self, state: State, text: str) -> State:
        price, first, second, pending, node = state
        for char in text:
            third = self.model.number(char)
            price += self.model.after(first, second, third)
            first, second = second, third
        return price, first, second, pending, node

    def _take_bytes(self, state: State, number: int, octets: bytes, grown: list[State]) -> None:
        price, first, second, pending, node = state
        following = octets[1] if len(octets) == 2 else NONE
        if pending == UNKNOWN:
            if octets[0] in TRAILS:
                for own, char, third in self.likeliest(first, second, octets[0], TRAIL):
                    reading = price + own, second, third, following, (number, char, TRAIL, node)
                    grown.append(self._spat_out(reading) if FIRST_TRAIL <= following < 0x80 else reading)
            return
        found = from_pair(pending, octets[0])
        if found is not None:
            self._emit(state, number, found, following, grown)
            if FIRST_TRAIL <= following < 0x80:
                grown.append(self._spat_out(grown.pop()))

    def _spat_out(self, state: State) -> State:
        """Return a reading whose byte that waits is an ASCII character: a lead byte had swallowed it (”[10] → 盵10])."""
        price, first, second, pending, node = state
        number, text, known, before = node or (0, "", BOTH, None)
        third = self.model.number(chr(pending))
        price += self.model.after(first, second, third)
        return price, second, third, NONE, (number, text + chr(pending), known, before)

    def _emit(self, state: State, number: int, char: str, pending: int, grown: list[State]) -> None:
        price, first, second, _, node = state
        third = self.model.number(char)
        found = self.model.known.get(first << 32 | second << 16 | third)
        if found is None:
            found = self.model.after(first, second, third)
        grown.append((price + found, second, third, pending, (number, char, BOTH, node)))

    def _take_lost(self, state: State, number: int, unit: Unit, grown: list[State]) -> None:
        self._take_bytes(state, number, b"\xa3\xbf", grown)  # ？ as printed or folded
        if state[3] == UNKNOWN:
            return
        price, first, second, pending, node = state
        sign = self.model.number("?")
        for own, char, third in self.likeliest(first, second, pending, LEAD):
            if unit.ends_piece:
                grown.append((price + own, second, third, NONE, (number, char, LEAD, node)))
            else:  # it swallowed an ASCII character, a digit maybe: nothing tells which, and the `?` stays
                dearer = price + own + self.model.after(second, third, sign)
                grown.append((dearer, third, sign, NONE, (number, char + "?", LEAD, node)))

    def _take_split(self, state: State, number: int, unit: Unit, grown: list[State]) -> None:
        if state[3] == UNKNOWN or unit.last is None:
            return
        for byte in trails_read(unit.last, unit.split or ""):
            char = from_pair(state[3], byte)
            if char is not None:
                self._emit(state, number, char, NONE, grown)

    def likeliest(self, first: int, second: int, byte: int, known: int) -> list[tuple[float, str, int]]:
        """Return price, character, id of what is likeliest behind two ids with a byte as its lead or trail."""
        key = (first << 16 | second) << 10 | known << 8 | byte
        chosen = self._chosen.get(key)
        if chosen is None:
            after, number = self.model.after, self.model.number
            numbered = self._numbered.get((byte, known))
            if numbered is None:
                chars = _fitting(byte, known)
                chars = heapq.nlargest(COMMONEST, chars, key=self.model.alone)
                foreign = self.model.is_foreign
                numbered = [(FOREIGN if foreign(char) else 0.0, char, number(char)) for char in chars]
                self._numbered[byte, known] = numbered
            priced = [(after(first, second, third) + own, char, third) for own, char, third in numbered]
            chosen = self._chosen[key] = heapq.nlargest(CHOICES, priced)
        return chosen


def may_leave_print(units: Sequence[Unit]) -> bool:
    """Tell whether some reading can leave the print and come back to it, so that a search is worth its while.

    A pending byte ends with a lost one, before the brackets of a split note, or takes an ASCII character as its second half:
    县长?? 王春雨 has nothing behind its sign that ends one.

    >>> from pipeline.repair.byte_units import to_units
    >>> may_leave_print(to_units("加強學?；鶎狱h組織")), may_leave_print(to_units("县长?? 王春雨"))
    (True, False)
    """
    last = max((number for number, unit in enumerate(units) if _may_end_byte(unit)), default=0)
    # what stands right behind a sign is the mark that cut the text, which gives the unknown byte its second half
    return any(
        unit.is_sign and number + (unit.split is None) < last for number, unit in enumerate(units[:last])
    )


def _may_end_byte(unit: Unit) -> bool:
    return unit.is_lost or unit.split is not None or "@" <= unit.text <= "~"


def _fitting(byte: int, known: int) -> list[str]:
    """Return the characters of which a byte is known."""
    if known == TRAIL:
        return [char for _, char in ending_in(byte)]
    return [char for trail, char in beginning_with(byte) if known == LEAD or trail in AREA_LEADS]
