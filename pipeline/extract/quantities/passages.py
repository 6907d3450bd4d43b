"""Passages that tell of another time than the phase they stand in: dated goals and reviews, what is asked for, accounts in news."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.quantities.phases import Phase, Phases, resumed_review
from pipeline.extract.quantities.timing import read_times
from pipeline.lazy_re import lazy_re
from pipeline.records import Reading

_GOALS_RE = lazy_re(r"目标(?:任务)?$|^[^，。]{0,6}目标")  # （二）发展目标
_GOAL_YEAR_RE = lazy_re(
    r"(?:[一二三四五六七八九十（）()、.\d\s—]{0,5})(?:力争|争取|通过[^，。]{2,24}，)?(?:到|至|截至)\s?(?P<year>20\d\d)\s?年(?:底|末)?[，,]"
)  # 到2025年，…: said of all goals below it
_OPENED_RE = lazy_re(r"(?:“十[一二三四五]?五”(?:期间|时期|以来)|[一二三四五]年来|近[三五]年来?)[，,]")
_AS_OF_RE = lazy_re(r"(?:截至|截止到?|到|至)?\s?(?P<year>20\d\d)\s?年(?:底|末)?[，,]")  # 截至2020年底，
# what a meeting or its speaker asks for: 他强调，要…, 二要…; the paragraph goes on so
_BIDDING_RE = lazy_re(
    r"(?:^|(?<=[。\n！？]))[\s\u3000]{0,8}(?:[^，。：\s]{0,30}?(?:强调|要求|指出|提出|表示|部署)[，：])?(?:[一二三四五六七八九十]是?)?"
    r"(?:要|必须|务必|(?:全县|全市|全区|各级|各)[^，。]{0,14}?(?:要|必须))(?!求|素|点|闻|害|件)"
)
# a county's account of what it did opens so, and says 下一步 where it turns to what it will do
_ACCOUNT_RE = lazy_re(
    r"^[^\S\n]*(?:近年来|近[一二两三五]年来?|今年以来|去年以来|20\d\d年以来|[一二两三五]年来|自[^，。\n]{2,24}以来)[，,]?(?=[^。\n]{10})",
    re.MULTILINE,
)
_NEXT_RE = lazy_re(
    r"(?:^|(?<=[。\n“])|(?<=表示，)|(?<=介绍，))[^\S\n]*(?:下一?步|接下来|今后|下一?阶段|未来[一二三五]年|展望未来)",
    re.MULTILINE,
)
# what a line brings in that ends in 目标： or 预期目标是：, item by item on the lines below it
_LISTED_GOALS_RE = lazy_re(
    r"^(?P<lead>[^\n。]{0,80}?)(?:目标|目标任务|预期指标)(?:是|为|如下|包括)?：[^\S\n]*\n"
    r"(?P<list>(?:[^\S\n]*(?:——|[-•●◆■·]|\d{1,2}[.、．](?!\d)|（[\d一二三四五六七八九十]{1,2}）|[①-⑳])[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_GOALS_MET_RE = lazy_re(r"完成|[实完]?[现成]了|已|情况|超额")
_GOALS_BY_RE = lazy_re(r"[到至]\s?(?P<year>20\d\d)\s?年")
_AIM_RE = lazy_re(
    r"(?:^|(?<=[。\n]))[^\S\n]*(?:[^，。：\s]{0,12}?(?:规划|计划|提出|明确)，?)?(?:力争|争取|确保)?[到至]\s?(?P<year>20\d\d)\s?年(?:底|末)?[，,]"
    r"|^[^\S\n]*(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）|\d{1,2}[.、．])?\s?(?:主要|总体|工作|发展|年度|预期|任务|具体|建设|行动){1,2}目标(?:任务)?(?:[是为])?[：。](?=[^\n]{8})",
    re.MULTILINE,
)
# the year that a paragraph tells of, until another time is named: 2022年，全县完成…。第一产业…
_OF_A_YEAR_RE = lazy_re(
    r"(?:^|(?<=。))[^\S\n]*(?P<year>(?:19|20)\d\d)年(?:度|全年)?，?(?:全年，?)?(?:全[县市区镇乡省州校]|我[县市区镇乡省州校])[^\n]{0,240}\d[^\n]*",
    re.MULTILINE,
)
# a line that a year labels, with the items that it brings in: 2017年：计划新建安置房2122套，涉及安置点3个：
_LABELLED_RE = lazy_re(
    r"^[^\S\n]*(?P<year>(?:19|20)\d\d)年(?:度|全年)?：[^\n]*\d[^\n]*(?:(?<=[:：])\n(?:[^\n]+；\n){1,30}[^\n]*)?",
    re.MULTILINE,
)
_OTHER_TIME_RE = lazy_re(
    r"(?<=。)[^\S\n]*(?:目前|现在|如今|截至|截止|今年|去年|近年|近[一二三五]年|下一?步|今后|未来|到|“|十[一二三四]五|(?:19|20)\d\d年)"
)
_HEAD = 600  # characters in which an account opens
_LAST_PART = 0.6
_OPENING = 4  # sentences of a section, its heading among them


def with_passages(
    reading: Reading, phases: list[Phase], year: int | None, *, is_told: bool, is_news: bool
) -> list[Phase]:
    """Return the phases of a document that is no report with the passages of their own that it holds.

    News that gives an account of what was done is of the past until it says what comes next.
    In what is told (news, a speech) the paragraphs that ask for something look ahead from there on.
    """
    if is_news and _ACCOUNT_RE.search(reading.text, 0, _HEAD):
        phases = _as_account(reading, phases)
    phases = _with_goals(reading, _with_reviews(reading, phases, year))
    phases = _with_years(reading, phases)
    if "目标" in reading.text or "预期指标" in reading.text:
        phases = _with_listed_goals(reading, phases)
    phases = _with_aims(reading, phases, year if is_told else None)
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
            resumed = resumed_review(reviewed, reading.text.find("\n", sentence.end))
            yield replace(phase, start=sentence.start, when=one["year"])
    if resumed and resumed.start < end:
        yield resumed


def _with_years(reading: Reading, phases: list[Phase]) -> list[Phase]:
    """Return phases with the paragraphs that open with the year of all they tell: 2022年，全县完成…。第一产业…."""
    dated: list[Phase] = []
    told = Phases(phases)
    paragraphs = [*_OF_A_YEAR_RE.finditer(reading.text), *_LABELLED_RE.finditer(reading.text)]
    for paragraph in paragraphs:
        start, end = paragraph.span()
        before = told.at(start)
        if before.when or (before.status == "target" and paragraph.re.pattern == _OF_A_YEAR_RE.pattern):
            continue
        other = _OTHER_TIME_RE.search(reading.text, paragraph.end("year"), end)
        dated.append(replace(before, start=start, when=paragraph["year"]))
        dated.append(replace(told.at(end), start=other.start() if other else end))
    return _laid_over(phases, dated) if dated else phases


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


def _with_listed_goals(reading: Reading, phases: list[Phase]) -> list[Phase]:
    """Return phases with the goals that a line brings in and the lines below it list: …目标是：| - 入园率达到95%."""
    listed: list[Phase] = []
    told = Phases(phases)
    for goals in _LISTED_GOALS_RE.finditer(reading.text):
        if _GOALS_MET_RE.search(goals["lead"]):
            continue
        before, by = told.at(goals.start("list")), _GOALS_BY_RE.search(goals["lead"])
        listed.append(Phase(goals.start("list"), "target", by["year"] if by else before.when))
        listed.append(replace(told.at(goals.end("list")), start=goals.end("list")))
    return _laid_over(phases, listed) if listed else phases


def _with_aims(reading: Reading, phases: list[Phase], year: int | None) -> list[Phase]:
    """Return phases with those of paragraphs that aim to their end: 主要目标：…。…, and with a `year` 规划到2030年，…。…."""
    aims: list[Phase] = []
    told = Phases(phases)
    for aim in _AIM_RE.finditer(reading.text):
        end = reading.text.find("\n", aim.end())
        is_to_come = year is not None and int(aim["year"]) > year if aim["year"] else True
        if is_to_come and (not aims or aim.start() >= aims[-1].start):
            before = told.at(aim.start())
            aims.append(Phase(aim.start(), "target", aim["year"] or before.when))
            aims.append(replace(before, start=end if end >= 0 else len(reading.text)))
    return _laid_over(phases, aims) if aims else phases


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
