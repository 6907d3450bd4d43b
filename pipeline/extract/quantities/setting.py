"""What a document as a whole says about its quantities: its kind, its year, its turns from review to plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extract.quantities.expecting import expects
from pipeline.extract.quantities.norms import defines, lays_down
from pipeline.extract.quantities.passages import with_passages
from pipeline.extract.quantities.phases import Phase, Phases
from pipeline.extract.quantities.status import looks_ahead, status_of
from pipeline.extract.quantities.turns import AHEAD_RE, REVIEW_RE, YEAR_RE, read_turns
from pipeline.lazy_re import lazy_re
from pipeline.numerals import Amount
from pipeline.records import Reading

LATE = "07"  # the month from which on the year of publication belongs to the years past
_NARRATIVE = frozenset({"新闻报道", "报告", "工作报告", "问答", "其他"})
_ACCOUNTS = frozenset({"报告", "其他", "工作报告"})
_RULES_RE = lazy_re(
    r"(?:办法|条例|规定|细则|规则|准则|章程|规程|守则|管理规范|应急预案)(?:[（(][^（）()]{1,12}[)）])?[》”〉]?(?:的(?:通知|决定|公告))?$"
)  # 管理办法（试行）的通知
# of no kind of its own in the list of kinds, and rules all the same: 若干优惠政策（试行）, 应急预案
_POLICY_RE = lazy_re(
    r"(?:政策|政策措施|若干措施|若干举措|办事指南|须知|公约|(?P<rules>预案|制度|(?:考核|评价|评分|建设|配备)标准))(?:[（(][^（）()]{1,12}[)）])?$"
)
_THERE_IS_RE = lazy_re(r"在册|现有|共有|威胁")  # 在册隐患点共327处: what a rule finds
_BULLETIN_RE = lazy_re(
    r"(?P<year>(?:19|20)\d{2})\s?年[^，。\d]{0,24}统计公报"
)  # 2019年国民经济和社会发展统计公报: all its figures are of that year
_YEAR_PLAN_RE = lazy_re(
    r"(?P<year>20\d\d)\s?年度?(?![^，。；]{0,8}总结)[^，。；]{0,20}(?:工作要点|工作计划|重点工作|工作安排|要点|行动方案|实施计划)"
)  # 织金县教育局2017年工作要点
# a body's own account of a year: …2022年法治政府建设工作报告, …2023年工作总结
_ACCOUNT_RE = lazy_re(
    r"(?P<year>20\d\d)\s?年度?(?!上半年|第?[一二三四]季度)[^，。；]{0,30}(?:总结|报告|情况|汇报|述职|小结)"
    r"(?:(?:[和及与暨]|以及)[^，。；]{0,20}(?:打算|计划|安排|思路|要点|设想|谋划|展望))?(?:[（(][^（）()]{1,20}[)）])?$"
)
# …2023年上半年工作总结及下半年打算: all of it of that year
_PART_YEAR_RE = lazy_re(
    r"(?P<year>20\d\d)\s?年度?(?:上?半年|第?[一二三四前]{1,2}季度)[^，。；]{0,30}(?:总结|汇报|情况|小结|报告|打算|安排)"
)
_PLAN_RANGE_RE = lazy_re(
    r"(?P<first>20\d\d)\s?年?\s?[-—–~～至]{1,2}\s?(?P<last>20\d\d)\s?年"
)  # 三年行动计划（2024—2026年）
_BRACKETED_RE = lazy_re(r"[（(][^（）()]{1,20}[)）]$")  # …政府工作报告（摘登）
_GLOSSARY_RE = lazy_re(
    r"^[^\w\n]{0,6}(?:(?:有关|部分|重要)?(?:名词|名词术语|词语|专有名词)(?:解释|注释|说明)|注释)[^\w\n]{0,6}$",
    re.MULTILINE,
)
_ESTIMATE_RE = lazy_re(r"(20\d\d)\s?年[，,]?(?:全[县市区]|我[县市区]|年末)?[^，。；]{0,12}预计")


@dataclass(frozen=True, slots=True)
class Setting:
    """The year of publication, the kind of document, and its phases in text order."""

    year: int | None
    is_report: bool
    is_plan: bool
    is_rules: bool  # 办法, 条例: what it states is a norm
    phases: Phases
    plan_year: int | None = None  # of a plan for one year: 2017年工作要点
    is_late: bool = False  # published in the second half of the year, which 三年来 then ends with
    plan_range: str | None = None  # of a plan for several years: 2024-2026
    this_year: int | None = None  # what 今年 means, where that is not the year after the one reviewed
    reviewed: int | None = None  # of a summary: the year it tells of, which 今年 means in it
    glossary: int | None = None  # where the notes of a report begin that explain its words
    place: str = ""  # the county or city whose document it is: 柳河县地区生产总值 is its 地区生产总值
    in_rules: bool = False  # lays down who gets or does what, or explains what does: a plan, 问答

    def this_year_at(self, offset: int) -> int | None:
        """Return what 今年 means at an offset: in the review of 2021年工作总结 that year, though it came out in the next; else its section's."""
        if self.reviewed is not None and self.when_at(offset) == str(self.reviewed):
            return self.reviewed
        if self.this_year is None and (when := self.when_at(offset)) and len(when) == len("2017"):
            return int(when)  # in an excerpt without title and date: 三、2017年工作任务
        return self.this_year

    def tells_of_past(self, offset: int) -> bool:
        """Return whether an offset stands in the review of a report, which lays nothing down."""
        return self.is_report and self.phases.at(offset).status == "achieved"

    def when_at(self, offset: int) -> str | None:
        """Return the time the section of an offset is about, in a report."""
        return self.phases.at(offset).when

    def when_of(self, offset: int, status: str, *, is_summed: bool = False) -> str | None:
        """Return the time of an amount that names none: its section's, else, for an aim of a report, the report's year."""
        when = self.phases.around(offset).when if is_summed else self.when_at(offset)
        if self.glossary is not None and offset >= self.glossary:
            return None  # notes explain words, whatever year they are of
        if when and status == "achieved" and self.year and when[:4].isdigit() and int(when[:4]) > self.year:
            return None  # 目前已建成2个, among what is aimed at by a later year
        if when is None and self.is_report and self.year is not None and status == "target":
            return str(self.year)
        return when

    def section_year(self, offset: int) -> int | None:
        """Return the year the section of an offset is about, in a report; else that of the plan or of publication."""
        when = self.when_at(offset)
        return (
            int(when)
            if when is not None and when.isdigit() and len(when) == 4
            else self.plan_year or self.year
        )

    def status_of(
        self,
        clause: str,
        offset: int,
        *,
        own_when: str | None,
        per: str | None,
        amount: Amount,
        sentence: str,
    ) -> str:
        """Return target, achieved or requirement for an amount of a clause."""
        phase = self.phases.at(offset)
        if (
            self.glossary is not None
            and offset >= self.glossary
            and not own_when
            and defines(sentence, clause, amount)
        ):
            return "requirement"
        status = status_of(
            clause,
            amount,
            phase=phase.status,
            when=own_when or (phase.when if self.is_plan else None),
            year=self.year,
            per=per,
            is_plan=self.is_plan,
            is_report=self.is_report,
            sentence=sentence,
        )
        is_over = self.is_late and own_when == str(self.year)
        if status == "target" and is_over and not looks_ahead(sentence) and not expects(sentence):
            return "achieved"  # 今年…, in the news of December
        if self.is_rules and not own_when:
            return "achieved" if _THERE_IS_RE.search(clause) else "requirement"
        if self.in_rules and status != "requirement" and not own_when and lays_down(clause, amount, per):
            return "requirement"
        return status


