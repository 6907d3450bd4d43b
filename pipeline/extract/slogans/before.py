"""Members that stand before a slogan: “A、B、C”的“五位一体”, A、B和C等“三创建一提升一促进”, A和B（统称“两库”）."""

from __future__ import annotations

import re

from pipeline.extract.slogans.counts import head_of
from pipeline.extract.slogans.lists import shorter_list, split_list, trim_first
from pipeline.extract.slogans.shapes import classify
from pipeline.extract.slogans.words import known, one_of

_BEFORE_RE = re.compile(r"(?:[“‘「『（(]|（?(?:以下)?(?:简|统|合)称)*\Z")
_OPENING = frozenset("“‘「『（(称")
_SHORT_FOR_RE = re.compile(r"(?:简|统|合)称[“‘「『]?\Z")
_LINK_RE = re.compile(r"(?:等|的|这|为主的|为内容的|为主要内容的|等方面的|相结合的|为一体的)\Z")
_ADJACENT_RE = re.compile(r"[“‘「『](?P<slogan>[^“”‘’「」『』\n]{2,16})[”’」』]的?\Z")
_QUOTED_LIST_RE = re.compile(r"[“‘「『](?P<list>[^“”‘’「」『』\n]{3,120}、[^“”‘’「」『』\n]{1,40})[”’」』]\Z")
_QUOTED_RUN_RE = re.compile(r"(?:[“‘「『][^“”‘’「」『』\n]{1,30}[”’」』][、和及]?){2,12}\Z")
_CLAUSE_EDGE_RE = re.compile(r"[，：（）\[\]]|》(?=[对的，等])")
_SIGNS_RE = re.compile(r"[“‘「](?P<signs>[\u4e00-\u9fff]{3,6})[”’」]\Z")
_FOREIGN_RE = re.compile(r"关于|有关|部门\Z|单位\Z")  # 落实省、市关于新“双三十”要求
_VERB_END_RE = re.compile(
    rf"[、”，和](?:抓住|{one_of('lead_verb', 'trim_verb')})\Z"
)  # 把牢“一个必须”、抓住“三个关键”
_OUTCOME_RE = re.compile(r"(?:赢得|夺取|取得|实现)(?=.{3})")  # 赢得防控和发展“双胜利”
_JOINED_RE = re.compile(r"[、和及与]|”“")  # no list without one of these
_ITEM_END_RE = re.compile(
    r"\d|(?<![部零软硬构配])[个项条件名]\Z|(?:实现|持续|参与|融入|做到|落实|达到|的|为|和|与)\Z"
)
# 取得疫情防控和经济社会发展“双胜利”; 落实和完善“双创”政策 joins verbs
_NOUN_PAIR_RE = re.compile(r"[^、和及与]{4,20}[、和及与](?!其)[^、和及与]{4,14}")


def listed_before(text: str, start: int, end: int, kind: str, expected: int | None) -> tuple[str, ...]:
    """Members listed before the slogan: “A、B、C”的“五位一体”, A、B和C等“三创建一提升一促进”."""
    begin = max(text.rfind(mark, max(0, start - 300), start) for mark in "。！？\n；") + 1
    before = text[max(begin, start - 300) : start]
    is_short_for = bool(_SHORT_FOR_RE.search(before))
    if unmarked := _without_marks(before, expected):
        return unmarked
    if not is_short_for and not _JOINED_RE.search(before):
        return ()
    before = _bare(before)
    if before[-1:] in ("、", "和", "及", "与", "”", "’") and not _QUOTED_LIST_RE.search(before):
        adjacent = _ADJACENT_RE.search(before)
        if adjacent is None or not classify(adjacent["slogan"]):
            return ()  # “台湾独立”、“两个中国”: the slogan is one of a series, not the sum of it
        before = _bare(before[: adjacent.start()])
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
    if is_short_for and (alike := _ending_alike(clause, head_of(text[start:end]), expected)):
        return alike
    if (
        expected == 2
        and not is_short_for
        and ("“" in clause or text[start:end] in known() or not _NOUN_PAIR_RE.fullmatch(clause))
    ):
        return ()
    members = split_list(clause, expected)
    if not members and (linked != before or text[start - 1] in "“‘「『（("):
        members = shorter_list(clause, expected)
    if linked == before and _is_inside_last(members):
        return ()
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


def _bare(before: str) -> str:
    """Return what stands before a slogan without the quote or bracket that opens there, and without 简称."""
    return _BEFORE_RE.sub("", before) if before[-1:] in _OPENING else before


def _is_inside_last(members: tuple[str, ...]) -> bool:
    """Whether the slogan stands inside of the last conjunct: 水污染防治、大气污染防治和工业〔“三废”治理〕."""
    endings = {member[-2:] for member in members[:-1]}
    return (
        len(members) > 2 and len(endings) == 1 and members[-1][-2:] not in endings and len(members[-1]) <= 2
    )


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
