"""Whether an amount was achieved, is a target, or a standing norm."""

from __future__ import annotations

import re

from pipeline.extract.quantities.grants import states_a_grant, states_a_rate
from pipeline.extract.quantities.refusals import AGES, DUTIES, SORTS, entitles
from pipeline.extract.quantities.status_model import LEAST_IN_A_PLAN, LEAST_PROBABILITY, chance_of_target
from pipeline.numerals import Amount

_NORM_RE = re.compile(
    r"(?:必须|应当?|须)达到|不(?:得|能)?(?:少于|低于|超过|高于|小于|大于|多于)|至少|最[多少低高]|应当?|须|必须|不得|原则上|标准为|严[禁控格]"
)
_LIMIT_RE = re.compile(
    r"不(?:得|应|能)?(?:少于|低于|超过|高于|小于)|至少|(?:面积|时间|人数)控制在|(?:必须|应当?|须)达到"
)
# A cue stands here only if it says one thing nine times out of ten in work reports; 推进, 目标, 比上年 say both.
_FUTURE_RE = re.compile(
    r"力争|争取(?=到20|实现|达到|在)|确保|(?<![主重首次必纪摘概])要(?!求|素|点|闻|害|道|件|塞)|(?<![^，。；、还也即年月今])将(?=[于在达新建完增投实开再对有形推启全把])|还将|也将|拟|计划(?:总)?(?:投资|投入|新建|安排)|预计到|(?:目标|任务)[是为：]|预期目标|规划(?:建设|到)"
    r"|努力(?=实现|达到|完成|建)|到20\d\d年|到“?十[三四五]五|明年|今后|未来|下一步|年内|早日|尽快|着力"
)
_DONE_RE = re.compile(
    r"了(?!解)|已|曾|以来|累计|先后|同比|[比较]□|截[至止]|成功|荣获|获评|被评为|排名|位居|位列|共有|现有|通过努力|近年来"
)
_UNDATED_AIM_RE = re.compile(
    r"^\s?(?:力争)?[到至]□|□(?:底|末|年底|年末)?之?前[，,]?|力争|确保|(?:方案|规划|计划|意见)[^，。；]{0,6}(?:要求|提出|明确)"
)  # of a page without a date
_REPORTED_RE = re.compile(
    r"已|了(?!解)|累计|截至目前|以来|基础上|(?:^|[全我本县市区镇乡校园])现有|仅有|仅(?=\d)"
)
_STANDING_OPENS_RE = re.compile(
    r"\s?(?:截至□，|目前，)?(?:[^，。；□]{0,8}(?:[全我本][县市区省]|目前|辖区))[^，。；]{0,4}(?:现有|共有|现辖|辖)"
)  # 全县现有供水工程612处，服务人口…
_GRANTED_RE = re.compile(
    r"(?<![许认不])可(?:以|按|返还|申请|申领|享受|获得|给予|领取|放宽|延长)(?![^，。；]{0,20}[达完建])"
)  # 可返还其上年度缴纳失业保险费的50%
_NORM_UNITS = frozenset(
    {
        "次",
        "批次",
        "课时",
        "小时",
        "学时",
        "天",
        "分钟",
        "节",
        "堂",
        "场",
        "场次",
        "篇",
        "个小时",
        "节课",
        "个课时",
        "轮",
        "遍",
    }
)
_FLOOR_RE = re.compile(r"不(?:少于|低于)")
# 非寄宿制学校不少于2名: each school of the kind; 抽查比例不低于30%, 按不低于总额的8%安排: how funds and checks are shared out
_OF_A_KIND_RE = re.compile(
    r"(?:学校|小学|初中|高中|幼儿园|卫生院|社区)[\u4e00-\u9fff]{0,6}不(?:少于|低于)\s?[\d一二两三]\s?[名人]"
)
_FUND_SHARE_RE = re.compile(
    r"(?:抽查|抽检|抽取|抽样|巡查)(?:的?比例|率|数量)?不(?:少于|低于)|不(?:少于|低于)[^，。；]{2,20}总[额数]的|(?:经费|资金)占[^，。；]{2,24}不(?:少于|低于)"
)
_LEGAL_RE = re.compile(r"应当?|须|必须|不得|原则上|一律|标准")
_AT_LEAST_SHARE_RE = re.compile(r"按照?不(?:低于|少于|超过|高于)")  # 按不低于30%的比例抽查
_OF_ONE = frozenset({"岁", "周岁", "分", "张", "平方米"})  # what is asked of one person or one house
_BUILDS_RE = re.compile(
    r"建[成设好强]|新建|打造|培育|创建|改造|发展|引进"
)  # 每个乡镇至少建成1个园区: done once
_TERMS = frozenset({"年", "周年", "学年"})  # 工作满6年
_DEADLINES = frozenset({"个工作日", "工作日", "日", "天", "小时", "个小时", "分钟", "个月"})  # 15个工作日内
_OF_EACH = _NORM_UNITS | _DEADLINES | _OF_ONE  # said of one time, one case, one person: no whole has them
_OVER_YEARS_RE = re.compile(r"(?:^|[，；])[二三四五]年(?:内|间)?(?:累计|共(?!和)|计划)")
_SHORTENED_RE = re.compile(r"压缩|缩短|压减|寿命")  # 审批时限压缩至7个工作日, 人均预期寿命78岁: aims
_STANDING_UNITS = frozenset({"个工作日", "工作日", "岁", "周岁"})
_BOUNDS = frozenset({">=", ">", "<=", "<"})
_BOUND_BEFORE = ("满", "为", "只有", "仅有")  # 入围企业〔只有〕1家的
_AIMED = frozenset({">=", "~"})
_STATED_RE = re.compile(
    r"[达为有共占]|完成|超|多|余|近|增长|上升|下降|提高|投入|[投出耗]资|实现"
)  # what tells of a state or a change
_EACH_RE = re.compile(
    r"每(?:[个位名人所家户校班生]|\s?[\d两三]{1,2}\s?(?:[—–-]\s?\d{1,2}\s?)?(?:个?月|[周年天日])|周|天|日|旬|半?月|季度?|学期|学年|半?年)"
)
_DIGITS = frozenset("0123456789")
_EACH_PEOPLE_RE = re.compile(r"每\s?\d{3,5}")
_EACH_UNIT_RE = re.compile(r"每(?:[人生户师校]|[个名位所](?:学生|教师|干部|党员|学校|职工))")  # 每人联系2所
_TERM_RE = re.compile(r"有效期|试行期|期限|服务期|聘期|任期")  # 支教期限为2年
_ALL_DAY_RE = re.compile(rf"24\s?小时(?:不间断|轮流|全天候|常态化|集结)?(?:{DUTIES}|管控)")
_PAPER_TERMS = frozenset({"年", "个月", "周年", "小时"})
_PAPER_TERM_RE = re.compile(r"有效期|试行期")
_RATED_RE = re.compile(r"每\s?\d{0,2}[百千万]")
_EACH_ONE_RE = re.compile(r"每(?:[个位名所家户校班生]|[周天日]|学期|学年)")
_SETS_UP_RE = re.compile(rf"{_BUILDS_RE.pattern}|设[立置]|成立|组[建织]|安排|拿出|举办|开展|投入|建立|保留")
_CONDITION_RE = re.compile(
    r"(?:（含）)?(?:以上)?(?:、\d[^，。；、的]{1,20}){0,4}[^，。；：\d的]{0,12}的(?![^，。；]{0,24}\d)"
)
_STANDING_COUNT_RE = re.compile(r"(?:全[县市区乡镇]|[我本][县市区]|辖区|辖区内|县域内|境内|现有)$")
_OUGHT_RE = re.compile(r"[^，。；：\d]{2,12}?(?:要|须|应当?|必须)(?![求素点])")


