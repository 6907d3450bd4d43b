"""How pages print the readings (拼音) of characters, and the bytes that readings give away."""

from __future__ import annotations

import functools

from pipeline.pinyin import readings_of, spelled
from pipeline.repair.gbk_table import beginning_with

# letters of one syllable as mirrors print it: with tone marks (whole or combining), without, in upper case;
# a breve stands for the third tone on pages whose author had no caron. The inside of a character class.
LETTERS = "A-Za-züÜɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêăĕĭŏŭĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ\u0300-\u030c"
SYLLABLE = f"[{LETTERS}]{{1,9}}[1-5]?"  # guī, gui, GUĪ, gui1
OPENED = r"[(（\[［〔【][ \xa0\u3000]?"  # what begins a note
CLOSED = r"[ \xa0\u3000]?[)）\]］〕】]"  # what ends it; some mirrors print a space before it: 會(huì )


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
