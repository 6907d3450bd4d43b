"""GBK by the byte: a character's two bytes and back, private-use characters and unknown bytes included.

GB18030 maps every pair of GBK to exactly one character, GBK's user-defined areas to U+E000–U+E765, so that no
printed character loses its bytes.
"""

from __future__ import annotations

import functools

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
# leads of the user-defined areas
AREA_LEADS = frozenset((*range(0xA1, 0xA8), *range(0xAA, 0xB0), *range(0xF8, 0xFF)))


@functools.lru_cache(maxsize=1 << 15)
def to_pair(char: str) -> bytes | None:
    """Return the two bytes of a character in GBK, None for ASCII and for what GBK does not hold.

    >>> to_pair("學").hex(), to_pair("A")
    ('8c57', None)
    """
    try:
        pair = char.encode("gb18030")
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return pair if len(pair) == 2 else None


@functools.cache
def from_pair(lead: int, trail: int) -> str | None:
    """Return the character of two bytes, None when they are none.

    >>> from_pair(0xD0, 0xA3)
    '校'
    """
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 else None


# marks at which a page may have been cut: those that stand in prose, and what they are folded to; as a string,
# because it is also the inside of a character class
CUT_MARKS = '！？；，。：、（）“”‘’《》〈〉「」『』【】〔〕—…·!?;,:()"'
# at whose byte pairs mirrors were seen to cut, or what a page folded them to
SURE_CUTS = frozenset("！？；，。!?;,")
ODD_BEHIND = SURE_CUTS | frozenset(
    ")）"
)  # behind these, or a note of pinyin, text begins that is out of step
MARKS = frozenset("、。·—～…‘’“”〔〕〈〉《》「」『』【】×○●★！（），．：；？％＋－／")


def is_hanzi(char: str) -> bool:
    """Tell whether a character is a Chinese one of the basic block or its first extension."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@functools.cache
def ending_in(trail: int) -> tuple[tuple[int, str], ...]:
    """Return (lead, character) of all Chinese characters and marks with a given second byte."""
    pairs = ((lead, from_pair(lead, trail)) for lead in LEADS)
    return tuple((lead, char) for lead, char in pairs if char and (is_hanzi(char) or char in MARKS))


@functools.cache
def beginning_with(lead: int) -> tuple[tuple[int, str], ...]:
    """Return (trail, character) of all Chinese characters and marks with a given first byte."""
    pairs = ((trail, from_pair(lead, trail)) for trail in TRAILS)
    return tuple((trail, char) for trail, char in pairs if char and (is_hanzi(char) or char in MARKS))