def read_setting(reading: Reading) -> Setting:
    """Return what a document as a whole says about its quantities."""
    facts, title = reading.facts, reading.facts.title or ""
    spoken_on = facts.spoken_on or ""
    dated = re.match(r"\d{4}", spoken_on) or re.search(r"(?:19|20)\d{2}", title)
    year = int(dated.group()) if dated else None
    is_report = facts.doc_type == "工作报告" or ("工作报告" in title and facts.doc_type != "新闻报道")
    if year is None and is_report:
        year = _year_of_report(reading)
    account = _ACCOUNT_RE.search(title) if facts.doc_type in _ACCOUNTS else None
    if account and _BRACKETED_RE.sub("", title).endswith("政府工作报告"):
        account = None
    if account:
        is_report, year = True, int(account["year"]) + 1
    bulletin = None if is_report else _BULLETIN_RE.search(title)
    if bulletin and (year is None or not facts.publish_date):
        year = int(bulletin["year"]) + 1
    policy = _POLICY_RE.search(title) if facts.doc_type == "其他" else None
    is_plan = not is_report and facts.doc_type is not None and facts.doc_type not in _NARRATIVE
    is_plan = is_plan or policy is not None
    is_told = not is_report and not is_plan  # news, a speech, an answer
    is_rules = is_plan and _RULES_RE.search(title) is not None
    is_rules = is_rules or (policy is not None and policy["rules"] is not None)
    past = account or bulletin
    first = Phase(-1, "achieved", past["year"]) if past else Phase(-1)
    phases = [first] if bulletin else _read_phases(reading, year, first, is_report=is_report, is_told=is_told)
    planned = _YEAR_PLAN_RE.search(title) if is_plan else None
    if planned:
        phases[0] = replace(phases[0], status="target")
    spanned = _PLAN_RANGE_RE.search(title) if is_plan else None
    return Setting(
        year,
        is_report,
        is_plan,
        is_rules,
        Phases(phases),
        plan_year=int(planned["year"]) if planned else None,
        is_late=spoken_on[5:7] >= LATE and is_told,
        plan_range=f"{spanned['first']}-{spanned['last']}" if spanned else None,
        this_year=int(facts.publish_date[:4]) if account and facts.publish_date else year,
        reviewed=int(account["year"]) if account else None,
        glossary=_glossary_at(reading.text) if is_report else None,
        place=facts.county or facts.city or facts.province or "",
        in_rules=is_plan or facts.doc_type == "问答",
    )


