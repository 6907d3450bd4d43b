"""What a heading looks like: behind a number, or as the short first sentence of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.structure.markers import Marker

CLOSING = "。！？；："  # marks behind a heading that belong to no path
FIRST_SENTENCE_RE = lazy_re(
    r"(?:“[^”\n]{0,60}+”|（[^）\n]{0,80}+）|[^。！？\n“（]|“(?![^”\n]{0,60}”)|（(?![^）\n]{0,80}）)){1,160}+(?=[。！？]|$)"
)
TITLED_COLON_RE = lazy_re(r"[^，。；：！？\d]{2,16}：(?=[^\n]{8})")  # 1.总体要求：坚持…
TITLED_SPACE_RE = lazy_re(r"[^，。；：！？\s]{4,25}[ \u3000]{1,8}(?=[^\s、]{10})")  # 三、组织保障 各单位要…
FIRST_CLAUSE_RE = lazy_re(r"(?:“[^”\n]{0,30}+”|（[^）\n]{0,30}+）|[^，。；：！？\n]){4,40}+(?=，)")
# a lead that could open any narrative paragraph is not a heading
NARRATIVE_RE = lazy_re(
    r"(?:各(?!项)|诸位|同志们|我们|[我这那其该此由凡]|对(?![外标接口])|经(?![济营])|同时|此外|另外|但|然而|因此|为此|为了|所以|近年|近日|日前|目前|当前|如今|今年|去年|明年|全年|年初|年底"
    r"|多年|长期以?来|一年来|五年来|过去|截至|随着|通过|根据|按照|据|在|当(?!好)|如(?!期)|是|有(?![序效力为])|其中|比如|例如|首先|其次|最后|总之|会议|记者|以上|下一步|下面|接下来|新的一年|谢谢)"
    r"|.{2,8}(?:中|后|时|以来)，|.{0,39}(?:\d|我们|[^就正总于]是[^否]|之一|表示|介绍说|记者|指出，|日前|近日|一是|参加会议|已成为|提出了|参加了|应当|必须|不得|(?<![主重需首])要(?![素点求闻塞]))"
)
RULE_RE = lazy_re(r"应当|应(?![急用对变])|不得|必须|可以|是指|予以")
GOES_ON_RE = lazy_re(
    r"[，、,]$|[，,][得扣加]\s?\d{1,2}(?:\.\d)?\s?分[.。；]?$"
)  # a wrapped line; what it scores
FOOTNOTE_RE = lazy_re(r"[\[［【]\d{1,3}[\]］】]")
OPENING_SLOGAN_RE = lazy_re(
    r"“(?!十[一二三四五]五”)(?P<slogan>[两双一二三四五六七八九十百\d][^”，。]{1,11})”(?P<goal>[^“”，。；：]{2,24})$"
)  # “四个强化”夯实创建责任


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading where it stands: `start:end` without marker; `whole` when nothing else is in the paragraph."""

    kind: str
    marker: str | None
    ordinal: int | None
    marker_start: int
    start: int
    end: int
    paragraph_end: int
    whole: bool


def short_form(heading: str) -> tuple[str, ...]:
    """Return a heading as it enters a path: no closing mark, slogan and goal apart.

    >>> short_form("“四个强化”夯实创建责任")
    ('四个强化', '夯实创建责任')
    >>> short_form("加强组织领导。")
    ('加强组织领导',)
    """
    bare = FOOTNOTE_RE.sub("", heading).strip().rstrip(CLOSING)
    if match := OPENING_SLOGAN_RE.match(bare):
        return match["slogan"], match["goal"]
    return (bare,)


def _last_sentence(question: str) -> int:
    """Return where the last sentence of a long question begins: what is asked, behind the story that leads to it."""
    begins = [match.start() for match in re.finditer(r"[^。！？\n]{1,400}[。！？]?", question)]
    return begins[-1] if len(begins) > 1 else 0


def numbered_heading(
    text: str, mark: Marker, end: int, *, body_follows: bool, share: float
) -> Heading | None:
    """Return the heading of a paragraph with a mark, None when it is an item of a list in full sentences."""
    start = mark.end
    if GOES_ON_RE.search(text, max(start, end - 12), end):
        return None
    if mark.kind == "article":
        return Heading(
            "article",
            mark.text,
            mark.ordinal,
            mark.start,
            mark.start,
            mark.start + len(mark.text),
            end,
            False,
        )
    if start >= end:
        return None

    def made(stop: int) -> Heading:
        return Heading(
            mark.kind,
            mark.text,
            mark.ordinal,
            mark.start,
            start,
            stop,
            end,
            whole=not text[stop:end].strip(CLOSING),
        )

    if mark.kind == "question":
        begin = start + _last_sentence(text[start:end]) if end - start > 80 else start
        if begin > start:
            return Heading(mark.kind, mark.text, None, mark.start, begin, end, end, True)
        return made(end)
    for pattern in (TITLED_COLON_RE, TITLED_SPACE_RE):
        if match := pattern.match(text, start, end):
            return made(match.start() + len(match[0].rstrip("： \u3000")))
    first = FIRST_SENTENCE_RE.match(text, start, end)
    if first is None:
        return None
    length = first.end() - start
    is_whole = not text[first.end() : end].strip(CLOSING)
    is_closed = is_whole and text[end - 1] in "。！；"
    is_item = is_closed and not body_follows
    if length <= (40 if is_item else 80 if is_whole else 60) and (share > 0 or not is_item):
        # 转制企业应当切实保障职工的合法权益。… is a rule, not a heading
        is_rule = length > 25 or (length > 12 and RULE_RE.search(first[0]))
        return made(first.end()) if is_whole or share >= 0.5 or not is_rule else None
    # an item in one long sentence: its first clause stands for it where its neighbours have headings
    clause = FIRST_CLAUSE_RE.match(text, start, end)
    return made(clause.end()) if clause and share >= 0.5 else None


def lead_heading(text: str, start: int, end: int, kind: str, mark: Marker | None) -> Heading | None:
    """Return the short first sentence of a paragraph as its heading, None where it opens a narrative or stands alone."""
    first = FIRST_SENTENCE_RE.match(text, start, end)
    if (
        first is None
        or not 4 <= first.end() - start <= 40
        or end - first.end() < 8
        or text[first.end()] != "。"
        or text[start] in "》”）、，"
    ):
        return None
    if first[0].count("，") > 2 or "；" in first[0] or "：" in first[0] or NARRATIVE_RE.match(first[0]):
        return None
    shown = mark.text if mark else None
    return Heading(kind, shown, None, mark.start if mark else start, start, first.end(), end, False)
