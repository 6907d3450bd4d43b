"""Readings (拼音) of Chinese characters as pypinyin knows them, and the bytes they give away."""

from __future__ import annotations

import functools
import unicodedata

from pypinyin.constants import PINYIN_DICT

from pipeline.repair.gbk_table import beginning_with

# one syllable as a mirror prints it: lower case, tone marks on vowels
SYLLABLE = "[a-zɡɑüêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]{1,7}"


@functools.cache
def readings_of(char: str) -> frozenset[str]:
    """Return all readings of a character, tone marks on vowels.

    >>> sorted(readings_of("發"))
    ['bō', 'fā']
    """
    return frozenset(spelled(reading) for reading in PINYIN_DICT.get(ord(char), "").split(",") if reading)


def spelled(reading: str) -> str:
    """Return a reading in one spelling: composed letters, ordinary a and g."""
    return unicodedata.normalize("NFC", reading).replace("ɑ", "a").replace("ɡ", "g")


def is_read(char: str, reading: str) -> bool:
    """Tell whether a character has a reading.

    >>> is_read("發", "fā"), is_read("發", "huà")
    (True, False)
    """
    return spelled(reading) in readings_of(char)


@functools.cache
def trails_read(lead: int, reading: str) -> tuple[int, ...]:
    """Return the second bytes that make a lead byte a character with a reading."""
    return tuple(trail for trail, char in beginning_with(lead) if is_read(char, reading))