def status_of(
    clause: str,
    amount: Amount,
    *,
    phase: str | None,
    when: str | None,
    year: int | None,
    per: str | None,
    is_plan: bool,
    is_report: bool,
    sentence: str = "",
) -> str:
    """Return target, achieved or requirement: by rule, else by the wording of the sentence, else by the document.

    `phase` is what the section tells of, `when` the time the sentence gives, `year` that of publication.

    >>> from pipeline.numerals import parse_quantity
    >>> status_of("劳动教育每周不少于1课时", parse_quantity("不少于1课时"), phase=None, when=None, year=2023,
    ...           per="每周", is_plan=True, is_report=False)
    'requirement'
    """
    if amount.unit in AGES and amount.comparator != "=" and "龄" not in clause and entitles(clause):
        return "requirement"
    if amount.unit in _PAPER_TERMS and _stands(clause, amount) and not _REPORTED_RE.search(clause):
        return "requirement"
    ruled = ruled_status(
        clause,
        amount,
        phase=phase,
        when=when,
        year=year,
        per=per,
        is_plan=is_plan,
        is_report=is_report,
        opens_with_what_is=("现有" in sentence or "共有" in sentence or "辖" in sentence)
        and _STANDING_OPENS_RE.match(sentence) is not None,
    )
    if ruled == "requirement":
        return ruled
    if year is None and when and not is_report and _UNDATED_AIM_RE.search(sentence):
        return "target"  # 到2020年，…: a page without a date
    if ruled is not None:
        return ruled
    may_aim = not is_report and (is_plan or phase != "achieved")
    if may_aim and amount.comparator in _AIMED and not _STATED_RE.search(clause):
        return "target"  # 每类选树2所以上: a result has its figure, only an aim is left open
    if sentence:
        chance = chance_of_target(sentence, clause)
        if chance >= LEAST_PROBABILITY:
            return "target"
        if 1 - chance >= (LEAST_IN_A_PLAN if is_plan else LEAST_PROBABILITY):
            return "achieved"
    return "target" if is_plan else "achieved"


