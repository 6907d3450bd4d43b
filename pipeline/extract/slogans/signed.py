"""Slogans without quotes whose members all bear their sign: 三治（自治、法治、德治）, 四有：一是有标识；二是…, “清垃圾、清污水、清杂物”三清."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.slogans.before import listed_before
from pipeline.extract.slogans.enumerations import enumerated_after
from pipeline.extract.slogans.explained import explained_behind
from pipeline.extract.slogans.glossed import COUNTED
from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import classify
from pipeline.extract.slogans.words import never, one_of, stands_alone
from pipeline.lazy_re import lazy_re

_LABEL = (
    r"(?P<label{n}>(?:双(?=..)|[三四五六七八九十](?P<measure{n}>个)?)(?P<head{n}>[\u4e00-\u9fff]{{1,3}}?))"
)
_LABEL_RE = lazy_re(
    r"(?=[三四五六七八九十双”’」])(?:"  # no other character begins one
    + _LABEL.format(n="")
    + r"(?P<sign>（(?=[^（）\n]{1,100}[、，；])|[，,]?(?:即|就是|是指|分别是)(?=[^，。\n]{1,40}[、，；])|[：:，。]\s?(?:一是|一要)|：(?=[^一，。\n]{1,40}[、，；]))"
    + rf"|[”’」]{_LABEL.format(n=2)}(?=[，。；、的]|{one_of('slogan_noun')}))"
)
_HELD_IN = frozenset(
    "站馆桥河湖山岛园厂店厅场港库车房楼桌墙井树田塘沟坝渠室处员门口岗"
)  # what is counted and listed as well


def find_signed(text: str) -> Iterator[Candidate]:
    """Yield counted heads beside which just as many members are told, the sign of the head on each of them.

    A count of places, bodies and things bears their sign as well, and none of it is a slogan: 三镇（甲镇、乙镇、丙镇）.
    """
    for match in _LABEL_RE.finditer(text):
        n = "2" if match["sign"] is None else ""
        (start, end), head, measure = match.span(f"label{n}"), match[f"head{n}"], match[f"measure{n}"]
        label = text[start:end]
        if head[-1] in COUNTED or head[-1] in _HELD_IN or label in never() or not stands_alone(text, start):
            continue
        shape = classify(label)
        if shape is None or shape.numeral is None:
            continue
        if match["sign"] is None:
            members = listed_before(text, start, end, "enumerated", shape.numeral)
        elif match["sign"].endswith(("一是", "一要")):
            members = enumerated_after(text, end, shape.numeral, head, in_line=True)
        else:
            members = explained_behind(text, end, label, "enumerated", shape.numeral)
        if len(members) == shape.numeral and _bear(members, label, head, measure):
            yield Candidate(start, end, shape, is_quoted=False)


def _bear(members: tuple[str, ...], label: str, head: str, measure: str | None) -> bool:
    """Whether all members begin with the head, or end in it as no thing does."""
    if all(member.startswith(head) and member != head for member in members):
        return True
    if label[0] != "双" and head != "一批" and (measure or len(head) > 1):
        return False  # 三个部门（甲部门、乙部门、丙部门）, 三窗口
    return all(member.endswith(head) and member != head for member in members)
