"""The turns of a document from review to plan and back, by its headings and, in reports, by sentences."""

from __future__ import annotations

import re

from pipeline.extract.quantities.phases import Phase, resumed_review
from pipeline.extract.quantities.timing import PLANS, read_times
from pipeline.lazy_re import lazy_re
from pipeline.records import Reading

REVIEW_RE = lazy_re(
    r"回顾|工作总结|交出了?[^，。]{0,24}(?:成绩单|答卷)|(?:发展|工作|基本)?现状(?!评[价估]|调查)|主要成[绩就]|取得[^，。]{0,14}成[绩就效]|发展成[就绩]|完成情况|过去(?:的)?[一五]年|执行情况"
    r"|(?:主要)?(?:工作)?(?:举措|做法|措施)(?:和|及|与)(?:取得的?)?(?:成效|成绩)|主要做法|工作成效|基本情况|(?:报告|汇报)(?:一下)?20\d\d年的?工作(?![安部任计打])|工作(?:的)?(?:主要|开展|完成|推进|落实)?(?:情况|进展)|^[^，。]{0,8}以来|进展情况|所做的工作"
)  # 2021年工作回顾
AHEAD_RE = lazy_re(
    r"(?:主要|总体|发展|工作|奋斗|预期)目标|目标任务|工作(?:的?(?:安排|要点|重点|打算|部署|思路|要求|任务|举措|计划|谋划|设想|展望|构想|意见|建议))|预算(?:（草案）|草案|安排)|收支安排|主要任务"
    r"|总体(?:要求|思路)|今后[一五三]?年|下一步|今年(?:的)?(?:重点|工作|政府|经济|主要)|重点工作"
    r"|主要预期|发展规划(?=纲要|$)"
)  # 主要任务, 2022年工作安排
_PARTS_OF_A_PLAN_RE = lazy_re(
    r"主要(?:措施|举措)|保障措施|组织(?:保障|实施|领导)|重点(?:任务|举措)|任务分工|工作(?:内容|步骤|措施)|(?:实施|方法)步骤|具体(?:措施|任务)"
)  # headings of a plan; an account tells under them what was done
_TURN_RE = lazy_re(
    r"主要(?:预期)?目标[是为：]|目标(?:任务)?是(?!能|可|完全|一定|正确|符合|必须)|今年[，,]?我们(?:要|将)|(?:重点)?(?:抓好|做好)以下"
    r"|今后五年[，,]?(?:我们|政府|全县)?|^(?:20\d\d年|今年)(?:是|的)[^。]{0,40}(?:关键|开局|起步|重要)[^。]{0,6}年"
    r"|工作的?总体(?:思路|要求)是|(?:20\d\d年|今年)要"
)  # 今年，我们要…: from here on a report looks ahead
_MET_RE = lazy_re(r"(?:超过|超额|高于|好于|优于|圆满|如期|提前)[^，。]{0,8}$")
# what a paper tells to do: （一）实施校舍提升工程
_TASK_RE = lazy_re(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．])?\s{0,2}(?:大力|全面|深入|持续|积极|着力|切实|加快|扎实|稳步|有序)?(?:实施|推进|推动|加强|强化|提升|完善|健全|建立|优化|深化|落实|开展|打造|培育|构建|做好|抓好|抓实|促进|扩大|改善|保障|支持|鼓励|引导|加大|提高)(?!情况|成效|以来)(?=[一-鿿]{3})"
)
_HOW_FAR_RE = lazy_re(
    r"(?:目标|任务|指标|重点工作)(?:任务)?的?(?:完成|执行|落实|进展|推进|实施)的?(?:进展)?情况"
)
_TURN_WORDS_RE = lazy_re(r"目标|今年|今后|好以下|20\d\d年|总体")  # without one of these none is there
_BACK_RE = lazy_re(
    r"^(?:过去(?:的)?(?:一|五)年|20\d\d年(?:以来)?|一年来|五年来)[，,]|^(?P<characterised>20\d\d)年是[^。]{4,60}年[。，]"
)  # 2021年，…; 2021年是…极不平凡的一年。
_BACK_BEGINS = frozenset("过2一五")
_GROUNDS_RE = lazy_re(
    r"(?:^|[、.．)）\s])(?:规划|发展|现实|工作|建设|现状|现有)?(?:基础|现状|背景|成[效就绩])(?:(?:和|与|及)[^，。]{1,10})?$"
)  # 一、发展基础, 一、规划背景: what a plan starts from; 夯实发展基础 is a task
YEAR_RE = lazy_re(r"20\d\d")
_HEADING_YEAR_RE = lazy_re(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?\s{0,2}(?P<year>20\d\d)\s?年(?!以来)"
)
_WORK_OF_RE = lazy_re(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?\s{0,2}(?:关于)?(?P<year>20\d\d)\s?年度?的?(?:政府)?(?:主要)?工作(?:情况)?"
)
_PERIOD_RE = lazy_re(
    r"(?:“(?P<plan>十[一二三四]?)五”|(?<![一二三四五六七八九])(?P<bare>十[一二三四])五)(?!届)(?=[^，。]{0,10}(?:工作|回顾|发展|成[就绩]|目标|任务|时期))"
)  # “十一五”工作回顾
_LEADS_ON_RE = lazy_re(r"：$|工作。$|(?:来|中)，我们")  # 2010年，主要做了以下工作：
_DASHES = "—–-·"
_LONGEST_TURN = 400  # a sentence that turns a report from past to future is no longer
_OPENING = 60  # characters in which a sentence turns

