"""Members that say the slogan's head again: 三个一批 … 校园招聘引进一批、公开考试招录一批, 四个聚焦 … 一、聚焦责任落实."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.slogans.counts import head_of
from pipeline.extract.slogans.first_member import trim_first
from pipeline.extract.slogans.lists import tidy, without_lead
from pipeline.extract.slogans.words import one_of
from pipeline.lazy_re import lazy_re

_REACH = 400  # characters behind a slogan in which its members are looked for
_MOST = 12
_NAME = r"[^，。；：、“”‘’（）\n]"
_JOINT = r"(?:[、，；]|和(?![谐平睦美])|(?<![普以涉波顾危提])及)"
_VERB_RE = lazy_re(rf"{one_of('lead_verb', 'trim_verb')}|确保|力争|做到")


def sharing_head(text: str, end: int, label: str, head: str, expected: int | None) -> tuple[str, ...]:
    """Return the members behind a slogan, one after the other, that each end in its head or begin with it.

    >>> text = "“三个一批”拓宽渠道。通过“招聘引进一批、考试招录一批、定向储备一批”补充教师。"
    >>> sharing_head(text, 5, "三个一批", "一批", 3)
    ('招聘引进一批', '考试招录一批', '定向储备一批')
    """
    if expected is None or not 2 <= expected <= _MOST or len(head) < 2:
        return ()
    if text.count(head, end, end + _REACH) < expected:  # before a pattern is made of it
        return ()
    word, more = re.escape(head), expected - 1
    ends = rf"{_NAME}{{2,24}}{word}(?:{_JOINT}{_NAME}{{2,24}}{word}){{{more}}}(?!{_JOINT}{_NAME}{{2,24}}{word})(?![\u4e00-\u9fff]{{0,2}}[的化])"
    opening = f"(?:{_NAME}{{2}})?" if head[0] == "不" else ""  # 摘帽不摘责任、不摘政策
    begins = rf"(?:(?<![一-鿿])|(?<=坚持)|(?<=做到)|(?<=落实)|(?<=要)){opening}{word}{_NAME}{{2,20}}(?:{_JOINT}{opening}{word}{_NAME}{{2,20}}){{{more}}}(?=[。；，”\n])(?!{_JOINT}{word})"
    means = rf"(?<=[以用]){word}{_NAME}{{2,20}}(?:{_JOINT}{word}{_NAME}{{2,20}}?){{{more}}}(?=，|保障|确保|守护|守住|推动|促进)"
    for pattern in (ends, begins, means):
        found = re.search(pattern, text[end : end + _REACH])
        if found is None:
            continue
        members = [tidy(part) for part in re.split(rf"{_JOINT}(?={_NAME}{{0,26}}{word})", found[0])]
        if len(members) == expected and not any(label in member for member in members):
            return tuple(trim_first(_without_verb(members)))
    return ()


def _without_verb(members: list[str]) -> list[str]:
    """Free the first member of a verb that governs all: 〔坚持〕职称评聘向乡村倾斜、绩效分配向一线倾斜."""
    verbs = [_VERB_RE.match(member) for member in members]
    first = verbs[0]
    if first is None:
        return members
    if all(verb and verb[0] == first[0] for verb in verbs):
        return [member[first.end() :] or member for member in members]  # 确保…只增不减、确保…只增不减
    return members if any(verbs[1:]) else [members[0][first.end() :] or members[0], *members[1:]]


_MOST_OPENING, _MOST_OF_KIND = 12, 10  # signs before the list, and of each of its members with its joint
_KIND_VERB = r"(?:实现|推进|推动|落实|明确|压实|夯实|发挥|健全|建立|由|当好|争当|争做|发扬|弘扬|[将把][\u4e00-\u9fff]{2,8}到)?"


def of_one_kind(text: str, end: int, head: str, expected: int | None) -> tuple[str, ...]:
    """Return the members that end in the one sign a slogan counts: “六长”责任制，落实县长、校长、师长…责任.

    >>> of_one_kind("“三长”责任制，落实县长、镇长、校长责任。", 3, "长", 3)
    ('县长', '镇长', '校长')
    """
    head = head[:1] if head[1:] == "制" else head  # 五长制: 街长、路长、…
    if expected is None or not 3 <= expected <= _MOST or not head or head[1:]:
        return ()
    if text.count(head, end, end + _MOST_OPENING + _MOST_OF_KIND * expected) < expected:
        return ()
    word, more = re.escape(head), expected - 1
    listed = re.compile(
        rf"[”’」]?[\u4e00-\u9fff]{{0,8}}，{_KIND_VERB}(?P<list>(?:{_NAME}{{1,8}}?{word}、){{{more - 1}}}{_NAME}{{1,8}}?{word}[、和及]{_NAME}{{1,8}}?{word})"
    ).match(text, end)
    return tuple(trim_first(re.split("[、和及]", listed["list"]))) if listed else ()


def in_headings(headings: Sequence[str], label: str, expected: int | None) -> tuple[str, ...]:
    """Return the members that the headings of a paper give, each beginning or ending with the head: 一、聚焦责任落实，健全推进机制.

    `headings` are those behind the slogan, without their marks.

    >>> in_headings(["聚焦责任落实，健全机制", "聚焦资源配置", "其他"], "两个聚焦", 2)
    ('聚焦责任落实', '聚焦资源配置')
    """
    head = head_of(label)
    if expected is None or expected < 2 or not head or (len(head) == 1 and expected < 3):
        return ()
    if "\n".join(headings).count(head) < expected:
        return ()
    clauses = [re.split("[，；。： ]", heading, maxsplit=1)[0] for heading in headings]
    named = [c for c in clauses if c.startswith(head) and len(c) > len(head) + 1]
    if len(named) == expected:
        return tuple(named)
    named = [c for c in clauses if len(head) > 1 and c.endswith(head) and len(c) > len(head) + 1]
    return tuple(map(without_lead, named)) if len(named) == expected else ()
