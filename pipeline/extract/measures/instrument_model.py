"""The classifier for measures that no rule decides: character n-grams and a logistic regression."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from pipeline.lexicon import model_path

WEIGHTS = "instruments_weights.npz"
N_FEATURES = 2**12
LEAST_PROBABILITY = 0.25  # below this the measure stays undecided


def vectorizer() -> Any:
    """Return the stateless vectorizer of training and prediction."""
    from sklearn.feature_extraction.text import HashingVectorizer  # takes a second to import

    return HashingVectorizer(
        analyzer="char",
        ngram_range=(1, 3),
        n_features=N_FEATURES,
        alternate_sign=False,
        norm="l2",
        dtype=np.float32,
    )


@functools.cache
def _model() -> tuple[Any, Any]:
    from sklearn.linear_model import LogisticRegression

    with np.load(model_path(WEIGHTS), allow_pickle=False) as stored:
        model = LogisticRegression()
        model.classes_ = stored["classes"]
        model.coef_ = stored["coef"].astype(np.float32)
        model.intercept_ = stored["intercept"].astype(np.float32)
    model.n_features_in_ = model.coef_.shape[1]
    return vectorizer(), model


def predict(levers: list[str]) -> list[str | None]:
    """Return the likeliest sub-class of each verb with its object, None below the threshold.

    >>> predict([])
    []
    """
    if not levers:
        return []
    vectors, model = _model()
    chances = model.predict_proba(vectors.transform(levers))
    best = chances.argmax(axis=1)
    return [
        str(model.classes_[k]) if chances[n, k] >= LEAST_PROBABILITY else None for n, k in enumerate(best)
    ]
