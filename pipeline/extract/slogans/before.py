"""Members that stand before a slogan: “A、B、C”的“五位一体”, A、B和C等“三创建一提升一促进”, A和B（统称“两库”）."""

from __future__ import annotations

import re

from pipeline.extract.slogans.counts import head_of
from pipeline.extract.slogans.first_member import trim_first
from pipeline.extract.slogans.lists import shorter_list, split_list
from pipeline.extract.slogans.resumed import resumed
from pipeline.extract.slogans.shapes import classify
from pipeline.extract.slogans.words import known, one_of
from pipeline.lazy_re import lazy_re

_BEFORE_RE = lazy_re(r"(?:[“‘「『（(]|（?(?:以下)?(?:简|统|合)称)*\Z")
_OPENING = frozenset("“‘「『（(称")
_SHORT_FOR_RE = lazy_re(r"(?:简|统|合)称[“‘「『]?\Z")
_LINK_RE = lazy_re(r"(?:等|的|这|为主的|为内容的|为主要内容的|等方面的|相结合的|为一体的)\Z")
_ADJACENT_RE = lazy_re(r"[“‘「『](?P<slogan>[^“”‘’「」『』\n]{2,16})[”’」』]的?\Z")
_QUOTED_LIST_RE = lazy_re(r"[“‘「『](?P<list>[^“”‘’「」『』\n]{3,120}、[^“”‘’「」『』\n]{1,40})[”’」』]\Z")
_QUOTED_RUN_RE = lazy_re(r"(?:[“‘「『][^“”‘’「」『』\n]{1,30}[”’」』][、和及]?){2,12}\Z")
_CLAUSE_EDGE_RE = lazy_re(r"[，：（）\[\]]|》(?=[对的，等])")
_SIGNS_RE = lazy_re(r"(?<![”’」])[“‘「](?P<signs>[\u4e00-\u9fff]{3,6})[”’」]\Z")
_FOREIGN_RE = lazy_re(r"关于|有关|部门\Z|单位\Z")  # 落实省、市关于新“双三十”要求
_VERB_END_RE = lazy_re(
    rf"[、”，和](?:抓住|{one_of('lead_verb', 'trim_verb')})\Z"
)  # 把牢“一个必须”、抓住“三个关键”
_OUTCOME_RE = lazy_re(r"(?:赢得|夺取|取得|实现)(?=.{3})")  # 赢得防控和发展“双胜利”
_JOINED_RE = lazy_re(r"[、和及与]|”“")  # no list without one of these
_ITEM_END_RE = lazy_re(
    r"\d|(?<![部零软硬构配])[个项条件名]\Z|(?:实现|持续|参与|融入|做到|落实|达到|的|为|和|与)\Z"
)
# 取得疫情防控和经济社会发展“双胜利”; 落实和完善“双创”政策 joins verbs
_NOUN_PAIR_RE = lazy_re(r"[^、和及与]{4,20}[、和及与](?!其)[^、和及与]{4,14}")
_ALIKE_RE = lazy_re(
    r"(?P<first>[\u4e00-\u9fff]{2,6})[、和](?P<second>[\u4e00-\u9fff]{2,6})"
)  # 高血压、糖尿病〔“两病”〕
_BRANCH_LABEL_RE = lazy_re(r"两大[\u4e00-\u9fff]{0,2}(?:产业|产业链|集群|产业集群|板块|片区|园区|品牌)")
_TWO_RE = lazy_re(r"(?P<first>[^、和及与，]{2,14})、(?P<second>[^、和及与，]{2,10})\Z")
_BOTH_RE = lazy_re(r"(?P<first>[^、和及与，]{4,14})[、和及与](?P<second>[^、和及与，]{4,12})\Z")
# two of one length behind their verb: 守牢〔发展〕和〔生态〕两条底线
_EVEN_LABEL_RE = lazy_re(r"两(?:条|件|个|项|道|本)(?:底线|红线|主线|战线|防线|大事|要务|关键|战场|文章|账)")
_EVEN_RE = lazy_re(
    rf".*(?:{one_of('lead_verb', 'trim_verb', 'serving_verb', 'adverb')}|守住|守好|牢守)(?P<first>[\u4e00-\u9fff]{{2,6}})[、和及与](?P<second>[\u4e00-\u9fff]{{2,6}})\Z"
)
_OWN_RE = lazy_re(
    r"[“]?[\dNX]”?[指即是]|.*?(?:立足|依托|围绕|聚焦|做[强大优精]|壮大|培育|建设|打造|发展|形成|突出|巩固)(?:壮大|做强|发展)?(?:[我全本][县市区乡镇])?(?=.{2})|[我全本][县市区乡镇](?=.{2})"
)
_POSTS_RE = lazy_re(
    r"(?:由)?(?P<first>[^、和及与，由]{2,8})[、和](?P<second>[^、和及与，]{2,8})(?:共同)?(?:担?任|为|实现)[“‘]?\Z"
)  # 由县委书记、县长任〔双组长〕; 事故起数、死亡人数实现〔双下降〕


