"""Clauses that only seem to act: 任务仍然艰巨, 承接平台积极拓展, 专业村发展到10个, 提供…是…的任务."""

from __future__ import annotations

from pipeline.extract.measures.patterns import GROWN_RE, PLACED_RE, is_attained, is_state
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView


def is_only_stated(view: ClauseView, found: Predicate) -> bool:
    """Return whether a clause tells of a state or a result, whatever predicate was found in it."""
    if is_attained(view.text) or (
        found.actor and not PLACED_RE.search(view.text) and GROWN_RE.search(view.text)
    ):
        return True
    stated = is_state(view.text)
    defined = "是" in view.text and _is_defined(view, found)
    if not (stated or defined):
        return False
    pivotal = any(pivot in found.verb for pivot in view.lexicon.words["pivot"])
    return not pivotal and (stated or found.verb != "坚持")


def _is_defined(view: ClauseView, found: Predicate) -> bool:
    """Whether the action is only the subject of 是: 提供优质服务是…的任务."""
    begin = view.units[0].start
    at = view.text.find(found.verb)
    return any(
        unit.text == "是"
        and unit.start - begin > at >= 0
        and not view.units[n].text.endswith(("特别", "尤其", "就", "不", "还", "而"))
        for n, unit in enumerate(view.units[1:])
    )
