"""Measures: the policy actions of a text, clause by clause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.measures.clauses import Clause, Piece, Words, clauses
from pipeline.extract.measures.context import Context, lone_actor
from pipeline.extract.measures.coordination import joined
from pipeline.extract.measures.deadlines import deadline_of
from pipeline.extract.measures.instruments import instruments
from pipeline.extract.measures.members import Members
from pipeline.extract.measures.modality import modality_of
from pipeline.extract.measures.parallel import parted
from pipeline.extract.measures.predicate import Predicate, find_predicate
from pipeline.extract.measures.verbs import Lexicon, lexicon
from pipeline.lazy_re import lazy_re
from pipeline.records import Extractions, Measure, Reading

# what a notice asks for at its end: 请认真贯彻执行, and no 请知悉
CARRYING_OUT = frozenset(["贯彻执行", "贯彻落实", "组织实施", "抓好落实", "遵照执行"])
ISSUED = frozenset(["印发", "出台", "发布", "下发", "颁布"])
TOLD_OF_ABOVE = (*ISSUED, "明确", "提出", "部署", "要求", "规定")
ABOVE_RE = lazy_re(r"党中央|中共中央|国务院|中央|教育部|财政部|国家[^，]{0,10}[委局部]")
TOPIC_RE = lazy_re(
    r"的(?:具体|实施|管理|计算|征收|补助){0,2}(?:办法|标准|事项|细则|范围|期限|程序|条件|目录)$"
)
REQUEST_RE = lazy_re(r"^(?:并?(?:现?请|望|希|希望))")  # 请结合实际，认真贯彻执行
REQUESTING = frozenset("并现请望希")  # the characters it begins with
LAID_DOWN = ("规定", "制定", "制订", "确定", "公布", "核定", "决定")
LONGEST_TIME = 16  # 到2027年底前: a clause that is nothing but the time

__all__ = ["find_measures"]


def find_measures(reading: Reading, found: Extractions) -> Iterator[Measure]:
    """Yield the clauses that state an action of a policy actor, in text order.

    Headings alone in their line, results (取得实效), background (为深入贯彻…) and explanations of terms yield nothing.
    """
    context = Context(reading)
    rows = list(_parsed(reading, context))
    texts = [reading.text[row.clause.start : row.clause.end] for row in rows]
    labels = instruments([(row.predicate, text) for row, text in zip(rows, texts, strict=True)])
    members = Members(reading, found)
    for row, text, (instrument, sub) in zip(rows, texts, labels, strict=True):
        duty = context.duties.at(row.clause.start)
        yield Measure(
            text,
            row.predicate.verb,
            row.predicate.object,
            row.predicate.actor,
            instrument,
            sub,
            members.slogan_of(row.clause),
            row.clause.start,
            row.clause.end,
            modality=row.modality,
            lead="、".join(duty.lead) or None if duty else None,
            responsible="、".join(duty.bodies) or None if duty else None,
            deadline=row.deadline or (duty.deadline if duty else None),
        )


def _is_issued_above(predicate: Predicate, actor: str | None) -> bool:
    """Whether a clause only tells which paper those above have issued: 党中央、国务院印发《…》."""
    return actor is not None and predicate.object.startswith("《") and ABOVE_RE.match(actor) is not None


def _is_topic(text: str, following: str) -> bool:
    """Whether a clause only names what the next one says who lays down: 征收房产税的具体办法，由省政府规定."""
    return following.endswith(LAID_DOWN) and TOPIC_RE.search(text) is not None


def _is_case(part: Piece, following: Piece, verbs: Lexicon) -> bool:
    """Whether a clause only tells in which case who it names has to do what comes next: 学校组织研学，应当报备."""
    names_first = part.units[0].tag[:1] in "nj" and not verbs.acts(part.units[0].text)
    return part.clause.mark == "，" and following.text.startswith("应当") and names_first


class _Row(NamedTuple):
    """A clause with what was read in it, or carried on from the clauses before it."""

    clause: Clause
    predicate: Predicate
    modality: str | None
    deadline: str | None


def _parsed(reading: Reading, context: Context) -> Iterator[_Row]:
    """Yield the clauses that act, each with the actor, duty and deadline that go on from those before it in its sentence."""
    words, verbs, setting = Words(reading), lexicon(), context.setting
    allowed = (clause for clause in clauses(reading) if context.allows(clause))
    for _, sentence in itertools.groupby(allowed, key=attrgetter("sentence")):
        actor: str | None = None
        modality: str | None = None  # 各乡镇要…，…: the duty goes on up to the semicolon
        deadline: str | None = None  # 到2027年，…，…
        told_of_above = False  # 国务院办公厅印发《…》，明确了…
        is_request = False  # 请结合实际，认真贯彻执行
        is_wish = False  # 你省请求，国家…: what others ask for is no deed of those who answer
        pieces = joined(list(map(words.piece, sentence)), verbs)
        parts = list(itertools.chain.from_iterable([parted(piece, verbs) for piece in pieces]))
        for part, following in itertools.zip_longest(parts, parts[1:]):
            if following and following.text[:1] == "由" and _is_topic(part.text, following.text):
                continue
            predicate = find_predicate(verbs, part, setting)
            clause = part.clause
            text = reading.text[clause.start : clause.end]
            is_wish = is_wish or (predicate is None and text[-2:] == "请求" and clause.mark in ("，", "："))
            if is_wish:
                continue
            own_deadline = deadline_of(text, context.year)
            is_request = is_request or (text[0] in REQUESTING and REQUEST_RE.match(text) is not None)
            idle = is_request and predicate is not None and not (predicate.object or predicate.actor)
            if predicate is None or (idle and predicate.verb not in CARRYING_OUT):
                actor = lone_actor(verbs, part) or actor
                if own_deadline and len(text) <= LONGEST_TIME:
                    deadline = own_deadline
                continue
            actor = predicate.actor or actor
            told_of_above = told_of_above or (predicate.verb in ISSUED and _is_issued_above(predicate, actor))
            if told_of_above and predicate.verb.startswith(TOLD_OF_ABOVE):
                continue
            own_modality = modality_of(part.texts, predicate.verb, verbs)
            if setting.is_norm and own_modality is None and following and _is_case(part, following, verbs):
                continue
            who = actor or context.actor_of_section(clause)
            if who != predicate.actor:
                predicate = Predicate(predicate.verb, predicate.object, who)
            yield _Row(clause, predicate, own_modality or modality, own_deadline or deadline)
            if own_modality == "obligation":
                modality = own_modality
            if clause.mark in ("；", "。"):
                modality = None
