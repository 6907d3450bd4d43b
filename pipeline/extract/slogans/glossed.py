"""Short slogans without quotes that spell themselves out: 一江（青江）、两库（东库、西库）; 三清（清路、清沟、清院）; 三清：清路；清沟；清院。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import Shape, classify
from pipeline.extract.slogans.words import never
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit, units

_NUMERAL = r"(?<![第一二两三四五六七八九十百千万每前后上下其这那各另余几多约近初])[一两三四五六七八九十]"
_LABEL = rf"(?P<label>{_NUMERAL}(?P<head>[\u4e00-\u9fff]{{1,2}}))"
_BRACKETED_RE = lazy_re(rf"{_LABEL}（(?P<list>[^（）\n]{{1,120}})）")
# 三清：即清垃圾；清塘沟；清杂物；三建：…
_TOLD_RE = lazy_re(
    rf"(?:^|(?<=[。；，、]))(?P<label>{_NUMERAL}(?P<head>[\u4e00-\u9fff]))(?:：|，?即(?=[\u4e00-\u9fff]))即?"
    rf"(?P<list>[^：。\n]{{2,160}}?)(?=[；，]{_NUMERAL}[\u4e00-\u9fff]：|。|$)",
    re.MULTILINE,
)
_BESIDE = frozenset({"", "、", "，", "和", "；"})
_JOINT_RE = lazy_re(r"[、；，]")
# what is counted where it is spelt out: 两县（甲县、乙县）
COUNTED = frozenset(
    "省市县区州旗盟镇乡村街社校院所局部委办站队组班户人名家项个类种条次年月日天期届级国地方线路"
)


def find_glossed(text: str) -> Iterator[Candidate]:
    """Yield slogans of two or three characters, spelt out behind them in as many members as they count.

    One alone must be a verb that its members begin with; of several side by side the shape itself is a slogan's,
    unless they count places and bodies: 两县（甲县、乙县）、三区（…）.
    """
    for pattern in (_BRACKETED_RE, _TOLD_RE):
        run: list[re.Match[str]] = []
        for match in pattern.finditer(text):
            if run and text[run[-1].end() : match.start()] not in _BESIDE:
                yield from _candidates(run)
                run = []
            run.append(match)
        if run:
            yield from _candidates(run)


def _candidates(run: list[re.Match[str]]) -> Iterator[Candidate]:
    is_chain = len(run) > 1 and any(_counts_out(match) for match in run)
    for match in run:
        members, head = _JOINT_RE.split(match["list"]), match["head"]
        is_counted = head[-1] in COUNTED or head in units()
        is_verb = len(members) > 2 and _counts_out(match) and all(m.startswith(head[0]) for m in members)
        shape = classify(match["label"]) if is_verb or (is_chain and not is_counted) else None
        if shape is None and is_chain and not is_counted and match["label"][0] == "一":
            shape = Shape("enumerated", 1)  # 〔一轴〕（滨江轴）、两翼（东翼、西翼）
        if shape is not None and match["label"] not in never():
            yield Candidate(*match.span("label"), shape, is_quoted=False)


def _counts_out(match: re.Match[str]) -> bool:
    """Whether as many members are listed as the numeral says, two or more."""
    n_members = len(_JOINT_RE.split(match["list"]))
    return n_members > 1 and chinese_digit(match["label"][0]) == n_members
