"""The classifier for measures that no rule decides: character n-grams and a logistic regression.

scikit-learn fits it (scripts/train_instruments.py); here its weights are applied as scikit-learn would, without
importing it, which takes a second.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from murmurhash.mrmr import hash_unicode

from pipeline.lexicon import model_path

WEIGHTS = "instruments_weights.npz"
N_FEATURES = 2**12
LONGEST_GRAM = 3
LEAST_PROBABILITY = 0.25  # below this the measure stays undecided
_BLANKS_RE = re.compile(r"\s\s+")


def vectorizer() -> Any:
    """Return scikit-learn's vectorizer, whose features are those of `features`."""
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


def features(lever: str) -> tuple[list[int], npt.NDArray[np.float32]]:
    """Return the columns of a text's character n-grams and their values, of length 1 together.

    >>> columns, values = features("新建学校")
    >>> len(columns), round(float((values**2).sum()), 3)
    (9, 1.0)
    """
    text = _BLANKS_RE.sub(" ", lever.lower())
    sizes = range(1, LONGEST_GRAM + 1)
    counts = Counter(map(_column, [text[at : at + n] for n in sizes for at in range(len(text) - n + 1)]))
    values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    return list(counts), values / max(float(np.sqrt((values**2).sum())), 1e-12)


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
    return [_likeliest(lever) for lever in levers]


@functools.lru_cache(maxsize=1 << 14)
def _likeliest(lever: str) -> str | None:
    classes, weights, intercept = _model()
    columns, values = features(lever)
    scores = values @ weights[columns] + intercept
    chances = np.exp(scores - scores.max())
    best = int(chances.argmax())
    return classes[best] if chances[best] >= LEAST_PROBABILITY * chances.sum() else None
