"""Amounts told as a share of another one: 完成预算49531万元的85%, 占预算101032万元的67.3%."""

from __future__ import annotations

import re

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming

_WHOLE = (
    r"(?P<whole>[^，。；：、\d□■]{0,8}?(?:预算|计划|任务|目标)(?:总[额量数]|[额数])?)"  # 年度计划, 预算数
)
_WHOLE_RE = re.compile(rf"(?P<how>占|完成了?|达到?|为|相当于){_WHOLE}$")
_SHARE_BEHIND_RE = re.compile(r"的\s?(?:约|近|超过?)?\d[\d.]{0,7}\s?[%％]")
_PLAN_SHARE_RE = re.compile(rf"(?:均|已|分别|累计)*完成了?{_WHOLE}的$")


def of_a_share(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name an amount that is a share of another one, or what another one is a share of; None for any other."""
    return _of_a_whole(clause, group, carried) or _of_a_plan(clause, group, carried)


def _of_a_plan(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name the shares of a plan that were reached: 固定资产投资10亿元，〔完成年度计划的〕119%."""
    if group[0].kind != "share" or carried.last is None:
        return None
    match = _PLAN_SHARE_RE.search(clause.blanked(clause.left, group[0].start))
    if match is None or match.start() > 0:
        return None
    names, start = carried.named(len(group))
    names = tuple(f"{name}完成{match['whole']}" for name in names)
    return Naming(names, start, group[-1].end, is_aside=True) if len(names) in (1, len(group)) else None


def _of_a_whole(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name what a share is of (完成〔预算〕49531万元的), and the share behind it (一般公共预算收入〔完成预算〕…的85%)."""
    if len(group) != 1:
        return None
    found, whole = group[0], carried.whole
    carried.whole = None
    if whole is not None and found.kind == "share" and carried.last is not None:
        name, end = whole
        if clause.words.text[end : found.start].strip() == "的":
            return Naming((carried.last.names[-1] + name,), carried.last.start, found.end, is_aside=True)
    if found.kind == "share" or not _SHARE_BEHIND_RE.match(clause.line, found.end - clause.offset):
        return None
    match = _WHOLE_RE.search(clause.blanked(clause.left, found.start))
    if match is None:
        return None
    carried.whole = (match["how"] + match["whole"], found.end)
    return Naming((match["whole"],), clause.left + match.start(), found.end, is_aside=True)
