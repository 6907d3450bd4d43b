"""Amounts that stand side by side: 3.2%、4.6% are a group, and 2.7和2.4倍 share a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.refusals import is_inside_a_word
from pipeline.extract.quantities.words import whole_word
from pipeline.lazy_re import lazy_re
from pipeline.numerals import split_unit
from pipeline.tagged import TaggedText

_JOINT_RE = lazy_re(r"\s?(?:、|和|与|及|以及|，|或)\s?")
_INDEX_RE = lazy_re(
    r"(?:指数|系数|容积率|收入比|倍差|收入差距比)(?:分别)?(?:达到?|(?:最高|最低|均|仅)?为|[一-鿿]{0,2}[到至]|是|(?:由|从)[^，。；：\d]{0,8}(?:\d(?:\.\d{1,3})?[一-鿿]{0,4}[到至])?|应当?|必须|须|一般|原则上)?$"
)  # 空气质量综合指数5.94, 收入比由2.31缩小到2.22
_RATIO_MARKS = frozenset(":：∶")  # 收入比缩小至2.1:1 is read as a ratio
_LENT_BEHIND = frozenset({">=", "<=", "~"})
_OF_A_CLASS_RE = lazy_re(r"的?(?![和或及与等，])[一-鿿]")  # 收入达到10万元，50万元以上〔村〕占50%
_STEPS = 3  # amounts of a list that are steps, of which what is said of the last holds for all
_EACH_RE = lazy_re(r"分别[一-鿿]{0,8}$")


def groups_of(blanked: str, offset: int, amounts: list[Found], words: TaggedText) -> Iterator[list[Found]]:
    """Yield runs of amounts joined by nothing but 、 or 和: 3.2%、4.6%; 2.7和2.4倍 share one unit."""
    group: list[Found] = []
    for found in amounts:
        if group:
            last = group[-1]
            is_basis = blanked[last.start - offset - 1 : last.start - offset] == "每"  # 每500人不少于1名
            is_adjacent = (
                found.start == last.end and {found.kind, last.kind} <= {"people", "count"} and not is_basis
            )
            is_joined = (
                is_adjacent
                or _JOINT_RE.fullmatch(blanked, last.end - offset, found.start - offset) is not None
            )
            if found.kind == last.kind == "time" and found.amount.comparator != last.amount.comparator:
                is_joined = False  # 超过15个工作日或1年内: two bounds
            if is_joined and last.amount.unit and not group[1:] and _is_another_thing(words, last, found):
                is_joined = False  # 示范村10个、15个重点村
            is_list = blanked[last.end - offset] != "，" or (
                last.kind in ("share", "money") and not _OF_A_CLASS_RE.match(blanked, found.end - offset)
            )
            is_alike = is_adjacent or last.kind == found.kind or not last.amount.unit
            if is_joined and not is_alike:  # 分别提高到36%、40.4%和12.4平方米
                first = group[0].start - offset
                is_alike = "分别" in blanked[max(0, first - 8) : first] or (
                    last.amount.unit == "个" and found.kind == "points"  # 高于全省0.8个、0.3个百分点
                )
            if not (is_joined and is_list and is_alike):
                yield group
                group = []
        group.append(found)
    if group:
        yield group


def _is_another_thing(words: TaggedText, first: Found, second: Found) -> bool:
    """Say whether a noun stands right before an amount and another behind the one that follows it: 〔示范村〕10个、15个〔重点村〕."""
    if (
        first.kind not in ("count", "people")
        or (first.kind == "people" and first.amount.unit != second.amount.unit)  # 300户、1200人
        or first.end == second.start
        or not "一" <= words.text[second.end : second.end + 1] <= "鿿"
    ):
        return False
    before, behind = whole_word(words, first.start - 1), whole_word(words, second.end)
    return (
        before[2][0] == behind[2][0] == "n"
        and behind[0] == second.end
        and before[0] + len(before[1]) == first.start
    )


def with_units(group: list[Found], words: TaggedText) -> list[Found]:
    giver = group[-1]
    at = group[0].start
    if not giver.amount.unit and (
        words.text[giver.end : giver.end + 1] in _RATIO_MARKS
        or not _INDEX_RE.search(words.text, max(0, at - 24), at)
    ):
        return []
    if group[0] is giver:
        return [] if is_inside_a_word(words, giver) else group
    whole = [g for g in group if not is_inside_a_word(words, g)]
    first = whole[0] if len(whole) > 1 else giver
    if first is not giver and first.amount.comparator not in ("=", "range") and first.end == first.unit_end:
        whole = _all_compared(whole, first.amount.comparator)  # 分别突破70和50亿元: said of all
        giver = whole[-1]
    elif (
        first is not giver
        and giver.end > giver.unit_end
        and giver.amount.comparator in _LENT_BEHIND
        and (whole[_STEPS - 1 :] or _EACH_RE.search(words.text, max(0, at - 12), at))
    ):  # 300万、500万、1000万美元以上 are steps
        whole = _all_compared(whole, giver.amount.comparator)  # 分别增长7%、8%左右: said of all too
        giver = whole[-1]
    is_of_points = giver.kind == "points"
    return [
        g
        if (g.amount.unit.strip("万亿") and not (is_of_points and g.amount.unit == "个")) or g is giver
        else replace(
            g, amount=replace(g.amount, unit=_lent(g.amount.unit, giver.amount.unit)), kind=giver.kind
        )
        for g in whole
    ]


def _all_compared(group: list[Found], comparator: str) -> list[Found]:
    """Return amounts of which those with no word of comparison of their own have the given one."""
    return [
        replace(g, amount=replace(g.amount, comparator=comparator)) if g.amount.comparator == "=" else g
        for g in group
    ]


def _lent(magnitude: str, unit: str) -> str:
    """Return the unit a number takes from the last of its list: 2.7和2.4〔倍〕, 10.6万、3.8〔万〕平方公里, 0.6个和1.2〔个百分点〕."""
    return magnitude + split_unit(unit)[1] if magnitude and magnitude != "个" else unit
