"""The members of a slogan, where the text spells them out at or right behind that occurrence."""

from __future__ import annotations

import re

from pipeline.errors import NotANumberError
from pipeline.extract.slogans.enumerations import enumerated_after
from pipeline.extract.slogans.explained import explained_behind
from pipeline.extract.slogans.groups import by_magnitudes, by_numbers
from pipeline.extract.slogans.lists import (
    shorter_list,
    split_list,
    tidy,
    trim_first,
    without_lead,
    without_shared_head,
)
from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import NUMERAL, classify, groups
from pipeline.extract.slogans.tails import without_tail
from pipeline.extract.slogans.words import known, one_of
from pipeline.numerals import chinese_digit

_BEFORE_RE = re.compile(r"(?:[“‘「『（(]|（?(?:以下)?(?:简|统|合)称)*\Z")
_SHORT_FOR_RE = re.compile(r"(?:简|统|合)称[“‘「『]?\Z")
_LINK_RE = re.compile(r"(?:等|的|这|为主的|为内容的|为主要内容的|等方面的|相结合的|为一体的)\Z")
_ADJACENT_RE = re.compile(r"[“‘「『](?P<slogan>[^“”‘’「」『』\n]{2,16})[”’」』]的?\Z")
_QUOTED_LIST_RE = re.compile(r"[“‘「『](?P<list>[^“”‘’「」『』\n]{3,120}、[^“”‘’「」『』\n]{1,40})[”’」』]\Z")
_QUOTED_RUN_RE = re.compile(r"(?:[“‘「『][^“”‘’「」『』\n]{1,30}[”’」』][、和及]?){2,12}\Z")
_STARTS_RE = re.compile(rf"\A(?P<number>{NUMERAL})(?:个|大|项|种|条)?")
_CLAUSE_EDGE_RE = re.compile(r"[，：（）\[\]]|》(?=[对的，等])")
_SIGNS_RE = re.compile(r"[“‘「](?P<signs>[\u4e00-\u9fff]{3,6})[”’」]\Z")
_FOREIGN_RE = re.compile(r"关于|有关|部门\Z|单位\Z")  # 落实省、市关于新“双三十”要求
_VERB_END_RE = re.compile(
    rf"[、”，和](?:抓住|{one_of('lead_verb', 'trim_verb')})\Z"
)  # 把牢“一个必须”、抓住“三个关键”
_OUTCOME_RE = re.compile(r"(?:赢得|夺取|取得|实现)(?=.{3})")  # 赢得防控和发展“双胜利”
_JOINED_RE = re.compile(r"[、和及与]|”“")  # no list without one of these
_SENTENCE_END_RE = re.compile(r"[。！？]")
_AS_PART_RE = re.compile(
    rf"”(?P<noun>[\u4e00-\u9fff]{{2,4}}?)作为[^，；。\n]{{2,40}}，{one_of('lead_verb')}(?P<name>[^，；。\n]{{2,30}}?)(?P=noun)"
)  # ”建设作为…，实现“休闲食品聚集区”建设大突破
_ONES_RE = re.compile(r"[三四五六七八九十]{1,2}个(?P<unit>一|百亿|百|千|亿|万)")
_PART_RE = re.compile(r"[“‘「『](一[^“”‘’「」『』\n、，]{1,6})[”’」』]")
_REACH = 700
_FAR = 6000  # characters in which paragraphs that open with the head are looked for
_STOP_RE = re.compile(r"[”’」』]?[\u4e00-\u9fff]{0,6}[：。:]")  # 讲讲“六个必须”。必须…；必须…
_COLON_RE = re.compile(r"[”’」』]?[\u4e00-\u9fff]{0,6}[：。:]\s{0,2}\n")


def expected_members(label: str, kind: str, numeral: int | None) -> int | None:
    """Return how many members a slogan should have: 4 for 四个强化, 5 for 三创建一提升一促进, None if unknown."""
    if kind == "enumerated":
        return numeral
    if kind == "compound":
        numerals = [match["number"] for g in groups(label) if (match := _STARTS_RE.match(g))]
    elif kind == "formula" and re.fullmatch(r"\d{1,2}(?:\+\d{1,2}){1,4}", label):
        numerals = label.split("+")
    else:
        return None
    try:
        return sum(map(chinese_digit, numerals))
    except NotANumberError:
        return None


_OPEN_NUMBER_RE = re.compile(r"多|N|双[两三四五六七八九十]")


def promised_members(label: str, kind: str, numeral: int | None, n_items: int = 0) -> int | None:
    """Return the number of members against which a list can be checked, None where the label promises none.

    >>> promised_members("三创建一提升一促进", "compound", None), promised_members("1+6+N", "formula", None)
    (5, None)

    A single 一 (一网通办) promises no list, nor does an open group (一城、两翼、多支点) or a code (5+2 is no seven).
    """
    if numeral == 1 or kind == "formula" or _OPEN_NUMBER_RE.search(label):
        return None
    expected = expected_members(label, kind, numeral)
    if kind == "compound" and expected and len({g[0] for g in groups(label)}) == 1:
        each = expected // len(groups(label))
        return each if n_items == each else expected  # 五抓五促: 抓党建促引领 and four more
    return expected


