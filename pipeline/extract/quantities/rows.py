"""From sentences to rows: amounts in groups, each with its indicator, status, time and basis."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.quantities.amounts import LENGTHENED, Found, blank_out, comparing_word, find_amounts
from pipeline.extract.quantities.bases import takes_base
from pipeline.extract.quantities.clauses import LIST_MARK_RE, LIST_MARKS, Carried, Clause
from pipeline.extract.quantities.distances import SIGNS, distance_before, measured_from, multiple_of
from pipeline.extract.quantities.groups import groups_of, with_units
from pipeline.extract.quantities.line import Line
from pipeline.extract.quantities.naming import name_group
from pipeline.extract.quantities.norms import is_granted_for
from pipeline.extract.quantities.per import basis_in_name, find_per
from pipeline.extract.quantities.places import without_place
from pipeline.extract.quantities.ratios import find_without_unit, read_without_unit
from pipeline.extract.quantities.refusals import (
    is_limit_or_name,
    is_measured_time,
    is_torn,
)
from pipeline.extract.quantities.setting import Setting, read_setting
from pipeline.extract.quantities.shares import bound_before
from pipeline.extract.quantities.terms import told_term
from pipeline.extract.quantities.timing import Time, read_times
from pipeline.lazy_re import lazy_re
from pipeline.numerals import comparators
from pipeline.records import Extractions, Quantity, Reading

_BASES = "年日每"  # how a name begins that may hold the basis of its amounts
_HAS_NUMERAL_RE = lazy_re(r"[\d二两三四五六七八九十百千万亿零]")
# an amount without any of these; the branches all begin with a character, so that they are looked for at once
_HAS_ONE_RE = lazy_re(
    r"少一|于一|过一|各一|每一|仅一|有一|满一|每[^，。；]{1,14}一[次所个名]|至少|过半|半数|一年内|一半|一倍|一番|一成"
)
_CLAUSE_MARK_RE = lazy_re(
    r"[，；。：！？…\t]|[（(](?![一-鿿]{1,2}[）)][级类型职])"
)  # 副校（科）级干部, 专（兼）职校医
# up to the last mark that begins a clause: 村卫生室（所）达到30所 is one clause
_TO_CLAUSE_RE = lazy_re(r".*(?:[，；。：！？…\t]|[（(](?![^）)]*[）)]))", re.DOTALL)
_AT_MOST_RE = lazy_re(
    r"(?:最高|最多)(?:可|再|一次性)?(?:给予|奖励|补助|补贴|资助|奖补|获得|享受|支持|赔付|报销)$"
)  # 单个企业最高补助100万元
_ASIDE_RE = lazy_re(r"（[一-鿿]{1,6}）(?=[、和])")  # 农场70个〔（单元）〕、车间72个
_ATTAINED = ("达到", "达")
_NAMES_YEAR_RE = lazy_re(r"[今本去上明前]年")
_NEXT_OF_LIST_RE = lazy_re(r"、[^，。；：、（）]{2,20}")
_YEARS_EACH_RE = lazy_re(r"(?:20\d\d年?[、和及]){1,4}20\d\d年(?:底|末)?(?:前)?各[^，。；]{0,8}$")
_YEAR_RE = lazy_re(r"20\d\d")
_OF_THAT = ("其中", "（其中")
# growth over a year, or a multiple of one: in the review of several years said of the one the sentence before is of
_OF_ONE_YEAR_RE = lazy_re(r"同比|[比较](?:上年|去年)|是\s?(?:19|20)\d\d年的")
_AT_LEAST_RE = lazy_re(r"(?:至少|最少|不少于)[^\d，。；、]{1,10}$")  # 至少设立1处


def find_in_sentences(reading: Reading, found: Extractions) -> Iterator[Quantity]:
    """Yield the numeric quantities that the sentences of a document tell, in text order."""
    text = reading.text
    words = reading.words
    setting = read_setting(reading)
    slogans = [(s.start, s.end) for s in found.slogans]
    at, told = 0, ("", 0)  # when the sentence before was of, and where it ends
    for sentence in reading.sentences:
        start, end = sentence.start, sentence.end
        if not (_HAS_NUMERAL_RE.search(text, start, end) or _HAS_ONE_RE.search(text, start, end)):
            continue
        while at < len(slogans) and slogans[at][1] <= start:
            at += 1
        if text[start] in LIST_MARKS and (mark := LIST_MARK_RE.match(text, start, end)):
            start = mark.end()
        upto = bisect.bisect_left(slogans, (end, 0), at)
        blanked = blank_out(text, slogans[at:upto], start, end)
        if setting.place and setting.place in blanked:
            blanked = without_place(blanked, setting.place)
        amounts = [a for a in find_amounts(blanked, start) if not is_torn(blanked, start, a)]
        without_unit = find_without_unit(blanked)
        if not amounts and not without_unit:
            continue
        printed, year = text[start:end], setting.this_year
        if setting.reviewed is not None or (year is None and _NAMES_YEAR_RE.search(printed)):
            year = setting.this_year_at(start)
        times = read_times(
            printed,
            year,
            setting.section_year(start),
            in_plan=setting.is_plan,
            to_now=setting.is_late,
            plan_range=setting.plan_range,
        )
        may_go_on = printed[0] in "其（" or (setting.is_report and ("比" in printed or "倍" in printed))
        if (
            not times
            and told[0]
            and may_go_on
            and _goes_on(printed, told[0], setting, start)
            and "\n" not in text[told[1] : start]
        ):
            times = [Time(0, 0, told[0])]
        told = (times[-1].when if times else "", end)
        line = Line(words, setting, blanked, start, end, times, Carried(start))
        may_be_distant = not SIGNS.isdisjoint(blanked)
        groups = groups_of(blanked, start, amounts, words)
        rows: list[Quantity] = []
        unnamed: list[list[Found]] = []
        for group in groups:
            read = _read_group(line, group, may_be_distant=may_be_distant)
            if read and unnamed:
                rows += _named_by_the_next(line, unnamed, group, read)
            if read or line.carried.end != group[-1].end:
                unnamed = []
            else:
                unnamed.append(group)
            rows += read
        rows += read_without_unit(line, without_unit)
        yield from sorted(rows, key=lambda r: (r.end, r.start))


def _goes_on(printed: str, when: str, setting: Setting, start: int) -> bool:
    """Say whether a sentence without a time is of that of the sentence before: 4月，收入完成2亿元。〔其中：〕税收1.2亿元.

    So is, in the review of several years, what tells how much something grew since the year before: 2021年生产总值90亿元。收入〔同比增长〕8%.
    """
    if printed.startswith(_OF_THAT):
        return True
    is_of_years = when.isdigit() and len(setting.when_at(start) or "") == len("2017-2021")
    return is_of_years and _OF_ONE_YEAR_RE.search(printed) is not None


def _clause_of(line: Line, first: Found, last: Found) -> Clause:
    at = first.start - line.start
    opened = _TO_CLAUSE_RE.match(line.blanked, max(0, at - 120), at)
    start = line.start + (opened.end() if opened else 0)
    if start == line.start and at > 120:
        start = first.start - 120
    behind = min(len(line.blanked), last.end - line.start + 120)
    mark = _CLAUSE_MARK_RE.search(line.blanked, last.end - line.start, behind)
    right = line.start + (mark.start() if mark else behind)
    left = max(start, line.carried.end)
    opening = left - line.start
    if line.blanked[opening : opening + 1] == "（" and (aside := _ASIDE_RE.match(line.blanked, opening, at)):
        left = line.start + aside.end()
    return Clause(line.words, line.blanked, line.start, start, left, right)


def _read_group(line: Line, group: list[Found], *, may_be_distant: bool) -> list[Quantity]:
    group = with_units(group, line.words)
    if not group or is_limit_or_name(
        line.blanked, line.start, group[0], group[-1], in_rules=line.setting.in_rules
    ):
        return []
    clause = _clause_of(line, group[0], group[-1])
    if takes_base(clause, group, line.carried):
        return _read_base(line, clause, group)
    is_bare = len(group) == 1 and group[0].amount.comparator == "="
    if is_bare and "少" in line.blanked and _AT_LEAST_RE.search(clause.blanked(clause.left, group[0].start)):
        group = [replace(group[0], amount=replace(group[0].amount, comparator=">="))]
    if is_bare and "最" in line.blanked and _AT_MOST_RE.search(clause.blanked(clause.left, group[0].start)):
        group = [replace(group[0], amount=replace(group[0].amount, comparator="<="))]
    before = group[0].start - line.start
    if is_bare and line.blanked[before - 1] in "到达" and line.blanked.endswith(_ATTAINED, 0, before):
        behind = group[0].end - line.start
        if is_granted_for(line.blanked[behind : behind + 40]):  # 税收达到10万元的，给予…
            group = [replace(group[0], amount=replace(group[0].amount, comparator=">="))]
    bound = bound_before(clause, group[0]) if group[0].kind == "share" else None
    if is_bare and bound:
        group = [replace(group[0], amount=replace(group[0].amount, comparator=bound[0]))]
    per = find_per(line.words.text, clause.start, group[0].number, line.start)
    if is_bare and per is not None and per[1] + len(per[0]) == group[0].start:
        word = comparing_word(line.blanked, per[1] - line.start).rstrip()
        if comparator := comparators("before").get(word):  # 不超过每人每年2000元
            group = [replace(group[0], amount=replace(group[0].amount, comparator=comparator))]
    term = told_term(clause, group) if group[0].kind in ("time", "times") else None
    if term is None:
        naming = name_group(clause, group, line.carried, per, bound[1] if bound else group[0].start)
    else:
        naming, group = term
    if naming is None or (
        group[0].kind == "time"
        and not is_measured_time(
            group[0],
            naming.names[0],
            is_distributed=per is not None,
            is_told=term is not None or clause.line.endswith(LENGTHENED, 0, group[0].start - line.start),
        )
    ):
        if naming is None and group[0].kind != "time":
            line.carried.end = group[-1].end
        return []
    if group[0].amount.unit == "倍":
        naming = multiple_of(clause, group, naming)
    told = naming
    if may_be_distant and (distance := distance_before(clause, group)):
        told, naming = measured_from(group, naming, distance, line.carried)
    line.carried.take(told)
    line.carried.unit = group[-1].amount.unit
    line.carried.of_unit[line.carried.unit] = told
    words = clause.blanked(clause.start, clause.right)
    names, basis = naming.names, per[0] if per else None
    if basis is None and names[0][0] in _BASES:
        basis = _basis_in(names, group[0])
    if len(names) == len(group):
        pairs = list(zip(names, group, strict=True))
    elif len(group) == 1 and naming.is_shared:  # 均达到95%以上: one row for each name
        pairs = [(name, group[0]) for name in names]
    else:
        pairs = [("、".join(names), g) for g in group]
    rows = [line.row(name, g, naming, basis, words) for name, g in pairs]
    years = _years_each(line.words.text, clause.start, group[0].start) if "各" in words else []
    return [replace(row, when=year) for row in rows for year in years] if years else rows


def _named_by_the_next(
    line: Line, unnamed: list[list[Found]], group: list[Found], read: list[Quantity]
) -> list[Quantity]:
    """Return the rows of amounts whose noun stands behind the last of their list: 2023年完成〔300个〕、2024年完成500个村庄整治."""
    text, row, rows, behind = line.words.text, read[0], [], group[0]
    if len(read) > 1 or row.end <= group[-1].end or line.carried.last is None:
        return []
    for one in reversed(unnamed):
        between = text[one[-1].end : behind.start]
        if (
            len(one) > 1
            or one[0].amount.unit != behind.amount.unit
            or not _NEXT_OF_LIST_RE.fullmatch(between)
        ):
            break
        naming = replace(line.carried.last, start=one[0].start, end=row.end)
        clause = _clause_of(line, one[0], group[-1])
        per = find_per(text, clause.start, one[0].number, line.start)
        words = clause.blanked(clause.start, clause.right)
        rows.append(line.row(row.indicator, one[0], naming, per[0] if per else None, words))
        behind = one[0]
    return rows[::-1]


def _years_each(text: str, start: int, at: int) -> list[str]:
    """Return the years each of which has the amount at an offset: 〔2025年、2026年〕各完成300户."""
    each = _YEARS_EACH_RE.search(text, start, at)
    return _YEAR_RE.findall(each.group()) if each else []


def _basis_in(names: tuple[str, ...], first: Found) -> str | None:
    """Return the basis that belongs to the name of amounts: 〔每千人口〕床位数, but not 年 of a sum."""
    return basis_in_name(names[0]) if first.kind != "money" and names[0][0] in _BASES else None


def _read_base(line: Line, clause: Clause, group: list[Found]) -> list[Quantity]:
    """Return the rows of the level that another one is raised or cut from: 毛入园率〔由2017年的79.4%〕升至88.2%."""
    last = line.carried.last
    if last is None or not line.carried.tells_base or len(last.names) not in (1, len(group)):
        return []
    naming = replace(last, start=max(last.start, clause.start), end=group[-1].end, change=None)
    names = last.names if len(last.names) == len(group) else last.names * len(group)
    per = find_per(line.words.text, clause.start, group[0].start, line.start)
    basis = per[0] if per else _basis_in(names, group[0])  # 由〔每人每月〕300元提高到500元
    rows = [line.row(name, found, naming, basis, "") for name, found in zip(names, group, strict=True)]
    return [line.as_base(row, clause.left, group[0].start) for row in rows]
