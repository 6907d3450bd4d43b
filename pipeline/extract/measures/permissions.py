"""What a rule lets one do or refuse: 可优先安排用地指标, 学校可聘请退役运动员, 收款单位不能拒绝提供."""

from __future__ import annotations

from pipeline.extract.measures.deeds import LETTING, is_plain
from pipeline.extract.measures.leads import LEAD
from pipeline.extract.measures.verb_group import BY_WAY
from pipeline.extract.measures.view import ClauseView

NOTHING_LET = -1
LED_BY = BY_WAY | {"由"}  # by whom or what way it may be done
APPROVED = frozenset(["批准", "同意", "核准", "许可", "备案"])
# what is not done because it cannot be, and no ban: 不能排除
FAILING = frozenset(["排除", "替代", "代替", "保证", "解决", "履行", "落实", "整改", "完成"])


def behind_permission(view: ClauseView, index: int, actor: str | None, *, sure: bool) -> int:
    """Return the index of what a word at an index lets or forbids one to do, 0 if it is no such word there.

    NOTHING_LET where it only tells what is possible: 可有效提升满意度, 项目建成后可提高效率.
    """
    word, following = view.texts[index], index + 1
    if word == "不能":
        refused = view.texts[following] if following < view.size else ""
        is_ban = view.is_norm and refused and refused not in FAILING and is_plain(view, following)
        return following if is_ban else 0
    if word in LETTING and view.units[following : following + 1] and view.texts[following] in LED_BY:
        return following  # 可以|由县司法局组织调解
    if view.is_norm and word in LETTING and _opens(view, index):
        return NOTHING_LET if "resulting" in view.known[following].classes else following
    while view.known[following].kinds == LEAD and view.known[following + 1].acts:
        following += 1  # 可|继续|使用
    if view.is_paper and (actor or sure) and word != "允许":
        return following if actor or is_plain(view, following) else NOTHING_LET
    return 0


def _opens(view: ClauseView, index: int) -> bool:
    """Whether nothing but leads stands before an index: 也|可以, 且|可; or who approves of it: 经县政府批准|可以."""
    if view.texts[0] == "经" and view.texts[index - 1] in APPROVED:
        return True
    return all("lead" in view.known[n].kinds or view.is_adverb(n) for n in range(index))