def _head(label: str) -> str:
    return _STARTS_RE.sub("", label, count=1)


_ITEM_END_RE = re.compile(r"\d|[个项条件名]\Z|(?:实现|持续|参与|融入|做到|落实|达到|的|为|和|与)\Z")
# 取得疫情防控和经济社会发展“双胜利”; 落实和完善“双创”政策 joins verbs
_NOUN_PAIR_RE = re.compile(r"[^、和及与]{4,20}[、和及与](?!其)[^、和及与]{4,14}")


def _in_front(text: str, start: int, end: int, kind: str, expected: int | None) -> tuple[str, ...]:
    """Members listed before the slogan: “A、B、C”的“五位一体”, A、B和C等“三创建一提升一促进”."""
    begin = max(text.rfind(mark, max(0, start - 300), start) for mark in "。！？\n；") + 1
    before = text[max(begin, start - 300) : start]
    is_short_for = bool(_SHORT_FOR_RE.search(before))
    if unmarked := _without_marks(before, expected):
        return unmarked
    if not is_short_for and not _JOINED_RE.search(before):
        return ()
    before = _BEFORE_RE.sub("", before)
    if before[-1:] in ("、", "和", "及", "与", "”", "’") and not _QUOTED_LIST_RE.search(before):
        adjacent = _ADJACENT_RE.search(before)
        if adjacent is None or not classify(adjacent["slogan"]):
            return ()  # “台湾独立”、“两个中国”: the slogan is one of a series, not the sum of it
        before = _BEFORE_RE.sub("", before[: adjacent.start()])
        if before[-1:] in ("、", "和", "及", "与"):
            return ()
    linked = _LINK_RE.sub("", before)
    if quoted := _QUOTED_LIST_RE.search(linked):
        return split_list(quoted["list"], expected)
    if run := _QUOTED_RUN_RE.search(linked):
        return split_list(run[0], expected)
    if expected is None or (kind == "compound" and text[start:end] in known()):
        return ()
    clause = _last_clause(linked)
    if _FOREIGN_RE.search(clause) or ("“" in clause and _VERB_END_RE.search(clause)):
        return ()
    if is_short_for and (alike := _ending_alike(clause, _head(text[start:end]), expected)):
        return alike
    if (
        expected == 2
        and not is_short_for
        and ("“" in clause or text[start:end] in known() or not _NOUN_PAIR_RE.fullmatch(clause))
    ):
        return ()
    members = split_list(clause, expected) or shorter_list(clause, expected)
    if members and (outcome := _OUTCOME_RE.match(members[0])) and len({m[:2] for m in members[:2]}) > 1:
        members = (members[0][outcome.end() :], *members[1:])
    shortest, longest = (min(map(len, members)), max(map(len, members))) if members else (0, 0)
    if (
        longest > 5 * shortest
        or (expected == 2 and shortest < 3)
        or (members and _ITEM_END_RE.search(members[-1]))
    ):
        return ()
    return members


def _without_marks(before: str, expected: int | None) -> tuple[str, ...]:
    """Members of one sign each, printed without marks between them: “德智体美劳”五育融合."""
    if expected is None or not 3 <= expected <= 6:
        return ()
    if (signs := _SIGNS_RE.search(before)) and len(signs["signs"]) == expected:
        return tuple(signs["signs"])
    return ()


def _last_clause(before: str) -> str:
    """Return what stands behind the last edge of a clause; a quotation inside of the clause is no edge."""
    clause = _CLAUSE_EDGE_RE.split(before)[-1]
    opened = clause.rfind("“")
    return clause[opened + 1 :] if opened > clause.rfind("”") else clause.rsplit("”“", 1)[-1]


def _ending_alike(clause: str, head: str, expected: int) -> tuple[str, ...]:
    """Members that end in the head of the slogan that stands for them: …名录库和…名录库（统称“两库”）."""
    parts = re.split(r"、|以及|[和及与](?=[^、和及与]{2,24}" + re.escape(head) + r"\Z)", clause)[-expected:]
    if len(parts) != expected or not all(p.endswith(head) and len(p) > len(head) for p in parts):
        return ()
    return tuple(trim_first([parts[0].rsplit("的", 1)[-1], *parts[1:]]))


