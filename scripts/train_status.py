"""Fits the classifier behind `status`: train_status.py FILE_OR_FOLDER... [--jsonl WORK_REPORTS.jsonl]

Work reports label themselves: what stands in the review of the past year was achieved, what stands in the plan of the
coming one is a target. Every quantity of such a section is one example: its sentence and clause with figures and dates
blanked out. Writes models/status_weights.npz and its card; the card's figures are cross-validated, documents kept whole.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sklearn.feature_extraction import DictVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GroupKFold  # noqa: E402

from pipeline.extract.quantities import find_quantities  # noqa: E402
from pipeline.extract.quantities import setting as quantity_setting  # noqa: E402
from pipeline.extract.quantities.status import ruled_status  # noqa: E402
from pipeline.extract.quantities.status_model import LEAST_PROBABILITY, WEIGHTS, status_features  # noqa: E402
from pipeline.flow import analyse  # noqa: E402
from pipeline.records import RawFile  # noqa: E402

N_FOLDS = 5
N_FEATURES = 6000
LEAST_DOCUMENTS = 3  # a feature of fewer documents is a name, not a way of speaking
FIRST_YEAR = 1998


@dataclass(frozen=True)
class Example:
    document: str
    sentence: str
    clause: str
    label: str
    by_rule: str | None  # what the rules say of it outside of a work report, without its section


def examples_of(name: str, raw: bytes) -> list[Example]:
    """Return the quantities of one report that stand in a section of the past or of the future."""
    analysis = analyse(RawFile(name, raw))
    if analysis.reading is None:
        return []
    found: list[Example] = []
    original = quantity_setting.Setting.status_of

    def recorded(self, clause, offset, *, own_when, per, amount, sentence=""):  # type: ignore[no-untyped-def]
        phase = self.phase_at(offset).status
        if phase is not None and self.is_report:
            bare = {"phase": None, "per": per, "is_plan": False, "is_report": False}
            by_rule = ruled_status(clause, amount, when=own_when, year=self.year, **bare)
            found.append(Example(name, sentence, clause, phase, by_rule))
        return original(self, clause, offset, own_when=own_when, per=per, amount=amount, sentence="")

    quantity_setting.Setting.status_of = recorded  # type: ignore[method-assign]
    try:
        list(find_quantities(analysis.reading, analysis.found))
    finally:
        quantity_setting.Setting.status_of = original  # type: ignore[method-assign]
    return found


def read_corpus(paths: list[Path], jsonl: Path | None) -> list[Example]:
    examples: list[Example] = []
    for path in (file for p in paths for file in (sorted(p.iterdir()) if p.is_dir() else [p])):
        examples += examples_of(path.name, path.read_bytes())
    lines = jsonl.read_text(encoding="utf-8").splitlines() if jsonl else []
    for number, line in enumerate(lines):
        row = json.loads(line)
        if row["year"] and int(row["year"]) >= FIRST_YEAR and "工作报告" in row["title"]:
            text = row["title"] + "\n\n" + row["content"]
            examples += examples_of(f"{row['year']}-{number}.txt", text.encode())
    return list(dict.fromkeys(examples))


def scaled(example: Example) -> dict[str, float]:
    features = status_features(example.sentence, example.clause)
    return dict.fromkeys(features, 1 / max(1, len(features)) ** 0.5)


def chosen_features(examples: list[Example]) -> set[str]:
    documents: dict[str, set[str]] = {}
    for example in examples:
        for feature in status_features(example.sentence, example.clause):
            documents.setdefault(feature, set()).add(example.document)
    spread = Counter({feature: len(names) for feature, names in documents.items()})
    return {feature for feature, n in spread.most_common(4 * N_FEATURES) if n >= LEAST_DOCUMENTS}


def fitted(examples: list[Example]) -> tuple[list[str], np.ndarray, float]:
    """Return the features of most weight, fitted a second time on their own."""
    kept = chosen_features(examples)
    labels = [e.label for e in examples]
    for _ in range(2):
        vectors = DictVectorizer(dtype=np.float32)
        matrix = vectors.fit_transform([{f: v for f, v in scaled(e).items() if f in kept} for e in examples])
        model = LogisticRegression(C=20.0, max_iter=1000, class_weight="balanced").fit(matrix, labels)
        weights = model.coef_[0]
        names = vectors.get_feature_names_out().tolist()
        kept = {names[k] for k in np.argsort(-np.abs(weights))[:N_FEATURES]}
    return names, weights, float(model.intercept_[0])  # classes: achieved, target


def chances(examples: list[Example], names: list[str], weights: np.ndarray, intercept: float) -> list[float]:
    known = dict(zip(names, weights.tolist(), strict=True))
    sums = [intercept + sum(known.get(f, 0.0) * v for f, v in scaled(e).items()) for e in examples]
    return [1 / (1 + float(np.exp(-s))) for s in sums]


def accuracy(pairs: list[tuple[str, str]]) -> str:
    return f"{sum(a == b for a, b in pairs) / len(pairs):.3f} of {len(pairs)}" if pairs else "none"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--jsonl", type=Path)
    args = parser.parse_args()
    examples = read_corpus(args.reports, args.jsonl)
    said: dict[int, float] = {}
    groups = [e.document for e in examples]
    for train, test in GroupKFold(N_FOLDS).split(examples, groups=groups):
        model = fitted([examples[k] for k in train])
        said.update(zip(test.tolist(), chances([examples[k] for k in test], *model), strict=True))
    guess = {k: "target" if chance > 0.5 else "achieved" for k, chance in said.items()}
    sure = {k for k, chance in said.items() if max(chance, 1 - chance) >= LEAST_PROBABILITY}
    ruled = {k for k, e in enumerate(examples) if e.by_rule in ("target", "achieved")}
    spoken = [k for k, e in enumerate(examples) if e.by_rule != "requirement"]
    left = [k for k in spoken if k not in ruled]
    rows = [
        ("rules decide", f"{len(ruled) / len(spoken):.3f}", accuracy([(examples[k].label, examples[k].by_rule or "") for k in sorted(ruled)])),
        ("classifier, all examples", "1.000", accuracy([(examples[k].label, guess[k]) for k in spoken])),
        ("classifier, where it is sure", f"{len(sure & set(spoken)) / len(spoken):.3f}", accuracy([(examples[k].label, guess[k]) for k in spoken if k in sure])),
        ("classifier, left open by the rules", f"{len(left) / len(spoken):.3f}", accuracy([(examples[k].label, guess[k]) for k in left])),
        ("… of these, where it is sure", f"{len([k for k in left if k in sure]) / len(spoken):.3f}", accuracy([(examples[k].label, guess[k]) for k in left if k in sure])),
        ("… against always `achieved`", f"{len(left) / len(spoken):.3f}", accuracy([(examples[k].label, "achieved") for k in left])),
    ]  # fmt: skip
    names, weights, intercept = fitted(examples)
    np.savez_compressed(
        ROOT / "models" / WEIGHTS,
        features=np.array(names),
        weights=weights.astype(np.float16),
        intercept=np.float32(intercept),
    )
    labels = Counter(e.label for e in examples)
    card = [
        "# status_weights.npz",
        "",
        "Logistic regression over pairs and triples of characters of a quantity's sentence and clause, figures and dates",
        f"blanked out: target or achieved. {len(names)} features that occur in at least {LEAST_DOCUMENTS} documents. Used only",
        f"where no rule of `pipeline/extract/quantities/status.py` decides, and only at a probability of {LEAST_PROBABILITY} or",
        "more; below it a plan speaks of targets and any other text of what was achieved.",
        "",
        f"Fitted by `scripts/train_status.py` on {len(examples)} quantities of {len(set(groups))} work reports, of counties and of",
        f"the State Council since {FIRST_YEAR}, labelled by their section: {labels['achieved']} achieved, {labels['target']} target.",
        "Stored as arrays, read without pickle.",
        "",
        f"Held-out figures ({N_FOLDS}-fold, every document wholly in one fold; the rules see neither section nor kind of",
        "document here, as if each sentence stood in a news item):",
        "",
        "| | share of the examples | accuracy |",
        "| --- | --- | --- |",
        *(f"| {name} | {share} | {right} |" for name, share, right in rows),
        "",
        "Limits: `requirement` is left to the rules; the labels are as good as the recognised sections, and a plan that",
        "looks back in passing is labelled as plan.",
    ]
    (ROOT / "models" / "status_weights.md").write_text("\n".join(card) + "\n", encoding="utf-8")
    print("\n".join(card))
    print(
        re.sub(
            r"\s+",
            " ",
            str([(n, round(float(w), 1)) for w, n in sorted(zip(weights, names, strict=True))[:30]]),
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
