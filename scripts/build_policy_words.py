"""Weighs and checks models/policy_words.txt: build_policy_words.py [--write] [TEXT_FILE ...]

A researcher writes `word tag` lines (or `word freq tag`) into the file; this script fills in the lowest frequency
at which jieba's own dictionary keeps the word whole; a word that jieba keeps whole already is there for its tag, and keeps the
frequency it has in the file, else jieba's. It fails
when a word would break one of jieba's dictionary words, and lists, for the texts given, the places where a
policy word cuts across a boundary that jieba saw without it (县中 in 我县中小学), for a person to judge.
"""

from __future__ import annotations

import argparse
import collections
import sys
from pathlib import Path

import jieba

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "models" / "policy_words.txt"
HEAD = "# word freq tag"
NO_WORDS = frozenset(["由医保"])  # of jieba's dictionary, that are two


def plain_tokenizer() -> jieba.Tokenizer:
    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True
    return own


def read_words(path: Path) -> dict[str, tuple[int | None, str]]:
    """Return word -> frequency, where one is given, and tag of a policy dictionary."""
    lines = path.read_text(encoding="utf-8").splitlines()
    fields = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {f[0]: (int(f[1]) if len(f) > 2 else None, f[-1]) for f in fields}


def weigh(words: dict[str, tuple[int | None, str]], plain: jieba.Tokenizer) -> dict[str, int]:
    """Return the frequency for each word: the least that keeps it whole where jieba would cut it apart, or a higher one given."""
    found: dict[str, int] = {}
    for word, (given, _) in words.items():
        is_whole = plain.lcut(word, HMM=False) == [word]
        found[word] = (given or plain.FREQ[word]) if is_whole else max(plain.suggest_freq(word), given or 3)
    return found


def broken_dictionary_words(plain: jieba.Tokenizer, with_policy: jieba.Tokenizer) -> list[str]:
    """Return the dictionary words that jieba keeps whole and the policy dictionary would not."""
    known = [w for w, freq in plain.FREQ.items() if freq > 0 and len(w) > 1 and w not in NO_WORDS]
    return [w for w in known if plain.lcut(w, HMM=False) == [w] and with_policy.lcut(w, HMM=False) != [w]]


def crossings(
    text: str, words: set[str], plain: jieba.Tokenizer, with_policy: jieba.Tokenizer
) -> list[tuple[str, str]]:
    """Return (word, context) where a policy word begins or ends inside a word that jieba saw without it."""
    edges, at = {0}, 0
    for token in plain.lcut(text, HMM=False):
        at += len(token)
        edges.add(at)
    found, at = [], 0
    for token in with_policy.lcut(text, HMM=False):
        end = at + len(token)
        if token in words and (at not in edges or end not in edges):
            found.append(
                (token, f"{text[max(0, at - 4) : at]}[{token}]{text[end : end + 4]}".replace("\n", " "))
            )
        at = end
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="rewrite the file with the frequencies found")
    args = parser.parse_args()
    plain, with_policy = plain_tokenizer(), plain_tokenizer()
    entries = read_words(TARGET)
    freqs = weigh(entries, plain)
    for word, freq in freqs.items():
        with_policy.add_word(word, freq)
    known = [word for word in entries if plain.lcut(word, HMM=False) == [word]]
    print(f"{len(freqs)} words; for their tags alone: {' '.join(known) or 'none'}")
    bad = broken_dictionary_words(plain, with_policy)
    places: dict[str, list[str]] = collections.defaultdict(list)
    for path in args.texts:
        for word, place in crossings(path.read_text(encoding="utf-8"), set(freqs), plain, with_policy):
            places[word].append(place)
    for word, where in sorted(places.items(), key=lambda item: -len(item[1])):
        print(f"{word} {len(where)}: {' | '.join(where[:6])}")
    if bad:
        print("dictionary words broken:", " ".join(bad), file=sys.stderr)
        return 1
    if args.write:
        lines = [f"{word} {freq} {entries[word][1]}" for word, freq in sorted(freqs.items())]
        TARGET.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
