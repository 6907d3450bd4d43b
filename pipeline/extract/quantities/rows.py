"""From sentences to rows: amounts in groups, each with its indicator, status, time and basis."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract.quantities.amounts import Found, blank_out, comparing_word, find_amounts
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.governing import words_before
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.naming import is_base, name_group
from pipeline.extract.quantities.per import find_per
from pipeline.extract.quantities.refusals import (
    is_inside_a_word,
    is_limit_or_name,
    is_measured_time,
    is_torn,
)
from pipeline.extract.quantities.setting import Setting, read_setting
from pipeline.extract.quantities.timing import Time, governing_time, read_times
from pipeline.numerals import Amount, comparators, split_unit, to_base
from pipeline.records import Extractions, Quantity, Reading
from pipeline.tagged import TaggedText

_HAS_NUMERAL_RE = re.compile(
    r"[\d二两三四五六七八九十百千万亿零]|清零|[少于过各每仅有]一|每[^，。；]{1,14}一[次所个名]|至少|过半|半数|一半|一[倍番成]"
)
_CLAUSE_MARK_RE = re.compile(r"[，；。：！？（(…\t]")
_CLOSED_RE = re.compile(r"[）)]")
_JOINT_RE = re.compile(r"\s?(?:、|和|与|及|以及|，|或)\s?")
_ZERO_RE = re.compile(
    r"(?P<subject>“[^“”，。]{1,10}”[^，。；：！？、“”□]{0,16}?|[^，。；：！？、“”□]{2,16}?)(?:动态)?“?清零(?!”?\s?行动)”?"  # 全县学科类培训机构清零
    r"|(?:实现|保持|达到)?“?零(?P<thing>事故|死亡|投诉|上访|感染|辍学|失学|伤亡|返贫|非访|排放|发案|报告)”?"
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d(?=\s?年)")
_RATIO_RE = re.compile(
    r"(?<![\d:：.])(?P<first>\d{1,3}(?:\.\d{1,2})?)\s?[:：]\s?(?P<second>\d{1,4}(?:\.\d{1,2})?)(?![\d:：.])"
    r"(?P<norm>的(?:比例|标准|原则|要求|配比)|(?:比例)?配[备比齐套置])?"
)  # 督学与学校数1:1的原则
_RATIO_NAME_RE = re.compile(r"(?:比|比例|比率|配比|之比)(?:达到?|为|是|不低于|不高于|约)?$")
_RATIO_SIGN_RE = re.compile(r"(?:不低于|不高于|不超过|约)$")  # 师生比〔不低于〕1:15
_RATIO_PAIR_RE = re.compile(r"[与和][^，。；、与和]{2,10}$")
_MONEY_RE = re.compile(r"资|收入|产值|额|贷款|存款|投入|利|税|债|费|固投|财政|支出|金|增加值|生产总值")
_INDEX_RE = re.compile(r"(?:指数|系数)(?:达到?|为|降至|降到|升至|是)?$")  # 空气质量综合指数5.94
_AT_LEAST_RE = re.compile(r"(?:至少|最少|不少于)[^\d，。；、]{1,6}$")  # 至少设立1处


@dataclass(slots=True)
class _Line:
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

    def row(self, name: str, found: Found, naming: Naming, per: str | None, clause: str) -> Quantity:
        """Return the row of one amount under one indicator."""
        text, amount = self.words.text, found.amount
        own = governing_time(text[self.start : self.end], found.start - self.start, self.times)
        norm, norm_unit = to_base(amount.value, amount.unit)
        if not norm_unit and amount.unit and _MONEY_RE.search(name):  # 存款余额达百亿
            norm_unit = "元"
        status = self.setting.status_of(
            clause, self.start, own_when=own, per=per, amount=amount, sentence=self.blanked
        )
        return Quantity(
            text=text[naming.start : naming.end],
            indicator=name,
            indicator_id=indicator_id(name, amount.unit, naming.change, self._verb_before(name, naming)),
            comparator=amount.comparator,
            value=amount.value,
            value_high=amount.value_high,
            unit=amount.unit,
            norm_value=norm,
            norm_value_high=None if amount.value_high is None else to_base(amount.value_high, amount.unit)[0],
            norm_unit=norm_unit,
            change=naming.change,
            status=status,
            when=own or self.setting.when_of(self.start, status),
            per=per,
            start=naming.start,
            end=naming.end,
        )


def find_quantities(reading: Reading, found: Extractions) -> Iterator[Quantity]:
    """Yield the numeric quantities of a document in text order.

    Dates, ordinals, document and telephone numbers, numerals inside slogans, titles and fixed names, and the
    vague 一批 and 一个 yield nothing.
    """
    text = reading.text
    words = reading.words
    setting = read_setting(reading)
    slogans = [(s.start, s.end) for s in found.slogans]
    at = 0
    for sentence in reading.sentences:
        start, end = sentence.start, sentence.end
        if not _HAS_NUMERAL_RE.search(text, start, end):
            continue
        while at < len(slogans) and slogans[at][1] <= start:
            at += 1
        upto = bisect.bisect_left(slogans, (end, 0), at)
        blanked = blank_out(text, slogans[at:upto], start, end)
        amounts = [a for a in find_amounts(blanked, start) if not is_torn(blanked, start, a)]
        zeros = list(_ZERO_RE.finditer(blanked)) if "零" in blanked else []
        ratios = list(_RATIO_RE.finditer(blanked)) if ":" in blanked or "：" in blanked else []
        if not amounts and not zeros and not ratios:
            continue
        times = read_times(text[start:end], setting.year, setting.section_year(start))
        line = _Line(words, setting, blanked, start, end, times, Carried(start))
        rows = [row for group in _groups(blanked, start, amounts) for row in _read_group(line, group)]
        rows += [row for match in zeros for row in _read_zero(line, match)]
        rows += [row for match in ratios for row in _read_ratio(line, match)]
        yield from sorted(rows, key=lambda r: (r.end, r.start))


def _groups(blanked: str, offset: int, amounts: list[Found]) -> Iterator[list[Found]]:
    """Yield runs of amounts joined by nothing but 、 or 和: 3.2%、4.6%; 2.7和2.4倍 share one unit."""
    group: list[Found] = []
    for found in amounts:
        if group:
            last = group[-1]
            is_adjacent = found.start == last.end and {found.kind, last.kind} <= {"people", "count"}
            is_joined = (
                is_adjacent
                or _JOINT_RE.fullmatch(blanked, last.end - offset, found.start - offset) is not None
            )
            is_list = blanked[last.end - offset] != "，" or last.kind in ("share", "money")
            if not (
                is_joined and is_list and (is_adjacent or last.kind == found.kind or not last.amount.unit)
            ):
                yield group
                group = []
        group.append(found)
    if group:
        yield group


def _with_units(group: list[Found], words: TaggedText) -> list[Found]:
    giver = group[-1]
    if not giver.amount.unit and not (
        len(group) == 1 and _INDEX_RE.search(words.text, max(0, giver.start - 12), giver.start)
    ):
        return []
    if group[0] is giver:
        return [] if is_inside_a_word(words, giver) else group
    whole = [g for g in group if not is_inside_a_word(words, g)]
    first = whole[0] if len(whole) > 1 else giver
    if first is not giver and first.amount.comparator not in ("=", "range") and first.end == first.unit_end:
        # 分别突破70和50亿元: the word before the first is said of all
        whole = [
            replace(g, amount=replace(g.amount, comparator=first.amount.comparator))
            if g.amount.comparator == "="
            else g
            for g in whole
        ]
        giver = whole[-1]
    return [
        g
        if g.amount.unit.strip("万亿") or g is giver
        else replace(
            g, amount=replace(g.amount, unit=_lent(g.amount.unit, giver.amount.unit)), kind=giver.kind
        )
        for g in whole
    ]


def _lent(magnitude: str, unit: str) -> str:
    """Return the unit a number takes from the last of its list: 2.7和2.4〔倍〕, 10.6万、3.8〔万〕平方公里."""
    return magnitude + split_unit(unit)[1] if magnitude else unit


def _clause_of(line: _Line, first: Found, last: Found) -> Clause:
    at, start = first.start - line.start, 0
    for match in _CLAUSE_MARK_RE.finditer(line.blanked, max(0, at - 120), at):
        is_aside = match.group() in "（(" and _CLOSED_RE.search(line.blanked, match.end(), at)
        if not is_aside:  # 村卫生室（所）达到30所 is one clause
            start = match.end()
    start += line.start
    if start == line.start and at > 120:
        start = first.start - 120
    behind = min(len(line.blanked), last.end - line.start + 120)
    mark = _CLAUSE_MARK_RE.search(line.blanked, last.end - line.start, behind)
    right = line.start + (mark.start() if mark else behind)
    return Clause(line.words, line.blanked, line.start, start, max(start, line.carried.end), right)


def _read_group(line: _Line, group: list[Found]) -> list[Quantity]:
    group = _with_units(group, line.words)
    if not group or is_limit_or_name(line.blanked, line.start, group[-1]):
        return []
    clause = _clause_of(line, group[0], group[-1])
    line.carried.tells_base = False
    if is_base(clause, group, line.carried):
        return _read_base(line, clause, group)
    is_bare = len(group) == 1 and group[0].amount.comparator == "="
    if is_bare and _AT_LEAST_RE.search(clause.blanked(clause.left, group[0].start)):
        group = [replace(group[0], amount=replace(group[0].amount, comparator=">="))]
    per = find_per(line.words.text, clause.start, group[0].start, line.start)
    if is_bare and per is not None and per[1] + len(per[0]) == group[0].start:
        word = comparing_word(line.blanked, per[1] - line.start).rstrip()
        if comparator := comparators("before").get(word):  # 不超过每人每年2000元
            group = [replace(group[0], amount=replace(group[0].amount, comparator=comparator))]
    naming = name_group(clause, group, line.carried, per)
    if naming is None or (
        group[0].kind == "time"
        and not is_measured_time(group[0], naming.names[0], is_distributed=per is not None)
    ):
        if naming is None and group[0].kind != "time":
            line.carried.end = group[-1].end
        return []
    line.carried.take(naming)
    line.carried.unit = group[-1].amount.unit
    words = clause.blanked(clause.start, clause.right)
    names, basis = naming.names, per[0] if per else None
    if len(names) == len(group):
        pairs = list(zip(names, group, strict=True))
    elif len(group) == 1 and naming.is_shared:  # 均达到95%以上: one row for each name
        pairs = [(name, group[0]) for name in names]
    else:
        pairs = [("、".join(names), g) for g in group]
    return [line.row(name, g, naming, basis, words) for name, g in pairs]


def _read_base(line: _Line, clause: Clause, group: list[Found]) -> list[Quantity]:
    """Return the rows of the level that another one is raised or cut from: 毛入园率〔由2017年的79.4%〕升至88.2%."""
    last = line.carried.last
    if last is None or not line.carried.tells_base or len(last.names) not in (1, len(group)):
        return []
    start = max(last.start, clause.start) if last.start < clause.start else last.start
    naming = replace(last, start=start, end=group[-1].end, change=None)
    names = last.names if len(last.names) == len(group) else last.names * len(group)
    year = _YEAR_RE.findall(line.words.text, clause.left, group[0].start)
    rows = [line.row(name, found, naming, None, "") for name, found in zip(names, group, strict=True)]
    return [replace(row, status="achieved", when=year[-1] if year else None) for row in rows]


def _read_ratio(line: _Line, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield a ratio as the quotient of its numbers: 督学与学校数1:1, 师生比达到1:16; 下午3:30 is none."""
    at = match.start()
    left = max(line.blanked.rfind(mark, max(0, at - 40), at) for mark in "，。；：（、") + 1
    front = line.blanked[max(left, at - 40) : at]
    if not (_RATIO_NAME_RE.search(front) or (match["norm"] and _RATIO_PAIR_RE.search(front))):
        return
    sign = _RATIO_SIGN_RE.search(front)
    stop = line.start + at - (len(sign.group()) if sign else 0)
    core = words_before(line.words, line.blanked, line.start, line.start + at - len(front), stop)
    second = float(match["second"])
    if not second or core.start >= core.end:
        return
    start, end = line.start + at, line.start + match.end("second")
    ratio = Found(
        start,
        start,
        end,
        end,
        Amount(
            float(match["first"]) / second, None, comparators("before")[sign.group()] if sign else "=", ""
        ),
        "",
        is_chinese=False,
    )
    name = line.words.text[core.start : core.end]
    row = line.row(name, ratio, Naming((name,), core.start, end), None, front + match.group())
    yield replace(row, status="requirement") if match["norm"] else row


def _read_zero(line: _Line, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield 清零 and 零事故 as a value of 0."""
    start, end = line.start + match.start(), line.start + match.end()
    name = match["thing"]
    if match["subject"]:
        core = words_before(line.words, line.blanked, line.start, start, line.start + match.end("subject"))
        start, name = core.start, line.words.text[core.start : core.end]
    if name:
        zero = Found(start, start, end, end, Amount(0.0, None, "=", ""), "", is_chinese=False)
        yield line.row(
            name, zero, Naming((name,), start, end), None, line.blanked[match.start() : match.end() + 4]
        )
