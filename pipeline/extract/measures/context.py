"""Where in a document a clause may be a measure: not in titles, bare headings, explanations of terms, speeches' greetings."""

from __future__ import annotations

import re

from pipeline.extract.measures.actors import ACTORS
from pipeline.extract.measures.clauses import JOINTS, Clause, Piece
from pipeline.extract.measures.duties import Duties
from pipeline.extract.measures.part_names import LONGEST, NAMING, SHORTEST, names_part
from pipeline.extract.measures.verbs import Lexicon
from pipeline.extract.measures.view import Setting
from pipeline.lazy_re import lazy_re
from pipeline.records import Reading

GLOSSARY_RE = lazy_re(r"名词解释|词语解释|名词注释|注释|附注|有关用语说明|指标解释")
EXPLAINED_RE = lazy_re(
    r"是指|指的是|即是|又称|简称为|[：，]指(?!导|挥|定|标|明)|^[\s　]*(?:[\[【]\d{1,2}[\]】]|※|注\d{0,2}[：:])"
)  # [9]一村一品：指…
EXPLAINING_RE = lazy_re(r"[指即称\[【※注]")  # without one of these nothing is explained
NOTES_RE = lazy_re(r"^[\s　]*[\[【]1[\]】]", re.MULTILINE)  # [1]一村一品：…
LONE_RE = lazy_re(
    r"^[\s　]{0,8}(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?P<heading>[^，。；：！？\n]{4,40})。?[ 　]{0,4}\n"
    r"(?![\s　]{0,8}(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十百]{1,5}[条章节]))(?=[^\n])",
    re.MULTILINE,
)  # a numbered line with its body below; a list's items stand one behind the other
SIGN_RE = lazy_re(r"[。；！？：]|[，、．.][ 　]*$")  # a line that goes on is running text too
FURNITURE_RE = lazy_re(
    r"责任编辑|浏览次数|分享到|版权(?:所有|声明|归)|上一篇|下一篇|转载(?![量率])|来源：|作者：|发布(?:时间|日期|机构)|点击(?:数|量|次数|[：:]|打开|下载|查看|进入)|打印本页"
)
BODY_RE = lazy_re(
    r"(?:[县市区省州各]|[镇乡]|教育)[\u4e00-\u9fff、]{1,16}(?:局|委|办|部|院|校|政府|中心|委员会|办公室|公司|联社|大队|总队|部门|单位|学校|乡镇)"
)
# what applicants have to be or have, where their list does not tell what is done
CONDITIONS_RE = lazy_re(
    r"(?!办学|办园|基础|工作|生活|硬件|软件|发展|自然|区位|资源|生产|交通|气候|改善|优化|放宽|提升|创造|完善|明确|规范|严格|落实|降低|保障|强化|加强|提高|夯实|营造|具备|健全|建设)[\u4e00-\u9fff]{2,8}(?:条件|资格)(?:[和及与][\u4e00-\u9fff]{2,4})?"
    r"|(?:编制|制定|制订|活动|工作)?目的(?:[和及与、]?(?:依据|意义))?"
)
TOLD_RE = lazy_re(r"不得|严禁|应当|必须|[给予]予|取消|负责|优先|不再")
BASED_RE = lazy_re(
    r"(?:由|同时|建议|要求|希望|并|但)?(?P<who>[^，、的]{2,14}?)(?:[也都均])?(?:要|应当?|须|必须|可)?(?:严格)?(?:根据|依据|按照|结合|立足|对照)(?=[^，]{2,60}$)"
)
MINDFUL_RE = lazy_re(
    r"(?P<who>[^，的]{2,20}?)(?:都|均|务必|一定)?(?:要|应当?|须|必须)(?:始终|深刻|清醒|充分|时刻|切实)?(?:牢记|谨记|铭记|认识到?|意识到)"
)
# who has to do what the next clause tells, where this one only says in which way or when
BOUND_RE = lazy_re(
    r"(?:[这那上以对][^，、的]{1,6})?(?P<who>我们|(?![这那对])[^，、的]{2,16}?)(?:要|应当|应|须|必须|拟|将)(?!求|素|点|闻|件|道|害|对|用|急|邀|届|军|来|领)(?=[^，]{2,60}$)"
)
# 县教育局|会同公安、交通等部门，…: who acts, and with whom
TOGETHER_RE = lazy_re(r"(?P<who>[^，、的]{2,16}?)(?:会同|联合|协同|会商)(?=[^，]{2,60}$)")
CHARGE_RE = lazy_re(
    r"(?<=[一-鿿]{2})的?(?:(?:主要|工作|部门|具体)?(?:职责|职能|责任|任务)(?:分工)?|具体负责|牵头负责|牵头)$"
)
REPORT_TYPES = frozenset({"工作报告", "报告"})
NEWS_TYPES = frozenset({"新闻报道", "问答"})
# why a paper is drawn up, however many clauses tell it: 为补齐短板，规范秩序，根据…，制定本方案
PREAMBLE_RE = lazy_re(
    r"\s*为[^。；]{4,500}?(?:(?:制定|制订|编制|提出|起草)(?:本|了本|如下|以下)[^。，；]{0,16}|现(?:就|将)[^。；]{2,80}(?:如下|印发[^，。；]{0,8}))[。：:]?\s*$"
)
# what those above have done so far, with which a paper opens
PRAISED_RE = lazy_re(
    r"\s*(?:[^，。；]{2,24}以来，)?(?:以习近平同志为核心的)?党中央(?:、国务院)?[^，。；]{0,8}高度重视|\s*(?:习近平)?总书记[^。；]{0,12}高度重视"
)
# 为汲取教训，消除隐患，决定…开展检查: why it was decided, and then what
DECIDED_RE = lazy_re(r"\s*为[^。；]{4,300}?，(?P<decided>(?:[^，。；]{0,20}研究，?)?决定)")
QUESTION_RE = lazy_re(
    r"[^。；！？?][？?][”’）\s]*\Z"
)  # not …建设。?, where the number of the next item was lost
VOCATIVE_RE = lazy_re(r"^(?:我[谨仅]?代表|借|各位|同志们|朋友们|女士们|先生们|乡亲们)")
ITEM_RE = lazy_re(r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；\n]{2,100}[。；]")
LONGEST_NAME = 30  # of those who act together
MOST_MARKED = 8  # characters of a list's number
CLAUSE_ENDS = ("。", "；", "，", "：", "？", "！")
MOST_BARE = 60  # a line of more characters without closing mark is running text whose mark was lost


