"""Clauses that a comma parts and grammar does not: coordinated objects, long attributes."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import Clause, Piece, Unit, piece_of, unspaced
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon
from pipeline.lazy_re import lazy_re

VAGUE_RE = lazy_re(
    r"(?:一批|一支|一套|一系列|一大批|若干)(?P<attribute>[^的]{2,30})$"
)  # 培养一批思想境界高，…的干部
LISTED_RE = lazy_re(
    r"[^，的]{2,20}、[^，]{2,30}(?:及|和|以及|等)[^，]{2,20}$"
)  # 骨干团队、教师外出培训及大练兵活动
LIST_END_RE = lazy_re(r"[^，、的]{2,20}等(?:重点|重大)?(?:工程|项目|任务)")
ATTRIBUTE_RE = lazy_re(r"的[^的]{2,40}$")
# 成立由县长任组长，…为成员的领导小组
FOUNDED_RE = lazy_re(
    r"[^，]{0,20}?(?:建成|构建|形成|建立|打造|完善|健全|推动形成)以[^，]{2,40}为[^，的]{1,8}的?$|[^，]{0,20}?(?:成立|组建|设立|建立)(?:了|起)?[由以][^，]{2,60}(?:任|担任|为|组成|牵头|挂帅|负责)[^，的]{0,24}$"
)
GROUP_RE = lazy_re(
    r"的[^的，]{0,32}(?:体系|格局|机制|模式|网络|制度|平台|小组|专班|指挥部|委员会|办公室|机构|协调机制|联席会议(?:制度)?|[班组队])”?$"
)
MODAL_CLASSES = frozenset(["ability", "permitting", "obliging"])
ALSO_RE = lazy_re(
    r"(?:并|且|或者?|同时)[^，]{2,60}的(?:企业|单位|个人|机构|项目|学校|农户|家庭|人员|主体|产品)"
)
SHAPED_RE = lazy_re(r"^[^，的]{2,20}的[^，的]{0,6}(?:局面|格局|态势|氛围|合力|体系)$")
ESPECIALLY = frozenset(["特别是", "尤其是"])
MOST_PARTS = 6


def joined(pieces: list[Piece], words: Lexicon) -> list[Piece]:
    """Return the clauses of one sentence with those put together again that share one verb."""
    result: list[Piece] = []
    n, size = 0, len(pieces)
    while n < size:
        piece = pieces[n]
        last = n
        if piece.clause.mark == "，":
            text = unspaced(piece)
            if ("由" in text or "以" in text) and FOUNDED_RE.match(text):
                last = _named_in(pieces, n, GROUP_RE)
            elif piece.units and piece.units[-1].tag[:1] in "av" and VAGUE_RE.search(text):
                last = _named_in(pieces, n, ATTRIBUTE_RE, words)
            elif text[0] == "对" and n + 1 < size and _goes_on_of_whom(text, pieces[n + 1]):
                last = n + 1
            elif "形成" in text[:4] and n + 1 < size and SHAPED_RE.search(pieces[n + 1].text):
                last = n + 1  # 形成一级抓一级，层层抓落实的局面
            elif n + 1 < size and pieces[n + 1].text[:3] in ESPECIALLY:
                last = n + 1 if _goes_on_especially(piece, pieces[n + 1], words) else n
            else:
                last = _list_end(pieces, n, text, words)
        result.append(piece if last == n else _one(pieces[n : last + 1]))
        n = last + 1
    return result


def _goes_on_of_whom(text: str, following: Piece) -> bool:
    """Whether 对 goes on behind the comma with what else is true of those it names: 对完成任务，〔并获得奖补资金的企业〕, 给予…."""
    return (
        following.clause.mark == "，"
        and "的" not in text[-8:]
        and ALSO_RE.fullmatch(following.text) is not None
    )


def _goes_on_especially(piece: Piece, following: Piece, words: Lexicon) -> bool:
    """Whether what is named above all has the noun of both behind it: 加强重点车辆，〔特别是〕客运车辆的安全监管."""
    if "的" not in following.texts or "的" in piece.texts[-1:]:
        return False
    governs = any("nominal" in words.known.get(text, NOTHING).kinds for text in piece.texts[:-1])
    thing, noun = (words.known.get(one.texts[-1], NOTHING) for one in (piece, following))
    is_thing = thing.kinds.isdisjoint(NOUNLIKE) and "nominalizer" not in thing.classes
    is_deed = words.acts(following.texts[-1][-2:]) or "nominalizer" in noun.classes
    return (
        governs
        and is_thing
        and is_deed
        and not any(_plainly_acts([unit], words) for unit in following.units[1:])
    )


def _one(pieces: list[Piece]) -> Piece:
    clause, units = pieces[0].clause, pieces[0].units
    for piece in pieces[1:]:
        more = piece.units
        units = [*units, Unit("，", "x", units[-1].end, more[0].start), *more]
    end = pieces[-1].clause
    return piece_of(Clause(clause.start, end.end, end.mark, clause.sentence), units)


def _list_end(pieces: list[Piece], n: int, text: str, words: Lexicon) -> int:
    """The clause with which the list of objects begun in clause `n` ends, `n` when none goes on with it."""
    last = n
    while last + 1 < len(pieces) and last - n < MOST_PARTS and pieces[last].clause.mark == "，":
        if not _goes_on(text, pieces[last + 1], words) or (
            last == n and not _is_open(pieces[n].units, words)
        ):
            break
        last += 1
    return last


def _is_open(units: list[Unit], words: Lexicon) -> bool:
    """Whether a clause has a verb whose list of objects may go on: not 教育、卫生等工作|扎实|推进, which ends in its verb."""
    how = words.known.get(units[-2].text, NOTHING) if len(units) > 1 else NOTHING
    if "evaluation" in how.classes and words.acts(units[-1].text):
        return False
    for unit in units[:-1]:
        known = words.known.get(unit.text, NOTHING)
        if known.acts and "noun" not in known.kinds:
            return True
    return False


def _named_in(pieces: list[Piece], n: int, noun_re: re.Pattern[str], words: Lexicon | None = None) -> int:
    """The clause in which what clause `n` begins meets its noun (一批…的干部, 成立…的领导小组), `n` when there is none.

    With `words`, a clause that opens with a verb ends the search.
    """
    for k in range(n + 1, min(n + MOST_PARTS, len(pieces))):
        units = pieces[k].units
        if pieces[k - 1].clause.mark != "，" or not units or (words and _plainly_acts(units, words)):
            return n
        if noun_re.search(unspaced(pieces[k])):
            return k
    return n


def _acts_first(units: list[Unit], words: Lexicon) -> bool:
    """Whether a clause begins with its verb, adverbs before it or not: 落实…精神, 认真|落实…精神."""
    for unit in units:
        half = unit.text[2:] if len(unit.text) == 4 and unit.text not in words.known else ""
        if words.acts(unit.text) or words.acts(half):
            return True
        if "adverb" not in words.known.get(unit.text, NOTHING).classes:
            return False
    return False


def _plainly_acts(units: list[Unit], words: Lexicon) -> bool:
    """Whether a clause begins with a verb that is no noun: 推动建设…, not 创新思维敏捷的…."""
    known = words.known.get(units[0].text, NOTHING)
    return known.acts and known.kinds.isdisjoint(NOUNLIKE)


def _named_by_list(units: list[Unit]) -> int:
    """The index of the word before the 等 that ends a list, which names a thing whatever it is elsewhere: 泵站|更新|等工程."""
    return next((n - 1 for n in range(len(units) - 1, 0, -1) if units[n].text == "等"), len(units))


def _goes_on(text: str, piece: Piece, words: Lexicon) -> bool:
    """Whether a clause without verb of its own continues the list of objects before it."""
    units = piece.units
    if not units:
        return False
    following, head = unspaced(piece), units[-1].text
    # 完成管网改造，水厂扩建等工程
    ends_list = "等" in following[-5:] and LIST_END_RE.fullmatch(following) is not None
    same_head = len(head) >= 2 and text.endswith(head) and len(following) > len(head)
    if not (same_head or ends_list) and not ("、" in text and LISTED_RE.match(following)):
        return False
    if units[0].tag[:1] == "v" and units[0].text not in words.known and len(units) > 1:
        return False  # 谋划大项目，争跑|大项目
    means = "means" in words.known.get(units[0].text, NOTHING).classes
    if means or _acts_first(units, words) or units[0].text in ("并", "并且", "且"):
        return False
    for unit in units[: _named_by_list(units)] if ends_list else units:
        # jieba keeps 严厉打击 in one piece: its second half may be the verb
        known = words.known.get(unit.text[2:] if len(unit.text) == 4 else unit.text, NOTHING)
        if known.acts and known.kinds.isdisjoint(NOUNLIKE):
            return False
        if unit.tag in ("d", "ad", "p", "m") or unit.text in words.words["evaluation"]:
            return False
        if not MODAL_CLASSES.isdisjoint(known.classes):
            return False  # 国务院有关部门|可以|参照该标准
    return True
