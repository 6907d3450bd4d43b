"""Takes out question marks that stand where a page lost its spaces: indentation, columns, line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

LEADING_RE = lazy_re(r"^[ \t]{0,200}[?？][?？ \t]{0,400}", re.MULTILINE)  # ?一、總體要求
RUN_RE = lazy_re(r"[ \t]{0,200}[?？]{2,400}[? ？\t]{0,400}")  # 办公室??  2023年
QUESTION_RE = lazy_re(
    r"[吗嗎呢么麼何哪谁誰几幾啥否怎]|多少|是不是|有没有|能不能|为什|為什"
)  # a clause that asks
CLAUSE_RE = lazy_re(r"[^。！？?\n]{0,40}$")
SPACED_OUT = 4  # question marks in a row that nobody writes to ask


def lost_spaces(text: str) -> list[Edit]:
    """Return the edits that take out question marks in place of lost spaces.

    >>> from pipeline.edits import TracedText
    >>> damaged = "?一、總體要求\\n柳城縣教育局辦公室?? 2023年3月30日印發\\n这样好吗？？我看很好。"
    >>> print(TracedText(damaged).edited(lost_spaces(damaged), kind="lost_spaces").text)
    一、總體要求
    柳城縣教育局辦公室 2023年3月30日印發
    这样好吗？？我看很好。

    A single question mark inside a line stays, and so does a doubled one behind a question.
    """
    leading = [Edit(m.start(), m.end(), "") for m in LEADING_RE.finditer(text)]
    taken = {at for edit in leading for at in range(edit.start, edit.end)}
    return leading + [edit for edit in _inner(text) if edit.start not in taken]


def _inner(text: str) -> Iterator[Edit]:
    for match in RUN_RE.finditer(text):
        start, end = match.span()
        if start == 0 or text[start - 1] == "\n":
            continue
        clause = CLAUSE_RE.search(text, max(0, start - 40), start)
        asks = clause is not None and QUESTION_RE.search(clause.group()) is not None
        marks = match.group().strip()
        # spaces were lost as ASCII marks; a few full-width ones were typed: 你去不去？？
        if len(marks) < SPACED_OUT and (asks or "?" not in marks):
            continue
        at_line_end = end == len(text) or text[end] == "\n"
        yield Edit(start, end, "" if at_line_end else " ")
