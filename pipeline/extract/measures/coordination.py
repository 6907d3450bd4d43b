"""Clauses that a comma parts and grammar does not: coordinated objects, long attributes."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import Clause, Unit
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon

VAGUE_RE = re.compile(
    r"(?:一批|一支|一套|一系列|一大批|若干)(?P<attribute>[^的]{2,30})$"
)  # 培养一批思想境界高，…的干部
LISTED_RE = re.compile(
    r"[^，的]{2,20}、[^，]{2,30}(?:及|和|以及|等)[^，]{2,20}$"
)  # 骨干团队、教师外出培训及大练兵活动
MOST_PARTS = 6

Piece = tuple[Clause, list[Unit]]


def joined(pieces: list[Piece], words: Lexicon) -> list[Piece]:
    """Return the clauses of one sentence with those put together again that share one verb."""
    result: list[Piece] = []
    n = 0
    while n < len(pieces):
        clause, units = pieces[n]
        text = "".join(u.text for u in units)
        last = n
        if VAGUE_RE.search(text) and units[-1].tag[:1] in "av":
            last = _attribute_end(pieces, n)
        elif clause.mark == "，" and _has_verb(units, words):
            while last + 1 < len(pieces) and last - n < MOST_PARTS and pieces[last][0].mark == "，":
                if not _goes_on(text, pieces[last + 1][1], words):
                    break
                last += 1
        for _, more in pieces[n + 1 : last + 1]:
            comma = units[-1].end
            units = [*units, Unit("，", "x", comma, more[0].start), *more]
        result.append(
            (Clause(clause.start, pieces[last][0].end, pieces[last][0].mark, clause.sentence), units)
        )
        n = last + 1
    return result


def _has_verb(units: list[Unit], words: Lexicon) -> bool:
    for unit in units[:-1]:
        known = words.known.get(unit.text, NOTHING)
        if known.acts and "noun" not in known.kinds:
            return True
    return False


def _attribute_end(pieces: list[Piece], n: int) -> int:
    """The clause in which the attribute begun after 一批 meets its noun (…的干部), `n` when there is none."""
    for k in range(n + 1, min(n + MOST_PARTS, len(pieces))):
        if pieces[k - 1][0].mark != "，" or not pieces[k][1]:
            return n
        text = "".join(u.text for u in pieces[k][1])
        if re.search(r"的[^的]{2,40}$", text):
            return k
    return n


def _goes_on(text: str, units: list[Unit], words: Lexicon) -> bool:
    """Whether a clause without verb of its own continues the list of objects before it."""
    if not units or words.acts(units[0].text):
        return False
    for unit in units:
        # jieba keeps 严厉打击 in one piece: its second half may be the verb
        known = words.known.get(unit.text[2:] if len(unit.text) == 4 else unit.text, NOTHING)
        if known.acts and known.kinds.isdisjoint(NOUNLIKE):
            return False
        if unit.tag in ("d", "ad", "p", "m") or unit.text in words.words["evaluation"]:
            return False
    following = "".join(u.text for u in units)
    same_head = (
        len(units[-1].text) >= 2 and text.endswith(units[-1].text) and len(following) > len(units[-1].text)
    )
    return same_head or ("、" in text and bool(LISTED_RE.match(following)))
