"""What is kept of every document while a run goes on: a digest of its text and a MinHash signature, 528 bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from pipeline.lazy_re import lazy_re

N_HASHES = 128
SHINGLE = 5  # characters: about the length of a word pair, so that word order counts
_SEED = 20231
# marks and spaces say nothing, but 3.5 is not 35 and 1—3 is not 13
_MARK_RE = lazy_re(r"[\W_]+")
_THOUSANDS_RE = lazy_re(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_BETWEEN_DIGITS_RE = lazy_re(r"(?<=\d)[\W_]+(?=\d)")
POINT = (
    "\u01c0"  # stands between two numbers: a letter, so that it outlives the marks, of no language we read
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`digest` is the same for texts that say the same; `signature` is 128 numbers of 32 bits, little-endian."""

    digest: bytes
    signature: bytes


def without_marks(text: str) -> str:
    """Return what a text says without marks and spaces; numbers stay apart from each other.

    >>> without_marks("入园率达 38.5%，新建幼儿园12所。") == without_marks("入园率达38.5%;新建幼儿园12所")
    True
    >>> without_marks("38.5%") == without_marks("385%")
    False
    """
    text = _THOUSANDS_RE.sub("", text)
    return _MARK_RE.sub("", _BETWEEN_DIGITS_RE.sub(POINT, text))


def shingle_hashes(text: str, size: int = SHINGLE) -> npt.NDArray[np.uint64]:
    """Return a 64-bit hash of every run of `size` characters, in text order; a shorter text is one run.

    >>> len(shingle_hashes("促进义务教育优质均衡发展")), len(shingle_hashes("教育"))
    (8, 1)
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    size = min(size, max(1, len(codes)))
    n_runs = len(codes) - size + 1
    hashes = np.zeros(max(0, n_runs), dtype=np.uint64)
    for at in range(size if n_runs > 0 else 0):
        hashes = (hashes * np.uint64(0x100000001B3)) ^ codes[at : at + n_runs]
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(0x9E3779B97F4A7C15)
    hashes ^= hashes >> np.uint64(29)
    return hashes


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a cleaned text.

    >>> one, other = fingerprint("全面推进“双减”工作。"), fingerprint("全面推进双减工作")
    >>> one == other, len(one.signature)
    (True, 512)
    """
    said = without_marks(text)
    hashes = shingle_hashes(said)
    rows = RMinHash.digest_matrix_from_flat_token_hashes(hashes, [0, len(hashes)], N_HASHES, _SEED).to_rows()
    return Fingerprint(
        hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        np.array(rows[0], dtype="<u4").tobytes(),
    )
