"""What a level was raised or cut from: 由6.1平方公里拓展到8.2平方公里, 较上年2亿元增长10%."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming, balanced, with_its_mark
from pipeline.extract.quantities.governing import RAISED_AS, words_before
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.subjects import grown_subject, subject_before, told_subject
from pipeline.lazy_re import lazy_re

_BASE_RE = lazy_re(r"(?:由|从)[^，。；、\d]{0,14}$")  # 面积〔由〕6.1平方公里拓展到8.2平方公里
_RAISED_TO_RE = lazy_re(r"(?:以上|左右)?(?:分别)?[一-鿿]{0,4}[到至]")
_RAISED_RE = lazy_re(rf"{_RAISED_TO_RE.pattern}|(?:以上|左右)?(?:分别)?{RAISED_AS}")
# 收入〔较上年〕28899万元增长9.9%
_YEAR_BEFORE_RE = lazy_re(
    r"(?:[较比与同](?:上年度?|去年|前年|上一年度?|□)(?:同期|同口径|末|底|实际|完成|决算|执行)*[数额]?|基数)(?:的|为)?$"
)
_MOVED_RE = lazy_re(
    r"(?:相比)?[，,]?\s?(?:同口径|同比|实际)?(?:增长|下降|增加|减少|[增减超短][收支]|提高|降低|上升|回落|下滑|净增|[多少增减])"
)
_TIMES_OF_RE = lazy_re(r"的\s?[\d.]{1,6}\s?倍")  # 年均〔18次〕的1.8倍


def takes_base(clause: Clause, group: list[Found], carried: Carried) -> bool:
    """Keep the indicator of a group that a level was raised or cut from, and say whether it is one: 由6.1平方公里拓展到…, 较上年2亿元增长…."""
    front, behind = clause.blanked(clause.left, group[0].start), group[-1].end - clause.offset
    if clause.line[behind : behind + 1] == "的" and _TIMES_OF_RE.match(clause.line, behind):
        carried.end, carried.tells_base = group[-1].end, False
        return True
    for base_re, moved_re in ((_BASE_RE, _RAISED_RE), (_YEAR_BEFORE_RE, _MOVED_RE)):
        if (base := base_re.search(front)) and moved_re.match(clause.line, behind):
            break
    else:
        return False
    before = words_before(clause.words, clause.line, clause.offset, clause.left, clause.left + base.start())
    name = balanced(with_its_mark(clause.words.text, before.start, before.end))
    if before.start < before.end and name:
        names = split_names(name, len(group))
        carried.take(Naming(names, before.start, group[-1].end))
    elif base_re is _BASE_RE and _RAISED_TO_RE.match(clause.line, behind) is None:
        return False  # 私营工业所占的比重，则由63%下降为39%: what it is of stands before the comma
    elif base_re is _BASE_RE and (subject := _subject(clause, group, carried)):
        carried.take(subject)
    carried.end, carried.is_raised = group[-1].end, True
    carried.tells_base = base_re is _BASE_RE
    return True


def _subject(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name a base by the subject of the clause before: 〔森林覆盖率〕稳步提高，由30%, 〔高新技术企业〕不断壮大，由12家."""
    return (
        subject_before(clause, group, carried, "increase")
        or grown_subject(clause, group, carried, is_base=True)
        or told_subject(clause, group, carried)
    )
