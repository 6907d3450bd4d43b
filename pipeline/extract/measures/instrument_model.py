"""The classifier for measures that no rule decides: character n-grams and a logistic regression.

scikit-learn fits it (scripts/train_instruments.py); here its weights are applied as scikit-learn would, without
importing it, which takes a second.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from murmurhash.mrmr import hash_unicode

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import model_path

WEIGHTS = "instruments_weights.npz"
N_FEATURES = 2**12
LONGEST_GRAM = 3
AT_ONCE = 512  # texts scored together: some 20 MB of products
LEAST_PROBABILITY = 0.25  # below this the measure stays undecided
_BLANKS_RE = lazy_re(r"\s\s+")


def vectorizer() -> Any:
    """Return scikit-learn's vectorizer, whose rows are the counts of `features`, brought to length 1."""
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char",
        ngram_range=(1, LONGEST_GRAM),
        n_features=N_FEATURES,
        alternate_sign=False,
        norm="l2",
        dtype=np.float32,
    )


@functools.lru_cache(maxsize=1 << 16)
def _column(gram: str) -> int:
    return int(abs(hash_unicode(gram)) % N_FEATURES)


def features(lever: str) -> list[int]:
    """Return the column of the weights that each character n-gram of a text means.

    >>> len(features("新建学校"))
    9
    """
    text = _BLANKS_RE.sub(" ", lever.lower())
    sizes = range(1, LONGEST_GRAM + 1)
    return list(map(_column, [text[at : at + n] for n in sizes for at in range(len(text) - n + 1)]))


@functools.cache
def _model() -> tuple[list[str], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    with np.load(model_path(WEIGHTS), allow_pickle=False) as stored:
        weights = np.ascontiguousarray(stored["coef"].astype(np.float32).T)
        return stored["classes"].tolist(), weights, stored["intercept"].astype(np.float32)


def predict(levers: Sequence[str]) -> list[str | None]:
    """Return the likeliest sub-class of each verb with its object, None below the threshold.

    >>> predict([])
    []
    """
    distinct = list(filter(None, dict.fromkeys(levers)))
    likeliest: dict[str, str | None] = {"": None}
    for first in range(0, len(distinct), AT_ONCE):
        some = distinct[first : first + AT_ONCE]
        likeliest.update(zip(some, _likeliest(some), strict=True))
    return [likeliest[lever] for lever in levers]


def _likeliest(levers: list[str]) -> list[str | None]:
    """The likeliest sub-classes of a few texts, in one product."""
    classes, weights, intercept = _model()
    meant = [features(lever) for lever in levers]
    columns = np.fromiter(itertools.chain.from_iterable(meant), dtype=np.intp)
    rows = np.repeat(np.arange(len(meant)), list(map(len, meant)))
    cells, counts = np.unique(rows * N_FEATURES + columns, return_counts=True)
    columns, values = cells % N_FEATURES, counts.astype(np.float32)
    begins = (cells // N_FEATURES).searchsorted(np.arange(len(meant)))
    norms = np.sqrt(np.add.reduceat(values * values, begins))
    sums = np.add.reduceat(values[:, np.newaxis] * weights[columns], begins)
    scores = sums / norms[:, np.newaxis] + intercept
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    best = chances.argmax(axis=1)
    is_sure = chances.max(axis=1) >= LEAST_PROBABILITY * chances.sum(axis=1)
    return [classes[n] if sure else None for n, sure in zip(best.tolist(), is_sure.tolist(), strict=True)]
