"""Readings (拼音) of Chinese characters as pypinyin knows them, and the bytes they give away."""

from __future__ import annotations

import functools
import unicodedata

from pipeline.repair.gbk_table import beginning_with

# letters of one syllable as mirrors print it: with tone marks (whole or combining), without, in upper case;
# a breve stands for the third tone on pages whose author had no caron. The inside of a character class.
LETTERS = "A-Za-züÜɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêăĕĭŏŭĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ\u0300-\u030c"
SYLLABLE = f"[{LETTERS}]{{1,9}}[1-5]?"  # guī, gui, GUĪ, gui1
OPENED = r"[(（\[［〔【][ \xa0\u3000]?"  # what begins a note
CLOSED = r"[ \xa0\u3000]?[)）\]］〕】]"  # what ends it; some mirrors print a space before it: 會(huì )
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0306": 3, "\u0300": 4}
NEUTRAL = 5


@functools.lru_cache(maxsize=1 << 14)
def spelled(reading: str) -> tuple[str, int]:
    """Return the letters and the tone of a printed reading; tone 0 where it is not marked.

    >>> spelled("guī"), spelled("Gui"), spelled("gui1"), spelled("lǜ")
    (('gui', 1), ('gui', 0), ('gui', 1), ('lv', 4))
    """
    tone = 0
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", reading.lower()):
        if char in TONES:
            tone = TONES[char]
        elif char == "\u0308":  # ü, typed as v
            letters[-1:] = "v"
        elif char.isdigit():
            tone = int(char)
        elif not unicodedata.combining(char):
            letters.append({"ɑ": "a", "ɡ": "g"}.get(char, char))
    return "".join(letters), tone


@functools.cache
def _pinyin() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # a fifth of a second, which pages without notes need not wait

    return dict(PINYIN_DICT)


@functools.cache
def readings_of(char: str) -> frozenset[tuple[str, int]]:
    """Return all readings of a character, letters and tone.

    >>> sorted(readings_of("發"))
    [('bo', 1), ('fa', 1)]
    """
    found = (spelled(reading) for reading in _pinyin().get(ord(char), "").split(",") if reading)
    return frozenset((letters, tone or NEUTRAL) for letters, tone in found)


def is_read(char: str, reading: str) -> bool:
    """Tell whether a character has a reading, of any tone where the print marks none.

    >>> is_read("發", "fā"), is_read("發", "fa"), is_read("發", "fá"), is_read("發", "huà")
    (True, True, False, False)
    """
    letters, tone = spelled(reading)
    return any(letters == own and tone in (0, own_tone) for own, own_tone in readings_of(char))


@functools.lru_cache(maxsize=1 << 14)
def trails_read(lead: int, reading: str) -> tuple[int, ...]:
    """Return the second bytes that make a lead byte a character with a reading."""
    return tuple(trail for trail, char in beginning_with(lead) if is_read(char, reading))
