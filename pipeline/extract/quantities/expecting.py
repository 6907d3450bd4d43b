"""What is expected of a year that is not over yet, or goes on with what is planned: 预计今年产值达到5亿元."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

# outside a report, whose 预计 is of the year that has just ended
_EXPECTED_RE = lazy_re(
    r"预计(?!数)(?:□|今年|年底|年末|年内|全年|每?年|到|可|将|能|完成|实现|建成|达到?|新增|总?投资|增收|带动|带来|总?产|亩产|收入|产值)"
)
_PLANNED_RE = lazy_re(
    r"\s?(?:今年|□{2,8}|全[县市区年]|[^，。；]{2,8}){0,3}计划(?:总?投[资入]|新[建增上]|安排|实施|完成)"
)
_DONE_RE = lazy_re(r"了|已")
_NEXT_RE = lazy_re(r"(?:^|[，；：。])下一?步[，,]")
_DUE_RE = lazy_re(r"□(?:年?[底末])?之?前(?:，|$)")


def expects(clause: str) -> bool:
    """Tell whether a clause gives what is expected of a year that is not over yet: 预计今年产值达到5亿元."""
    return _EXPECTED_RE.search(clause) is not None


def part_before(sentence: str, clause: str) -> str | None:
    """Return what a part of a sentence says before a clause of it, None where the clause is none of the sentence.

    >>> part_before("去年建成2个；计划投资3亿元，建成5个", "建成5个")
    '计划投资3亿元，'
    """
    at = sentence.find(clause)
    return None if at < 0 else sentence[sentence.rfind("；", 0, at) + 1 : at]


def goes_on_planning(sentence: str, clause: str) -> bool:
    """Say whether a clause goes on with what is planned: 2024年计划投资5600万元，〔实施硬化项目12个〕."""
    before = part_before(sentence, clause)
    return before is not None and _PLANNED_RE.match(before) is not None and _DONE_RE.search(clause) is None


def is_due(sentence: str, clause: str, ends: int | None, year: int | None, *, is_plan: bool) -> bool:
    """Say whether a clause tells what comes next, or in a plan what is due by a time not over: 下一步，…; 2025年底前，…."""
    if "步" not in sentence and "前" not in sentence:
        return False
    before = part_before(sentence, clause) or ""
    if _NEXT_RE.search(before):
        return True
    is_over = ends is None or (year is not None and ends < year)
    return is_plan and not is_over and _DUE_RE.search(before) is not None
