"""The marks a heading begins with: 第一章, 一、, （一）, 1., （1）, ①, ——, 问：, 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re

_DIGITS = "零一二三四五六七八九"
_CJK = r"[一二三四五六七八九十百零〇]{1,5}"

# natural rank of the numbered kinds; an unusual order in a document overrules it, see outline
RANKS = {
    "part": 0,
    "question": 1,
    "chapter": 2,
    "division": 3,
    "article": 4,
    "padded": 5,
    "decimal1": 6,
    "cjk": 7,
    "decimal2": 8,
    "decimal3": 9,
    "decimal4": 10,
    "cjk_bracket": 11,
    "arabic": 12,
    "arabic_bracket": 13,
    "circled": 14,
}

MARKER_RE = lazy_re(
    rf"""(?:
      (?P<part>第{_CJK}(?:编|篇|部分)|[Pp][Aa][Rr][Tt][ .]?\d{{1,2}}(?=[ \u3000：:.|丨]*[\u4e00-\u9fff“]))[：:.|丨]?  # 第一编 总则, Part 1 总则
    | (?P<chapter>第{_CJK}章)[：:]?                           # 第一章 总则
    | (?P<division>第{_CJK}节(?!课))[：:]?                    # 第二节 …
    | (?P<article>第(?:{_CJK}|[ ]?\d{{1,3}}[ ]?)条(?![、，。例件线道路约河]))         # 第一条 为了…, 第 12 条
    | (?P<cjk_bracket>[（(][ ]?{_CJK}[ ]?[）)][、.．]?|[㈠-㈩][、.．]?)  # （一）加强组织领导
    | (?P<cjk>{_CJK}[ ]?[、．.])                              # 一、总体要求
    | (?P<arabic_bracket>[（(][ ]?\d{{1,2}}[ ]?[）)][、.．]?|\d{{1,2}}[）)]|[⑴-⒇])  # （1）…
    | (?P<arabic>\d{{1,2}}[ ]?(?:[.．](?!\d)|[.．](?=(?:19|20)\d\d年)|、)|[⒈-⒛])    # 1.规范教育教学
    | (?P<padded>0\d(?=[ \u3000]{{1,4}}[\u4e00-\u9fff“]))    # 01 规范教育教学
    | (?P<circled>[①-⑳][、.．]?)                             # ①…
    | (?P<question>(?:问|记者问?|提问|网友提?问?|[QＱ])[0-9]{{0,2}}[：:])           # 问：…
    | (?P<dash>[—–―－]{{1,4}}|-{{2,4}})                        # ——坚持问题导向。
    | (?P<bullet>[■●◆▶★◎○▲□◇►•])                             # ●加强宣传
    )[ \u3000\t]*""",
    re.VERBOSE,
)
ANSWER_RE = lazy_re(r"(?:答|回答|[AＡ])[0-9]{0,2}[：:][ \u3000]*")  # 答：一、…
BARE_MARKER_RE = lazy_re(
    rf"(?:0?\d{{1,2}}|{_CJK}|[PpＰ][Aa][Rr][Tt][ .]?0?\d{{1,2}})"
)  # 01 alone in its line
LEAD_RE = lazy_re(
    r"(?P<marker>(?P<ordinal>[一二三四五六七八九十](?<![^。；，：！？、”）\s].)[一二三四五六七八九十]{0,2})(?P<word>是|要))(?=[^否的])"
)  # 一是强化组织领导。


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a paragraph; `start:end` takes the white space behind it along."""

    kind: str
    text: str
    ordinal: int | None
    start: int
    end: int


def cjk_ordinal(numeral: str) -> int | None:
    """Return the value of a Chinese ordinal below one hundred, None for anything else.

    >>> cjk_ordinal("十二"), cjk_ordinal("三十"), cjk_ordinal("廿")
    (12, 30, None)
    """
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or any(c not in _DIGITS for c in tens + ones):
        return None
    unit = _DIGITS.index(ones) if ones else 0
    return (_DIGITS.index(tens) * 10 if tens else 10) + unit if ten else unit


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """Return the mark that `text[start:end]`, a paragraph, begins with.

    >>> read_marker("（三）工作目标。", 0, 8)
    Marker(kind='cjk_bracket', text='（三）', ordinal=3, start=0, end=3)

    A number that is a quantity or a date is no mark: 1.5万亩, 3月30日, 一、二年级 (see outline for the last).
    """
    match = MARKER_RE.match(text, start, end)
    if match is None or match.lastgroup is None:
        return None
    kind = match.lastgroup
    shown = match[kind]
    if digits := re.search(r"\d{1,3}", shown):
        ordinal: int | None = int(digits[0])
    elif numeral := re.search(_CJK, shown):
        ordinal = cjk_ordinal(numeral[0])
    else:
        ordinal = None
        for first in "①⑴⒈㈠":
            if ord(first) <= ord(shown[0]) < ord(first) + 20:
                ordinal = ord(shown[0]) - ord(first) + 1
    return Marker(kind, shown, ordinal, match.start(), match.end())
