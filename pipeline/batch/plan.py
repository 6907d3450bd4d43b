"""Every input of a run in order, with the place of its result if one is kept: a file of lines, so that millions fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.batch.keys import input_key, retry_key
from pipeline.batch.shards import Place, read_footer
from pipeline.batch.stores import Store
from pipeline.settings import Settings
from pipeline.sources import InputFile, holds_many

_KEY_CHARS = 32
_BULKY_BYTES = 4 * 1024 * 1024


class KeptResults:
    """The results in a store, by key: 45 bytes an input, whatever there is of them."""

    def __init__(self, store: Store, settings: Settings, rules: str) -> None:
        """Read the footers of all shards; rows made by other `rules` do not hold, but the texts beside them do."""
        self._shards: list[str] = []
        now = retry_key(settings)
        keys, places = bytearray(), []
        for name in store.names():
            shard = read_footer(store, name)
            if shard is None:
                store.remove(name)
                continue
            has_rows = rules != "" and shard.rules == rules
            number, first, some = len(self._shards), 0, []
            self._shards.append(name)
            for one in shard.inputs:
                if one.key and (one.retry == "" or (has_rows and one.retry == now)):
                    keys += one.key.encode("ascii")  # as hex digits: numpy drops a zero byte at the end
                    some.append((number, first, one.n_documents, has_rows))
                first += one.n_documents
            if some:
                places.append(np.array(some, dtype=np.uint32))
        found: npt.NDArray[np.bytes_] = np.frombuffer(bytes(keys), dtype=f"S{_KEY_CHARS}")
        where = np.concatenate(places) if places else np.empty((0, 4), dtype=np.uint32)
        has_none = where[:, 3] == 0
        order = np.lexsort((has_none, found))  # of equal keys the one with rows comes first
        self._keys: npt.NDArray[np.bytes_] = found[order]
        self._places: npt.NDArray[np.uint32] = where[order]

    def find(self, key: str) -> tuple[Place, bool] | None:
        """Return where the documents with this key are kept, and whether their rows hold or only their texts."""
        if not key:
            return None
        wanted = np.bytes_(key.encode("ascii"))
        at = int(np.searchsorted(self._keys, wanted))
        if at == len(self._keys) or self._keys[at] != wanted:
            return None
        number, first, n_documents, has_rows = self._places[at].tolist()
        return Place(self._shards[number], first, n_documents), bool(has_rows)


class Planned(NamedTuple):
    """An input of a run with its key, and where its rows are kept, or else its texts."""

    input: InputFile
    key: str
    rows: Place | None = None
    text: Place | None = None


@dataclass(slots=True)
class Plan:
    """The inputs of a run; the lines are read anew each time they are asked for."""

    path: Path
    n_inputs: int = 0
    n_missing: int = 0
    n_bulky: int = 0  # of the missing ones: what may hold many documents, or is large
    bytes_missing: int = 0

    def __iter__(self) -> Iterator[Planned]:
        """Yield every input."""
        with self.path.open(encoding="ascii") as lines:
            for line in lines:
                (path, *told), key, *places = json.loads(line)
                one = InputFile(Path(path), *told)
                yield Planned(one, key, *(Place(*place) if place else None for place in places))

    def missing(self) -> Iterator[Planned]:
        """Yield the inputs whose rows have to be made."""
        return (one for one in self if one.rows is None)


def make_plan(path: Path, inputs: Iterable[InputFile], kept: KeptResults, settings: Settings) -> Plan:
    """Read every input once, for its key, and write down what is missing."""
    plan = Plan(path)
    with path.open("w", encoding="ascii") as lines:
        for one in inputs:
            key = input_key(one, settings)
            place, has_rows = kept.find(key) or (None, False)
            found = (place.shard, place.first, place.n_documents) if place else None
            places = (found if has_rows else None, None if has_rows else found)
            told = (str(one.path), one.source, one.size, one.refused, one.address, one.version)
            lines.write(json.dumps((told, key, *places)) + "\n")
            plan.n_inputs += 1
            if not has_rows:
                plan.n_missing += 1
                plan.n_bulky += one.size > _BULKY_BYTES or holds_many(one)
                plan.bytes_missing += one.size
    return plan
