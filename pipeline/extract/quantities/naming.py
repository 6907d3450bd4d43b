"""What a group of amounts counts or measures: the indicator before it, behind it, or carried over from before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.phrases import Before, change_of, noun_after, words_before
from pipeline.extract.quantities.words import Words, at_start, word_list

_BASE_RE = re.compile(r"(?:由|从)[^，。；、\d]{0,14}$")  # 面积〔由〕6.1平方公里拓展到8.2平方公里
_RAISED_RE = re.compile(r"(?:以上|左右)?(?:分别)?[一-鿿]{0,4}[到至]")
_VERB_RE = re.compile(r"(?P<verb>[一-鿿]{2,4}?)(?:共|累计|了|约|近|达)?$")
_MADE_RE = re.compile(r"(?:先后|分别)?被(?:评为|评选为|授予|命名为|认定为|确定为|列为|评定为)|获评|当选为?")
_TITLE_RE = re.compile(r"[^，。；“”\d]{0,6}“[^“”]{2,16}”")  # 市“我最喜爱的老师”
_ONE_OF_RE = re.compile(r"一[套个处座所项条间栋幢块片]")  # 一套人才公寓
_LEVEL_RE = re.compile(r"(?:国家|部|省|市|县|区|校|镇|乡|村)级(?:及?以上)?")  # 国家级3家、〔省级〕10家
_BUILT_RE = re.compile(r"总数|累计达|达到?|新建|改建|扩建|新改建|修建|建成|完成|改造|整治|建设")
_PASSED_RE = re.compile(
    r"(?:全部|稳定|如期|顺利|成功|已|先后|实现|完成){0,2}(?P<what>脱贫(?:出列|摘帽)?|再就业|就业|创业|搬迁|拆迁|受益|参保|入学|转移就业|回迁|入住|获奖|改造)(?![^，。；、（）的\d])"
)
_INNER_SUM_RE = re.compile(
    r"(?:总|计划)?(?:投资|占地|面积|年?产值|营业收入|年?纳税)额?(?:达|超|过|超过|达到)?\s?\d{1,9}(?:\.\d{1,4})?[万亿]{0,2}(?:元|亩|平方米|美元)(?:以上|以下|左右)?的?"
)
_TOTALS = ("总数", "总人数", "总量")
_RATES = ("share", "points", "multiple")


@dataclass(frozen=True, slots=True)
class Clause:
    """Where an amount stands: its clause in the blanked sentence `line`, which begins at `offset` of the text.

    `left` is where the words that may name the amount begin: behind the clause's start and the amount before.
    """

    words: Words
    line: str
    offset: int
    start: int
    left: int
    right: int

    def blanked(self, start: int, end: int) -> str:
        """Return a span of the text with dates, names and slogans blanked out."""
        return self.line[start - self.offset : end - self.offset]


@dataclass(frozen=True, slots=True)
class Naming:
    """The indicators of a group of amounts, and the span of text that shows both."""

    names: tuple[str, ...]
    start: int
    end: int
    change: str | None = None
    is_shared: bool = False


@dataclass(slots=True)
class Carried:
    """What one group of amounts hands on to the next of its sentence."""

    end: int
    last: Naming | None = None
    history: list[tuple[str, int]] = field(default_factory=list)
    unit: str = ""  # of the group before
    is_raised: bool = False  # 由100元提高到: the next amount is the level of the same indicator

    def take(self, naming: Naming) -> None:
        """Remember a naming for what follows."""
        if self.last is None or naming.names != self.last.names:
            self.history += [(name, naming.start) for name in naming.names]
        self.last, self.end, self.is_raised = naming, naming.end, False


def is_base(clause: Clause, group: list[Found], carried: Carried) -> bool:
    """Say whether a group is what a level was raised or cut from: 由6.1平方公里拓展到…; keep its indicator."""
    base = _BASE_RE.search(clause.blanked(clause.left, group[0].start))
    if base is None or not _RAISED_RE.match(clause.line, group[-1].end - clause.offset):
        return False
    before = words_before(clause.words, clause.line, clause.offset, clause.left, clause.left + base.start())
    if before.start < before.end:
        names = split_names(clause.words.text[before.start : before.end], len(group))
        carried.take(Naming(names, before.start, group[-1].end))
    carried.end, carried.is_raised = group[-1].end, True
    return True


def name_group(
    clause: Clause, group: list[Found], carried: Carried, per: tuple[str, int] | None
) -> Naming | None:
    """Return the indicators of a group, or None where nothing says what is counted.

    `per` is its distributive word and where that stands: 每周 belongs to the text of the row, not to the indicator.
    """
    before = words_before(clause.words, clause.line, clause.offset, clause.left, group[0].start)
    before = _without_basis(before, per)
    naming = (
        _of_a_total(clause, group, before)
        or _behind(clause, group, before)
        or _in_front(clause, group, before)
        or _of_brackets(clause, group, carried)
        or _inherited(group, before, carried)
        or _honour(clause, group)
        or _passed(clause, group)
        or _continued(clause, group, before, carried)
        or _subject_before(clause, group, carried)
        or _bare_verb(clause, group)
        or _inherited(group, before, carried, is_any=_can_follow(group[0], per))
    )
    if naming is None:
        return None
    if (
        group[0].kind == "share"
        and naming.names[0].startswith("占")
        and carried.last
        and "占" not in carried.last.names[-1]
    ):
        joined_name = carried.last.names[-1] + naming.names[0].removesuffix(
            "的"
        )  # …面积33.9万亩，占总耕地的40%
        naming = replace(naming, names=(joined_name,), start=min(carried.last.start, naming.start))
    naming = _with_head(clause, group, _of_a_level(naming, carried), before, carried)
    is_share_of = group[0].kind == "share" and before.end and clause.words.text[before.end - 1] == "的"
    change = None if is_share_of else before.change
    joined = clause.line[carried.end - clause.offset : carried.end - clause.offset + 1]
    is_listed = carried.last and clause.start < carried.end and joined in ("、", "和", "及")
    if (
        change is None
        and carried.last
        and is_listed
        and not _BUILT_RE.match(clause.line, clause.left - clause.offset + 1)
    ):
        change = carried.last.change  # 新增校舍面积71732平方米、标准学位4160个
    start = naming.start if per is None or per[1] < clause.left else min(naming.start, per[1])
    return replace(naming, start=start, change=change)


def _of_a_level(naming: Naming, carried: Carried) -> Naming:
    """Complete a level that stands alone by the head before it: 示范园国家级3所、〔省级〕10所."""
    if len(naming.names) != 1 or carried.last is None or not _LEVEL_RE.fullmatch(naming.names[0]):
        return naming
    head = carried.last.names[-1]
    level = _LEVEL_RE.search(head)
    head = head if level is None else head[: level.start()] + head[level.end() :]
    return replace(naming, names=(naming.names[0] + head,)) if head else naming


def _with_head(
    clause: Clause, group: list[Found], naming: Naming, before: Before, carried: Carried
) -> Naming:
    """Lend a bare branch the measure named before it: 食品产值达到10亿元，装备制造业〔产值〕达到6亿元."""
    level = clause.blanked(before.end, group[0].start).strip()
    if carried.last is None or len(naming.names) != 1 or level not in ("达到", "达", "完成", "实现"):
        return naming
    if group[0].kind != "money" or carried.unit != group[0].amount.unit or naming.end != group[-1].end:
        return naming
    name, lender = naming.names[0], carried.last.names[-1]
    head = next(
        (h for h in ("增加值", "产值", "收入", "销售额", "零售额", "投资", "税收") if lender.endswith(h)), ""
    )
    if not head or name == lender or name.endswith(word_list("measure_heads")) or name in word_list("light"):
        return naming
    return replace(naming, names=(name + head,), start=min(carried.last.start, naming.start))


def _can_follow(found: Found, per: tuple[str, int] | None) -> bool:
    """Say whether an amount without any name goes on about the thing before: 每周开展5天、每天至少2小时."""
    return found.kind not in ("count", "people", "times") and (found.kind != "time" or per is not None)


def _without_basis(before: Before, per: tuple[str, int] | None) -> Before:
    """Cut 每周 off the words that name the amount: 劳动教育〔每周〕, 中小学生〔每天〕校内、校外."""
    if per is None or not per[0].startswith("每") or not before.start <= per[1] < before.end:
        return before
    behind = per[1] + len(per[0])
    if behind < before.end:
        return replace(before, start=behind)
    return replace(before, end=max(before.start, per[1]))


def _object_behind(clause: Clause, last: Found) -> tuple[int, int] | None:
    if verb := at_start("light").match(clause.words.text, last.end, clause.right):
        return noun_after(clause.words, verb.end(), clause.right)
    rows = clause.words.between(last.end, min(clause.right, last.end + 8))
    if not rows or not rows[0][2].startswith("v"):
        return None
    return noun_after(clause.words, rows[0][0] + len(rows[0][1]), clause.right)


def _of_a_total(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Name a share of a total by what it is spent on: 教师总数的2%和10%送培〔区级、市级骨干教师〕."""
    text = clause.words.text
    if group[0].kind != "share" or not text[before.start : before.end].rstrip("的").endswith(_TOTALS):
        return None
    behind = _object_behind(clause, group[-1])
    if behind is None:
        return None
    names = split_names(text[behind[0] : behind[1]], len(group))
    return Naming(names, before.start, behind[1]) if len(names) == len(group) else None


