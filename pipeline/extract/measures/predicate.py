"""Finds a clause's predicate: who does what to what."""

from __future__ import annotations

from pipeline.extract.measures.background import is_background, never_acts
from pipeline.extract.measures.bans import BANNED_VERBS, forbidden
from pipeline.extract.measures.bound_subjects import binding_words, bound, of_charged, told_of_deed
from pipeline.extract.measures.by_actor import done_by_actor
from pipeline.extract.measures.clauses import Piece, joined_text
from pipeline.extract.measures.final_verbs import final_verb
from pipeline.extract.measures.fixed_forms import (
    converted,
    exempted,
    floored,
    handed_to,
    told_by_shape,
    urged,
)
from pipeline.extract.measures.forms import NO_DEED, read_form
from pipeline.extract.measures.leads import behind_opening
from pipeline.extract.measures.small_clauses import (
    AT_ONCE,
    STRIVING,
    due,
    failing,
    held_frame,
    practised,
    short_phrase,
    striven,
)
from pipeline.extract.measures.states import is_only_stated
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.verbs import Lexicon
from pipeline.extract.measures.view import ClauseView, Setting
from pipeline.extract.measures.walk import walk
from pipeline.lazy_re import lazy_re

HASTENED = frozenset(["加快", "加速"])
CHARGED = ("负责", "承担")
CASE_RE = lazy_re(r"如(?:有.*|发现|遇到?|出现|发生)")
VISIT_RE = lazy_re(
    r"(?P<place>[^，、的]{1,12}?)(?:实地|现场|一线|开展)?(?P<deed>走访|调研|督导|检查|慰问|调查|考察|宣讲|暗访|摸排|巡查|看望|督查)"
)
# behind 不 what something lacks: 不规范行为
QUALITIES = frozenset(["稳定", "确定", "平衡", "协调", "适应", "规范", "完善", "健全", "重视", "尊重"])
SETTLING = frozenset(
    ["安排", "部署", "要求", "规定", "分工", "计划", "研究", "研究决定", "决定", "同意", "批准"]
)
ACCORDING_RE = lazy_re(r"经|[^，]{0,24}?(?:按照?|依照|依据|根据|遵照|对照)")
JOINT_RE = lazy_re(r"的|及(?![时早格第])")
KINDS_OF_PLACE = frozenset("区园点站室所带圈港城")  # that make a name of the verb before them: 集聚区, 停靠点
DAYS = ("之日", "之日止")

__all__ = ["Predicate", "find_predicate"]


