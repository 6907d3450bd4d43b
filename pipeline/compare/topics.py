"""Topics of the passages by NMF and LDA, how coherent each is, and how much of it each group writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.compare.frames import Tables, comparison_frame
from pipeline.compare.texts import read_texts
from pipeline.compare.words import tfidf, to_corpus

N_TOPICS = 12
FITTED_PASSAGES = 12_000  # the models are fitted on an even sample of at most so many passages
_TOP_WORDS = 12
_COHERENT_WORDS = 10
_LEAST_WORDS = 8
_PASSAGE_CHARS = 400
_LEAST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Words by topic (rows sum to 1) and topics by passage (rows sum to 1)."""

    name: str
    words: np.ndarray
    passages: np.ndarray


def compare_topics(tables: Tables, by: str = "county", n_topics: int = N_TOPICS) -> pd.DataFrame:
    """Return the topics of both models with their words, share, coherence, and the three documents that hold most of each.

    A passage is a paragraph, long ones in parts of about 400 characters. Fewer than twenty passages give no topics.
    Coherence of the ten first words: `npmi` from -1 to 1 (0 is chance), `umass` at most 0, higher is better. The numbers
    are the same on every run (fixed seed).
    """
    return _both(tables, by, n_topics)[0]


def compare_topic_shares(tables: Tables, by: str = "county", n_topics: int = N_TOPICS) -> pd.DataFrame:
    """Return the share of every topic in the passages of every group (shares of a group and model sum to 1)."""
    return _both(tables, by, n_topics)[1]


