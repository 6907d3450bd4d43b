"""The turns of a document from review to plan and back, by its headings and, in reports, by sentences."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.quantities.timing import PLANS, read_times
from pipeline.records import Reading

REVIEW_RE = re.compile(
    r"回顾|工作总结|主要成[绩就]|取得[^，。]{0,14}成[绩就效]|发展成[就绩]|完成情况|过去(?:的)?[一五]年|执行情况"
    r"|(?:主要)?(?:工作)?(?:举措|做法|措施)(?:和|及|与)(?:取得的?)?(?:成效|成绩)|主要做法|工作成效|基本情况|(?:报告|汇报)(?:一下)?20\d\d年的?工作(?![安部任计打])|工作(?:的)?(?:主要|开展|完成|推进|落实)?(?:情况|进展)|^[^，。]{0,8}以来|进展情况|所做的工作"
)  # 2021年工作回顾
AHEAD_RE = re.compile(
    r"(?:主要|总体|发展|工作|奋斗|预期)目标|目标任务|工作(?:安排|要点|重点|打算|部署|思路|要求|任务|举措|计划)|预算(?:（草案）|草案|安排)|收支安排|主要任务"
    r"|总体(?:要求|思路)|今后[一五三]?年|下一步|今年(?:的)?(?:重点|工作|政府|经济|主要)|重点工作"
    r"|主要预期|发展规划(?=纲要|$)"
)  # 主要任务, 2022年工作安排
_PARTS_OF_A_PLAN_RE = re.compile(
    r"主要(?:措施|举措)|保障措施|组织(?:保障|实施|领导)"
)  # headings of a plan; an account tells under them what was done
_TURN_RE = re.compile(
    r"主要(?:预期)?目标[是为：]|目标(?:任务)?是(?!能|可|完全|一定|正确|符合|必须)|今年[，,]?我们(?:要|将)|(?:重点)?(?:抓好|做好)以下"
    r"|今后五年[，,]?(?:我们|政府|全县)?|^(?:20\d\d年|今年)(?:是|的)[^。]{0,40}(?:关键|开局|起步|重要)[^。]{0,6}年"
    r"|工作的?总体(?:思路|要求)是|(?:20\d\d年|今年)要"
)  # 今年，我们要…: from here on a report looks ahead
_MET_RE = re.compile(r"(?:超过|超额|高于|好于|优于|圆满|如期|提前)[^，。]{0,8}$")
_HOW_FAR_RE = re.compile(
    r"(?:目标|任务|指标|重点工作)(?:任务)?的?(?:完成|执行|落实|进展|推进|实施)的?(?:进展)?情况"
)
_TURN_WORDS_RE = re.compile(r"目标|今年|今后|好以下|20\d\d年|总体")  # without one of these none is there
_BACK_RE = re.compile(r"^(?:过去(?:的)?(?:一|五)年|20\d\d年(?:以来)?|一年来|五年来)[，,]")  # 2021年，…
_GROUNDS_RE = re.compile(
    r"(?:^|[、.．)）\s])(?:规划|发展|现实|工作|建设|现状|现有)?(?:基础|现状|背景|成[效就绩])(?:(?:和|与|及)[^，。]{1,10})?$"
)  # 一、发展基础, 一、规划背景: what a plan starts from; 夯实发展基础 is a task
YEAR_RE = re.compile(r"20\d\d")
_HEADING_YEAR_RE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?\s{0,2}(?P<year>20\d\d)\s?年(?!以来)"
)
_WORK_OF_RE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?\s{0,2}(?:关于)?(?P<year>20\d\d)\s?年度?的?(?:政府)?(?:主要)?工作(?:情况)?"
)
_PERIOD_RE = re.compile(
    r"(?:“(?P<plan>十[一二三四]?)五”|(?<![一二三四五六七八九])(?P<bare>十[一二三四])五)(?!届)(?=[^，。]{0,10}(?:工作|回顾|发展|成[就绩]|目标|任务|时期))"
)  # “十一五”工作回顾
_GOALS_RE = re.compile(r"目标(?:任务)?$|^[^，。]{0,6}目标")  # （二）发展目标
_GOAL_YEAR_RE = re.compile(
    r"(?:[一二三四五六七八九十（）()、.\d\s—]{0,5})(?:力争|争取|通过[^，。]{2,24}，)?(?:到|至|截至)\s?(?P<year>20\d\d)\s?年(?:底|末)?[，,]"
)  # 到2025年，…: said of all goals below it
_LEADS_ON_RE = re.compile(r"：$|工作。$|(?:来|中)，我们")  # 2010年，主要做了以下工作：
_OPENED_RE = re.compile(r"(?:“十[一二三四五]?五”(?:期间|时期|以来)|[一二三四五]年来|近[三五]年来?)[，,]")
_AS_OF_RE = re.compile(r"(?:截至|截止到?|到|至)?\s?(?P<year>20\d\d)\s?年(?:底|末)?[，,]")  # 截至2020年底，
# what a meeting or its speaker asks for: 他强调，要…, 二要…; the paragraph goes on so
_BIDDING_RE = re.compile(
    r"(?:^|(?<=[。\n！？]))[\s\u3000]{0,8}(?:[^，。：\s]{0,30}?(?:强调|要求|指出|提出|表示|部署)[，：])?(?:[一二三四五六七八九十]是?)?"
    r"(?:要|必须|务必|(?:全县|全市|全区|各级|各)[^，。]{0,14}?(?:要|必须))(?!求|素|点|闻|害|件)"
)
# a county's account of what it did opens so, and says 下一步 where it turns to what it will do
_ACCOUNT_RE = re.compile(
    r"^[^\S\n]*(?:近年来|近[一二两三五]年来?|今年以来|去年以来|20\d\d年以来|[一二两三五]年来|自[^，。\n]{2,24}以来)[，,]?(?=[^。\n]{10})",
    re.MULTILINE,
)
_NEXT_RE = re.compile(
    r"(?:^|(?<=[。\n“])|(?<=表示，)|(?<=介绍，))[^\S\n]*(?:下一?步|接下来|今后|下一?阶段|未来[一二三五]年|展望未来)",
    re.MULTILINE,
)
# what a line brings in that ends in 目标： or 预期目标是：, item by item on the lines below it
_LISTED_GOALS_RE = re.compile(
    r"^(?P<lead>[^\n。]{0,80}?)(?:目标|目标任务|预期指标)(?:是|为|如下|包括)?：[^\S\n]*\n"
    r"(?P<list>(?:[^\S\n]*(?:——|[-•●◆■·]|\d{1,2}[.、．](?!\d)|（[\d一二三四五六七八九十]{1,2}）|[①-⑳])[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_GOALS_MET_RE = re.compile(r"完成|[实完]?[现成]了|已|情况|超额")
_GOALS_BY_RE = re.compile(r"[到至]\s?(?P<year>20\d\d)\s?年")
_HEAD = 600  # characters in which an account opens
_LAST_PART = 0.6
_OPENING = 4  # sentences of a section, its heading among them
_LONGEST_TURN = 400  # a sentence that turns a report from past to future is no longer


@dataclass(frozen=True, slots=True)
class Phase:
    """From `start` on the document tells of the past (achieved) or of what is to come (target); of which time."""

    start: int
    status: str | None = None
    when: str | None = None


class Phases:
    """The phases of a document in text order, looked up by offset."""

    def __init__(self, phases: Sequence[Phase]) -> None:
        self._phases = phases
        self._starts = [phase.start for phase in phases]

    def at(self, offset: int) -> Phase:
        """Return the phase that an offset stands in."""
        return self._phases[bisect.bisect_right(self._starts, offset) - 1]

    def around(self, offset: int) -> Phase:
        """Return the review of several years that a paragraph of one of them stands in, else the phase itself."""
        at = bisect.bisect_right(self._starts, offset) - 1
        one, before, after = self._phases[at], self._phases[at - 1], self._phases[at + 1 : at + 2]
        is_inside = at > 0 and len(one.when or "") == len("2010") and len(before.when or "") > len("2006-")
        return before if is_inside and after and after[0].when == before.when else one


def read_phases(
    reading: Reading,
    year: int | None,
    *,
    is_report: bool,
    first: Phase,
    is_told: bool = False,
    is_news: bool = False,
) -> list[Phase]:
    """Return the turns from review to plan and back; headings make them, in reports sentences too.

    News that gives an account of what was done is of the past until it says what comes next.
    In what is told (news, a speech) the paragraphs that ask for something look ahead from there on.
    """
    marks = [(s.start, s.end, True) for s in reading.sections if s.in_path]
    if is_report:
        marks += [(s.start, s.end, False) for s in reading.sentences if s.end - s.start < _LONGEST_TURN]
    phases = [first]
    resumed: Phase | None = None
    for start, end, is_heading in sorted(marks):
        if resumed and start >= resumed.start:
            phases.append(resumed)
            resumed = None
        words = reading.text[start:end].strip()
        if is_heading:
            back, ahead = REVIEW_RE.search(words) or _GROUNDS_RE.search(words), AHEAD_RE.search(words)
            ahead = ahead or (None if is_told else _PARTS_OF_A_PLAN_RE.search(words))
            if not back and not ahead and is_report and year and (named := _WORK_OF_RE.fullmatch(words)):
                told = int(named["year"])  # 一、关于2012年政府工作, 二、关于2013年政府工作
                back, ahead = (named if told < year else None), (named if told == year else None)
        else:
            opening = words[:60]
            ahead = _TURN_WORDS_RE.search(opening) and _TURN_RE.search(opening)
            if ahead and year is not None and (named := YEAR_RE.match(words)) and int(named.group()) < year:
                ahead = None  # 2021年是…的重要一年: said of the year under review
            back = None if ahead or phases[-1].status == "target" else _BACK_RE.match(words)
        if (
            ahead
            and is_heading
            and (_MET_RE.search(words, 0, ahead.start()) or (back and _HOW_FAR_RE.search(words)))
        ):
            ahead = None  # 就业超过预期目标, 主要预期目标完成情况
        if ahead and not back and is_report and _is_of_the_past(words, year):
            back, ahead = ahead, None  # 2024年财政重点工作, in a report of 2025
        if not back and not ahead:
            continue
        is_ahead = ahead is not None and (back is None or ahead.start() < back.start())
        status = "target" if is_ahead else "achieved"
        when = _about(words, year, phases[-1], is_ahead=is_ahead) if is_report else _named_year(words)
        if back and not is_heading and not _LEADS_ON_RE.search(words):
            # a second year in the same paragraph keeps what the first one interrupted
            resumed = _resumed(phases[-1], reading.text.find("\n", end)) or resumed
        phases.append(Phase(start, status, when))
    if resumed:
        phases.append(resumed)
    if is_report:
        return phases
    if is_news and _ACCOUNT_RE.search(reading.text, 0, _HEAD):
        phases = _as_account(reading, phases)
    phases = _with_goals(reading, _with_reviews(reading, phases, year))
    if goals := list(_LISTED_GOALS_RE.finditer(reading.text)):
        phases = _with_listed_goals(goals, phases)
    return _with_bidding(reading, phases) if is_told else phases


def _as_account(reading: Reading, phases: list[Phase]) -> list[Phase]:
    """Return the phases of news that tells what a county did: 近年来，… until 下一步."""
    account = [replace(phases[0], status=phases[0].status or "achieved"), *phases[1:]]
    ahead: list[Phase] = []
    for following in _NEXT_RE.finditer(reading.text):
        at = bisect.bisect_right(reading.sentences, following.start(), key=lambda s: s.start) - 1
        ahead.append(Phase(reading.sentences[max(0, at)].start, "target"))
        end = reading.text.find("\n", following.end())
        if end < 0 or following.start() > _LAST_PART * len(reading.text):
            break  # so an account ends; before, a paragraph looks ahead and the next one goes on telling
        ahead.append(replace(account[0], start=end))
    return _laid_over(account, ahead)


def _resumed(around: Phase, at: int) -> Phase | None:
    """Return the review of several years again, from the end of the paragraph that tells of one of them (2010年，…)."""
    return replace(around, start=at) if at > 0 and len(around.when or "") > len("2010-") else None


def _with_reviews(reading: Reading, phases: list[Phase], year: int | None) -> list[Phase]:
    """Return phases with the years that the review in a plan opens with: “十三五”时期，全县教育系统…."""
    dated: list[Phase] = []
    for at, phase in enumerate(phases):
        end = phases[at + 1].start if at + 1 < len(phases) else len(reading.text)
        if phase.status == "achieved" and phase.start >= 0 and not phase.when:
            dated += _dated_review(reading, phase, end, year)
        else:
            dated.append(phase)
    return dated


def _dated_review(reading: Reading, phase: Phase, end: int, year: int | None) -> Iterator[Phase]:
    """Yield the review again with the years its opening names, and the paragraphs of one year in it."""
    first = bisect.bisect_left(reading.sentences, phase.start, key=lambda s: s.start)
    reviewed, resumed = phase, None
    yield phase
    for n in range(first, len(reading.sentences)):
        sentence = reading.sentences[n]
        if sentence.start >= end:
            break
        if resumed and sentence.start >= resumed.start:
            yield resumed
            resumed = None
        words = reading.text[sentence.start : sentence.end].strip()
        if (
            n < first + _OPENING
            and not reviewed.when
            and _OPENED_RE.match(words)
            and (times := read_times(words, year))
        ):
            when = times[0].when
            when = f"{when}{int(when[:4]) + 4}" if when.endswith("-") else when  # “十三五”以来
            reviewed = replace(phase, start=sentence.start, when=when)
            yield reviewed
        elif reviewed.when and (one := _AS_OF_RE.match(words)):
            resumed = _resumed(reviewed, reading.text.find("\n", sentence.end))
            yield replace(phase, start=sentence.start, when=one["year"])
    if resumed and resumed.start < end:
        yield resumed


def _with_goals(reading: Reading, phases: list[Phase]) -> list[Phase]:
    """Return phases with those in which a section of goals says from when on they hold, until the section ends."""
    goals: list[Phase] = []
    for section in reading.sections:
        if not section.in_path or not _GOALS_RE.search(section.heading):
            continue
        first = bisect.bisect_left(reading.sentences, section.end, key=lambda s: s.start)
        named = False
        for sentence in reading.sentences[first:]:
            if sentence.start >= section.body_end:
                break
            if opened := _GOAL_YEAR_RE.match(reading.text, sentence.start, sentence.end):
                goals.append(Phase(sentence.start, "target", opened["year"]))
                named = True
        if named:
            before = max((p for p in phases if p.start <= section.body_end), key=lambda p: p.start)
            status = before.status if before.start != section.start else "target"
            goals.append(Phase(section.body_end, status, None))
    return _laid_over(phases, goals)


def _with_listed_goals(lists: list[re.Match[str]], phases: list[Phase]) -> list[Phase]:
    """Return phases with the goals that a line brings in and the lines below it list: …目标是：| - 入园率达到95%."""
    listed: list[Phase] = []
    told = Phases(phases)
    for goals in lists:
        if _GOALS_MET_RE.search(goals["lead"]):
            continue
        before, by = told.at(goals.start("list")), _GOALS_BY_RE.search(goals["lead"])
        listed.append(Phase(goals.start("list"), "target", by["year"] if by else before.when))
        listed.append(replace(told.at(goals.end("list")), start=goals.end("list")))
    return _laid_over(phases, listed)


def _with_bidding(reading: Reading, phases: list[Phase]) -> list[Phase]:
    """Return phases with those in which something is asked for, from the sentence that asks to the end of its paragraph."""
    asked: list[Phase] = []
    told = Phases(phases)
    until = 0
    for asking in _BIDDING_RE.finditer(reading.text):
        if asking.start() < until:
            continue
        until = reading.text.find("\n", asking.end())
        before = told.at(asking.start())
        asked.append(replace(before, start=asking.start(), status="target"))
        if until < 0:
            break
        asked.append(replace(before, start=until))
    return _laid_over(phases, asked)


def _laid_over(phases: list[Phase], others: list[Phase]) -> list[Phase]:
    """Return phases with others among them, which take the place of those that begin where they do."""
    taken = {other.start for other in others}
    return sorted([p for p in phases if p.start not in taken] + others, key=lambda p: p.start)


def _named_year(words: str) -> str | None:
    """Return the year that a heading of any document begins with: 三、2015年主要任务."""
    named = _HEADING_YEAR_RE.match(words)
    return named["year"] if named else None


def _is_of_the_past(words: str, year: int | None) -> bool:
    """Tell whether a heading names work of a year gone by and plans nothing: 二、2024年财政重点工作."""
    named = _HEADING_YEAR_RE.match(words)
    return (
        named is not None
        and year is not None
        and int(named["year"]) < year
        and words.rstrip("。 ").endswith(("重点工作", "主要工作"))
    )


def _about(words: str, year: int | None, before: Phase, *, is_ahead: bool) -> str | None:
    """Return the time a heading is about: the one it names, that of the review it goes on with, this year, or the last."""
    times = read_times(words + "，", year)
    if not times and (period := _PERIOD_RE.search(words)):
        first = PLANS.get(period["plan"] or period["bare"])
        if first and year is not None and (first + 4 >= year) == is_ahead:
            return f"{first}-{first + 4}"  # “十一五”工作回顾
    if not times and not is_ahead and before.status == "achieved" and len(before.when or "") == len("2018"):
        return before.when  # 2018年，… | 一、脱贫攻坚取得新成效
    if not times:
        return None if year is None else str(year if is_ahead else year - 1)
    when = times[0].when
    if not is_ahead:
        is_longer = year is not None and when[:4].isdigit() and int(when[:4]) < year - 1
        return when if is_longer else when.rstrip("-")  # 2021年以来 in a report of 2022 is the year 2021
    return str(year) if year is not None and when.isdigit() and int(when) < year else when
