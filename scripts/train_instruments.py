"""Fits the classifier behind models/instruments.toml: train_instruments.py GOLD_DIR...

Trains on the rows of GOLD_DIR/*.measures.jsonl that carry `instrument_sub`, and on the cue words of
models/instruments.toml as short examples of little weight; writes models/instruments_weights.npz and its card.
The card's figures are cross-validated over the marked rows: for the classifier alone, for the rules alone, and for
both as the pipeline uses them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.metrics import cohen_kappa_score  # noqa: E402
from sklearn.model_selection import StratifiedKFold  # noqa: E402

from pipeline.extract.measures.instrument_model import LEAST_PROBABILITY, WEIGHTS, vectorizer  # noqa: E402
from pipeline.extract.measures.instruments import ruled  # noqa: E402
from pipeline.extract.measures.predicate import Predicate  # noqa: E402
from pipeline.lexicon import document  # noqa: E402

CUE_WEIGHT = 0.3
SEED = 20
N_FOLDS = 5


def marked_rows(folders: list[Path]) -> list[dict[str, str]]:
    rows = [
        json.loads(line)
        for folder in folders
        for path in sorted(folder.glob("*.measures.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return [row for row in rows if row.get("instrument_sub")]


def cue_rows() -> list[tuple[str, str]]:
    return [
        (word, rule["sub"])
        for rule in document("instruments.toml")["rule"]
        for word in (*rule.get("words", ()), *rule.get("ends", ()))
    ]


def fitted(levers: list[str], labels: list[str]) -> LogisticRegression:
    cues = cue_rows()
    texts = [*levers, *(word for word, _ in cues)]
    targets = [*labels, *(label for _, label in cues)]
    weights = np.array([1.0] * len(levers) + [CUE_WEIGHT] * len(cues))
    model = LogisticRegression(C=20.0, max_iter=2000)
    return model.fit(vectorizer().transform(texts), targets, sample_weight=weights)


def figures(truth: list[str], said: list[str | None]) -> dict[str, float]:
    decided = [(t, s) for t, s in zip(truth, said, strict=True) if s is not None]
    right = sum(t == s for t, s in decided)
    return {
        "accuracy": round(right / len(truth), 3),
        "decided": round(len(decided) / len(truth), 3),
        "accuracy_where_decided": round(right / max(1, len(decided)), 3),
        "kappa": round(float(cohen_kappa_score(truth, [s or "undecided" for s in said])), 3),
    }


def cross_validated(levers: list[str], labels: list[str]) -> list[str | None]:
    said: list[str | None] = [None] * len(levers)
    smallest = {label: labels.count(label) for label in labels}
    strata = [label if smallest[label] >= N_FOLDS else "rare" for label in labels]
    for train, test in StratifiedKFold(N_FOLDS, shuffle=True, random_state=SEED).split(levers, strata):
        model = fitted([levers[n] for n in train], [labels[n] for n in train])
        chances = model.predict_proba(vectorizer().transform([levers[n] for n in test]))
        for n, row in zip(test, chances, strict=True):
            said[n] = str(model.classes_[row.argmax()]) if row.max() >= LEAST_PROBABILITY else None
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    args = parser.parse_args()
    rows = marked_rows(args.gold)
    levers = [row["verb"] + (row["object"] or "") for row in rows]
    labels = [row["instrument_sub"] for row in rows]
    by_rule = [ruled(Predicate(row["verb"], row["object"] or ""), row["text"]) for row in rows]
    by_model = cross_validated(levers, labels)
    results = {
        "classifier alone": figures(labels, by_model),
        "rules alone": figures(labels, by_rule),
        "rules, then classifier": figures(labels, [r or m for r, m in zip(by_rule, by_model, strict=True)]),
    }
    model = fitted(levers, labels)
    np.savez_compressed(
        ROOT / "models" / WEIGHTS,
        classes=np.array(model.classes_, dtype="U8"),
        coef=model.coef_.astype(np.float16),
        intercept=model.intercept_.astype(np.float32),
    )
    card = [
        "# instruments_weights.npz",
        "",
        "Logistic regression over hashed character 1–3-grams of verb + object; classes are the sub-classes of the",
        "policy-instrument codebook. Used only for measures that no rule of `instruments.toml` decides, and only at a",
        f"probability of at least {LEAST_PROBABILITY}; below it the measure stays without instrument.",
        "",
        f"Trained by `scripts/train_instruments.py` on {len(rows)} marked clauses of county education documents and on",
        f"the cue words of `instruments.toml` (weight {CUE_WEIGHT}). Stored as arrays, read without pickle.",
        "",
        f"Over the marked clauses ({N_FOLDS}-fold cross-validation for the classifier; the rules were written with part",
        "of these clauses in view, so their figure is a fit, not a test):",
        "",
        "| | accuracy | decided | accuracy where decided | Cohen's κ |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {name} | {f['accuracy']} | {f['decided']} | {f['accuracy_where_decided']} | {f['kappa']} |"
            for name, f in results.items()
        ),
        "",
        "Limits: few clauses, all of them on education; no case of 金融税收支持, few of the 需求型 classes.",
    ]
    (ROOT / "models" / "instruments_weights.md").write_text("\n".join(card) + "\n", encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
