"""Fills the holes of a text jointly: all gaps of it at once, each hole with its neighbours' holes in view.

Holes with less than two known characters between them are one gap: what is written in one changes what is likely in
the other. All gaps are gone through side by side, one character at a step, each with its best readings so far: a row
of flat arrays for every reading, those of one gap behind one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.characters import UNSEEN, CharacterModel, Floats, Ints
from pipeline.repair.lost_candidates import NONE, Candidates
from pipeline.repair.page_memory import PageMemory

HELD = 24  # readings of a gap that are kept at each step, at most,
WORSE = 8.5
ROUGHLY_WORSE = 8.5
APART = 3  # from one hole to the next, where nothing of the one is felt at the other
AT_ONCE = 1 << 18  # rough prices asked for together
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class _Readings:
    """Readings of gaps: which gap, the last two ids, the price; `parent` is the reading one step before that it continues.

    `choice` is the number of the candidate that it took at this step.
    """

    gap: Ints
    first: Ints
    second: Ints
    price: Floats
    parent: Ints
    choice: Ints

    def of(self, rows: Ints) -> _Readings:
        return _Readings(
            self.gap[rows], self.first[rows], self.second[rows], self.price[rows], self.parent[rows],
            self.choice[rows],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pool:
    """The candidates of each place in a text one behind the other, as ids: place k has those from starts[k] to starts[k + 1].

    A known character is the only candidate of its place.
    """

    starts: Ints
    first: Ints
    second: Ints
    price: Floats


def fill_holes(
    ids: Ints, holes: Sequence[Candidates], model: CharacterModel, memory: PageMemory
) -> tuple[Ints, Floats]:
    """Return for each hole the number of its likeliest candidate, NONE if it has none, and the chance of that one.

    `ids` are the characters of a text; the k-th negative one is the k-th hole. The text begins and ends with two
    known ones.
    """
    at = np.flatnonzero(ids < 0)
    chosen, chance = np.full(len(at), NONE, dtype=np.int64), np.zeros(len(at))
    is_fillable = np.array([len(hole.first) > 0 for hole in holes], dtype=np.bool_)
    if not is_fillable.any():
        return chosen, chance
    opens = np.concatenate(([True], np.diff(at) >= APART))
    begins = at[opens]
    ends = at[np.append(np.flatnonzero(opens)[1:], len(at)) - 1] + 1
    hole_at = np.full(len(ids), NONE, dtype=np.int64)
    hole_at[at[is_fillable]] = np.flatnonzero(is_fillable)
    for hole, number, share in _search(ids, hole_at, begins, ends, _pool(ids, holes, model), memory):
        chosen[hole], chance[hole] = number, share
    return chosen, chance


def _pool(ids: Ints, holes: Sequence[Candidates], model: CharacterModel) -> _Pool:
    sizes = np.ones(len(ids), dtype=np.int64)
    at = np.flatnonzero(ids < 0)
    n_candidates = np.array([len(hole.first) for hole in holes], dtype=np.int64)
    sizes[at] = np.maximum(n_candidates, 1)  # nothing is known of what stands in a hole that has none
    starts = np.concatenate(([0], np.cumsum(sizes)))
    pool = _Pool(
        starts,
        np.repeat(np.where(ids < 0, UNSEEN, ids), sizes),
        np.full(starts[-1], NONE, dtype=np.int64),
        np.zeros(starts[-1]),
    )
    behind = np.repeat(starts[at] - np.concatenate(([0], np.cumsum(n_candidates)[:-1])), n_candidates)
    into = behind + np.arange(n_candidates.sum())
    second = np.concatenate([hole.second for hole in holes])
    pool.first[into] = model.numbers(np.concatenate([hole.first for hole in holes]))
    pool.second[into] = np.where(second >= 0, model.numbers(np.maximum(second, 0)), NONE)
    pool.price[into] = np.concatenate([hole.price for hole in holes])
    return pool


def _search(
    ids: Ints, hole_at: Ints, begins: Ints, ends: Ints, pool: _Pool, memory: PageMemory
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield holes, the numbers of the candidates chosen for them, and the chances of these."""
    gaps = np.arange(len(begins))
    none = np.full(len(gaps), NONE, dtype=np.int64)
    readings = _Readings(gaps, ids[begins - 2], ids[begins - 1], np.zeros(len(gaps)), none, none)
    trail: list[_Readings] = []  # those of each step
    alive = gaps
    while len(alive):
        places = begins + len(trail)
        readings = _best(_branched(readings, alive, places, pool, memory))
        trail.append(readings)
        is_over = ends[readings.gap] == places[readings.gap] + 1
        alive = np.flatnonzero(~is_over)
        if len(alive) < len(is_over):
            over = np.flatnonzero(is_over)
            yield from _told(trail, over, _beyond(readings, over, ids, ends, memory), begins, hole_at)


