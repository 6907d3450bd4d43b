"""The numbers Word prints before paragraphs (一、（一）1.), which are not part of their text."""

from __future__ import annotations

import re
from typing import Any

from pipeline.lazy_re import lazy_re
from pipeline.pages.docx.number_formats import FORMATS
from pipeline.pages.docx.runs import W

LEVEL_RE = lazy_re(r"%([1-9])")  # （%2）
_N_LEVELS = 9
_MAX_START = 10_000
_MAX_LINKS = 4  # a list that only names a style, which names a list …

Levels = dict[int, Any]  # number of a level -> its definition


class Numbering:
    """The counters of one document; made for one pass over its paragraphs."""

    def __init__(self, root: Any, list_of_style: dict[str, str] | None = None) -> None:
        self._levels: dict[str, Levels] = {}  # abstract list -> its levels
        self._links: dict[str, str] = {}  # abstract list -> the style in which its levels stand
        self._abstract: dict[str, str] = {}  # list -> abstract list
        self._own: dict[str, Levels] = {}  # list -> levels that it defines anew
        self._starts: dict[
            str, dict[int, int]
        ] = {}  # list -> level -> where its first paragraph begins again
        self._counters: dict[str, list[int]] = {}
        self._list_of_style = list_of_style or {}
        for abstract in root.iterchildren(W + "abstractNum") if root is not None else ():
            key = abstract.get(W + "abstractNumId") or ""
            self._levels[key] = {
                _number(level.get(W + "ilvl")): level for level in abstract.iterchildren(W + "lvl")
            }
            link = abstract.find(W + "numStyleLink")
            if link is not None:
                self._links[key] = link.get(W + "val") or ""
        for number in root.iterchildren(W + "num") if root is not None else ():
            self._take_list(number)

    def _take_list(self, number: Any) -> None:
        key, link = number.get(W + "numId") or "", number.find(W + "abstractNumId")
        if link is None:
            return
        self._abstract[key] = link.get(W + "val") or ""
        for override in number.iterchildren(W + "lvlOverride"):
            at = _number(override.get(W + "ilvl"))
            level, start = override.find(W + "lvl"), override.find(W + "startOverride")
            if level is not None:
                self._own.setdefault(key, {})[at] = level
            if start is not None:
                self._starts.setdefault(key, {})[at] = min(_number(start.get(W + "val")), _MAX_START)

    def level_of_style(self, list_id: str, style_id: str) -> int | None:
        """Return the level of a list that names a style as its own."""
        for at, level in self._levels.get(self._resolved(list_id), {}).items():
            named = level.find(W + "pStyle")
            if named is not None and named.get(W + "val") == style_id:
                return at
        return None

    def next_marker(self, list_id: str, level: int) -> str:
        """Count one paragraph and return the marker before it, "" for a bullet or an unknown list."""
        abstract = self._resolved(list_id)
        levels = {**self._levels.get(abstract, {}), **self._own.get(list_id, {})}
        if level not in levels or not 0 <= level < _N_LEVELS:
            return ""
        counters = self._counters.setdefault(abstract, [_start(levels.get(n)) - 1 for n in range(_N_LEVELS)])
        restart = self._starts.get(list_id, {}).pop(level, None)
        counters[level] = counters[level] + 1 if restart is None else restart
        for deeper in range(level + 1, _N_LEVELS):
            if not _goes_on(levels.get(deeper)):
                counters[deeper] = self._starts.get(list_id, {}).get(deeper, _start(levels.get(deeper))) - 1
        template = levels[level].find(W + "lvlText")
        if template is None or _format_name(levels[level]) == "bullet":
            return ""
        is_decimal = levels[level].find(W + "isLgl") is not None  # 1.1 below 第一章

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            name = "decimal" if is_decimal else _format_name(levels.get(at))
            return FORMATS.get(name, str)(max(counters[at], _start(levels.get(at)), 0))

        return LEVEL_RE.sub(printed, template.get(W + "val") or "")

    def _resolved(self, list_id: str) -> str:
        """Return the abstract list whose levels a list has: it may only name a style, in whose list they stand."""
        abstract = self._abstract.get(list_id, "")
        for _ in range(_MAX_LINKS):
            if self._levels.get(abstract) or abstract not in self._links:
                break
            abstract = self._abstract.get(self._list_of_style.get(self._links[abstract], ""), "")
        return abstract


def _goes_on(level: Any) -> bool:
    """Tell whether a level counts on over a new heading above it."""
    restart = level.find(W + "lvlRestart") if level is not None else None
    return restart is not None and restart.get(W + "val") == "0"


def _format_name(level: Any) -> str:
    found = level.find(W + "numFmt") if level is not None else None
    return (found.get(W + "val") or "decimal") if found is not None else "decimal"


def _start(level: Any) -> int:
    found = level.find(W + "start") if level is not None else None
    return min(_number(found.get(W + "val")), _MAX_START) if found is not None else 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