def _read_phases(
    reading: Reading, year: int | None, first: Phase, *, is_report: bool, is_told: bool
) -> list[Phase]:
    """Return the phases of a document that opens in the first of them: its turns, and its passages of another time."""
    phases = read_turns(reading, year, is_report=is_report, is_told=is_told, first=first)
    if not is_report:
        is_news = reading.facts.doc_type == "新闻报道"
        phases = with_passages(reading, phases, year, is_told=is_told, is_news=is_news)
    if part := _PART_YEAR_RE.search(reading.facts.title or "") if is_told else None:
        phases = [replace(phase, when=phase.when or part["year"]) for phase in phases]
        phases[0] = replace(phases[0], status=phases[0].status or "achieved")
    return phases


def _glossary_at(text: str) -> int | None:
    """Return where the notes begin that explain the words of a report, under a heading of their own."""
    heading = _GLOSSARY_RE.search(text)
    return heading.start() if heading else None


def _year_of_report(reading: Reading) -> int | None:
    """Return the year of an undated report by its headings: 2014年工作回顾 is of 2015, 2015年工作要求 too."""
    for section in reading.sections:
        words = reading.text[section.start : section.end].strip()
        named = YEAR_RE.match(words)
        if named and not words[4:].strip().startswith(("以来", "-", "—", "至")):
            if REVIEW_RE.search(words):
                return int(named.group()) + 1
            if AHEAD_RE.search(words):
                return int(named.group())
    estimates = {int(m.group(1)) for m in _ESTIMATE_RE.finditer(reading.text)}
    return max(estimates) + 1 if estimates else None
