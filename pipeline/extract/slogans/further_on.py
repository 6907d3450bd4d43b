"""Members that stand further on in the paragraph or the page, known by the slogan's head or its 一: 四个强化 … 强化思维。强化…"""

from __future__ import annotations

import re

from pipeline.extract.slogans.first_member import trim_first
from pipeline.extract.slogans.lists import CLOSING_RE, tidy, without_lead
from pipeline.extract.slogans.tails import without_tail
from pipeline.lazy_re import lazy_re

FAR = 6000  # characters in which paragraphs that open with the head are looked for
_SENTENCE_END_RE = lazy_re(r"[。！？]")
_ONES_RE = lazy_re(
    r"[三四五六七八九十]{1,2}个(?P<unit>一|百亿|百|千|亿|万|\d{1,4}[百千万亿]{1,2})[人元户亩]?"
)
_PART_RE = lazy_re(r"[“‘「『](一[^“”‘’「」『』\n、，]{1,6})[”’」』]")
_QUOTED_LEAD_RE = lazy_re(
    r"\n[ \t\u3000]{0,4}(?:[\u4e00-\u9fff]{2,10})?[“‘](?P<member>[^“”‘’\n]{2,12})[”’](?=[。，：\n])"
)
_STOP_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,6}[：。:]")  # 讲讲“六个必须”。必须…；必须…
_COLON_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,6}[：。:]\s{0,2}\n")
_REACH = 700


def holding_one(text: str, end: int, label: str, expected: int | None) -> tuple[str, ...]:
    """Return the members of “五个一” or “十个百”: the clauses behind it that each hold the 一 or 百, or the “一区” … themselves.

    >>> holding_one("“三个一”，即建一支队伍，办一所学校，讲一堂好课。", 5, "三个一", 3)
    ('建一支队伍', '办一所学校', '讲一堂好课')
    """
    match = _ONES_RE.fullmatch(label)
    if match is None or expected is None:
        return ()
    paragraph = text[end : end + _REACH].split("\n", 1)[0]
    if match["unit"] == "一":
        parts = tuple(dict.fromkeys(_PART_RE.findall(paragraph)))
        if len(parts) == expected:
            return parts
    for sentence in _SENTENCE_END_RE.split(paragraph)[:2]:
        for mark in "；，、":
            clauses = [c for c in sentence.split(mark) if match["unit"] in c.replace(label, "")]
            if len(clauses) != expected or (mark != "；" and "；" in "".join(clauses)):
                continue  # a clause that holds a stronger mark is none: the list is another's
            if match["unit"] == "一":
                return tuple(_from_same_place([tidy(c) for c in clauses]))
            if match["unit"][0].isdecimal():
                return tuple(map(tidy, clauses))  # 三个1亿人: 促进…、改造…、引导…
            return tuple(without_lead(tidy(c)) for c in clauses)
    return ()


def _from_same_place(clauses: list[str]) -> list[str]:
    """Let the first clause begin as far before its 一 as the others do: 引导中小学生发现一位… → 发现一位…."""
    places = {c.find("一") for c in clauses[1:]}
    first = clauses[0].rfind("一") if len(places) > 1 else clauses[0].find("一")
    shift = first - max(places)
    return [clauses[0][shift:], *clauses[1:]] if shift > 0 else clauses


def joined_to_head(text: str, end: int, head: str, expected: int | None) -> tuple[str, ...]:
    """Return the members that a later clause of the paragraph joins to the same head: 五项管理 … 作业、睡眠、手机、读物、体质管理.

    >>> joined_to_head("“三项管理”要求，抓好作业、睡眠、手机管理。", 6, "管理", 3)
    ('作业', '睡眠', '手机')
    """
    if expected is None or expected < 3 or not head[1:]:
        return ()
    paragraph = text[end : end + 300].split("\n", 1)[0]
    if paragraph.count("、") < expected - 1:
        return ()
    if head not in paragraph and (closing := CLOSING_RE.search(head)):
        head, paragraph = closing[0], paragraph.split("。", 1)[0]  # “五社联动”，完善社区、…联动机制
    if head not in paragraph:
        return ()
    listed = re.search(
        rf"(?<!、)(?:[^，。；：、“”（）]{{1,16}}、){{{expected - 1}}}[^，。；：、“”（）]{{1,8}}?{re.escape(head)}",
        paragraph,
    )
    if listed is None:
        return ()
    parts = listed[0].removesuffix(head).split("、")
    if not all(parts) or any(head in part and not part.endswith(head) for part in parts[:-1]):
        return ()  # 枢纽经济提速、数字经济赋能 hold the head and do not share it
    if all(part.endswith(head) for part in parts[:-1]):
        parts[-1] += head  # 创新保定、人才保定、文化保定
    return tuple(without_tail(trim_first(parts)))


def led_by_head(text: str, end: int, head: str, expected: int | None) -> tuple[str, ...]:
    """Return the members that open the paragraphs or sentences behind “六个强化”：, each with the head: 强化发展思维。…

    >>> led_by_head("“三个强化”：强化思维；强化队伍；强化保障。", 6, "强化", 3)
    ('强化思维', '强化队伍', '强化保障')
    """
    if expected is None or not head[1:]:
        return ()
    if stop := _STOP_RE.match(text, end):
        sentences = re.split(r"[；。，]", text[stop.end() : stop.end() + _REACH].split("\n", 1)[0])[:expected]
        if len(sentences) == expected and all(s.startswith(head) and len(s) <= 30 for s in sentences):
            return tuple(sentences)
    if text.find("。" + head, end, end + _REACH) > 0 and (
        spoken := _opening_sentences(text, end, head, expected)
    ):
        return spoken
    if not _COLON_RE.match(text, end) or text.count(head, end, end + FAR) < expected:
        return ()
    lead_re = re.compile(rf"(?:(?<=[\n。])|(?<=\n——)){re.escape(head)}[^，。；：\n]{{2,16}}(?=[。：，\n])")
    leads = [m[0] for m in lead_re.finditer(text, end, end + FAR)]
    return tuple(leads) if len(leads) == expected else ()


def _opening_sentences(text: str, end: int, head: str, expected: int) -> tuple[str, ...]:
    """Members that open later sentences of the paragraph: “三个强化”，提升能力。强化预案，修订…。强化队伍，…。强化…."""
    paragraph = text[end : end + 2 * _REACH].split("\n", 1)[0]
    if expected < 3 or paragraph.count("。" + head) != expected:
        return ()
    own, *sentences = paragraph.split("。")
    leads = [re.split("[，；：]", s, maxsplit=1)[0] for s in sentences if s.startswith(head)]
    fits = all(len(head) + 1 < len(lead) <= len(head) + 16 and "“" not in lead for lead in leads)
    return tuple(leads) if fits and sentences[0].startswith(head) and len(own) <= 40 else ()


def leading_in_quotes(text: str, end: int, head: str, expected: int | None) -> tuple[str, ...]:
    """Return the members that lead the paragraphs of a page in quotes, each with the head: “四个一” … 优化布局“一张图”。 …

    >>> text = "“三张图”\\n优化布局“规划图”。\\n推进建设“施工图”。\\n加强管理“责任图”。"
    >>> leading_in_quotes(text, 5, "图", 3)
    ('规划图', '施工图', '责任图')
    """
    if expected is None or expected < 3 or not head:
        return ()
    leads = [match["member"] for match in _QUOTED_LEAD_RE.finditer(text, end, end + FAR)]
    named = [lead for lead in leads if head in lead]
    return tuple(named) if len(named) == len(leads) == expected else ()
