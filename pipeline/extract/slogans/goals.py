"""What a slogan serves, in leads such as “四个强化”夯实创建责任."""

from __future__ import annotations

import functools
import re

from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.words import action_verbs, one_of, word_class
from pipeline.lazy_re import lazy_re

_SIGN = r"[①-⑩●■◆▶★▲□◇►•○]|[—–]{1,2}|第[一二三四五六七八九十]{1,2}(?:[，、]|章|节|部分)[：:]?"
_LEAD_RE = lazy_re(
    r"(?:^|(?<=[。！？；\n]))[ \t\u3000]{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}|"
    + _SIGN
    + r"|第?[一二三四五六七八九十]是|[\u4e00-\u9fff]{2,8}[：:]|(?<=\n)[\u4e00-\u9fff]{1,6}[县市区旗镇乡州])?\s?[“「『]?\Z"
)  # nothing but an outline mark, or the place a headline is about, before the slogan
# 服务 is what a slogan does where those who are served stand behind it: “五个一”服务企业发展, but “五个一”服务体系
_SERVES = "服务(?=[企群百民基发大项乡三经农人])"
_SERVES_RE = lazy_re(_SERVES)
_SERVED_RE = lazy_re(
    rf"[”」』]?(?!(?!{_SERVES}){one_of('slogan_noun')}|[的和与及等、，：；是为在指即已成获被扩本也都])(?P<goal>[^，。；：、！？\n“”（）\d]{{4,16}}(?:“[^“”\n]{{1,6}}”)?)(?=[。！？]|\n|\Z)"
)  # “四个强化”夯实创建责任。
_MEANS_RE = lazy_re(r"[用以][“「『]?\Z")
_MEANS_SERVED_RE = lazy_re(
    rf"[”」』]?(?:(?!{_SERVES})(?:{one_of('slogan_noun')}|工作法))?(?P<goal>(?:{one_of('serving_verb')}|{_SERVES})[^，。；：\n“”（）]{{2,20}})(?=[。！？]|\n|\Z)"
)  # 用“六个一”目标引领产业全面突破升级。
_MARK = (
    r"(?:^|(?<=\n))[ \t\u3000]{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}|"
    + _SIGN
    + r"|第?[一二三四五六七八九十]是)\s?"
)
_DOING = rf"(?:{one_of('lead_verb')}|以|用|紧扣|锚定|强化|深化|筑牢|发挥|运用)[“「『]?\Z"
_DOING_RE = lazy_re(_MARK + _DOING)  # （一）实施“三抓三提”，
_DONE_FOR_RE = lazy_re(
    rf"[”」』]?(?:(?!{_SERVES}){one_of('slogan_noun')}){{0,2}}，?(?P<goal>(?![的和与及等、，：；是为])[^，。；：、\n“”（）\d]{{4,18}})(?=。[^\n]|\n|\Z)"
)  # ”，建强学校党组织: a heading, or a lead that its paragraph goes on from
# a headline: 青山县实施“三抓三提” 建强学校党组织
_HEADLINE_RE = lazy_re(
    r"(?:^|(?<=\n))[ \t\u3000]{0,8}(?:[\u4e00-\u9fff]{1,10}?[县市区旗镇乡州局][：:]?)?" + _DOING
)
# a headline that names who does it, behind what the site files it under: 【教育】青山县教育局“四项举措”推动课后服务提质
_HEADLINE_OF_RE = lazy_re(
    r"(?:^|(?<=\n))[ \t\u3000]{0,8}(?:【[^【】\n]{2,10}】|[\u4e00-\u9fff]{2,6}\s?[|｜丨]\s?)?"
    r"(?:[\u4e00-\u9fff]{1,16}?(?:[县市区旗镇乡州局院校园所站办委联会团]|[中小]学|街道|中心|公司|银行|大队|系统))?[“「『]\Z"
)
_HEADLINE_SERVED_RE = lazy_re(
    rf"[”」』]?(?:(?!{_SERVES})(?:{one_of('slogan_noun')}|法)){{0,2}}[， \u3000]?"
    r"(?P<goal>(?![的和与及等、：；是为]|[^\n]{0,16}(?:会议?|召开|举行|启动|仪式|纪实|见闻|活动|行动|大赛|比赛|培训|检查|宣讲)(?:\n|\Z))[^，。；：、\n“”（）\d]{4,18}(?:“[^“”\n]{1,6}”)?)(?=\n|\Z)"
)
_RUN_IN_RE = lazy_re(
    r"(?:^|(?<=\n))[ \t\u3000]{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}\s?)?[“「『]\Z"
)
_SHORT_GOAL_RE = lazy_re(
    r"[”」』](?P<goal>[^，。；：、\n“”（）的是了\d]{3,10})(?=。[^\n])"
)  # “三级联包”压责任。
_SHORT_VERBS = frozenset("压除强聚促保优护筑亮兴富惠暖稳提增扩畅补破解抓守防")


