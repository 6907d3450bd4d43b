"""What a group of amounts counts or measures: the indicator before it, behind it, or carried over from before."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quantities.amounts import Found, comparing_word
from pipeline.extract.quantities.behind import named_behind
from pipeline.extract.quantities.changes import change_of_list, change_of_part, told_change
from pipeline.extract.quantities.clauses import Carried, Clause, Naming, balanced
from pipeline.extract.quantities.completing import completed
from pipeline.extract.quantities.elliptic import (
    HARMS,
    another_deed,
    bare_verb,
    befell,
    change_told,
    done_each_time,
    honour,
    inherited,
    of_a_gain,
    of_sorts,
    passed,
    repeated,
)
from pipeline.extract.quantities.governing import CASES, Before, words_before
from pipeline.extract.quantities.grants import of_a_fund, of_a_grant
from pipeline.extract.quantities.in_front import named_in_front, of_a_label, of_brackets
from pipeline.extract.quantities.levels import continued, more_of_the_same, next_step, of_the_whole
from pipeline.extract.quantities.points import of_points
from pipeline.extract.quantities.refusals import SORTS
from pipeline.extract.quantities.shares import of_a_rate, of_a_share, of_a_total, of_a_use
from pipeline.extract.quantities.subjects import grown_subject, subject_before
from pipeline.extract.quantities.terms import of_a_deadline, of_all_day
from pipeline.lazy_re import lazy_re
from pipeline.tagged import TaggedText

_RAISED_TO_RE = lazy_re(
    r"(?:以上|左右)?(?:分别)?[一-鿿]{1,4}[到至为]了?(?:□{2,14}|(?:去年|上年|今年|现在|目前|当前)[底末]?)的?"
)
_AMENDED_TO_RE = lazy_re(r"”?(?:统一|相应|分别)?(?:修改|修订|更改|改)为“?")
_ASIDE_RE = lazy_re(r"^[（(][^（）()]{1,10}[）)]")
_INCLUDING_RE = lazy_re(r"（(?:不?含|不?包含|其中)[^（）]{1,40}）$")  # 运行经费〔（不含人员工资）〕
_GROWTH_RE = lazy_re(r"(?:年均|平均|同比|月均)?(?:(?:增|涨|升)幅|增速|增长率|(?P<down>[降跌]幅))")
_AIMED = frozenset(
    ["预期目标", "年度目标", "全年目标", "目标", "目标值", "计划目标", "年初目标", "年初计划", "计划数"]
)
_GETTING = frozenset({"享受", "领取", "申领", "申请", "发放"})
_FOOTNOTE_RE = lazy_re(r"\[\d{1,2}\]")
_DENSITIES = ("千人均", "万人均", "千人口", "万人口")  # 病床425张，每千人口2.13张
_AVERAGES = frozenset({"生均", "户均", "人均", "亩均", "校均", "班均"})
_CONVERTED_RE = lazy_re(
    r"[（(](?:按[^（）()，]{2,14})?(?:折算|折合|约合|相当于)(?:人民币|美元)?[为成]?约?$"
)  # 人均GDP为63525元〔（按年平均汇率折算为〕9847美元）
# 进出口〔在对美贸易下降超3成〕的情况下增长12%
_IN_CASE_RE = lazy_re(r"(?<=..)在[^，。；、]{2,24}$")
_END_OF_CASE_RE = lazy_re(rf"的?[^，。；、\d]{{0,4}}(?:{CASES})之?下")
_LONGEST_CASE = 9  # characters of 的复杂严峻形势下
_HAD_RE = lazy_re(r"(?:至少|拥有|配备|配置|设置|设立|建有)+(?=.{2})")


def name_group(
    clause: Clause, group: list[Found], carried: Carried, per: tuple[str, int] | None, stop: int
) -> Naming | None:
    """Return the indicators of a group, or None where nothing says what is counted.

    `per` is its distributive word and where that stands: 每周 belongs to the text of the row, not to the indicator.
    What names the group from the left ends at `stop`: at its first amount, or at the bound of a share of something.
    """
    before = _in_front(clause, per, stop)
    behind = group[-1].end - clause.offset
    if "下" in clause.line[behind : behind + _LONGEST_CASE]:
        case = _case_before(clause, behind, before.start, before.end)
        before = before if case is None else replace(before, start=case + 1)
    if (
        carried.last
        and "改为“" in clause.line
        and _AMENDED_TO_RE.fullmatch(clause.blanked(clause.left, group[0].start))
    ):
        names, start = carried.named(len(group))  # 投资额“400万元”〔修改为〕“500万元”
        return Naming(names, start, group[-1].end)
    if (
        carried.is_raised
        and carried.last
        and _RAISED_TO_RE.fullmatch(clause.blanked(clause.left, group[0].start))
    ):
        names, start = carried.named(len(group))  # 由79.4%〔升至2020年的〕88.2%
        return Naming(names, start, group[-1].end)
    grant = of_points(clause, group, per, carried) if group[0].amount.unit == "分" else None
    grant = grant or of_a_grant(clause, group, per, carried)
    naming = grant or _named(clause, group, carried, per, before)
    if naming is None or "" in naming.names:
        return None  # what was left of a torn quotation
    if carried.last and len(naming.names) == 1 and (grown := _GROWTH_RE.fullmatch(naming.names[0])):
        names, start = carried.named(len(group))  # 生产总值达到230亿元，〔增速〕7.2%
        moved = before.change or ("decrease" if grown["down"] else "increase")
        naming, before = Naming(names, start, naming.end), replace(before, change=moved)
    whole = of_the_whole(naming, group, carried)
    naming = whole or completed(clause, group, naming, before, carried)
    if before.change and (rate := _new_rate(clause, group, naming, before)):
        naming, before = rate, replace(before, change=None)  # 新增存贷比达到82%
    change = None if grant else told_change(clause, group, naming, before)
    if change is None and carried.last and whole is None:
        change = change_of_list(clause, group, carried)
        if change is None and "其中" in clause.line:
            change = change_of_part(clause, group, naming, carried)
    start = naming.start if per is None or per[1] < clause.left else min(naming.start, per[1])
    names = naming.names
    if "" in names:
        return None
    if names[0] in _AIMED and carried.last is not None and len(carried.last.names) == 1:
        # 增长5.9%（预期目标为8.5%以上）, but 50微克 is a level
        change = carried.last.change if group[0].kind == "share" else None
        return Naming(carried.last.names, naming.start, naming.end, change, status="target", is_aside=True)
    if names[-1][-1] == "）" and "含" in names[-1]:
        names = tuple(_INCLUDING_RE.sub("", name) or name for name in names)
    if names[0][0] in "（(" or "]" in names[0] or (len(names) > 1 and "]" in "".join(names)):
        names = _without_notes(names)
    return Naming(names, start, naming.end, change, naming.is_shared, naming.is_aside, naming.status)


def _case_before(clause: Clause, at: int, start: int, end: int) -> int | None:
    """Where the 在 between two offsets stands that is closed at an index of the line: 在对美贸易下降超3成|的情况下."""
    case = _IN_CASE_RE.search(clause.blanked(start, end)) if _END_OF_CASE_RE.match(clause.line, at) else None
    return start + case.start() if case else None


def _in_front(clause: Clause, per: tuple[str, int] | None, stop: int) -> Before:
    """The words that name a group from the left, without its basis: 补助标准提高到〔每人每月〕300元."""
    before = words_before(clause.words, clause.line, clause.offset, clause.left, stop)
    at = clause.left - clause.offset
    if clause.start < clause.left and "下" in clause.line[at : at + _LONGEST_CASE]:
        case = _case_before(clause, at, clause.start, clause.left)
        if case is not None:
            subject = words_before(clause.words, clause.line, clause.offset, clause.start, case)
            before = replace(before, start=subject.start, end=subject.end)
    if per is None:
        return before
    is_last = per[1] + len(per[0]) >= before.end  # 公用经费达到〔每年〕720元
    if is_last and (before.start < per[1] or clause.words.text[per[1] - 1] in "到至达为"):
        stop = per[1] - len(comparing_word(clause.line, per[1] - clause.offset))
        change, change_at = before.change, before.change_at
        before = words_before(clause.words, clause.line, clause.offset, clause.left, max(stop, clause.left))
        if before.change is None:
            before = replace(before, change=change, change_at=change_at)  # 年均增长10%
    return _without_basis(clause.words, before, per)


def _named(
    clause: Clause, group: list[Found], carried: Carried, per: tuple[str, int] | None, before: Before
) -> Naming | None:
    """The first naming that fits, from what is said outright to what is carried over from the amount before."""
    first = group[0]
    if carried.last and first.kind == "money":
        at = first.start - clause.offset
        aside = _CONVERTED_RE.search(clause.line, max(0, at - 24), at)
        if aside is not None:
            start = clause.offset + aside.start() + 1
            return Naming(carried.last.names[-1:], start, group[-1].end, is_aside=True)
    behind = group[-1].end - clause.offset
    is_rate = first.kind == "share"
    is_share = is_rate or clause.line[behind : behind + 1] == "的"
    return (
        (first.amount.unit in SORTS and of_sorts(clause, group))
        or (is_rate and of_a_rate(clause, group))
        or (is_share and of_a_share(clause, group, carried))
        or (is_rate and of_a_total(clause, group, before))
        or (is_share and of_a_use(clause, group, before))
        or (
            first.kind == "time"
            and (
                (first.amount.value == 24 and of_all_day(clause, group))
                or of_a_deadline(clause, group, before, carried)
            )
        )
        or (first.kind == "money" and of_a_fund(clause, group))
        or named_behind(clause, group, before)
        or (carried.last and clause.line[behind : behind + 1] in "的（" and next_step(clause, group, carried))
        or (clause.line[behind : behind + 1] in HARMS and first.kind == "people" and befell(clause, group))
        or (carried.last and "□" in clause.line and more_of_the_same(clause, group, carried))
        or (first.kind == "money" and of_a_gain(clause, group, before))
        or (first.kind == "times" and repeated(clause, group, carried))
        or named_in_front(clause, group, before)
        or of_brackets(clause, group, carried, per)
        or of_a_label(clause, group, per)
        or (carried.last and subject_before(clause, group, carried, before.change, is_topic=not is_rate))
        or (
            4 < first.start - carried.end < 10
            and first.kind in ("count", "people")
            and another_deed(clause, group, carried)
        )
        or inherited(group, before, carried)
        or honour(clause, group)
        or passed(clause, group)
        or continued(clause, group, before, carried)
        or subject_before(clause, group, carried, before.change)
        or grown_subject(clause, group, carried)
        or bare_verb(clause, group)
        or (per is not None and done_each_time(clause, group, per, carried))
        or inherited(
            group,
            before,
            carried,
            is_any=_can_follow(first, per, carried) or (per is not None and _is_of_each(first, per, carried)),
        )
        or change_told(clause, group, before)
        or None
    )


def _new_rate(clause: Clause, group: list[Found], naming: Naming, before: Before) -> Naming | None:
    """The naming of a level of what was added, which is no change: 〔新增存贷比〕达到82.3%."""
    is_rate = group[0].kind == "share" and naming.names[-1].endswith(("率", "比", "比例", "比重", "占比"))
    at = before.change_at
    if (
        not is_rate
        or at is None
        or not clause.words.text.startswith(("新增", "净增"), at)
        or at >= before.start
    ):
        return None
    return replace(
        naming,
        names=tuple(clause.words.text[at : at + 2] + name for name in naming.names),
        start=min(at, naming.start),
    )


def _without_notes(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without an aside in front or the numbers of footnotes: （下同）地区生产总值, 创新驿站[3]."""
    names = tuple(_ASIDE_RE.sub("", name) or name for name in names)
    if any("]" in name for name in names):
        names = tuple(balanced(_FOOTNOTE_RE.sub("", name)) or name for name in names)
    return names


