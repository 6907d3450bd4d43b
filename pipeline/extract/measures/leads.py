"""What leads to a predicate: 到2025年底前, 将在下一步工作中, 有计划地, 严格依法, 着力, 提前一年; 下大力气, 分批 at a clause's opening."""

from __future__ import annotations

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

LEAD = frozenset(["lead"])  # of a verb that is nothing else: 着力, 继续
WORD = 2  # characters
UNAIDED = frozenset(["发力", "挂图作战", "对标对表"])  # how one works, whatever it is done to
LEADING = frozenset(["到", "至", "将", "严格", "提前", "深入", "具体"])
TIME_WORDS = frozenset([
    "年", "月", "月份", "日", "底", "末", "前",
    "年底", "月底", "年末", "期末", "期间", "之前", "以前", "年内",
])  # fmt: skip
TIMED_RE = lazy_re(r"[周月年日天季]|学期|小时")
EACH_WORDS = frozenset([
    "小时", "周", "月", "年", "日", "天", "季", "季度", "半年", "学期", "学年", "人", "户", "生", "名", "个", "所",
])  # fmt: skip
MOMENTS = ("后", "时", "前", "起", "以来")  # the ends of what tells when, and is no thing: 开学前
DUE_ENDS = frozenset("前底末内")
RATED_RE = lazy_re(r"每[百千万\d]")
_FORCE = "(?:力度|决心|标准|举措|措施|作风|步伐|勇气|担当|干劲|要求|水平|行动|状态|热情)"
EFFORT_RE = lazy_re(
    rf"^(?:下一步|更大力度)(?![^，]{{0,4}}(?:方向|计划|打算|思路|安排|建议|意见|方案|举措|措施)$)(?=[\u4e00-\u9fff]{{3}})|^(?:要|必须|继续)?下(?:大|更大|狠|苦)(?:力气|力度|功夫)|^(?:今年)?集中(?:力量|财力|资源|精力|人力物力|优势|火力)(?=[\u4e00-\u9fff]{{3}})|^[举倾][^，]{{2,4}}之力(?=[\u4e00-\u9fff]{{3}})|^下(?:足|狠)?功夫(?=[\u4e00-\u9fff]{{3}})|^以[热真诚细耐恒爱暖]心(?=[\u4e00-\u9fff]{{3}}$)|^以更加?[\u4e00-\u9fff]{{1,4}}?的?{_FORCE}(?:[、和][\u4e00-\u9fff]{{0,4}}?{_FORCE}){{0,3}}"
)  # 下大力气治理…, 以更大力度推动…
# when it is done, before the verb: 今年秋季学期开学前|补充…, 30个工作日内|办结…, 撤并前|须征求…
_TIME = (
    r"(?:20\d\d年|[今明去每本当]年度?|[本新上下]|[春夏秋冬]季|学期|学年|开学|暑期|[寒暑]假|假期|教师节|春节|国庆|汛期|汛|\d{1,3}|[一二两三四五六七八九十]{1,3}"
    r"|个|工作日|小时|季度|[年月日天周底末])"
)
SET_TIME_RE = lazy_re(
    rf"^(?:(?:自|从)?即日起|“十[一二三四五]五”(?:期间|时期)|[在于]?{_TIME}{{1,6}}(?:之?前|之?后|期间|[之以]?内|以?来)(?:累计|共|将|要)?|(?:春耕|春播|秋收|入冬|入汛|汛期|开学|节假日|雨季|采暖季)前|经?公示[\u4e00-\u9fff\d]{{0,10}}无异议后|[\u4e00-\u9fff]{{2,4}}前(?=须|应|要|必须)|(?!争取|力争|确保)[\u4e00-\u9fff]{{0,10}}(?:结束|期满|合格|批准|同意|通过|公示|核实|验收|转制|改制|登记|审核|审批|备案|评审|认定|录用|聘用|开工|竣工|履行[\u4e00-\u9fff]{{2,6}}程序)后|[\u4e00-\u9fff]{{2,12}}?后(?=再次|方可|方能))(?=[\u4e00-\u9fff]{{3}})"
)
# 待财力许可时|适当提高…, 遇有险情|果断组织…
WHEN_RE = lazy_re(
    r"^[待当遇][\u4e00-\u9fff]{2,14}?时(?=[\u4e00-\u9fff]{3})|^遇[\u4e00-\u9fff]{2,8}?(?=立即|及时|果断|迅速|马上|第一时间|要)"
    r"|^(?:在)?同等条件下(?=[\u4e00-\u9fff]{3})"
    r"|^(?:确有)?(?:必要|需要)时(?=[\u4e00-\u9fff]{3})"
    r"|^经[\u4e00-\u9fff]{2,14}?后(?=[\u4e00-\u9fff]{4})"
    r"|^经[\u4e00-\u9fff]{0,14}?(?:批准|同意|核准|许可|备案)(?=可|应|须|要)"
)
SORTED_RE = lazy_re(
    r"^(?:(?:分[\u4e00-\u9fff]{1,3}?[、]?){2,3}|分\d{1,2}(?:批|期|组|年|步)次?|分(?:年度|专业|批次|批|级|类别|层级|区域|阶段|步骤|领域|行业|片区|季度|乡镇|学段|层次|时段)|[全多](?:要素|口径|时段|县域|周期|领域|流程|环节|行业|角度|频次|形式|渠道|途径)|成体系|整[县乡镇村](?=推进|推行|开展|实施|改造|提升)|区分不?同?(?:情况|情形|类别|类型|对象|层次|区域|行业|性质)(?![的和、]))(?=[\u4e00-\u9fff]{3})"
)  # 分类别、分年度做好…, 区分不同情况|处理
TIMING_RE = lazy_re(r"前|后|内|来|起|期间|时期")  # without one of these no time is set
YEAR_RE = lazy_re(r"年|月|五”|底|末")

