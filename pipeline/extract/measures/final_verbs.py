"""Clauses of rules that end in their verb: 水费|由管水员按月|收取, 应当在24小时内|抢修, 抽检结果|在村务公开栏|公示."""

from __future__ import annotations

from pipeline.extract.measures.actors import LEVEL_ENDS, payers
from pipeline.extract.measures.clauses import AMOUNT_TAGS, joined_text
from pipeline.extract.measures.leads import MOMENTS, behind_each
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView

TIME_TAGS = ("m", "q", "mq", "t", "f", "bracket")
LIMITS = frozenset([
    "不少于", "不低于", "不超过", "至少", "以上", "以下",
    "以内", "到位", "完毕", "一次", "两次", "工作日", "自然日",
])  # fmt: skip
# phrases with these say to whom or what, which the walk over the clause knows; the others tell of a result or a possibility
NO_LEAD = frozenset([
    "对", "把", "将", "为", "给", "与", "和", "同", "被", "以", "得到", "了", "根据", "基于", "经", "经过", "参照", "不再",
])  # fmt: skip
IN_FORCE = frozenset(["施行", "生效", "废止", "实行"])
MEANS = frozenset(["通过", "按照", "围绕", "聚焦", "结合", "依托"])  # a clause that is only a way to the next
SPEAKING = ("要求", "建议", "决定", "力争", "希望", "避免", "防止", "形成", "探索", "争取", "确保")
RULES = frozenset(["规定", "标准", "政策", "办法", "要求"])  # 按照支持小微企业的有关规定|执行
CHARGED = "负责"  # whatever somebody is charged to do
LIGHT = ("进行", "予以", "加以", "给予", "实行", "开展", "实施", "牵头", "统一")


def final_verb(view: ClauseView) -> Predicate | None:
    """Return the predicate of a clause whose last word is its verb, a lead before it and its topic before that; None elsewhere."""
    units = view.units
    verb = _before_next(view)
    while verb > 1 and (units[verb].tag in AMOUNT_TAGS or units[verb].text in LIMITS):
        verb -= 1
    if not view.known[verb].acts or units[verb].tag[:1] not in "vna":
        return None
    if units[verb].text in IN_FORCE or "reaching" in view.known[verb].classes:
        return None  # 自2019年1月1日起施行, 累计完成107752万元, 今年竣工
    first = verb
    while first > 2 and (
        view.known[first - 1].acts or (units[first - 1].text == "、" and view.known[first - 2].acts)
    ):
        if units[first - 1].text == "约定":
            break  # 按照合同约定|管理使用
        first -= 1 if view.known[first - 1].acts else 2
    begin = _lead(view, first)
    opened = 1 if view.units[0].text in view.lexicon.words["lead"] or view.units[0].text == "计划" else 0
    if begin is None or not _leads(view, begin, first) or (begin <= opened and units[begin].text in MEANS):
        return None
    while first < verb and units[first].text in LIGHT:
        first += 1
    topic = joined_text(units[min(opened, begin) : begin]).strip("、 ")  # 二是|合理分流
    if len(topic) < 2 or topic.endswith(MOMENTS) or all(u.tag in TIME_TAGS for u in units[:begin]):
        topic = ""
    if topic.startswith(SPEAKING) or (not topic and all(view.is_adverb(n) for n in range(begin, first))):
        return None  # 要求平台立即关停, 认真研究
    topic = topic.removeprefix("发现").removeprefix("请")  # 发现险情|第一时间|报告
    if topic[-1:] in LEVEL_ENDS and (shared := payers(topic)):
        return Predicate(joined_text(units[first : verb + 1]), *shared)  # 补助资金|市县|按1:1承担
    actor = topic if view.is_actor(topic) else _named_actor(view, begin, first)
    if units[first].text == CHARGED:
        verb = first  # 由县教育局负责拟定
    return Predicate(joined_text(units[first : verb + 1]), "" if actor == topic else topic, actor)


def _before_next(view: ClauseView) -> int:
    """The last unit, or the one before a 、 behind which nothing but adverbs and verbs follows: 当场|交办、限期销号."""
    pause = next((n for n, unit in enumerate(view.units) if n > 1 and unit.text == "、"), view.size)
    rest = range(pause + 1, view.size)
    also = len(rest) > 1 and all(
        view.is_adverb(n) or view.known[n].acts or view.units[n].text == "、" for n in rest
    )
    return pause - 1 if also and view.is_adverb(pause + 1) else view.size - 1


def _lead(view: ClauseView, end: int) -> int | None:
    """The index at which what leads to a final verb begins: an adverb, a frequency, a phrase; None without one."""
    for n in range(end):
        unit, classes = view.units[n], view.known[n].classes
        if unit.text in NO_LEAD or "ability" in classes:
            return None
        if "preposition" in classes or "obliging" in classes or view.is_adverb(n) or behind_each(view, n):
            return n
        if "reaching" in classes or "result" in view.known[n].kinds:
            return None
        named = n + 1 < end and "named" in view.known[n + 1].classes
        if view.known[n].acts and unit.tag == "v" and not named:
            return None
    return None


def _leads(view: ClauseView, begin: int, end: int) -> bool:
    """Whether all that stands between two indexes leads to a verb: adverbs, frequencies, times, a phrase that acts nowhere."""
    in_phrase = False
    n = begin
    while n < end:
        unit, classes = view.units[n], view.known[n].classes
        if unit.text in NO_LEAD or "resulting" in classes or "ability" in classes:
            return False
        if each := behind_each(view, n):
            n = each
            continue
        in_phrase = in_phrase or "preposition" in classes
        is_light = "obliging" in classes or view.is_adverb(n) or unit.tag in TIME_TAGS
        by_rule = in_phrase and view.texts[end - 1] in RULES
        if (
            view.known[n].acts
            and unit.tag == "v"
            and "noun" not in view.known[n].kinds
            and not is_light
            and not by_rule
        ):
            return False
        if not in_phrase and not is_light:
            return False
        n += 1
    return True


def _named_actor(view: ClauseView, start: int, end: int) -> str | None:
    """The body that 由 names in a lead: 由管水员按月."""
    at = next((n for n in range(start, end) if view.texts[n] == "由"), None)
    if at is None:
        return None
    for stop in range(end, at + 1, -1):
        if view.is_actor(name := joined_text(view.units[at + 1 : stop])):
            return name
    return None
