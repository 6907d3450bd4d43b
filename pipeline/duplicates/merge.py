"""The tables of a run, complete but for its duplicates -> the same tables, with every document's rows once.

Works on the Parquet files of a run that has not been put in place yet: fingerprints and facts are read, the texts of
documents with a candidate are laid out in one file, and only tables that hold rows of a copy are written anew, in one pass.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.columns import FINGERPRINTS_TABLE
from pipeline.duplicates.candidates import Numbers
from pipeline.duplicates.choice import Decision, DocumentFacts, choose
from pipeline.duplicates.fingerprint import N_HASHES

_BATCH = 8192
_FACTS = (
    "doc_id",
    "source",
    "title",
    "doc_number",
    "publish_date",
    "outlet",
    "script",
    "n_repairs",
    "n_chars",
    "damage",
)


def merge_duplicates(folder: Path, *, near: bool = True) -> Counter[str]:
    """Find the copies among the documents of the Parquet files in `folder`, and take their rows out.

    Returns how many rows of each table were taken out; under "documents", how many became `duplicate`, since
    that table keeps them. A document is `ok`, or `duplicate` of one that is `ok`.
    """
    digests, signatures = _fingerprints(folder)
    with ExitStack() as files:
        decisions = choose(
            digests,
            signatures,
            lambda wanted: _facts(folder, wanted),
            lambda wanted: _texts(folder, wanted, files),
            near=near,
        )
    del signatures
    removed: Counter[str] = Counter()
    if not decisions:
        return removed
    doc_ids = _doc_ids(folder, decisions)
    kept_for = {doc_ids[d.index]: doc_ids[d.kept] for d in decisions}
    removed["documents"] = len(kept_for)
    for path in sorted(folder.glob("*.parquet")):  # those of the user's own extractors too
        name = path.stem
        if name == FINGERPRINTS_TABLE:
            continue
        if name == "documents":
            _rewrite(path, lambda batch: _marked(batch, kept_for))
        else:
            copies = pa.array(list(kept_for))
            n_before = pq.ParquetFile(path).metadata.num_rows
            _rewrite(path, lambda batch, copies=copies: _without(batch, copies))  # type: ignore[misc]
            removed[name] = n_before - pq.ParquetFile(path).metadata.num_rows
    return removed


def _fingerprints(folder: Path) -> tuple[npt.NDArray[np.uint64], Numbers]:
    """Return the digests, and the signatures as a file that is mapped into memory."""
    source = pq.ParquetFile(folder / f"{FINGERPRINTS_TABLE}.parquet", pre_buffer=False)
    n_rows = source.metadata.num_rows
    digests = np.empty((n_rows, 2), dtype=np.uint64)
    path = folder / "signatures.u4"
    at = 0
    with path.open("wb") as file:
        for batch in source.iter_batches(_BATCH, columns=["digest", "signature"]):
            some = b"".join(batch.column("digest").to_pylist())
            digests[at : at + batch.num_rows] = np.frombuffer(some, dtype="<u8").reshape(-1, 2)
            file.writelines(batch.column("signature").to_pylist())
            at += batch.num_rows
    if not n_rows:
        return digests, np.empty((0, N_HASHES), dtype=np.uint32)
    return digests, np.memmap(path, dtype="<u4", mode="r", shape=(n_rows, N_HASHES))


def _facts(folder: Path, wanted: Iterable[int]) -> Mapping[int, DocumentFacts]:
    """Return the facts of some of the documents that were read, which the table lists in the fingerprints' order."""
    numbers = set(wanted)
    facts: dict[int, DocumentFacts] = {}
    source = pq.ParquetFile(folder / "documents.parquet", pre_buffer=False)
    names = [name for name in (*_FACTS, "url") if name in source.schema_arrow.names]
    n_ok = 0
    for batch in source.iter_batches(_BATCH, columns=[*names, "status"]):
        read = batch.filter(pc.equal(batch.column("status"), "ok"))
        inside = [k for k in range(read.num_rows) if n_ok + k in numbers]
        for k, row in zip(inside, read.take(pa.array(inside, pa.int64())).to_pylist(), strict=True):
            del row["status"]
            facts[n_ok + k] = DocumentFacts(n_ok + k, **row)
        n_ok += read.num_rows
    return facts


def _doc_ids(folder: Path, decisions: list[Decision]) -> dict[int, str]:
    wanted = {d.index for d in decisions} | {d.kept for d in decisions}
    ids: dict[int, str] = {}
    at = 0
    source = pq.ParquetFile(folder / f"{FINGERPRINTS_TABLE}.parquet", pre_buffer=False)
    for batch in source.iter_batches(_BATCH, columns=["doc_id"]):
        column = batch.column("doc_id")
        ids.update((at + k, column[k].as_py()) for k in range(batch.num_rows) if at + k in wanted)
        at += batch.num_rows
    return ids


def _texts(folder: Path, wanted: Iterable[int], files: ExitStack) -> Callable[[int], str]:
    """Lay out the wanted texts in one file, and return a function that reads one of them while `files` is open."""
    numbers = sorted(wanted)
    place = {number: k for k, number in enumerate(numbers)}
    starts = array("q", [0])
    path = folder / "compared.txt"
    at = 0
    with path.open("wb") as file:
        for batch in pq.ParquetFile(folder / "texts.parquet", pre_buffer=False).iter_batches(
            256, columns=["text"]
        ):
            column = batch.column("text")
            for k in range(batch.num_rows):
                if at + k in place:
                    octets = column[k].as_py().encode()
                    file.write(octets)
                    starts.append(starts[-1] + len(octets))
            at += batch.num_rows
    reading = files.enter_context(path.open("rb"))

    def text_of(number: int) -> str:
        k = place[number]
        reading.seek(starts[k])
        return reading.read(starts[k + 1] - starts[k]).decode()

    return text_of


def _rewrite(path: Path, change: Callable[[pa.RecordBatch], pa.RecordBatch]) -> None:
    """Pass a Parquet file through a function, row group by row group, and put the result in its place."""
    source = pq.ParquetFile(path, pre_buffer=False)
    temporary = path.with_suffix(".merged")
    with pq.ParquetWriter(temporary, source.schema_arrow, compression="zstd") as writer:
        for group in range(source.num_row_groups):
            table = pa.Table.from_batches(
                [change(batch) for batch in source.read_row_group(group).to_batches()],
                schema=source.schema_arrow,
            )
            if table.num_rows:
                writer.write_table(table)
    os.replace(temporary, path)


def _without(batch: pa.RecordBatch, copies: pa.Array) -> pa.RecordBatch:
    return batch.filter(pc.invert(pc.is_in(batch.column("doc_id"), value_set=copies)))


def _marked(batch: pa.RecordBatch, kept_for: Mapping[str, str]) -> pa.RecordBatch:
    columns = batch.to_pydict()
    for k, doc_id in enumerate(columns["doc_id"]):
        if doc_id in kept_for and columns["status"][k] in ("ok", "duplicate"):
            columns["status"][k], columns["duplicate_of"][k] = "duplicate", kept_for[doc_id]
            columns["n_repairs"][k] = 0  # as many as there are rows; `damage` tells what its page had
    return pa.RecordBatch.from_pydict(columns, schema=batch.schema)
