"""When a quantity holds: the time its sentence gives, in the form of `quantities.when`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import NotANumberError
from pipeline.lazy_re import lazy_re
from pipeline.numerals import parse_number

_YEAR = r"(?:19|20)\d{2}"
_C = "[〇零○一二三四五六七八九]"
TIME_RE = lazy_re(
    r"(?=[比较是与占相第到自从截至于\s1-9一二两三四五六七八九十“今本去上明前过近这未新任下年全])"  # no other character begins one
    rf"(?P<lead>比|较|(?<![一二三四五六七八九十])是|与|占|相当于|第)?(?:到|自|从|截至|截止到?|至|于)?\s?(?=[\d一二两三四五六七八九十“今本去上明前过近这未新任下年全])"
    rf"(?:(?P<first>{_YEAR})\s?年?\s?(?:-|—|–|~|～|至|到){{1,2}}\s?(?P<last>{_YEAR})\s?年?"  # 2021—2030年
    rf"|(?P<year>{_YEAR}|[一二]{_C}{{3}})\s?(?:年(?!级)|学年)度?(?:\s?(?P<month>\d{{1,2}})\s?月)?"  # 2022年7月
    rf"|(?P<word>今年|本年度?|去年|(?<!基础)上年(?!均)|上一年|明年|前年)(?!同期|(?:结转|结余|滚存))(?:(?:[到至]|截至)?\s?(?P<word_month>\d{{1,2}})\s?月)?"  # 去年4月, 今年到7月底
    rf"|“?(?<![分之点百千零二三四五六七八九])(?P<plan>十[一二三四五]?)五”?(?:(?P<plan_end>期?末)|(?=期间|时期|以来|，|的|我|规))"  # “十四五”期间
    rf"|(?P<span>过去|近|这|(?<![学之以])前|今后|未来)(?:的)?(?P<years>[一二两三四五六七八九十\d]{{1,2}})年(?:多)?(?:来|间|内|时间)?(?![级制])"  # 过去五年
    rf"|(?<![第\d每前后])(?P<term>[二两三四五六七八九十]|\d{{1,2}})年(?P<way>来|间|内|(?=的?(?:时间|左右时间|(?:持续|不懈)?努力)|累计|共(?!和)|计划总|统筹(?:安排|投入)|安排资金|投入资金))"  # 五年来, 三年内
    rf"|(?P<office>(?:本届|新一届)政府(?:成立|组成|任期)?(?=以来|任期)|任期内)"
    rf"|(?P<month_only>\d{{1,2}})\s?月(?:份|底|末|中旬|上旬|下旬|初)?(?=[，、前止以]|完成|达到|累计|新增|实现|举办|召开)"  # 截至6月底
    rf"|(?P<day_month>\d{{1,2}})\s?月(?=\s?\d{{1,2}}\s?日)"  # 截至11月20日, 12月20日前
    rf"|(?<![年下上前去今明\d])(?P<in_year>上半年|下半年|前?[一二三四]季度|前\s?(?:[二两三四五六七八九十]|\d{{1,2}})个?月(?=[，、]|[^，。]{{0,6}}(?:全[县市区省州旗]|累计|完成|实现|新增))|前三季度|年内|(?<![去上今明前\d本多几两三五十])年底前?|年末(?=[，前])|全年(?=[，预]))"
    rf"|(?P<whole_year>全年(?=[一-鿿]))"
    rf"|(?P<recent>近年来|近几年来?))"
    rf"(?P<since>\d{{0,2}}日?(?:以来|起|开始))?"
)
# every time has one of these in it
_NAMES_A_TIME_RE = lazy_re(r"[年月季五]|政府|任期内|(?:19|20)\d\d\s{0,2}[-—–~～至到]")
# 前2年给予…, 后3年减半: the first of several, not the last ones past
_FIRST_YEARS_RE = lazy_re(r"给予|免|减|按|全额|每年|，?后|[^。；]{0,40}[，、；]后\s?[一二三四五\d]{1,2}年")
# 为1997年〔的2.9倍〕, 同1980年〔比较〕, 2009年〔到期〕的, 在2023年〔的基础上〕压减30%: no time of what is told
_COMPARED_RE = lazy_re(
    r"的\s?(?:近|约)?[\d.一二两三四五六七八九十]{1,6}\s?多?倍|比较|相比|对比|到期|.{0,2}基础上|的?平均(?:水平|[^，。；]{2,10}的)",
    re.DOTALL,
)
# the years a plan is made for, in the title of one that was made: 编制了《总体规划（2009-2030）》
_MADE_TITLE_RE = lazy_re(
    rf"(?:编制|编印|制定|制订|修订|印发|出台|颁布|发布|下发|批复)(?:完成|实施|印发|出台)?了?《[^《》\n]{{2,60}}?(?P<years>{_YEAR}\s?年?\s?[-—–~～至]{{1,2}}\s?{_YEAR}\s?年?)[^《》\n]{{0,10}}》"
)
_WHOLE_YEAR_RE = lazy_re(rf"\s?1\s?日\s?[至到—–-]{{1,2}}\s?(?:{_YEAR}\s?年)?\s?12\s?月\s?31\s?日")
_DAY_RE = lazy_re(r"\s?(?P<day>[0-3]?\d)\s?日(?P<until>之?前|止)?")
_MONTHS_RE = lazy_re(r"\d\s?(?:月份?)?\s?[-—–~～至]{1,2}\s?$")  # 1—〔11月〕: the year up to then
_SPANNED_RE = lazy_re(r"\s?\d{1,2}\s?(?:月份?)?\s?[-—–~～至]{1,2}\s?")
_SINCE_RE = lazy_re(rf"自\s?(?P<year>{_YEAR})\s?年(?:\s?(?P<month>\d{{1,2}})\s?月)?[^，。；]{{0,40}}以来")
_LEAD_IN_RE = lazy_re(
    r"\s?(?:(?:根据|按照|依据)[^，。；]{2,60}|[^，。；]{0,16}(?:要求|提出|明确|强调|指出|显示|说|介绍|表示|提到)|同时|其中|此外)，\s?"
)  # 根据《…方案》，〔到2025年〕, 方案要求，〔2025年底前〕
_LATE_SINCE_RE = lazy_re(r"[^，。；、□\d]{1,24}(?<!近年)以来")
_AIMED_AT_RE = lazy_re(r"(?:力争|争取|计划|再|拟|将)(?:再|利)?用?$")  # 力争用〔三年时间〕
_TERM_BEHIND_RE = lazy_re(
    r"[，的]?(?:(?:力争|争取|计划)?用?\s?(?P<years>[二两三四五六七八九十]|\d{1,2})年(?:之?内|左右的?时间|的?时间)|连续\s?(?P<on>[二两三四五六七八九十]|\d{1,2})\s?年)"
)  # 2012年起〔5年内〕, 2020年起，〔连续五年〕
_WORDS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上一年": -1, "明年": 1, "前年": -2}
_THIS_YEAR = frozenset({"今年", "本年", "本年度"})  # 今年以来 is this year
_OPENERS = frozenset({"", "，", "。", "；", "、", "：", "用", "在", "将", "取", "争", "保", "要", "后", "于"})
PLANS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}


@dataclass(frozen=True, slots=True)
class Time:
    """One mention of a time: where it ends, and what it is."""

    start: int
    end: int
    when: str


def _month(year: int, month: str | None) -> str:
    return f"{year}-{int(month):02d}" if month and 1 <= int(month) <= 12 else str(year)


def _until_day(month: str, match: re.Match[str], sentence: str) -> str | None:
    """Return the day up to which something holds or by which it is due, None for the day of an event: 截至11月〔20日〕."""
    day = _DAY_RE.match(sentence, match.end()) if len(month) == 7 else None
    if day is None or not (day["until"] or match.group().startswith("截")):
        return None
    return f"{month}-{int(day['day']):02d}"


def _of_a_date(match: re.Match[str], sentence: str) -> str | None:
    """Return the year, the month or the day due that a date names: 2022年7月, 2022年至今."""
    year, tail = int(parse_number(match["year"])), sentence[match.end() : match.end() + 3]
    if tail.startswith(("可比价", "不变价", "价格")):
        return None  # 按2005年可比价格计算
    if tail[:2] == "至今":
        return _month(year, match["month"]) + "-"
    is_whole = match["month"] == "1" and _WHOLE_YEAR_RE.match(sentence, match.end())
    when = _month(year, None if is_whole else match["month"])
    return _until_day(when, match, sentence) or when


def _of_a_plan(match: re.Match[str]) -> str | None:
    """Return the years of a plan, or the one it ends or began with: “十四五”期间, “十四五”末, “十三五”以来."""
    first = PLANS.get(match["plan"])
    if first is None:
        return None
    if match["plan_end"]:
        return str(first + 4)
    return str(first) if match["since"] else f"{first}-{first + 4}"


def _of_years(
    match: re.Match[str], sentence: str, year: int | None, *, to_now: bool, plan_range: str | None
) -> str | None:
    """Return the years that 过去五年, 未来三年, 五年来 and 三年内 cover, counted from the year of publication."""
    if match["way"] == "内" and sentence[max(0, match.start() - 1) : match.start()] not in _OPENERS:
        return None  # 教龄3年内, 成立10年内: the age of something
    if year is None:
        return match.group() if match["span"] == "近" else None
    try:
        n = int(parse_number(match["years"] or match["term"]))
    except NotANumberError:
        return None
    if not 1 <= n <= 30:
        return None
    is_open = match["way"] == ""  # 五年累计: past or to come
    ahead = match["span"] in ("今后", "未来") or match["way"] == "内"
    if is_open and _AIMED_AT_RE.search(sentence, max(0, match.start() - 5), match.start()):
        is_open, ahead = False, True
    if plan_range and (ahead or is_open) and int(plan_range[5:]) - int(plan_range[:4]) + 1 == n:
        return plan_range  # 三年内, in the plan for 2024—2026
    if is_open:
        return None
    if ahead:
        return f"{year}-{year + n - 1}" if n > 1 else str(year)
    last = year if to_now else year - 1
    return f"{last - n + 1}-{last}" if n > 1 else str(last)


def _range_of(start: str, years: str) -> str:
    """Return the years that begin with a year and are so many: 2012年起5年内."""
    try:
        n = int(parse_number(years))
    except NotANumberError:
        n = 0
    return f"{start[:4]}-{int(start[:4]) + n - 1}" if 1 < n <= 30 else f"{start}-"


def _in_the_year(match: re.Match[str], sentence: str, year: int) -> str | None:
    """Return the month, the day due or the year of a date that names no year: 截至6月底, 12月20日前, 上半年."""
    if match["day_month"]:
        return _until_day(_month(year, match["day_month"]), match, sentence)
    at = match.start("month_only") if match["month_only"] else match.start()
    is_span = _MONTHS_RE.search(sentence, max(0, at - 6), at) is not None
    return _month(year, None if is_span else match["month_only"])


def _year_beside(rows: list[Time], sentence: str, at: int) -> int | None:
    """Return the year named right before a part of it: 〔2021年〕，前三季度."""
    if rows and sentence[rows[-1].end : at] in ("，", "", " ") and rows[-1].when.isdigit():
        return int(rows[-1].when)
    return None


def _is_start(match: re.Match[str], sentence: str) -> bool:
    """Say whether a time is that of the level something grew from: 从〔2016年〕的2.1亿元增长到…."""
    is_from = match.group().startswith(("从", "由", "自")) or sentence[: match.start()].rstrip().endswith(
        ("从", "由")
    )
    return is_from and sentence[match.end() :].lstrip().startswith("的")


def read_times(
    sentence: str,
    year: int | None,
    section_year: int | None = None,
    *,
    in_plan: bool = False,
    to_now: bool = False,
    plan_range: str | None = None,
) -> list[Time]:
    """Return the times a sentence names, in text order; `year` is that of publication, for 今年 and 去年.

    `section_year` is that of the section, for a month or half-year without one: 6月底 in the review of 2023. Only in
    a plan does 全年 tell of that year; in news of January it is the year before. `to_now` lets 三年来 end with the
    year of publication, as it does towards the end of that year; `plan_range` is the years a plan is made for (2024-2026).

    >>> [t.when for t in read_times("2020年以来，投入资金6.5683亿元，去年4月起启动", 2024)]
    ['2020-', '2023-04-']

    A year that something is compared with (比2005年增长) is none.
    """
    rows: list[Time] = []
    if _NAMES_A_TIME_RE.search(sentence) is None:
        return rows
    told_until = 0
    titled = {m.start("years") for m in _MADE_TITLE_RE.finditer(sentence)} if "《" in sentence else ()
    for match in TIME_RE.finditer(sentence):
        end = match.end()
        if (
            match["lead"]
            or match.start() < told_until
            or match.start() in titled
            or _COMPARED_RE.match(sentence, end)
        ):
            continue
        if match["span"] == "前" and _FIRST_YEARS_RE.match(sentence, end):
            continue
        if "的" in sentence[end : end + 3] and _is_start(match, sentence):
            continue
        when: str | None = None
        if match["first"]:
            when = f"{match['first']}-{match['last']}"
        elif match["year"]:
            when = _of_a_date(match, sentence)
        elif match["word"]:
            when = _month(year + _WORDS[match["word"]], match["word_month"]) if year else match["word"]
        elif match["plan"]:
            when = _of_a_plan(match)
        elif match["recent"]:
            when = match["recent"]
        elif match["years"] or match["term"]:
            when = _of_years(match, sentence, year, to_now=to_now, plan_range=plan_range)
        elif match["office"]:
            when = match["office"].removesuffix("成立") + ("以来" if match["office"] != "任期内" else "")
        elif match["whole_year"]:
            when = str(section_year) if in_plan and section_year else None
        elif (
            rows
            and match["month_only"]
            and _SPANNED_RE.fullmatch(sentence, rows[-1].end, match.start("month_only"))
        ):
            continue  # 2021年1—〔11月〕
        elif told_year := _year_beside(rows, sentence, match.start()) or section_year or year:
            when = _in_the_year(match, sentence, told_year)
        if not when:
            continue
        if match["year"] and match["since"] and (term := _TERM_BEHIND_RE.match(sentence, end)):
            when, end = _range_of(when, term["years"] or term["on"]), term.end()
            told_until = end
        elif when[-1].isdigit():
            is_since = match["since"] and match["word"] not in _THIS_YEAR
            if match["since"] == "开始":  # 从2021年开始, but not 一九五三年开始的五年计划
                is_since = is_since and len(when) <= len("2021-01") and match.group()[0] in "从自"
            if is_since or (len(when) <= 7 and _LATE_SINCE_RE.match(sentence, end)):
                when += "-"  # 2020年以来, 2007年新政策实施以来
        rows.append(Time(match.start(), end, when))
    return rows


def governing_time(sentence: str, at: int, times: list[Time]) -> str | None:
    """Return the time that governs an amount at an offset of its sentence: the last before it, or a late 自…以来.

    A time that opens the sentence governs all of it, one further in reaches up to the next semicolon.

    >>> text = "到2025年，建成学校3所；新增学位2000个"
    >>> governing_time(text, 17, read_times(text, 2023))
    '2025'
    """
    if times:
        opening = lead.end() if (lead := _LEAD_IN_RE.match(sentence)) else 2
        for time in reversed(times):
            if time.end <= at and (time.start <= opening or "；" not in sentence[time.end : at]):
                if "）" in sentence[time.end : at] and _is_aside(sentence, time.start, at):
                    continue  # 38个贫困村（2016年出列1个），贫困人口4万人
                return time.when
    if "以来" in sentence and (match := _SINCE_RE.search(sentence, at)) is not None:
        return _month(int(match["year"]), match["month"]) + "-"
    return None


def _is_aside(sentence: str, start: int, at: int) -> bool:
    """Say whether a time stands in brackets that close before an offset."""
    closing = sentence.find("）", start, at)
    return closing >= 0 and "（" not in sentence[start:closing] and "（" in sentence[:start]
