"""Decides by words what stands in a hole, where its neighbours leave several characters: 南谯区, not 南谭区."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.characters import Floats, Ints, load_model
from pipeline.repair.lost_candidates import NONE, Candidates
from pipeline.repair.page_memory import PageMemory
from pipeline.repair.word_prices import word_score_of_ids

SURE = 0.9  # chance of a character that needs no second look
CLOSE = 4.0  # nats by which another may be worse than the best by its neighbours
WORDS = 0.7  # weight of the words beside the neighbours
AT_ONCE = 1000  # holes whose candidates are priced together
AROUND = 4  # characters on either side that may be of one word with it


def by_words(
    ids: Ints, holes: Sequence[Candidates], memory: PageMemory, chosen: Ints, chance: Floats
) -> tuple[Ints, Floats]:
    """Return what fill_holes chose for each hole and its chance, those that were not sure decided by words.

    `ids` are the characters of a text; the k-th negative one is the k-th hole.
    """
    at = np.flatnonzero(ids < 0)
    unsure = [k for k in range(len(at)) if chosen[k] != NONE and chance[k] < SURE]
    if not unsure:
        return chosen, chance
    chosen, chance, filled = chosen.copy(), chance.copy(), ids.copy()
    is_chosen = chosen != NONE
    codes = [hole.first[number] for hole, number in zip(holes, chosen, strict=True) if number != NONE]
    filled[at[is_chosen]] = load_model().numbers(np.array(codes, dtype=np.int64))
    unsure = [k for k in unsure if _is_open(filled, int(at[k])) and holes[k].second[chosen[k]] == NONE]
    for begin in range(0, len(unsure), AT_ONCE):
        some = unsure[begin : begin + AT_ONCE]
        priced = _priced(filled, at[some], [holes[k] for k in some], memory)
        for k, (alone, numbers, price) in zip(some, priced, strict=True):
            close = np.flatnonzero(price > price.max() - CLOSE)
            before, behind = filled[max(at[k] - AROUND, 0) : at[k]], filled[at[k] + 1 : at[k] + 1 + AROUND]
            words = [word_score_of_ids([*before, numbers[n], *behind]) for n in close]
            total = price[close] + WORDS * np.array(words)
            weight = np.exp(total - total.max())
            best = int(total.argmax())
            chosen[k], chance[k] = alone[close[best]], weight[best] / weight.sum()
    return chosen, chance


def _is_open(filled: Ints, place: int) -> bool:
    """Tell whether all is known around a hole."""
    return not (filled[max(place - AROUND, 0) : place + AROUND + 1] < 0).any()


def _priced(
    filled: Ints, at: Ints, holes: Sequence[Candidates], memory: PageMemory
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield for each hole which of its candidates are one character, their ids, and their prices among the neighbours."""
    model = load_model()
    alone = [np.flatnonzero(hole.second == NONE) for hole in holes]
    numbers = model.numbers(np.concatenate([hole.first[own] for hole, own in zip(holes, alone, strict=True)]))
    sizes = [len(own) for own in alone]
    place = np.repeat(at, sizes)
    two, one, next_one, next_two = (filled[place + step] for step in (-2, -1, 1, 2))
    price = memory.after_each(two, one, numbers)
    price += memory.after_each(one, numbers, next_one) + memory.after_each(numbers, next_one, next_two)
    price += np.concatenate([hole.price[own] for hole, own in zip(holes, alone, strict=True)])
    bounds = np.cumsum(sizes)[:-1]
    return zip(alone, np.split(numbers, bounds), np.split(price, bounds), strict=True)
