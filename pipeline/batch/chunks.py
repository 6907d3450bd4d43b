"""Inputs -> chunks of about the same size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.plan import Planned
from pipeline.batch.shards import Place, shard_name
from pipeline.sources import InputFile

_CHUNK_BYTES = 512 * 1024
_CHUNK_FILES = 64


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


def chunks(inputs: Iterable[Planned]) -> Iterator[Chunk]:
    """Yield inputs in chunks, in order; a big input is a chunk of its own."""
    some: list[Planned] = []
    size = 0
    for one in inputs:
        if some and (size + one.input.size > _CHUNK_BYTES or len(some) >= _CHUNK_FILES):
            yield _chunk(some)
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
