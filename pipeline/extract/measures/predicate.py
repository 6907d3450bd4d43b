"""Finds a clause's predicate: who does what to what."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import Piece, joined_text
from pipeline.extract.measures.final_verbs import final_verb
from pipeline.extract.measures.fronted import FRONTED_ENDS, fronted, patient_in_front, topic_verb
from pipeline.extract.measures.leads import LEAD, LEADING, behind_each, behind_lead
from pipeline.extract.measures.objects import plain_object
from pipeline.extract.measures.patterns import (
    EFFORT_RE,
    ENTER_RE,
    ENTERED,
    GRANT_RE,
    PACE_RE,
    SET_TIME_RE,
    SORTED_RE,
    TIME_RE,
    is_background,
    never_acts,
)
from pipeline.extract.measures.phrases import after_phrase, placed, placed_by_jiang, supporting
from pipeline.extract.measures.small_clauses import short_phrase, striven
from pipeline.extract.measures.states import is_only_stated
from pipeline.extract.measures.verb_group import SPENT, Predicate, built
from pipeline.extract.measures.verbs import Lexicon
from pipeline.extract.measures.view import ClauseView

NO_THING_TAGS = ("p", "c", "u", "d", "x")
MOST_NAMED = 12  # units that name an actor
LONGEST_VERB = 4
BANNED_VERBS = frozenset(
    ["不得", "不准", "不许", "不予"]
)  # the ban is said of the verb behind; 严禁 is a verb itself
JOINTS = frozenset(["、", "和", "及", "与", "的"])
PLACES = ("路口", "路段", "区域", "场所", "部位", "沿线", "两侧", "周边")
HELD = frozenset(["作为", "放在", "摆在", "放", "摆", "当作", "视为", "列为", "作"])
SPANS = frozenset(["内", "来", "间"])
SEVERAL_RE = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})(?:、[\u4e00-\u9fff]{2}){1,4}")
TIMING_RE = re.compile(r"[前后内来]|期间")
ESPECIALLY = frozenset(["特别", "尤其"])
LEADING_VERBS = frozenset(["牵头", "统一"])

__all__ = ["Predicate", "find_predicate"]


def find_predicate(
    words: Lexicon,
    piece: Piece,
    *,
    in_plan: bool,
    is_report: bool = False,
    places: frozenset[str] = frozenset(),
) -> Predicate | None:
    """Return the predicate of a clause, None when the clause takes no action (results, background, states)."""
    if not piece.units or never_acts(piece.text) or is_background(piece.text):
        return None
    view = ClauseView(words, piece, in_plan=in_plan, is_report=is_report, places=places)
    if short := short_phrase(view):
        return short
    entered = view.text[-1] in ENTERED and ENTER_RE.search(view.text)
    if entered and not view.acts(0):
        return Predicate(entered["verb"], entered["object"])
    if view.is_norm and view.text[-1] == "元" and (grant := GRANT_RE.fullmatch(view.text)):
        return Predicate(grant["verb"], grant["sum"])
    is_moved = "到" in view.text or "至" in view.text or "报" in view.text or "设在" in view.text
    if (is_moved or view.text[-2:] in FRONTED_ENDS) and (moved := patient_in_front(view)):
        return moved
    found: Predicate | None = None
    if view.is_norm and view.acts(0) and len(view.units) > 2 and view.has("named", 1):
        banned = next((n for n, u in enumerate(view.units) if u.text in BANNED_VERBS), 0)
        if banned:
            return _forbidden(view, banned, None, joined_text(view.units[:banned]))  # 公示内容不得涉及…
        found = final_verb(view)
    if found is not None:
        return None if is_only_stated(view, found) else found  # 认定结果在校内公示
    found = _bound(view) or ("由" in view.text and _by_actor(view)) or _walk(view, 0, None, "", sure=False)
    if found is None and view.is_norm:
        found = final_verb(view)
    if found is None:
        return striven(view)
    return None if is_only_stated(view, found) else found


def _bound(view: ClauseView) -> Predicate | None:
    """The predicate behind a subject with an attribute of its own: 悬挂专用号牌的车辆不得使用警报器."""
    units = view.units
    effort = EFFORT_RE.match(view.text) if "下" in view.text[:3] or view.text[0] in "以集今" else None
    if effort is None and view.text[0] == "分":
        effort = SORTED_RE.match(view.text)
    if effort is None and TIMING_RE.search(view.text, 2, 16):
        effort = SET_TIME_RE.match(view.text)
    if effort is not None:
        begin = next((n for n, u in enumerate(units) if u.start - units[0].start >= effort.end()), len(units))
        short = view.lexicon.single_re.fullmatch(joined_text(units[begin:]))
        if short is not None and not short["before"]:
            return Predicate(short["verb"], short["object"])  # 集中力量|办实事
        return _walk(view, begin, None, "", sure=True)
    for n in range(3, len(units) - 1) if "的" in view.text else ():
        if (
            "binding" in view.known[n].classes
            and units[n - 1].tag[:1] in "nlj"
            and any(u.text == "的" for u in units[1 : n - 1])
        ):
            name = joined_text(units[:n])
            return _walk(view, n, name if view.is_actor(name) and not view.acts(0) else None, "", sure=True)
    return None


def _by_actor(view: ClauseView) -> Predicate | None:
    """The predicate of what is done by whom: 补助资金|由|县财政|承担."""
    at = next((n for n, unit in enumerate(view.units) if unit.text == "由"), 0)
    begin = at
    while begin and view.is_adverb(begin - 1):
        begin -= 1  # 统一由
    thing = joined_text(view.units[:begin])
    if not begin or len(thing) < 2 or view.units[begin - 1].tag.startswith(NO_THING_TAGS):
        return None
    if thing.endswith(("时", "后", "起")) or any(
        view.units[n].text in ("把", "将", "自") for n in range(begin)
    ):
        return None
    if view.is_predicate(0, sure=False) and any(u.text == "的" for u in view.units[at:]):
        return None  # 健全由政府主导的机制
    for n in range(min(at + MOST_NAMED, len(view.units) - 1), at + 1, -1):
        if view.is_actor(name := joined_text(view.units[at + 1 : n])) and not _does(view, at + 1, n):
            verb = "负责" if view.units[n].text == "负责" else _lone_verbs(view, n)
            return Predicate(verb, thing, name) if verb else _walk(view, n, name, thing, sure=True)
    return None


def _does(view: ClauseView, start: int, end: int) -> bool:
    """Whether a verb acts between two indexes, and does not only say which body it is: 起草|部门."""
    return any(
        view.acts(n)
        and view.units[n].tag == "v"
        and not (n + 1 < end and (view.acts(n + 1) or view.has("head", n + 1)))
        for n in range(start, end)
    )


def _lone_verbs(view: ClauseView, index: int) -> str:
    """The verbs that end a clause from an index on without object, adverbs and 负责 before them left off; "" with one."""
    rest = range(index, len(view.units))
    if not all(view.acts(n) or view.is_adverb(n) for n in rest):
        return ""
    begin = next((n for n in rest if view.acts(n) and view.units[n].text not in LEADING_VERBS), rest[-1])
    return joined_text(view.units[begin:]) if all(view.acts(n) for n in range(begin, rest.stop)) else ""


def _walk(view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool) -> Predicate | None:
    units = view.units
    while index < len(units):
        unit = units[index]
        known = view.known[index]
        kind, classes = known.kinds, known.classes
        if unit.text == "要求" and index + 2 < len(units):
            asked = next(
                (n for n in range(index + 2, len(units)) if view.acts(n) or "modal" in view.kind(n)), 0
            )
            if asked and view.is_actor(name := joined_text(units[index + 1 : asked])):
                return Predicate(unit.text, name, actor)  # 要求|各学校|坚持…
        if "prohibition" in classes and "action" not in kind and "nominal" not in kind:
            return _forbidden(view, index, actor, patient)
        if "permitting" in classes and actor and view.in_plan and view.is_actor(actor):
            if actor.endswith(tuple(view.lexicon.words["public"])):
                return None  # what families may do is no measure
            index, sure = index + 1, True  # 学校可聘请退役运动员
            continue
        if "ability" in classes or "causative" in kind:
            return None
        if unit.text == "将" and (put := placed_by_jiang(view, index)):
            return Predicate(*put, actor)
        if (kind == LEAD or unit.text in LEADING or unit.text[0] == "每" or "地" in view.text) and (
            behind := behind_lead(view, index)
        ):
            index, sure = behind, True
            continue
        if unit.text == "计划" and view.acts(index + 1) and _is_planned(view, index + 1):
            index, sure = index + 1, True
            continue
        if "modal" in kind or unit.text in view.lexicon.words["lead"]:
            sure = sure or "modal" in kind or unit.text.endswith(("要", "是"))
            index += 1
            continue
        if "preposition" in classes or "background" in kind or view.is_partner(index):
            if "placing" in classes:
                put = placed(view, index)
                return Predicate(*put, actor) if put else None
            stop = supporting(view, index) or after_phrase(view, index)
            if stop is None:
                if "means" in kind and index + 1 < len(units) and not is_background(view.text):
                    return Predicate(unit.text, plain_object(units[index + 1 :], view.lexicon), actor)
                return None
            if unit.text in ("对", "对于", "给", "针对"):
                end = stop
                while end > index + 2 and units[end - 1].text[0] == "每":
                    end -= 1  # 对助餐点|每季度|至少抽检一次
                patient = joined_text(units[index + 1 : end])
            elif unit.text == "由" and view.is_actor(name := joined_text(units[index + 1 : stop])):
                actor = name  # 由县教育局牵头
            index, sure = stop, True
            continue
        if unit.text in ESPECIALLY and units[index + 1 : index + 2] and units[index + 1].text == "是":
            index += 2  # 特别是要解决…
            continue
        if "result" in kind and not known.acts:
            return None
        if unit.text == "坚持" and index + 1 < len(units):  # what is held to, whatever acts in it
            put = placed(view, index + 1) if units[index + 1].text in ("把", "将") else None
            if put is None or put[0] in HELD:
                return Predicate(unit.text, joined_text(units[index + 1 :]).removesuffix("不动摇"), actor)
            return Predicate(*put, actor)
        if unit.text == "加快" and PACE_RE.search(rest := joined_text(units[index + 1 :])):
            return Predicate(unit.text, rest, actor)
        if (
            kind
            and "lead" in kind
            and view.has("preposition", index + 1)
            and "pivot" not in classes  # 鼓励利用各类平台…
            and units[index + 1].text not in ("以", "与", "和")
        ):
            index, sure = index + 1, True  # 严格按照…, 坚持把…
            continue
        if known.acts or "single" in kind:
            if view.is_predicate(index, sure=sure) or (
                patient and sure and actor and index + 1 == len(units)
            ):
                return built(view, index, actor, patient)
            if "noun" not in kind and index + 1 < len(units) and view.is_adverb(index):
                index += 1
                continue
            if "noun" not in kind:
                return None
        elif TIME_RE.fullmatch(unit.text):
            index += 1
            continue
        elif unit.tag in ("m", "q", "mq") and unit.text not in view.lexicon.words["adverb"]:
            if unit.text[-1] == "年" and index + 1 < len(units) and units[index + 1].text in SPANS:
                index += 2  # 三年|内|招聘…
                continue
            if TIME_RE.search(unit.text) or (index + 1 < len(units) and TIME_RE.match(units[index + 1].text)):
                index += 1
                continue
        elif view.describes(index):
            pass  # 试点学校
        elif view.is_adverb(index) or unit.tag in ("bracket", "f") or unit.text in "，、 ":
            sure = sure or unit.tag in ("d", "ad") or unit.text in view.lexicon.words["adverb"]
            index += 1
            continue
        return _after_noun(view, index, actor, patient)
    return None


def _is_planned(view: ClauseView, index: int) -> bool:
    """Whether 计划 before an index says that a thing will be done, and is no noun: 计划|改造学校8所, not 计划|投资5亿元."""
    return (
        index + 1 < len(view.units) and view.units[index].text not in SPENT and view.units[index].tag == "v"
    )


def _forbidden(view: ClauseView, index: int, actor: str | None, patient: str) -> Predicate | None:
    """The predicate of what must not be done: 不得|抵扣费用 by its verb, 严禁|吸烟 by the ban; a limit is none."""
    rest = joined_text(view.units[index + 1 :])
    if not rest or rest.startswith(("高于", "低于", "少于", "多于", "超过", "大于", "小于")):
        return None
    if view.units[index].text in BANNED_VERBS:
        inner = _walk(view, index + 1, actor, patient, sure=True)
        if inner is not None:
            return inner
        thing = joined_text(view.units[index + 2 :])
        if view.units[index + 1].tag[:1] == "v" and thing and view.units[index + 2].tag[:1] != "v":
            return Predicate(view.units[index + 1].text, thing, actor)  # 不得|体罚|学生
        if (several := SEVERAL_RE.fullmatch(rest)) is not None:
            return Predicate(several["verb"], patient, actor)  # 不得|迟报、漏报
        if len(rest) <= LONGEST_VERB:
            return Predicate(rest, patient, actor)  # 不得|挤占挪用
    return Predicate(view.units[index].text, rest, actor)


def _after_noun(view: ClauseView, index: int, actor: str | None, patient: str) -> Predicate | None:
    """The clause goes on with a noun phrase: an actor, a patient in front, or a topic."""
    units = view.units
    for n in range(index + 1, len(units)):
        if units[n].text == "是" and view.has("tasks", n - 1) and view.acts(n + 1):
            return _walk(view, n + 1, None, patient, sure=True)  # 主要任务是建设…
        known = view.known[n]
        if (
            "prohibition" in known.classes
            and units[n].text in BANNED_VERBS
            and units[n - 1].text not in JOINTS
        ):
            name = joined_text(units[index:n])
            is_body = view.is_actor(name)
            return _walk(view, n, name if is_body else actor, patient if is_body else name, sure=True)
        if each := behind_each(view, n):
            name = joined_text(units[index:n])
            if view.is_actor(name) or not view.acts(each):
                return _walk(view, each, name if view.is_actor(name) else actor, patient, sure=True)
            return built(
                view, each, actor, "" if name.endswith(("时", "后", "前")) else name
            )  # 县审计局|每半年|组织…, 水池|每半年|清洗一次
        modal = "modal" in known.kinds or (
            units[n].text == "计划" and view.acts(n + 1) and _is_planned(view, n + 1)
        )
        adverb = view.is_adverb(n)
        phrase = ("preposition" in known.classes or view.is_partner(n)) and units[n].text not in (
            "和",
            "与",
            "同",
        )
        partner = units[n].text in ("和", "与", "同") and any(
            "noun" not in view.kind(m) and view.acts(m) for m in range(n + 2, len(units))
        )
        verb = known.acts and "noun" not in known.kinds and view.is_predicate(n, sure=False)
        verb = verb and not ("either" in known.kinds and view.follows_head(n + 1))  # 校舍建设|任务全部完成
        if "built" in known.classes and n + 1 < len(units) and units[n + 1].text in ("项目", "工程"):
            if n + 2 == len(units):
                return None  # 中心学校改扩建项目
            continue  # 大桥重建项目年内主体完工
        if units[n].text in ("、", "的") or not (modal or adverb or phrase or partner or verb):
            continue
        if units[n - 1].text in ("、", "和", "及", "与", "的"):
            continue
        name = "".join([u.text for u in units[index:n] if u.tag != "bracket"])
        if verb and n + 1 == len(units) and len(units[n].text) >= LONGEST_VERB and view.is_actor(name):
            return Predicate(units[n].text, "", name)  # 各部门|各司其职
        if view.is_norm and view.has("listed", n) and n + 1 < len(units) and not view.is_actor(name):
            return Predicate(units[n].text, name, actor)  # 治理成效|纳入|年度考核
        if verb and (view.has("turning", n + 1) or all(u.tag == "bracket" for u in units[n + 1 :])):
            return fronted(view, index, actor)  # 全县学校划分为…, 初中部改扩建（二期）
        if verb and name.endswith(PLACES):
            return _walk(view, n, actor, patient, sure=False)  # 重要路口设置信号灯
        if name.endswith(("后", "时", "以来")):
            return None  # 项目实施后将…
        if "all" in known.classes and view.has("listed", n + 1):
            return Predicate(units[n + 1].text, name, actor)  # 村卫生室全部纳入一体化管理
        if not modal and not view.is_actor(name):
            told = topic_verb(view, n)
            if told is not None and units[n - 1].tag != "quote":
                return built(view, told, actor, patient or name)  # 食堂全部实行自主经营, 经费|压缩|10%
            break
        if "result" in known.kinds and not known.acts:
            return None
        who = name.strip("、 ")
        return _walk(view, n, who if view.is_actor(who) else actor, patient, sure=modal)
    return fronted(view, index, actor)
