"""What a difference between two texts means: another content, a scar of damage, or a word changed by an editor."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from pipeline.characters import load_model
from pipeline.duplicates.alignment import Gap
from pipeline.duplicates.fingerprint import POINT
from pipeline.duplicates.folding import DOUBT, Folded
from pipeline.duplicates.places import are_different, places_at
from pipeline.lazy_re import lazy_re


class Kind(Enum):
    """The meaning of a difference: what makes two documents of two texts first, what does not last."""

    NUMBER = "another number"
    PLACE = "another place"
    NEGATION = "a negation more"
    PASSAGE = "a passage of its own"
    WORDING = "other words"
    LOST = "a numeral, place or negation more"
    EDIT = "one word edited"
    SCAR = "damage"
    NOTHING = "nothing"


# what makes another document of the same matter: its draft, what is said about it, its successors
STAGE_RE = lazy_re(r"征求意见|送审稿|草案|讨论稿|公开征求")
ABOUT_RE = lazy_re(
    r"解读|问答|一图读懂|图解|起草说明|编制说明|答记者问|摘要|转发|补充通知|补充规定|废止|政策咨询"
)
_CHINESE_DIGITS = "〇零一二三四五六七八九十百千万亿两"
_DIGITS_RE = lazy_re(rf"\d+|{POINT}")
_LIST_NUMBER_RE = lazy_re(rf"(?:\d{{1,2}}|[{_CHINESE_DIGITS}]{{1,3}})(?:{POINT})?")
_NEGATIONS = frozenset("不未非无否勿禁")
# spellings of one word that editors and conversions choose between
_VARIANTS = tuple(
    frozenset(group)
    for group in ("的地得", "账帐", "他它她", "做作", "像象", "份分", "台坛", "著着", "于於", "干乾", "并併", "唯惟维", "侯候", "凖准")
)  # fmt: skip
_PASSAGE = 16  # characters; a longer difference is no slip
_LATIN_RE = lazy_re(r"[a-z]{2}|[\u00c0-\u01bf\u01cd-\u024f]")  # dǎo; the A of A区 is no scar
_BEHIND, _AHEAD = 3, 3  # characters around a difference that its reading depends on
# prices a character, in natural logarithms: of fluent prose, of one that does not belong, of one that is missed
_FLUENT, _DEAR, _CHEAP = 4.5, 8.0, 1.8
_NEVER = -15.0  # log probability below which a character is met in no policy text, names included


def is_a_byte_apart(left: str, right: str) -> bool:
    """Tell whether two characters differ in one byte of UTF-8, as one does that was guessed from the others.

    >>> is_a_byte_apart("许", "诸"), is_a_byte_apart("许", "可")
    (True, False)
    """
    if len(left) != 1 or len(right) != 1:
        return False
    octets, others = left.encode("utf-8", "replace"), right.encode("utf-8", "replace")
    return len(octets) == len(others) == 3 and sum(a != b for a, b in zip(octets, others, strict=True)) == 1


def _digits(text: str, instead_of: str) -> str:
    """Return the digits of one side of a difference; a decimal point counts when nothing stands in its place."""
    if text == POINT and instead_of:
        return ""  # 12亿，3: with the 亿 lost the comma stands between two numbers
    return "".join(_DIGITS_RE.findall(text))


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
    if any(bool(words.search(left)) != bool(words.search(right)) for words in (STAGE_RE, ABOUT_RE)):
        return Kind.WORDING
    has_doubt = DOUBT in left or DOUBT in right
    if {left, right} == {POINT, ""}:
        return Kind.LOST
    digits, other_digits = _digits(left, right), _digits(right, left)
    if digits != other_digits and not (
        has_doubt and (_is_part(digits, other_digits) or _is_part(other_digits, digits))
    ):
        return Kind.NUMBER
    if are_different(
        places_at(one.text, place.start, place.end),
        places_at(other.text, place.other_start, place.other_end),
    ):
        return Kind.LOST if _is_loss(left, right) else Kind.PLACE
    if has_doubt and (max(len(left), len(right)) <= _PASSAGE or _share_lost(left, right) > 0.25):
        return Kind.SCAR
    if max(len(left), len(right)) > _PASSAGE:
        return Kind.PASSAGE
    if any(left in group and right in group for group in _VARIANTS if len(left) == len(right) == 1):
        return Kind.NOTHING
    if _is_foreign(left) != _is_foreign(right):
        return Kind.SCAR
    return _judge_wording(one, other, place, left, right)


def _judge_wording(one: Folded, other: Folded, place: Gap, left: str, right: str) -> Kind:
    numerals, other_numerals = ([c for c in side if c in _CHINESE_DIGITS] for side in (left, right))
    if not _is_part(numerals, other_numerals) and not _is_part(other_numerals, numerals):
        return Kind.NUMBER
    is_scar = _reads_worse(one, other, place)
    if numerals != other_numerals:
        return Kind.SCAR if is_scar and left and right else Kind.LOST
    if is_scar:
        return Kind.SCAR
    if {c for c in left if c in _NEGATIONS} != {c for c in right if c in _NEGATIONS}:
        return Kind.LOST if _is_loss(left, right) else Kind.NEGATION
    return Kind.EDIT


def _is_part(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether characters stand in the same order among others: 五 in 十五, which may have lost its 十."""
    rest = iter(others)
    return all(char in rest for char in some)


def _is_loss(left: str, right: str) -> bool:
    """Tell whether one text only lacks a character or two, as a damaged one may."""
    return not (left and right) and max(len(left), len(right)) <= 2


def _is_list_number(folded: Folded, start: int, more: str, less: str) -> bool:
    """Tell whether only the number of a list is lost, which a page may have had its browser count."""
    return not less and folded.line_begins(start) and bool(_LIST_NUMBER_RE.fullmatch(more))


def _share_lost(left: str, right: str) -> float:
    return max(left.count(DOUBT) / max(1, len(left)), right.count(DOUBT) / max(1, len(right)))


def _is_foreign(text: str) -> bool:
    """Tell whether a stretch is no Chinese: letters of a note or of another encoding, characters never printed."""
    model = load_model()
    if _LATIN_RE.search(text):
        return True
    return bool(text) and all(c > "\uffff" or model.singles[ord(c)] < _NEVER for c in text)


def _reads_worse(one: Folded, other: Folded, place: Gap) -> bool:
    """Tell whether one of the readings is so much worse that no author can have written both.

    The better one must be fluent: of two names that are both rare (王芳, 欧阳慧敏) neither is damage.
    """
    model = load_model()
    before = one.text[max(0, place.start - _BEHIND) : place.start]
    after = one.text[place.end : place.end + _AHEAD]
    sides = one.text[place.start : place.end], other.text[place.other_start : place.other_end]
    (price, better), (price_worse, worse) = sorted(
        (-model.score(side + after, before), side) for side in sides
    )
    if all(sides):
        is_fluent = price <= _FLUENT * len(better + after)
        return is_fluent and price_worse - price >= _DEAR * len(worse)
    more, fewer = (price, price_worse) if better else (price_worse, price)
    n_chars = len(better or worse)
    if n_chars == 1 and fewer <= _FLUENT * len(after) and more - fewer >= _DEAR:
        return True  # a character that nothing calls for
    return n_chars <= 2 and more - fewer <= _CHEAP * n_chars  # one that everything calls for