_PAIR_RE = lazy_re(r"[“「](?P<slogan>[^“”「」\n]{2,16})[”」](?P<goal>[\u4e00-\u9fff]{2,12})")
_PAIRS_RE = lazy_re(r"^(?:[“「][^“”「」\n]{2,16}[”」][\u4e00-\u9fff]{2,12}[ \u3000，]?){2,4}$", re.MULTILINE)
_EDGE_RE = lazy_re(r"[。！？；\n]")  # behind one of these alone, or 用 and 以, is a slogan a lead


@functools.cache
def _papers() -> tuple[str, ...]:
    """What a headline ends with that names a paper or a matter, not what the slogan serves: “五项管理”实施方案."""
    return tuple(word_class("paper_end"))


@functools.cache
def _verbs() -> frozenset[str]:
    return action_verbs() | word_class("lead_verb") | word_class("serving_verb")


def _is_a_deed(goal: str, *, short: bool = False) -> bool:
    """Say whether a phrase begins with a verb of doing: 建强学校党组织; a short one with a verb of one sign: 压责任."""
    return (
        (short and goal[0] in _SHORT_VERBS)
        or _SERVES_RE.match(goal) is not None
        or any(goal[:n] in _verbs() for n in (4, 3, 2))
    )


def goals_in_pairs(text: str) -> dict[int, str]:
    """Return the goals in headings of several slogans, each with its own, by where a slogan ends: “一队管”夯基础“一站救”保平安.

    >>> goals_in_pairs("“一队管”夯基础“一站救”保平安")
    {4: '夯基础', 12: '保平安'}
    """
    goals: dict[int, str] = {}
    for heading in _PAIRS_RE.finditer(text):
        for pair in _PAIR_RE.finditer(text, *heading.span()):
            goals[pair.end("slogan")] = pair["goal"]
    return goals


def goal_of(text: str, candidate: Candidate, *, has_members: bool) -> str | None:
    """Return the phrase that a slogan at the head of its sentence or heading serves, else None.

    >>> from pipeline.extract.slogans.quoted import find_quoted
    >>> text = "“四个强化”夯实创建责任。一是强化组织领导。"
    >>> goal_of(text, find_quoted(text)[0], has_members=True)
    '夯实创建责任'

    A sentence whose members do not follow is no lead, and has no goal: “互联网+”广泛融入各行各业。
    """
    before = text[max(0, candidate.start - 24) : candidate.start]
    if candidate.start <= 24:
        before = "\n" + before
    if not _EDGE_RE.search(before) and not _MEANS_RE.search(before):
        return None
    for lead, served in (
        (_LEAD_RE, _SERVED_RE),
        (_LEAD_RE, _MEANS_SERVED_RE),  # “四个三”举措织密校园安全网
        (_MEANS_RE, _MEANS_SERVED_RE),
    ):
        if lead.search(before) and (match := served.match(text, candidate.end)):
            is_heading = match.end() == len(text) or text[match.end()] == "\n"
            served_by: str = match["goal"].strip()
            if (has_members or is_heading) and not served_by.endswith(_papers()):
                return served_by
    for lead, served in (
        (_DOING_RE, _DONE_FOR_RE),
        (_RUN_IN_RE, _SHORT_GOAL_RE),
        (_HEADLINE_RE, _HEADLINE_SERVED_RE),
        (_HEADLINE_OF_RE, _HEADLINE_SERVED_RE),
    ):
        if lead.search(before) and (match := served.match(text, candidate.end)):
            goal: str = match["goal"]
            is_deed = _is_a_deed(goal, short=served is _SHORT_GOAL_RE) and not goal.endswith(_papers())
            return goal if is_deed else None
    return None
