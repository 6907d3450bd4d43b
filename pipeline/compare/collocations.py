"""Words that stand together more often than chance: PMI and log-likelihood within a window of words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.compare.frames import Tables, comparison_frame
from pipeline.compare.keyness import MOST_DOC_IDS, log_likelihood
from pipeline.compare.texts import read_texts
from pipeline.compare.words import Corpus, to_corpus

WINDOW = 4
MOST_PAIRS = 80
_LEAST_TOGETHER = 4
ALL = "全部"


def compare_collocations(
    tables: Tables, by: str = "county", window: int = WINDOW, most: int = MOST_PAIRS
) -> pd.DataFrame:
    """Return the `most` strongest collocations of all documents (group 全部) and of each group.

    A pair is a word and one that follows it within `window` words of one sentence, stop words not counted. Pairs that occur
    fewer than four times are left out. Expected counts come from the pairs themselves, so n_word and n_collocate count
    their pairs, and a pair's four cells sum to all pairs of the group.
    """
    groups, texts, places = read_texts(tables, by)
    corpus = to_corpus(texts, places)
    left, right, docs = pairs_in(corpus, window)
    number, names = pd.factorize(groups["group_id"])
    labels = groups.drop_duplicates("group_id").set_index("group_id")["group"]
    doc_ids = groups["doc_id"].to_numpy()
    frames = [_strongest(corpus, left, right, docs, doc_ids, most).assign(group_id=None, group=ALL)]
    order = np.argsort(number[docs], kind="stable") if len(docs) else np.empty(0, int)
    ends = (
        np.searchsorted(number[docs][order], np.arange(len(names) + 1))
        if len(docs)
        else np.zeros(len(names) + 1, int)
    )
    for i, group_id in enumerate(names):
        of = order[ends[i] : ends[i + 1]]
        rows = _strongest(corpus, left[of], right[of], docs[of], doc_ids, most)
        frames.append(rows.assign(group_id=group_id, group=labels[group_id]))
    return comparison_frame("collocations", pd.concat(frames, ignore_index=True))


def pairs_in(corpus: Corpus, window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (word, following word, document) of every two words of a sentence at most `window` apart."""
    left, right, docs = [], [], []
    for step in range(1, window + 1):
        same = corpus.sentences[:-step] == corpus.sentences[step:]
        left.append(corpus.ids[:-step][same])
        right.append(corpus.ids[step:][same])
        docs.append(corpus.docs[step:][same])
    return np.concatenate(left), np.concatenate(right), np.concatenate(docs)


_COLUMNS = [
    "word",
    "collocate",
    "n_together",
    "n_word",
    "n_collocate",
    "pmi",
    "npmi",
    "g2",
    "n_documents",
    "doc_ids",
]


def _strongest(
    corpus: Corpus, left: np.ndarray, right: np.ndarray, docs: np.ndarray, doc_ids: np.ndarray, most: int
) -> pd.DataFrame:
    n_words = len(corpus.vocabulary)
    if not len(left):
        return pd.DataFrame([], columns=_COLUMNS)
    key = left.astype(np.int64) * n_words + right
    order = np.argsort(key, kind="stable")
    pairs, starts, together = np.unique(key[order], return_index=True, return_counts=True)
    n_left, n_right = np.bincount(left, minlength=n_words), np.bincount(right, minlength=n_words)
    a, b = pairs // n_words, pairs % n_words
    keep = np.flatnonzero((together >= _LEAST_TOGETHER) & (a != b))
    a, b, seen = a[keep], b[keep], together[keep].astype(float)
    n = float(len(left))
    row, column = n_left[a].astype(float), n_right[b].astype(float)
    g2 = log_likelihood(seen, row, column, n)
    pmi = np.log2(seen * n / (row * column))
    best = np.argsort(-np.where(pmi > 0, g2, -1), kind="stable")[:most]
    best = best[pmi[best] > 0]
    rows = []
    for i in best:
        first = starts[keep[i]]
        used = np.unique(docs[order[first : first + int(seen[i])]])
        rows.append(
            (corpus.vocabulary[a[i]], corpus.vocabulary[b[i]], int(seen[i]), int(row[i]), int(column[i]), pmi[i],
             pmi[i] / -np.log2(seen[i] / n), g2[i], len(used), [str(doc_ids[d]) for d in used[:MOST_DOC_IDS]])
        )  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)