def find_predicate(words: Lexicon, piece: Piece, setting: Setting) -> Predicate | None:
    """Return the predicate of a clause, None when the clause takes no action (results, background, states)."""
    said = piece.text
    if not piece.units or never_acts(said):
        return None
    if "坚持以" in said and (frame := held_frame(ClauseView(words, piece, setting))):
        return frame
    has_way = "采取" in said or "采用" in said or "实行" in said or "推行" in said
    if not has_way and is_background(said):
        return None
    view = ClauseView(words, piece, setting)
    if has_way and ((way := practised(view)) or is_background(said)):
        return way
    if view.texts[1:2] == ["了"] and not view.known[0].acts:
        return None  # 交流|了|在建项目进度: none of a policy's deeds, whatever it is done to
    if short := (said[0] in "该应能可需" and due(view)) or short_phrase(view):
        return short
    if formed := read_form(view):
        return formed if formed is not NO_DEED else None
    found: Predicate | None = None
    if view.is_norm and view.known[0].acts and view.size > 2 and "named" in view.known[1].classes:
        banned = next((n for n, u in enumerate(view.units) if u.text in BANNED_VERBS), 0)
        if banned:
            return forbidden(view, banned, None, joined_text(view.units[:banned]), walk)  # 公示内容不得涉及…
        found = final_verb(view)
    if found is not None:
        return None if is_only_stated(view, found) else found  # 认定结果在校内公示
    if said[0] == "由" and "的" in said and (conversion := converted(view)):
        return conversion
    if said[:2] in CHARGED and "的" in said:
        found = of_charged(view, walk)
    if found is None and (opening := behind_opening(view)):
        found = _behind(view, opening)
    elif found is None and not binding_words().isdisjoint(view.texts):
        found = bound(view, walk)
    found = found or ("由" in said and done_by_actor(view, walk)) or walk(view, 0, None, "", sure=False)
    if found is None and view.is_norm:
        found = final_verb(view) or urged(view) or floored(view)
        if found is None and "由" in said[:4]:
            found = handed_to(view)
        found = found or told_by_shape(view)
    if "免" in said and view.is_norm and (found is None or found.verb[0] not in "免减"):
        found = exempted(view) or found
    if found is None or (said[:2] in STRIVING and (found.verb == "新增" or said[2:4] == "更多")):
        # 力争新增经营主体2800户以上, 力争更多项目列入省重点
        return striven(view) or found or (failing(view) if said[-3:-2] in AT_ONCE else None)
    if "之日" in found.object and found.object.endswith(DAYS):
        return None  # 加收|利息至补缴税款之日: until when, and no object
    if "要" in found.object and told_of_deed(view):
        return None  # 调整|结构要因地制宜
    if (
        found.object[:1] == "在"
        and found.object[-1] in "上中里下"
        and said.find(found.object) < said.find(found.verb)
    ):
        found = Predicate(found.verb, "", found.actor)  # 在思想上|高度|重视
    if found.object in KINDS_OF_PLACE:
        return None  # 入选智能|集聚|区
    if view.texts[0] == "对" and found.object and _is_of_deed(view, found):
        return None  # 对|进一步|改善|办学条件: what the rest is said of
    if found.verb == "深入" and found.object[:2] == "了解":
        found = Predicate("了解", found.object[2:], found.actor)
    if found.verb == "深入" and (visit := VISIT_RE.fullmatch(found.object)):
        found = Predicate(visit["deed"], visit["place"], found.actor)  # 深入企业〔走访〕
    if said[:2] == "针对" and not found.object and "进行" not in said:
        return None  # 针对交通建设项目、集体经济发展
    if not found.object and found.verb in SETTLING and ACCORDING_RE.match(said):
        return None  # 各单位要按照时间|安排, 经镇政府|研究决定
    if found.object[:1] in ("的", "及") and JOINT_RE.match(found.object):
        return None  # 发展|和改革的任务更重, 购置|及运行维护费
    if "不" in said and "不" + found.verb in said and _is_wanting(said, found):
        return None
    if found.verb in HASTENED and found.object[:2] == "形成":
        return None  # 加快形成…格局: a result, as 形成 alone
    if found.object[:1] == "如" and (case := CASE_RE.match(found.object)):
        found = Predicate(found.verb, found.object[case.end() :], found.actor)  # 如发现〔隐患〕立即整改
    return None if is_only_stated(view, found) else found


def _is_wanting(said: str, found: Predicate) -> bool:
    """Whether 不 makes the verb no deed: 不稳定、不确定因素增多, 戴口罩、勤洗手、不聚集; 不搞“一刀切” is one."""
    if said.count(found.verb) > 1:
        return False  # 规范不规范的经营行为
    if found.verb in QUALITIES or found.object[:1] == "不":
        return True
    return "、不" + found.verb in said and 0 <= said.find(found.object) < said.find("、不" + found.verb)


def _is_of_deed(view: ClauseView, found: Predicate) -> bool:
    """Whether the predicate is what 对 is followed by at once, adverbs between: 对|进一步|改善|办学条件."""
    deed = next((n for n in range(1, view.size) if not view.is_adverb(n) or len(view.texts[n]) > 3), 0)
    return deed > 0 and view.known[deed].acts and found.verb.startswith(view.texts[deed])


def _behind(view: ClauseView, opening: int) -> Predicate | None:
    """The predicate behind what opens a clause and ends before an index: 集中力量|办实事."""
    short = view.lexicon.single_re.fullmatch(joined_text(view.units[opening:]))
    if short is not None and not short["before"] and view.texts[opening] == short["verb"]:
        return Predicate(short["verb"], short["object"])
    return walk(view, opening, None, "", sure=True)