def listed_before(text: str, start: int, end: int, kind: str, expected: int | None) -> tuple[str, ...]:
    """Return the members listed before the slogan: “A、B、C”的“五位一体”, A、B和C等“三创建一提升一促进”; () where none are."""
    label = text[start:end]
    begin = max(text.rfind(mark, max(0, start - 300), start) for mark in "。！？\n；") + 1
    before = text[max(begin, start - 300) : start]
    is_short_for = bool(_SHORT_FOR_RE.search(before))
    if unmarked := _without_marks(before, expected):
        return unmarked
    is_resumed = kind == "enumerated" and "，" in before[-10:] and label[-2:] in before
    if is_resumed and (said := resumed(before, head_of(label), expected)):
        return said
    if not is_short_for and not _JOINED_RE.search(before):
        return ()
    alone = _without_neighbour(before, text[start - 1])
    if alone is None:
        return ()
    linked = _LINK_RE.sub("", alone)
    if quoted := _QUOTED_LIST_RE.search(linked):
        return split_list(quoted["list"], expected)
    if run := _QUOTED_RUN_RE.search(linked):
        return split_list(run[0], expected)
    if expected is None or (kind == "compound" and label in known()):
        return ()
    clause = _last_clause(linked)
    if _FOREIGN_RE.search(clause) or ("“" in clause and _VERB_END_RE.search(clause)):
        return ()
    if expected == 2 and (two := _two_before(clause, label)):
        return two
    if is_short_for and (alike := _ending_alike(clause, head_of(label), expected)):
        return alike
    is_pair = "“" not in clause and label not in known() and _NOUN_PAIR_RE.fullmatch(clause)
    if expected == 2 and not is_short_for and not is_pair:
        is_named = clause[-1:] == label[-1] and (linked != alone or text[start - 1] in _OPENING)
        both = _ALIKE_RE.fullmatch(clause) if is_named else None
        return (both["first"], both["second"]) if both and both["second"].endswith(head_of(label)) else ()
    members = split_list(clause, expected)
    if not members and (linked != alone or text[start - 1] in "“‘「『（("):
        members = shorter_list(clause, expected)
    return () if linked == alone and _is_inside_last(members) else _fitting(members, expected)


def _without_neighbour(before: str, sign: str) -> str | None:
    """What stands before a slogan and the one beside it, `sign` right before it; None where both are of a series: “台湾独立”、“两个中国”."""
    before = _bare(before)
    if before[-1:] not in ("、", "和", "及", "与", "”", "’") or _QUOTED_LIST_RE.search(before):
        return before
    adjacent = _ADJACENT_RE.search(before)
    if adjacent is not None and classify(adjacent["slogan"]):
        before = _bare(before[: adjacent.start()])
        return None if before[-1:] in ("、", "和", "及", "与") else before
    is_sum = before[-1] in "”’" and sign in "”’"  # “专递课堂”“名师课堂”两个课堂
    return before if is_sum else None


def _fitting(members: tuple[str, ...], expected: int) -> tuple[str, ...]:
    """Members without the outcome that governs them: 〔赢得〕防控和发展; () where their lengths or the last tell that they are none."""
    if not members:
        return ()
    if (outcome := _OUTCOME_RE.match(members[0])) and len({m[:2] for m in members[:2]}) > 1:
        members = (members[0][outcome.end() :], *members[1:])
    shortest, longest = min(map(len, members)), max(map(len, members))
    if longest > 5 * shortest or (expected == 2 and shortest < 3) or _ITEM_END_RE.search(members[-1]):
        return ()
    return members


def _bare(before: str) -> str:
    """Return what stands before a slogan without the quote or bracket that opens there, and without 简称."""
    return _BEFORE_RE.sub("", before) if before[-1:] in _OPENING else before


def _two_before(clause: str, label: str) -> tuple[str, ...]:
    """Two members before a label that sums up just such: 立足我县脐橙、油茶〔两大主导产业〕, 由书记、县长任〔双组长〕.

    双重 sums up two deeds, whatever joins them: 健全风险分级管控和隐患排查治理〔双重预防机制〕.
    """
    if label.startswith("双重"):
        both = _BOTH_RE.search(clause)
        return tuple(trim_first([both["first"], both["second"]])) if both else ()
    if label[0] == "双":
        posts = _POSTS_RE.search(clause)
        if posts and posts["second"].endswith("领导"):
            return ()  # 县委、县政府主要领导任双组长 names no post
        return (posts["first"].removeprefix("推动"), posts["second"]) if posts else ()
    if _EVEN_LABEL_RE.fullmatch(label):
        even = _EVEN_RE.match(clause)
        is_even = even is not None and len(even["first"]) == len(even["second"])
        return (even["first"], even["second"]) if even and is_even else ()
    two = _TWO_RE.search(clause) if _BRANCH_LABEL_RE.fullmatch(label) else None
    return (_OWN_RE.sub("", two["first"], count=1) or two["first"], two["second"]) if two else ()


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
