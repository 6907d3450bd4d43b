"""The members of a slogan, where the text spells them out at or right behind that occurrence."""

from __future__ import annotations

import re

from pipeline.extract.slogans.before import listed_before
from pipeline.extract.slogans.carried import (
    beginning_with_its_verbs,
    holding_its_sign,
    levels_before,
)
from pipeline.extract.slogans.codes import counted_out
from pipeline.extract.slogans.counts import expected_members, head_of
from pipeline.extract.slogans.enumerations import enumerated_after
from pipeline.extract.slogans.explained import explained_behind
from pipeline.extract.slogans.first_member import trim_first
from pipeline.extract.slogans.further_on import (
    holding_one,
    joined_to_head,
    leading_in_quotes,
    led_by_head,
)
from pipeline.extract.slogans.groups import as_places, by_magnitudes, by_numbers, counted_heads
from pipeline.extract.slogans.lists import (
    is_noun_head,
    tidy,
    without_lead,
    without_shared_head,
)
from pipeline.extract.slogans.pairs import in_marked_pairs, in_pairs, in_turned_pairs
from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.sentences import by_lines, by_sentences, even_list
from pipeline.extract.slogans.shapes import number_of
from pipeline.extract.slogans.shared_head import of_one_kind, sharing_head
from pipeline.extract.slogans.tails import without_count, without_tail
from pipeline.extract.slogans.words import COUNTED_VERBS, LEAD_VERB_RE, one_of, word_class
from pipeline.lazy_re import lazy_re

_NEAR, _LISTED_BEFORE = (
    120,
    300,
)  # characters behind a slogan in which it may be said again; before it in which members may stand
_NOTE_MARK = 10  # characters that may stand before the term of a glossary: 【25】“
_TERM_TOLD_RE = lazy_re(r"[：\n]|即|指|就是")
_MOVES = ("增长", "增加", "提高", "提升", "上升", "下降", "减少", "压减", "突破", "翻番")
_FIGURE_RE = lazy_re(r"(?:达到?|完成|突破|为|增长|约|超过?)*\d[\d.]*(?:%|[万亿]?[元人吨亩]).*\Z", re.DOTALL)
_FIGURES = str.maketrans("零一二两三四五六七八九", "01223456789")  # of a code: 三二一, 1234
_DIGITS = frozenset("123456789")
_QUOTED_RE = lazy_re(r"“([^“”\n]{2,16})”")
_AS_PART_RE = lazy_re(
    rf"”(?P<noun>[\u4e00-\u9fff]{{2,4}}?)作为[^，；。\n]{{2,40}}，{one_of('lead_verb')}(?P<name>[^，；。\n]{{2,30}}?)(?P=noun)"
)  # ”建设作为…，实现“休闲食品聚集区”建设大突破
_ONE_BY_ONE_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,12}[：:，]?\s?(?:一是|一要|其一)")
_COUNT_BEHIND_RE = lazy_re(r"(?<=[^\d]{3})\d[\d.,]*[余多]?万?[名个家户所项件处人次座条]\Z")
_SHARED_LEAD_RE = lazy_re(r"(?:努力|全力|着力|加快|奋力)?(?:实现|推动|促进|确保|争取|力争)(?=.{4})")
_ASPECT_RE = lazy_re(r"在?([^，]{2,16})方面，.{2,}")


def _without_ordinals(members: tuple[str, ...], head: str) -> tuple[str, ...]:
    """Free 一问自己…；二问自己… of “四问” from the numerals that only count; a verb of one sign stays."""
    marks = [sign + head for sign in "一二三四五六七八九十"]
    if not head or len(members) > len(marks):
        return members
    if all(m.startswith(mark) and len(m) > len(mark) for m, mark in zip(members, marks, strict=False)):
        n_dropped = 1 if head in COUNTED_VERBS else 1 + len(head)
        return tuple(m[n_dropped:] for m in members)
    return members


def _without_figures(members: tuple[str, ...]) -> tuple[str, ...]:
    """Leave what grew, not by how much: “三个增长”：生产总值〔19.5亿元，增长15.6%〕；…."""
    named = tuple(_FIGURE_RE.sub("", member) for member in members)
    return named if all(len(n) > 1 and n != m for n, m in zip(named, members, strict=True)) else members


def _without_rest(members: tuple[str, ...]) -> tuple[str, ...]:
    """Return members, () where one is a verb alone: the slogan is its object, …、培育三类主体、〔完善〕四大体系."""
    is_rest = members and LEAD_VERB_RE.fullmatch(members[-1]) and all(len(m) > 2 for m in members[:-1])
    return () if is_rest else members


