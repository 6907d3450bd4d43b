"""What a reading of a damaged line is: a path through its units that leaves the print and comes back to it."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from pipeline.repair.readings import is_read

NONE, UNKNOWN = -2, -1  # no byte is pending; one of which nothing is known

# what a reading made of one unit that it took differently from the print: its number, the text, which byte of it
# is known if the other is lost (LEAD, TRAIL, LEAD_OF_AREA, else BOTH), and what came before
Node = tuple[int, str, int, "Node | None"]
BOTH, LEAD, TRAIL, LEAD_OF_AREA = range(4)  # with the last, the trail began a private-use pair
# a reading: price, ids of the last two characters, the byte that waits, what was read differently
State = tuple[float, int, int, int, Node | None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units that a reading takes differently from the print, as text."""

    first: int
    last: int
    text: str
    lost: tuple[
        tuple[int, int], ...
    ] = ()  # offsets of characters of which one byte is lost, and which is known


def pruned(states: list[State], width: int, behind: float) -> list[State]:
    """Return the best of some readings, one of those that end alike, none that is so many nats behind."""
    if len(states) <= 1:
        return states
    kept: dict[tuple[int, int, int], State] = {}
    for state in states:
        other = kept.get(state[1:4])
        if other is None or other[0] < state[0]:
            kept[state[1:4]] = state
    least = max(state[0] for state in states) - behind
    states = [state for state in kept.values() if state[0] >= least]
    return states if len(states) <= width else heapq.nlargest(width, states, key=lambda state: state[0])


def touches(node: Node | None, number: int) -> bool:
    """Tell whether the unit before was read differently from the print."""
    return node is not None and node[0] == number - 1


def is_noted(node: Node | None, reading: str) -> bool:
    """Tell whether the last character that was read has a reading."""
    while node is not None and not node[1]:
        node = node[3]
    return node is not None and is_read(node[1][-1], reading)


def stretches(end: State) -> list[Stretch]:
    """Return where a reading leaves the print, in order, with what it reads there."""
    path: list[Node] = []
    node = end[4]
    while node is not None:
        path.append(node)
        node = node[3]
    found: list[Stretch] = []
    for number, text, known, _ in reversed(path):
        if not found or found[-1].last < number - 1:
            found.append(Stretch(number, number, ""))
        last = found.pop()
        lost = last.lost if known == BOTH else (*last.lost, (len(last.text), known))
        found.append(Stretch(last.first, number, last.text + text, lost))
    return found
