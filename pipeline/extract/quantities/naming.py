"""What a group of amounts counts or measures: the indicator before it, behind it, or carried over from before."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.quantities.amounts import Found, comparing_word
from pipeline.extract.quantities.behind import named_behind, of_a_deadline, of_a_total, of_a_use, of_all_day
from pipeline.extract.quantities.clauses import Carried, Clause, Naming, balanced, with_its_mark
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
_ONE_OF_RE = re.compile(r"一[套个处座所项条间栋幢块片]")  # 一套人才公寓
_REACHING_RE = re.compile(r"(?:突破|达到?|完成|实现|为|超过?)$")  # 增长15%、力争〔突破〕14亿元
_BUILT_RE = re.compile(r"总数|累计达|达到?|新建|改建|扩建|新改建|修建|建成|完成|改造|整治|建设")
_TIMES_OF_RE = re.compile(r"的\s?[\d.]{1,6}\s?倍")  # 年均〔18次〕的1.8倍
_SPENDING = frozenset({"投资", "投入", "筹资"})
_SUMMED_RE = re.compile(r"累计$")  # 〔累计〕投入2.05亿元: the sum of years is another figure than one year's
_PLANNED_RE = re.compile(r"(?:规划|计划|估算|概算|预算|匡算)$")  # 〔估算〕总投资1.35亿元
_FOOTNOTE_RE = re.compile(r"\[\d{1,2}\]$")
_DENSITIES = ("千人均", "万人均", "千人口", "万人口")  # 病床425张，每千人口2.13张
_HAD_RE = re.compile(r"(?:至少|拥有|配备|配置|设置|设立|建有)+(?=.{2})")
_TAKEN_FROM_RE = re.compile(
    r"从(?P<what>[^，、]{2,14}?)中(?:统筹)?(?:安排|列支|提取|划拨|拨付|切块|拿出|划出|支出)$"
)  # 从〔预备费〕中安排320万元
# 结果在县政府网站〔公示〕5个工作日, 对留守儿童〔走访〕一次
_DONE_SOMEWHERE_RE = re.compile(
    r"(?:.{0,12}?在.{2,14}?|对.{2,20}?)(?P<deed>公示|公开|张贴|公告|展示|挂牌|走访|巡查|检查|抽查|抽检|回访|随访|督查|督导|调度|培训)"
)
_LEVEL_BESIDE_RE = re.compile(r"(?P<what>.{2,12}?)[降升涨]至.{2,10}$")
_SEVERAL_RE = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?P<all>[两三四五六七八九十]大[\u4e00-\u9fff]{0,6}(?:产业|行业|集群|领域|板块)[\u4e00-\u9fff]{0,6})"
)
_SEASONS = frozenset(["春季", "夏季", "秋季", "冬季", "汛期"])  # 今年秋季力争达到95%以上
_RATES_RE = re.compile(
    r"[^、和及与]{3,16}率(?:[、和及与][^、和及与]{3,16}率){1,4}"
)  # 保安配备率、监控安装率达到100%
_RATE_JOINT_RE = re.compile(r"(?<=率)[、和及与]")
_CUT_RATES = (
    "压减率",
    "下降率",
    "降低率",
    "减少率",
    "缩减率",
    "压缩率",
    "降幅",
    "减少比例",
    "压减比例",
    "下降比例",
    "降低比例",
)
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
        or _in_front(clause, group, before)
        or _of_brackets(clause, group, carried)
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


def _in_front(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    if group[0].kind == "share" and before.change and clause.words.text[before.end - 1] == "的":
        before = replace(
            before, start=before.change_at or before.start
        )  # 〔新增贷款〕的70%: a share, no change
    name = balanced(with_its_mark(clause.words.text, before.start, before.end))
    if name[-1:] == "的" and len(name) > 2:
        name = name[:-1]
    if "从" in name and (source := _TAKEN_FROM_RE.search(name)):
        name = source["what"]
    if "且" in name and len(also := name.rpartition("且")[2]) > 1 and "而且" not in name:
        name = also  # 经营满一年且〔面积〕不少于60平方米
    if "至" in name and (level := _LEVEL_BESIDE_RE.match(name)):
        name = level["what"]  # 〔水库水位〕降至汛限水位以下1米
    if "大" in name and (several := _SEVERAL_RE.fullmatch(name)):
        name = several["all"]  # 装备制造、食品加工〔两大主导产业〕
    if name in _SEASONS:
        return None
    if not clause.blanked(before.start, before.end).strip("□■ 、，的"):
        return None
    if group[0].kind in ("time", "times") and (deed := _DONE_SOMEWHERE_RE.fullmatch(name)):
        name, before = deed["deed"], replace(before, start=before.end - len(deed["deed"]))
    if kept := (_SUMMED_RE if name in _SPENDING else _PLANNED_RE if name == "总投资" else None):
        qualifier = kept.search(clause.words.text, max(clause.start, before.start - 2), before.start)
        if qualifier:
            name, before = qualifier.group() + name, replace(before, start=qualifier.start())
    n_amounts = 0 if before.is_shared else len(group)
    if len({g.amount.unit for g in group}) > 1 and group[0].kind in (
        "people",
        "count",
    ):  # 城乡低保户3032户、4807人
        n_amounts = 1
    if len(name) < 2 or (name.endswith("、") and clause.start < clause.left):
        return None  # 乡镇100%通硬化路、〔100%〕通客车
    names = split_names(name, n_amounts) if n_amounts != 1 else (name,)
    if n_amounts == 1 and group[0].kind == "share" and "率" in name[:-1] and _RATES_RE.fullmatch(name):
        names, before = tuple(_RATE_JOINT_RE.split(name)), replace(before, is_shared=True)
    start = before.start if before.change_at is None else min(before.start, before.change_at)
    return Naming(names, start, group[-1].end, is_shared=before.is_shared)


def _of_brackets(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name an amount alone in brackets by the noun before them: 人才公寓（60—120平方米）."""
    opening = clause.start - 1
    if group[0].start != clause.start or clause.words.text[opening : opening + 1] not in ("（", "("):
        return None
    pause = max(clause.line.rfind(mark, 0, opening - clause.offset) for mark in "，；。：、（")
    left = max(clause.offset + pause + 1, opening - 30, clause.offset)
    if carried.end > left:  # 道路3条（12公里） goes on about the amount before
        return None
    before = words_before(clause.words, clause.line, clause.offset, left, opening)
    start = before.start
    if one := _ONE_OF_RE.match(clause.words.text, start, before.end):
        start = one.end()
    name = balanced(clause.words.text[start : before.end].strip())
    return Naming((name,), start, group[-1].end) if len(name) > 1 else None
