"""The numbers Word prints before paragraphs (一、（一）1.), which are not part of their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pipeline.pages.docx.runs import W

LEVEL_RE = re.compile(r"%([1-9])")  # （%2）
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_N_LEVELS = 9
_MAX_START = 10_000


def chinese_numeral(number: int) -> str:
    """Return a number below 100 as Chinese is counted; larger ones digit by digit.

    >>> [chinese_numeral(n) for n in (3, 10, 12, 20, 21)]
    ['三', '十', '十二', '二十', '二十一']
    """
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26)


def _roman(number: int) -> str:
    marks = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    roman = ""
    for value, mark in marks:
        while number >= value and len(roman) < 12:
            roman, number = roman + mark, number - value
    return roman


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "ideographDigital": chinese_numeral,
    "decimalEnclosedCircle": lambda n: _CIRCLED[n - 1] if 0 < n <= len(_CIRCLED) else str(n),
    "decimalEnclosedCircleChinese": lambda n: _CIRCLED[n - 1] if 0 < n <= len(_CIRCLED) else str(n),
    "decimalFullWidth": str,
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "bullet": lambda n: "",
    "none": lambda n: "",
}


class Numbering:
    """The counters of one document; made for one pass over its paragraphs."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}  # abstract numbering -> level -> its definition
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, list[int]] = {}
        if root is None:
            return
        for abstract in root.iterchildren(W + "abstractNum"):
            levels = {_number(level.get(W + "ilvl")): level for level in abstract.iterchildren(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId") or ""] = levels
        for number in root.iterchildren(W + "num"):
            link = number.find(W + "abstractNumId")
            if link is not None:
                self._abstract[number.get(W + "numId") or ""] = link.get(W + "val") or ""

    def next_marker(self, properties: Any) -> str:
        """Count one paragraph and return the marker before it, "" for a bullet or an unknown list."""
        list_id, level_element = properties.find(W + "numId"), properties.find(W + "ilvl")
        level = _number(level_element.get(W + "val")) if level_element is not None else 0
        abstract = self._abstract.get((list_id.get(W + "val") or "") if list_id is not None else "", "")
        levels = self._levels.get(abstract, {})
        if level not in levels or not 0 <= level < _N_LEVELS:
            return ""
        counters = self._counters.setdefault(abstract, [_start(levels.get(n)) - 1 for n in range(_N_LEVELS)])
        counters[level] += 1
        for deeper in range(level + 1, _N_LEVELS):
            counters[deeper] = _start(levels.get(deeper)) - 1
        template = levels[level].find(W + "lvlText")
        if template is None or _format_name(levels[level]) == "bullet":
            return ""
        return LEVEL_RE.sub(
            lambda match: self._format(levels.get(int(match[1]) - 1), counters[int(match[1]) - 1]),
            template.get(W + "val") or "",
        )

    def _format(self, level: Any, count: int) -> str:
        return _FORMATS.get(_format_name(level), str)(max(count, 1))


def _format_name(level: Any) -> str:
    found = level.find(W + "numFmt") if level is not None else None
    return (found.get(W + "val") or "decimal") if found is not None else "decimal"


def _start(level: Any) -> int:
    found = level.find(W + "start") if level is not None else None
    return min(_number(found.get(W + "val")), _MAX_START) if found is not None else 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
