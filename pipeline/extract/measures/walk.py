"""Walks a clause from left to right to its predicate, past leads, modals, phrases and subjects."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.extract.measures.after_noun import after_noun
from pipeline.extract.measures.bans import forbidden
from pipeline.extract.measures.carrying import names_subject
from pipeline.extract.measures.clauses import AMOUNT_TAGS, JOINTS, joined_text
from pipeline.extract.measures.deeds import (
    SANCTIONS,
    is_charge,
    is_decided,
    is_done_alike,
    is_let_or_owed,
    is_owed,
    is_planned,
    may_end,
    names_a_control,
)
from pipeline.extract.measures.leads import LEAD, LEADING, behind_day_counted_from, behind_lead
from pipeline.extract.measures.objects import FOOTNOTE_RE, SAYING, plain_object
from pipeline.extract.measures.patterns import is_background
from pipeline.extract.measures.permissions import NOTHING_LET, behind_permission
from pipeline.extract.measures.phrase_words import is_deed_of, only_adverbs, supporting
from pipeline.extract.measures.phrases import CHANNELS, WITH_WHOM, after_phrase
from pipeline.extract.measures.placing import placed, placed_by_jiang
from pipeline.extract.measures.verb_group import Predicate, built
from pipeline.extract.measures.verbs import lexicon
from pipeline.extract.measures.view import ClauseView

ORDINALS = frozenset("一二三四五六七八九")
HELD = frozenset(["作为", "放在", "摆在", "放", "摆", "当作", "视为", "列为", "作"])
PATIENT_BEHIND = frozenset(["对", "对于", "给", "针对"])
SPANS = frozenset(["内", "来", "间"])
# leads that are verbs themselves elsewhere, and what tells that the deed is behind: 负责|提供|成果, 参照|建立相应机制
LED_TO: dict[str, Callable[[ClauseView, int], bool]] = {
    "负责": is_charge,
    "参照": lambda view, index: view.known[index].acts,
    "计划": is_planned,
    "决定": is_decided,
    "统一": is_done_alike,
}
PACE_RE = re.compile(r"^(?!.{0,6}(?:推进|推动|实施|迈)).{2,20}(?:步伐|节奏|进度)$")  # 加快〔普及高中步伐〕
_SPANS = ("小时", "年", "月", "日", "周", "天", "学期", "年度", "季度", "年底", "月底", "点", "时")
_BOUNDS = ("前", "内", "底", "末", "起")
TIME_RE = re.compile(f"(?:{'|'.join(_SPANS)})(?:{'|'.join(_BOUNDS)})?$")
TIMES = frozenset(span + bound for span in _SPANS for bound in ("", *_BOUNDS))  # all that it is whole
FROM = frozenset(["自", "从"])
WELL = frozenset(["好", "快"])
ESPECIALLY = frozenset(["特别", "尤其"])


class _Past(NamedTuple):
    """What stands behind a lead or a prepositional phrase, and whom or what the phrase has named; `sure` as in `walk`."""

    at: int
    actor: str | None
    patient: str
    sure: bool = True


# what `_opened` asks for, by word, class and kind: the words that open what leads to a predicate and is none, or are read in a way of their own
OPENING = (
    frozenset(["或者", "要求", "不能", "将", "深入", "请", "较", "到", "坚持", "严格", "严肃", "加快"])
    | SAYING
    | LEADING
    | FROM
    | ESPECIALLY
    | LED_TO.keys()
)
OPENING_CLASSES = frozenset(["prohibition", "permitting", "ability", "preposition", "partner", "lead"])
OPENING_KINDS = frozenset(["causative", "modal", "background", "result", "lead"])


@functools.cache
def _opening() -> frozenset[str]:
    """All words that `_opened` has to be asked of: plain verbs and nouns, as most words are, are none of them."""
    return OPENING | {
        word
        for word, known in lexicon().known.items()
        if not (OPENING_CLASSES.isdisjoint(known.classes) and OPENING_KINDS.isdisjoint(known.kinds))
    }


def walk(view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool) -> Predicate | None:
    """Return the predicate found from a unit on; `sure` says that a verb must come, as behind a modal."""
    units, opening, in_manner = view.units, _opening(), "地" in view.text
    while index < view.size:
        unit, word = units[index], view.texts[index]
        known = view.known[index]
        kind, classes = known.kinds, known.classes
        if word in opening or word[0] == "每" or in_manner:
            past = _opened(view, index, actor, patient, sure=sure)
            if not isinstance(past, _Past):
                return past
            if past.at > index:
                index, actor, patient, sure = past
                continue
        if known.acts or "single" in kind:
            if sure and index + 1 == view.size and is_let_or_owed(view, index):
                return Predicate(word, patient, actor)
            if view.is_predicate(index, sure=sure) or (
                sure and index + 1 == view.size and may_end(view, index, actor, patient)
            ):
                return built(view, index, actor, patient)
            if "noun" not in kind and index + 1 < view.size and view.is_adverb(index):
                index += 1
                continue
            if (
                index + 2 < view.size
                and units[index + 1].text == "时"
                and "obliging" in view.known[index + 2].classes
            ):
                index += 2  # 归档|时|要严格执行…
                continue
            if "noun" not in kind and not view.describes(index) and (index or not names_subject(view)):
                return None  # but 牵头|部门|要|…
        elif word in TIMES:
            index += 1
            continue
        elif unit.tag in AMOUNT_TAGS and word not in view.lexicon.words["adverb"]:
            if not index and word in ORDINALS and (view.known[1].acts or view.is_adverb(1)):
                index, sure = 1, True  # 一|严格责任落实。二|开展汛前演练
                continue
            if behind := _behind_when(view, index):
                index = behind
                continue
        elif sure and view.is_norm and index and not kind and not classes and is_owed(view, index):
            return Predicate(word, plain_object(units[index + 1 :], view.lexicon) or patient, actor)
        elif "describing" in classes and view.describes(index):
            pass  # 试点学校
        elif view.is_adverb(index) or unit.tag in ("bracket", "f") or word in "，、 ":
            sure = sure or unit.tag in ("d", "ad") or word in view.lexicon.words["adverb"]
            index += 1
            continue
        return after_noun(view, index, actor, patient, walk)
    return None


def _opened(
    view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool
) -> _Past | Predicate | None:
    """What is behind the lead, modal or phrase that begins at an index, or the predicate that it gives away; the same place for none."""
    units, texts, word, known = view.units, view.texts, view.texts[index], view.known[index]
    kind, classes = known.kinds, known.classes
    if not index and word == "或者" and view.is_norm:
        return _Past(1, actor, patient)  # 或者|要求起草单位补充材料
    if word == "要求" and (asked := _asked(view, index)):
        return Predicate(word, asked, actor)
    if word in SAYING and index + 2 < view.size and texts[index + 1] == "要":
        return _Past(index + 2, actor, patient)  # 提出要|深入贯彻…
    if "prohibition" in classes and "action" not in kind and "nominal" not in kind:
        return forbidden(view, index, actor, patient, walk)
    if "permitting" in classes or word == "不能":
        let = behind_permission(view, index, actor, sure=sure)
        if let:
            return None if let == NOTHING_LET else _Past(let, actor, patient)
    if "ability" in classes or "causative" in kind:
        return None
    if word == "将" and (put := placed_by_jiang(view, index)):
        return Predicate(*put, actor)
    leads = kind == LEAD or word in LEADING or word[0] == "每" or "地" in view.text
    if leads and (behind := behind_lead(view, index)):
        return _Past(behind, actor, patient)
    if word == "深入" and (there := _behind_visited(view, index)):
        if units[there].tag == "v" and not view.is_predicate(there, sure=True):
            return built(view, there, actor, patient)  # 宣讲|政策, for 政策 also ends names
        return _Past(there, actor, patient)
    if word in LED_TO and LED_TO[word](view, index + 1):
        if word == "负责":
            charged = walk(view, index + 1, actor, patient, sure=True)
            return charged or Predicate("负责", joined_text(units[index + 1 :]), actor)
        return _Past(index + 1, actor, patient)
    if "modal" in kind or "lead" in classes or (word == "请" and not index):
        bids = "modal" in kind or word.endswith(("要", "是"))
        return _Past(index + 1, actor, patient, sure or bids)
    if word in FROM and "之日起" in view.text and (counted := behind_day_counted_from(view, index)):
        return _Past(counted, actor, patient)
    if word == "较" and index + 2 < view.size and texts[index + 1] in WELL:
        behind = index + (3 if texts[index + 2] == "地" else 2)
        return _Past(behind, actor, patient, sure)  # 较|好|地|完成…
    goes = word == "到" and index + 2 < view.size and units[index + 1].tag[0] not in "mtq"
    joins = "partner" in classes and view.is_partner(index)
    if "preposition" in classes or "background" in kind or goes or joins:
        return _past_phrase(view, index, actor, patient)
    if word in ESPECIALLY and units[index + 1 : index + 2] and texts[index + 1] == "是":
        return _Past(index + 2, actor, patient, sure)  # 特别是要解决…
    if "result" in kind and not known.acts:
        return None
    if word == "坚持" and index + 1 < view.size:
        return _held_to(view, index, actor)
    is_strict = word == "严格" or (word == "严肃" and texts[-1] in SANCTIONS)
    if is_strict and index + 3 == view.size and names_a_control(view, index + 1):
        return Predicate(word, joined_text(units[index + 1 :]), actor)  # 严格|督查考核
    if word == "加快" and PACE_RE.search(rest := joined_text(units[index + 1 :])):
        return Predicate(word, rest, actor)
    if (
        "lead" in kind
        and "preposition" in view.known[index + 1].classes
        and "pivot" not in classes  # 鼓励利用各类平台…
        and texts[index + 1] not in ("以", "与", "和")
    ):
        return _Past(index + 1, actor, patient)  # 严格按照…, 坚持把…
    return _Past(index, actor, patient, sure)


def _past_phrase(view: ClauseView, index: int, actor: str | None, patient: str) -> _Past | Predicate | None:
    """What is behind the phrase that begins at an index, or the predicate that is read with it; None for background."""
    units, known = view.units, view.known[index]
    opening = units[index].text
    if opening == "对" and units[-1].text == "负责" and index + 2 < view.size:
        end = view.size - 1
        while end > index + 2 and view.is_adverb(end - 1) and units[end - 2].text != "的":
            end -= 1
        return Predicate("负责", joined_text(units[index + 1 : end]), actor)  # 对资金安全|全面|负责
    if "placing" in known.classes:
        put = placed(view, index)
        return Predicate(*put, actor) if put else None
    stop = supporting(view, index) or after_phrase(view, index)
    if stop is None:
        if "means" in known.kinds and index + 1 < view.size and not is_background(view.text):
            return Predicate(opening, plain_object(units[index + 1 :], view.lexicon), actor)
        return None
    if units[stop - 1].text in CHANNELS and view.known[stop].acts and units[stop - 2].text == "等":
        return built(view, stop, actor, patient)  # 利用广播等形式|宣传|政策, for 政策 also ends names
    if opening == "通过" and stop + 1 == view.size and only_adverbs(view, index + 1, stop):
        return None  # 通过综合施策
    if opening in WITH_WHOM and view.known[stop].acts and is_deed_of(view, index + 1, stop):
        return built(view, stop, actor, patient)  # 会同有关部门|监督|资金使用
    if opening in PATIENT_BEHIND:
        end = stop
        while end > index + 2 and units[end - 1].text[0] == "每":
            end -= 1  # 对助餐点|每季度|至少抽检一次
        while end > index + 2 and "obliging" in view.known[end - 1].classes:
            end -= 1  # 对不符的规定|要|进行清理
        patient = joined_text(units[index + 1 : end])
        deeds = range(stop, view.size)
        if view.is_norm and actor and len(deeds) == 2 and all(view.known[n].acts for n in deeds):
            is_deed = {"light", "nominal"}.isdisjoint(view.known[stop].kinds)
            if is_deed and units[stop].tag[:1] == "v":
                return Predicate(joined_text(units[stop:]), patient, actor)  # 县教育局对食堂|抽样|送检
    elif opening == "由":
        actor = _by_whom(view, index, stop) or actor  # 由县教育局牵头
    return _Past(stop, actor, patient)


def _by_whom(view: ClauseView, index: int, stop: int) -> str | None:
    """The body that the 由 at an index names, whatever phrase follows before `stop`: 由|县审批局|在三日内."""
    if view.is_actor(name := joined_text(view.units[index + 1 : stop])):
        return name
    end = next((n for n in range(index + 2, stop) if "preposition" in view.known[n].classes), index)
    if view.texts[end] in JOINTS:
        return None
    return name if view.is_actor(name := joined_text(view.units[index + 1 : end])) else None


def _held_to(view: ClauseView, index: int, actor: str | None) -> Predicate | None:
    """The predicate of what the 坚持 at an index holds to, whatever acts in it; a deed of two verbs in 坚持和完善."""
    units = view.units
    if index + 2 < view.size and units[index + 1].text in JOINTS:
        if not view.known[index + 2].acts:
            return None
        both = joined_text(units[index : index + 3])
        return Predicate(both, plain_object(units[index + 3 :], view.lexicon), actor)  # 坚持和完善|…
    put = placed(view, index + 1) if units[index + 1].text in ("把", "将") else None
    if put is not None and put[0] not in HELD:
        return Predicate(*put, actor)
    held = FOOTNOTE_RE.sub("", joined_text(units[index + 1 :]))
    return Predicate("坚持", held.removesuffix("不动摇"), actor)


def _behind_when(view: ClauseView, index: int) -> int:
    """The index behind the amount at an index if it tells when: 三年|内|招聘…; 0 for any other amount."""
    units, amount = view.units, view.texts[index]
    following = units[index + 1].text if index + 1 < view.size else ""
    if amount[-1] == "年" and following in SPANS:
        return index + 2
    return index + 1 if TIME_RE.search(amount) or TIME_RE.match(following) else 0


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
    return ""


def _behind_visited(view: ClauseView, index: int) -> int:
    """The verb that happens in the place 深入 takes one to: 深入|企业和社区|宣讲|政策; 0 if none does: 深入|农村基层."""
    n = index + 1
    while n < view.size - 1 and (view.units[n].tag[:1] in "ns" or view.texts[n] in JOINTS):
        if view.known[n].acts or view.texts[n] == "的":
            break
        n += 1
    is_verb = view.known[n].acts and view.texts[n] != "深入"
    return n if n > index + 1 and is_verb and n < view.size - 1 else 0
