"""Whether an amount was achieved, is a target, or a standing norm."""

from __future__ import annotations

from pipeline.extract.quantities.expecting import (
    WILL,
    expects,
    goes_on_aiming,
    goes_on_planning,
    is_due,
    part_before,
    states_goals,
)
from pipeline.extract.quantities.grants import states_a_grant, states_a_rate
from pipeline.extract.quantities.norms import (
    BOUNDS,
    BUILDS_RE,
    REPORTED_RE,
    SHORTENED_RE,
    is_norm,
    stands,
    tells_age,
)
from pipeline.extract.quantities.refusals import TERMS
from pipeline.extract.quantities.status_model import LEAST_IN_A_PLAN, LEAST_PROBABILITY, chance_of_target
from pipeline.lazy_re import lazy_re
from pipeline.numerals import Amount

# A cue stands here only if it says one thing nine times out of ten in work reports; 推进, 目标, 比上年 say both.
_FUTURE_RE = lazy_re(
    r"力争|争取(?=到20|实现|达到|在|(?:年内|今年|全年)?(?:建成|完成|开工|新[增建]|改造|培育|创建|增长|突破|投产|竣工|发展到))|有望|确保|(?<![主重首次必纪摘概])要(?!求|素|点|闻|害|道|件|塞)|(?<![^，。；、还也即年月今■])将(?=[于在达新建完增投实开再对有形推启全把]|(?:改造|培育|引进|打造|创建|组织|举办)(?!任务|工作|项目|资金|内容|方案))|还将|也将|拟|必须(?=达到|完成|实现|全部)|计划(?:总)?(?:投资|投入|新建|新上|安排)|(?:^|(?<=[□，；年县市区省州旗镇乡村局我均共总还]))计划(?:全年|年内|再)?(?=完成|实施|建成|建设|改造|培育|培训|播种|种植|发展|发放|引进|开工|开展|推广|打造|招[聘录]|新增|实现|创建|整治|修建|签约|选派|购置|安装|铺设|举办|[一-鿿]{2,8}(?:面积|产量)\s?[\d□])|预计到|(?:目标|任务)[是为：]|预期目标|规划(?:建设|到|建成|新[增建]|投资|总投资)"
    rf"|{WILL}"
    r"|努力(?=实现|达到|完成|建)|到20\d\d年|到“?十[三四五]五|明年|今后|未来|下一步|年内|早日|尽快|着力"
)
_DONE_RE = lazy_re(
    r"了(?!解)|已|曾|以来|累计|先后|同比|[比较]□|截[至止]|成功|荣获|获评|被评为|排名|位居|位列|共有|现有|通过努力|近年来|共[收接受]"
)
_DONE_ALREADY_RE = lazy_re(r"了|已")
_ABOUT_RE = lazy_re(r"每[天日周月年][^，。；]{0,12}(?:约|近)\s?\d")  # 每天巡边约40公里
_AMENDS_RE = lazy_re(r"”(?:统一|相应|分别)?(?:修改|修订|更改|改)为“")
_LAID_DOWN_RE = lazy_re(r"按照?(?:每|不(?:低|少)于)")  # 已建成的小区按每百户不低于15平方米配建
_UNDATED_AIM_RE = lazy_re(
    r"^(?:[^，。；：]{1,12}：)?\s?(?:力争)?[到至]□|□(?:底|末|年底|年末)?之?前[，,]?|力争|确保|(?:方案|规划|计划|意见)[^，。；]{0,6}(?:要求|提出|明确)"
)  # of a page without a date
_STANDING_OPENS_RE = lazy_re(
    r"\s?(?:截至□，|目前，)?(?:[^，。；□]{0,8}(?:[全我本][县市区省]|目前|辖区))[^，。；]{0,4}(?:现有|共有|现辖|辖)"
)  # 全县现有供水工程612处，服务人口…
_GRANTED_RE = lazy_re(
    r"(?<![许认不])可(?:以|按|返还|申请|申领|享受|获得|给予|领取|放宽|延长)(?![^，。；]{0,20}[达完建])"
)  # 可返还其上年度缴纳失业保险费的50%
_OVER_YEARS_RE = lazy_re(r"(?:^|[，；])[二三四五]年(?:内|间)?(?:累计|共(?!和)|计划|统筹(?:安排|投入))")
_RAISED_FROM_RE = lazy_re(r"(?:清零|[\d一二三四五六七八九十百千万亿])[^，。]{0,12}基础上")  # 在5亿元的基础上
_REACHED_RE = lazy_re(
    r"(?<![而业])已经?(?:累计|先后|全部|连续|超额|提前|成功|顺利)?(?:[达完实建取获有超投拨发签落到开争安下启培覆增突为形完引招新改整治栽种集组派收办查选聘修铺帮][^，。；的]{0,14})?[\d一二两三四五六七八九十百千]"
)  # 目前，全县已建成高标准农田42万亩: in a plan too
_TO_INCLUDE_RE = lazy_re(
    r"(?:将|计划|拟)[^，。；]{2,24}，(?:主要|具体|其中)?包括"
)  # 将实施九大工程，包括创建100个示范村
_ONCE_BUILT_RE = lazy_re(
    r"(?:建成|投产|达产|投用|投入使用|完工|竣工|投运)(?:[投达]产|运营|见效|使用)?后，(?![^。；]*(?:[了已]|比|较))"
)
_AIMED = frozenset({">=", "~"})
_STATED_RE = lazy_re(
    r"[达为有共占]|完成|超|多|余|近|增长|上升|下降|提高|投入|[投出耗]资|实现|跨[越过]|[突冲]破|迈[上过]|越过"
)  # what tells of a state or a change
_PAPER_TERMS = frozenset({"年", "个月", "周年", "小时"})
_CONDITIONAL = frozenset({">=", ">", "range"})
# 达20家以上、总投入在1000万元以上〔且被认定的，给予…奖励〕
_THEN_GIVEN_RE = lazy_re(
    r"(?:[^，。；]{0,12}的)?(?:，[^，。；]{2,30}(?:以上|认定|验收|审核|的|满[\d一二三四五]年)){0,2}，(?:经[^，。；]{2,20}[，后])?(?:由[^，。；]{2,12})?(?:按[^，。；]{2,16})?(?:一次性|分别|每[年户家人个亩间]|可|最高|再){0,3}(?:给予|予以|奖励|补助|补贴|奖补|享受)"
)
_RATED_RE = lazy_re(r"每\s?\d{0,2}[百千万]")


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
    if amount.unit in _PAPER_TERMS and stands(clause, amount) and not REPORTED_RE.search(clause):
        return "requirement"
    if not is_report and amount.comparator in _CONDITIONAL and _is_condition(sentence, clause):
        return "requirement"  # 投资5000万元以上，给予奖励
    if not is_report and "改为“" in sentence and _AMENDS_RE.search(sentence):
        return "requirement"  # 将第五条中的“12天”修改为“15天”
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
    if ruled == "achieved" and is_report and _last_year(when) == year and goes_on_aiming(sentence, clause):
        return "target"  # 2024年支出拟安排30亿元，〔比上年增长5%〕: in a report whose first part is a review
    if not is_report and "预计" in sentence and _goes_on_expecting(sentence, clause, when, year):
        return "target"
    if year is None and when and not is_report and _UNDATED_AIM_RE.search(_part_of(sentence, clause)):
        return "target"  # 到2020年，…: a page without a date
    if not is_report and "目标" in sentence and states_goals(sentence, clause):
        return "target"
    if ruled is not None:
        return ruled
    may_aim = not is_report and (is_plan or phase != "achieved")
    if (
        may_aim
        and phase != "achieved"
        and is_due(sentence, clause, _last_year(when) or None, year, is_plan=is_plan)
    ):
        return "target"
    if is_plan and phase != "achieved" and "计划" in sentence and goes_on_planning(sentence, clause):
        return "target"
    if may_aim and goes_on_aiming(sentence, clause):
        return "target"
    if may_aim and amount.comparator in _AIMED and not _STATED_RE.search(clause):
        return "target"  # 每类选树2所以上: a result has its figure, only an aim is left open
    if may_aim and "后，" in sentence and _ONCE_BUILT_RE.search(sentence[: max(0, sentence.find(clause))]):
        return "target"  # 项目投产后，可年产化肥5万吨，带动就业300人
    if may_aim and "包括" in sentence and _TO_INCLUDE_RE.search(sentence):
        return "target"
    if sentence:
        chance = chance_of_target(sentence, clause)
        if chance >= LEAST_PROBABILITY:
            return "target"
        if 1 - chance >= (LEAST_IN_A_PLAN if is_plan else LEAST_PROBABILITY):
            return "achieved"
    return "target" if is_plan else "achieved"


