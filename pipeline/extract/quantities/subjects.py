"""Amounts named by the subject of the clause before: 〔民生支出〕只增不减，同比增长1.5个百分点, 〔高新技术企业〕不断壮大，达到35家."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.front import change_of
from pipeline.extract.quantities.governing import words_before
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.words import word_list, words_between
from pipeline.lazy_re import lazy_re

# 〔按不变价格计算〕，〔扣除价格因素〕，增长5.7%: how it was worked out
_AS_PRICED_RE = lazy_re(
    r"(?:按照?|以|若?扣除|剔除|考虑)[^，。；]{0,8}(?:价格?|因素|口径)(?:变动|上涨|变化)?(?:因素|影响)?后?(?:计算|核算)?"
)
_PART_OF_RE = lazy_re(r"所占的?(?:比重|比例|份额)$")  # 总产值中〔现代工业所占的比重〕，
_LEVEL_KINDS = frozenset({"count", "people", "money", "share"})
_LED_TO_RE = lazy_re(
    r"(?:现已|目前已?|已|累计|总[数量]|预计|力争|全年){0,2}(?:达到?|突破|超过?|增加?[到至]|[发扩提攀跃][展大高升]?[到至])"
)
_GROWN_RE = lazy_re(
    r"(?P<what>[^，。；：、]{2,20}?)(?:总量|数量|规模|队伍)?"
    r"(?:(?:持续|稳步|不断|快速|大幅|逐年|进一步|平稳|稳定|明显|显著|实现){1,2}(?:壮大|增加|增长|提高|提升|扩大|攀升|上升|发展|增多|扩容|跃升|新?突破)"
    r"|(?:超额|圆满|全面|顺利|提前){1,2}完成(?:年度|全年|[省市县]定)?(?:任务|目标)?)"
)
_LONGEST_TOPIC = 16
_SHORTEST_SUBJECT = 3
_NOMINAL = "nbjasleg"  # of a tag: what a noun phrase is made of
_APART_OF_A_RATE = "pcxd"  # 农民工工资|支付|率
_RATE_END_RE = lazy_re(r"(?:率|比重|占比|比例|强度)$")
_APART = "vpcx"  # of a tag: verbs, prepositions, conjunctions and marks end a noun phrase


def clause_before(clause: Clause, carried: Carried, marks: str, reach: int) -> int | None:
    """Return where the clause before this one's comma begins; None without a comma or when it holds an amount."""
    comma = clause.start - 1 - clause.offset
    if clause.line[comma : comma + 1] != "，":
        return None
    pause = max(clause.line.rfind(mark, max(0, comma - reach), comma) for mark in marks)
    start = clause.offset + pause + 1
    return None if carried.last is not None and carried.end > start else start


def _behind_a_class(clause: Clause, carried: Carried) -> int | None:
    """Return where the topic begins behind the bound of a class: 单户金额500万元以上的〔再担保业务收费〕，不高于0.5%."""
    is_told = clause.words.text[carried.end] == "的" and clause.words.text[clause.start - 1] == "，"
    return carried.end + 1 if is_told and 2 < clause.start - carried.end < _LONGEST_TOPIC else None


def subject_before(
    clause: Clause, group: list[Found], carried: Carried, change: str | None, *, is_topic: bool = False
) -> Naming | None:
    """Name an amount by the measured subject of the clause before: 〔民生支出〕只增不减，同比增长1.5个百分点.

    With `is_topic` that clause must hold nothing but the subject.
    """
    kind = group[0].kind
    if kind in ("times", "time") or (kind in ("people", "count") and not change):
        return None
    start = clause_before(clause, carried, "，；。：、", 40)
    if start is None and not is_topic and carried.end < clause.start - 1:
        start = _behind_a_class(clause, carried)
    comma = clause.start - 1
    if start is None or _AS_PRICED_RE.fullmatch(clause.words.text, start, comma):
        return None
    words = words_between(clause.words, start, comma)
    heads = [
        at + len(word)
        for at, word, _ in words
        if word == "率" or (len(word) > 1 and word.endswith(word_list("measure_heads")))
    ]
    if not heads:
        return None
    end = heads[0]
    is_topic_alone = not any(at >= end and tag[0] in _APART for at, _, tag in words)
    if heads[-1] == comma and (is_topic_alone or _PART_OF_RE.search(clause.words.text, start, comma)):
        end = comma  # 规模以上工业增加值: nothing but the topic stands before the comma
    elif is_topic or kind in ("people", "count"):
        return None
    for head in heads[1:]:  # 生产总值和财政收入, 常住人口城镇化率
        is_joined = clause.words.text[end : end + 1] in ("、", "和", "及", "与") and head - end < 16
        apart = _APART_OF_A_RATE if _RATE_END_RE.search(clause.words.text, start, head) else _APART
        if head > end and (
            is_joined or not any(end <= at < head - 1 and tag[0] in apart for at, _, tag in words)
        ):
            end = head
    before = words_before(clause.words, clause.line, clause.offset, start, end)
    name = clause.words.text[before.start : before.end]
    if len(name) < _SHORTEST_SUBJECT:
        return None
    names = split_names(name, len(group)) if len(group) > 1 else (name,)
    return Naming(names, before.start, group[-1].end)


def grown_subject(
    clause: Clause, group: list[Found], carried: Carried, *, is_base: bool = False
) -> Naming | None:
    """Name a level by what the clause before says has grown: 〔高新技术企业〕不断壮大，达到35家."""
    if group[0].kind not in _LEVEL_KINDS or len(group) > 1:
        return None
    first, raw = group[0], clause.blanked(clause.left, group[0].start)
    if not is_base and not (_LED_TO_RE.fullmatch(raw) if raw else first.start < first.number):
        return None
    start = clause_before(clause, carried, "，；。：、", 40)
    if start is None:
        return None
    grown = _GROWN_RE.fullmatch(clause.line, start - clause.offset, clause.start - 1 - clause.offset)
    if grown is None:
        return None
    end = clause.offset + grown.end("what")
    before = words_before(clause.words, clause.line, clause.offset, start, end)
    name = clause.words.text[before.start : before.end]
    return Naming((name,), before.start, group[-1].end) if len(name) > 1 else None


def told_subject(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name an amount by the noun phrase that the clause before tells something of: 〔高新技术企业〕不断壮大，由12家."""
    start = clause_before(clause, carried, "，；。：、", 40)
    if start is None:
        return None
    end = start
    for at, word, tag in words_between(clause.words, start, clause.start - 1):
        if (tag[0] not in _NOMINAL and tag != "vn") or change_of(word[-2:]):
            break
        end = at + len(word)
    if end - start < _SHORTEST_SUBJECT or end == clause.start - 1:
        return None
    before = words_before(clause.words, clause.line, clause.offset, start, end)
    name = clause.words.text[before.start : before.end]
    return Naming((name,), before.start, group[-1].end) if len(name) >= _SHORTEST_SUBJECT else None
