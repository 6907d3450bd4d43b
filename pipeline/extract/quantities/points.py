"""Points of an appraisal: what they are given or taken for (得6分, 每少1项扣0.4分), and grades (90分以上为优秀)."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.lists import each_of
from pipeline.lazy_re import lazy_re

_COUNTED_RE = lazy_re(
    r"(?:最[高多]|累计|一次性|再|各|分别|可|直接|倒|酌情){0,3}(?P<verb>[得加扣减记]|(?<![累合总共])计|扣除|扣减|加计|奖励)$"
)
_GRADE_RE = lazy_re(
    r"(?:（[^（）]{1,8}）)?的?(?:，)?(?:评定?|定|确定|认定|评价|考核|计|视|划)?(?:等次)?[为是](?P<grade>“?(?:不|基本|较)?[一-鿿A-E]{1,3}”?(?:等次|等级|档次|[等档级])?)(?=[，。；、（）\n]|\Z)"
)
_SCORES = ("得分", "分数", "成绩", "总分", "评分", "分值", "均分")


def of_points(
    clause: Clause, group: list[Found], per: tuple[str, int] | None, carried: Carried
) -> Naming | None:
    """Name points by the verb that gives or takes them (〔扣〕10分), or by the grade they make (90分以上为〔优秀〕)."""
    text, first, last = clause.words.text, group[0], group[-1]
    if graded := _GRADE_RE.match(text, last.end, clause.right):
        front = clause.blanked(clause.left, first.start).strip("、 ")
        is_of_a_score = carried.last is not None and carried.last.names[-1].endswith(_SCORES)
        if not front and not is_of_a_score:
            grade = graded["grade"].strip("“”")
            return Naming((grade,), first.start, graded.end())
        return None
    counted = _COUNTED_RE.search(clause.blanked(clause.left, first.start))
    if counted is None:
        return None
    start = clause.left + counted.start("verb")
    if len(group) > 1:
        whom, opened = each_of(text, max(clause.offset, start - 60), start, len(group))
        if whom:
            return Naming(whom, opened, last.end)
    return Naming((counted["verb"],), start, last.end)