def _branched(readings: _Readings, alive: Ints, places: Ints, pool: _Pool, memory: PageMemory) -> _Readings:
    """Return what some readings are with each promising candidate of the place that their gap has come to."""
    place = places[readings.gap[alive]]
    parts = list(_of_like_width(pool.starts[place + 1] - pool.starts[place], readings.gap[alive]))
    found = [_promising(readings, alive[part], place[part], pool, memory) for part in parts]
    parent, candidate = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    gap, second = readings.gap[parent], readings.second[parent]
    third, fourth = pool.first[candidate], pool.second[candidate]
    price = readings.price[parent] + pool.price[candidate]
    price += memory.after_each(readings.first[parent], second, third)
    has_two = fourth >= 0
    if has_two.any():
        price[has_two] += memory.after_each(second[has_two], third[has_two], fourth[has_two])
        second, third = np.where(has_two, third, second), np.where(has_two, fourth, third)
    return _Readings(gap, second, third, price, parent, candidate - pool.starts[places[gap]])


def _of_like_width(width: Ints, gap: Ints) -> Iterator[Ints]:
    """Yield readings in parts whose places have about as many candidates, none too large, each gap in one of them."""
    order = np.argsort(-width, kind="stable")
    while len(order):
        widest = int(width[order[0]])
        n_rows = int(np.searchsorted(-width[order], -(widest // 2), side="left"))
        n_rows = min(n_rows, max(HELD, AT_ONCE // widest))
        while n_rows < len(order) and gap[order[n_rows]] == gap[order[n_rows - 1]]:
            n_rows += 1
        yield order[:n_rows]
        order = order[n_rows:]


def _promising(
    readings: _Readings, rows: Ints, place: Ints, pool: _Pool, memory: PageMemory
) -> tuple[Ints, Ints]:
    """Return readings, and candidates for each of them, that may be among the best of their gap."""
    starts, width = pool.starts[place], pool.starts[place + 1] - pool.starts[place]
    number = np.arange(int(width.max()))
    if len(number) == 1:
        return rows, starts
    candidate = np.minimum(starts[:, None] + number, len(pool.first) - 1)
    price = memory.roughly(readings.second[rows], pool.first[candidate])
    price += np.where(number < width[:, None], pool.price[candidate], NEVER)
    price += readings.price[rows][:, None]
    opens, group = _groups(readings.gap[rows])
    least = np.maximum.reduceat(price.max(axis=1), opens) - ROUGHLY_WORSE
    row, column = np.nonzero(price >= least[group][:, None])
    return rows[row], candidate[row, column]


def _best(readings: _Readings) -> _Readings:
    """Return the best readings of each gap, those of one gap behind one another, the best first."""
    order = np.lexsort((-readings.price, readings.gap))
    opens, group = _groups(readings.gap[order])
    price = readings.price[order]
    is_good = price >= price[opens][group] - WORSE
    return readings.of(order[is_good & (np.arange(len(order)) - opens[group] < HELD)])


def _groups(gap: Ints) -> tuple[Ints, Ints]:
    """Return where the rows of each gap begin, and for each row the number of its gap among these."""
    is_first = np.concatenate(([True], gap[1:] != gap[:-1]))
    return np.flatnonzero(is_first), np.cumsum(is_first) - 1


def _beyond(readings: _Readings, rows: Ints, ids: Ints, ends: Ints, memory: PageMemory) -> Floats:
    """Return the prices of some readings with the two known characters behind their gap."""
    first, second, end = readings.first[rows], readings.second[rows], ends[readings.gap[rows]]
    prices = memory.after_each(
        np.stack((first, second)), np.stack((second, ids[end])), np.stack((ids[end], ids[end + 1]))
    )
    total: Floats = readings.price[rows] + prices.sum(axis=0)
    return total


def _told(
    trail: Sequence[_Readings], rows: Ints, price: Floats, begins: Ints, hole_at: Ints
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield what the best reading of each gap has in each hole, and the chance of that among all readings kept.

    `rows` are the readings that the last step left of gaps that end there, `price` what they cost in all.
    """
    opens, group = _groups(trail[-1].gap[rows])
    gap = trail[-1].gap[rows[opens]]
    top = np.maximum.reduceat(price, opens)
    weight = np.exp(price - top[group])
    weight /= np.add.reduceat(weight, opens)[group]
    is_top = np.flatnonzero(price == top[group])
    winner = is_top[np.unique(group[is_top], return_index=True)[1]]
    for step in reversed(range(len(trail))):
        choice = trail[step].choice[rows]
        hole, chosen = hole_at[begins[gap] + step], choice[winner]
        share = np.add.reduceat(weight * (choice == chosen[group]), opens)
        is_hole = hole >= 0
        yield hole[is_hole], chosen[is_hole], share[is_hole]
        rows = trail[step].parent[rows]
