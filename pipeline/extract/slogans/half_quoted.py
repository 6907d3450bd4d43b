"""Slogans of which only the head is quoted: 做到三个“务必”, 四个“强化”; not 三个“十条”, which counts papers of that name."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import Shape, classify, number_of
from pipeline.lazy_re import lazy_re

_HALF_RE = lazy_re(
    r"(?P<n>(?<![第一二三四五六七八九十\d])(?:[两三四五六七八九十]|[2-9](?=个)))(?P<measure>个?)[“‘](?P<head>[\u4e00-\u9fff]{1,4})[”’]"
)
# what is done with principles, and not with things of that name: 做到三个“不放过”, but 建成三个“示范村”
_HELD_RE = lazy_re(
    r"(?:做到|坚持|突出|牢记|把握|把好|严守|践行|确保|实现|强化|增强|坚定|树立|遵循|注重|聚焦|紧扣|围绕|贯彻|落实好?|按照|达到)了?(?:好|以下|下列)?$"
)
_PRINCIPLES = ("原则", "方针", "要求", "标准", "目标", "思路", "工作法")  # 四个“不放过”原则
_REACH = 1200  # characters behind it in which the head comes again, once for each
_NEAR = 150  # where the head is one character: 四个“最”
_MOST_BEFORE = 8


def find_half_quoted(text: str) -> Iterator[Candidate]:
    """Yield the slogans of a text whose head alone is quoted: principles held to, or spelled out head by head behind them.

    Of those that are not held to the members have to be found; they count as not quoted.

    >>> text = "做到三个“务必”：务必高度重视；务必搞好自查；务必搞好排查。建成三个“示范村”。"
    >>> [candidate.wording for candidate in find_half_quoted(text)]
    ['三个务必']
    """
    for match in _HALF_RE.finditer(text):
        start, end = match.span()
        head = match["head"]
        number = int(match["n"]) if match["n"].isdecimal() else number_of(match["n"])
        wording = match["n"] + match["measure"] + head
        shape = classify(wording)
        if shape is None or number is None:
            continue
        names_principles = match["measure"] != "" and len(head) > 1
        is_held = names_principles and (
            text.startswith(_PRINCIPLES, end)
            or _HELD_RE.search(text, max(0, start - _MOST_BEFORE), start) is not None
        )
        reach = _REACH if head[1:] else _NEAR
        if is_held or text.count(head, end, end + reach) >= number:
            yield Candidate(start, end, Shape("enumerated", number), is_quoted=is_held, wording=wording)