def _short_names(reading: Reading) -> frozenset[str]:
    """The county and its city as news write them, without their class: 连南 for 连南瑶族自治县."""
    names = [name for name in (reading.facts.county, reading.facts.city) if name]
    return frozenset(name[:length] for name in names for length in range(2, len(name) + 1))


def _year(reading: Reading) -> int | None:
    """The year of publication, else the first that the title names."""
    dated = re.match(r"\d{4}", reading.facts.spoken_on or "") or re.search(
        r"(?:19|20)\d{2}", reading.facts.title or ""
    )
    return int(dated.group()) if dated else None


def _ends_list(text: str, start: int) -> bool:
    """Whether the line that begins at an offset is the last of a list's items: the line before is one, with nothing below it."""
    reach = max(start - MOST_BARE * 2, 0)
    end = reach + len(text[reach:start].rstrip())
    before = text[max(text.rfind("\n", 0, end) + 1, end - MOST_BARE * 2) : end].lstrip()
    line = text[start : start + MOST_BARE].lstrip()
    return ITEM_RE.fullmatch(before) is not None and (before[0] == "（") == (line[:1] == "（")


class Context:
    """What the outline says about clauses, asked in text order."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        is_paper = reading.facts.doc_type not in NEWS_TYPES
        is_report = reading.facts.doc_type in REPORT_TYPES
        self.setting = Setting(is_paper, is_report, _short_names(reading), is_paper and not is_report)
        self.year = _year(reading)
        self.duties = Duties(reading, self.year)
        text = reading.text
        bare = []
        for section in reading.sections:
            line_end = text.find("\n", section.end)
            line_end = line_end if line_end >= 0 else len(text)
            rest = text[section.end : line_end]
            line_start = text.rfind("\n", 0, section.start) + 1
            if rest.strip(" 　。：:；") or section.start - line_start > 12:
                continue
            # an item of a list ends as a sentence does and has nothing below it
            if rest.strip() not in ("。", "；") or text[line_end : section.body_end].strip():
                bare.append((section.start, section.end))
        bare += [
            lone.span("heading") for lone in LONE_RE.finditer(text) if not _ends_list(text, lone.start())
        ]
        title = reading.facts.title
        if title and (at := text.find(title, 0, len(title) + MOST_MARKED)) >= 0:
            bare.append((0, at + len(title)))  # 【要闻】 before it
        self._bare = [*sorted(bare), (len(text) + 1, len(text) + 1)]
        self._passed = 0  # of them
        self._glossaries = [(s.start, s.body_end) for s in reading.sections if GLOSSARY_RE.search(s.heading)]
        conditions: list[tuple[int, int]] = []  # the last in front, none within another
        for section in reading.sections:
            is_within = conditions and section.start < conditions[-1][1]
            if not is_within and CONDITIONS_RE.fullmatch(section.heading):
                conditions.append((section.start, section.body_end))
        self._conditions = conditions[::-1]
        first = NOTES_RE.search(text, len(text) // 2)
        if first:
            self._glossaries.append((first.start(), len(text)))
        self._has_furniture = FURNITURE_RE.search(text) is not None
        self._sentence = -1
        self._allowed = True
        self._first = 0  # where in the sentence measures begin
        self._section: int | None = None
        self._body: str | None = None  # that the section's heading names

    def actor_of_section(self, clause: Clause) -> str | None:
        """Return the body that a heading of its own names, whose duties its section lists: （一）县教育局."""
        section = self._reading.sentences[clause.sentence].section
        if section != self._section:
            self._section = section
            heading = self._reading.sections[section].heading if section is not None else ""
            heading = CHARGE_RE.sub("", heading)
            self._body = heading if self.setting.is_paper and BODY_RE.fullmatch(heading) else None
        return self._body

    def allows(self, clause: Clause) -> bool:
        """Return whether a clause stands where measures are stated."""
        if clause.sentence != self._sentence:
            self._sentence = clause.sentence
            self._allowed = self._allows_sentence(clause)
        while self._bare[self._passed][1] <= clause.start:
            self._passed += 1
        in_heading = self._bare[self._passed][0] < clause.end
        allowed = self._allowed and clause.start >= self._first
        is_duty = self.duties.statements and self.duties.states(clause.start, clause.end)
        if not allowed or in_heading or is_duty:
            return False
        mark, start = clause.mark, clause.start
        if mark not in NAMING or not SHORTEST <= clause.end - start <= LONGEST:
            return True
        text = self._reading.text  # what names a part stands first in its line, or before a colon
        if mark == "。":
            before = text[max(start - MOST_MARKED, 0) : start]
            if before[-1:] in CLAUSE_ENDS or (start > MOST_MARKED and "\n" not in before):
                return True
        return not names_part(text[start : clause.end])

    def _allows_sentence(self, clause: Clause) -> bool:
        text, sentence = self._reading.text, self._reading.sentences[clause.sentence]
        body = text[sentence.start : sentence.end]
        if "为" in body[:4]:
            if PREAMBLE_RE.match(body):
                return False
            if decided := DECIDED_RE.match(body):
                self._first = sentence.start + decided.start("decided")
        if "高度重视" in body and PRAISED_RE.match(body):
            return False
        if EXPLAINING_RE.search(body) and EXPLAINED_RE.search(body):
            return False
        if self._has_furniture and FURNITURE_RE.search(body):
            return False
        if ("？" in body or "?" in body) and QUESTION_RE.search(body):
            return False
        if self._glossaries and any(start <= clause.start < end for start, end in self._glossaries):
            return False
        while self._conditions and self._conditions[-1][1] <= clause.start:
            self._conditions.pop()
        if self._conditions and self._conditions[-1][0] <= clause.start and not TOLD_RE.search(body):
            return False  # 二、招聘条件（一）遵守宪法和法律
        if self.duties.tables and self.duties.in_table(clause.start):
            return True
        line_start = text.rfind("\n", 0, clause.start) + 1
        line_end = text.find("\n", clause.start)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        return len(line) > MOST_BARE or bool(SIGN_RE.search(line))


def lone_actor(words: Lexicon, piece: Piece) -> str | None:
    """Return the clause when it only names an actor (4个工作专班, 各乡镇（街道）): the next clauses are its doing."""
    text, units = piece.text, piece.units
    may_be_based = "据" in text or "按照" in text or "结合" in text or "立足" in text or "对照" in text
    if may_be_based and (based := BASED_RE.match(text)):
        return based["who"] if ACTORS.end(based["who"]) else None  # 各地|要根据学龄人口变化趋势，…
    may_bear_in_mind = "记" in text or "识" in text
    if may_bear_in_mind and (mindful := MINDFUL_RE.match(text)):
        return mindful["who"] if ACTORS.end(mindful["who"]) else None  # 各级干部|要牢记使命，…
    may_be_bound = piece.clause.mark == "，" and (
        "要" in text or "应" in text or "须" in text or "拟" in text or "将" in text
    )
    if may_be_bound and (bound := BOUND_RE.match(text)) and ACTORS.end(bound["who"]):
        return bound["who"]  # 各村|要针对出现的情况，…
    may_be_joined = "会" in text or "同" in text or "联" in text
    if (
        may_be_joined
        and (together := TOGETHER_RE.match(text))
        and ACTORS.end(text)
        and ACTORS.end(together["who"])
    ):
        return together["who"]
    if text[-1] in "责能头务":
        text = CHARGE_RE.sub("", text)  # 县教育局职责：…, 县教育局牵头，…
        units = [unit for unit in units if unit.end - units[0].start <= len(text)]
    name = text[: text.rfind("（")] if text[-1] == "）" else text
    named = units and 2 <= len(text) <= LONGEST_NAME and ACTORS.end(name) and not VOCATIVE_RE.match(text)
    if not named or "的" in text:
        return None
    listed = piece.clause.mark == "："  # 县应急管理局：…
    named = listed or all(u.tag[:1] in "nmqrbjsf" or u.tag == "zg" or u.text in JOINTS for u in units)
    is_body = not words.acts(units[0].text) or (listed and len(units) == 2)  # 建设|单位：…
    return text if named and is_body else None
