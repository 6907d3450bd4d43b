"""The documents of one chunk as one Parquet file: a row a document, with its rows of every table inside.

The footer says by which rules the rows were made and lists the inputs, so that the shards of a folder are its manifest:
there is no second file to agree with.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.arrow import arrow_schema, arrow_table
from pipeline.batch import keys
from pipeline.batch.stores import Store
from pipeline.columns import WRITTEN, Column
from pipeline.sources import InputFile

Tables = Mapping[str, Sequence[Column]]
DocumentRows = Mapping[str, Sequence[Sequence[Any]]]

_FOOTER = b"zhengce.shard"
_GROUP_DOCUMENTS = 64
_GROUP_CHARS = 2_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Documents `first` to `first + n_documents` of a shard."""

    shard: str
    first: int
    n_documents: int


@dataclass(frozen=True, slots=True)
class InputResult:
    """One input of a shard: its key ("" if the result cannot be used again), its documents.

    `retry`: "" if nothing failed or wants a program, else what must differ for another try (keys.retry_key).
    """

    key: str
    retry: str
    n_documents: int


@dataclass(frozen=True, slots=True)
class Shard:
    """What is told of a shard that was written; its rows stay where they are.

    `rules`: the version of the rules, "" where extractors of the user's had a part in it, of whose code nobody can say
    whether it has changed. `is_again`: every text in it was taken from other shards.
    """

    name: str
    inputs: tuple[InputResult, ...]
    n_bytes: int = 0
    rules: str = ""
    is_again: bool = False


def shard_schema(tables: Tables) -> pa.Schema:
    """Return the schema of a shard: the row of `documents`, and a list of rows of each other table."""
    fields = []
    for name, columns in tables.items():
        row = pa.struct(list(arrow_schema(columns)))
        fields.append((name, row if name == "documents" else pa.list_(row)))
    return pa.schema(fields)


def shard_name(inputs: Sequence[InputFile], keyed: Sequence[str], rules: str = "") -> str:
    """Return the name of a shard: the same inputs with the same keys and rules give the same one.

    Other rules give another, so that no shard takes the place of one whose texts are just being read.
    """
    said = [rules, *(key or f"?{one.source}" for one, key in zip(inputs, keyed, strict=True))]
    return hashlib.sha256("\n".join(said).encode("utf-8", "backslashreplace")).hexdigest()[:32]


class ShardWriter:
    """Collects the documents of a shard; `shard` describes it when the block has been left (see writing_shard)."""

    def __init__(
        self, parquet: pq.ParquetWriter, name: str, n_bytes: int, tables: Tables, rules: str
    ) -> None:
        self._parquet, self._name, self._n_bytes, self._tables = parquet, name, n_bytes, tables
        self._rules = rules
        self._waiting: list[DocumentRows] = []
        self._chars = self._n_documents = 0
        self._inputs: list[InputResult] = []
        self._is_again = True

    def add(self, rows: DocumentRows) -> None:
        """Add one document by its rows of every table."""
        self._waiting.append(rows)
        self._n_documents += 1
        self._chars += sum(len(text) for _, text in rows.get("texts", ()))
        if len(self._waiting) >= _GROUP_DOCUMENTS or self._chars >= _GROUP_CHARS:
            self._flush()

    def end_input(self, key: str, retry: str, *, is_again: bool = False) -> None:
        """Say that the documents since the last call were one input's, and whether their texts were kept ones."""
        self._inputs.append(InputResult(key, retry, self._n_documents))
        self._is_again = self._is_again and is_again
        self._n_documents = 0

    def finish(self) -> None:
        """Write what is waiting, and the list of inputs."""
        self._flush()
        inputs = [(one.key, one.retry, one.n_documents) for one in self._inputs]
        footer = json.dumps({"rules": self._rules, "inputs": inputs})
        self._parquet.add_key_value_metadata({_FOOTER: footer.encode()})

    def _flush(self) -> None:
        if self._waiting:
            self._parquet.write_batch(_nested(self._waiting, self._tables))
        self._waiting, self._chars = [], 0

    @property
    def shard(self) -> Shard:
        """What was written."""
        return Shard(self._name, tuple(self._inputs), self._n_bytes, self._rules, self._is_again)


@contextmanager
def writing_shard(
    store: Store, inputs: Sequence[InputFile], keyed: Sequence[str], tables: Tables = WRITTEN
) -> Iterator[ShardWriter]:
    """Give a writer for the documents of some inputs; the shard is there when the block is left in peace."""
    rules = keys.rules_version() if tables.keys() == WRITTEN.keys() else ""
    name = shard_name(inputs, keyed, rules or uuid.uuid4().hex)
    with (
        store.writing(name) as path,
        pq.ParquetWriter(path, shard_schema(tables), compression="zstd", write_page_checksum=True) as parquet,
    ):
        writer = ShardWriter(parquet, name, sum(one.size for one in inputs), tables, rules)
        yield writer
        writer.finish()


def _nested(documents: Sequence[DocumentRows], tables: Tables) -> pa.RecordBatch:
    columns = []
    for name in tables:
        flat = arrow_table(tables[name], [row for rows in documents for row in rows.get(name, ())])
        parts = [column.combine_chunks() for column in flat.columns]
        rows_of = pa.StructArray.from_arrays(parts, fields=list(flat.schema))
        if name != "documents":
            ends = [0]
            for rows in documents:
                ends.append(ends[-1] + len(rows.get(name, ())))
            rows_of = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), rows_of)
        columns.append(rows_of)
    return pa.RecordBatch.from_arrays(columns, schema=shard_schema(tables))


def read_footer(store: Store, name: str) -> Shard | None:
    """Return what a shard says of itself, or None where it is broken or was not written by this version."""
    try:
        with store.open(name) as stream:
            metadata = pq.ParquetFile(stream).metadata
        footer = json.loads((metadata.metadata or {})[_FOOTER])
        inputs = tuple(InputResult(*one) for one in footer["inputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_whole = metadata.num_rows == sum(one.n_documents for one in inputs)
    return Shard(name, inputs, rules=str(footer["rules"])) if is_whole else None
