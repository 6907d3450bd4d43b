"""Measures: the policy actions of a text, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.extract.measures.clauses import Clause, Words, clauses
from pipeline.extract.measures.context import Context
from pipeline.extract.measures.coordination import joined
from pipeline.extract.measures.instruments import instruments
from pipeline.extract.measures.members import Members
from pipeline.extract.measures.parallel import parted
from pipeline.extract.measures.predicate import Predicate, find_predicate, lone_actor
from pipeline.extract.measures.verbs import lexicon
from pipeline.records import Extractions, Measure, Reading

__all__ = ["find_measures"]


def find_measures(reading: Reading, found: Extractions) -> Iterator[Measure]:
    """Yield the clauses that state an action of a policy actor, in text order.

    Headings alone in their line, results (取得实效), background (为深入贯彻…) and explanations of terms yield nothing.
    """
    rows = list(_parsed(reading))
    texts = [reading.text[clause.start : clause.end] for clause, _ in rows]
    labels = instruments([(predicate, text) for (_, predicate), text in zip(rows, texts, strict=True)])
    members = Members(reading, found)
    for (clause, predicate), text, (instrument, sub) in zip(rows, texts, labels, strict=True):
        yield Measure(
            text,
            predicate.verb,
            predicate.object,
            predicate.actor,
            instrument,
            sub,
            members.slogan_of(clause),
            clause.start,
            clause.end,
        )


def _parsed(reading: Reading) -> Iterator[tuple[Clause, Predicate]]:
    words, context, verbs = Words(reading), Context(reading), lexicon()
    allowed = (clause for clause in clauses(reading) if context.allows(clause))
    for _, sentence in groupby(allowed, key=lambda clause: clause.sentence):
        actor: str | None = None
        pieces = joined([(c, words.units(c.start, c.end)) for c in sentence], verbs)
        for clause, units in (part for piece in pieces for part in parted(piece, verbs)):
            predicate = find_predicate(verbs, units, in_plan=context.in_plan, places=context.places)
            if predicate is None:
                actor = lone_actor(verbs, units) or actor
                continue
            actor = predicate.actor or actor
            yield clause, Predicate(predicate.verb, predicate.object, actor)
