"""What leads a list says of its items: 不得有下列行为：, 有下列情形之一的，取消资格：, 县民政局履行下列职责：."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.measures.actors import ACTORS
from pipeline.lazy_re import lazy_re

# items that say in which case or to whom something is done, and are no deeds
_THINGS = "情形|情况|条件|行为之一|问题之一|资格|信息|材料|文件|证件|资料|所得|收入|费用|支出|人员|对象|单位|企业|产品"
CASE_RE = lazy_re(
    rf"(?:下列|以下)[^，：]{{0,24}}(?:{_THINGS})|(?:情形|情况|材料|费用|所得|信息)(?:主要)?包括$"
)
BANNED_RE = lazy_re(r"(?:不得|禁止|严禁|不准)[^，：]{0,12}(?:下列|以下)[^，：]{0,8}行为")
DUTY_RE = lazy_re(
    r"(?P<who>[^，：]{2,30}?)?(?P<modal>应当|必须|应|须|要)?(?:依法|切实|认真|主要|具体|全面|重点){0,2}"
    r"(?:履行|承担|做好|行使|遵守|开展|落实|采取|负责)好?(?:下列|以下)[^，：]{2,10}"
)
MARKER_RE = lazy_re(
    r"[ 　\t]*(?:（[一二三四五六七八九十]{1,3}）|(?P<numbered>\d{1,2}[.．、])|(?P<bracketed>（\d{1,2}）)|(?P<circled>[①-⑳]))[ 　]*\Z"
)


class Led(NamedTuple):
    """A lead, and the list of it that goes on."""

    is_case: bool
    modality: str | None
    actor: str | None
    kind: str | None = None  # of the marks of its items


def led_by(said: str, clause: str) -> Led | None:
    """Return what the sentence up to its colon says of the list behind it, None where it leads none.

    >>> led_by("有下列情形之一的，取消资格", "取消资格").is_case
    True
    >>> led_by("县民政局应当履行下列职责", "县民政局应当履行下列职责")[1:3]
    ('obligation', '县民政局')
    """
    if BANNED_RE.search(said):
        return Led(is_case=False, modality="prohibition", actor=None)
    if CASE_RE.search(said):
        return Led(is_case=True, modality=None, actor=None)
    if duty := DUTY_RE.fullmatch(clause):
        who = duty["who"]
        return Led(
            is_case=False,
            modality="obligation" if duty["modal"] else None,
            actor=who if who and ACTORS.end(who) else None,
        )
    return None


def going_on(led: Led, text: str, start: int) -> Led | None:
    """Return the lead of a list for the sentence that begins at an offset, None where the list has ended before it."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 8) : start]
    marker = MARKER_RE.match(line)
    if marker is None:
        return None
    kind = marker.lastgroup or "ordinal"
    if led.kind is None:
        return led._replace(kind=kind)
    return led if led.kind == kind else None
