"""Whether a quantity was achieved, is a target, or a standing norm; and the year a section of a report is about."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from pipeline.extract.quantities.timing import read_times
from pipeline.records import Reading

_REVIEW_RE = re.compile(
    r"回顾|工作总结|主要成[绩就]|取得[^，。]{0,14}成[绩就效]|发展成[就绩]|完成情况|过去(?:的)?[一五]年|执行情况"
    r"|工作(?:的)?(?:主要)?(?:情况|进展)|^[^，。]{0,8}以来|进展情况|所做的工作"
)  # 2021年工作回顾
_AHEAD_RE = re.compile(
    r"(?:主要|总体|发展|工作|奋斗|预期)目标|目标任务|工作(?:安排|重点|打算|部署|思路|要求|任务|举措)|主要任务|总体(?:要求|思路)"
    r"|今后[一五三]?年|下一步|今年(?:的)?(?:重点|工作|政府|经济|主要)|重点工作|主要(?:预期|措施|举措)|保障措施|组织(?:保障|实施|领导)|发展规划"
)  # 主要任务, 2022年工作安排
_TURN_RE = re.compile(
    r"主要(?:预期)?目标[是为：]|目标(?:任务)?是|今年[，,]?我们(?:要|将)|(?:重点)?(?:抓好|做好)以下|今后五年[，,]?(?:我们|政府|全县)?"
    r"|^(?:20\d\d年|今年)(?:是|的)[^。]{0,40}(?:关键|开局|起步|重要)[^。]{0,6}年|工作的?总体(?:思路|要求)是|(?:20\d\d年|今年)要"
)  # 今年，我们要…: from here on a report looks ahead
_BACK_RE = re.compile(r"^(?:过去(?:的)?(?:一|五)年|20\d\d年(?:以来)?|一年来|五年来)[，,]")  # 2021年，…: a report looks back
_PLAN_TYPES = ("通知", "意见", "方案", "规划", "计划", "办法", "规定", "决定")

_NORM_RE = re.compile(
    r"不(?:得)?(?:少于|低于|超过|高于|小于|大于|多于)|至少|最[多少低高]|应当?|须|必须|不得|原则上|标准为|严[禁控格]"
)
_FUTURE_RE = re.compile(
    r"力争|争取|确保|要(?!求|素|点|闻|害|道|件|塞)|将(?!军)|拟|计划(?!生育)|目标|预期|规划(?:建设|到)|努力|到20\d\d年|到“?十[三四五]五|明年|今后|未来|下一步|年内|早日|尽快|推进|谋划|着力"
)
_DONE_RE = re.compile(
    r"了|已|曾|以来|累计|先后|同比|[比较](?:上年|去年)|去年|上年|截[至止]|成功|荣获|获评|被评为|获得|排名|位居|位列|共有|现有|目前|通过努力|近年来|基础上"
)
_NORM_UNITS = frozenset({"次", "课时", "小时", "学时", "天", "分钟", "节", "堂", "场", "场次", "篇", "个小时", "节课", "个课时"})
_EACH_RE = re.compile(r"每(?:[个位名所家户校班生]|两周|\s?\d\s?周|周|天|日|月|学期|学年|年|季度|\s?\d{1,2}\s?[—–-]\s?\d{1,2}\s?年)")


@dataclass(frozen=True, slots=True)
class Phase:
    """From `start` on the document tells of the past (achieved) or of what is to come (target); about which time."""

    start: int
    status: str | None
    when: str | None


def publication_year(reading: Reading) -> int | None:
    """Return the year of publication, or the one in the title."""
    facts = reading.facts
    if facts.publish_date and facts.publish_date[:4].isdigit():
        return int(facts.publish_date[:4])
    match = re.search(r"(?:19|20)\d{2}", facts.title or "")
    return int(match.group()) if match else None


def is_report(reading: Reading) -> bool:
    """Say whether a document reviews one period and plans the next: a work report."""
    return reading.facts.doc_type == "工作报告" or "工作报告" in (reading.facts.title or "")


def find_phases(reading: Reading) -> tuple[Phase, ...]:
    """Return the turns from review to plan and back, in text order; headings make them, in reports sentences too."""
    year = publication_year(reading)
    rows = [Phase(-1, None, None)]
    report = is_report(reading)
    marks = [(s.start, s.end, True) for s in reading.sections if s.in_path]
    if report:
        marks += [(s.start, s.end, False) for s in reading.sentences if s.section is None or s.end - s.start < 400]
    for start, end, is_heading in sorted(marks):
        words = reading.text[start:end].strip()
        if is_heading:
            back, ahead = _REVIEW_RE.search(words), _AHEAD_RE.search(words)
        else:
            ahead = _TURN_RE.search(words[:60])
            back = None if ahead or rows[-1].status == "target" else _BACK_RE.match(words)
        if not back and not ahead:
            continue
        times = read_times(words + "，", year)
        if ahead and (not back or ahead.start() < back.start()):
            given = times[0].when if times else str(year) if year and report else None
            if given and given.isdigit() and year and int(given) < year:
                given = str(year)
            rows.append(Phase(start, "target", given if report else None))
        else:
            given = times[0].when.rstrip("-") if times else str(year - 1) if year and report else None
            rows.append(Phase(start, "achieved", given if report else None))
    return tuple(rows)


def phase_at(phases: tuple[Phase, ...], offset: int) -> Phase:
    """Return the phase that an offset stands in."""
    return phases[bisect.bisect_right(phases, offset, key=lambda p: p.start) - 1]


def _is_past(when: str | None, year: int | None) -> bool | None:
    if not when or year is None or not when[:4].isdigit():
        return None
    if when.endswith("-"):
        return True
    last = int(when[5:9]) if len(when) == 9 and when[4] == "-" else int(when[:4])
    return last < year


def status_of(
    reading: Reading, phase: Phase, clause: str, sentence: str, *, own_when: str | None, per: str | None, unit: str, sign: str
) -> str:
    """Return target, achieved or requirement for an amount, from its words first, its section and document then."""
    year = publication_year(reading)
    past = _is_past(own_when, year)
    doc_type = reading.facts.doc_type or ""
    is_plan = doc_type in _PLAN_TYPES
    report = is_report(reading)
    if report and phase.status:
        if phase.status == "achieved":
            if own_when and own_when[:4].isdigit() and year and int(own_when[:4]) > year and not own_when.endswith("-"):
                return "target"
            return "achieved"
        if past and not _FUTURE_RE.search(clause) or "基础上" in clause:
            return "achieved"
        return "requirement" if per and _is_norm(clause, per, unit) and not own_when else "target"
    if _is_norm(clause, per, unit) and not (own_when and past) and not re.search(r"了|已", clause):
        if per or "龄" in clause or is_plan and not own_when or sign == "<=":
            return "requirement"
    if past is False and own_when and year and own_when[:4].isdigit() and int(own_when[:4]) > year:
        return "target"
    if is_plan:
        if past or re.search(r"已|了(?!解)|同比|累计|截至目前|以来|基础上", clause) and not _FUTURE_RE.search(clause):
            return "achieved"
        return "target"
    if _FUTURE_RE.search(clause) and not _DONE_RE.search(clause):
        return "target"
    if phase.status == "target" and not _DONE_RE.search(clause) and not past:
        return "target"
    return "achieved"


def _is_norm(clause: str, per: str | None, unit: str) -> bool:
    if "龄" in clause and unit in ("年", "岁", "周岁"):  # 教龄5年以上的骨干教师
        return True
    if per and unit in _NORM_UNITS and (_EACH_RE.match(per) or _NORM_RE.search(clause)):
        return True
    if per and _EACH_RE.match(per) and not per.startswith(("每月", "每人", "每年", "每季", "每 ", "每2", "每3")) and unit not in ("元", "万元", "%"):
        return True
    return bool(_NORM_RE.search(clause)) and bool(per or re.search(r"不(?:得|应)?(?:少于|低于|超过|高于|小于)|至少|教龄", clause))
