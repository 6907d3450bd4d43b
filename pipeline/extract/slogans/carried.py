"""Members that carry the slogan's own sign in the clauses behind it: 三敢 … 敢想、敢闯、敢干; 五心 … 以热心听诉求、细心查问题."""

from __future__ import annotations

import re

from pipeline.extract.slogans.counts import head_of
from pipeline.extract.slogans.groups import counted_heads
from pipeline.extract.slogans.lists import is_noun_head, split_list, tidy
from pipeline.extract.slogans.words import known
from pipeline.lazy_re import lazy_re

_REACH = 160  # characters behind a slogan in which its members are looked for
_LONGEST, _LONGEST_AROUND = 12, 24  # characters in a member; in one that holds the sign in its middle
_LEAD_RE = lazy_re(
    r"[”’」』]?[\u4e00-\u9fff]{0,10}[，。：；]"
)  # ”行动， / ”精神，: what may stand before the members
_PHRASE_RE = lazy_re(r"[^、，；。：“”（）\n]+")
_PREFACE_RE = lazy_re(r"(?:以|要|即|做到|达到|实现|促进|推动|坚持|始终|突出|强化)(?=.{3})")
_DEEDS = frozenset("早稳保查敢先清促防控严")  # heads that do something
_LEVELS = ("省市县", "市县乡", "县乡村", "市县乡村", "省市县乡", "省市县乡村", "县乡村组", "区街居")


def phrases_behind(text: str, end: int) -> list[str]:
    """Return the phrases of the first sentence behind a slogan that holds some, in their order.

    >>> phrases_behind("“两查”。查进度，查质量。", 4)
    ['查进度', '查质量']
    """
    lead = _LEAD_RE.match(text, end)
    if lead is None:
        return []
    sentence = re.split(r"[。\n]", text[lead.end() : lead.end() + _REACH], maxsplit=1)[0]
    return _PHRASE_RE.findall(sentence)


def beginning_with_its_verbs(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return the phrases that begin with the verbs of a slogan, each verb as often as it is counted.

    >>> beginning_with_its_verbs("“三整治一提升”行动，整治停车、整治收费、整治摆摊，提升服务。", 7, "三整治一提升")
    ('整治停车', '整治收费', '整治摆摊', '提升服务')
    """
    if text.find(head_of(label)[:1], end, end + _REACH) < 0:
        return ()
    counted = counted_heads(label)
    if not counted or len(counted[0][1]) > 2 or counted[0][1] not in text[end : end + _REACH]:
        return ()
    total = sum(number for number, _ in counted)
    if total < 3 or any(len(head) > 2 for _, head in counted):
        return ()
    if label in known() and not (len(counted) == 1 and counted[0][1] in _DEEDS):
        return ()  # 三农 … 让农业更强、农民更富、农村更美, but 四早 … 早发现、早报告、早隔离、早治疗
    phrases = phrases_behind(text, end)
    heads = [head for number, head in counted for _ in range(number)]
    for at in range(min(len(phrases) - total, 3) + 1):
        members = phrases[at : at + total]
        first = members[0].rfind(heads[0])  # 组织干部〔进企业〕、进学校、进社区
        members[0] = members[0][first:] if first > 0 and total > 1 else members[0]
        fits = all(
            m.startswith(head) and len(head) < len(m) <= _LONGEST
            for m, head in zip(members, heads, strict=True)
        )
        runs_on = at + total < len(phrases) and phrases[at + total].startswith(heads[-1])
        if fits and not runs_on:
            return tuple(tidy(m) for m in members)
    return ()


def holding_its_sign(text: str, end: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Return the phrases that each hold the head of a slogan, as many as it counts: 线索必须核查，结果必须公开.

    >>> holding_its_sign("“三心”服务。以热心听诉求、细心查问题、耐心讲政策，每月走访。", 4, "三心", 3)
    ('热心听诉求', '细心查问题', '耐心讲政策')
    """
    head = head_of(label)
    if expected == 2:
        return _turning_round(text, end, head)
    if expected is None or not 3 <= expected <= 8 or not 1 <= len(head) <= 3:
        return ()
    if text.count(head, end, end + _REACH) < expected or label in known():
        return ()
    phrases = phrases_behind(text, end)
    holding = [head in phrase for phrase in phrases]
    if sum(holding) != expected or True not in holding:
        return ()
    at = holding.index(True)
    members = phrases[at : at + expected]
    if at > 1 or not all(holding[at : at + expected]):
        return ()
    members[0] = _PREFACE_RE.sub("", members[0], count=1)
    sign = members[1][0]
    if sign in members[0] and all(m[0] == sign for m in members[1:]):
        members[0] = members[0][members[0].index(sign) :]  # 〔让教师〕有爱心、有耐心
    longest = _LONGEST if len(head) == 1 else _LONGEST_AROUND
    places = {m.find(head) for m in members}
    if len(head) == 1 and len(places) > 1:
        return ()
    if not all(len(head) + 1 < len(m) <= longest for m in members):
        return ()
    if is_noun_head(head) and not any(m.startswith(head) for m in members):
        members = [m[: m.find(head) + len(head)] for m in members]  # 青蓝工程〔助力新教师成长〕
    return tuple(tidy(m) for m in members)


def _turning_round(text: str, end: int, head: str) -> tuple[str, ...]:
    """Return two phrases that do the same to two things: 把骨干教师培养成党员，把党员培养成骨干 of 双培养."""
    if len(head) < 2 or text.count(head, end, end + _REACH) < 2:
        return ()
    phrases = phrases_behind(text, end)
    members = [p for p in phrases if p[0] in "把将让" and 2 <= p.find(head) <= _LONGEST]
    if sum(phrase.count(head) for phrase in phrases) != 2:
        return ()
    if not members and (joined := next((p for p in phrases[:2] if p.count(head) == 2), None)):
        halves = split_list(joined, 2)  # 促进民营经济健康发展和民营经济人士健康成长
        fits = all(half.count(head) == 1 for half in halves)
        return (_PREFACE_RE.sub("", halves[0], count=1), halves[1]) if halves and fits else ()
    if len(members) != 2 or len({m[0] for m in members}) > 1:
        return ()
    return tuple(tidy(m) for m in members)


def levels_before(text: str, start: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Return the levels of government that a slogan of levels sums up: 县乡村“三级联动”.

    >>> levels_before("推动县乡村“三级联动”", 6, "三级联动", 3)
    ('县', '乡', '村')
    """
    if expected is None or label[1:2] != "级":
        return ()
    before = text[max(0, start - 7) : start].rstrip("“‘「『、")
    levels = next((run for run in _LEVELS if len(run) == expected and before.endswith(run)), "")
    return tuple(levels)
