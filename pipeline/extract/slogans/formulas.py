"""Slogans that join terms by +, without quotes: 1+6+N, 党建+养老; not sums and equations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import Shape
from pipeline.extract.slogans.words import word_class
from pipeline.lazy_re import lazy_re

if TYPE_CHECKING:
    from pipeline.tagged import TaggedText

_PLUS_RE = lazy_re(r"[+＋]")
_SIGN_RE = lazy_re(r"\d{1,3}|[A-Z]")
_SIGN_TAIL_RE = lazy_re(r"\d{1,3}[A-Z]?\Z|[A-Z]{1,3}\Z")
_COUNTED_RE = lazy_re(r"[+＋][\u4e00-\u9fff]{0,6}(?:\d{1,3}|[NX])[个项名支套张][\u4e00-\u9fff]{2}")
_SIGN_HEAD_RE = lazy_re(r"\d{1,3}(?!\d)|[A-Z](?![A-Za-z])")
_WORD_RE = lazy_re(r"[\u4e00-\u9fff]{2}")
_CLAUSE_RE = lazy_re(r"[^，。；\n]{0,30}\Z")
_TERM_BEFORE_RE = lazy_re(r"[\dA-Za-z\u4e00-\u9fff]{1,10}\Z")
_TERMS_BEHIND_RE = lazy_re(r"(?:[+＋][\dA-Za-z\u4e00-\u9fff]{1,10}){1,6}")
_NAMED_RE = lazy_re(
    r"[\u4e00-\u9fff]{0,8}?(?:模式|机制|体系|方式|形式|方法|做法|工作法|管理|治理|平台|格局|理念|思路|结合|融合|联动)"
)
_TERM_CHAR_RE = lazy_re(r"[\u4e00-\u9fff\w]")


def find_formulas(text: str, words: TaggedText) -> Iterator[Candidate]:
    """Yield terms joined by +; where words run into the sentence, the words nearest to the + are the terms."""
    done = 0
    for plus in _PLUS_RE.finditer(text):
        left = _TERM_BEFORE_RE.search(text[max(0, plus.start() - 10) : plus.start()])
        right = _TERMS_BEHIND_RE.match(text, plus.start())
        if plus.start() < done or left is None or right is None or _is_sum(text, plus.start()):
            continue
        start, end = plus.start() - len(left[0]), right.end()
        done = end
        first, last = left[0], _PLUS_RE.split(right[0])[-1]
        if tail := _SIGN_TAIL_RE.search(first):
            start += tail.start()
        elif not _is_whole_term(text, words, start, plus.start()):
            start = max(start, _word_at(words, plus.start() - 1)[0])
            if start == plus.start() - 2 and text.endswith("大数据", 0, plus.start()):
                start -= 1  # to jieba 大数据 is two words
        if head := _SIGN_HEAD_RE.match(last):
            end += head.end() - len(last)
        elif not _is_whole_term(text, words, end - len(last), end):
            end = min(end, _word_at(words, end - len(last))[1])
        terms = _PLUS_RE.split(text[start:end])
        if _COUNTED_RE.search("+" + left[0]) and _COUNTED_RE.search(right[0]):
            continue  # （1个总体方案+3个专项规划+N个配套措施）: what 1+3+N stands for
        if any(a.isdigit() != b.isdigit() and _WORD_RE.search(a + b) for a, b in itertools.pairwise(terms)):
            continue  # 500+人次, 拨打+86
        is_quoted = text[start - 1 : start] in ("“", "‘", "「", '"')
        if len(terms) == 2 and not is_quoted and not _is_named(text, start, end, terms):
            continue  # 农户+精深加工企业: two things that come together
        if all(_SIGN_RE.fullmatch(t) or _WORD_RE.search(t) for t in terms) and not all(
            t.isalpha() and t.isascii() for t in terms
        ):
            yield Candidate(start, end, Shape("formula"), is_quoted=False)


def _is_named(text: str, start: int, end: int, terms: list[str]) -> bool:
    """Say whether two ordinary words joined outside of quotes are a slogan: 党建+养老, or what is called a way of work (公司+农户模式)."""
    if not all(map(_WORD_RE.search, terms)):
        return True  # 1+X
    is_named = terms[0] in word_class("plus_base") or _NAMED_RE.match(text, end) is not None
    return is_named or f"“{text[start:end]}”" in text


def _is_sum(text: str, plus: int) -> bool:
    """Whether a + belongs to an equation: 收支结余=业务收支结余+财政项目结余."""
    around = _CLAUSE_RE.search(text, max(0, plus - 30), plus)
    return around is not None and ("=" in around[0] or "＝" in around[0])


def _word_at(words: TaggedText, offset: int) -> tuple[int, int]:
    span = words.span(offset, offset + 1)
    return (words.starts[span[0]], words.ends[span[0]]) if span is not None else (offset, offset + 1)


def _is_whole_term(text: str, words: TaggedText, start: int, end: int) -> bool:
    """Say whether a short stretch between marks is one term (区域评估, 代办制) and not verb and term (通过自主)."""
    if (
        end - start > 5
        or (start > 0 and _TERM_CHAR_RE.match(text, start - 1))
        or _TERM_CHAR_RE.match(text, end)
    ):
        return False
    span = words.span(start, end)
    if span is None or words.words(*span)[-1] in word_class("slogan_noun"):
        return False
    return all(tag == "vn" or tag[:1] not in "pvdcur" for tag in words.tags[slice(*span)])