BY_WHICH_RE = lazy_re(r"以[\u4e00-\u9fff][促带代补养兴引保助换育治强][\u4e00-\u9fff]")  # 以评促建|推动…


def behind_opening(view: ClauseView) -> int:
    """Return the index behind the effort, time, case or order of work that opens a clause, 0 where none does: 下大力气|…, 开学前|…, 分批|…."""
    text, first = view.text, view.text[0]
    if first == "以" and BY_WHICH_RE.match(text):
        behind = next((n for n, unit in enumerate(view.units) if unit.start == view.units[0].start + 4), 0)
        return behind if behind and (view.known[behind].acts or view.is_adverb(behind)) else 0
    opening = EFFORT_RE.match(text) if first in "以集今举倾" or "下" in text[:3] else None
    if opening is None and first in "分全多成整区":
        opening = SORTED_RE.match(text)
    if opening is None and TIMING_RE.search(text, 2, 16):
        opening = SET_TIME_RE.match(text)
    if opening is None and first in "待当遇经同":
        opening = WHEN_RE.match(text)
    if opening is None:
        return 0
    behind = view.units[0].start + opening.end()
    return next((n for n, unit in enumerate(view.units) if unit.start >= behind), view.size)


def behind_accompanying(view: ClauseView, index: int) -> int:
    """Return the index of the deed behind what goes along with it at an index, 0 where none does: 部门联动|开展…, 精准发力|推进…."""
    aided = view.texts[index] not in UNAIDED
    if aided:
        goes_along = not view.known[index].acts and len(view.texts[index]) == WORD
        if not goes_along or view.units[index].tag[:1] not in "njbilsxf" or view.is_actor(view.texts[index]):
            return 0  # 家校|协同|加强…: they act
    by = index + aided
    deed = by + 1
    if view.texts[deed : deed + 1] == ["发展"]:
        return 0  # 校企|合作|发展
    while view.is_adverb(deed):
        deed += 1
    if deed + 1 >= view.size or (view.known[deed + 1].acts and "nominal" not in view.known[deed].kinds):
        return 0
    is_named = view.follows_head(deed + 1) and "upright" not in view.known[deed].classes
    return deed if view.is_predicate(deed, sure=True) and not is_named else 0


