"""Inputs -> chunks of about the same size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.plan import Planned
from pipeline.batch.shards import Place, shard_name
from pipeline.sources import InputFile

_CHUNK_BYTES = 512 * 1024
_LEAST_BYTES = 64 * 1024  # opening a shard costs as much as a small page
_CHUNK_FILES = 64
_TURNS = 4  # chunks a worker should still get of what is left, so that all end at about the same time


@dataclass(frozen=True, slots=True)
class Chunk:
    """A few inputs that one worker reads in a row, with the keys of their results and where their texts are kept.

    `deadly`: the sources over which a worker has died; they are not analysed again. `diary`: the file that a worker
    writes the source into that it turns to, when one has died over these inputs before.
    """

    inputs: tuple[InputFile, ...]
    keys: tuple[str, ...] = ()
    texts: tuple[Place | None, ...] = ()
    deadly: frozenset[str] = frozenset()
    diary: Path | None = None

    @property
    def keyed(self) -> tuple[str, ...]:
        """The key of each input, "" where none was given."""
        return self.keys or ("",) * len(self.inputs)

    @property
    def kept_texts(self) -> tuple[Place | None, ...]:
        """The place of each input's texts, None where its file has to be read."""
        return self.texts or (None,) * len(self.inputs)

    @property
    def n_bytes(self) -> int:
        """Bytes of its inputs on disk."""
        return sum(one.size for one in self.inputs)


def chunks(inputs: Iterable[Planned], n_bytes: int = 0, workers: int = 1) -> Iterator[Chunk]:
    """Yield inputs in chunks, in order; a big input is a chunk of its own.

    Where several workers share `n_bytes`, the chunks get smaller toward the end: a worker that waits for the last one of
    another does nothing.
    """
    some: list[Planned] = []
    size, left = 0, n_bytes
    for one in inputs:
        most = _CHUNK_BYTES
        if workers > 1:
            most = min(most, max(_LEAST_BYTES, left // (_TURNS * workers)))
        if some and (size + one.input.size > most or len(some) >= _CHUNK_FILES):
            yield _chunk(some)
            left -= size
            some, size = [], 0
        some.append(one)
        size += one.input.size
    if some:
        yield _chunk(some)


def _chunk(some: list[Planned]) -> Chunk:
    inputs, keys, _, texts = zip(*some, strict=True)
    return Chunk(inputs, keys, texts)


def single_inputs(chunk: Chunk, diary: Path) -> list[Chunk]:
    """Return a chunk cut up into its inputs, each for a worker that reads its file and keeps a diary beside `diary`."""
    return [
        Chunk((one,), (key,), diary=diary.with_name(f"{diary.name}-{shard_name((one,), (key,))}"))
        for one, key in zip(chunk.inputs, chunk.keyed, strict=True)
    ]
