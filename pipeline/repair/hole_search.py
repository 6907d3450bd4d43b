"""Fills the holes of a text jointly: all gaps of it at once, each hole with its neighbours' holes in view.

Holes with less than two known characters between them are one gap: what is written in one changes what is likely in
the other. All gaps are gone through side by side, one character at a step, each with its best HELD readings so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.characters import CharacterModel
from pipeline.repair.lost_candidates import NONE, Candidates
from pipeline.repair.page_memory import PageMemory

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

HELD = 12  # readings of a gap that are kept at each step,
WORSE = 10.0  # nats by which one may be worse than the best,
PROMISING = 20  # and continuations by one character whose price is asked in full
APART = 3  # from one hole to the next, where nothing of the one is felt at the other
FEW = 48  # gaps for which it is not worth while to begin a part of their own
AT_ONCE = 1 << 19  # prices asked for together
NEVER = -1e9


@dataclass(slots=True)
class _Beam:
    """The readings of some gaps, the best first: the last two ids and the price of each."""

    first: Ints
    second: Ints
    price: Floats

    def of(self, rows: Ints) -> _Beam:
        """Return the readings of some gaps, as many as any of them has."""
        n_live = max(int((self.price[rows] > NEVER / 2).sum(axis=1).max()), 1)
        return _Beam(self.first[rows, :n_live], self.second[rows, :n_live], self.price[rows, :n_live])


@dataclass(frozen=True, slots=True)
class _Pool:
    """The candidates of all holes one behind the other, as ids; hole k has those from starts[k] to starts[k + 1]."""

    starts: Ints
    first: Ints
    second: Ints
    price: Floats


def fill_holes(ids: Ints, holes: Sequence[Candidates], model: CharacterModel) -> tuple[Ints, Floats]:
    """Return for each hole the number of its likeliest candidate, NONE if it has none, and the chance of that one.

    `ids` are the characters of a text; the k-th negative one is the k-th hole. The text begins and ends with two
    known ones.
    """
    at = np.flatnonzero(ids < 0)
    chosen, chance = np.full(len(at), NONE, dtype=np.int64), np.zeros(len(at))
    fillable = np.array([len(hole.first) > 0 for hole in holes], dtype=np.bool_)
    if not fillable.any():
        return chosen, chance
    memory = PageMemory(model, ids)
    pool = _pool(holes, model)
    opens = np.concatenate(([True], np.diff(at) >= APART))
    firsts = np.flatnonzero(opens)
    lasts = np.append(firsts[1:], len(at)) - 1
    lengths = at[lasts] + 1 - at[firsts]
    order = np.argsort(-lengths, kind="stable")
    hole_at = np.full(len(ids), NONE, dtype=np.int64)
    hole_at[at] = np.arange(len(at))
    for number, share in _search(ids, hole_at, at[firsts[order]], lengths[order], pool, memory):
        chosen[number[:, 0]], chance[number[:, 0]] = number[:, 1], share
    return chosen, chance


def _pool(holes: Sequence[Candidates], model: CharacterModel) -> _Pool:
    starts = np.concatenate(([0], np.cumsum([len(hole.first) for hole in holes])))
    first, second = (np.concatenate([getattr(hole, name) for hole in holes]) for name in ("first", "second"))
    ids = np.where(second >= 0, model.numbers(np.maximum(second, 0)), NONE)
    return _Pool(starts, model.numbers(first), ids, np.concatenate([hole.price for hole in holes]))


def _search(
    ids: Ints, hole_at: Ints, begins: Ints, lengths: Ints, pool: _Pool, memory: PageMemory
) -> list[tuple[Ints, Floats]]:
    """Return the choices of all gaps (rows of a hole and a candidate's number) and their chances; longest gap first."""
    n_gaps = len(begins)
    shape = (n_gaps, HELD)
    beam = _Beam(
        np.repeat(ids[begins - 2, None], HELD, axis=1),
        np.repeat(ids[begins - 1, None], HELD, axis=1),
        np.full(shape, NEVER),
    )
    beam.price[:, 0] = 0.0
    trail: list[
        tuple[Ints, Ints, Ints, Ints]
    ] = []  # gaps with a hole at a step; holes, back pointers, choices
    for step in range(int(lengths[0])):
        n_active = int(np.searchsorted(-lengths, -step, side="left"))
        place = begins[:n_active] + step
        hole = hole_at[place]
        known = np.flatnonzero(hole < 0)
        if len(known):
            _go_on(beam, known, ids[place[known]], memory)
        gaps = np.flatnonzero(hole >= 0)
        gaps = gaps[pool.starts[hole[gaps] + 1] > pool.starts[hole[gaps]]]
        empty = np.setdiff1d(np.flatnonzero(hole >= 0), gaps)
        if len(empty):  # nothing is known of what stands here
            beam.first[empty], beam.second[empty] = 1, 1
        parts = _of_like_width(gaps, pool.starts[hole[gaps] + 1] - pool.starts[hole[gaps]])
        trail += [(rows, hole[rows], *_branch(beam, rows, hole[rows], pool, memory)) for rows in parts]
    _look_beyond(beam, ids, begins + lengths, memory)
    return _told(beam.price, trail)


def _of_like_width(gaps: Ints, width: Ints) -> Iterator[Ints]:
    """Yield the gaps in parts whose holes have about as many candidates, none too large."""
    order = np.argsort(-width, kind="stable")
    gaps, width = gaps[order], width[order]
    while len(gaps):
        n_rows = max(int(np.searchsorted(-width, -width[0] // 2)), FEW)
        n_rows = min(n_rows, max(1, AT_ONCE // (HELD * int(width[0]))))
        yield gaps[:n_rows]
        gaps, width = gaps[n_rows:], width[n_rows:]


def _go_on(beam: _Beam, rows: Ints, third: Ints, memory: PageMemory) -> None:
    """Take a known character to every reading of some gaps."""
    some = beam.of(rows)
    n_live = some.price.shape[1]
    third = np.repeat(third[:, None], n_live, axis=1)
    beam.price[rows, :n_live] += memory.after_each(some.first, some.second, third)
    beam.first[rows, :n_live], beam.second[rows, :n_live] = some.second, third


def _look_beyond(beam: _Beam, ids: Ints, ends: Ints, memory: PageMemory) -> None:
    """Add what the two known characters behind each gap cost after its readings."""
    some = beam.of(np.arange(len(ends)))
    n_live = some.price.shape[1]
    one, two = (np.repeat(ids[ends + n, None], n_live, axis=1) for n in (0, 1))
    prices = memory.after_each(
        np.stack((some.first, some.second)), np.stack((some.second, one)), np.stack((one, two))
    )
    beam.price[:, :n_live] += prices[0] + prices[1]


def _branch(beam: _Beam, rows: Ints, hole: Ints, pool: _Pool, memory: PageMemory) -> tuple[Ints, Ints]:
    """Take every candidate of a hole to every reading of some gaps; return which reading and candidate are kept."""
    some = beam.of(rows)
    width = pool.starts[hole + 1] - pool.starts[hole]
    number = np.arange(int(width.max()))
    candidate = np.minimum(pool.starts[hole][:, None] + number, len(pool.first) - 1)
    own_price = np.where(number < width[:, None], pool.price[candidate], NEVER)
    roughly = memory.roughly(some.second, pool.first[candidate])
    roughly += (some.price[:, :, None] + own_price[:, None, :]).astype(np.float32)
    roughly = roughly.reshape(len(rows), -1)
    best = _largest(roughly, PROMISING)
    back, choice = np.divmod(best, len(number))
    flat = np.minimum(pool.starts[hole][:, None] + choice, len(pool.first) - 1)
    first, second = (np.take_along_axis(ids, back, axis=1) for ids in (some.first, some.second))
    third, fourth = pool.first[flat], pool.second[flat]
    price = np.take_along_axis(some.price, back, axis=1) + pool.price[flat]
    price += memory.after_each(first, second, third)
    two = fourth >= 0
    if two.any():
        price[two] += memory.after_each(second[two], third[two], fourth[two])
    price[np.take_along_axis(roughly, best, axis=1) <= NEVER / 2] = NEVER
    kept = _largest(price, HELD)
    back, choice, flat, price = (
        np.take_along_axis(array, kept, axis=1) for array in (back, choice, flat, price)
    )
    price[price < price[:, :1] - WORSE] = NEVER
    n_kept = price.shape[1]
    before = np.take_along_axis(some.second, back, axis=1)
    has_two = pool.second[flat] >= 0
    beam.price[rows] = NEVER
    beam.price[rows, :n_kept] = price
    beam.first[rows, :n_kept] = np.where(has_two, pool.first[flat], before)
    beam.second[rows, :n_kept] = np.where(has_two, pool.second[flat], pool.first[flat])
    return back, choice


def _largest(prices: npt.NDArray[Any], n: int) -> Ints:
    """Return the columns of the n largest prices of each row, the largest first."""
    n = min(n, prices.shape[1])
    best = (
        np.argpartition(-prices, n - 1, axis=1)[:, :n] if n < prices.shape[1] else np.argsort(-prices, axis=1)
    )
    order = np.argsort(-np.take_along_axis(prices, best, axis=1), axis=1)
    largest: Ints = np.take_along_axis(best, order, axis=1)
    return largest


def _told(price: Floats, trail: list[tuple[Ints, Ints, Ints, Ints]]) -> list[tuple[Ints, Floats]]:
    """Return what the best reading of each gap has in each hole, and the chance of that among all readings kept."""
    best = price.argmax(axis=1)
    weight = np.exp(price - price.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    reading = np.repeat(np.arange(price.shape[1])[None, :], len(price), axis=0)
    found = []
    for rows, hole, back, choice in reversed(trail):
        at = np.minimum(reading[rows], back.shape[1] - 1)
        chosen = np.take_along_axis(choice, at, axis=1)
        reading[rows] = np.take_along_axis(back, at, axis=1)
        winner = chosen[np.arange(len(rows)), best[rows]]
        share = (weight[rows] * (chosen == winner[:, None])).sum(axis=1)
        found.append((np.stack((hole, winner), axis=1), share))
    return found
