"""Which policy instrument a measure pulls: the codebook's rules in their order, then a small classifier."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from operator import add

from pipeline.errors import LexiconError
from pipeline.extract.measures.instrument_model import predict
from pipeline.extract.measures.predicate import Predicate
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
    cue: re.Pattern[str]
    ends: tuple[str, ...]
    clause: tuple[str, ...]
    verbs: tuple[str, ...]
    against: re.Pattern[str]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)")


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
                _any_of(row.get("words", [])),
                tuple(row.get("ends", ())),
                tuple(row.get("clause", ())),
                tuple(row.get("verb", ())),
                _any_of(row.get("unless", [])),
            )
        )
    return tuple(found)


@functools.cache
def _by_beginning() -> tuple[dict[str, int], frozenset[str], int]:
    """Return which rules have a word that begins with some characters, two or the word itself, and which may do without.

    Rules are bits, the first one the lowest. The beginnings come once more as a set.
    """
    asked: dict[str, int] = {}
    always = 0
    for number, rule in enumerate(rules()):
        for word in rule.words:
            asked[word[:2]] = asked.get(word[:2], 0) | 1 << number
        if rule.ends or rule.clause:
            always |= 1 << number
    return asked, frozenset(asked), always


def ruled(predicate: Predicate, clause: str) -> str | None:
    """Return the sub-class that the first fitting rule gives.

    >>> ruled(Predicate("成立", "创建工作领导小组"), "成立创建工作领导小组")
    '策略性措施'
    """
    lever = f"{predicate.verb} {predicate.object}"  # no cue may lie across the two
    thing = predicate.object.rstrip("》”")
    asked, beginnings, waiting = _by_beginning()
    for beginning in beginnings.intersection(lever) | beginnings.intersection(map(add, lever, lever[1:])):
        waiting |= asked[beginning]
    while waiting:
        first = waiting & -waiting
        waiting ^= first
        rule = rules()[first.bit_length() - 1]
        if (
            (
                rule.cue.search(lever)
                or (rule.ends and thing.endswith(rule.ends))
                or (rule.clause and any(word in clause for word in rule.clause))
            )
            and (not rule.verbs or any(verb in predicate.verb for verb in rule.verbs))
            and not rule.against.search(lever)
        ):
            return rule.sub
    return None


def instruments(measures: list[tuple[Predicate, str]]) -> list[Label]:
    """Return (instrument, sub-class) for each (predicate, clause text); (None, None) where both ways stay in doubt."""
    subs = [ruled(predicate, clause) for predicate, clause in measures]
    open_rows = [n for n, sub in enumerate(subs) if sub is None]
    levers = [measures[n][0].verb + measures[n][0].object for n in open_rows]
    for n, sub in zip(open_rows, predict(levers), strict=True):
        subs[n] = sub
    return [(INSTRUMENT_OF[sub], sub) if sub else (None, None) for sub in subs]