def _can_follow(found: Found, per: tuple[str, int] | None, carried: Carried) -> bool:
    """Say whether an amount without any name goes on about the thing before: 每周开展5天、每天至少2小时."""
    if per is not None and per[0].endswith(_DENSITIES):
        return True
    if found.kind == "energy" and carried.last is not None and carried.last.names[-1][-1] in "价费":
        return False  # 电价0.5元；第二档为2000度至4000度
    return found.kind not in ("count", "people", "times") and (found.kind != "time" or per is not None)


def _is_of_each(found: Found, per: tuple[str, int], carried: Carried) -> bool:
    """Say whether an amount is how much of the thing before each has: 图书4.6万册，〔生均24.7册〕."""
    return per[0] in _AVERAGES and carried.has_unit_of(found)


def _without_basis(words: TaggedText, before: Before, per: tuple[str, int] | None) -> Before:
    """Cut 每周 off the words that name the amount: 劳动教育〔每周〕, 中小学生〔每天〕校内、校外."""
    if (
        per is None
        or not per[0].startswith(("每", "单", *_DENSITIES))
        or not (per[1] < before.end and before.start < per[1] + len(per[0]))
    ):
        return before
    behind = per[1] + len(per[0])
    if before.change_at is not None and per[1] <= before.change_at < behind:
        before = replace(before, change=None, change_at=None)  # 每〔新增〕1个品牌奖励20万元
    if behind < before.end and per[0][0] == "单":
        return before  # 单个项目最高奖励
    if words.text[behind : before.end].lstrip("只仅可最多均") in _GETTING and per[1] > before.start + 1:
        return replace(before, end=per[1])  # 〔补贴政策〕每人每年只享受一次
    if behind < before.end:
        had = _HAD_RE.match(words.text, behind, before.end)  # 每季度〔至少〕调度
        if had is None and words.text[behind] in "的中" and behind + 1 < before.end:
            behind += 1  # 每年的〔增长速度〕
        return replace(before, start=had.end() if had else behind)
    return replace(before, end=max(before.start, per[1]))
