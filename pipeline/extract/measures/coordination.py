"""Clauses that a comma parts and grammar does not: coordinated objects, long attributes."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import Clause, Unit
from pipeline.extract.measures.verbs import Lexicon

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
        elif units and any(words.acts(u.text) and "noun" not in words.kind(u.text) for u in units[:-1]):
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
    # jieba keeps 严厉打击 in one piece: its second half may be the verb
    ends = [u.text[2:] if len(u.text) == 4 else u.text for u in units]
    verbs = [w for w in ends if words.acts(w) and words.kind(w).isdisjoint({"noun", "either"})]
    other = [u for u in units if u.tag in ("d", "ad", "p", "m") or u.text in words.words["evaluation"]]
    if verbs or other or not units or words.acts(units[0].text):
        return False
    following = "".join(u.text for u in units)
    same_head = (
        len(units[-1].text) >= 2 and text.endswith(units[-1].text) and len(following) > len(units[-1].text)
    )
    return same_head or ("、" in text and bool(LISTED_RE.match(following)))
