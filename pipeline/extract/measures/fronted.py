"""What stands in front of its verb: a topic (食堂全部实行自主经营), a patient (教育经费全部落实到位)."""

from __future__ import annotations

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.patterns import CARRIED_OUT_RE, DIVIDED_RE, FRONTED_RE, TURNED_RE
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView


def topic_verb(view: ClauseView, index: int) -> int | None:
    """Return the index of a plain verb with an object behind a topic, adverbs between; None for any other verb."""
    n = index
    last = len(view.units) - 1
    if last > n and view.is_adverb(last - 1) and view.acts(last):
        return None  # 产业承接平台积极拓展
    while n < len(view.units) and view.is_adverb(n) and not view.acts(n):
        n += 1
    if n + 1 >= len(view.units) or not view.acts(n) or not view.is_predicate(n, sure=False):
        return None
    plain = view.kind(n).isdisjoint({"aim", "noun", "either", "goal", "lead", "light"})
    plain = plain and not view.has("status", n)
    return n if plain and not view.units[n + 1].tag.startswith(("v", "p", "bracket")) else None


def fronted(view: ClauseView, index: int, actor: str | None) -> Predicate | None:
    """Return the predicate of a patient in front of its verb: 教育经费全部落实到位, 全县学校划分为12个片区, 初中部改扩建."""
    rest = joined_text(view.units[index:])
    for pattern in (CARRIED_OUT_RE, DIVIDED_RE, TURNED_RE) if FRONTED_RE.search(rest) else ():
        match = pattern.search(rest)
        if match and 2 <= match.start() <= 60:
            return Predicate(match["verb"], rest[: match.start()].strip(), actor)
    body = [u for u in view.units[index:] if u.tag != "bracket"]
    if len(body) >= 2 and body[-1].text in view.lexicon.words["built"]:
        return Predicate(body[-1].text, joined_text(body[:-1]), actor)
    return None
