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


def are_kin(view: ClauseView, first: int, second: int) -> bool:
    """Whether the verbs at two indexes are of one field and a thing stands behind them: 监督|检查|政策落实情况, not 监督|检查|工作."""
    shared = view.known[first].classes & view.known[second].classes
    behind = second + 1
    if not shared or KIN.isdisjoint(shared) or behind >= view.size or not view.known[second].acts:
        return False
    if view.texts[first] == view.texts[second] or view.texts[behind] in NO_THING:
        return False  # 处理|管理|与服务的关系, 调整|完善|后的措施
    kinds = view.known[second].kinds
    if NOUNLIKE.isdisjoint(kinds) or view.texts[behind] in DONE_TO or not view.follows_head(behind):
        return True
    return "noun" not in kinds and behind + 1 < view.size  # 建立|完善|工作机制
