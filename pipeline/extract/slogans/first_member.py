"""The first member of a list, freed of the words that govern the whole list: 建立|行政视导、教育督导."""

from __future__ import annotations

import functools
import re

from pipeline.extract.slogans.words import MEANING, action_verbs, one_of, word_class
from pipeline.lazy_re import lazy_re

SURE_VERB = 4  # characters of a verb that names no member: 重点发展索具, but 发展环境

_INNER_VERB_RE = lazy_re(one_of("lead_verb", "list_verb"))
_FRAME_RE = lazy_re(
    r"(?:[^、]{0,8}上(?:达到|完成|实现)+|[^、]{0,10}要(?=提高|增强|做到|坚持))(?=.{2})"
    r"|(?:分别|各)?(?:确定|明确|指定|安排|选派|抽调)(?:[一两二三四五六七八九十]{1,2}|\d{1,3})[名个位](?=.{2})"
    r"|(?:圆满|全面|成功)?(?:明确|提出|取得|形成|实施|开展|完成)了(?=.{3})"
    r"|争?[做当]好?(?=[^、]{2,12}的(?:表率|模范|标兵|先锋|榜样|排头兵|领头雁|主力军|践行者|守护者))"
    r"|[^、，每]{0,8}每[年月季周日天](?=[^、\d]{2})"
    r"|从(?=[^、]{4})|(?:年内|力争)(?=.{2})|由(?=.{3})|对(?![象口外策标照比接待应])(?:全面)?(?:推行|实行|落实)?(?=.{3})|在(?![于岗职线校编建读地内]|[^、]{1,8}[中上下时前后])(?=.{2})|即(?=.{2})"
)
_GOVERNING_RE = lazy_re(one_of("lead_verb", "trim_verb", "list_verb"))
# verbs that bring in a list, and never belong to its first member
_TAKEN_RE = lazy_re(r"(?:采取|采用|按照|通过|围绕|运用)(?=.{2})")
# verbs that modify no noun, so that a first member of even length too is freed of them: 完善|社区, but 发展环境
_NO_MODIFIERS = word_class("bringing_verb")
# what things are like is said of each in a clause of its own length: 审批事项多、环节多
_STATE_RE = lazy_re(r"(?:[多难慢差乱弱]|(?<!减)少|(?<!提)高|(?<![降减])低)$")
_ITS_RE = lazy_re(r"\A其(?![他它余中次实])(?=.{2})")  # 保障〔其〕义务教育
_GLUED = ("因公", "办公")  # 因公出国费、公务用车费: the common 公 begins no member
_COPULA_RE = lazy_re(
    rf"\A.{{0,30}}(?:是|为|即|包括|围绕|涵盖|涉及|{MEANING}|有(?![效序力关利机助])|以(?!.{{1,8}}为))(?=.{{2}})"
)


@functools.cache
def _actions() -> tuple[frozenset[str], tuple[int, ...]]:
    """Return the verbs that an action begins with, and their lengths, the longest first."""
    verbs = word_class("lead_verb") | word_class("nominal_verb") | word_class("trim_verb") | action_verbs()
    actions = verbs - word_class("adverb")
    return actions, tuple(sorted(set(map(len, actions)), reverse=True))


def _is_action(part: str) -> bool:
    """Say whether a member begins with a verb of its own that has an object: 落实责任、明确任务."""
    actions, lengths = _actions()
    for length in lengths:
        if part[:length] in actions:
            return len(part) >= length + 2
    return False


