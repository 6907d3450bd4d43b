"""What opens a predicate and is none: a modal, a lead, a prepositional phrase; and verbs that are read in a way of their own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from pipeline.extract.measures.background import is_background
from pipeline.extract.measures.bans import Walk, forbidden
from pipeline.extract.measures.by_actor import by_whom
from pipeline.extract.measures.clauses import JOINTS, joined_text
from pipeline.extract.measures.deeds import (
    SANCTIONS,
    is_charge,
    is_decided,
    is_done_alike,
    is_planned,
    names_a_control,
    names_bound,
    names_discipline,
)
from pipeline.extract.measures.leads import LEAD, LEADING, behind_day_counted_from, behind_lead
from pipeline.extract.measures.objects import FOOTNOTE_RE, SAYING, SEEN_TO, plain_object
from pipeline.extract.measures.permissions import NOTHING_LET, behind_permission
from pipeline.extract.measures.phrase_words import REPORTING, WITH_WHOM, is_deed_of, only_adverbs, supporting
from pipeline.extract.measures.phrases import CHANNELS, after_phrase
from pipeline.extract.measures.placing import placed, placed_by_jiang
from pipeline.extract.measures.sure_ends import behind_names, behind_sure_end
from pipeline.extract.measures.verb_group import Predicate, built
from pipeline.extract.measures.verbs import NOUNLIKE, lexicon
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

REQUESTS = frozenset(["请", "希望"])
HELD = frozenset(["作为", "放在", "摆在", "放", "摆", "当作", "视为", "列为", "作"])
PATIENT_BEHIND = frozenset(["对", "对于", "给", "针对"])
# leads that are verbs themselves elsewhere, and what tells that the deed is behind: 负责|提供|成果, 参照|建立相应机制
LED_TO: dict[str, Callable[[ClauseView, int], bool]] = {
    "负责": is_charge,
    "参照": lambda view, index: view.known[index].acts,
    "计划": is_planned,
    "决定": is_decided,
    "统一": is_done_alike,
    "带领": lambda view, index: view.known[index].acts and index + 1 < view.size,  # 带领|学习了…
    "注意": lambda view, index: view.known[index].acts and index + 1 < view.size,  # 注意|加强防范
    "重视": lambda view, index: not SEEN_TO.isdisjoint(view.texts[index : index + 1]),  # 重视|做好防控工作
}
# what is said or held about a matter: 就优化营商环境|召开座谈会
ON_WHICH = frozenset([
    "提出", "作出", "做出", "作", "做", "作了", "做了", "进行", "召开", "开展", "征求", "听取", "发表", "交换", "达成", "签订", "签署", "举行",
])  # fmt: skip
STRICT = frozenset(["严肃", "严格"])
PACE_RE = lazy_re(r"^(?!.{0,6}(?:推进|推动|实施|迈)).{2,20}(?:步伐|节奏|进度|速度)$")  # 加快〔普及高中步伐〕
FROM = frozenset(["自", "从"])
STERN = frozenset(["严肃", "严格", "严厉", "坚决"])
WELL = frozenset(["好", "快"])
ESPECIALLY = frozenset(["特别", "尤其"])
IDIOM = 4  # characters
VISITED = JOINTS | {"一线", "第一线"}  # numbers to jieba


class Past(NamedTuple):
    """What stands behind a lead or a prepositional phrase, and whom or what the phrase has named; `sure` as in `walk`."""

    at: int
    actor: str | None
    patient: str
    sure: bool = True


# what `read_opener` asks for, by word, class and kind: the words that open what leads to a predicate and is none, or are read in a way of their own
READ_APART = frozenset([
    "或者", "要求", "不能", "将", "深入", "请", "希望", "较", "到", "坚持", "严格", "严肃", "加快", "重点", "发现",
])  # fmt: skip
OPENING = READ_APART | SAYING | LEADING | FROM | ESPECIALLY | LED_TO.keys()
OPENING_CLASSES = frozenset(["prohibition", "permitting", "ability", "preposition", "partner", "lead"])
OPENING_KINDS = frozenset(["causative", "modal", "background", "result", "lead"])


@functools.cache
def openers() -> frozenset[str]:
    """Return the words that `read_opener` is asked of: plain verbs and nouns, as most words are, are none of them."""
    return OPENING | {
        word
        for word, known in lexicon().known.items()
        if not (OPENING_CLASSES.isdisjoint(known.classes) and OPENING_KINDS.isdisjoint(known.kinds))
    }


def read_opener(
    view: ClauseView, index: int, actor: str | None, patient: str, walk: Walk, *, sure: bool
) -> Past | Predicate | None:
    """Return what is behind the modal, lead or phrase that begins at an index, or the predicate that it gives away.

    The same place where none begins there; None for background, and for what is only possible.
    """
    units, texts, word, known = view.units, view.texts, view.texts[index], view.known[index]
    kind, classes = known.kinds, known.classes
    if not index and word == "或者" and view.is_norm:
        return Past(1, actor, patient)  # 或者|要求起草单位补充材料
    if word == "要求" and (asked := _asked(view, index)):
        return Predicate(word, asked, actor)
    if word in SAYING and index + 2 < view.size and texts[index + 1] == "要":
        return Past(index + 2, actor, patient)  # 提出要|深入贯彻…
    if "prohibition" in classes and "action" not in kind and "nominal" not in kind:
        return forbidden(view, index, actor, patient, walk)
    if "permitting" in classes or word == "不能":
        let = behind_permission(view, index, actor, sure=sure)
        if let:
            return None if let == NOTHING_LET else Past(let, actor, patient)
    if "ability" in classes or "causative" in kind:
        return None
    if word == "将" and (put := placed_by_jiang(view, index)):
        return Predicate(*put, actor)
    leads = kind == LEAD or word in LEADING or word[0] == "每" or "地" in view.text
    if leads and (behind := behind_lead(view, index)):
        return Past(behind, actor, patient)
    if word == "深入" and (there := _behind_visited(view, index)):
        if units[there].tag == "v" and not view.is_predicate(there, sure=True):
            return built(view, there, actor, patient)  # 宣讲|政策, for 政策 also ends names
        return Past(there, actor, patient)
    if word == "重点" and texts[index + 1 : index + 2] == ["是"] and index + 2 < view.size:
        return Past(index + 2, actor, patient, True)  # 重点是|要|加强…
    if word in LED_TO and LED_TO[word](view, index + 1):
        if word == "负责":
            charged = walk(view, index + 1, actor, patient, sure=True)
            return charged or Predicate("负责", joined_text(units[index + 1 :]), actor)
        return Past(index + 1, actor, patient)
    if "modal" in kind or "lead" in classes or (word in REQUESTS and not index):
        bids = "modal" in kind or word.endswith(("要", "是"))
        return Past(index + 1, actor, patient, sure or bids)
    if word in FROM and "之日起" in view.text and (counted := behind_day_counted_from(view, index)):
        return Past(counted, actor, patient)
    if word == "较" and index + 2 < view.size and texts[index + 1] in WELL:
        behind = index + (3 if texts[index + 2] == "地" else 2)
        return Past(behind, actor, patient, sure)  # 较|好|地|完成…
    goes = word == "到" and index + 2 < view.size and units[index + 1].tag[0] not in "mtq"
    joins = "partner" in classes and view.is_partner(index)
    if "preposition" in classes or "background" in kind or goes or joins:
        return _past_phrase(view, index, actor, patient)
    return _read_by_word(view, index, actor, patient, sure=sure)


def _read_by_word(
    view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool
) -> Past | Predicate | None:
    """What a word gives away that is read in a way of its own (坚持, 严格, 加快), or what it leads to: 特别是|要…, 严格|按照…."""
    units, texts, word, known = view.units, view.texts, view.texts[index], view.known[index]
    if word in ESPECIALLY and units[index + 1 : index + 2] and texts[index + 1] == "是":
        return Past(index + 2, actor, patient, sure)  # 特别是要解决…
    if word == "发现" and texts[index + 1 : index + 2] == ["并"] and view.known[index + 2].acts:
        return Past(index + 2, actor, patient, True)  # 发现|并|整改|隐患
    if "result" in known.kinds and not known.acts:
        return None
    if word == "坚持" and index + 1 < view.size:
        return _held_to(view, index, actor)
    is_strict = word == "严格" or (word == "严肃" and texts[-1] in SANCTIONS)
    if is_strict and patient and index + 2 == view.size and view.known[index + 1].acts:
        return Predicate(texts[-1], patient, actor)  # 对申报材料|严格|审核
    if is_strict and index + 3 == view.size and names_a_control(view, index + 1):
        return Predicate(word, joined_text(units[index + 1 :]), actor)  # 严格|督查考核
    if word == "严格" and index + 3 == view.size and names_bound(view, index + 1):
        return Predicate(word, joined_text(units[index + 1 :]), actor)  # 严格|创建标准
    if word in STRICT and names_discipline(view, index + 1):
        return Predicate(word, joined_text(units[index + 1 :]), actor)  # 严肃|招生纪律
    if word == "加快" and PACE_RE.search(rest := joined_text(units[index + 1 :])):
        return Predicate(word, rest, actor)
    if (
        "lead" in known.kinds
        and "preposition" in view.known[index + 1].classes
        and "pivot" not in known.classes  # 鼓励利用各类平台…
        and texts[index + 1] not in ("以", "与", "和")
    ):
        return Past(index + 1, actor, patient)  # 严格按照…, 坚持把…
    return Past(index, actor, patient, sure)


def _past_phrase(view: ClauseView, index: int, actor: str | None, patient: str) -> Past | Predicate | None:
    """What is behind the phrase that begins at an index, or the predicate that is read with it; None for background."""
    units, known = view.units, view.known[index]
    opening = units[index].text
    if opening == "对" and units[-1].text == "负责" and index + 2 < view.size:
        end = view.size - 1
        while end > index + 2 and view.is_adverb(end - 1) and units[end - 2].text != "的":
            end -= 1
        return Predicate("负责", joined_text(units[index + 1 : end]), actor)  # 对资金安全|全面|负责
    if opening == "就" and (told := _said_of(view, index)):
        return Past(told, actor, patient, True)  # 就科学制定规划|提出|如下建议
    if "placing" in known.classes:
        put = placed(view, index)
        return Predicate(*put, actor) if put else None
    if opening in WITH_WHOM and (told := _with_whom(view, index)):
        return Past(told, actor, patient)  # 会同县督查落实办|对相关工作进行督导
    stop = behind_sure_end(view, index) or supporting(view, index) or after_phrase(view, index)
    if stop is None or stop + 1 == view.size:  # 围绕乡村振兴|强化|过程管理
        stop = behind_names(view, index, stop) or stop
    if stop is None:
        if "means" in known.kinds and index + 1 < view.size and not is_background(view.text):
            return Predicate(opening, plain_object(units[index + 1 :], view.lexicon), actor)
        return None
    if units[stop - 1].text in CHANNELS and view.known[stop].acts and units[stop - 2].text == "等":
        return built(view, stop, actor, patient)  # 利用广播等形式|宣传|政策, for 政策 also ends names
    if opening == "通过" and stop + 1 == view.size and only_adverbs(view, index + 1, stop):
        return None  # 通过综合施策
    told = opening == "向" and view.texts[stop] in REPORTING  # 向县人大|报告|工作情况
    if told or (opening in WITH_WHOM and view.known[stop].acts and is_deed_of(view, index + 1, stop)):
        return built(view, stop, actor, patient)  # 会同有关部门|监督|资金使用
    if opening in PATIENT_BEHIND:
        end = stop
        while end > index + 2 and units[end - 1].text[0] == "每":
            end -= 1  # 对助餐点|每季度|至少抽检一次
        while end > index + 2 and "obliging" in view.known[end - 1].classes:
            end -= 1  # 对不符的规定|要|进行清理
        while end > index + 2 and units[end - 2].text == "的" and units[end - 1].text in STERN:
            end -= 1  # 对失职渎职的|严肃|追责
        while "prohibition" in view.known[stop].classes and end > index + 2 and view.is_adverb(end - 1):
            end -= 1  # 对不合格产品|一律|不得|销售
        patient = joined_text(units[index + 1 : end])
        deeds = range(stop, view.size)
        if view.is_norm and actor and len(deeds) == 2 and all(view.known[n].acts for n in deeds):
            is_deed = {"light", "nominal"}.isdisjoint(view.known[stop].kinds)
            if is_deed and units[stop].tag[:1] == "v":
                return Predicate(joined_text(units[stop:]), patient, actor)  # 县教育局对食堂|抽样|送检
    elif opening == "由":
        actor = by_whom(view, index, stop) or actor  # 由县教育局牵头
    return Past(stop, actor, patient)


def _with_whom(view: ClauseView, index: int) -> int:
    """Where 对 stands behind the body that one acts with, 0 where none is named so."""
    at = next((n for n in range(index + 2, view.size - 1) if view.texts[n] == "对"), 0)
    return at if at and view.is_actor(joined_text(view.units[index + 1 : at])) else 0


def _said_of(view: ClauseView, index: int) -> int:
    """The verb of saying or meeting behind what 就 at an index names, 0 for none: 就优化营商环境|召开|座谈会."""
    if "obliging" in view.known[index + 1].classes:
        return 0  # 就必须…进行整顿
    return next((n for n in range(view.size - 2, index + 1, -1) if view.texts[n] in ON_WHICH), 0)


def _held_to(view: ClauseView, index: int, actor: str | None) -> Past | Predicate | None:
    """The predicate of what the 坚持 at an index holds to, whatever acts in it; a deed of two verbs in 坚持和完善."""
    units = view.units
    if index + 2 < view.size and units[index + 1].text == "了":
        index += 1  # 坚持了|稳健的政策
    if index + 2 < view.size and units[index + 1].text in JOINTS:
        if not view.known[index + 2].acts:
            return None
        both = joined_text(units[index : index + 3])
        return Predicate(both, plain_object(units[index + 3 :], view.lexicon), actor)  # 坚持和完善|…
    put = placed(view, index + 1) if units[index + 1].text in ("把", "将") else None
    if put is not None and put[0] not in HELD:
        return Predicate(*put, actor)
    is_idiom = units[index + 1].tag in ("i", "l") and len(units[index + 1].text) == IDIOM
    if is_idiom and view.is_adverb(index + 2) and view.known[index + 3].acts:
        return Past(index + 2, actor, "")  # 坚持以人为本|不断|提高…
    held = FOOTNOTE_RE.sub("", joined_text(units[index + 1 :]))
    return Predicate("坚持", held.removesuffix("不动摇"), actor)


def _asked(view: ClauseView, index: int) -> str:
    """The body that 要求 at an index asks to do something, "" for none: 要求|各学校|坚持…, 要求|学校|3日内整改."""
    units = view.units
    asked = next(
        (n for n in range(index + 2, view.size) if view.known[n].acts or "modal" in view.known[n].kinds), 0
    )
    for end in range(index + 2, asked + 1):
        ends = end == asked or units[end].tag[:1] in "mtd" or units[end].text == "重复"
        ends = ends or (view.is_norm and (units[end].tag == "p" or view.is_adverb(end)))  # 要求|单位|限期整改
        if ends and view.is_actor(name := joined_text(units[index + 1 : end])):
            return name
    if not index and asked and _turns_to_deed(view, asked):
        named = units[1:asked]
        is_name = named[-1].tag[:1] == "n" and all(u.tag[:1] in "nrmqbjv" or u.text in JOINTS for u in named)
        return joined_text(named) if is_name and "的" not in view.texts[:asked] else ""
    return ""


def _turns_to_deed(view: ClauseView, index: int) -> bool:
    """Whether the verb at an index is what those named before it do, and no part of their name: 要求|排水大户|进行|审核."""
    known = view.known[index]
    is_verb = NOUNLIKE.isdisjoint(known.kinds) or (
        known.kinds.isdisjoint({"noun"}) and view.units[index].tag == "v" and not view.follows_head(index + 1)
    )  # 配备|器材, but 建设|进度
    return known.acts and is_verb and index + 1 < view.size


def _behind_visited(view: ClauseView, index: int) -> int:
    """The verb that happens in the place 深入 takes one to: 深入|企业和社区|宣讲|政策; 0 if none does: 深入|农村基层."""
    n = index + 1
    while n < view.size - 1 and (view.units[n].tag[:1] in "ns" or view.texts[n] in VISITED):
        if view.known[n].acts or view.texts[n] == "的":
            break
        n += 1
    there = n
    while n < view.size - 1 and view.is_adverb(n) and not view.known[n].acts:
        n += 1  # 深入村组|广泛|宣传|政策
    is_verb = view.known[n].acts and view.texts[n] != "深入"
    return n if there > index + 1 and is_verb and n < view.size - 1 else 0
