"""Finds a clause's predicate: who does what to what."""

from __future__ import annotations

import functools
import re

from pipeline.extract.measures.bans import BANNED_VERBS, forbidden
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
from pipeline.extract.measures.objects import SAYING
from pipeline.extract.measures.patterns import (
    EFFORT_RE,
    SET_TIME_RE,
    SORTED_RE,
    WHEN_RE,
    is_background,
    never_acts,
)
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
from pipeline.extract.measures.states import DRAFTED, is_only_stated
from pipeline.extract.measures.verb_group import BY_WAY, Predicate
from pipeline.extract.measures.verbs import Lexicon, lexicon
from pipeline.extract.measures.view import ClauseView, Setting
from pipeline.extract.measures.walk import walk

NO_THING_TAGS = ("p", "c", "u", "d", "x")
MOST_NAMED = 12  # units that name an actor
TIMING_RE = re.compile(r"前|后|内|来|期间")
MAY_OR_MUST = frozenset(["可", "可以", "须", "必须", "应", "应当", "不得"])
DEALT_OUT = frozenset(
    [
        "给予",
        "予以",
        "吊销",
        "取消",
        "责令",
        "移送",
        "扣减",
        "奖励",
        "拨付",
        "暂停",
        "终止",
        "追究",
        "约谈",
        "收回",
        "清退",
        "解除",
        "注销",
    ]
)
MUST = frozenset(["须", "必须", "应", "应当", "不得"])
PARTIES = (
    "人",
    "方",
    "者",
    "双方",
    "村集体",
    "县级",
    "市级",
    "省级",
    "镇级",
    "村级",
    "业主",
    "农户",
    "用户",
    "家庭",
    "企业",
)  # 由承租人扣除
HASTENED = frozenset(["加快", "加速"])
DAYS = ("之日", "之日止")
EXPLAINING = frozenset(["解释", "说明"])
LEADING_VERBS = frozenset(["牵头", "统一"])

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
    found = _bound(view) or ("由" in said and _by_actor(view)) or walk(view, 0, None, "", sure=False)
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
        return None  # 利息加收至补缴税款之日
    if found.verb in HASTENED and found.object[:2] == "形成":
        return None  # 加快形成…格局: a result, as 形成 alone
    return None if is_only_stated(view, found) else found


@functools.cache
def _binding() -> frozenset[str]:
    """The words one of which stands behind the subject that `_bound` looks for."""
    words = lexicon().words
    return MAY_OR_MUST | MUST | BY_WAY | BANNED_VERBS | DEALT_OUT | words["obliging"] | words["binding"]


def _bound(view: ClauseView) -> Predicate | None:
    """The predicate behind a subject with an attribute of its own: 悬挂专用号牌的车辆不得使用警报器."""
    units, text, first = view.units, view.text, view.text[0]
    effort = EFFORT_RE.match(text) if first in "以集今" or "下" in text[:3] else None
    if effort is None and first == "分":
        effort = SORTED_RE.match(text)
    if effort is None and TIMING_RE.search(text, 2, 16):
        effort = SET_TIME_RE.match(text)
    if effort is None and first in "待当遇经":
        effort = WHEN_RE.match(text)
    if effort is not None:
        begin = next((n for n, u in enumerate(units) if u.start - units[0].start >= effort.end()), view.size)
        short = view.lexicon.single_re.fullmatch(joined_text(units[begin:]))
        if short is not None and not short["before"]:
            return Predicate(short["verb"], short["object"])  # 集中力量|办实事
        return walk(view, begin, None, "", sure=True)
    if _binding().isdisjoint(view.texts):
        return None  # as nearly all
    if view.size > 3 and view.texts[2] in MAY_OR_MUST and units[1].tag[:1] == "n" and view.known[0].acts:
        return walk(view, 2, None, joined_text(units[:2]), sure=True)  # 引进|人才|须签订协议
    by_way = view.is_norm and view.size > 4 and view.texts[2] in BY_WAY and units[1].tag[:1] == "n"
    if by_way and view.known[0].acts and (told := walk(view, 2, None, joined_text(units[:2]), sure=True)):
        return told  # 新建|居住区|按照标准配建…
    must_be = view.is_norm and not MUST.isdisjoint(view.texts[2:])
    if must_be and (modal := _modal_behind_deed(view)):
        name = joined_text(units[:modal])
        return walk(view, modal, None, name, sure=True)  # 学校组织学生外出|应当|报备
    is_subject = "preposition" not in view.known[0].classes
    for n in range(2, view.size - 1) if "的" in text else ():
        ban = n + 1 if view.texts[n] == "一律" else n
        if view.texts[n - 1] == "的" and view.texts[ban] in BANNED_VERBS:
            return walk(view, ban, None, joined_text(units[:n]), sure=True)  # 验收不合格的|不得移交
        if view.texts[n - 1] == "的" and is_subject and view.is_norm and (dealt := _dealt_out(view, n)):
            return dealt  # 情节严重的|吊销许可证
        obliged = view.is_norm and view.texts[n - 1] == "的" and "obliging" in view.known[n].classes
        if obliged and is_subject:
            return walk(view, n + 1, None, "", sure=True)  # 不能立即整改的|要|落实措施
        if (
            ("binding" in view.known[n].classes or (is_subject and "obliging" in view.known[n].classes))
            and units[n - 1].tag[:1] in "nlj"
            and any(u.text == "的" for u in units[1 : n - 1])
        ):
            name = joined_text(units[:n])
            who = name if view.is_actor(name) and not view.known[0].acts else None
            return walk(view, n, who, "" if who or not view.is_norm else name, sure=True)
    return None


