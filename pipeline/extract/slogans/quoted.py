"""Slogans that stand in quotes, or as the term that a glossary explains."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.slogans.codes import counted_out
from pipeline.extract.slogans.groups import by_numbers
from pipeline.extract.slogans.shapes import LONGEST, Shape, classify, groups, number_of
from pipeline.extract.slogans.words import MEANING, known, never, one_of
from pipeline.lazy_re import lazy_re


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the text that holds a slogan, and what shape it has."""

    start: int
    end: int
    shape: Shape
    is_quoted: bool = True
    wording: str = ""  # where it is not what the text holds from `start` to `end`: 三个务必 of 三个“务必”


_NUMERIC = r"(?=[^“”‘’「」『』【】\[\]\n]{0,24}?[一二两三四五六七八九十百千万双\d+＋])"
_MARKED_RE = lazy_re(
    rf"[“‘「『【\[]{_NUMERIC}(?:(?<=[“‘「『])(?P<quoted>[^“”‘’「」『』\n]{{2,32}})[”’」』]"
    rf"|(?<=[【\[])(?P<term>[^【】\[\]“”\n]{{2,32}})[】\]](?=即|指|是|为|：|:|，|“))"
)  # “四个强化”, [九通一平]即硬件建设上达到…
_STRAIGHT_RE = lazy_re(r'"([^"\n]{0,80})"')
_NOTE_RE = lazy_re(r"(?:\s*[\[【〔（(]\d{1,3}[\]】〕）)])+\Z")  # “六稳[4]”
_NOTE_ENDS = frozenset("]】〕）)")
_LINE_TERM_RE = lazy_re(
    r"^[（(【\[]?\d{0,3}[）)】\].、．]?\s{0,3}(?P<term>[\w+＋、]{2,16})(?=：|:|即|，?是?指)", re.MULTILINE
)  # 3.九通一平：通路…
_NOTE_TERM_RE = lazy_re(
    r"^\s{0,3}[\[【〔]\d{1,3}[\]】〕]\s{0,3}[\u4e00-\u9fff]{0,4}?(?P<term>[\w+＋、]{2,16})(?=：|:|即|，?是?指)",
    re.MULTILINE,
)  # [4]四村联建：…, a footnote wherever it stands
_GLOSSARY_RE = lazy_re(
    r"^\s{0,4}(?:附件?\d?[：:]?)?(?:有关|相关|部分)?(?:名词|名词术语|专有名词|用语)(?:解释|注释|说明)(?:表)?[：:]?\s{0,4}$|^注释[：:]?\s{0,4}$",
    re.MULTILINE,
)  # 名词解释

_DIALLED_RE = lazy_re(
    r"[”’」』]?(?:[\u4e00-\u9fff]{0,4}(?:热线|平台|电话|专线|客服)|热线|便民|电话|专线|工单|平台|政务|市长|服务)"
)  # “12345”热线
# a numeral and one sign before a trade mark or the noun of a firm name it: “四海”牌大米, “三源”食品有限公司, “九丰”超市
_FIRM_RE = lazy_re(
    r"[”’」』](?:牌(?![子照匾坊号])|(?:注册|驰名)?商标|[\u4e00-\u9fff]{0,8}?(?:有限公司|公司|集团|大?酒店|宾馆|饭店|超市|商场|药店|药房|商行|家庭农场|水库|灌区|剧团|艺术团))"
)
_ORDINARY_NOUN_RE = lazy_re(
    r"[”’」』](?:工程|计划|行动|模式|战略|思路|目标|体系|机制|工作|发展|政策|布局|规划|格局|架构|框架|路径|方略|举措|产业|治理|网格)"
)

# “128”股改上市三年行动计划
_PROGRAMME_RE = lazy_re(
    r"[”’」』][\u4e00-\u9fff]{2,8}(?:行动计划|行动方案|计划|工程|战略)(?![\u4e00-\u9fff]{0,2}书)"
)
_CALLED = frozenset(["110", "114", "119", "120", "122", "911", "315", "918"])  # numbers to dial, and days


def _candidate(text: str, start: int, end: int) -> Candidate | None:
    wording = text[start:end]
    if wording[-1:] in _NOTE_ENDS and (note := _NOTE_RE.search(wording)):
        end, wording = start + note.start(), wording[: note.start()]
    stripped = wording.strip()
    if stripped != wording:
        start += len(wording) - len(wording.lstrip())
    end = start + len(stripped)
    if not 2 <= len(stripped) <= LONGEST:
        return None
    shape = classify(stripped)
    if (
        shape is None
        and re.fullmatch(r"\d{3}", stripped)
        and (
            _ORDINARY_NOUN_RE.match(text, end)
            or (stripped not in _CALLED and _PROGRAMME_RE.match(text, end))
            or counted_out(text, end, stripped)
            or by_numbers(text, end, stripped)
        )
    ):
        shape = Shape("formula")  # “151”工程; a bare “110” is a telephone number
    if shape and shape.kind == "formula" and stripped.isdigit() and _DIALLED_RE.match(text, end):
        return None
    if shape and len(stripped) == 2 and stripped not in known() and _FIRM_RE.match(text, end):
        return None
    return Candidate(start, end, shape) if shape else None