_Turn = tuple[re.Match[str] | None, re.Match[str] | None]  # back to the past, ahead to what is to come


def read_turns(
    reading: Reading, year: int | None, *, is_report: bool, is_told: bool, first: Phase
) -> list[Phase]:
    """Return the phases of a document that its turns begin; headings make them, in reports sentences too.

    `first` is the phase that the document opens in. `year` is that of publication. In what is told (news, a speech)
    主要措施 heads an account, in a paper it is a part of the plan.
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
        if words[:1] in _DASHES:
            words = words.lstrip(_DASHES)  # ——一年来，…
        if is_heading:
            back, ahead = _turn_of_heading(words, year, phases[-1], is_report=is_report, is_told=is_told)
        elif words[:1] in _BACK_BEGINS or _TURN_WORDS_RE.search(words, 0, _OPENING):
            back, ahead = _turn_of_sentence(words, year, phases[-1])
        else:
            continue
        if ahead and not back and is_report and _is_of_the_past(words, year):
            back, ahead = ahead, None  # 2024年财政重点工作, in a report of 2025
        if not back and not ahead:
            continue
        is_ahead = ahead is not None and (back is None or ahead.start() < back.start())
        status = "target" if is_ahead else "achieved"
        when = _about(words, year, phases[-1], is_ahead=is_ahead) if is_report else _named_year(words)
        if back and not is_heading and not _LEADS_ON_RE.search(words):
            # a second year in the same paragraph keeps what the first one interrupted
            resumed = resumed_review(phases[-1], reading.text.find("\n", end)) or resumed
        phases.append(Phase(start, status, when))
    if resumed:
        phases.append(resumed)
    return phases


def _turn_of_heading(words: str, year: int | None, before: Phase, *, is_report: bool, is_told: bool) -> _Turn:
    """Return what in a heading turns back and what ahead: 2021年工作〔回顾〕, 二、主要〔目标任务〕."""
    back, ahead = REVIEW_RE.search(words) or _GROUNDS_RE.search(words), AHEAD_RE.search(words)
    ahead = ahead or (None if is_told else _PARTS_OF_A_PLAN_RE.search(words))
    if not (is_report or is_told or back or ahead) and before.status is None:
        ahead = _TASK_RE.match(words)
    is_open = is_report and not back and not ahead
    if is_open and year and "工作" in words and (named := _WORK_OF_RE.fullmatch(words)):
        told = int(named["year"])  # 一、关于2012年政府工作, 二、关于2013年政府工作
        back, ahead = (named if told < year else None), (named if told == year else None)
    if ahead and (_MET_RE.search(words, 0, ahead.start()) or (back and _HOW_FAR_RE.search(words))):
        ahead = None  # 就业超过预期目标, 主要预期目标完成情况
    return back, ahead


def _turn_of_sentence(words: str, year: int | None, before: Phase) -> _Turn:
    """Return what in a sentence of a report turns back or ahead: 〔过去五年，〕…, 〔今年，我们要〕…."""
    ahead = _TURN_RE.search(words, 0, _OPENING)
    if ahead and year is not None and (named := YEAR_RE.match(words)) and int(named.group()) < year:
        ahead = None  # 2021年是…的重要一年: said of the year under review
    back = None if ahead or before.status == "target" else _BACK_RE.match(words)
    if back and back["characterised"] and (year is None or int(back["characterised"]) >= year):
        back = None  # 2017年是本届政府的第一年, in the report of 2018 alone
    return back, ahead


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
