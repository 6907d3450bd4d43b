"""Slogans without quotes: only shapes that the language itself marks, settled ones, and those the document quotes elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import Shape, classify, is_weak
from pipeline.extract.slogans.words import known, never, one_of, word_class

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SMALL = r"(?:[两三四五六七八九]|十[一二三四五六七八九]?)"
_FULL_STOP = r"(?![\u4e00-\u9fff\w])"
# what may stand right behind a slogan that has no closing quote
_END = rf"(?=[^\u4e00-\u9fff\w]|\Z|的|和|与|及|等|为|{one_of('slogan_noun')})"

_DISTRIBUTIVE_RE = re.compile(
    rf"一{one_of('distributive_base')}(?:一{one_of('distributive_end')}){{1,3}}"
)  # 一校一案, 一村一品一特
_CHAIN_RE = re.compile(
    rf"(?:{_SMALL}|一)(?:{one_of('chain_head')}(?:{_SMALL}|一)){{1,4}}{one_of('chain_head')}"
)  # 五清三建一改, 六纵七横
_CLOSING_RE = re.compile(
    rf"{_SMALL}[\u4e00-\u9fff]{{0,2}}?{one_of('closing_verb')}(?!化){_END}"
)  # 三方联动, 三结合
_NOMINAL_RE = re.compile(rf"{_SMALL}(?:个|大)?{one_of('nominal_verb')}(?:到位)?{_END}")  # 四个强化, 六规范
_LARGE_RE = re.compile(rf"{_SMALL}大{one_of('abstract_head')}(?!者)")  # 四大工程, 五大工作
_PLUS_RE = re.compile(r"[\dA-Za-z\u4e00-\u9fff]{1,10}(?:[+＋][\dA-Za-z\u4e00-\u9fff]{1,10}){1,6}")
_CODE_RE = re.compile(
    rf"(?<![\d.,，年第+])(?!(?:19|20)\d\d)\d{{4,5}}(?={one_of('abstract_head')})"
)  # 1530工程
_SHARED_NOUN_RE = re.compile(r"[地国县市省校厂部者岸角年月日季次种处]")

_NOT_BEFORE = frozenset("第一二两三四五六七八九十百千万零〇多几数近约每前后上下其这那各另")
_TERM_CHAR_RE = re.compile(r"[\u4e00-\u9fff\w]")
_NUMERIC_SIGN_RE = re.compile(r"[0-9.]")


@functools.cache
def _known_re() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(known(), key=lambda w: (-len(w), w))))


def _stands_alone(text: str, start: int) -> bool:
    """Say whether no numeral or determiner before makes a count of it: 第三结合部, 每三个月, 十四个强化."""
    return start == 0 or (text[start - 1] not in _NOT_BEFORE and not _NUMERIC_SIGN_RE.match(text[start - 1]))


def _on_words(doc: Doc, start: int, end: int) -> bool:
    """Say whether a span begins and ends where words do: 三公 in 三公经费, not in 三公里."""
    return doc.char_span(start, end) is not None


def _literal(text: str, doc: Doc, pattern: re.Pattern[str]) -> Iterator[Candidate]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if not _stands_alone(text, start):
            continue
        if end - start <= 3 and not (_on_words(doc, start, end) and re.compile(_END).match(text, end)):
            continue
        if shape := classify(match[0]):
            yield Candidate(start, end, shape, is_quoted=False)


def _formulas(text: str, doc: Doc) -> Iterator[Candidate]:
    """Find terms joined by +; where words run into the sentence, the words nearest to the + are the terms."""
    for match in _PLUS_RE.finditer(text):
        start, end = match.span()
        first, *_, last = re.split(r"[+＋]", match[0])
        if tail := re.search(r"\d{1,3}[A-Z]?\Z|[A-Z]{1,3}\Z", first):
            start = match.start() + tail.start()
        elif not _is_whole_term(text, doc, start, start + len(first)):
            start = max(start, _token_at(doc, match.start() + len(first) - 1)[0])
        if head := re.match(r"\d{1,3}(?!\d)|[A-Z](?![A-Za-z])", last):
            end = match.end() - len(last) + head.end()
        elif not _is_whole_term(text, doc, end - len(last), end):
            end = min(end, _token_at(doc, match.end() - len(last))[1])
        terms = re.split(r"[+＋]", text[start:end])
        if all(
            re.fullmatch(r"\d{1,3}|[A-Z]", t) or re.search(r"[\u4e00-\u9fff]{2}", t) for t in terms
        ) and not all(t.isalpha() and t.isascii() for t in terms):
            yield Candidate(start, end, Shape("formula"), is_quoted=False)


def _token_at(doc: Doc, offset: int) -> tuple[int, int]:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return (span.start_char, span.end_char) if span is not None else (offset, offset + 1)


def _is_whole_term(text: str, doc: Doc, start: int, end: int) -> bool:
    """Say whether a short stretch between marks is one term (区域评估, 代办制) and not verb and term (通过自主)."""
    if (
        end - start > 5
        or (start > 0 and _TERM_CHAR_RE.match(text, start - 1))
        or _TERM_CHAR_RE.match(text, end)
    ):
        return False
    span = doc.char_span(start, end, alignment_mode="expand")
    return (
        span is not None
        and span[0].tag_[:1] not in "pvdcur"
        and span[-1].text not in word_class("slogan_noun")
    )


def _followed_by_noun(doc: Doc, end: int) -> bool:
    span = doc.char_span(end, end + 1, alignment_mode="expand") if end < len(doc.text) else None
    return (
        span is not None
        and span.start_char >= end
        and span[0].tag_[:1] == "n"
        and span.text not in word_class("slogan_noun")
    )


def _shaped(text: str, doc: Doc) -> Iterator[Candidate]:
    for match in _DISTRIBUTIVE_RE.finditer(text):
        if match[0] not in never() and _stands_alone(text, match.start()):
            yield Candidate(*match.span(), Shape("distributive"), is_quoted=False)
    for match in _CHAIN_RE.finditer(text):
        if match[0] in never() or not _stands_alone(text, match.start()) or len(match[0]) < 4:
            continue
        if re.search(rf"{_SMALL}", match[0]):
            yield Candidate(*match.span(), Shape("compound"), is_quoted=False)
    for pattern in (_CLOSING_RE, _NOMINAL_RE):
        for match in pattern.finditer(text):
            shape = classify(match[0])
            if shape and _stands_alone(text, match.start()) and not _SHARED_NOUN_RE.search(match[0][1:3]):
                yield Candidate(*match.span(), shape, is_quoted=False)
    for match in _LARGE_RE.finditer(text):
        shape = classify(match[0])
        if shape and _stands_alone(text, match.start()) and not _followed_by_noun(doc, match.end()):
            yield Candidate(*match.span(), shape, is_quoted=False)
    for match in _CODE_RE.finditer(text):
        yield Candidate(*match.span(), Shape("formula"), is_quoted=False)


def find_bare(text: str, doc: Doc, quoted_labels: Iterable[str]) -> Iterator[Candidate]:
    """Yield the slogans outside of quotes; `quoted_labels` are those that the document itself puts in quotes.

    A numeral with an ordinary noun is a count and refused: 4个工作专班, 三年行动计划, 六个方面, 三个产业园.
    """
    yield from _shaped(text, doc)
    if "+" in text or "＋" in text:
        yield from _formulas(text, doc)
    yield from _literal(text, doc, _known_re())
    own = sorted(
        {w for w in quoted_labels if not is_weak(w) and not w.isdigit()} - known(), key=lambda w: (-len(w), w)
    )
    if own:
        yield from _literal(text, doc, re.compile("|".join(map(re.escape, own))))