def _of_digits(text: str, end: int, label: str) -> tuple[str, ...]:
    """Members of a code of digits, one for each with its number in it: “1234”战略，即做优一个品牌、建好两大基地、…."""
    figures = label.translate(_FIGURES)
    if not figures.isdecimal() or not 3 <= len(label) <= 6:
        return ()
    members = explained_behind(text, end, label, "enumerated", len(label))
    told = [member.translate(_FIGURES) for member in members]
    named = [figure in member for figure, member in zip(figures, told, strict=False)]
    return members if len(members) == len(label) and all(named) else ()


def _of_quoted_before(text: str, start: int, label: str) -> tuple[str, ...]:
    """Members of a code of digits that are quoted right before it, each with its number: …“五整合”、…“四统一”、…“三健全”的“543”工作法."""
    begin = max(text.rfind(mark, max(0, start - _NEAR), start) for mark in "。；\n") + 1
    quoted = _QUOTED_RE.findall(text, max(begin, start - _NEAR), start)[-len(label) :]
    numbers = [number_of(each[0]) for each in quoted]
    return tuple(quoted) if numbers == [int(figure) for figure in label] else ()


def _as_part(text: str, start: int, end: int) -> tuple[str, ...]:
    """The one member of “一区” in 将“一区”建设作为…，实现“休闲食品聚集区”建设大突破: what stands before the same noun."""
    if text[max(0, start - 2) : start] not in ("将“", "把“"):
        return ()
    match = _AS_PART_RE.match(text, end)
    return (tidy(match["name"]),) if match else ()


def _by_sentences_or_clause(
    text: str, end: int, label: str, head: str, expected: int | None
) -> tuple[str, ...]:
    """Members that the sentences behind a slogan name, or the one list of the clause behind it."""
    core = head[:-2] if head[3:] and head[-2:] in word_class("slogan_noun") else ""
    return (
        by_sentences(text, end, head, expected)
        or (core and sharing_head(text, end, label, core, expected))  # 六大〔提升〕行动
        or ("，" in text[end : end + 2] and even_list(text, end, label, expected))
        or ()
    )


def _by_head(members: tuple[str, ...], head: str) -> tuple[str, ...]:
    """Leave of each member the one clause that holds the head: 打好蓝天保卫战〔，守护一片蓝〕; 〔…，做到〕不摘责任."""
    if "，" not in members[0]:
        return members
    if all(map(_ASPECT_RE.match, members)):
        return tuple(_ASPECT_RE.sub(r"\1", member) for member in members)  # 稳就业〔方面，新增就业5200人〕
    if len(head) < 2:
        return members
    named = [[c for c in member.split("，") if head in c] for member in members]
    if any(len(clauses) != 1 for clauses in named):
        return members
    return tuple(tidy(clause.removeprefix("做到")) for (clause,) in named)


def _named_by_head(members: tuple[str, ...], head: str) -> tuple[str, ...]:
    """Leave the name that ends in the head: 〔实施〕产业升级工程 where all have their verb; 人才链〔深度融合〕 of 三链."""
    if head[1:]:
        are_alike = members[-1][-1] == head[-1] and members[-1][0] == members[0][0]
        led = _SHARED_LEAD_RE.match(members[-1]) if are_alike else None
        if led and all(m.startswith(led[0]) and m.endswith(head) for m in members):
            return tuple(m[led.end() :] for m in members)  # 〔努力实现〕质量稳步提升
        if not LEAD_VERB_RE.match(members[-1]) or not is_noun_head(head):
            return members
        named = tuple(map(without_lead, members))
        is_led = all(m.endswith(head) and n != m and n != head for n, m in zip(named, members, strict=True))
        return named if is_led else members
    *others, last = members
    if head and others[1:] and all(m.endswith(head) for m in others) and head in last[1:]:
        return (*others, last[: last.rindex(head) + 1])
    return members


def _by_groups(members: tuple[str, ...], label: str) -> tuple[str, ...]:
    """Free the first and the last of each group of what governs it: 不愁吃、不愁穿，〔保障〕义务教育、基本医疗、…."""
    counted = counted_heads(label)
    if sum(number for number, _ in counted) != len(members):
        return members
    if len(counted) == 2 and members[0][:1] == members[-2][:1] != members[1][:1] == members[-1][:1]:
        return members  # 深化…，提升…；深化…，提升…: in pairs
    named: list[str] = []
    for number, _ in counted:
        group = list(members[len(named) : len(named) + number])
        named += map(tidy, trim_first(without_tail(group))) if number > 2 else group
    return tuple(named)


