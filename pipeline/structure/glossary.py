"""The entries of a 名词解释: a term, then what it stands for, with or without a number before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.records import Part

_MARK = r"[\[【〔［（(]\s?(?:注\s?)?\d{1,3}\s?[\]】〕］）)]|\d{1,3}\s?[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|注\s?\d{1,3}|[*＊※●■◆★]{1,3}"
ENTRY_RE = lazy_re(
    rf"[^\S\n]*(?P<marker>{_MARK})?[^\S\n]{{0,4}}(?:[\[【](?P<boxed>[^\]】\n]{{2,60}})[\]】]"
    r"|(?P<term>(?:“[^”\n]{1,40}”|《[^》\n]{1,40}》|（[^）\n]{1,30}）|[^：:，。；“”（）《》\n]){1,40}?)(?=\s?(?:[：:]|——|是指|指的是|，(?:即|是?指)|即[：，“]|(?<=”)[即指])))",
    re.MULTILINE,
)  # [1]“双碳”：…; 1.[三个收官]即…; “三资”是指…


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `start:end` is the term, `body_end` the end of its explanation."""

    marker: str | None
    marker_start: int
    start: int
    end: int
    body_end: int


def find_entries(text: str, part: Part) -> Iterator[Entry]:
    """Yield the entries of a glossary; a line without a term goes on with the entry above it.

    >>> text = "名词解释\\n[1]“双碳”：碳达峰与碳中和。\\n2.[三个收官]即三个目标。\\n完。"
    >>> [(e.marker, text[e.start:e.end]) for e in find_entries(text, Part("glossary", 0, len(text), "名词解释"))]
    [('[1]', '“双碳”'), ('2.', '三个收官')]
    """
    begin = part.start
    if part.title is not None:  # the heading is no entry
        begin = text.find("\n", part.start, part.end) + 1 or part.end
    held: Entry | None = None
    while begin < part.end:
        line_end = text.find("\n", begin, part.end)
        line_end = part.end if line_end < 0 else line_end
        match = ENTRY_RE.match(text, begin, line_end)
        if match is not None:
            if held is not None:
                yield held
            name = "boxed" if match["boxed"] else "term"
            marker_start = match.start("marker") if match["marker"] else match.start(name)
            held = Entry(match["marker"], marker_start, match.start(name), match.end(name), line_end)
        elif held is not None and text[begin:line_end].strip():
            held = Entry(held.marker, held.marker_start, held.start, held.end, line_end)
        begin = line_end + 1
    if held is not None:
        yield held
