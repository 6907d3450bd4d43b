"""What a group of amounts counts or measures: the indicator before it, behind it, or carried over from before."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.quantities.amounts import Found, comparing_word
from pipeline.extract.quantities.behind import named_behind, of_a_deadline, of_a_total, of_a_use, of_all_day
from pipeline.extract.quantities.clauses import Carried, Clause, Naming, balanced
from pipeline.extract.quantities.elliptic import (
    bare_verb,
    continued,
    done_each_time,
    honour,
    inherited,
    of_a_gain,
    of_a_kind,
    of_a_level,
    of_sorts,
    passed,
    repeated,
    subject_before,
    with_head,
    with_maker,
)
from pipeline.extract.quantities.governing import Before, words_before
from pipeline.extract.quantities.grants import of_a_grant
from pipeline.extract.quantities.in_front import named_in_front, of_brackets
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.refusals import AGES, SORTS
from pipeline.extract.quantities.shares import of_a_rate, of_a_share
from pipeline.tagged import TaggedText

_BASE_RE = re.compile(r"(?:由|从)[^，。；、\d]{0,14}$")  # 面积〔由〕6.1平方公里拓展到8.2平方公里
_RAISED_RE = re.compile(r"(?:以上|左右)?(?:分别)?[一-鿿]{0,4}[到至]")
# 收入〔较上年〕28899万元增长9.9%
_YEAR_BEFORE_RE = re.compile(
    r"(?:[较比与同](?:上年度?|去年|前年|上一年度?|□)(?:同期|同口径|末|底|实际|完成|决算|执行)*[数额]?|基数)(?:的|为)?$"
)
_RAISED_TO_RE = re.compile(r"(?:以上|左右)?(?:分别)?[一-鿿]{1,4}[到至]了?□{2,14}的?")
_MOVED_RE = re.compile(
    r"(?:相比)?[，,]?\s?(?:同口径|同比|实际)?(?:增长|下降|增加|减少|[增减超短][收支]|提高|降低|上升|回落|下滑|净增|[多少增减])"
)
_ASIDE_RE = re.compile(r"^[（(][^（）()]{1,10}[）)]")
_GROWTH_RE = re.compile(r"(?:年均|平均|同比|月均)?(?:增速|增幅|增长率)")
_REACHING_RE = re.compile(r"(?:突破|达到?|完成|实现|为|超过?)$")  # 增长15%、力争〔突破〕14亿元
_BUILT_RE = re.compile(r"总数|累计达|达到?|新建|改建|扩建|新改建|修建|建成|完成|改造|整治|建设")
_TIMES_OF_RE = re.compile(r"的\s?[\d.]{1,6}\s?倍")  # 年均〔18次〕的1.8倍
_FOOTNOTE_RE = re.compile(r"\[\d{1,2}\]$")
_DENSITIES = ("千人均", "万人均", "千人口", "万人口")  # 病床425张，每千人口2.13张
_HAD_RE = re.compile(r"(?:至少|拥有|配备|配置|设置|设立|建有)+(?=.{2})")
_CUT_RATES = ("压减率", "下降率", "降低率", "减少率", "缩减率", "压缩率", "降幅")
_REMOVED_RE = re.compile(r"消除[^，。；\d]{0,8}(?:隐患|风险|问题|盲区|盲点|险情)")
_IMPROVING = ("提升", "提高", "加快")


def is_base(clause: Clause, group: list[Found], carried: Carried) -> bool:
    """Say whether a group is what a level was raised or cut from: 由6.1平方公里拓展到…, 较上年2亿元增长…; keep its indicator."""
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
    if before.start < before.end:
        names = split_names(clause.words.text[before.start : before.end], len(group))
        carried.take(Naming(names, before.start, group[-1].end))
    carried.end, carried.is_raised = group[-1].end, True
    carried.tells_base = base_re is _BASE_RE
    return True


def name_group(
    clause: Clause, group: list[Found], carried: Carried, per: tuple[str, int] | None, stop: int
) -> Naming | None:
    """Return the indicators of a group, or None where nothing says what is counted.

    `per` is its distributive word and where that stands: 每周 belongs to the text of the row, not to the indicator.
    What names the group from the left ends at `stop`: at its first amount, or at the bound of a share of something.
    """
    before = words_before(clause.words, clause.line, clause.offset, clause.left, stop)
    if per is not None and before.start < per[1] and per[1] + len(per[0]) >= before.end:
        # 补助标准提高到〔每人每月〕300元: the verb stands before the basis
        stop = per[1] - len(comparing_word(clause.line, per[1] - clause.offset))
        change, change_at = before.change, before.change_at
        before = words_before(clause.words, clause.line, clause.offset, clause.left, max(stop, clause.left))
        if before.change is None:
            before = replace(before, change=change, change_at=change_at)  # 年均增长10%
    before = _without_basis(clause.words, before, per)
    grant = of_a_grant(clause, group, per)
    behind = group[-1].end - clause.offset
    if (
        carried.is_raised
        and carried.last
        and _RAISED_TO_RE.fullmatch(clause.blanked(clause.left, group[0].start))
    ):
        names, start = carried.named(len(group))  # 由79.4%〔升至2020年的〕88.2%
        return Naming(names, start, group[-1].end)
    is_share = group[0].kind == "share" or clause.line[behind : behind + 1] == "的"
    naming = (
        grant
        or (group[0].amount.unit in SORTS and of_sorts(clause, group))
        or (group[0].kind == "share" and of_a_rate(clause, group))
        or (is_share and of_a_share(clause, group, carried))
        or (group[0].kind == "share" and of_a_total(clause, group, before))
        or (is_share and of_a_use(clause, group, before))
        or (
            group[0].kind == "time"
            and ((group[0].amount.value == 24 and of_all_day(clause, group)) or of_a_deadline(clause, group))
        )
        or named_behind(clause, group, before)
        or (group[0].kind == "money" and of_a_gain(clause, group, before))
        or (group[0].kind == "times" and repeated(clause, group, carried))
        or named_in_front(clause, group, before)
        or of_brackets(clause, group, carried)
        or (carried.last and group[0].kind == "share" and subject_before(clause, group, carried))
        or inherited(group, before, carried)
        or honour(clause, group)
        or passed(clause, group)
        or continued(clause, group, before, carried)
        or subject_before(clause, group, carried)
        or bare_verb(clause, group)
        or (per is not None and done_each_time(clause, group, per, carried))
        or inherited(group, before, carried, is_any=_can_follow(group[0], per))
    )
    if naming is None:
        return None
    if (
        group[0].kind == "share"
        and naming.names[0].startswith("占")
        and carried.last
        and "占" not in carried.last.names[-1]
    ):
        whole = carried.last.names[-1]
        if (opening := _aside_before(clause, carried.last)) is not None:
            whole = next((n for n, at in reversed(carried.history) if at < opening), whole)
        joined_name = whole + naming.names[0].removesuffix("的")  # …面积33.9万亩，占总耕地的40%
        start = min(carried.last.start, naming.start)
        naming = replace(naming, names=(joined_name,), start=start, is_aside=True)
    if carried.last and len(naming.names) == 1 and _GROWTH_RE.fullmatch(naming.names[0]):
        names, start = carried.named(len(group))  # 生产总值达到230亿元，〔增速〕7.2%
        naming, before = Naming(names, start, naming.end), replace(before, change=before.change or "increase")
    if naming.names == ("标准",) and carried.last and group[0].kind == "money":
        naming = replace(
            naming, names=carried.last.names[-1:]
        )  # 安排〔管护经费〕200万元，按每亩20元的标准拨付
    naming = with_maker(clause, group, naming)
    if group[0].amount.comparator in ("<=", ">="):
        naming = of_a_kind(group, naming, carried)
    naming = with_head(clause, group, of_a_level(naming, carried, group[0].amount.unit), before, carried)
    is_share_of = group[0].kind == "share" and before.end and clause.words.text[before.end - 1] == "的"
    change = None if grant or is_share_of or _only_improves(clause, group, before) else before.change
    if group[0].amount.unit in AGES:
        change = None  # 提高65岁以上老人体检标准
    if change == "decrease" and (naming.names[-1].endswith(_CUT_RATES) or _puts_right(clause, before)):
        change = None  # 压减率94.7%, 消除隐患189处
    if change is None and naming.names[-1].endswith("扩面"):
        change = "increase"  # “五险”扩面2.2万人
    joined = clause.line[carried.end - clause.offset : carried.end - clause.offset + 1]
    is_listed = carried.last and clause.start < carried.end and joined in ("、", "和", "及")
    if (
        change is None
        and carried.last
        and is_listed
        and not _REACHING_RE.search(clause.blanked(clause.left, group[0].start))
        and not any("新增" in name for name in carried.last.names)  # 城镇新增就业2400人、技能培训2000人
        and not _BUILT_RE.match(clause.line, clause.left - clause.offset + 1)
    ):
        change = carried.last.change  # 新增校舍面积71732平方米、标准学位4160个
    start = naming.start if per is None or per[1] < clause.left else min(naming.start, per[1])
    names = naming.names
    if names[0][0] in "（(":  # 预计实现（下同）地区生产总值
        names = tuple(_ASIDE_RE.sub("", name) or name for name in names)
    if "]" in names[-1]:  # 创新驿站[3]
        names = tuple(balanced(_FOOTNOTE_RE.sub("", name)) or name for name in names)
    return replace(naming, names=names, start=start, change=change)


def _aside_before(clause: Clause, last: Naming) -> int | None:
    """Return where the brackets open that hold the amount before: 补助1.51亿元（其中预算内0.3亿元），占计划80%."""
    text = clause.words.text
    opening = text.rfind("（", max(0, last.start - 40), last.end)
    closing = text.find("）", last.end, clause.left + 8)
    return opening if opening >= 0 and closing >= 0 else None


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


def _can_follow(found: Found, per: tuple[str, int] | None) -> bool:
    """Say whether an amount without any name goes on about the thing before: 每周开展5天、每天至少2小时."""
    if per is not None and per[0].endswith(_DENSITIES):
        return True
    return found.kind not in ("count", "people", "times") and (found.kind != "time" or per is not None)


def _without_basis(words: TaggedText, before: Before, per: tuple[str, int] | None) -> Before:
    """Cut 每周 off the words that name the amount: 劳动教育〔每周〕, 中小学生〔每天〕校内、校外."""
    if (
        per is None
        or not per[0].startswith(("每", "单", *_DENSITIES))
        or not before.start <= per[1] < before.end
    ):
        return before
    behind = per[1] + len(per[0])
    if behind < before.end and per[0][0] == "单":
        return before  # 单个项目最高奖励
    if behind < before.end:
        had = _HAD_RE.match(words.text, behind, before.end)  # 每季度〔至少〕调度
        return replace(before, start=had.end() if had else behind)
    return replace(before, end=max(before.start, per[1]))