def trim_first(parts: list[str]) -> list[str]:
    """Free the first member of the words that govern the whole list.

    >>> trim_first(["建立行政视导", "教育督导", "教研指导"])
    ['行政视导', '教育督导', '教研指导']
    >>> trim_first(["形成一体化管理", "一体化教学", "一体化教研"])[0]
    '一体化管理'
    """
    first, rest = parts[0], parts[1:]
    if not rest:
        return parts
    if (alike := _beginning_alike(first, rest)) is not None:
        return [alike, *rest]
    longest = max(len(p) for p in rest)
    if (
        len(first) > longest
        and (copula := _COPULA_RE.match(first))
        and not all("为" in p[1:] for p in rest)  # 以学校为主体、家庭为基础、社会为依托
    ):
        first = first[copula.end() :]
    for own_re in (_FRAME_RE, _TAKEN_RE):
        first = _without_own(own_re, first, rest)
    are_actions = 2 * sum(map(_is_action, rest)) >= len(rest)
    if not are_actions:
        first = _without_governing(first, rest, are_even=_are_even(parts))
    first = _without_own(_FRAME_RE, first, rest)
    are_states = all(map(_STATE_RE.search, parts))
    if len(first) > longest + 1 and not are_actions and not are_states:
        first = _behind_verb(first, min(map(len, rest)), longest)
    if "的" in first and len(first) > 2 * longest and not any("的" in p for p in rest):
        first = first[first.rindex("的") + 1 :] or first  # 财政支出安排的出国费、购置费、接待费
    first = first.lstrip("：，、 了着")
    if first[:1] == "其":
        first = _ITS_RE.sub("", first)
    return [_as_long(first, rest) if len(rest) > 1 and not are_states else first, *rest]


def _beginning_alike(first: str, rest: list[str]) -> str | None:
    """Return the first member from where it begins as all others do: 形成|一体化管理、一体化教学; None where they differ."""
    for size in (3, 2, 1):
        prefix = rest[0][:size]
        if size == 1 and any(word in first for word in _GLUED):
            continue
        if not rest[1:] and len(first) == len(rest[0]):
            return None  # 产业生态化、生态产业化: a pair that turns its words round
        shared = sum(p.startswith(prefix) for p in rest)
        if shared == len(rest) and (size > 1 or len(rest) > 1) and prefix in first:
            at = first.find(prefix)
            if len(first) - at > max(map(len, rest)) + 2:
                at = first.rfind(prefix)
            return first[at:] if len(first) - at > size else first
    return None


def _without_own(own_re: re.Pattern[str], first: str, rest: list[str]) -> str:
    """Free the first member of a beginning that no other has: 采取|线上培训、线下实训."""
    own = own_re.match(first)
    return first[own.end() :] if own and not any(map(own_re.match, rest)) else first


def _without_governing(first: str, rest: list[str], *, are_even: bool) -> str:
    """Free the first member of the verbs that govern the list, not of its own: 完善|社区、社工, but 发展环境."""
    longest = max(map(len, rest))
    usual = sum(map(len, rest)) / len(rest)
    while verb := _GOVERNING_RE.match(first):
        left = len(first) - verb.end()
        is_even = len(first) <= longest and abs(left - usual) > abs(len(first) - usual)
        # 落实集体所有权、稳定农户承包权、放活土地经营权
        is_its_own = verb[0] not in _NO_MODIFIERS or are_even
        if left < 1 or (is_even and verb.end() < SURE_VERB and is_its_own):
            break
        first = first[verb.end() :]
    return first


def _as_long(first: str, rest: list[str]) -> str:
    """Return of a first member what is as long as the short others: 加强中小学学生|作业、睡眠、手机."""
    lengths = {len(p) for p in rest}
    longest = max(lengths)
    ends_alike = len({p[-2:] for p in (first, *rest)}) == 1
    if (
        len(lengths) == 1
        and len(first) > longest + 1
        and first[-longest] not in "及和与的"
        and "的" not in first[: -longest - 1]  # 宣传党的路线方针政策下基层 is no verb and a name
        and (longest <= 2 or (longest <= 4 and len(rest) >= 3) or (ends_alike and len(first) > longest + 2))
    ):
        first = first[-longest:]
    if longest <= 3 and len(first) > longest + 1 and len({p[-1] for p in (first, *rest)}) == 1:
        first = first[-min(lengths) :]  # 落实课堂教学备课、上课、听评课: one morpheme ends them all
    return first


def _are_even(parts: list[str]) -> bool:
    """Whether three or more members of verb and object are of one length."""
    return len(parts) > 2 and len(parts[0]) > SURE_VERB and len({len(part) for part in parts}) == 1


def _behind_verb(first: str, shortest: int, longest: int) -> str:
    """Return what stands behind the last verb inside of a first member that is as long as the others: 贫困户实施|改厨."""
    for verb in reversed([*_INNER_VERB_RE.finditer(first)]):
        if shortest <= len(first) - verb.end() <= longest:
            return first[verb.end() :]
    return first