def looks_ahead(sentence: str) -> bool:
    """Tell whether a sentence speaks of what is to come.

    >>> looks_ahead("力争新建学校3所"), looks_ahead("新建学校3所")
    (True, False)
    """
    return _FUTURE_RE.search(sentence) is not None


def states_a_condition(clause: str, before: str, behind: str, amount: Amount) -> bool:
    """Tell whether an amount bounds whom a rule is for: 年培训量达到200人次以上的, 生源不足30人的教学点.

    `before` and `behind` are the words of the sentence around the amount.

    >>> from pipeline.numerals import parse_quantity
    >>> states_a_condition("年培训量达到200人次以上的", "年培训量", "的，给予补助", parse_quantity("达到200人次以上"))
    True
    """
    is_bound = (
        amount.comparator in _BOUNDS
        or (amount.comparator == "range" and amount.unit[-1:] == "元")
        or before.endswith(_BOUND_BEFORE)
    )
    if not is_bound or _SETS_UP_RE.search(before) or _REPORTED_RE.search(clause):
        return False
    return _CONDITION_RE.match(behind) is not None


def counts_all_there_are(before: str, behind: str) -> bool:
    """Tell whether an amount counts all of a place who are told to do something: 全县17家企业要严格执行….

    >>> counts_all_there_are("全县", "企业要严格执行"), counts_all_there_are("新建", "学校")
    (True, False)
    """
    is_there = _STANDING_COUNT_RE.search(before) is not None and _OUGHT_RE.match(behind) is not None
    return is_there or before.endswith("原有")  # 将原有46个窗口整合为…


def _stands(clause: str, amount: Amount) -> bool:
    """Whether an amount is a duty all day long or how long a paper holds: 24小时值班, 有效期5年."""
    if amount.unit == "小时":
        return amount.value == 24 and _ALL_DAY_RE.search(clause) is not None
    return _PAPER_TERM_RE.search(clause) is not None


def lays_down(clause: str, amount: Amount, per: str | None) -> bool:
    """Tell whether a clause of rules, or of a page that explains them, says what each gets, or whom or how long it is for.

    >>> from pipeline.numerals import parse_quantity
    >>> lays_down("认定结果公示5个工作日", parse_quantity("5个工作日"), None)
    True
    """
    if _REPORTED_RE.search(clause):
        return False
    return (
        (amount.unit in _STANDING_UNITS and _SHORTENED_RE.search(clause) is None)
        or (amount.unit in SORTS and "分" in clause)
        or (amount.unit in _OF_EACH and _LIMIT_RE.search(clause) is not None)
        or (amount.unit == "%" and _AT_LEAST_SHARE_RE.search(clause) is not None)
        or (amount.unit in _TERMS and _TERM_RE.search(clause) is not None)
        or (per is not None and _EACH_UNIT_RE.match(per) is not None and _BUILDS_RE.search(clause) is None)
        or states_a_grant(clause)
        or states_a_rate(clause, amount.unit, per)
    )


