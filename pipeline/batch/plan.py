"""Every input of a run in order, with the place of its result if one is kept: a file of lines, so that millions fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.batch.keys import input_key, retry_key
from pipeline.batch.shards import read_footer
from pipeline.batch.stores import Store
from pipeline.settings import Settings
from pipeline.sources import InputFile

_KEY_CHARS = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Documents `first` to `first + n_documents` of a shard."""

    shard: str
    first: int
    n_documents: int


class KeptResults:
    """The results in a store, by key: 44 bytes an input, whatever there is of them."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._shards: list[str] = []
        now = retry_key(settings)
        keys, places = bytearray(), []
        for name in store.names():
            inputs = read_footer(store, name)
            if inputs is None:
                store.remove(name)
                continue
            number, first, some = len(self._shards), 0, []
            self._shards.append(name)
            for one in inputs:
                if one.key and one.retry in ("", now):
                    keys += one.key.encode("ascii")  # as hex digits: numpy drops a zero byte at the end
                    some.append((number, first, one.n_documents))
                first += one.n_documents
            if some:
                places.append(np.array(some, dtype=np.uint32))
        unsorted: npt.NDArray[np.bytes_] = np.frombuffer(bytes(keys), dtype=f"S{_KEY_CHARS}")
        order = np.argsort(unsorted, kind="stable")
        self._keys: npt.NDArray[np.bytes_] = unsorted[order]
        self._places: npt.NDArray[np.uint32] = (
            np.concatenate(places)[order] if places else np.empty((0, 3), dtype=np.uint32)
        )

    def find(self, key: str) -> Place | None:
        """Return where the result with this key is kept."""
        if not key:
            return None
        wanted = np.bytes_(key.encode("ascii"))
        at = int(np.searchsorted(self._keys, wanted))
        if at == len(self._keys) or self._keys[at] != wanted:
            return None
        number, first, n_documents = self._places[at].tolist()
        return Place(self._shards[number], first, n_documents)


@dataclass(slots=True)
class Plan:
    """The inputs of a run; the lines are read anew each time they are asked for."""

    path: Path
    n_inputs: int = 0
    n_missing: int = 0

    def __iter__(self) -> Iterator[tuple[InputFile, str, Place | None]]:
        """Yield every input with its key and the place of its result, None where it is missing."""
        with self.path.open(encoding="ascii") as lines:
            for line in lines:
                path, source, size, refused, key, place = json.loads(line)
                yield InputFile(Path(path), source, size, refused), key, Place(*place) if place else None

    def missing(self) -> Iterator[tuple[InputFile, str]]:
        """Yield the inputs that have to be read, with their keys."""
        return ((one, key) for one, key, place in self if place is None)


def make_plan(
    path: Path, inputs: Iterable[InputFile], kept: KeptResults, settings: Settings, *, is_keyed: bool = True
) -> Plan:
    """Read every input once, for its key, and write down what is missing: everything, where nothing `is_keyed`."""
    plan = Plan(path)
    with path.open("w", encoding="ascii") as lines:
        for one in inputs:
            key = input_key(one, settings) if is_keyed else ""
            place = kept.find(key)
            found = (place.shard, place.first, place.n_documents) if place else None
            lines.write(json.dumps((str(one.path), one.source, one.size, one.refused, key, found)) + "\n")
            plan.n_inputs += 1
            plan.n_missing += place is None
    return plan