def compare_topics_and_shares(
    tables: Tables, by: str = "county", n_topics: int = N_TOPICS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both frames of topics from one fit: compare_topics and compare_topic_shares."""
    return _both(tables, by, n_topics)


def _both(tables: Tables, by: str, n_topics: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    groups, texts, places = read_texts(tables, by)
    passages, doc_of = _passages(texts)
    corpus = to_corpus(passages, places)
    n_words = np.bincount(corpus.docs, minlength=len(passages)) if passages else np.empty(0, int)
    counts = corpus.counts() if passages else sparse.csr_matrix((0, 0))
    counts, doc_of = counts[n_words >= _LEAST_WORDS], doc_of[n_words >= _LEAST_WORDS]
    common = np.asarray((counts > 0).sum(axis=0)).ravel() >= 3 if counts.shape[0] else np.empty(0, bool)
    if counts.shape[0] < _LEAST_PASSAGES or common.sum() < n_topics:
        return comparison_frame("topics", []), comparison_frame("topic_shares", [])
    counts = counts[:, common]
    vocabulary = [word for word, is_common in zip(corpus.vocabulary, common, strict=True) if is_common]
    topics, shares = [], []
    for model in (_nmf(counts, n_topics), _lda(counts, n_topics)):
        topics.append(_topic_rows(model, counts, vocabulary, doc_of, groups))
        shares.append(_share_rows(model, vocabulary, doc_of, groups))
    return comparison_frame("topics", pd.concat(topics)), comparison_frame("topic_shares", pd.concat(shares))


def _passages(texts: list[str]) -> tuple[list[str], np.ndarray]:
    passages, doc_of = [], []
    for number, text in enumerate(texts):
        for paragraph in text.split("\n"):
            n_parts = max(1, round(len(paragraph) / _PASSAGE_CHARS))
            step = -(-len(paragraph) // n_parts) or 1
            parts = [paragraph[i : i + step] for i in range(0, len(paragraph), step)]
            passages.extend(parts)
            doc_of.extend([number] * len(parts))
    return passages, np.array(doc_of, dtype=int)


def _sample(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    step = max(1, -(-rows.shape[0] // FITTED_PASSAGES))
    return rows[::step]


def _nmf(counts: sparse.csr_matrix, n_topics: int) -> TopicModel:
    from sklearn.decomposition import NMF

    rows = tfidf(counts).astype(np.float64)
    model = NMF(n_topics, init="nndsvda", random_state=0, max_iter=200, tol=1e-3)
    return _model("nmf", model.fit(_sample(rows)), rows)


def _lda(counts: sparse.csr_matrix, n_topics: int) -> TopicModel:
    from sklearn.decomposition import LatentDirichletAllocation

    sample = _sample(counts)
    model = LatentDirichletAllocation(
        n_topics,
        learning_method="online",
        batch_size=256,
        max_iter=10 if sample.shape[0] < 4000 else 4,
        random_state=0,
    )
    return _model("lda", model.fit(sample), counts)


def _model(name: str, fitted: Any, rows: sparse.csr_matrix) -> TopicModel:
    parts = [fitted.transform(rows[i : i + 4096]) for i in range(0, rows.shape[0], 4096)]
    passages, words = np.concatenate(parts), fitted.components_.copy()
    if name == "nmf":  # the scale lies in the words: give it to the passages before both are made shares
        passages = passages * words.sum(axis=1)
    sums = passages.sum(axis=1, keepdims=True)
    passages = np.where(sums > 0, passages / np.where(sums > 0, sums, 1), 1 / passages.shape[1])
    return TopicModel(name, words / np.maximum(words.sum(axis=1, keepdims=True), 1e-12), passages)


def _top_words(model: TopicModel, topic: int, n: int) -> np.ndarray:
    return np.argsort(-model.words[topic], kind="stable")[:n]


def _topic_rows(
    model: TopicModel,
    counts: sparse.csr_matrix,
    vocabulary: list[str],
    doc_of: np.ndarray,
    groups: pd.DataFrame,
) -> pd.DataFrame:
    doc_ids = groups["doc_id"].to_numpy()
    rows = []
    for topic in range(model.words.shape[0]):
        top = _top_words(model, topic, _TOP_WORDS)
        npmi, umass = coherence(counts, top[:_COHERENT_WORDS])
        in_docs = np.bincount(doc_of, weights=model.passages[:, topic], minlength=len(doc_ids))
        best = [str(doc_ids[d]) for d in np.argsort(-in_docs, kind="stable")[:3]]
        rows.append(
            (
                model.name,
                topic + 1,
                [vocabulary[w] for w in top],
                model.passages[:, topic].mean(),
                npmi,
                umass,
                best,
            )
        )
    return pd.DataFrame(rows, columns=["model", "topic", "words", "share", "npmi", "umass", "doc_ids"])


def coherence(counts: sparse.csr_matrix, words: np.ndarray) -> tuple[float, float]:
    """Return (NPMI, UMass) of words, the likeliest first: the mean over their pairs of what shares of passages they share."""
    holds = (counts[:, words] > 0).astype(float)
    n = holds.shape[0]
    both = np.asarray(holds.T.dot(holds).todense())
    alone = np.diag(both)
    npmi, umass = [], []
    for j in range(1, len(words)):
        for i in range(j):
            umass.append(np.log((both[i, j] + 1) / max(alone[i], 1)))
            if both[i, j] == 0:
                npmi.append(-1.0)
            elif both[i, j] == n:
                npmi.append(0.0)
            else:
                npmi.append(np.log(both[i, j] * n / (alone[i] * alone[j])) / -np.log(both[i, j] / n))
    return float(np.mean(npmi)), float(np.mean(umass))


def _share_rows(
    model: TopicModel, vocabulary: list[str], doc_of: np.ndarray, groups: pd.DataFrame
) -> pd.DataFrame:
    number, names = pd.factorize(groups["group_id"])
    labels = groups.drop_duplicates("group_id").set_index("group_id")["group"]
    doc_ids = groups["doc_id"].to_numpy()
    group_of = number[doc_of]
    rows: list[tuple[Any, ...]] = []
    words = [[vocabulary[w] for w in _top_words(model, t, 5)] for t in range(model.words.shape[0])]
    for i, group_id in enumerate(names):
        here = np.flatnonzero(group_of == i)
        if not len(here):
            continue
        mean = model.passages[here].mean(axis=0)
        docs = [str(doc_ids[d]) for d in np.unique(doc_of[here])]
        rows.extend(
            (group_id, labels[group_id], model.name, t + 1, words[t], mean[t], len(here), docs)
            for t in range(len(mean))
        )
    return pd.DataFrame(
        rows, columns=["group_id", "group", "model", "topic", "words", "share", "n_passages", "doc_ids"]
    )
