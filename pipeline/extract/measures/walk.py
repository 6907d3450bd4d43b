"""Walks a clause from left to right to its predicate, past leads, modals, phrases and subjects."""

from __future__ import annotations

from pipeline.extract.measures.after_noun import after_noun
from pipeline.extract.measures.carrying import is_told_to, names_subject
from pipeline.extract.measures.clauses import AMOUNT_TAGS
from pipeline.extract.measures.deeds import is_let_or_owed, is_owed, may_end
from pipeline.extract.measures.leads import UNAIDED, behind_accompanying
from pipeline.extract.measures.objects import plain_object
from pipeline.extract.measures.openers import Past, openers, read_opener
from pipeline.extract.measures.verb_group import Predicate, built
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

ORDINALS = frozenset("一二三四五六七八九")
SPANS = frozenset(["内", "来", "间"])
_SPANS = ("小时", "年", "月", "日", "周", "天", "学期", "年度", "季度", "年底", "月底", "点", "时")
_BOUNDS = ("前", "内", "底", "末", "起")
TIME_RE = lazy_re(f"(?:{'|'.join(_SPANS)})(?:{'|'.join(_BOUNDS)})?$")
EACH_RE = lazy_re(r"“一[\u4e00-\u9fff]一[\u4e00-\u9fff]{1,2}”")  # how it is done: “一户一案”, “一企一策”
TIMES = frozenset(span + bound for span in _SPANS for bound in ("", *_BOUNDS))  # all that it is whole


def walk(view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool) -> Predicate | None:
    """Return the predicate found from a unit on; `sure` says that a verb must come, as behind a modal."""
    units, opening, in_manner = view.units, openers(), "地" in view.text
    while index < view.size:
        unit, word = units[index], view.texts[index]
        known = view.known[index]
        kind, classes = known.kinds, known.classes
        is_accompanied = word in UNAIDED or "accompanying" in view.known[index + 1].classes
        if is_accompanied and (behind := behind_accompanying(view, index)):
            index, sure = behind, True
            continue
        if word in opening or word[0] == "每" or in_manner:
            past = read_opener(view, index, actor, patient, walk, sure=sure)
            if not isinstance(past, Past):
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
            if "obliging" in view.known[index + 1].classes and is_told_to(view, index):
                index += 1
                continue
            if "noun" not in kind and not view.describes(index) and (index or not names_subject(view)):
                return None  # but 牵头|部门|要|…
        elif word in TIMES:
            index += 1
            continue
        elif (
            not index
            and unit.tag == "quote"
            and known is NOTHING
            and EACH_RE.fullmatch(word)
            and _acts_by(view, 1)
        ):
            index, sure = 1, True  # “一户一案”|做好…
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


def _acts_by(view: ClauseView, index: int) -> bool:
    """Whether a deed begins at an index, with an adverb or with a verb that is no noun."""
    known = view.known[index]
    return view.is_adverb(index) or (known.acts and NOUNLIKE.isdisjoint(known.kinds))


def _behind_when(view: ClauseView, index: int) -> int:
    """The index behind the amount at an index if it tells when: 三年|内|招聘…; 0 for any other amount."""
    units, amount = view.units, view.texts[index]
    following = units[index + 1].text if index + 1 < view.size else ""
    if amount[-1] == "年" and following in SPANS:
        return index + 2
    return index + 1 if TIME_RE.search(amount) or TIME_RE.match(following) else 0
