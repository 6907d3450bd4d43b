"""Slogans without quotes: only shapes that the language itself marks, settled ones, and those the document quotes elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.extract.slogans.formulas import find_formulas
from pipeline.extract.slogans.glossed import find_glossed
from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import Shape, classify, is_weak
from pipeline.extract.slogans.signed import find_signed
from pipeline.extract.slogans.told import find_told
from pipeline.extract.slogans.words import known, never, one_of, stands_alone, word_class
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.numerals import one_of as any_of

if TYPE_CHECKING:
    from pipeline.tagged import TaggedText

MOST_OWN = 300  # labels of its own that are looked for outside of quotes; a report has some forty
_TEENS = r"(?:(?<=十)[一二三四五六七八九])?"
_SMALL = rf"[两三四五六七八九十]{_TEENS}"  # begins with one set of characters, which a search skips to
_SMALL_RE = lazy_re(_SMALL)
# what may stand right behind a slogan that has no closing quote
_END = rf"(?=[^\u4e00-\u9fff\w]|\Z|的|和|与|及|等|为|{one_of('slogan_noun')})"

# 两个提升项目, 三个融合发展示范区 are counts: fewer nouns may follow a verb
_VERB_END = rf"(?=[^\u4e00-\u9fff\w]|\Z|\d{{1,3}}[项条个]|的|和|与|及|等|{one_of('naming_noun')})"
_END_RE = lazy_re(_END)
_SURE_END_RE = lazy_re(rf"(?=[^\u4e00-\u9fff\w]|\Z|{one_of('slogan_noun')})")

_DISTRIBUTIVE_RE = lazy_re(
    rf"一{one_of('distributive_base')}(?:一{one_of('distributive_end')}){{1,3}}"
)  # 一校一案, 一村一品一特
_CHAIN_RE = lazy_re(
    rf"[一两三四五六七八九十]{_TEENS}(?:{one_of('chain_head', 'spatial_head')}[一两三四五六七八九十]{_TEENS}){{1,4}}{one_of('chain_head', 'spatial_head')}"
)  # 五清三建一改, 六纵七横, 一核两翼三区
_DECIMAL_RE = lazy_re(
    r"(?:十[一二三四五六七八九]?|(?<=分之)[一二三四五六七八九])点[一二三四五六七八九]"
)  # 百分之十九点三〔降低〕
_CHAIN_HEAD_RE = lazy_re(one_of("chain_head"))
_CLOSING_RE = lazy_re(
    rf"{_SMALL}[\u4e00-\u9fff]{{0,2}}?{one_of('closing_verb')}(?!化){_VERB_END}"
)  # 三方联动, 三结合
_NOMINAL_RE = lazy_re(rf"{_SMALL}(?:个|大)?{one_of('nominal_verb')}(?:到位)?{_VERB_END}")  # 四个强化, 六规范
# 十个常态化, 四个规范化: what is made so is no thing to count; 三个规模化基地 are
_MADE_SO_RE = lazy_re(
    rf"{_SMALL}个[\u4e00-\u9fff]{{2,4}}化(?=[，。；、：）”\s]|\Z|\d{{1,3}}[项条]|{one_of('naming_noun')})"
)
_LARGE_RE = lazy_re(
    rf"{_SMALL}大(?:{one_of('abstract_head')}(?:(?<=攻坚|提升|转型|突破|保障|改造)(?:行动|工程|计划))?|[\u4e00-\u9fff]{{2}}{one_of('bearing_head')})(?!者)"
)  # 四大工程, 五大工作, 三大主体战略
_WHOLE_NAME_RE = lazy_re(r"(?:[\u4e00-\u9fff]{2})?(?:计划|体系|行动|战略)(?=[，。；、：”）\s的和及]|$)")
_CODE_RE = lazy_re(rf"\d\d{{3,4}}(?={one_of('abstract_head')})")  # 1530工程
_NO_CODE_RE = lazy_re(r"(?<=[\d.,，年第+])|(?:19|20)\d\d")
_SUM_RE = lazy_re(
    rf"[”’」](?P<label>[三四五六七八九](?P<head>(?![项个大条种类])[\u4e00-\u9fff])(?={one_of('naming_noun')})|[三四五六七八九十]大[\u4e00-\u9fff]{{2,4}}|[三四五六七八九十]项(?:制度|机制|原则|措施|举措|行动|工程|改革)|[三四五六七八九十]个(?:关键|要素|环节|维度|层面|层次|领域|阶段|关口))"
)  # “名师、名校、名校长”三名工程, “山场、江畔、村落”三大场景
# 任双组长, 实现双下降: what two people are together, and two that moved alike
_DOUBLE_RE = lazy_re(
    r"(?<=[任设的为行])双(?:组长|指挥长|主任|班长|链长|河长|校长|队长|书记|首席)|(?<=实现)双(?:下降|增长|提升|突破|降低|提高|丰收)(?![\u4e00-\u9fff])"
)
# what sums up the list in quotes before it, by a measure of steps and levels or by none: “备、教、考”三环节, “人防、技防”两级联防
_COMPACT_RE = lazy_re(
    rf"[”’」](?P<label>[三四五六七八九](?:(?!方面)[级步方重色轮篇张道](?P<of>[\u4e00-\u9fff]{{2,4}})|(?P<noun>{one_of('told_head', 'nominal_verb', 'closing_verb')}|[防查管治联控])))"
)
_EACH_RE = lazy_re(
    r"(?:一[\u4e00-\u9fff]{1,2}|每[年季月旬周日天]|半[年月])一[\u4e00-\u9fff]{1,3}"
)  # 一月一调度, 每季一通报
_EACH_LISTED_RE = lazy_re(
    rf"{_EACH_RE.pattern}(?:、{_EACH_RE.pattern}){{1,5}}(?=[，。；”）]|制度|机制|工作法|$)", re.MULTILINE
)
_LEAD_RE = lazy_re(r"[三四五六七八九十]大[\u4e00-\u9fff]{2}(?=。)")
_VERB_OF_LEAD_RE = lazy_re(
    r"(?:\A|(?<=[。；\n]))[\u4e00-\u9fff]{2,4}\Z"
)  # before a lead that its paragraph spells out: 实现三大整合。
_SUMMED_RE = lazy_re(r"[“‘「](?P<list>[^“”‘’「」\n]{3,60})\Z")
_RUN_RE = lazy_re(r"(?:[“‘「][^“”‘’「」\n]{1,24}[”’」][、和及]?){3,9}\Z")
_QUOTED_RE = lazy_re(r"[“‘「]([^“”‘’「」\n]+)")
_SHARED_NOUN_RE = lazy_re(r"[地国县市省校厂部者岸角年月日季次种处]")


@functools.cache
def _known_re() -> re.Pattern[str]:
    return compiled_once(any_of(known()))


def _literal(
    text: str, words: TaggedText, pattern: re.Pattern[str], *, is_settled: bool
) -> Iterator[Candidate]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if not stands_alone(text, start):
            continue
        # 三公经费 and 三公, are safe; before any other word the label's words must end there too: 双拥|共建, but 三公里
        may_end = is_settled or _END_RE.match(text, end)  # but 四问自己, where the document quotes “四问”
        is_safe = end - start > 3 or _SURE_END_RE.match(text, end)
        if not is_safe and not (may_end and words.begins_and_ends(start, end)):
            continue
        if shape := classify(match[0]):
            yield Candidate(start, end, shape, is_quoted=False)


def _followed_by_noun(words: TaggedText, end: int) -> bool:
    """Say whether a noun that makes a count of a slogan follows it: 四个重点|产业, but 四个强化|工作机制."""
    span = words.span(end, end + 1)  # None behind the last word
    if span is None:
        return False
    first = span[0]
    return (
        words.starts[first] >= end
        and words.tags[first][:1] == "n"
        and words.text[words.starts[first] : words.ends[first]] not in word_class("slogan_noun")
    )


def _distributives(text: str) -> Iterator[Candidate]:
    """Find what each gets, and what stands beside it in a list: 一校一景; 一级一廊、一班一角."""
    for match in _DISTRIBUTIVE_RE.finditer(text):
        if match[0] not in never() and stands_alone(text, match.start()):
            yield Candidate(*match.span(), Shape("distributive"), is_quoted=False)
    for listed in _EACH_LISTED_RE.finditer(text):
        items = list(_EACH_RE.finditer(text, *listed.span()))
        beside = [item for item in items if not _DISTRIBUTIVE_RE.fullmatch(item[0])]
        is_rhythm = all(item[0][0] in "每半" or item[0][1] in "年季月旬周日天" for item in items)
        if (is_rhythm or len(beside) < len(items)) and stands_alone(text, listed.start()):
            for item in beside:
                if item[0] not in never():
                    yield Candidate(*item.span(), Shape("distributive"), is_quoted=False)


def _chains(text: str) -> Iterator[Candidate]:
    """Find chains of counted heads: 五清三建一改; 三区两园 counts places, an axis, a wing or a verb makes a plan of it."""
    for match in _CHAIN_RE.finditer(text):
        if match[0] in never() or not stands_alone(text, match.start()) or len(match[0]) < 4:
            continue
        if _DECIMAL_RE.match(text, match.start()):
            continue
        if _SMALL_RE.search(match[0]) and _CHAIN_HEAD_RE.search(match[0]):
            yield Candidate(*match.span(), Shape("compound"), is_quoted=False)


def _shaped(text: str, words: TaggedText) -> Iterator[Candidate]:
    """Find what the language marks as a slogan by its shape."""
    yield from _distributives(text)
    yield from _chains(text)
    for pattern in (_CLOSING_RE, _NOMINAL_RE, _MADE_SO_RE):
        for match in pattern.finditer(text):
            shape = classify(match[0])
            if shape and stands_alone(text, match.start()) and not _SHARED_NOUN_RE.search(match[0][1:3]):
                yield Candidate(*match.span(), shape, is_quoted=False)
    for match in _LARGE_RE.finditer(text):
        shape = classify(match[0])
        if shape and stands_alone(text, match.start()) and not _followed_by_noun(words, match.end()):
            whole = _WHOLE_NAME_RE.match(text, match.end())  # 六大人才行动|计划, 三大人才开发|支撑体系
            yield Candidate(match.start(), whole.end() if whole else match.end(), shape, is_quoted=False)
    yield from _sums(text, words)
    yield from _compact_sums(text, words)
    for match in _DOUBLE_RE.finditer(text) if "双" in text else ():
        yield Candidate(*match.span(), Shape("enumerated", 2), is_quoted=False)
    for match in _LEAD_RE.finditer(text):
        is_lead = _VERB_OF_LEAD_RE.search(text, max(0, match.start() - 4), match.start())
        if is_lead and (shape := classify(match[0])):
            yield Candidate(*match.span(), shape, is_quoted=False)
    for match in _CODE_RE.finditer(text):
        if _NO_CODE_RE.match(text, match.start()):
            continue
        yield Candidate(*match.span(), Shape("formula"), is_quoted=False)


def _listed_before(text: str, end: int) -> list[str]:
    """Return what a quotation lists that closes at an offset, or several of them in a row: “A、B、C”, “A”“B”“C”."""
    if run := _RUN_RE.search(text, max(0, end - 120), end + 1):
        return _QUOTED_RE.findall(run[0])
    summed = _SUMMED_RE.search(text, max(0, end - 64), end)
    return summed["list"].split("、") if summed else []


def _sums(text: str, words: TaggedText) -> Iterator[Candidate]:
    """Find what sums up a list right before it: “名师、名校、名校长”三名工程."""
    for match in _SUM_RE.finditer(text):
        parts = _listed_before(text, match.start())
        shape = classify(match["label"])
        head = match["head"] or ""  # N大… sums up whatever was listed
        is_sum = shape is not None and len(parts) == shape.numeral and all(head in part for part in parts)
        if shape and is_sum and (head or words.begins_and_ends(*match.span("label"))):
            yield Candidate(*match.span("label"), shape, is_quoted=False)


def _compact_sums(text: str, words: TaggedText) -> Iterator[Candidate]:
    """Find what sums up a quoted list without a plain count: “发现、整改、销号”三步工作法, not “A、B、C”三家企业."""
    for match in _COMPACT_RE.finditer(text):
        parts = _listed_before(text, match.start())
        parts = list(parts[0]) if len(parts) == 1 else parts  # “备教考”三环节
        start = match.start("label")
        shortest = match.start("of") + 2 if match["of"] else match.end()
        for end in range(shortest, match.end() + 1):
            shape = classify(text[start:end])
            is_sum = shape is not None and shape.numeral == len(parts)
            is_whole = words.begins_and_ends(start, end) and not text.startswith(("法", "制"), end)
            if text[start + 1] in "张篇道重" and _followed_by_noun(words, end):
                continue  # 四张产业|名片
            if shape and is_sum and is_whole:
                yield Candidate(start, end, shape, is_quoted=False)
                break


def find_bare(text: str, words: TaggedText, quoted_labels: Iterable[str]) -> Iterator[Candidate]:
    """Yield the slogans outside of quotes; `quoted_labels` are those that the document itself puts in quotes.

    A numeral with an ordinary noun is a count and refused: 4个工作专班, 三年行动计划, 六个方面, 三个产业园.
    """
    yield from _shaped(text, words)
    yield from find_formulas(text, words)
    yield from find_told(text, words)
    yield from find_glossed(text)
    yield from find_signed(text)
    yield from _literal(text, words, _known_re(), is_settled=True)
    settled = known()
    unquoted = [
        w for w in dict.fromkeys(quoted_labels) if w not in settled and not (is_weak(w) or w.isdigit())
    ]
    own = unquoted[:MOST_OWN]
    if own:
        yield from _literal(text, words, re.compile(any_of(own)), is_settled=False)
