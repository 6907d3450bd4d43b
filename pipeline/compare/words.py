"""Words of many texts as compact arrays: jieba's words, policy stop words and place names left out.

Cut by rjieba with the policy dictionary of models/; the jieba package takes over where rjieba is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.compare.frames import is_text
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import words as word_list

STOP_WORDS = "policy_stop_words.txt"
_WORD_RE = lazy_re(r"[\u4e00-\u9fff]{2,12}")
SENTENCE_END_RE = lazy_re(r"[。；;！？\n]")
_PLACE_SUFFIXES = ("自治县", "自治区", "地区", "省", "市", "县", "区", "旗", "盟", "州")


@cache
def _cut() -> Callable[[str], list[str]]:
    entries = [line.split() for line in word_list("policy_words.txt")]
    cut: Callable[[str], list[str]]
    try:
        import rjieba

        own = rjieba.Jieba()
        for word, freq, tag in entries:
            own.add_word(word, int(freq), tag)
        cut = own.cut
    except ImportError:
        import jieba

        tokenizer = jieba.Tokenizer()
        for word, freq, _ in entries:
            tokenizer.add_word(word, int(freq))
        cut = tokenizer.lcut
    return cut


def content_words(text: str, stop: frozenset[str] = frozenset()) -> list[str]:
    """Return the words of two or more Chinese characters that are no stop words.

    >>> content_words("全面推进义务教育优质均衡发展，2025年前完成。")
    ['义务教育', '优质均衡发展']
    """
    stop = stop or stop_words()
    return [word for word in _cut()(text) if word not in stop and _WORD_RE.fullmatch(word)]


@cache
def stop_words() -> frozenset[str]:
    """Return the words of models/policy_stop_words.txt, which anybody may edit."""
    return frozenset(word_list(STOP_WORDS))


def place_words(documents: pd.DataFrame) -> frozenset[str]:
    """Return the names of the places that the documents speak for, with and without 县, 市, 区: they tell texts apart too easily."""
    names = {str(name) for c in ("province", "city", "county") for name in documents[c] if is_text(name)}
    short = {name.removesuffix(end) for name in names for end in _PLACE_SUFFIXES if name.endswith(end)}
    return frozenset(names | {name for name in short if len(name) > 1})


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts as numbers: `ids` are word numbers in text order, `docs` and `sentences` say where each word stands."""

    vocabulary: tuple[str, ...]
    ids: np.ndarray
    docs: np.ndarray
    sentences: np.ndarray  # running number over the whole corpus
    n_docs: int

    def counts(self) -> sparse.csr_matrix:
        """Documents × words."""
        ones = np.ones(len(self.ids), dtype=np.float64)
        shape = (self.n_docs, len(self.vocabulary))
        return sparse.csr_matrix((ones, (self.docs, self.ids)), shape=shape)

    def only_frequent(self, n: int) -> Corpus:
        """The same texts without the words that occur fewer than n times."""
        often = np.bincount(self.ids, minlength=len(self.vocabulary)) >= n
        number = np.cumsum(often) - 1
        keep = often[self.ids]
        kept = tuple(word for word, is_often in zip(self.vocabulary, often, strict=True) if is_often)
        ids = number[self.ids[keep]].astype(np.int32)
        return Corpus(kept, ids, self.docs[keep], self.sentences[keep], self.n_docs)


def to_corpus(texts: Iterable[str], places: frozenset[str] = frozenset()) -> Corpus:
    """Return texts as a Corpus; word numbers follow the order of first occurrence."""
    stop = stop_words() | places
    number: dict[str, int] = {}
    ids: list[np.ndarray] = []
    docs: list[np.ndarray] = []
    sentences: list[np.ndarray] = []
    n_docs = n_sentences = 0
    for text in texts:
        words: list[int] = []
        where: list[int] = []
        for sentence in SENTENCE_END_RE.split(text):
            found = content_words(sentence, stop)
            if found:
                words.extend(number.setdefault(word, len(number)) for word in found)
                where.extend([n_sentences] * len(found))
                n_sentences += 1
        ids.append(np.array(words, dtype=np.int32))
        docs.append(np.full(len(words), n_docs, dtype=np.int32))
        sentences.append(np.array(where, dtype=np.int32))
        n_docs += 1

    def joined(parts: Sequence[np.ndarray]) -> np.ndarray:
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)

    return Corpus(tuple(number), joined(ids), joined(docs), joined(sentences), n_docs)


def tfidf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return rows of unit length, weighted (1 + log tf) · (log((1 + n) / (1 + df)) + 1), scikit-learn's TF-IDF with sublinear tf."""
    weights = counts.astype(np.float32).tocsr()
    weights.data = 1 + np.log(weights.data)
    in_rows = np.bincount(weights.indices, minlength=counts.shape[1])
    rarity = (np.log((1 + counts.shape[0]) / (1 + in_rows)) + 1).astype(np.float32)
    weights.data *= rarity[weights.indices]
    return unit_rows(weights)


def unit_rows(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the rows divided by their length; a row of nothing stays so."""
    norms = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sparse.diags(1 / norms).dot(weights).tocsr().astype(np.float32)