def _ones(text: str, end: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Members of “五个一” or “十个百”: the clauses behind it that each hold the 一 or 百, or the “一区” … themselves."""
    match = _ONES_RE.fullmatch(label)
    if match is None or expected is None:
        return ()
    paragraph = text[end : end + _REACH].split("\n", 1)[0]
    if match["unit"] == "一":
        parts = tuple(dict.fromkeys(_PART_RE.findall(paragraph)))
        if len(parts) == expected:
            return parts
    for sentence in _SENTENCE_END_RE.split(paragraph)[:2]:
        for mark in "；，、":
            clauses = [c for c in sentence.split(mark) if match["unit"] in c.replace(label, "")]
            if len(clauses) != expected:
                continue
            if match["unit"] == "一":
                return tuple(_from_same_place([tidy(c) for c in clauses]))
            return tuple(without_lead(tidy(c)) for c in clauses)
    return ()


def _from_same_place(clauses: list[str]) -> list[str]:
    """Let the first clause begin as far before its 一 as the others do: 引导中小学生发现一位… → 发现一位…."""
    places = {c.find("一") for c in clauses[1:]}
    first = clauses[0].rfind("一") if len(places) > 1 else clauses[0].find("一")
    shift = first - max(places)
    return [clauses[0][shift:], *clauses[1:]] if shift > 0 else clauses


def _with_head(text: str, end: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Members that a later clause of the paragraph joins to the same head: 五项管理 … 作业、睡眠、手机、读物、体质管理."""
    head = _head(label)
    if expected is None or expected < 3 or len(head) < 2:
        return ()
    paragraph = text[end : end + 300].split("\n", 1)[0]
    if "、" not in paragraph:
        return ()
    listed = re.search(
        rf"(?:[^，。；：、“”（）]{{1,16}}、){{{expected - 1}}}[^，。；：、“”（）]{{1,8}}?{re.escape(head)}",
        paragraph,
    )
    if listed is None:
        return ()
    parts = listed[0].removesuffix(head).split("、")
    if not all(parts):
        return ()
    if all(part.endswith(head) for part in parts[:-1]):
        parts[-1] += head  # 创新保定、人才保定、文化保定
    return tuple(without_tail(trim_first(parts)))


def _led(text: str, end: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Members that open the paragraphs or sentences behind “六个强化”：, each with the head: 强化发展思维。…"""
    head = _head(label)
    if expected is None or len(head) < 2:
        return ()
    if stop := _STOP_RE.match(text, end):
        sentences = re.split(r"[；。，]", text[stop.end() : stop.end() + _REACH].split("\n", 1)[0])[:expected]
        if len(sentences) == expected and all(s.startswith(head) and len(s) <= 30 for s in sentences):
            return tuple(sentences)
    if not _COLON_RE.match(text, end):
        return ()
    lead_re = re.compile(rf"(?:(?<=[\n。])|(?<=\n——)){re.escape(head)}[^，。；：\n]{{2,16}}(?=[。：，\n])")
    leads = [m[0] for m in lead_re.finditer(text, end, end + _FAR)]
    return tuple(leads) if len(leads) == expected else ()


def _without_ordinals(members: tuple[str, ...], head: str) -> tuple[str, ...]:
    """Free 一问…；二问… of “四问” from the numerals that only count."""
    marks = [sign + head for sign in "一二三四五六七八九十"]
    if not head or len(members) > len(marks):
        return members
    if all(m.startswith(mark) and len(m) > len(mark) for m, mark in zip(members, marks, strict=False)):
        return tuple(m.removeprefix(mark) for m, mark in zip(members, marks, strict=False))
    return members


def _as_part(text: str, start: int, end: int) -> tuple[str, ...]:
    """The one member of “一区” in 将“一区”建设作为…，实现“休闲食品聚集区”建设大突破: what stands before the same noun."""
    if text[max(0, start - 2) : start] not in ("将“", "把“"):
        return ()
    match = _AS_PART_RE.match(text, end)
    return (tidy(match["name"]),) if match else ()


def members_of(text: str, candidate: Candidate) -> tuple[str, ...]:
    """Return the members in the order of the text, each as its short name; () where they are not spelled out.

    >>> from pipeline.extract.slogans.quoted import find_quoted
    >>> text = "“三名”培养项目（即名校长园长、名师、名班主任）"
    >>> members_of(text, find_quoted(text)[0])
    ('名校长园长', '名师', '名班主任')
    """
    start, end, shape = candidate.start, candidate.end, candidate.shape
    label = text[start:end]
    expected = expected_members(label, shape.kind, shape.numeral)
    if shape.numeral == 1:
        return _as_part(text, start, end) or explained_behind(text, end, label, shape.kind, expected)
    members = explained_behind(text, end, label, shape.kind, expected)
    if not members and shape.kind in ("enumerated", "compound"):
        members = (
            _in_front(text, start, end, shape.kind, expected)
            or enumerated_after(text, end, expected, _head(label))
            or _led(text, end, label, expected)
            or _ones(text, end, label, expected)
            or _with_head(text, end, label, expected)
        )
    if not members and shape.kind == "formula":
        members = by_numbers(text, end, label) or by_magnitudes(text, end, label)
    members = _without_ordinals(members, _head(label))
    if members and shape.kind == "enumerated":
        return without_shared_head(members, label, _head(label))
    return members