def _term(text: str, start: int, end: int) -> Candidate | None:
    """Return the slogan that opens a line of explanations, a settled one without its noun: 四医联动改革：…"""
    noun = _NOUN_END_RE.search(text, start, end)
    if noun and text[start : noun.start()] in known():
        end = noun.start()
    return _candidate(text, start, end)


def _terms(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Yield the slogans of a line's term: two of several groups in 双创双服、三创四建：“双创双服”即…, told in turn."""
    parts = text[start:end].split("、")
    if (
        len(parts) > 1
        and parts[0] in text[end : end + len(parts[0]) + 4]
        and all(len(groups(part)) > 1 for part in parts)
    ):
        for part in parts:
            yield from filter(None, [_candidate(text, start, start + len(part))])
            start += len(part) + 1
    elif candidate := _term(text, start, end):
        yield candidate


_NOUN_END_RE = lazy_re(one_of("slogan_noun") + r"\Z")
_WHOLE_RE = lazy_re(r"[三四五六七八九十]{1,2}个一")
_PART_RE = lazy_re(
    r"[“‘「『](?P<part>(?P<number>[一二两三四五六七八九十]{1,2}|[百千])[^“”‘’「」『』\n一二两三四五六七八九十百千、，]{1,5})[”’」』]"
)
_SERIES_RE = lazy_re(r"[“‘「『](?P<part>一个[^“”‘’「」『』\n一二两三四五六七八九十、，]{2,6})[”’」』]")
_ONE_RE = lazy_re(r"[“‘「『](?P<one>一[\u4e00-\u9fff](?![一两三四五六七八九十])[\u4e00-\u9fff])[”’」』]")
_SEVERAL = 3
_TOLD_PART_RE = lazy_re(
    r"(?<=[：；，。、（\]】\n])(?P<part>(?P<number>[一二两三四五六七八九十]{1,2}|[百千])[^“”‘’「」『』\n一二两三四五六七八九十百千、，：；即指是]{1,4})(?=[，：]?(?:即|是指|"
    + MEANING
    + r"|包括)|：)"
)  # 两不愁三保障：两不愁即…，三保障即…
_NEAR = 120  # characters to either side in which “一个目标” has “两个…” or “三个…” as its fellows
_REACH = 600  # characters behind a whole in which its parts are named


def _parts(text: str, wholes: list[Candidate]) -> Iterator[Candidate]:
    """Yield the “一区” … “一机场” that spell out “六个一”, and the “一减” of “一减四增”: alone, 一X would be no slogan."""
    for whole in wholes:
        label = text[whole.start : whole.end]
        counts_ones = bool(_WHOLE_RE.fullmatch(label))
        if not counts_ones and whole.shape.kind != "compound":
            continue
        parts = [
            m
            for m in itertools.chain(
                _PART_RE.finditer(text, whole.end, whole.end + _REACH),
                () if counts_ones else _TOLD_PART_RE.finditer(text, whole.end, whole.end + _REACH),
            )
            if (m["part"][0] == "一" if counts_ones else m["part"] in label)
        ]
        if len({m["part"] for m in parts}) < 2:
            continue
        for match in parts:
            if (number := number_of(match["number"])) is not None:
                yield Candidate(*match.span("part"), Shape("enumerated", number))


def _series(text: str, fellows: list[Candidate]) -> Iterator[Candidate]:
    """Yield “一个目标” where it opens a series that goes on with “两个…”, “三个…”."""
    starts = sorted(c.start for c in fellows if "个" in text[c.start : c.end])
    for match in _SERIES_RE.finditer(text) if starts else ():
        nearest = bisect.bisect_left(starts, match.start() - _NEAR)
        if nearest < len(starts) and starts[nearest] <= match.start() + _NEAR:
            yield Candidate(*match.span("part"), Shape("enumerated", 1))


def _ones(text: str) -> Iterator[Candidate]:
    """Yield “一网清”, “一队管”, “一站救” where the document quotes three such or more: one of them alone may be a set word."""
    ones = [m for m in _ONE_RE.finditer(text) if m["one"] not in never()]
    if len({m["one"] for m in ones}) >= _SEVERAL:
        for match in ones:
            yield Candidate(*match.span("one"), Shape("enumerated", 1))


def _marked(text: str) -> Iterator[Candidate]:
    for match in _MARKED_RE.finditer(text):
        group = "quoted" if match["quoted"] else "term"
        if candidate := _candidate(text, *match.span(group)):
            yield candidate
    if '"' in text:
        for match in _STRAIGHT_RE.finditer(text):
            if candidate := _candidate(text, *match.span(1)):
                yield candidate
    for match in _NOTE_TERM_RE.finditer(text) if "[" in text or "【" in text else ():
        yield from _terms(text, *match.span("term"))
    if glossary := _GLOSSARY_RE.search(text):
        for match in _LINE_TERM_RE.finditer(text, glossary.end()):
            yield from _terms(text, *match.span("term"))


def find_quoted(text: str) -> list[Candidate]:
    """Return the slogans between quotes, and the terms of a glossary (名词解释) at the end of a report.

    >>> text = "教育经费“三个增长”“两个只增不减”全部落实到位。通过“特岗计划”补充教师"
    >>> [text[c.start : c.end] for c in find_quoted(text)]
    ['三个增长', '两个只增不减']
    """
    marked = list(_marked(text))
    ones = _ones(text) if text.count("“一") >= _SEVERAL else ()
    return [*marked, *_parts(text, marked), *_series(text, marked), *ones]