def _dealt_out(view: ClauseView, index: int) -> Predicate | None:
    """The predicate of what those get that an attribute names, adverbs before it: 优秀等次的|全额|拨付."""
    verb = index
    while verb + 1 < view.size and view.is_adverb(verb):
        verb += 1
    is_verb = view.units[verb].tag[:1] == "v" or view.texts[verb] == "责令"  # a noun to jieba
    if view.texts[verb] not in DEALT_OUT or not is_verb or not view.known[verb].acts:
        return None
    if verb + 1 == view.size or view.texts[verb + 1] == "并":
        return Predicate(view.texts[verb], "") if verb > index else None
    return walk(view, verb, None, "", sure=True)


def _modal_behind_deed(view: ClauseView) -> int:
    """The index of the modal behind a deed that is only the topic of its clause, 0 for none: 易地搬迁|应|将…纳入规划."""
    modal = next((n for n, u in enumerate(view.units) if u.text in MUST), 0)
    if modal < 2 or modal + 1 >= view.size or "preposition" in view.known[0].classes:
        return 0
    before = view.units[:modal]
    if before[-1].text in ("的", "、") or not any(view.known[n].acts for n in range(modal)):
        return 0
    says = any(u.text in SAYING or u.text.startswith(DRAFTED) for u in before)
    return (
        0
        if says
        or any("adverb" in view.known[n].classes or "modal" in view.known[n].kinds for n in range(modal))
        else modal
    )


def _by_actor(view: ClauseView) -> Predicate | None:
    """The predicate of what is done by whom: 补助资金|由|县财政|承担."""
    at = next((n for n, unit in enumerate(view.units) if unit.text == "由"), 0)
    begin = at
    while begin and (view.is_adverb(begin - 1) or view.texts[begin - 1] in MAY_OR_MUST):
        begin -= 1  # 统一由, 应当先由
    told = 1 if begin > 1 and view.texts[0] in ("对", "对于") else 0  # 对投诉事项|由县优化办交办
    thing = joined_text(view.units[told:begin])
    if not begin or len(thing) < 2 or view.units[begin - 1].tag.startswith(NO_THING_TAGS):
        return None
    if view.text.endswith("组成") or thing.endswith("选择"):
        return None  # 评审组由有关部门组成
    if thing.endswith(("时", "后", "起")) or any(view.texts[n] in ("把", "将", "自") for n in range(begin)):
        return None
    named = next((n for n in range(at, view.size) if "means" in view.known[n].classes), view.size)
    if view.is_predicate(0, sure=False) and any(u.text == "的" for u in view.units[at:named]):
        return None  # 健全由政府主导的机制
    for n in range(min(at + MOST_NAMED, view.size - 1), at + 1, -1):
        name = joined_text(view.units[at + 1 : n])
        if (view.is_actor(name) or (view.is_norm and name.endswith(PARTIES))) and not _does(view, at + 1, n):
            verb = _charge(view, n) if view.texts[n] == "负责" else _lone_verbs(view, n)
            if verb := verb or _listed(view, n):
                return Predicate(verb, thing, name)
            return walk(view, n, name, thing, sure=True)
    return None


def _charge(view: ClauseView, index: int) -> str:
    """What somebody is charged with whose object stands in front: 本办法由县民政局|负责解释; 负责 before an object."""
    rest = range(index + 1, view.size)
    alone = len(rest) > 0 and all(view.known[n].acts or view.texts[n] in EXPLAINING for n in rest)
    return joined_text(view.units[index:]) if alone else "负责"


def _listed(view: ClauseView, index: int) -> str:
    """The verb by which a thing in front is put on a list, adverbs before it; "" for any other: 每年|列入|预算."""
    verb = next((n for n in range(index, view.size) if not view.is_adverb(n)), index)
    return view.texts[verb] if "listed" in view.known[verb].classes else ""


def _does(view: ClauseView, start: int, end: int) -> bool:
    """Whether a verb acts between two indexes, and does not only say which body it is: 起草|部门."""
    return any(
        view.known[n].acts
        and view.units[n].tag == "v"
        and not (n + 1 < end and (view.known[n + 1].acts or "head" in view.known[n + 1].classes))
        for n in range(start, end)
    )


def _lone_verbs(view: ClauseView, index: int) -> str:
    """The verbs that end a clause from an index on without object, adverbs and 负责 before them left off; "" with one."""
    pause = next((n for n in range(index, view.size) if view.texts[n] == "、"), view.size)
    if not all(view.known[n].acts or view.is_adverb(n) for n in range(index, view.size) if n != pause):
        return ""  # 由县供水总站统一采购、统一配送 acts by the first
    rest = range(index, pause)
    begin = next((n for n in rest if view.known[n].acts and view.texts[n] not in LEADING_VERBS), pause - 1)
    return (
        joined_text(view.units[begin:pause])
        if all(view.known[n].acts for n in range(begin, rest.stop))
        else ""
    )
