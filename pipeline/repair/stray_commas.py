"""Takes out the commas that a mirror wrote before other marks: 制度，，规范, 科学，、明晰, 意见，。"""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.sign_rules import HANZI

# behind a word, before a mark that stands before a word or ends the line
STRAY_RE = lazy_re(
    rf"(?<=[{HANZI}）》”)])[，,](?=(?P<mark>[，,、。；：])(?:[{HANZI}《“（〔(0-9A-Za-z]|[ \t\u3000]*(?:\n|\Z)))"
)
FEWEST = 3  # in a text, two of them before another mark: rows of a table hold empty cells between commas
FEWEST_BEFORE_OTHERS = 2


def stray_commas(text: str) -> list[Edit]:
    """Return the edits that take out stray commas.

    >>> from pipeline.edits import TracedText
    >>> printed = "为健全科学，、明晰，、便利的入学制度，，规范招生行为，经征求意见，，制定办法，。"
    >>> TracedText(printed).edited(stray_commas(printed), kind="stray_commas").text
    '为健全科学、明晰、便利的入学制度，规范招生行为，经征求意见，制定办法。'

    One or two are an author's slip, and stay.
    """
    found = list(STRAY_RE.finditer(text))
    n_before_others = sum(match["mark"] not in "，," for match in found)
    if len(found) < FEWEST or n_before_others < FEWEST_BEFORE_OTHERS:
        return []
    return [Edit(*match.span(), "") for match in found]
