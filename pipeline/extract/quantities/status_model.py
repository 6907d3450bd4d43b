"""The classifier for amounts whose status no rule decides: characters of the sentence, weights of a logistic regression.

It knows how work reports speak of the past year and of the coming one. Fitted by scripts/train_status.py and read as
arrays; `models/status_weights.md` is its card.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import model_path

WEIGHTS = "status_weights.npz"
LEAST_PROBABILITY = 0.8  # of the likelier of the two; below it the kind of document decides
LEAST_IN_A_PLAN = 0.92  # of `achieved` in a plan or notice, which mostly speaks of what is to be done
_LONGEST = 160
# with the blanks and commas that some pages print: 165 个, 270,000,000元
_FIGURES_RE = lazy_re(r"(?:(?<=[一-鿿]) )?\d+(?:,\d{3})*(?:\.\d+)?(?: (?=[一-鿿%]))?")
_BLANKS_RE = lazy_re(r"[□■\s]+")


def status_features(sentence: str, clause: str) -> frozenset[str]:
    """Return the features of an amount: pairs and triples of characters of its clause (marked) and its sentence.

    >>> sorted(status_features("新增学位10个。", "新增学位10个"))[:3]
    ['0个', '0个。', 'c0个']

    Figures and dates are one character each: which year it is must not be learnt.
    """
    return _grams(sentence[:_LONGEST], "") | _grams(clause[:_LONGEST], "c")


@functools.lru_cache(maxsize=256)  # a sentence has several amounts
def _grams(text: str, mark: str) -> frozenset[str]:
    plain = _BLANKS_RE.sub("□", _FIGURES_RE.sub("0", text))
    return frozenset([mark + plain[k : k + n] for n in (2, 3) for k in range(len(plain) - n + 1)])


@functools.cache
def _weights() -> tuple[dict[str, float], float]:
    with np.load(model_path(WEIGHTS), allow_pickle=False) as stored:
        features, weights = stored["features"].tolist(), stored["weights"].astype(np.float32).tolist()
        return dict(zip(features, weights, strict=True)), float(stored["intercept"])


def chance_of_target(sentence: str, clause: str) -> float:
    """Return how likely an amount is a target rather than achieved, judged by the wording alone.

    >>> chance_of_target("力争全年新增城镇就业3000人。", "力争全年新增城镇就业3000人") > 0.5
    True
    """
    weights, total = _weights()
    features = status_features(sentence, clause)
    known = weights.keys() & features  # in any order, hence fsum
    total += math.fsum(map(weights.__getitem__, known)) / math.sqrt(max(1, len(features)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
