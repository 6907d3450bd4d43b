"""Which paragraphs are headings, or begin with one; how they nest is for outline to say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.structure.doc_types import type_of_title
from pipeline.structure.markers import ANSWER_RE, BARE_MARKER_RE, RANKS, Marker, read_marker

_CLOSING = "。！？；："
PARAGRAPH_RE = re.compile(r"[^\n]+")
FIRST_SENTENCE_RE = re.compile(
    r"(?:“[^”\n]{0,60}”|（[^）\n]{0,80}）|[^。！？\n“（]|[“（]){1,160}?(?=[。！？]|$)"
)
TITLED_COLON_RE = re.compile(r"[^，。；：！？\d]{2,16}：(?=[^\n]{8})")  # 1.总体要求：坚持…
TITLED_SPACE_RE = re.compile(
    r"[^，。；：！？\s]{4,25}[ \u3000]{1,8}(?=[^\s、]{10})"
)  # 三、组织保障 各单位要…
FIRST_CLAUSE_RE = re.compile(r"(?:“[^”\n]{0,30}”|（[^）\n]{0,30}）|[^，。；：！？\n]){4,40}(?=，)")
# a lead that could open any narrative paragraph is not a heading
NARRATIVE_RE = re.compile(
    r"(?:各(?!项)|诸位|同志们|我们|[我这那其该此由凡]|对(?![外标接口])|经(?![济营])|同时|此外|另外|但|然而|因此|为此|为了|所以|近年|近日|日前|目前|当前|如今|今年|去年|明年|全年|年初|年底"
    r"|多年|长期以?来|一年来|五年来|过去|截至|随着|通过|根据|按照|据|在|当(?!好)|如(?!期)|是|有(?![序效力为])|其中|比如|例如|首先|其次|最后|总之|会议|记者|以上|下一步|下面|接下来|新的一年|谢谢)"
    r"|.{2,8}(?:中|后|时|以来)，|.{0,39}(?:\d|我们|[^就正总于]是[^否]|之一|表示|介绍说|记者|指出，|日前|近日|一是|参加会议|已成为|提出了|参加了|应当|必须|不得|(?<![主重需首])要(?![素点求闻塞]))"
)
RULE_RE = re.compile(r"应当|应(?![急用对变])|不得|必须|可以|是指|予以")
# the document proper is over, or another one begins
BREAK_RE = re.compile(
    r"附件\s?\d{0,2}\s?(?:[：:].*)?$|附[：:]|（此件|抄送|政府信息公开|信息公开|主题词|.{0,40}\d日\s?印发$"
    r"|(?:[12]\d{3}|二[〇○零]..)年.{1,3}月.{1,3}日$"
)
GLOSSARY_RE = re.compile(
    r"[（【]?(?P<name>(?:附：?)?(?:有关|相关|部分)?(?:名词|用语|名词术语)(?:解释|注释|说明))[）】]?：?$"
)
CONTENTS_RE = re.compile(r"[.…·]{2,}\s?\d{1,3}$")  # 一、总体要求……3
NOT_A_LINE_HEADING_RE = re.compile(
    r"[图表]\s?\d|[（(].*[）)]$|.*[：；，。！、…]|[各诸]位|.*(?:同志|先生|女士)$|[\d\W]*$|[（(]?\d{4}年"
)
OPENING_SLOGAN_RE = re.compile(
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-empty line, white space trimmed, with the heading it is or begins with; `closes` ends all sections."""

    start: int
    end: int
    heading: Heading | None = None
    closes: bool = False


def short_form(heading: str) -> tuple[str, ...]:
    """Return a heading as it enters a path: no closing mark, slogan and goal apart.

    >>> short_form("“四个强化”夯实创建责任")
    ('四个强化', '夯实创建责任')
    >>> short_form("加强组织领导。")
    ('加强组织领导',)
    """
    bare = heading.strip(" \u3000").rstrip(_CLOSING)
    if match := OPENING_SLOGAN_RE.match(bare):
        return match["slogan"], match["goal"]
    return (bare,)


def _numbered(text: str, mark: Marker, end: int, *, body_follows: bool, share: float) -> Heading | None:
    """Return the heading of a paragraph with a mark, None when it is an item of a list in full sentences."""
    start = mark.end
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
            whole=not text[stop:end].strip(_CLOSING),
        )

    if mark.kind == "question":
        sentences = [m.span() for m in re.finditer(r"[^。！？\n]{1,400}[。！？]?", text[start:end])]
        if end - start > 80 and len(sentences) > 1:
            return Heading(mark.kind, mark.text, None, mark.start, start + sentences[-1][0], end, end, True)
        return made(end)
    for pattern in (TITLED_COLON_RE, TITLED_SPACE_RE):
        if match := pattern.match(text, start, end):
            return made(match.start() + len(match[0].rstrip("： \u3000")))
    first = FIRST_SENTENCE_RE.match(text, start, end)
    if first is None:
        return None
    length = first.end() - start
    is_whole = not text[first.end() : end].strip(_CLOSING)
    is_closed = is_whole and text[end - 1] in "。！；"
    is_item = is_closed and not body_follows
    if length <= (40 if is_item else 80 if is_whole else 60) and (share > 0 or not is_item):
        is_rule = length > 12 and not is_whole and RULE_RE.search(first[0])  # 转制企业应当保障职工权益。
        return made(first.end()) if not is_rule or share > 0.9 else None
    # an item in one long sentence: its first clause stands for it where its neighbours have headings
    clause = FIRST_CLAUSE_RE.match(text, start, end)
    return made(clause.end()) if clause and share >= 0.5 else None


