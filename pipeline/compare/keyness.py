"""Words that one group uses more, or less, than the rest: log-likelihood, log ratio, and how evenly they are spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import chi2, false_discovery_control

from pipeline.compare.frames import Tables, comparison_frame
from pipeline.compare.texts import read_texts
from pipeline.compare.words import to_corpus

MOST_WORDS = 60
MOST_DOC_IDS = 20
COMMON_WORDS = 2_000  # a word that a group lacks can be keyly absent only when it is common elsewhere
_LEAST_COUNT = 3


def log_likelihood(together: np.ndarray, row: np.ndarray, column: np.ndarray, n: float) -> np.ndarray:
    """Return Dunning's G2 of 2 × 2 tables given by one cell, its row and column sums and the grand total.

    >>> log_likelihood(np.array([10.0]), np.array([20.0]), np.array([30.0]), 100.0).round(3)
    array([4.473])
    """
    cells = (together, row - together, column - together, n - row - column + together)
    expected = (
        row * column / n,
        row * (n - column) / n,
        (n - row) * column / n,
        (n - row) * (n - column) / n,
    )
    total = np.zeros(np.broadcast(together, row, column).shape)
    for seen, wanted in zip(cells, expected, strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):
            total += np.where(
                seen > 0, seen * np.log(np.maximum(seen, 1e-300) / np.maximum(wanted, 1e-300)), 0.0
            )
    return np.maximum(2 * total, 0.0)


def deviation_of_proportions(counts: np.ndarray, sizes: np.ndarray) -> float:
    """Return Gries' DP of a word over parts of a text: 0 where it is spread as the parts' sizes are, towards 1 in one part.

    >>> deviation_of_proportions(np.array([1, 1]), np.array([100, 100])), deviation_of_proportions(np.array([4, 0]), np.array([100, 300]))
    (0.0, 0.75)
    """
    return float(np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2)


def compare_words(tables: Tables, by: str = "county", most: int = MOST_WORDS) -> pd.DataFrame:
    """Return each group's `most` keyest words against all other groups together, overused before underused.

    log_ratio is the binary log of the two relative frequencies (half an occurrence stands for none); p_adjusted is
    Benjamini and Hochberg's over the words held against each other, the group's own and the 2,000 commonest of all; dp_here says whether the word is that of one document of the group
    (null for groups of one document). Place names and models/policy_stop_words.txt are left out; a single group has nothing
    to be compared with and gives no row. The test takes every word for an independent draw, which words of one text are not:
    p_adjusted sorts words and proves nothing; n_documents_here and dp_here say whether more than one text uses the word. doc_ids names up to 20 documents that use the word most.
    """
    groups, texts, places = read_texts(tables, by)
    whole = to_corpus(texts, places)
    sizes = np.bincount(
        whole.docs, minlength=whole.n_docs
    )  # a rate is one of all content words, rare ones too
    corpus = whole.only_frequent(_LEAST_COUNT)
    counts = corpus.counts()
    number, names = pd.factorize(groups["group_id"])
    if len(names) < 2 or not corpus.ids.size:
        return comparison_frame("keyness", [])
    member = sparse.csr_matrix(
        (np.ones(len(number)), (number, np.arange(len(number)))), shape=(len(names), len(number))
    )
    in_groups = member.dot(counts).tocsr()
    in_all = np.asarray(counts.sum(axis=0)).ravel()
    labels = groups.drop_duplicates("group_id").set_index("group_id")["group"]
    docs_of = np.split(np.argsort(number, kind="stable"), np.cumsum(np.bincount(number))[:-1])
    common = np.argsort(-in_all, kind="stable")[:COMMON_WORDS]
    n = float(sizes.sum())
    frames = []
    for i, group_id in enumerate(names):
        begin, end = in_groups.indptr[i], in_groups.indptr[i + 1]
        words = np.union1d(in_groups.indices[begin:end], common)
        here = np.zeros(len(words))
        here[np.searchsorted(words, in_groups.indices[begin:end])] = in_groups.data[begin:end]
        both, size = in_all[words], float(sizes[docs_of[i]].sum())
        if not size or size == n:
            continue
        g2 = log_likelihood(here, both, np.full(len(words), size), n)
        ratio = np.log2(np.maximum(here, 0.5) / size) - np.log2(np.maximum(both - here, 0.5) / (n - size))
        adjusted = false_discovery_control(chi2.sf(g2, 1))
        best = _best(g2, ratio, most)
        rows = pd.DataFrame({"word": [corpus.vocabulary[w] for w in words[best]]})
        rows["group_id"], rows["group"] = group_id, labels[group_id]
        rows["n_here"], rows["n_elsewhere"] = here[best], both[best] - here[best]
        rows["per_10k_here"] = rows["n_here"] / size * 1e4
        rows["per_10k_elsewhere"] = rows["n_elsewhere"] / (n - size) * 1e4
        rows["g2"], rows["log_ratio"], rows["p_adjusted"] = g2[best], ratio[best], adjusted[best]
        _add_spread(rows, words[best], counts, sizes, docs_of[i], groups["doc_id"].to_numpy())
        frames.append(rows)
    return comparison_frame("keyness", pd.concat(frames, ignore_index=True) if frames else [])


def _best(g2: np.ndarray, ratio: np.ndarray, most: int) -> np.ndarray:
    """Word numbers: up to two thirds overused, the rest underused, the keyest first."""
    order = np.argsort(-g2, kind="stable")
    order = order[g2[order] > 0]
    over = order[ratio[order] > 0][: most - most // 3]
    under = order[ratio[order] < 0][: most // 3]
    return np.concatenate([over, under])


def _add_spread(
    rows: pd.DataFrame,
    best: np.ndarray,
    counts: sparse.csr_matrix,
    sizes: np.ndarray,
    docs: np.ndarray,
    doc_ids: np.ndarray,
) -> None:
    here = counts[docs]
    spreads, n_documents, named = [], [], []
    for column in here[:, best].toarray().T:
        used = np.flatnonzero(column)
        n_documents.append(len(used))
        named.append(
            [str(doc_ids[docs[d]]) for d in used[np.argsort(-column[used], kind="stable")][:MOST_DOC_IDS]]
        )
        spreads.append(
            deviation_of_proportions(column, sizes[docs]) if len(docs) > 1 and len(used) else np.nan
        )
    rows["n_documents_here"], rows["dp_here"], rows["doc_ids"] = n_documents, spreads, named
