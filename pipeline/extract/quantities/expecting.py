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
# what somebody is about to do, and no 企业将完成的…: 全县|将新建学校3所
WILL = r"(?<=[县市区镇乡村州旗省局校院厂司目程园地们该府委部政])将(?:再|陆续|全部|继续)?(?=(?:新[建增]|建成|完成|投资|实施|实现|开展|达到?|改造|改建|扩建|改扩建|培育|引进|打造|创建|举办|推出|开工|拿出|拨付|发放|培训|招[聘收]|续建|种植|形成|覆盖|惠及|带动|提供|选派)(?!的)|建设(?!用地|项目|资金|任务|单位|内容)|(?:投入|安排)[^，。；]{0,12}[\d□])"
_AIM_RE = lazy_re(
    rf"{WILL}|(?:^|(?<=[，；：]))将|计划(?:总?投[资入]|新[建增上]|安排|实施|完成)|(?<![虚比模])拟(?![议定])|力争|争取(?!到)"
)
_SINCE_RE = lazy_re(
    r"了|已|目前|截[至止]|现有|(?<![比较])(?:去年|上年)|同比|累计|共有"
)  # 拟安排5亿元，比上年增长6%
_GOALS_RE = lazy_re(
    r"(?:目标|目标任务|任务目标)(?:[是为]：?|：)(?![^，。；]{0,8}(?:已|完成))"
)  # 今后五年的主要目标是：…
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


def states_goals(sentence: str, clause: str) -> bool:
    """Say whether a sentence says that it names goals before it comes to a clause: 主要目标是：生产总值增长8%，〔收入比□翻一番〕."""
    goals = _GOALS_RE.search(sentence)
    return goals is not None and sentence.find(clause) - goals.end() >= 0 and _DONE_RE.search(clause) is None


def goes_on_planning(sentence: str, clause: str) -> bool:
    """Say whether a clause goes on with what is planned: 2024年计划投资5600万元，〔实施硬化项目12个〕."""
    before = part_before(sentence, clause)
    return before is not None and _PLANNED_RE.match(before) is not None and _DONE_RE.search(clause) is None


def goes_on_aiming(sentence: str, clause: str) -> bool:
    """Say whether a clause goes on with what somebody will do: 项目将新建机耕路9千米，〔蓄水池121口〕."""
    if "将" not in sentence and "计划" not in sentence and "争" not in sentence and "拟" not in sentence:
        return False
    before = part_before(sentence, clause) or ""
    aims = [aim.end() for aim in _AIM_RE.finditer(before)]
    goes_on = bool(aims) and "完成" not in clause  # 计划造林3万亩，年度计划〔完成2万亩〕
    return goes_on and _SINCE_RE.search(before[aims[-1] :] + clause) is None


def is_due(sentence: str, clause: str, ends: int | None, year: int | None, *, is_plan: bool) -> bool:
    """Say whether a clause tells what comes next, or in a plan what is due by a time not over: 下一步，…; 2025年底前，…."""
    if "步" not in sentence and "前" not in sentence:
        return False
    before = part_before(sentence, clause) or ""
    if _NEXT_RE.search(before):
        return True
    is_over = ends is None or (year is not None and ends < year)
    return is_plan and not is_over and _DUE_RE.search(before) is not None
