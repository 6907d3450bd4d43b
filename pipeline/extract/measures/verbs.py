"""The verbs and small words of models/ by which a clause's predicate is found."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.errors import LexiconError
from pipeline.lazy_re import compiled_once
from pipeline.lexicon import model_path, table, word_classes

VERBS = "measure_verbs.csv"
WORDS = "measure_words.csv"
KINDS = frozenset(
    {"action", "aim", "nominal", "lead", "goal", "means", "light", "noun", "either", "single"}
    | {"modal", "background", "causative", "result"}
)
ACTS = frozenset({"action", "aim", "nominal", "lead", "goal", "means", "light"})
MODAL = ("prohibition", "forbidding", "obliging", "permitting", "encouraging")
NOUNLIKE = frozenset({"noun", "either"})
NO_KINDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicon knows of one word: its kinds as a verb, whether it can act, its classes as a small word."""

    kinds: frozenset[str] = NO_KINDS
    acts: bool = False
    classes: frozenset[str] = frozenset()


NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by kind, and classes of small words."""

    kinds: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    single_re: re.Pattern[str]
    known: dict[str, Known]  # both by word: one look-up tells all
    joints: frozenset[str]  # endings that make one word with the unit before them
    modal: frozenset[str]  # words that say how binding a measure is

    def acts(self, word: str) -> bool:
        """Return whether a word can be a measure's verb.

        >>> lexicon().acts("新建"), lexicon().acts("取得")
        (True, False)
        """
        return self.known.get(word, NOTHING).acts


def is_counted_duty(word: str) -> bool:
    """Return whether a word that leads a list says as well that its item is a duty: 一要, not 一是."""
    return len(word) == 2 and word.endswith("要")


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon of models/; raises LexiconError for a kind of verb that is not known."""
    kinds: dict[str, frozenset[str]] = {}
    for row in table(VERBS):
        given = frozenset(row["kind"].split("+"))
        if not given <= KINDS:
            raise LexiconError(
                f"{row['verb']}: unknown kind {row['kind']!r}",
                where=str(model_path(VERBS)),
                hint=f"known: {', '.join(sorted(KINDS))}",
            )
        kinds[row["verb"]] = kinds.get(row["verb"], NO_KINDS) | given
    words = word_classes(WORDS)
    single = "".join(sorted(v for v, k in kinds.items() if "single" in k))
    phrase = rf"[{single}][\u4e00-\u9fff]{{2}}"
    slogan = rf"(?:我们)?(?P<before>(?:[\u4e00-\u9fff]{{2}}|[\u4e00-\u9fff]{{4}}|以[\u4e00-\u9fff]{{2}})?)(?P<verb>[{single}])(?P<object>[\u4e00-\u9fff]{{2}})(?:、?{phrase}){{0,5}}"
    return Lexicon(
        kinds,
        words,
        compiled_once(slogan),
        _known(kinds, words),
        words["complement"] | {"式", "化", "同"},
        frozenset().union(*[words[name] for name in MODAL], filter(is_counted_duty, words["lead"])),
    )


def _known(kinds: dict[str, frozenset[str]], words: dict[str, frozenset[str]]) -> dict[str, Known]:
    for stem in words["complemented"]:
        for complement in words["complement"]:
            kinds.setdefault(stem + complement, frozenset({"action"}))  # 做深, 抓实
    classes: dict[str, set[str]] = {}
    for name, members in words.items():
        for word in members:
            classes.setdefault(word, set()).add(name)
    return {
        word: Known(
            kinds.get(word, NO_KINDS),
            not ACTS.isdisjoint(kinds.get(word, NO_KINDS)),
            frozenset(classes.get(word, ())),
        )
        for word in kinds.keys() | classes.keys()
    }
