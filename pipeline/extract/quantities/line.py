"""One sentence being read for quantities: where it stands, what it hands on, and the row of an amount in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Naming
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.norms import counts_all_there_are, states_a_condition
from pipeline.extract.quantities.setting import Setting
from pipeline.extract.quantities.timing import Time, governing_time
from pipeline.lazy_re import lazy_re
from pipeline.numerals import parse_number, to_base
from pipeline.records import Quantity
from pipeline.tagged import TaggedText

_MONEY_RE = lazy_re(
    r"资|收入|产值|(?<![员名])额|贷款|存款|投入|利|税|债|费|固投|财政|支出|金|增加值|生产总值"
)
_PEOPLE_RE = lazy_re(
    r"(?:人口|群众|百姓|人民|农民工?|居民|村民|市民|职工|学生|毕业生|劳动力|劳动者|老年人|老人|儿童|妇女|党员|教师|人员|游客)"
)
_GOAL_RE = lazy_re(
    r"(?:提出|明确|确定|确立|定下|锚定|瞄准|朝着|按照?)[^，。；]{2,40}的[一-鿿]{0,4}目标(?!.{0,6}(?:已|完成|实现))"
)
_SETTING_RE = lazy_re(r"提出|明确|确[定立]|定下|锚定|瞄准")
_OF_A_GOAL_RE = lazy_re(r"[\d一二三四五六七八九十百千万][^，。；]{1,16}的[一-鿿]{0,2}目标(?:任务)?$")
_SETS_RE = lazy_re(r"提出(?!的)|确立|定下")
_YEAR_RE = lazy_re(r"((?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})(?=\s?年)")
_ENDS_RE = lazy_re(r"[^，。；]{0,20}?(?:脱贫|出列|摘帽|清零|销号)")
_CONDITION = 72  # characters behind an amount in which it may be told whom it is a condition for
_YEAR_BEFORE_RE = lazy_re(r"上年|去年|上一年")


@dataclass(slots=True)
class Line:
    """One sentence being read: its blanked form, its times, and what its amounts hand on."""

    words: TaggedText
    setting: Setting
    blanked: str
    start: int
    end: int
    times: list[Time]
    carried: Carried

    def _verb_before(self, name: str, naming: Naming) -> str:
        """Return the two characters before a name, which may belong to an indicator's full name: 签约〔项目〕."""
        at = self.words.text.find(name, naming.start, naming.end)
        if at < 0:
            at = naming.start if self.words.text.startswith(name, naming.start) else 0
        return self.words.text[max(self.start, at - 2) : at]

    def _names_a_goal(self, clause: str, at: int) -> bool:
        """Say whether an amount at an offset of the sentence is part of a goal that was set: 提出…，三年创建90个村的目标."""
        if _GOAL_RE.search(clause):
            return True
        is_met = "了" in clause or "已" in clause or "实现" in clause
        if is_met or _OF_A_GOAL_RE.search(clause) is None:
            return False
        return _SETS_RE.search(self.blanked, self.blanked.rfind("；", 0, at) + 1, at) is not None

    def _dates_a_goal(self, at: int) -> bool:
        """Say whether the last time before an offset is by when a goal is to be met, and not when it was set: 按照〔2023年〕完成300个的目标."""
        told = max((time.end for time in self.times if time.end <= at), default=0)
        return _SETTING_RE.search(self.blanked, told, at) is None

    def _falls_to_none(self, name: str, found: Found) -> bool:
        """Say whether an amount is what is still left of something that is to end: 剩余贫困人口〔677人〕全部脱贫."""
        is_left = name.startswith("剩余") or self.blanked.endswith("剩余", 0, found.start - self.start)
        return is_left and _ENDS_RE.match(self.blanked, found.end - self.start) is not None

    def row(self, name: str, found: Found, naming: Naming, per: str | None, clause: str) -> Quantity:
        """Return the row of one amount under one indicator."""
        text, amount = self.words.text, found.amount
        own = governing_time(text[self.start : self.end], found.start - self.start, self.times)
        if own and found.kind == "time" and _is_another_time(own, found, naming):
            own = None  # 7月20日前，…公示5个工作日: how long is not until when
        unit = amount.unit
        if "元/" in unit:  # 3.5万元/户, 9500元/人/年: a sum for each
            unit, _, each = unit.partition("/")
            per = per or "每" + each.replace("/", "每").replace("·", "每")
        norm, norm_unit = to_base(amount.value, unit)
        if not norm_unit and amount.unit and _MONEY_RE.search(name):  # 存款余额达百亿
            norm_unit = "元"
        elif not norm_unit and amount.unit and _PEOPLE_RE.search(name):  # 6000万农村人口
            norm_unit = "人"
        status = self.setting.status_of(
            clause, self.start, own_when=own, per=per, amount=amount, sentence=self.blanked
        )
        if "目标" in clause and self._names_a_goal(clause, found.start - self.start):
            status = "target"  # 去年3月，提出三年创建1750个村组的目标
            is_past = own is not None and own[:4].isdigit() and int(own[:4]) <= (self.setting.year or 0)
            if is_past and not self._dates_a_goal(found.start - self.start):
                own = None
        # 4小时内办结 is a rule, but in a review
        if naming.status and not (
            naming.status == "requirement" and status == "achieved" and self.setting.tells_of_past(self.start)
        ):
            status = naming.status
        elif status == "target" and "剩余" in self.blanked and self._falls_to_none(name, found):
            status = "achieved"
        elif self.setting.in_rules and status != "requirement":
            at, behind = found.start - self.start, found.end - self.start
            before, after = (
                self.blanked[max(0, at - 12) : at].rpartition("，")[2],
                self.blanked[behind : behind + _CONDITION],
            )
            in_front = naming.end <= found.end or after[:1] == "、"
            if in_front and states_a_condition(clause, before, after, amount):
                status = "requirement"
            elif found.kind in ("count", "people") and counts_all_there_are(before, after):
                status = "achieved"
        return Quantity(
            text=text[naming.start : naming.end],
            indicator=name,
            indicator_id=indicator_id(name, amount.unit, naming.change, self._verb_before(name, naming)),
            comparator=amount.comparator,
            value=amount.value,
            value_high=amount.value_high,
            unit=unit,
            norm_value=norm,
            norm_value_high=None if amount.value_high is None else to_base(amount.value_high, unit)[0],
            norm_unit=norm_unit,
            change=naming.change,
            status=status,
            when=own or self.setting.when_of(self.start, status, is_summed="累计" in clause),
            per=per,
            start=naming.start,
            end=naming.end,
        )

    def as_base(self, row: Quantity, start: int, end: int) -> Quantity:
        """Return a row as the level that another is raised from, of the last year between two offsets: 由2017年的79.4%."""
        years = list(_YEAR_RE.finditer(self.words.text, start, end))
        when = str(int(parse_number(years[-1].group()))) if years else None
        if _YEAR_BEFORE_RE.search(self.words.text, years[-1].end() if years else start, end):
            told = when or row.when or ""  # 由上年的1.79缩小到1.75
            when = str(int(told) - 1) if told.isdigit() and len(told) == len("2023") else None
        return replace(row, status="achieved", when=when)


def _is_another_time(own: str, found: Found, naming: Naming) -> bool:
    """Say whether a time of the sentence says nothing of a span: of a day, a deadline or a bar, 有效期."""
    if naming.status or len(own) == len("2024-07-20") or naming.names[0].endswith("有效期"):
        return True
    is_deadline = naming.end > found.end and found.amount.comparator == "<="
    return is_deadline and len(own) == len("2024-06")  # 每年6月受理，20个工作日内完成审核
