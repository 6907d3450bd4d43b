"""Members that the sentences behind a slogan name in their turn: “四关”。把好入口关，严格招聘；把好培训关，…; one list of a clause."""

from __future__ import annotations

import re

from pipeline.extract.slogans.lists import tidy
from pipeline.extract.slogans.words import known, one_of
from pipeline.lazy_re import lazy_re

_REACH = 900  # characters behind a slogan in which its members stand
_FAR = 6000  # characters in which its paragraphs stand
_LONGEST, _LONGEST_OWN = 16, 40  # characters in a member; in what is left of the slogan's own sentence
_OWN_RE = lazy_re(rf"[^。！？；\n]{{0,{_LONGEST_OWN}}}[。：](?=[^\n])")
_COLON_LINE_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,6}[：:][ \t]{0,4}\n")
_LEAD_RE = lazy_re(r"[\u4e00-\u9fff]{4,12}(?=。.{8})")
_CLAUSE_RE = lazy_re(r"[，：、]")
_NAMING_END_RE = lazy_re(rf"{one_of('abstract_head')}\Z")
_DEEDS_RE = lazy_re(
    r"[”’」』]?，(?:(?:全面|着力|全力|重点|有效|持续)?(?:推动|推进|实现|促进|开展|抓好|落实))(?P<list>[^，。；：“”（）\n]{6,120})(?=[。；])"
)


def by_sentences(text: str, end: int, head: str, expected: int | None) -> tuple[str, ...]:
    """Return what each sentence behind a slogan opens or closes with, as many as it counts, each ending in its head.

    >>> by_sentences("“三关”。把好入口关，严格招聘；把好培训关，分层研修；把好出口关，落实退出。", 4, "关", 3)
    ('把好入口关', '把好培训关', '把好出口关')
    >>> by_sentences("“三个一批”。围绕产业，谋划一批。对外招商，引进一批。改造，新上一批。", 6, "一批", 3)
    ('谋划一批', '引进一批', '新上一批')
    """
    if expected is None or not 3 <= expected <= 12 or not head:
        return ()
    if text.count(head, end, end + _REACH) < expected or (own := _OWN_RE.match(text, end)) is None:
        return ()
    paragraph = text[own.end() : own.end() + _REACH].split("\n", 1)[0]
    sentences = [s for s in re.split("[。；]", paragraph) if s]
    for place in (0, -1):
        names = [_CLAUSE_RE.split(sentence)[place] for sentence in sentences]
        fits = [name.endswith(head) and len(head) < len(name) <= _LONGEST for name in names]
        if len(fits) >= expected and all(fits[:expected]) and not any(fits[expected:]):
            return tuple(tidy(name) for name in names[:expected])
    return ()


def by_lines(text: str, end: int, head: str, expected: int | None) -> tuple[str, ...]:
    """Return what the paragraphs of a page open with, as many as a slogan counts, all ending in its head or beginning with it.

    >>> by_lines("“三个到位”抓防火\\n宣传教育到位。发放资料。\\n隐患排查到位。排查隐患。\\n应急准备到位。组建队伍。", 6, "到位", 3)
    ('宣传教育到位', '隐患排查到位', '应急准备到位')
    """
    if expected is None or not 3 <= expected <= 12:
        return ()
    if (colon := _COLON_LINE_RE.match(text, end)) and (
        told := _next_lines(text, colon.end(), head, expected)
    ):
        return told
    if not head[1:]:
        return ()
    if text.count(head, end, end + _FAR) < expected:
        return ()
    word = re.escape(head)
    for lead in (
        rf"\n[ \u3000]{{0,4}}([^，。；：“”\n]{{2,12}}{word})(?=[。\n])",
        rf"\n[ \u3000]{{0,4}}({word}[^，。；：“”\n]{{2,14}})(?=[。，\n])",
    ):
        leads = re.findall(lead, text[end : end + _FAR])
        if len(leads) == expected:
            return tuple(map(tidy, leads))
    return ()


def _next_lines(text: str, start: int, head: str, expected: int) -> tuple[str, ...]:
    """Return what each of the next paragraphs opens with, as many as a colon promises, one as the other: 做到“五抓”：⏎抓技改，…⏎抓素质，….

    >>> _next_lines("抓技改，提质量。加大投入。\\n抓素质，强管理。组织培训。\\n抓重点，带全局。延伸链条。\\n下一步，继续努力。", 0, "抓", 3)
    ('抓技改', '抓素质', '抓重点')
    """
    lines = [line for raw in text[start : start + _FAR].split("\n") if (line := raw.strip())][: expected + 1]
    if head[1:] and lines and lines[0].count("。" + head) == expected - 1:  # all in one paragraph
        told = re.findall(rf"(?:\A|。)({re.escape(head)}[^，。；：“”]{{2,12}})(?=。)", lines[0])
        if len(told) == expected:
            return tuple(told)
    for lead in (
        re.compile(rf"{re.escape(head)}[^，。；：“”\n]{{1,14}}(?=[，。])") if head else None,
        _LEAD_RE,
    ):
        leads = [lead.match(line) for line in lines] if lead else []
        if len(leads) >= expected and all(leads[:expected]) and not any(leads[expected:]):
            return tuple(tidy(match[0]) for match in leads[:expected] if match)
    return ()


def even_list(text: str, end: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Return the list of the clause behind a named set of deeds, all of one length: “三大行动”，推动德育铸魂、智育提质、….

    >>> even_list("“三大行动”，推动德育铸魂、智育提质、体育固本。", 5, "三大行动", 3)
    ('德育铸魂', '智育提质', '体育固本')
    """
    if expected is None or expected < 3 or label in known() or not _NAMING_END_RE.search(label):
        return ()
    listed = _DEEDS_RE.match(text, end)
    members = listed["list"].split("、") if listed else []
    is_even = len(set(map(len, members))) == 1 and len(members[0]) > 2
    return tuple(members) if len(members) == expected and is_even else ()
