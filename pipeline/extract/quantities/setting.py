"""What a document as a whole says about its quantities: its kind, its year, its turns from review to plan."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace

from pipeline.extract.quantities.status import status_of
from pipeline.extract.quantities.timing import PLANS, read_times
from pipeline.numerals import Amount
from pipeline.records import Reading

_REVIEW_RE = re.compile(
    r"回顾|工作总结|主要成[绩就]|取得[^，。]{0,14}成[绩就效]|发展成[就绩]|完成情况|过去(?:的)?[一五]年|执行情况"
    r"|(?:主要)?(?:工作)?(?:举措|做法|措施)(?:和|及|与)(?:取得的?)?(?:成效|成绩)|主要做法|工作成效|基本情况|工作(?:的)?(?:主要|开展|完成|推进|落实)?(?:情况|进展)|^[^，。]{0,8}以来|进展情况|所做的工作"
)  # 2021年工作回顾
_AHEAD_RE = re.compile(
    r"(?:主要|总体|发展|工作|奋斗|预期)目标|目标任务|工作(?:安排|重点|打算|部署|思路|要求|任务|举措|计划)|预算(?:（草案）|草案|安排)|收支安排|主要任务"
    r"|总体(?:要求|思路)|今后[一五三]?年|下一步|今年(?:的)?(?:重点|工作|政府|经济|主要)|重点工作"
    r"|主要(?:预期|措施|举措)|保障措施|组织(?:保障|实施|领导)|发展规划(?=纲要|$)"
)  # 主要任务, 2022年工作安排
_TURN_RE = re.compile(
    r"主要(?:预期)?目标[是为：]|目标(?:任务)?是|今年[，,]?我们(?:要|将)|(?:重点)?(?:抓好|做好)以下"
    r"|今后五年[，,]?(?:我们|政府|全县)?|^(?:20\d\d年|今年)(?:是|的)[^。]{0,40}(?:关键|开局|起步|重要)[^。]{0,6}年"
    r"|工作的?总体(?:思路|要求)是|(?:20\d\d年|今年)要"
)  # 今年，我们要…: from here on a report looks ahead
_TURN_WORDS_RE = re.compile(r"目标|今年|今后|好以下|20\d\d年|总体")  # without one of these none is there
_BACK_RE = re.compile(r"^(?:过去(?:的)?(?:一|五)年|20\d\d年(?:以来)?|一年来|五年来)[，,]")  # 2021年，…
_NARRATIVE = frozenset({"新闻报道", "报告", "工作报告", "问答", "其他"})
_ACCOUNTS = frozenset({"报告", "其他", "工作报告"})
_RULES_RE = re.compile(
    r"(?:办法|条例|规定|细则|规则|准则|章程|规程|守则|管理规范)(?:[（(][^（）()]{1,12}[)）])?[》”〉]?(?:的(?:通知|决定|公告))?$"
)  # 管理办法（试行）的通知
_BULLETIN_RE = re.compile(
    r"((?:19|20)\d{2})\s?年[^，。\d]{0,24}统计公报"
)  # 2019年国民经济和社会发展统计公报: all its figures are of that year
_YEAR_RE = re.compile(r"20\d\d")
_YEAR_PLAN_RE = re.compile(
    r"(?P<year>20\d\d)\s?年度?(?![^，。；]{0,8}总结)[^，。；]{0,20}(?:工作要点|工作计划|重点工作|工作安排|要点|行动方案|实施计划)"
)  # 织金县教育局2017年工作要点
_HEADING_YEAR_RE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?\s{0,2}(?P<year>20\d\d)\s?年(?!以来)"
)
_PERIOD_RE = re.compile(
    r"(?:“(?P<plan>十[一二三四]?)五”|(?<![一二三四五六七八九])(?P<bare>十[一二三四])五)(?!届)(?=[^，。]{0,10}(?:工作|回顾|发展|成[就绩]|目标|任务|时期))"
)  # “十一五”工作回顾
# a body's own account of a year: …2022年法治政府建设工作报告, …2023年工作总结
_ACCOUNT_RE = re.compile(
    r"(?P<year>20\d\d)\s?年度?(?!上半年|第?[一二三四]季度)[^，。；]{0,30}(?:总结|报告|情况|汇报|述职|小结)"
    r"(?:(?:[和及与暨]|以及)[^，。；]{0,20}(?:打算|计划|安排|思路|要点|设想|谋划|展望))?(?:[（(][^（）()]{1,20}[)）])?$"
)
_ESTIMATE_RE = re.compile(r"(20\d\d)\s?年[，,]?(?:全[县市区]|我[县市区]|年末)?[^，。；]{0,12}预计")
_LONGEST_TURN = 400  # a sentence that turns a report from past to future is no longer


@dataclass(frozen=True, slots=True)
class Phase:
    """From `start` on the document tells of the past (achieved) or of what is to come (target); of which time."""

    start: int
    status: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """The year of publication, the kind of document, and its phases in text order."""

    year: int | None
    is_report: bool
    is_plan: bool
    is_rules: bool  # 办法, 条例: what it states is a norm
    phases: tuple[Phase, ...]
    plan_year: int | None = None  # of a plan for one year: 2017年工作要点

    def phase_at(self, offset: int) -> Phase:
        """Return the phase that an offset stands in."""
        return self.phases[bisect.bisect_right(self.phases, offset, key=lambda p: p.start) - 1]

    def when_at(self, offset: int) -> str | None:
        """Return the time the section of an offset is about, in a report."""
        return self.phase_at(offset).when

    def when_of(self, offset: int, status: str) -> str | None:
        """Return the time of an amount that names none: its section's, else, for an aim of a report, the report's year."""
        when = self.when_at(offset)
        if when is None and self.is_report and self.year is not None and status == "target":
            return str(self.year)
        if when is None and self.plan_year is not None and status == "target":
            return str(self.plan_year)
        return when

    def section_year(self, offset: int) -> int | None:
        """Return the year the section of an offset is about, in a report; else the year of publication."""
        when = self.when_at(offset)
        return int(when) if when is not None and when.isdigit() and len(when) == 4 else self.year

    def status_of(
        self,
        clause: str,
        offset: int,
        *,
        own_when: str | None,
        per: str | None,
        amount: Amount,
        sentence: str = "",
    ) -> str:
        """Return target, achieved or requirement for an amount of a clause."""
        status = status_of(
            clause,
            amount,
            phase=self.phase_at(offset).status,
            when=own_when,
            year=self.year,
            per=per,
            is_plan=self.is_plan,
            is_report=self.is_report,
            sentence=sentence,
        )
        return "requirement" if self.is_rules and not own_when else status


def read_setting(reading: Reading) -> Setting:
    """Return what a document as a whole says about its quantities."""
    facts = reading.facts
    dated = re.match(r"\d{4}", facts.publish_date or "") or re.search(r"(?:19|20)\d{2}", facts.title or "")
    year = int(dated.group()) if dated else None
    is_report = facts.doc_type == "工作报告" or "工作报告" in (facts.title or "")
    if year is None and is_report:
        year = _year_of_report(reading)
    account = None if facts.doc_type not in _ACCOUNTS else _ACCOUNT_RE.search(facts.title or "")
    if account and (facts.title or "").endswith("政府工作报告"):
        account = None
    if account:
        is_report, year = True, int(account["year"]) + 1
    bulletin = None if is_report else _BULLETIN_RE.search(facts.title or "")
    if bulletin and (year is None or not facts.publish_date):
        year = int(bulletin.group(1)) + 1
    is_plan = not is_report and facts.doc_type is not None and facts.doc_type not in _NARRATIVE
    is_rules = is_plan and _RULES_RE.search(facts.title or "") is not None
    phases = (
        [Phase(-1, "achieved", bulletin.group(1))]
        if bulletin
        else _phases(
            reading,
            year,
            is_report=is_report,
            first=Phase(-1, "achieved", account["year"]) if account else Phase(-1),
        )
    )
    planned = _YEAR_PLAN_RE.search(facts.title or "") if is_plan else None
    if planned:
        phases[0] = replace(phases[0], status="target")
    return Setting(
        year, is_report, is_plan, is_rules, tuple(phases), int(planned["year"]) if planned else None
    )


def _year_of_report(reading: Reading) -> int | None:
    """Return the year of an undated report by its headings: 2014年工作回顾 is of 2015, 2015年工作要求 too."""
    for section in reading.sections:
        words = reading.text[section.start : section.end].strip()
        named = _YEAR_RE.match(words)
        if named and not words[4:].strip().startswith(("以来", "-", "—", "至")):
            if _REVIEW_RE.search(words):
                return int(named.group()) + 1
            if _AHEAD_RE.search(words):
                return int(named.group())
    estimates = {int(m.group(1)) for m in _ESTIMATE_RE.finditer(reading.text)}
    return max(estimates) + 1 if estimates else None


def _phases(reading: Reading, year: int | None, *, is_report: bool, first: Phase) -> list[Phase]:
    """Return the turns from review to plan and back; headings make them, in reports sentences too."""
    marks = [(s.start, s.end, True) for s in reading.sections if s.in_path]
    if is_report:
        marks += [(s.start, s.end, False) for s in reading.sentences if s.end - s.start < _LONGEST_TURN]
    phases = [first]
    for start, end, is_heading in sorted(marks):
        words = reading.text[start:end].strip()
        if is_heading:
            back, ahead = _REVIEW_RE.search(words), _AHEAD_RE.search(words)
        else:
            opening = words[:60]
            ahead = _TURN_WORDS_RE.search(opening) and _TURN_RE.search(opening)
            if ahead and year is not None and (named := _YEAR_RE.match(words)) and int(named.group()) < year:
                ahead = None  # 2021年是…的重要一年: said of the year under review
            back = None if ahead or phases[-1].status == "target" else _BACK_RE.match(words)
        if not back and not ahead:
            continue
        is_ahead = ahead is not None and (back is None or ahead.start() < back.start())
        status = "target" if is_ahead else "achieved"
        when = _about(words, year, is_ahead=is_ahead) if is_report else _named_year(words)
        phases.append(Phase(start, status, when))
    return phases


def _named_year(words: str) -> str | None:
    """Return the year that a heading of any document begins with: 三、2015年主要任务."""
    named = _HEADING_YEAR_RE.match(words)
    return named["year"] if named else None


def _about(words: str, year: int | None, *, is_ahead: bool) -> str | None:
    """Return the time a heading is about: the one it names, else this year for a plan and last year for a review."""
    times = read_times(words + "，", year)
    if not times and (period := _PERIOD_RE.search(words)):
        first = PLANS.get(period["plan"] or period["bare"])
        if first and year is not None and (first + 4 >= year) == is_ahead:
            return f"{first}-{first + 4}"  # “十一五”工作回顾
    if not times:
        return None if year is None else str(year if is_ahead else year - 1)
    when = times[0].when
    if not is_ahead:
        is_longer = year is not None and when[:4].isdigit() and int(when[:4]) < year - 1
        return when if is_longer else when.rstrip("-")  # 2021年以来 in a report of 2022 is the year 2021
    return str(year) if year is not None and when.isdigit() and int(when) < year else when
