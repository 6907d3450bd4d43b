"""How a clause goes on that opens with a noun: a subject, what is acted on, or a topic."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.measures.actors import LEVEL_ENDS, PEOPLE_ENDS, payers
from pipeline.extract.measures.bans import BANNED_VERBS, LONGEST_VERB, Walk
from pipeline.extract.measures.carrying import BIDDING, SPENDING, spends_sum
from pipeline.extract.measures.clauses import JOINTS, SITES, joined_text
from pipeline.extract.measures.deeds import is_plain, is_planned
from pipeline.extract.measures.fronted import fronted, topic_verb
from pipeline.extract.measures.leads import MOMENTS, behind_due_time, behind_each
from pipeline.extract.measures.verb_group import Predicate, built
from pipeline.extract.measures.verbs import NOTHING
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

BESIDE = frozenset(["和", "与", "同"])  # of a body, another body, which may act with it
PLACES = (*SITES, "两侧", "城内", "城外", "境内", "境外", "园内", "校内", "校外")
MEETINGS = frozenset(["会议", "大会", "全会"])  # which tell what those did who met
MOST_JOINED = 8  # units of the second body
DUE_ON = frozenset(["应于", "须于", "应当于"])  # 经营主体|应于9月30日前|向…提出申请
WHEN = ("今年", "明年", "今后", "下一步", "同时", "年内", "目前")
SPAN_ENDS = frozenset("年来间")
SPAN_RE = lazy_re(r"(?<=..)(?:近|过去)?[一二两三四五六七八九十\d]{1,2}年(?:来|间)?$")
PLAIN = frozenset(["action"])
PEOPLE_OR_TIMES = (*PEOPLE_ENDS, "主", "方", "时", "后", "前")
WHOLLY = frozenset(["全部", "一律"])


def _is_counted(view: ClauseView, index: int, verb: int) -> bool:
    """Whether those named before the verb at an index do it to a number of things: 每个村|聘用|1名…, 县交通局|储备|融雪剂60吨."""
    units, text = view.units, view.texts[verb]
    is_deed = units[verb].tag == "v" or len(text) == LONGEST_VERB  # 每名党员|结对帮扶|1名…
    if is_deed and verb + 1 < view.size and units[verb + 1].tag == "m":
        return True
    if verb + 3 >= view.size or "noun" not in view.known[verb].kinds or not units[-2].text[0].isdigit():
        return False
    return (
        units[-2].tag[0] == "m"
        and units[verb + 1].tag in ("n", "nr", "nz", "vn")
        and "head" not in view.known[verb + 1].classes
        and view.is_actor(joined_text(units[index:verb]))
    )


def _joins_bodies(view: ClauseView, index: int, joint: int) -> bool:
    """Whether 和 at an index joins two bodies before what both do: 县住建局|和|各镇政府|要…, 供水单位|和|个人|应当…."""
    for n in range(joint + 2, min(joint + MOST_JOINED, view.size)):
        if view.turns_to_deed(n):
            other = joined_text(view.units[joint + 1 : n])
            return view.is_actor(joined_text(view.units[index:joint])) and (
                other == "个人" or view.is_actor(other)
            )
    return False


def _counts(view: ClauseView, index: int, verb: int) -> bool:
    """Whether each of those named before the adverb in front of a verb does it to a number of things, and is no body."""
    counts = verb + 1 < view.size and view.known[verb].acts and view.units[verb + 1].tag == "m"
    return counts and not view.is_actor(joined_text(view.units[index : verb - 1]))


def _is_done_by(view: ClauseView, index: int, verb: int) -> bool:
    """Whether a verb that may be a noun is what the body before it does: 县水利局|投资|300万元|新建…, 县发改局|研究|制定…."""
    if verb + 1 >= view.size:
        return False
    text, behind = view.texts[verb], verb + 1
    if text in SPENDING:
        does = view.units[behind].tag == "m" and any(known.acts for known in view.known[verb + 2 : view.size])
    else:
        known = view.lexicon.known
        second = known.get(text[2:], NOTHING) if len(text) == LONGEST_VERB else view.known[behind]
        pairs = "first_of_pair" in known.get(text[:2], NOTHING).classes and "second_of_pair" in second.classes
        does = pairs and "noun" not in second.kinds and "head" not in view.known[behind].classes
    return does and view.is_actor(joined_text(view.units[index:verb]))


def _acts_upright(view: ClauseView, index: int, verb: int) -> bool:
    """Whether a body stands before a verb that is part of no name: 各乡镇|完善|工作|机制, 该镇|投入|资金|80万元, not 学校|提升|工程."""
    if view.texts[verb] in SPENDING and spends_sum(view, verb):
        return view.is_actor(joined_text(view.units[index:verb]))
    if "upright" not in view.known[verb].classes or verb + 2 >= view.size or view.texts[verb + 1] in JOINTS:
        return False
    return view.is_actor(joined_text(view.units[index:verb]))


def _due_verb(view: ClauseView, index: int) -> str:
    """The verb that ends a clause, where adverbs and a modal lead to it from an index on: 预决算|都要公开; else ""."""
    last = view.size - 1
    if not any("obliging" in view.known[n].classes for n in range(index, last)):
        return ""
    between = all("obliging" in view.known[n].classes or view.is_adverb(n) for n in range(index, last))
    return view.texts[last] if between else ""


def _is_told_to(view: ClauseView, index: int) -> bool:
    """Whether a modal follows from an index on before anything acts: what stands before it names who has to do it."""
    for n in range(index, view.size - 1):
        if "obliging" in view.known[n].classes:
            return n > index
        if view.known[n].acts or view.is_adverb(n):
            return False
    return False


class _Turn(NamedTuple):
    """Where a noun phrase ends and its clause turns to what is done, and by what word: a modal, a verb, an adverb or a phrase."""

    at: int
    name: str
    by_modal: bool
    by_verb: bool
    counted: bool  # a number of things follows upon the verb: 每个村|聘用|1名…


def after_noun(view: ClauseView, index: int, actor: str | None, patient: str, walk: Walk) -> Predicate | None:
    """Return the predicate of a clause that goes on with a noun phrase at an index: an actor, a patient in front, or a topic."""
    units, texts, size = view.units, view.texts, view.size
    for n in range(index + 1, size):
        known, text = view.known[n], texts[n]
        is_name = known is NOTHING and units[n].tag[0] == "n" and text[0] != "每" and text not in DUE_ON
        if is_name and not view.is_adverb(n):
            continue  # as most are
        if text == "是" and "tasks" in view.known[n - 1].classes and view.known[n + 1].acts:
            return walk(view, n + 1, None, patient, sure=True)  # 主要任务是建设…
        if text in BANNED_VERBS and (texts[n - 1] not in JOINTS or texts[n - 1] == "的"):
            return _banned(view, index, n, actor, patient, walk)  # 验收不合格的|不得移交
        dated = units[n].tag == "m" and n + 1 < size and texts[n + 1][0] in "年月"
        if dated and (due := behind_due_time(view, n)) and view.is_actor(name := joined_text(units[index:n])):
            return walk(view, due, name, patient, sure=True)  # 县应急局|12月20日前|完成…
        if text[0] == "每" and (each := behind_each(view, n)):
            return _each_time(view, joined_text(units[index:n]), each, actor, patient, walk)
        modal = (
            "modal" in known.kinds
            or "permitting" in known.classes
            or text in DUE_ON
            or (text == "计划" and is_planned(view, n + 1))
        )
        # 银担|合作|各方
        adverb = view.is_adverb(n) and not (known.acts and "head" in view.known[n + 1].classes)
        if adverb and "prohibition" in view.known[n + 1].classes:
            continue  # 水库|一律|不得…
        if adverb and units[n].tag[0] == "n" and _is_told_to(view, n + 1):
            continue  # 地震|重点|监视区|要…
        if adverb and view.is_norm and texts[index][0] == "每" and _counts(view, index, n + 1):
            return built(view, n + 1, actor, "")  # 每名委员|固定|联系8户群众
        beside = text in BESIDE
        phrase = not beside and (
            "preposition" in known.classes or ("partner" in known.classes and view.is_partner(n))
        )
        partner = beside and any(
            "noun" not in view.known[m].kinds and view.known[m].acts for m in range(n + 2, size)
        )
        counted = known.acts and _is_counted(view, index, n)
        counted = counted or (known.acts and "noun" in known.kinds and _is_done_by(view, index, n))
        verb = known.acts and ("noun" not in known.kinds or counted) and view.is_predicate(n, sure=counted)
        if verb and "either" in known.kinds and view.follows_head(n + 1):
            verb = _acts_upright(view, index, n)  # not 校舍建设|任务全部完成
        if "built" in known.classes and n + 1 < size and texts[n + 1] in ("项目", "工程"):
            if n + 2 == size:
                return None  # 中心学校改扩建项目
            continue  # 大桥重建项目年内主体完工
        if partner and text == "和" and _joins_bodies(view, index, n):
            continue  # 县住建局|和|各镇政府|要…
        turns = modal or adverb or phrase or partner or verb
        if not turns or text in ("、", "的") or texts[n - 1] in JOINTS:
            continue
        name = "".join([u.text for u in units[index:n] if u.tag != "bracket"])
        if partner and "可" in view.text and not view.is_actor(name):
            continue  # 国家|和|地方基金|可以…
        return _behind_name(view, index, _Turn(n, name, modal, verb, counted), actor, patient, walk)
    return fronted(view, index, actor)


def _banned(
    view: ClauseView, index: int, ban: int, actor: str | None, patient: str, walk: Walk
) -> Predicate | None:
    """The predicate of a ban behind the body or the thing that it is said of: 水库|一律|不得|承包."""
    end = ban
    while end > index + 1 and view.is_adverb(end - 1):
        end -= 1
    name = joined_text(view.units[index:end])
    if view.is_actor(name):
        return walk(view, ban, name, patient, sure=True)
    return walk(view, ban, actor, patient if name.startswith("任何") else name, sure=True)


def _each_time(
    view: ClauseView, name: str, behind: int, actor: str | None, patient: str, walk: Walk
) -> Predicate | None:
    """The predicate behind how often it is done, by those named or to the thing named: 县审计局|每半年|组织…, 水池|每半年|清洗一次."""
    if view.is_actor(name):
        return walk(view, behind, name, patient, sure=True)
    if not view.known[behind].acts:
        return walk(view, behind, actor, patient, sure=True)
    return built(view, behind, actor, "" if name.endswith(MOMENTS) else name)


def _behind_name(
    view: ClauseView, index: int, turn: _Turn, actor: str | None, patient: str, walk: Walk
) -> Predicate | None:
    """The predicate where a clause turns to what those or the thing named before do, or what is done to them."""
    units, texts, size = view.units, view.texts, view.size
    n, name, modal, verb, counted = turn
    known, following, text = view.known[n], view.known[n + 1], texts[n]
    is_actor = view.is_actor(name)
    if not is_actor and name[-1] in SPAN_ENDS and view.is_actor(body := SPAN_RE.sub("", name)):
        name, is_actor = body, True  # 县财政三年|累计筹措…
    if is_actor and name[-1] in LEVEL_ENDS and (shared := payers(name)):
        return walk(view, n, shared[1], shared[0], sure=True)  # 补助资金|市县|按1:1承担
    if verb and n + 1 == size and len(text) >= LONGEST_VERB and is_actor:
        return Predicate(text, "", name)  # 各部门|各司其职
    if view.is_norm and "listed" in known.classes and n + 1 < size and (not is_actor or text == "纳入"):
        return Predicate(text, name, actor)  # 治理成效|纳入|年度考核
    if verb and ("turning" in following.classes or all(u.tag == "bracket" for u in units[n + 1 :])):
        return fronted(view, index, actor)  # 全县学校划分为…, 初中部改扩建（二期）
    if verb and name in MEETINGS:
        return built(view, n, None, "")  # 会议|传达学习|上级精神
    if verb and name.endswith(PLACES):
        return walk(view, n, actor, patient, sure=False)  # 重要路口设置信号灯
    if name.endswith(("后", "时", "以来")):
        if "obliging" in known.classes:
            return walk(view, n, actor, patient, sure=True)  # 归档时要严格执行…
        return None  # 项目实施后将…
    if "all" in known.classes and "listed" in following.classes:
        return Predicate(texts[n + 1], name, actor)  # 村卫生室全部纳入一体化管理
    if counted and verb and name[:1] == "每" and view.is_norm:
        return built(view, n, actor, "")  # 每个网格|配备|1名网格员
    told_to = modal and text in BIDDING and not (is_actor or view.is_norm)
    if told_to and size > n + 2 and units[-1].tag == "v" and not view.known[size - 2].acts:
        due_verb = _due_verb(view, n) if view.known[size - 1].acts else ""
        if due_verb and not name.endswith(WHEN):
            return Predicate(due_verb, name, actor)  # “十大工程”|要|全面|推进
    if not modal and not is_actor:
        return _done_to(view, index, n, name, actor, patient)
    if "result" in known.kinds and not known.acts:
        return None
    who = name.strip("、 ")
    told = walk(view, n, who if view.is_actor(who) else actor, patient, sure=modal or counted)
    if told and modal and not told.object and _is_done_to(view, n, name):
        return Predicate(told.verb, name, told.actor)  # 老旧管道|应当及时|更换
    return told


def _is_done_to(view: ClauseView, modal: int, name: str) -> bool:
    """Whether a rule bids with its last word, adverbs before it, what is done to the thing in front: 消防设施|应当|定期|检修."""
    last = view.size - 1
    known = view.known[last]
    plain = known.kinds == PLAIN and "intransitive" not in known.classes
    if not plain or not view.is_norm or name.endswith(PEOPLE_OR_TIMES) or view.is_actor(name):
        return False
    return all(view.is_adverb(n) for n in range(modal + 1, last))


def _done_to(
    view: ClauseView, index: int, n: int, name: str, actor: str | None, patient: str
) -> Predicate | None:
    """The predicate of what is done to a thing in front that acts nowhere, the words at `n` behind it: 经费|压缩|10%."""
    texts, size = view.texts, view.size
    if texts[n] == "予以" and not index and n + 2 == size and view.known[n + 1].acts and view.is_paper:
        return Predicate(texts[n + 1], name, actor)  # 检查结果|予以|通报
    told = topic_verb(view, n)
    if told is not None and view.units[n - 1].tag != "quote":
        return built(view, told, actor, patient or name)  # 食堂全部实行自主经营
    if texts[n] in WHOLLY and n + 2 == size and view.is_paper and is_plain(view, n + 1):
        return Predicate(texts[n + 1], name, actor)  # 气瓶|全部|赋码
    if view.known[size - 1].acts and (due_verb := _due_verb(view, n)):
        return Predicate(due_verb, name, actor)
    return fronted(view, index, actor)
