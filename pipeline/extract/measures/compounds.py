"""Clauses that open with a verb which may be a noun, and whose object begins with a verb as jieba tags it: 整治|违法|建设."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.measures.view import ClauseView

RIDDING = frozenset(["整治", "纠治", "治理", "清理", "纠正", "查处"])
DRIVES = frozenset(["行动", "活动", "工作", "方案", "情况", "会战", "攻坚", "成效"])
WORD = 2  # characters


def opens_on_compound(view: ClauseView) -> bool:
    """Return whether a clause's first verb acts on what follows: 整治|占道|经营, 宣传|应急|知识; not 整治违法建设专项行动."""
    if _names_drive(view):
        return False
    following = view.units[1]
    is_name = view.units[-1].tag[:1] == "n" and following.tag[:1] == "v"
    is_name = is_name and len(following.text) == WORD and following.text[0] != "中"  # 改革|中有|缺点
    return is_name or view.texts[0] in RIDDING


def _names_drive(view: ClauseView) -> bool:
    last, text = view.known[view.size - 1].classes, view.texts[-1]
    is_named = "nominalizer" in last or "head" in last
    return text[-2:] in DRIVES or (is_named and text != "问题")