def ruled_status(
    clause: str,
    amount: Amount,
    *,
    phase: str | None,
    when: str | None,
    year: int | None,
    per: str | None,
    is_plan: bool,
    is_report: bool,
    opens_with_what_is: bool = False,
) -> str | None:
    """Return the status that words of the clause, its section, its time or its form as a norm decide, or None."""
    ends = _last_year(when)
    if when and ends == 0 and is_plan and year is not None and int(when[:4]) >= year:
        ends = None  # 从2023年起, in a plan of 2023
    is_past = None if ends is None or year is None else ends < year
    is_ahead = ends is not None and year is not None and ends > year
    is_term = amount.comparator == ">=" and amount.unit in _TERMS and not is_report
    is_norm = (
        is_term
        or _is_norm(clause, amount.unit, per)
        or (amount.comparator == "<=" and amount.unit in _DEADLINES and _SHORTENED_RE.search(clause) is None)
    )
    if is_norm and _is_floor_of_a_total(clause, amount, per):
        is_norm = False
    is_over = phase == "achieved"
    is_future = _FUTURE_RE.search(clause.replace("年内", "") if is_over else clause) is not None
    if is_plan and not is_over and _OVER_YEARS_RE.search(clause):
        return "target"  # 三年累计培训6000人次, in a plan for three years
    if is_report and phase == "achieved":
        return "target" if is_ahead or (is_future and ends is not None and ends == year) else "achieved"
    if is_report and phase == "target":
        if (is_past and not is_future) or "基础上" in clause:
            return "achieved"
        is_standing_norm = per and is_norm and not when and not _BUILDS_RE.search(clause)
        is_standing_norm = is_standing_norm and not _RATED_RE.match(per or "")
        return "requirement" if is_standing_norm else "target"
    is_rated = per is not None and _RATED_RE.match(per) is not None  # 每千名老年人: of a population
    is_standing = (
        (per and not is_rated)
        or is_term
        or "龄" in clause
        or (is_plan and not when)
        or amount.comparator == "<="
    )
    if is_norm and is_standing and not is_past and not re.search(r"了|已", clause):
        return "requirement"
    if is_ahead and not (is_over and _DONE_RE.search(clause)):  # 成功争取2024年项目47个
        return "target"
    if is_plan:
        is_reported = _REPORTED_RE.search(clause) is not None
        is_rate = (
            states_a_grant(clause) or (not when and states_a_rate(clause, amount.unit, per))
        ) and not is_reported
        if _GRANTED_RE.search(clause) or is_rate:
            return "requirement"
        if is_past or (is_reported and not is_future):
            return "achieved"
        if opens_with_what_is and not is_future:
            return "achieved"
        if is_over and not is_future:
            return "achieved"  # 主要做法和成效, in the paper that a notice goes with
        if _SHORTENED_RE.search(clause):
            return "target"
        return "target" if is_future or phase == "target" else None
    if _DONE_RE.search(clause):
        return "achieved"
    if is_future or (phase == "target" and not is_past):
        return "target"
    return "achieved" if is_past or phase == "achieved" else None


def _is_floor_of_a_total(clause: str, amount: Amount, per: str | None) -> bool:
    """Whether a floor is what a plan wants to reach as a whole, and no norm for each: 播种面积不少于26万亩, 每年招聘不少于80名."""
    if amount.comparator != ">=" or amount.unit in _OF_EACH | _TERMS:
        return False
    if per is not None and (per not in ("每年", "年") or amount.unit == "%"):
        return False
    if _OF_A_KIND_RE.search(clause) or _FUND_SHARE_RE.search(clause):
        return False
    return _FLOOR_RE.search(clause) is not None and _LEGAL_RE.search(clause) is None


def _last_year(when: str | None) -> int | None:
    """Return the year a time ends in; a time since when (2020-) ends before any publication."""
    if not when or not when[:4].isdigit():
        return None
    if when.endswith("-"):
        return 0
    return int(when[5:9]) if len(when) == 9 else int(when[:4])


def _is_norm(clause: str, unit: str, per: str | None) -> bool:
    if "龄" in clause and unit in ("年", "岁", "周岁"):  # 教龄5年以上的骨干教师
        return True
    if _NORM_RE.search(clause) and (per or _LIMIT_RE.search(clause)):
        return True
    if per is not None and per[1:2] in _DIGITS and _EACH_PEOPLE_RE.match(per):
        return True  # 每3000至5000常住人口设置1所
    if per is None or not _EACH_RE.match(per):
        return False
    return unit in _NORM_UNITS or (_EACH_ONE_RE.match(per) is not None and unit not in ("元", "万元", "%"))
