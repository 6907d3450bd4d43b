"""Closes numbers that are set apart figure by figure: 国际条约1 8 7 个, 1 9 9 3 年, 人大建议 4 4 件, 2 2 ．4 万件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.sign_rules import HANZI

# only what stands between Chinese characters is surely one number; two figures may be two
SURELY_ONE_RE = lazy_re(rf"(?<=[{HANZI}])\d(?: \d){{2,15}}(?= ?[{HANZI}%％])")
NUMBER_RE = lazy_re(r"(?<![\d.．])(?<!\d )\d(?: \d){0,15}(?: ?[.．] ?\d(?: \d){0,15})?(?! ?\d)")
# before a unit in which nobody counts two things one behind the other; 班, 号, 题, 楼 are counted so
UNIT = (
    r"(?:[%％‰]|个百分点|平方|立方|[十百千万亿]{0,2}(?:[元吨亩件户处辆座台套艘顷]|人(?![民大物员])|公里|千米|公顷|千瓦|美元"
    r"|个(?![月人体])|家(?!庭)|所(?!有))|[万亿])"
)
FIGURES = (
    r"(?:\d(?: \d){1,15}(?:[.．]\d{1,4}| ?[.．] ?\d(?: \d){0,3})?|\d ?[.．] \d(?: \d){0,3}|\d [.．]\d{1,4})"
)
BEFORE_UNIT_RE = lazy_re(rf"(?<=[{HANZI}])(?<![第表图题附件]){FIGURES}(?= ?{UNIT})")
APART_RE = lazy_re(
    rf"(?<=[{HANZI}] )(?<![第表图题附件] ){FIGURES}(?= ?{UNIT})"
)  # in a table three figures may be three
# all of the line is set apart: another repair closes it whole
SPREAD_RE = lazy_re(rf"\s*(?:\S {{1,3}}){{4,4000}}\S?\s*\Z|.*[{HANZI}](?: [{HANZI}]){{3}}")
PROSE_RE = lazy_re("[，。；：！？,;:]")
SPACED_YEAR_RE = lazy_re(r"(?<![\d.．])(?<!\d )(?:1 9|2 0) \d \d(?= ?年(?!级))")
GAP_RE = lazy_re(" ")
SURE, LIKELY = 1.0, 0.95  # confidence: of three figures or more, of two


def spaced_figures(line: str) -> list[Edit]:
    """Return the edits that close numbers set apart, all of a line in which one of three figures or more stands in words.

    >>> from pipeline.edits import TracedText
    >>> damaged = "1 9 9 7 年参加各类联盟6 6 个，授予专利2 2 ．4 万件。"
    >>> print(TracedText("到" + damaged).edited(spaced_figures("到" + damaged), kind="spaced_figures").text)
    到1997 年参加各类联盟66 个，授予专利22．4 万件。

    Elsewhere only years and what stands before a unit are: 办理人大建议 4 4 件, but not 一小 8 9 7 6 in a table.
    Figures that count on are several numbers: 1 2 3号楼.
    """
    if any(not _counts_on(match.group()) for match in SURELY_ONE_RE.finditer(line)):
        found = [match for match in NUMBER_RE.finditer(line) if not _counts_on(match.group())]
    else:
        found = [*BEFORE_UNIT_RE.finditer(line)]
        if not SPREAD_RE.match(line):
            found += SPACED_YEAR_RE.finditer(line)
            found += APART_RE.finditer(line) if PROSE_RE.search(line) else ()
    return [edit for match in found for edit in _closed(match)]


def _closed(match: re.Match[str]) -> Iterator[Edit]:
    confidence = SURE if len(match.group()) > len("4 4") else LIKELY
    for gap in GAP_RE.finditer(match.group()):
        yield Edit(match.start() + gap.start(), match.start() + gap.end(), "", confidence)


def _counts_on(number: str) -> bool:
    figures = [int(figure) for figure in number.split(" ") if figure.isdigit()]
    return len(figures) > 1 and all(following - figure == 1 for figure, following in pairwise(figures))