def behind_lead(view: ClauseView, index: int) -> int:
    """Return the index behind a lead that begins at an index, 0 where none does."""
    unit, following = view.units[index], index + 1
    if unit.text in ("到", "至") and (behind := _behind_time(view, following)):
        return behind  # 力争到2025年基本完成…
    if unit.text == "将" and "framed" in view.known[following].classes:
        return following  # 将在下一步工作中采纳
    if "地" in view.text and (behind := _behind_manner(view, index)):
        return behind
    if unit.text == "严格" and "adverb" in view.known[following].classes:
        return following  # 严格依法处理
    if unit.text in ("深入", "具体") and view.known[following].acts and following + 1 < view.size:
        return following  # 深入对接医疗资源
    if unit.text[0] == "每" and (behind := behind_each(view, index)):
        return behind  # 每半年组织…
    if unit.text == "提前" and following < view.size and view.units[following].tag == "m":
        return following  # 提前一年完成
    leads = view.known[index].kinds == LEAD and (
        view.is_adverb(following)
        or view.known[following].acts
        or "preposition" in view.known[following].classes
        or (following + 1 < view.size and view.texts[following][0] == "每")
    )
    return following if leads else 0  # 着力发展壮大, 继续积极参与


def behind_each(view: ClauseView, index: int) -> int:
    """Return the index behind how often or for each of whom that begins at an index, 0 where none does: 每|半年, 每人每月."""
    units = view.units
    if units[index].text[0] != "每":
        return 0
    n = index + 1
    while n < min(view.size, index + 5) and (
        units[n].tag in ("m", "q", "t") or units[n].text in EACH_WORDS or units[n].text[0] == "每"
    ):
        n += 1
    told = joined_text(units[index:n])
    if RATED_RE.match(told) and n + 1 < view.size and units[n].tag[:1] == "n" and view.known[n + 1].acts:
        return n + 1  # 每千名|老年人|配备…
    if n >= view.size or len(told) < 2:
        return 0
    is_told = TIMED_RE.search(told) or view.known[n].acts or units[n].tag in ("m", "q")
    return n if is_told else 0  # 每半年, 每人|联系…, not 每个|乡镇


def behind_due_time(view: ClauseView, index: int) -> int:
    """Return the index of what is done by the time that begins at an index, 0 for any other time: 12月20日前|完成."""
    behind = _behind_time(view, index)
    is_due = behind and view.texts[behind - 1][-1] in DUE_ENDS
    return behind if is_due and (view.known[behind].acts or view.is_adverb(behind)) else 0


def behind_day_counted_from(view: ClauseView, index: int) -> int:
    """Return the index behind a span that is counted from a day, 0 where none begins: 自|受理申请|之日起|15个工作日内|组织…."""
    size = view.size
    day = next((n for n in range(index + 1, min(index + 10, size)) if view.texts[n].endswith("之日起")), 0)
    if not day:
        return 0
    behind = day + 1
    if behind < size and view.units[behind].tag == "m":
        behind = 1 + next(
            (n for n in range(behind, min(behind + 5, size)) if view.texts[n][-1] in DUE_ENDS), day
        )
    return behind if behind < size else 0


def _behind_manner(view: ClauseView, index: int) -> int:
    """The index behind an adverb that 地 makes: 有计划地, 坚定不移地."""
    manner = next((n for n in range(index + 1, index + 8) if "manner" in view.known[n].classes), None)
    if manner is None or manner + 1 >= view.size or view.units[manner + 1].tag == "bracket":
        return 0
    if view.units[manner - 1].tag in ("nr", "ns", "nt"):
        return 0  # 冉庄地展馆
    hindered = any(
        "ability" in view.known[n].classes or "preposition" in view.known[n].classes
        for n in range(index, manner)
    )
    return 0 if hindered else manner + 1


def _behind_time(view: ClauseView, index: int) -> int:
    """The index behind the time that begins at an index, 0 where none does: 到|2025年|底|前."""
    n = index
    while n < view.size and (view.units[n].tag in ("m", "t", "quote") or view.texts[n] in TIME_WORDS):
        n += 1
    return n if n > index and YEAR_RE.search(joined_text(view.units[index:n])) else 0
