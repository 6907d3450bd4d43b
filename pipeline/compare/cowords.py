"""Which of the main words share sentences: the edges of a co-word network with their association strength."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.compare.frames import Tables, comparison_frame
from pipeline.compare.keyness import MOST_DOC_IDS
from pipeline.compare.texts import read_texts
from pipeline.compare.words import to_corpus

MOST_WORDS, MOST_EDGES = 200, 1_000
_LEAST_TOGETHER = 3


def compare_cowords(
    tables: Tables, by: str = "county", most_words: int = MOST_WORDS, most_edges: int = MOST_EDGES
) -> pd.DataFrame:
    """Return edges between the words that most sentences hold; counts are of sentences.

    `association` is observed over expected, n·c_ij / (c_i·c_j) (van Eck and Waltman's association strength; 1 is chance);
    `equivalence` is c_ij² / (c_i·c_j) (Callon). Edges of fewer than three sentences, or below chance, are left out; the
    strongest by equivalence stay. The network is that of all documents: `by` changes nothing.
    """
    groups, texts, places = read_texts(tables, by)
    corpus = to_corpus(texts, places)
    n_sentences = int(corpus.sentences[-1]) + 1 if len(corpus.sentences) else 0
    shape = (n_sentences, len(corpus.vocabulary))
    if not n_sentences:
        return comparison_frame("cowords", [])
    holds = sparse.csr_matrix((np.ones(len(corpus.ids)), (corpus.sentences, corpus.ids)), shape=shape)
    holds.data[:] = 1
    in_sentences = np.asarray(holds.sum(axis=0)).ravel()
    words = np.sort(np.argsort(-in_sentences, kind="stable")[:most_words])
    holds = holds[:, words].tocsc()
    counts = in_sentences[words]
    both = sparse.triu(holds.T.dot(holds), k=1).tocoo()
    association = both.data * n_sentences / (counts[both.row] * counts[both.col])
    equivalence = both.data**2 / (counts[both.row] * counts[both.col])
    keep = np.flatnonzero((both.data >= _LEAST_TOGETHER) & (association > 1))
    keep = keep[np.argsort(-equivalence[keep], kind="stable")][:most_edges]
    doc_of = np.zeros(n_sentences, dtype=int)
    doc_of[corpus.sentences] = corpus.docs
    doc_ids = groups["doc_id"].to_numpy()
    rows = []
    for i in keep:
        a, b = both.row[i], both.col[i]
        shared = np.intersect1d(_sentences(holds, a), _sentences(holds, b), assume_unique=True)
        used, times = np.unique(doc_of[shared], return_counts=True)
        named = [str(doc_ids[d]) for d in used[np.argsort(-times, kind="stable")][:MOST_DOC_IDS]]
        rows.append(
            (corpus.vocabulary[words[a]], corpus.vocabulary[words[b]], int(both.data[i]), int(counts[a]), int(counts[b]),
             association[i], equivalence[i], len(used), named)
        )  # fmt: skip
    return comparison_frame("cowords", rows)


def _sentences(holds: sparse.csc_matrix, word: int) -> np.ndarray:
    return np.asarray(holds.indices[holds.indptr[word] : holds.indptr[word + 1]])
