"""Signatures -> pairs of documents worth comparing: banded locality-sensitive hashing, in linear time.

Two documents are candidates when all four numbers of one of 32 bands agree: nearly certain for a Jaccard similarity of
0.65, one in twenty for 0.2. A crowd in one bucket (thousands of notices filled into one form) is divided by
further numbers of the signature until few are left, so that the number of pairs a document enters is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Indices = npt.NDArray[np.int64]

_ROWS = 4
_CROWD = 24  # documents of a bucket that are compared each with each
_LEAST = 0.3  # estimated Jaccard below which a pair is not compared


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs` (i < j, one row each) with their estimated Jaccard similarity; `crowds` have one and the same signature."""

    pairs: Indices
    likeness: npt.NDArray[np.float64]
    crowds: tuple[tuple[int, ...], ...]


class Neighbours:
    """The candidates of each document, as flat arrays: a crowd may give a document hundreds."""

    def __init__(self, candidates: Candidates) -> None:
        one, other = candidates.pairs[:, 0], candidates.pairs[:, 1]
        ones = np.concatenate((one, other))
        order = np.argsort(ones, kind="stable")
        self._ones = ones[order]
        self._others = np.concatenate((other, one))[order]
        self._likeness = np.concatenate((candidates.likeness, candidates.likeness))[order].astype(np.float32)

    def __iter__(self) -> Iterator[int]:
        """Yield the documents that have a neighbour."""
        return iter(np.unique(self._ones).tolist())

    def of(self, index: int) -> Iterator[tuple[int, float]]:
        """Yield the neighbours of a document with their estimated similarity."""
        start, end = np.searchsorted(self._ones, [index, index + 1])
        return zip(self._others[start:end].tolist(), self._likeness[start:end].tolist(), strict=True)


def find_candidates(signatures: Numbers, among: Indices | None = None) -> Candidates:
    """Return the pairs of rows that are alike, of all or `among` some, whatever the order of the rows.

    >>> import numpy as np
    >>> signatures = np.array([range(128), range(500, 628), range(128)], dtype=np.uint32)
    >>> find_candidates(signatures).pairs.tolist()
    [[0, 2]]
    """
    n_documents, n_hashes = signatures.shape
    everyone = np.arange(n_documents, dtype=np.int64) if among is None else among
    found: Indices = np.empty(0, dtype=np.int64)
    crowds: set[tuple[int, ...]] = set()
    for first in range(0, n_hashes, _ROWS):
        some: list[Indices] = []
        for bucket in _buckets(signatures, everyone, first):
            if len(bucket) > _CROWD:
                crowds.add(tuple(bucket.tolist()))
            else:
                one, other = np.triu_indices(len(bucket), 1)
                some.append(bucket[one] * n_documents + bucket[other])
        if some:
            new = np.setdiff1d(np.concatenate(some), found)
            found = np.union1d(found, new[_likeness(signatures, new) >= _LEAST])
    pairs = np.stack((found // max(1, n_documents), found % max(1, n_documents)), axis=1)
    return Candidates(pairs, _likeness(signatures, found), tuple(sorted(crowds)))


def _likeness(signatures: Numbers, packed: Indices) -> npt.NDArray[np.float64]:
    n_documents = max(1, len(signatures))
    alike = np.empty(len(packed), dtype=np.float64)
    for at in range(0, len(packed), 4096):
        some = packed[at : at + 4096]
        alike[at : at + 4096] = (signatures[some // n_documents] == signatures[some % n_documents]).mean(
            axis=1
        )
    return alike


def _buckets(signatures: Numbers, everyone: Indices, first: int) -> Iterator[Indices]:
    """Yield the documents that agree in the band at `first`, in rising order; a crowd is one that cannot be divided."""
    waiting = [(everyone, 0)]
    n_bands = signatures.shape[1] // _ROWS
    while waiting:
        members, depth = waiting.pop()
        if depth and (len(members) <= _CROWD or depth == n_bands):
            yield members
            continue
        start = (first + depth * _ROWS) % signatures.shape[1]
        keys = _band_keys(signatures, members, start)
        order = np.argsort(keys, kind="stable")
        ends = np.flatnonzero(np.diff(keys[order])) + 1
        starts = np.concatenate(([0], ends))
        sizes = np.diff(np.concatenate((starts, [len(order)])))
        waiting.extend(
            (members[order[starts[k] : starts[k] + sizes[k]]], depth + 1) for k in np.flatnonzero(sizes > 1)
        )


def _band_keys(signatures: Numbers, members: Indices, start: int) -> npt.NDArray[np.uint64]:
    keys = np.zeros(len(members), dtype=np.uint64)
    for at in range(0, len(members), 65536):
        band = signatures[members[at : at + 65536], start : start + _ROWS].astype(np.uint64)
        part = np.zeros(len(band), dtype=np.uint64)
        for column in band.T:
            part = (part ^ column) * np.uint64(0x9E3779B97F4A7C15)
            part ^= part >> np.uint64(31)
        keys[at : at + 65536] = part
    return keys
