"""Takes out the page numbers that a printed document left between its lines: ……第二产业 / - 1 - / 增加值……."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.hard_line_breaks import BEGINS_RE, ENDED_RE

_DASH = "[-—–－‐~～·]"
NUMBER_RE = lazy_re(
    rf"\n[ \t]*(?:{_DASH}{{1,3}}[ \t]?\d{{1,3}}[ \t]?{_DASH}{{1,3}}"
    r"|第[ \t]?\d{1,3}[ \t]?[页頁](?:[ \t，,/]{0,3}共[ \t]?\d{1,3}[ \t]?[页頁])?)[ \t]*(?=\n|\Z)"
)  # — 3 —, 第3页 共10页
LINE_RE = lazy_re(r"[^\n]*")
SHORTEST_LINE = 15  # characters of a line that goes on over the page


def page_numbers(text: str) -> list[Edit]:
    r"""Return the edits that take out lines of page numbers, and join the sentence that one of them parts.

    >>> from pipeline.edits import TracedText
    >>> printed = "其中，第一产业增加值138608万元，增长3.2%；第二产业\n- 1 -\n增加值203760万元，下降7.2%。"
    >>> TracedText(printed).edited(page_numbers(printed), kind="page_numbers").text
    '其中，第一产业增加值138608万元，增长3.2%；第二产业增加值203760万元，下降7.2%。'

    A bare number stays: 01 may be a heading's own line.
    """
    edits: list[Edit] = []
    for match in NUMBER_RE.finditer(f"\n{text}"):
        start, end = match.start(), match.end() - 1
        before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].rstrip()
        following = LINE_RE.match(text, end + 1)
        after = following.group() if following else ""
        goes_on = len(before) >= SHORTEST_LINE and after and not ENDED_RE.search(before)
        if start and goes_on and not BEGINS_RE.match(after):
            edits.append(Edit(start - 1, end + 1, "", 0.9))
        else:
            edits.append(Edit(start, min(end + 1, len(text)), "", 0.9))
    return edits