def _is_condition(sentence: str, clause: str) -> bool:
    """Say whether what follows a clause in its sentence is what those get who come up to it: 经营满一年的，一次性奖励1万元."""
    at = sentence.find(clause) if "，" in sentence else -1
    return at >= 0 and _THEN_GIVEN_RE.match(sentence, at + len(clause)) is not None


def _goes_on_expecting(sentence: str, clause: str, when: str | None, year: int | None) -> bool:
    """Say whether a clause goes on with what is expected of a year not over: 预计完成5亿元，〔增长6%〕."""
    before, ends = part_before(sentence, clause), _last_year(when)
    is_over = ends is not None and year is not None and ends < year
    return (
        before is not None
        and not is_over
        and not _DONE_ALREADY_RE.search(clause)
        and expects(before + clause)
    )


def _part_of(sentence: str, clause: str) -> str:
    """Return the part of a sentence between semicolons that a clause stands in: 去年建成2个；〔确保今年建成3个〕."""
    at = sentence.find(clause) if "；" in sentence else -1
    if at < 0:
        return sentence
    end = sentence.find("；", at)
    return sentence[sentence.rfind("；", 0, at) + 1 : end if end > 0 else len(sentence)]


def looks_ahead(sentence: str) -> bool:
    """Tell whether a sentence speaks of what is to come.

    >>> looks_ahead("力争新建学校3所"), looks_ahead("新建学校3所")
    (True, False)
    """
    return _FUTURE_RE.search(sentence) is not None


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
    is_past = ends is not None and year is not None and ends < year
    is_ahead = ends is not None and year is not None and ends > year
    if is_report and phase == "achieved":
        is_this_year = ends is not None and ends == year
        return (
            "target" if is_ahead or (is_this_year and looks_ahead(clause.replace("年内", ""))) else "achieved"
        )
    is_term = amount.comparator == ">=" and amount.unit in TERMS and not is_report
    normed = is_norm(clause, amount, per, is_term=is_term)
    is_over = phase == "achieved"
    is_future = looks_ahead(clause.replace("年内", "") if is_over else clause) or (
        not is_report and not is_past and expects(clause)
    )
    if is_plan and not is_over and _OVER_YEARS_RE.search(clause):
        return "target"  # 三年累计培训6000人次, in a plan for three years
    is_rated = per is not None and _RATED_RE.match(per) is not None  # 每千名老年人: of a population
    if is_report and phase == "target":
        is_reached = "已" in clause and not is_future and _REACHED_RE.search(clause) is not None
        if (is_past and not is_future) or is_reached or _RAISED_FROM_RE.search(clause):
            return "achieved"
        is_standing_norm = per and normed and not when and not is_rated and not BUILDS_RE.search(clause)
        return "requirement" if is_standing_norm else "target"
    is_standing = (
        (per and not is_rated)
        or is_term
        or tells_age(clause)
        or (is_plan and not when)
        or amount.comparator == "<="
    )
    if normed and is_standing and not is_past and not _is_reported(clause, is_plan=is_plan):
        return "requirement"
    if is_ahead and not (is_over and _DONE_RE.search(clause)):  # 成功争取2024年项目47个
        return "target"
    if is_plan:
        return _ruled_in_a_plan(
            clause,
            amount,
            phase=phase,
            when=when,
            per=per,
            is_past=is_past,
            is_future=is_future,
            opens_with_what_is=opens_with_what_is,
        )
    if phase == "target" and amount.comparator in BOUNDS and not _DONE_ALREADY_RE.search(clause):
        return "target"  # 同比增长10%以上, as a speaker asks
    if _DONE_RE.search(clause) or (per and not is_future and _ABOUT_RE.search(clause)):
        return "achieved"
    if is_future or (phase == "target" and not is_past):
        return "target"
    return "achieved" if is_past or phase == "achieved" else None


