"""Breaks a page again whose lines a scraper or a PDF reader joined with spaces: 通知 各学校： 现将… 一、工作目标 建立…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.sign_rules import HANZI

LINE_RE = lazy_re(r"[^\n]{120,}")
GAP_RE = lazy_re(r" {1,8}(?=[^\s])")
ENDED_RE = lazy_re(r"[。！？；!?]”?[）)]?\Z")
ENDED_HERE_RE = lazy_re(r"[。！？]”?[）)]?(?! )(?=[^\n])")
PAUSE_RE = lazy_re(r"[，、,] ")
# a line that begins so is a numbered one, an annex or a closing one
BEGINS_RE = lazy_re(
    rf"(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[）)]|\d{{1,2}}[.．、](?=[{HANZI}“])"
    rf"|[（(]\d{{1,2}}[）)]|第[一二三四五六七八九十百]{{1,5}}[章节條条節部]|附[件录錄]|抄[送报報])"
)
HEADING_RE = lazy_re(rf"{BEGINS_RE.pattern}[^，。；：！？、 ]{{2,30}}\Z")
_MORE = "[一二三四五六七八九十]{1,3}"  # figures of a month or a day
DATE = rf"(?:(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|[一二][〇○零一二三四五六七八九]{{3}}年{_MORE}月{_MORE}日)"
DATE_RE = lazy_re(rf"{DATE}(?= |\n|\Z)")
DATED_RE = lazy_re(rf"{DATE}(?:印[发發])?\Z")
SIGNED_RE = lazy_re(rf"[{HANZI}、]{{4,60}} {{1,8}}{DATE}")  # the name above the date of a letter
NUMBER = r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d{1,5}[号號]"
NUMBER_RE = lazy_re(rf"[{HANZI}]{{2,12}}{NUMBER}")
# the line of a letterhead, a number, a title
HEAD_RE = lazy_re(
    rf"(?:{NUMBER}|[{HANZI}“”（）》]{{4,80}}(?:文件|通知|方案|[办辦]法|意[见見]|[规規]定|[细細][则則]|公[告报報示]|通[告报報]|[计計][划劃]|[报報]告|[决決][定议議]|[批答][复復]|[规規][划劃]"
    rf"|[条條]例|要[点點]|[总總][结結]|函|令))\Z"
)
FEWEST_MARKS = 2  # gaps before a number, and
FEWEST_ENDS = 2  # behind a sentence, which prove that lines were joined
FEWEST_PARAGRAPHS = 4  # gaps behind sentences, where no line is numbered
MOST_PAUSES = 0.1  # gaps behind commas, beside those behind sentences
LONGEST_HEAD = 100  # characters that the line of a title or a date takes at most
LONG_CHUNK, LONG_LINE = 5, 15  # characters: of a name or a title; behind the colon that ends an address


def lost_line_breaks(text: str) -> list[Edit]:
    r"""Return the edits that break lines again where a space took the place of the break.

    >>> from pipeline.edits import TracedText
    >>> joined = (
    ...     "关于印发《校园安全工作方案》的通知 各中小学、幼儿园： 现将《校园安全工作方案》印发给你们，请结合实际认真贯彻执行。 县教育局 "
    ...     "2019年5月20日 一、工作目标 建立“防、治、教”三位一体工作机制。 二、重点任务 （一）强化教育引导。各校每学期开展1次专题教育。"
    ... )
    >>> print(TracedText(joined).edited(lost_line_breaks(joined), kind="lost_line_breaks").text[-57:])
    一、工作目标
    建立“防、治、教”三位一体工作机制。
    二、重点任务
    （一）强化教育引导。各校每学期开展1次专题教育。

    A line is taken for a joined one only if numbered lines begin and sentences end at its spaces (sentences alone do
    where it is most of the page), and hardly one of its commas has one; spaces inside of its sentences stay.
    """
    return [
        edit
        for line in LINE_RE.finditer(text)
        for edit in _line(line.group(), line.start(), is_page=2 * len(line.group()) > len(text))
    ]


def _line(line: str, offset: int, *, is_page: bool) -> Iterator[Edit]:
    """Yield the breaks of a line; one without numbers must be most of its page."""
    if line.count(" ") < FEWEST_ENDS:
        return
    gaps = list(GAP_RE.finditer(line))
    n_ends = sum(ENDED_RE.search(line, max(0, gap.start() - 3), gap.start()) is not None for gap in gaps)
    if n_ends < FEWEST_ENDS or len(PAUSE_RE.findall(line)) > MOST_PAUSES * n_ends:
        return
    n_marks = sum(BEGINS_RE.match(line, gap.end()) is not None for gap in gaps)
    if n_marks < FEWEST_MARKS and not (
        is_page and n_ends >= FEWEST_PARAGRAPHS and 2 * len(ENDED_HERE_RE.findall(line)) >= n_ends
    ):
        return  # sentences set apart one by one are a typist's habit
    last = 0
    for number, gap in enumerate(gaps):
        following = gaps[number + 1].start() if number + 1 < len(gaps) else len(line)
        if _is_break(line, last, gap, following):
            yield Edit(offset + gap.start(), offset + gap.end(), "\n", 0.9)
            last = gap.end()


def _is_break(line: str, begin: int, gap: re.Match[str], end: int) -> bool:
    """Tell whether a gap parts two lines; `begin` is where its line begins, `end` where the next gap stands."""
    start, stop = gap.span()
    near = max(begin, start - LONGEST_HEAD)
    if BEGINS_RE.match(line, stop) or ENDED_RE.search(line, max(begin, start - 3), start):
        return True
    if line[start - 1] in "：:":
        return start - begin > LONG_CHUNK and end - stop > LONG_LINE
    if DATE_RE.match(line, stop) or DATED_RE.search(line, near, start):
        return True
    if SIGNED_RE.match(line, stop) or NUMBER_RE.match(line, stop):
        return True
    return HEADING_RE.match(line, begin, start) is not None or HEAD_RE.search(line, near, start) is not None
