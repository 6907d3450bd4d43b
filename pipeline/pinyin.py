"""Readings (拼音) of Chinese characters as pypinyin knows them."""

from __future__ import annotations

import functools
import importlib.util
import unicodedata
from pathlib import Path

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
    # pypinyin's table of characters alone: the package itself takes five times as long, to learn the readings of words
    package = importlib.util.find_spec("pypinyin")
    folders = package.submodule_search_locations if package else None
    for path in (Path(folder) / "pinyin_dict.py" for folder in folders or ()):
        spec = importlib.util.spec_from_file_location("_pinyin_dict", path) if path.is_file() else None
        if spec and spec.loader:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return dict(module.pinyin_dict)
    from pypinyin.constants import PINYIN_DICT  # where a release keeps it elsewhere

    return dict(PINYIN_DICT)


@functools.cache
def readings_of(char: str) -> frozenset[tuple[str, int]]:
    """Return all readings of a character, letters and tone.

    >>> sorted(readings_of("發"))
    [('bo', 1), ('fa', 1)]
    """
    found = (spelled(reading) for reading in _pinyin().get(ord(char), "").split(",") if reading)
    return frozenset((letters, tone or NEUTRAL) for letters, tone in found)
