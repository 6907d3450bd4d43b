"""Winnowed k-grams: where two texts may share a passage, in time that grows with the texts and not with their pairs.

Every text is reduced to its letters and digits; a rolling hash of K characters is taken everywhere and the least of
every WINDOW neighbours is kept (winnowing), so that any shared passage of K + WINDOW - 1 characters leaves at least one
common mark in both. Marks of few documents pair all of them; a mark in more than MOST_DOCUMENTS pairs each document with
the one before it alone (a set phrase is followed from document to document, and never squares).
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.lazy_re import lazy_re

K, WINDOW = 10, 8
MOST_DOCUMENTS = 24
_FOOTNOTE_RE = lazy_re(r"[\[［【]\d{1,3}[\]］】]")  # 三包四帮[5]: its number is no word of the text
_REPEATS = 3  # places of one mark in one document that are looked at
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Letters:
    """All texts one after the other, letters and digits alone: character codes, and where each stood in its text."""

    codes: np.ndarray
    offsets: np.ndarray
    begins: np.ndarray  # where each text begins; one more than there are texts

    def part(self, text: int) -> np.ndarray:
        """The codes of one text."""
        return self.codes[self.begins[text] : self.begins[text + 1]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The winnowed hashes: which text, at which letter, and in how many texts the hash occurs."""

    hashes: np.ndarray
    texts: np.ndarray
    places: np.ndarray  # within the text
    n_texts: np.ndarray


@functools.cache
def _is_letter() -> np.ndarray:
    """Which character codes are letters or digits."""
    return np.fromiter(map(str.isalnum, map(chr, range(sys.maxunicode + 1))), dtype=bool)


def to_letters(texts: Sequence[str]) -> Letters:
    """Return the texts as codes of letters and digits, without the numbers of footnotes."""
    codes, offsets, begins = [], [], [0]
    for text in texts:
        all_codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        is_letter = _is_letter()[all_codes]
        for mark in _FOOTNOTE_RE.finditer(text):
            is_letter[mark.start() : mark.end()] = False
        where = np.flatnonzero(is_letter)
        codes.append(all_codes[where])
        offsets.append(where.astype(np.int32))
        begins.append(begins[-1] + len(where))
    empty = np.empty(0, dtype=np.uint32)
    joined = np.concatenate(codes) if codes else empty
    return Letters(joined, np.concatenate(offsets) if offsets else empty, np.array(begins))


def kgram_hashes(codes: np.ndarray, k: int = K) -> np.ndarray:
    """Return a 64-bit hash of every run of k codes; equal runs have equal hashes wherever they stand."""
    n = len(codes) - k + 1
    if n <= 0:
        return np.empty(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = (codes.astype(np.uint64) + np.uint64(1)) * _BASE
        mixed ^= mixed >> np.uint64(29)
        total = np.zeros(n, dtype=np.uint64)
        for step in range(k):
            total = total * np.uint64(0x100000001B3) + mixed[step : step + n]
        total ^= total >> np.uint64(32)
        total *= _BASE
    return total


def winnow(hashes: np.ndarray, window: int = WINDOW) -> np.ndarray:
    """Return the places of the kept hashes: the least (rightmost if equal) of every window."""
    if len(hashes) <= window:
        return np.array([int(np.argmin(hashes))]) if len(hashes) else np.empty(0, dtype=np.int64)
    views = np.lib.stride_tricks.sliding_window_view(hashes[::-1], window)
    last = len(hashes) - 1
    places = (last - (np.argmin(views, axis=1) + np.arange(len(views))))[::-1]
    kept: np.ndarray = places[changes_of(places)]  # the kept place never goes back as the window goes on
    return kept


def changes_of(values: np.ndarray) -> np.ndarray:
    """Return where a value differs from the one before it; the first always does."""
    return np.append(np.full(min(len(values), 1), True), values[1:] != values[:-1])


def to_marks(letters: Letters) -> Marks:
    """Return the marks of all texts in the order of hash, text and place; a hash of one text alone is left out."""
    hashes, texts, places = [], [], []
    for text in range(len(letters.begins) - 1):
        all_hashes = kgram_hashes(letters.part(text))
        kept = winnow(all_hashes)
        hashes.append(all_hashes[kept])
        texts.append(np.full(len(kept), text, dtype=np.int32))
        places.append(kept.astype(np.int32))
    if not hashes:
        empty = np.empty(0, dtype=np.int32)
        return Marks(np.empty(0, dtype=np.uint64), empty, empty, empty)
    hashed, texted, placed = np.concatenate(hashes), np.concatenate(texts), np.concatenate(places)
    order = np.lexsort((placed, texted, hashed))
    hashed, texted, placed = hashed[order], texted[order], placed[order]
    is_new_hash = changes_of(hashed)
    is_new_text = is_new_hash | changes_of(texted)
    group = np.cumsum(is_new_hash) - 1
    n_texts = np.bincount(group, weights=is_new_text).astype(np.int32)[group]
    run = np.cumsum(is_new_text) - 1
    nth = np.arange(len(run)) - np.flatnonzero(is_new_text)[run]
    keep = (n_texts > 1) & (nth < _REPEATS)
    return Marks(hashed[keep], texted[keep], placed[keep], n_texts[keep])


def seeds_of(marks: Marks, most_documents: int = MOST_DOCUMENTS) -> np.ndarray:
    """Return rows (text a < text b, place a, place b, n_texts) where two texts have a mark in common, in order."""
    starts = np.flatnonzero(changes_of(marks.hashes))
    size = np.diff(np.append(starts, len(marks.hashes)))
    group_of = np.repeat(np.arange(len(starts)), size)
    is_rare = marks.n_texts <= most_documents
    parts = []
    longest = int(size[is_rare[starts]].max()) if is_rare.any() else 0
    for step in range(1, max(longest, 2)):
        left = np.arange(len(marks.hashes) - step)
        same = group_of[left] == group_of[left + step]
        if not same.any():
            break
        wanted = same & (marks.texts[left] != marks.texts[left + step])
        if step > _REPEATS * 2 - 1:
            wanted &= is_rare[left]
        else:  # of a common mark only neighbours pair
            wanted &= is_rare[left] | _are_neighbours(marks, left, step)
        found = left[wanted]
        parts.append(
            np.stack(
                [
                    marks.texts[found],
                    marks.texts[found + step],
                    marks.places[found],
                    marks.places[found + step],
                    marks.n_texts[found],
                ],
                axis=1,
            )
        )
    return np.concatenate(parts).astype(np.int64) if parts else np.empty((0, 5), dtype=np.int64)


def _are_neighbours(marks: Marks, left: np.ndarray, step: int) -> np.ndarray:
    """Of two marks of one hash: whether no third text stands between theirs."""
    changes = np.cumsum(np.append(0, marks.texts[1:] != marks.texts[:-1]))
    return np.asarray(changes[left + step] - changes[left] == 1)