def _prefers_behind(name: str, kind: str, *, has_de: bool) -> bool:
    """Say whether the thing counted stands behind the number (5个教共体) rather than before it (投资5亿元)."""
    if not name:
        return True
    is_measured = name.endswith(word_list("measure_heads"))
    if kind in ("count", "people", "times"):
        return not (is_measured and has_de)
    if kind == "money" or kind in _RATES:
        return has_de and not is_measured
    return not has_de and not is_measured


def _behind(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    text, first, last = clause.words.text, group[0], group[-1]
    inner = _INNER_SUM_RE.match(text, last.end, clause.right)  # 1个〔投资100亿元以上的〕项目
    after = noun_after(clause.words, inner.end() if inner else last.end, clause.right)
    if after is None or clause.blanked(after[0], after[0] + 1) in ("□", "■"):  # 322户〔上半年〕全部脱贫
        return None
    front = balanced(text[before.start : before.end].strip())
    if not _prefers_behind(front, first.kind, has_de=text[last.end : after[0]].strip() == "的"):
        return None
    name = text[after[0] : after[1]]
    start = first.start if before.change_at is None else before.change_at
    if before.is_shared and front:  # 校内、校外各1小时体育活动时间
        names = tuple(part + name for part in split_names(front, 0))
        return Naming(names, min(before.start, start), after[1], is_shared=True)
    names = split_names(name, len(group)) if len(group) > 1 else (name,)
    return Naming(names, start, after[1])


def _in_front(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    if group[0].kind == "share" and before.change and clause.words.text[before.end - 1] == "的":
        before = replace(
            before, start=before.change_at or before.start
        )  # 〔新增贷款〕的70%: a share, no change
    name = balanced(clause.words.text[before.start : before.end].strip())
    if group[0].kind == "share" and len(name) > 2:
        name = name.removesuffix("的")
    if not clause.blanked(before.start, before.end).strip("□■ 、，的"):
        return None
    n_amounts = 0 if before.is_shared else len(group)
    if len({g.amount.unit for g in group}) > 1 and group[0].kind in (
        "people",
        "count",
    ):  # 城乡低保户3032户、4807人
        n_amounts = 1
    if len(name) < 2:
        return None
    names = split_names(name, n_amounts) if n_amounts != 1 else (name,)
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


def _inherited(
    group: list[Found], before: Before, carried: Carried, *, is_any: bool = False
) -> Naming | None:
    """Take the indicator of the amount before: 生产总值达到88.2亿元，〔增长8.1%〕."""
    if carried.last is None:
        return None
    if not (is_any or carried.is_raised or before.change or group[0].kind in _RATES):
        return None
    names, start = carried.last.names, carried.last.start
    if len(names) == 1 < len(group) <= len(carried.history):  # 城镇…达3172元，农村…达668元，分别增长7%和9%
        names = tuple(name for name, _ in carried.history[-len(group) :])
        start = carried.history[-len(group)][1]
    return Naming(names, start, group[-1].end, is_shared=carried.last.is_shared)


def _honour(clause: Clause, group: list[Found]) -> Naming | None:
    """Name people by what they were made: 86人被评为〔市优秀教师〕."""
    verb = _MADE_RE.match(clause.line, group[-1].end - clause.offset)
    if verb is None or group[0].kind not in ("people", "count"):
        return None
    if quoted := _TITLE_RE.match(clause.words.text, clause.offset + verb.end(), clause.right):
        return Naming((quoted.group(),), group[0].start, quoted.end())
    after = noun_after(clause.words, clause.offset + verb.end(), clause.right)
    return Naming((clause.words.text[after[0] : after[1]],), group[0].start, after[1]) if after else None


def _passed(clause: Clause, group: list[Found]) -> Naming | None:
    """Name people and households by what befell them: 1446户2414人稳定〔脱贫〕, 完成4500余户〔拆迁〕."""
    match = _PASSED_RE.match(clause.line, group[-1].end - clause.offset)
    if match is None or group[0].kind not in ("people", "count"):
        return None
    return Naming((match["what"],), group[0].start, clause.offset + match.end())


def _continued(clause: Clause, group: list[Found], before: Before, carried: Carried) -> Naming | None:
    """Keep the indicator under a bare verb with the same unit: 新增技术中心2家、〔达到〕6家; 35件实事已完成31件."""
    if carried.last is None or carried.unit != group[0].amount.unit or len(group) > 1:
        return None
    raw = clause.blanked(carried.end, group[0].start).strip("，、； ")
    rows = clause.words.between(carried.end, group[0].start)
    is_apart = clause.line.find("；", carried.end - clause.offset, group[0].start - clause.offset) >= 0
    if (
        is_apart
        or len(raw) > 6
        or _MADE_RE.match(clause.line, group[-1].end - clause.offset)
        or not all(tag[0] in "vdxpu" for _, _, tag in rows)
        or before.change
    ):
        return None
    return Naming(carried.last.names, carried.last.start, group[-1].end)


def _subject_before(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name an amount by the measured subject of the clause before: 〔民生支出〕只增不减，同比增长1.5个百分点."""
    comma = clause.start - 1 - clause.offset
    if clause.line[comma : comma + 1] != "，" or group[0].kind in ("people", "count", "times", "time"):
        return None
    start = (
        clause.offset + max(clause.line.rfind(mark, max(0, comma - 40), comma) for mark in "，；。：、") + 1
    )
    if carried.last is not None and carried.end > start:
        return None
    heads = [
        at + len(word)
        for at, word, _ in clause.words.between(start, clause.offset + comma)
        if len(word) > 1 and word.endswith(word_list("measure_heads"))
    ]
    if not heads:
        return None
    end = heads[0]
    for head in heads[1:]:  # 生产总值和财政收入
        if clause.words.text[end : end + 1] in ("、", "和", "及", "与") and head - end < 16:
            end = head
    before = words_before(clause.words, clause.line, clause.offset, start, end)
    name = clause.words.text[before.start : before.end]
    return Naming((name,), before.start, group[-1].end) if len(name) > 2 else None


def _bare_verb(clause: Clause, group: list[Found]) -> Naming | None:
    """Name an amount by its verb when nothing else does: 每年〔斥资〕近300万元."""
    raw = clause.blanked(clause.left, group[0].start)
    match = _VERB_RE.search(raw)
    if match is None or "□" in raw[-2:]:
        return None
    rows = clause.words.between(clause.left, clause.left + match.end("verb"))
    verb = rows[-1][1] if rows else ""
    if not rows or not rows[-1][2].startswith("v") or verb in word_list("reached") or change_of(verb):
        return None
    return Naming((rows[-1][1],), rows[-1][0], group[-1].end)


def balanced(name: str) -> str:
    """Return a name without a quotation mark that has lost its partner, or without the pair around all of it.

    >>> balanced("“名校"), balanced("“绿色学校”"), balanced("省“绿色学校”")
    ('名校', '绿色学校', '省“绿色学校”')
    """
    if name.count("“") != name.count("”"):
        return name.strip("“”")
    return name[1:-1] if name.startswith("“") and name.find("”") == len(name) - 1 else name
