"""Verbs of one field that share their object side by side: 排查|整治|隐患, 维修|加固|水库, 学习|宣传|贯彻|精神."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.measures.clauses import JOINTS
from pipeline.extract.measures.verbs import NOUNLIKE

if TYPE_CHECKING:
    from pipeline.extract.measures.view import ClauseView

# a verb is akin to those of its fields: one may check and help, drafting and building have few in common
KIN = frozenset([
    "checking", "treating", "drafting", "bettering", "works", "spreading", "heritage", "trying", "helping", "gathering",
    "completing",
])  # fmt: skip
# what verbs are done to, though it also ends names: 检查验收|项目, not 检查验收|工作
DONE_TO = frozenset([
    "项目", "问题", "资源", "资金", "经费", "设施", "设备", "政策", "矛盾", "数据", "信息", "档案", "文件", "单位", "人员", "队伍",
    "措施", "文化",
])  # fmt: skip
NO_THING = JOINTS | {"后", "前", "时"}


def share_field(view: ClauseView, first: int, second: int) -> bool:
    """Whether the verbs at two indexes are of one field."""
    shared = view.known[first].classes & view.known[second].classes
    return bool(shared) and not KIN.isdisjoint(shared) and view.known[second].acts


def are_listed(view: ClauseView, first: int, second: int) -> bool:
    """Whether the verbs at two indexes, 、 between them, are of one field with a thing behind all: 收集|、|储存|、|运输|垃圾."""
    behind = second + 1
    while behind + 1 < view.size and view.texts[behind] == "、" and share_field(view, first, behind + 1):
        behind += 2
    is_thing = behind < view.size and view.units[behind].tag[:1] in "nblsq" and not view.known[behind].acts
    return is_thing and share_field(view, first, second) and not view.follows_head(behind)


def are_joined(view: ClauseView, first: int, second: int) -> bool:
    """Whether the verbs at two indexes, 和 between them, are done to what follows: 培训|和|指导|基层人员, not 检查|和|验收|工作."""
    behind = second + 1
    if behind >= view.size or view.units[behind].tag[:1] not in "nblsqrmj":
        return False
    known = view.known[second]
    if not (share_field(view, first, second) or ("upright" in known.classes and known.acts)):
        return False
    last = view.known[view.size - 1].classes
    is_thing = view.texts[-1] in DONE_TO or not ("nominalizer" in last or "head" in last)
    return is_thing or ("upright" in known.classes and behind + 1 < view.size)


def are_kin(view: ClauseView, first: int, second: int) -> bool:
    """Whether the verbs at two indexes are of one field and a thing stands behind them: 监督|检查|政策落实情况, not 监督|检查|工作."""
    behind = second + 1
    if behind >= view.size or not share_field(view, first, second):
        return False
    if view.texts[first] == view.texts[second] or view.texts[behind] in NO_THING:
        return False  # 处理|管理|与服务的关系, 调整|完善|后的措施
    kinds = view.known[second].kinds
    if NOUNLIKE.isdisjoint(kinds) or view.texts[behind] in DONE_TO or not view.follows_head(behind):
        return True
    return "noun" not in kinds and behind + 1 < view.size  # 建立|完善|工作机制
