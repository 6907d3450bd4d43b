"""Members of a code, each with its number in it: 1+5+N … 1个市级平台、5个行业平台和N个企业级平台; 1530 … 1分钟、5分钟、30分钟."""

from __future__ import annotations

import re

from pipeline.extract.slogans.lists import LONGEST_MEMBER, tidy
from pipeline.extract.slogans.shapes import number_of
from pipeline.lazy_re import lazy_re

_MEANING_RE = lazy_re(
    r"[”’」』]?[\u4e00-\u9fff]{0,12}(?:[，,（(]?(?:即|就是|是指|包括|分别是|其中)[：:，]?|[：:（(]即?|，(?=[1-9NX]))(?P<list>[^。；\n（）]{6,200})"
)
_JOINT_RE = lazy_re(
    r"[、，；]|[+＋](?=(?:\d{1,3}|[NX])[个项名支套张条类家])|(?:联系|结对|帮扶|帮带|带动|包联|服务|培养|带领|带教|指导|辐射){1,2}(?=\d|[一二两三四五六七八九十]|若干|N)|[和及与](?=\d|[一二两三四五六七八九十]|若干|多[个家名]|N)"
)
_NUMBER_RE = lazy_re(r"\d+|[一二两三四五六七八九十]{1,3}|若干|多(?=[个家名项])|[NX]")
_OPEN = frozenset({"若干", "多", "N", "X", "n", "x"})
_TAIL_RE = lazy_re(
    r"(?<=.{4})(?:共同)?(?:组成|构成|联动|协同)[^、，]{0,12}\Z|(?<=.{4})(?:对[^、，]{2,8})?进行[^、，]{2,8}\Z"
)


def _value(sign: str) -> str:
    """Return a number as its code has it: 两 -> 2, 若干 -> N."""
    if sign in _OPEN:
        return "N"
    value = int(sign) if sign.isdecimal() else number_of(sign)
    return "" if value is None else str(value)


def _wanted(label: str) -> list[str]:
    """Return the numbers of a sum: 1+5+N -> 1, 5, N; [] for words and for a lone code."""
    signs = re.split(r"[+＋加]", label)
    return [_value(s) for s in signs] if len(signs) > 1 and all(_value(s) for s in signs) else []


def counted_out(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return the members behind a code that count out its numbers in their order; () unless all of them do.

    >>> counted_out("“1+5+N”体系，即1个综合平台、5个行业平台和N个企业平台。", 6, "1+5+N")
    ('1个综合平台', '5个行业平台', 'N个企业平台')
    >>> counted_out("“1530”制度，即每天1分钟、每周5分钟、节假日30分钟。", 5, "1530")
    ('每天1分钟', '每周5分钟', '节假日30分钟')
    """
    meaning = _MEANING_RE.match(text, end)
    if meaning is None:
        return ()
    parts = [p for p in _JOINT_RE.split(meaning["list"]) if p]
    numbers = [(_NUMBER_RE.findall(p) or [""]) for p in parts]
    if label.isdecimal():
        return _spelling(parts, [n[-1] for n in numbers], label) or _spelling(
            parts, [n[0] for n in numbers], label
        )  # 10年创一流
    wanted = _wanted(label)
    if len(wanted) < 2:
        return ()
    members: list[str] = []
    held: list[str] = []  # 施工、监理、设计三方自控: the number stands in the last of a list
    for at, (part, found) in enumerate(zip(parts, numbers, strict=True)):
        held.append(part)
        if wanted[len(members)] not in {_value(sign) for sign in found}:
            continue
        if len(members) + 1 == len(wanted):
            held += _running_on(meaning["list"], part, parts[at + 1 :])
            return _tidied([*members, "、".join(held)])
        members.append("、".join(held))
        held = []
    return ()


def _running_on(listed: str, last: str, parts: list[str]) -> list[str]:
    """Return the parts that still belong to the last member: 若干名护理〔、公卫人员〕."""
    behind = listed[listed.rindex(last) + len(last) :]
    return parts[: behind.split("，", 1)[0].count("、")]


def _spelling(parts: list[str], numbers: list[str], label: str) -> tuple[str, ...]:
    """Return the parts whose numbers one after the other spell the code: 1, 5, 30 of 1530."""
    spelled = ""
    for count, number in enumerate(numbers, 1):
        value = _value(number)
        if not value or not label.startswith(spelled + value):
            return ()
        spelled += value
        if spelled == label:
            return _tidied(parts[:count]) if count > 1 else ()
    return ()


def _tidied(members: list[str]) -> tuple[str, ...]:
    members = [*members[:-1], _TAIL_RE.sub("", members[-1])]
    named = tuple(tidy(m) for m in members)
    return named if all(2 <= len(m) <= LONGEST_MEMBER for m in named) else ()
