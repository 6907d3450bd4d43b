"""What a difference between two texts means: another content, a scar of damage, or a word changed by an editor."""

from __future__ import annotations

import re
from enum import Enum

from pipeline.characters import load_model
from pipeline.duplicates.alignment import Gap
from pipeline.duplicates.folding import DOUBT, Folded
from pipeline.duplicates.places import are_different, places_at


class Kind(Enum):
    """The meaning of a difference; the first five make two documents of two texts."""

    NUMBER = "another number"
    PLACE = "another place"
    NEGATION = "a negation more"
    PASSAGE = "a passage of its own"
    WORDING = "other words"
    EDIT = "one word edited"
    SCAR = "damage"
    NOTHING = "nothing"


_CHINESE_DIGITS = "〇零一二三四五六七八九十百千万亿两"
_NUMBER_RE = re.compile(rf"(?:\d|点点|[{_CHINESE_DIGITS}])+")
_DIGIT_RE = re.compile(r"\d")
_NOT_NUMBER = frozenset("点")
_NEGATIONS = frozenset("不未非无否勿禁")
# spellings of one word that editors and conversions choose between
_VARIANTS = tuple(
    frozenset(group)
    for group in ("的地得", "账帐", "他它她", "做作", "像象", "份分", "台坛", "著着", "于於", "干乾", "并併", "唯惟维", "侯候", "凖准")
)  # fmt: skip
_PASSAGE = 16  # characters; a longer difference is no slip
_LATIN_RE = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NO_HAN_RE = re.compile(r"[^\u4e00-\u9fff\d]")
_BEHIND, _AHEAD = 3, 3  # characters around a difference that its reading depends on
_WORSE = 5.0  # natural logarithm by which a reading must be less likely to be a scar
_DEAR, _CHEAP = 7.5, 1.8  # price of a character that does not belong, and of one that is missed


def number_around(text: str, start: int, end: int) -> str:
    """Return the number that a place lies in or touches, "" when there is none.

    >>> number_around("新增学位1200个", 5, 7), number_around("新增学位1200个", 1, 2)
    ('1200', '')
    """
    inside = text[start:end]
    left, right = start, end
    while left > 0 and start - left < 12 and _NUMBER_RE.fullmatch(text[left - 1]):
        left -= 1
    while right < len(text) and right - end < 12 and _NUMBER_RE.fullmatch(text[right]):
        right += 1
    if not (_has_number(inside) or (start == end and left < start and right > end)):
        return ""
    return "".join(m.group() for m in _NUMBER_RE.finditer(text[left:right])).strip("点")


def _has_number(text: str) -> bool:
    return any(match.group().strip("点") for match in _NUMBER_RE.finditer(text))


def judge(one: Folded, other: Folded, place: Gap) -> Kind:
    """Say what one difference means.

    >>> from pipeline.duplicates.folding import fold
    >>> judge(fold("新增学位1200个"), fold("新增学位1350个"), Gap(5, 7, 5, 7))
    <Kind.NUMBER: 'another number'>
    >>> judge(fold("加强教师队伍建设"), fold("加强教师队?建设"), Gap(5, 6, 5, 6))
    <Kind.SCAR: 'damage'>
    """
    left, right = one.text[place.start : place.end], other.text[place.other_start : place.other_end]
    if _is_list_number(one, place.start, left, right) or _is_list_number(
        other, place.other_start, right, left
    ):
        return Kind.NOTHING
    has_doubt = DOUBT in left or DOUBT in right
    numbers = _numbers(one, other, place)
    if numbers[0] != numbers[1] and not has_doubt and (all(numbers) or _DIGIT_RE.search("".join(numbers))):
        return Kind.NUMBER
    if are_different(
        places_at(one.text, place.start, place.end),
        places_at(other.text, place.other_start, place.other_end),
    ):
        return Kind.PLACE
    if has_doubt and (max(len(left), len(right)) <= _PASSAGE or _share_lost(left, right) > 0.25):
        return Kind.SCAR
    if max(len(left), len(right)) > _PASSAGE:
        return Kind.PASSAGE
    if any(left in group and right in group for group in _VARIANTS if len(left) == len(right) == 1):
        return Kind.NOTHING
    if _is_foreign(left) != _is_foreign(right):
        return Kind.SCAR
    if numbers[0] != numbers[1] and all(numbers):
        return Kind.NUMBER
    if _reads_worse(one, other, place):
        return Kind.SCAR
    if {c for c in left if c in _NEGATIONS} != {c for c in right if c in _NEGATIONS}:
        return Kind.NEGATION
    return Kind.NUMBER if numbers[0] != numbers[1] else Kind.EDIT


def _numbers(one: Folded, other: Folded, place: Gap) -> tuple[str, str]:
    left = number_around(one.text, place.start, place.end)
    right = number_around(other.text, place.other_start, place.other_end)
    if left and not right:  # 12所 with all of its number lost is not 12 against nothing at all
        right = _touching(other.text, place.other_start, place.other_end)
    elif right and not left:
        left = _touching(one.text, place.start, place.end)
    return left, right


def _touching(text: str, start: int, end: int) -> str:
    return number_around(text, max(0, start - 1), min(len(text), end + 1)) if text[start:end] == "" else ""


def _is_list_number(folded: Folded, start: int, more: str, less: str) -> bool:
    """Tell whether only the number of a list is lost, which a page may have had its browser count."""
    marker = more.removesuffix("点点")
    return (
        not less and folded.line_begins(start) and 0 < len(marker) <= 3 and bool(_NUMBER_RE.fullmatch(marker))
    )


def _share_lost(left: str, right: str) -> float:
    return max(left.count(DOUBT) / max(1, len(left)), right.count(DOUBT) / max(1, len(right)))


def _is_foreign(text: str) -> bool:
    """Tell whether a stretch is no Chinese: letters of a note or of another encoding, characters never printed."""
    model = load_model()
    return bool(text) and (
        bool(_LATIN_RE.search(text)) or any(_NO_HAN_RE.match(c) or not model.knows(c) for c in text)
    )


def _reads_worse(one: Folded, other: Folded, place: Gap) -> bool:
    """Tell whether one of the readings is so much worse that no author can have written both."""
    model = load_model()
    before = one.text[max(0, place.start - _BEHIND) : place.start]
    after = one.text[place.end : place.end + _AHEAD]
    left, right = one.text[place.start : place.end], other.text[place.other_start : place.other_end]
    price, price_other = -model.score(left + after, before), -model.score(right + after, before)
    if len(left) == len(right):
        return abs(price - price_other) > _WORSE
    more, fewer = (price, price_other) if len(left) > len(right) else (price_other, price)
    a_character = (more - fewer) / abs(len(left) - len(right))
    return a_character > _DEAR or a_character < _CHEAP