def _is_reported(clause: str, *, is_plan: bool) -> bool:
    """Say whether a clause that has the form of a norm tells what is: 已配备2名, 每天巡边约40公里, but not 已建成的小区按每百户…."""
    if _DONE_ALREADY_RE.search(clause):
        return _LAID_DOWN_RE.search(clause) is None
    return not is_plan and _ABOUT_RE.search(clause) is not None


def _ruled_in_a_plan(
    clause: str,
    amount: Amount,
    *,
    phase: str | None,
    when: str | None,
    per: str | None,
    is_past: bool,
    is_future: bool,
    opens_with_what_is: bool,
) -> str | None:
    """Return the status of an amount of a plan that is no standing norm and of no later year, or None."""
    is_reported = REPORTED_RE.search(clause) is not None
    if not is_reported and (states_a_grant(clause) or (not when and states_a_rate(clause, amount.unit, per))):
        return "requirement"
    if _GRANTED_RE.search(clause):
        return "requirement"
    if is_past or (not is_future and (is_reported or opens_with_what_is or phase == "achieved")):
        return "achieved"  # 主要做法和成效, in the paper that a notice goes with
    if SHORTENED_RE.search(clause):
        return "target"
    return "target" if is_future or phase == "target" else None


def _last_year(when: str | None) -> int | None:
    """Return the year a time ends in; a time since when (2020-) ends before any publication."""
    if not when or not when[:4].isdigit():
        return None
    if when.endswith("-"):
        return 0
    return int(when[5:9]) if len(when) == 9 else int(when[:4])