def _lead(text: str, start: int, end: int, kind: str, mark: Marker | None) -> Heading | None:
    first = FIRST_SENTENCE_RE.match(text, start, end)
    if (
        first is None
        or not 4 <= first.end() - start <= 40
        or end - first.end() < 8
        or text[first.end()] != "。"
    ):
        return None
    if first[0].count("，") > 2 or "；" in first[0] or "：" in first[0] or NARRATIVE_RE.match(first[0]):
        return None
    shown = mark.text if mark else None
    return Heading(kind, shown, None, mark.start if mark else start, start, first.end(), end, False)


def _is_prose(text: str, span: tuple[int, int]) -> bool:
    return span[1] - span[0] >= 20 and text[span[1] - 1] in "。！？；：…”）"


def _opens_document(line: str, following: Marker | None) -> bool:
    """Say whether a line is the title of an attached document: it names a type, and numbering begins anew below it."""
    return (
        following is not None
        and following.ordinal == 1
        and following.kind in ("part", "chapter", "article", "cjk")
        and type_of_title(line) is not None
    )


def _is_body(text: str, mark: Marker, following: Marker | None, span: tuple[int, int]) -> bool:
    """Say whether the next paragraph can be what a heading governs: prose, or a list of a finer kind."""
    if following is None:
        return _is_prose(text, span)
    return RANKS.get(following.kind, len(RANKS)) > RANKS.get(mark.kind, 0)


def _in_series(text: str, spans: list[tuple[int, int]], marks: list[Marker | None]) -> dict[int, float]:
    """Return for each numbered paragraph which share of its list begins with a short sentence and goes on."""
    runs: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    short: set[int] = set()
    shares: dict[int, float] = {}

    def close(kind: str) -> None:
        run = runs.pop(kind, [])
        share = sum(i in short for i in run) / max(1, len(run))
        shares.update(dict.fromkeys(run, share))

    for i, mark in enumerate(marks):
        if mark is None or mark.ordinal is None:
            continue
        first = FIRST_SENTENCE_RE.match(text, mark.end, spans[i][1])
        if first is not None and len(first[0]) <= 40 and spans[i][1] - first.end() > 8:
            short.add(i)
        if last.get(mark.kind, 0) + 1 != mark.ordinal:
            close(mark.kind)
        runs.setdefault(mark.kind, []).append(i)
        last[mark.kind] = mark.ordinal
    for kind in list(runs):
        close(kind)
    return shares


def read_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text, each with the heading it is or may begin with."""
    spans = []
    for match in PARAGRAPH_RE.finditer(text):
        line = match[0]
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, start + len(stripped)))
    marks: list[Marker | None] = []
    begins = []  # behind 答：
    for start, end in spans:
        answer = ANSWER_RE.match(text, start, end)
        begins.append(answer.end() if answer else start)
        marks.append(read_marker(text, begins[-1], end))
    series = _in_series(text, spans, marks)
    rows: list[Paragraph] = []
    in_attachments = False
    items: dict[str, int] = {}  # the number of the last plain item, by kind
    bare: tuple[str, int] | None = None
    for i, (start, end) in enumerate(spans):
        mark = marks[i]
        line = text[start : min(end, start + 90)]
        is_last = i + 1 == len(spans)
        if end - start <= 80 and BREAK_RE.match(line):
            in_attachments = line.startswith("附件")
            rows.append(Paragraph(start, end, closes=True))
            continue
        if end - start <= 20 and (match := GLOSSARY_RE.match(line)):
            glossary = Heading(
                "line", None, None, start, start + match.start("name"), start + match.end("name"), end, True
            )
            rows.append(Paragraph(start, end, glossary, closes=True))
            continue
        in_attachments = in_attachments and mark is not None and mark.kind == "arabic" and end - start <= 60
        heading: Heading | None = None
        if in_attachments or CONTENTS_RE.search(line):
            pass
        elif mark is not None and mark.kind in ("dash", "bullet"):
            heading = _lead(text, mark.end, end, mark.kind, mark)
        elif mark is not None:
            body_follows = not is_last and _is_body(text, mark, marks[i + 1], spans[i + 1])
            if items.get(mark.kind) == (mark.ordinal or 0) - 1:
                body_follows = False  # the last of a list whose other items are plain sentences
            heading = _numbered(text, mark, end, body_follows=body_follows, share=series.get(i, 0.0))
            if heading is None and mark.ordinal is not None:
                items[mark.kind] = mark.ordinal
        elif 1 <= end - start <= 7 and BARE_MARKER_RE.fullmatch(line) and not is_last:
            after = spans[i + 1]
            if after[1] - after[0] <= 40 and text[after[1] - 1] not in _CLOSING:
                rows.append(Paragraph(start, end))
                bare = (line, start)
                continue
        elif bare is not None:
            heading = Heading("bare", bare[0], None, bare[1], start, end, end, True)
        elif end - start <= 40 and rows and not is_last and not NOT_A_LINE_HEADING_RE.match(line):
            before = rows[-1]
            comes_after = _is_prose(text, (before.start, before.end)) or (
                before.heading is not None and before.heading.whole
            )
            stands_before = marks[i + 1] is not None or _is_prose(text, spans[i + 1])
            if before.heading is not None and before.heading.kind == "line":
                comes_after = False
            if stands_before and _opens_document(line, marks[i + 1]):
                rows.append(Paragraph(start, end, closes=True))
                continue
            if comes_after and stands_before:
                heading = Heading("line", None, None, start, start, end, end, True)
        else:
            heading = _lead(text, begins[i], end, "lead", None)
        bare = None
        rows.append(Paragraph(start, end, heading))
    return rows
