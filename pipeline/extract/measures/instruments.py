"""Which policy instrument a measure pulls: the codebook's rules in their order, then a small classifier."""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.errors import LexiconError
from pipeline.extract.measures.instrument_model import predict
from pipeline.extract.measures.predicate import Predicate
from pipeline.lazy_re import compiled_once
from pipeline.lexicon import document, model_path

LEXICON = "instruments.toml"
FIELDS = frozenset({"instrument", "sub", "words", "ends", "clause", "verb", "unless"})
CLASSES = {
    "供给型": ("人才培养", "资金投入", "基础设施建设", "信息服务", "公共服务", "科技支持"),
    "环境型": ("目标规划", "法规管制", "金融税收支持", "策略性措施", "宣传引导", "评价考核"),
    "需求型": ("政府采购", "外包", "示范试点", "市场培育", "交流合作"),
}
INSTRUMENT_OF = {sub: instrument for instrument, subs in CLASSES.items() for sub in subs}

Label = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One paragraph of models/instruments.toml: the class, and the words that speak for it or against it."""

    sub: str
    words: tuple[str, ...]
    ends: tuple[str, ...]
    clause: re.Pattern[str] | None
    verb: re.Pattern[str] | None  # None: any verb will do
    against: re.Pattern[str]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return compiled_once("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)")


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in order; raises LexiconError for a class or a field that is not known."""
    found = []
    for number, row in enumerate(document(LEXICON)["rule"], start=1):
        where = f"{model_path(LEXICON)}, rule {number}"
        if not row.keys() <= FIELDS:
            raise LexiconError(
                f"unknown field {sorted(row.keys() - FIELDS)}", where=where, hint=f"known: {sorted(FIELDS)}"
            )
        if row.get("sub") not in INSTRUMENT_OF or INSTRUMENT_OF[row["sub"]] != row.get("instrument"):
            raise LexiconError(f"unknown class {row.get('instrument')} {row.get('sub')}", where=where)
        found.append(
            Rule(
                row["sub"],
                tuple(row.get("words", ())),
                tuple(row.get("ends", ())),
                _any_of(row["clause"]) if row.get("clause") else None,
                _any_of(row["verb"]) if row.get("verb") else None,
                _any_of(row.get("unless", [])),
            )
        )
    return tuple(found)


class _Cues(NamedTuple):
    """Which rules a text speaks for: each rule is a bit, the first one the lowest."""

    # two characters, or the word itself: the bit, the word and its length
    by_beginning: dict[str, tuple[tuple[int, str, int], ...]]
    firsts: npt.NDArray[np.bool_]  # by code point, whether a beginning has it as its first character
    seconds: npt.NDArray[np.bool_]
    lone: npt.NDArray[np.bool_]  # whether it is a word of its own
    by_end: dict[str, tuple[tuple[int, str], ...]]  # the last character of an ending
    clause: int  # the rules that ask the whole clause


@functools.cache
def _cues() -> _Cues:
    by_beginning: dict[str, tuple[tuple[int, str, int], ...]] = {}
    by_end: dict[str, tuple[tuple[int, str], ...]] = {}
    clause = 0
    for number, rule in enumerate(rules()):
        bit = 1 << number
        for word in rule.words:
            by_beginning[word[:2]] = (*by_beginning.get(word[:2], ()), (bit, word, len(word)))
        for end in rule.ends:
            by_end[end[-1]] = (*by_end.get(end[-1], ()), (bit, end))
        if rule.clause:
            clause |= bit
    firsts, seconds, lone = np.zeros((3, sys.maxunicode + 1), dtype=np.bool_)
    for gram in by_beginning:
        (firsts if len(gram) > 1 else lone)[ord(gram[0])] = True
        seconds[ord(gram[-1])] = True
    return _Cues(by_beginning, firsts, seconds, lone, by_end, clause)


@functools.lru_cache(maxsize=1 << 12)
def _asking_for(verb: str) -> int:
    """The rules that a verb fits, as bits."""
    fitting = (1 << n for n, rule in enumerate(rules()) if rule.verb is None or rule.verb.search(verb))
    return sum(fitting)


def ruled(predicate: Predicate, clause: str) -> str | None:
    """Return the sub-class that the first fitting rule gives to one measure.

    >>> ruled(Predicate("成立", "创建工作领导小组"), "成立创建工作领导小组")
    '策略性措施'
    """
    lever = _lever(predicate)
    return _first_fitting(predicate, lever, clause, *_spoken_for([lever]))


def _lever(predicate: Predicate) -> str:
    return f"{predicate.verb} {predicate.object}"  # no cue may lie across the two


def _spoken_for(levers: list[str]) -> list[int]:
    """Which rules each text speaks for by a word in it; all are looked through at once, as one text."""
    cues = _cues()
    words = cues.by_beginning
    text = "\n".join([*levers, ""])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.cumsum([len(lever) + 1 for lever in levers])
    spoken = [0] * len(levers)
    for may_begin, size in (
        (cues.lone[codes], 1),
        (cues.firsts[codes[:-1]] & cues.seconds[codes[1:]], 2),
    ):
        places = may_begin.nonzero()[0]
        for at, number in zip(places.tolist(), ends.searchsorted(places, "right").tolist(), strict=True):
            beginning = text[at : at + size]
            if beginning not in words:
                continue
            for bit, word, length in words[beginning]:
                if word == text[at : at + length]:
                    spoken[number] |= bit
    return spoken


def _first_fitting(predicate: Predicate, lever: str, clause: str, spoken: int) -> str | None:
    """The sub-class that the first fitting rule gives to a measure whose words speak for some rules."""
    cues, known = _cues(), rules()
    thing = predicate.object.rstrip("》”")
    for bit, end in cues.by_end.get(thing[-1:], ()):
        if thing.endswith(end):
            spoken |= bit
    waiting = (spoken | cues.clause) & _asking_for(predicate.verb)
    while waiting:
        first = waiting & -waiting
        waiting ^= first
        rule = known[first.bit_length() - 1]
        is_said = spoken & first or (rule.clause and rule.clause.search(clause))
        if is_said and not rule.against.search(lever):
            return rule.sub
    return None


def instruments(measures: list[tuple[Predicate, str]]) -> list[Label]:
    """Return (instrument, sub-class) for each (predicate, clause text); (None, None) where both ways stay in doubt."""
    whole = [_lever(predicate) for predicate, _ in measures]
    subs = [
        _first_fitting(predicate, lever, clause, spoken)
        for (predicate, clause), lever, spoken in zip(measures, whole, _spoken_for(whole), strict=True)
    ]
    open_rows = [n for n, sub in enumerate(subs) if sub is None]
    levers = [measures[n][0].verb + measures[n][0].object for n in open_rows]
    for n, sub in zip(open_rows, predict(levers), strict=True):
        subs[n] = sub
    return [(INSTRUMENT_OF[sub], sub) if sub else (None, None) for sub in subs]
