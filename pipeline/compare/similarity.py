"""How alike documents are: TF-IDF cosine over jieba words, and an order by hierarchical clustering for a heat map."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform

from pipeline.compare.frames import Tables, ask_for, comparison_frame
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.nearest import nearest_rows
from pipeline.compare.words import place_words, tfidf, to_corpus

ALL_PAIRS = 200  # documents; of more each one's nearest are kept
_NEAREST = 20
CLUSTERED_ROWS = 600  # more documents than this are clustered by way of as many prototypes
_SHARED_WORDS = 8


def compare_texts(tables: Tables, by: str = "county", k: int | None = None) -> pd.DataFrame:
    """Return pairs of documents with their cosine similarity: all pairs of up to 200 documents, else each one's 20 nearest.

    `rank` counts b among a's nearest; `words` are the shared words that add most to the similarity. Both directions of a
    pair are given, so that the frame pivots into the matrix. Names of places and models/policy_stop_words.txt are left out.
    """
    groups, vectors, vocabulary = _vectors(tables, by)
    k = k or (len(groups) if len(groups) <= ALL_PAIRS else _NEAREST)
    rows, others, score = nearest_rows(vectors, k)
    doc_ids, labels = groups["doc_id"].to_numpy(), groups["group"].to_numpy()
    frame = pd.DataFrame(
        {
            "doc_id_a": doc_ids[rows],
            "doc_id_b": doc_ids[others],
            "group_a": labels[rows],
            "group_b": labels[others],
            "similarity": score.astype(float).round(6),
            "rank": np.arange(len(rows)) - np.searchsorted(rows, rows) + 1,
            "words": _shared_words(vectors, rows, others, vocabulary),
        }
    )
    return comparison_frame("similarity", frame)


def order_texts(tables: Tables, by: str = "county") -> pd.DataFrame:
    """Return every document with its position in the order of average-linkage clustering, and the tree's merges.

    Row i of the frame (not of `position`) also holds merge i of scipy's linkage in left, right, height: numbers below n are
    rows of the frame, n + j is merge j; the last row has none. More than 600 documents are first gathered around at most
    300 prototypes (mini-batch k-means on 50 components), the tree is theirs, and `cluster` - 1 is a document's prototype.
    """
    groups, vectors, _ = _vectors(tables, by)
    n = vectors.shape[0]
    frame = groups[["group_id", "group", "doc_id"]].copy()
    frame["left"], frame["right"], frame["height"] = pd.NA, pd.NA, np.nan
    if n < 3:
        frame["position"], frame["cluster"] = range(n), 1
        return comparison_frame("similarity_order", frame)
    dense, member = _prototypes(vectors)
    distance = np.clip(1 - dense @ dense.T, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(
        squareform((distance + distance.T) / 2, checks=False),
        method="average",
        optimal_ordering=len(dense) <= 200,
    )
    place = np.empty(len(dense), dtype=int)
    place[leaves_list(tree)] = np.arange(len(dense))
    order = np.lexsort((np.arange(n), place[member]))
    position = np.empty(n, dtype=int)
    position[order] = np.arange(n)
    frame["position"] = position
    is_whole = len(dense) == n
    frame["cluster"] = fcluster(tree, min(n, max(2, round(n**0.5))), "maxclust") if is_whole else member + 1
    index = frame.index[: len(tree)]
    frame.loc[index, "left"], frame.loc[index, "right"] = tree[:, 0].astype(int), tree[:, 1].astype(int)
    frame.loc[index, "height"] = tree[:, 2]
    return comparison_frame("similarity_order", frame)


def _vectors(tables: Tables, by: str) -> tuple[pd.DataFrame, sparse.csr_matrix, tuple[str, ...]]:
    documents, texts = ask_for(tables, "documents", "texts")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    groups = groups[groups["is_read"]].merge(texts, on="doc_id", how="inner")
    corpus = to_corpus(groups["text"], place_words(documents))
    return groups, tfidf(corpus.counts()), corpus.vocabulary


def _shared_words(
    vectors: sparse.csr_matrix, rows: np.ndarray, others: np.ndarray, vocabulary: tuple[str, ...]
) -> list[list[str]]:
    found: list[list[str]] = []
    for start in range(0, len(rows), 2000):
        block = vectors[rows[start : start + 2000]].multiply(vectors[others[start : start + 2000]]).tocsr()
        for i in range(block.shape[0]):
            data, columns = (
                block.data[block.indptr[i] : block.indptr[i + 1]],
                block.indices[block.indptr[i] : block.indptr[i + 1]],
            )
            best = np.lexsort((columns, -data))[:_SHARED_WORDS]
            found.append([vocabulary[c] for c in columns[best]])
    return found


def _prototypes(vectors: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """Unit rows to cluster, and which of them each document belongs to."""
    n = vectors.shape[0]
    if n <= CLUSTERED_ROWS:
        return vectors.toarray() if vectors.shape[1] < 200_000 else vectors.dot(
            vectors.T
        ).toarray(), np.arange(n)
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD

    reduced = TruncatedSVD(min(50, vectors.shape[1] - 1), random_state=0).fit_transform(vectors)
    reduced /= np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)
    model = MiniBatchKMeans(CLUSTERED_ROWS // 2, random_state=0, n_init=1, batch_size=2048).fit(reduced)
    used, member = np.unique(model.labels_, return_inverse=True)
    centres = model.cluster_centers_[used]
    return centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9), member
