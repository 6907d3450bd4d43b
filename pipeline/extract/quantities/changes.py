"""Which way an amount changes: 增长10%, 新增校舍2万平方米、学位400个, and no change in 改造提升3条道路, 消除隐患189处."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.governing import Before
from pipeline.extract.quantities.refusals import AGES
from pipeline.lazy_re import lazy_re

_REACHING_RE = lazy_re(r"(?:突破|达到?|完成|实现|为|超过?)$")  # 增长15%、力争〔突破〕14亿元
_BUILT_RE = lazy_re(r"总数|累计达|达到?|新建|改建|扩建|新改建|修建|建成|完成|改造|整治|建设")
_CUT_RATES = ("压减率", "下降率", "降低率", "减少率", "缩减率", "压缩率", "降幅")
_REMOVED_RE = lazy_re(r"消除[^，。；\d]{0,8}(?:隐患|风险|问题|盲区|盲点|险情)")
_JOINED_RE = lazy_re(r"(?:（[^（）\d]{1,24}）|□{3,4})?[、和及]")  # 新增高新企业30家（全市第一）、创新平台2家
_PARTS_RE = lazy_re(
    r"[新净]增(?!长)[^，。；：\d]{1,16}\d[\d.]*[^，。；：\d]{1,4}[，（]其中：?(?:[^，。；：\d]{2,14}\d[\d.]*[^，。；：、\d]{1,4}[，、])*[^，。；：\d]{2,14}$"
)
_PARTS = 160  # characters in which the parts of a whole are told
_LESS_IS_BETTER = ("浓度", "指数", "能耗", "强度")
_BETTERED_RE = lazy_re(r"改善了?(?:幅度)?(?:达到?|约)?$")
_IMPROVING = ("提升", "提高", "加快")


def told_change(clause: Clause, group: list[Found], naming: Naming, before: Before) -> str | None:
    """Return "increase" or "decrease" where the words of a named group tell it: 增长10%, 扩面2.2万人."""
    name, change = naming.names[-1], before.change
    is_share_of = group[0].kind == "share" and before.end and clause.words.text[before.end - 1] == "的"
    if is_share_of or group[0].amount.unit in AGES or _only_improves(clause, group, before):
        change = None  # 提高65岁以上老人体检标准
    if change == "decrease" and (name.endswith(_CUT_RATES) or _puts_right(clause, before)):
        change = None  # 压减率94.7%, 消除隐患189处
    if (
        change is None
        and "改善" in clause.line
        and name.endswith(_LESS_IS_BETTER)
        and _BETTERED_RE.search(clause.blanked(clause.left, group[0].start))
    ):
        return "decrease"  # PM2.5浓度同比改善6.7%
    return "increase" if change is None and name.endswith("扩面") else change


def change_of_list(clause: Clause, group: list[Found], carried: Carried) -> str | None:
    """Return the change that the first of a list tells for all: 新增校舍面积71732平方米、标准学位4160个."""
    last = carried.last
    if last is None or clause.start >= carried.end:
        return None
    if _JOINED_RE.match(clause.line, carried.end - clause.offset) is None:
        return None
    if _REACHING_RE.search(clause.blanked(clause.left, group[0].start)):
        return None
    if any("新增" in name for name in last.names):
        return None  # 城镇新增就业2400人、技能培训2000人
    return None if _BUILT_RE.match(clause.line, clause.left - clause.offset + 1) else last.change


def change_of_part(clause: Clause, group: list[Found], naming: Naming, carried: Carried) -> str | None:
    """Return the change of a whole that a part goes on with: 新增富民产业13042亩，其中〔果业9542亩，有机茶叶2000亩〕."""
    last = carried.last
    if last is None or last.change != "increase" or not carried.has_unit_of(group[0]):
        return None
    if clause.words.text[clause.start : naming.start].strip() not in ("", "其中", "其中："):
        return None  # 其中〔建成〕大棚200亩
    if _REACHING_RE.search(clause.blanked(clause.left, group[0].start)):
        return None
    at = group[0].start - clause.offset
    return last.change if _PARTS_RE.search(clause.line, max(0, at - _PARTS), at) else None


def _only_improves(clause: Clause, group: list[Found], before: Before) -> bool:
    """Say whether the verb makes things better and not more: 改造〔提升〕3条主干道路."""
    return (
        group[0].kind == "count"
        and before.change_at is not None
        and clause.words.text.startswith(_IMPROVING, before.change_at)
    )


def _puts_right(clause: Clause, before: Before) -> bool:
    """Say whether dangers are put right, which are no fewer than what was counted: 消除隐患189处."""
    at = before.change_at
    return at is not None and _REMOVED_RE.match(clause.words.text, at) is not None
