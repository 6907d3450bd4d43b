"""Titles and document numbers: do two documents say of themselves that they are two?"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from pipeline.duplicates.alignment import Gap, differences
from pipeline.duplicates.differences import ABOUT_RE, STAGE_RE, Kind, judge
from pipeline.duplicates.folding import fold
from pipeline.duplicates.places import are_different, places_at
from pipeline.lazy_re import lazy_re

_PART_RE = lazy_re(
    r"[（(](?P<part>[上中下]|[一二三四五六七八九十\d]{1,3})[）)]\s*$|第(?P<batch>[一二三四五六七八九十\d]{1,4})(?:批|期|部分|号|轮)|之(?P<follow>[一二三四五六七八九十]{1,2})\s*$"
)
YEAR_RE = lazy_re(r"(?:19|20)\d\d(?!\d)")
_ALIKE = 0.6
_LONGEST = 300


def different_documents(title: str | None, other: str | None) -> str | None:
    """Return why two titles cannot be of one document, None when they may be.

    >>> different_documents("旬邑县学前教育行动计划", "旬邑县学前教育行动计划（征求意见稿）")
    'draft and final text'
    >>> different_documents("2022年招生工作通知", "2023年招生工作通知")
    'another year in the title'
    >>> different_documents("旬邑县学前教育行动计划", "学前教育行动计划发布") is None
    True
    """
    if not title or not other:
        return None
    title, other = title[:_LONGEST], other[:_LONGEST]
    if bool(STAGE_RE.search(title)) != bool(STAGE_RE.search(other)):
        return "draft and final text"
    if set(ABOUT_RE.findall(title)) != set(ABOUT_RE.findall(other)):
        return "a document and one about it"
    parts, other_parts = ({m.group().strip() for m in _PART_RE.finditer(t)} for t in (title, other))
    if parts != other_parts and (parts and other_parts):
        return "another part"
    years, other_years = set(YEAR_RE.findall(title)), set(YEAR_RE.findall(other))
    if years and other_years and years.isdisjoint(other_years):
        return "another year in the title"
    places, other_places = places_at(title, 0, len(title)), places_at(other, 0, len(other))
    counties = [frozenset(p for p in some if p[-1] in "县区旗") for some in (places, other_places)]
    if are_different(counties[0], counties[1]):
        return "another place in the title"
    return _another_number_or_word(title, other)


def _another_number_or_word(title: str, other: str) -> str | None:
    """Compare two titles of the same form: 第一批 is not 第二批, 小学 is not 初中."""
    one, two = fold(title), fold(other)
    if Indel.normalized_similarity(one.text, two.text) < _ALIKE:
        return None
    for place in differences(one.text, two.text, Gap(0, len(one.text), 0, len(two.text))):
        kind = judge(one, two, place)
        if kind in (Kind.NUMBER, Kind.PLACE):
            return f"{kind.value} in the title"
        replaced = place.end > place.start and place.other_end > place.other_start
        if replaced and kind in (Kind.EDIT, Kind.NEGATION):
            return "other words in the title"
    return None


def different_numbers(number: str | None, other: str | None) -> bool:
    """Tell whether two 发文字号 are two; brackets and spaces do not count.

    >>> different_numbers("旬政办发〔2023〕5号", "旬政办发[2023] 5号"), different_numbers("旬政办发〔2023〕5号", None)
    (False, False)
    >>> different_numbers("旬政办发〔2023〕5号", "旬政办发〔2022〕5号")
    True
    """
    if not number or not other:
        return False
    digits, other_digits = ([int(found) for found in re.findall(r"\d+", each)] for each in (number, other))
    return digits != other_digits