def _belong_to_later(text: str, start: int, end: int, again: int, first: str) -> bool:
    """Whether members stand behind the next occurrence in the same line only: 落实“三个强化”，把〔“三个强化”（…）〕贯穿始终."""
    if _TERM_TOLD_RE.search(text, end, again) or text.find(first, end, again) >= 0:
        return False
    if text.rfind("\n", max(0, start - _NOTE_MARK), start) >= 0 or start < _NOTE_MARK:
        return False  # the term of a glossary is said again in its explanation
    return text.find(first, max(0, start - _LISTED_BEFORE), start) < 0


def members_of(text: str, candidate: Candidate) -> tuple[str, ...]:
    """Return the members in the order of the text, each as its short name; () where they are not spelled out.

    >>> from pipeline.extract.slogans.quoted import find_quoted
    >>> text = "“三名”培养项目（即名校长园长、名师、名班主任）"
    >>> members_of(text, find_quoted(text)[0])
    ('名校长园长', '名师', '名班主任')
    """
    start, end, shape = candidate.start, candidate.end, candidate.shape
    label = candidate.wording or text[start:end]
    expected = expected_members(label, shape.kind, shape.numeral)
    if shape.numeral == 1:
        return _as_part(text, start, end) or explained_behind(text, end, label, shape.kind, expected)
    head = head_of(label)
    is_name = label[0] == "双"
    members: tuple[str, ...] = ()
    if _ONE_BY_ONE_RE.match(text, end):  # “四个一”机制：一是…；二是…
        members = enumerated_after(text, end, expected, head, in_line=is_name)
    if not members and shape.kind == "compound" and text.find("以", end, end + 17) > 0:
        members = as_places(text, end, label)
    members = members or explained_behind(text, end, label, shape.kind, expected)
    if not members and is_name and shape.kind == "compound":
        members = explained_behind(text, end, label, "enumerated", 2)  # “双招双引”，即招商引资、招才引智
    if not members and shape.kind in ("enumerated", "compound"):
        members = (
            ((listed := listed_before(text, start, end, shape.kind, expected)) and _without_rest(listed))
            or enumerated_after(text, end, expected, head, in_line=is_name)
            or led_by_head(text, end, head, expected)
            or holding_one(text, end, label, expected)
            or (shape.kind == "enumerated" and sharing_head(text, end, label, head, expected))
            or (shape.kind == "enumerated" and of_one_kind(text, end, head, expected))
            or (shape.kind == "enumerated" and _by_sentences_or_clause(text, end, label, head, expected))
            or joined_to_head(text, end, head, expected)
            or (shape.kind == "enumerated" and by_lines(text, end, head, expected))
            or leading_in_quotes(text, end, head or label[-1:], expected)
            or in_pairs(text, end, label)
            or in_turned_pairs(text, end, label)
            or (shape.kind == "compound" and in_marked_pairs(text, end, label))
            or beginning_with_its_verbs(text, end, label)
            or holding_its_sign(text, end, label, expected)
            or levels_before(text, start, label, expected)
        )
    if not members and (
        shape.kind == "formula" or label[0] in "十百千万" or label[:2] in ("双百", "双千", "双万")
    ):
        members = (
            by_numbers(text, end, label) or by_magnitudes(text, end, label) or counted_out(text, end, label)
        )
        if not members and label[0] in "123一二三四五六":
            members = _of_digits(text, end, label)
        if not members and label[0] in _DIGITS and label.isdecimal():
            members = _of_quoted_before(text, start, label)
    if not members or any(label in member for member in members):
        return ()  # sections of a paper on “双减”, the first of which says 双减 again
    if (again := text.find(label, end, end + _NEAR)) > 0 and _belong_to_later(
        text, start, end, again, members[0]
    ):
        return ()
    members = _without_ordinals(members, head)
    if members[-1][-1] in "个处件起宗项":
        members = without_count(members)
    if members[-1][-1] in "名个家户所项件处人次座条" and all(map(_COUNT_BEHIND_RE.search, members)):
        members = tuple(_COUNT_BEHIND_RE.sub("", m) for m in members)  # 优秀共产党员〔45名〕
    if label.endswith(_MOVES):
        members = _without_figures(members)
    if shape.kind == "enumerated":
        return without_shared_head(_named_by_head(_by_head(members, head), head), label, head)
    return _by_groups(members, label) if shape.kind == "compound" else members
