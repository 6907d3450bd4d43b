"""Joins lines that a PDF or a mail broke inside of sentences: lines of one width, most of them without an end."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

NARROWEST, WIDEST = 20, 80  # characters of a printed line
INDENT = 2  # characters that an indent took of a paragraph's first line, and that a page lost
UNEVEN = 3  # characters by which a full line may miss the width: a mark hangs over, a number is not parted
FEWEST = 3  # lines in a row
PROVEN = 3  # runs of one width that prove a page's width: there two lines are a run as well
LINE_RE = lazy_re(r"[^\n]+")
ENDED_RE = lazy_re(r"[。！？；：!?;:…”’）)》】]\Z")
# a line that begins so begins a paragraph
BEGINS_RE = lazy_re(
    r"[ \t\u3000]|[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、）)](?!\d)|第[一二三四五六七八九十]{1,3}[章节節条條]|[①-⑳●■◆•]|[—－-](?!\d)"
)
# a bar that says what a page is ends with its line: 发布时间：2020-06-16 来源：青山日报⏎〔6月16日，…〕
LABELLED_RE = lazy_re(
    r"[^，。；\n]{0,40}?(?:[来來]源|(?:[发發]布|更新|成文)?(?:[时時][间間]|日期)|作者|[浏瀏][览覽]次[数數]|[点點][击擊])[：:][^，。；\n]{1,40}\Z"
)
# the title of the paper, above its first paragraph
TITLED_RE = lazy_re(
    r"[^，。；、：]{4,60}(?:[报報]告|[总總][结結]|[汇匯][报報]|[计計][划劃]|[规規][划劃]|[纲綱]要|方案|要[点點]|安排|意[见見]|通知|通告|公告|[决決]定"
    r"|[办辦]法|[规規]定|[细細][则則]|[条條]例|措施|[讲講][话話稿]|致[辞辭]|[发發]言)(?:[（(][^（）()]{1,12}[）)])?\Z"
)
PROSE_RE = lazy_re(r"[，。；,;]")
LATIN_RE = lazy_re(r"[A-Za-z0-9]")
ASCII_RE = lazy_re(r"[ -~]")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    size: int  # in characters, or in columns as wide as a Chinese one


def in_columns(text: str) -> int:
    """Return how wide a line prints, in Chinese characters: a letter or digit is half of one, a space a quarter."""
    return len(text) - (2 * len(ASCII_RE.findall(text)) + text.count(" ")) // 4


def hard_line_breaks(text: str) -> list[Edit]:
    r"""Return the edits that take out line breaks inside of sentences.

    >>> from pipeline.edits import TracedText
    >>> broken = "坚持以立德树人为根本任务，构建德育工作体系，在校园\n文化的内涵指引下，制定德育工作发展规划和年度常规工\n作计划，落实全员育人导师制度，探索全员育人的工作方\n式。"
    >>> TracedText(broken).edited(hard_line_breaks(broken), kind="hard_line_breaks").text.count("\n")
    0

    Lists, headings and verses stay: a run of lines is prose only if most of them hold a pause, none but the last ends
    in a closing mark by chance alone, and all have one width.
    """
    edits: list[Edit] = []
    sizes = (len, in_columns) if ASCII_RE.search(text) else (len,)
    # by which of the two a page was broken shows in more of its lines
    runs, size = max(
        ((list(_runs(text, size)), size) for size in sizes), key=lambda found: sum(map(len, found[0]))
    )
    for run in [*runs, *_pairs(text, runs, size)]:
        n_prose = sum(PROSE_RE.search(line.text) is not None for line in run)
        n_open = sum(ENDED_RE.search(line.text) is None for line in run[:-1])
        if 3 * n_prose < 2 * len(run) or 2 * n_open < len(run) - 1:
            continue
        for line, following in itertools.pairwise(run):
            if ENDED_RE.search(line.text) and line.text[-1] in "。！？!?":
                continue  # a sentence that ends with its line may end its paragraph
            both_latin = LATIN_RE.match(line.text[-1]) and LATIN_RE.match(following.text[0])
            edits.append(
                Edit(
                    line.end, following.start, " " if both_latin and not line.text[-1].isdigit() else "", 0.9
                )
            )
    return edits


def _pairs(text: str, runs: list[list[_Line]], size: Callable[[str], int]) -> Iterator[list[_Line]]:
    """Yield paragraphs of two lines on a page whose longer ones prove the width at which it was broken."""
    width, n_runs = Counter(run[0].size for run in runs).most_common(1)[0] if runs else (0, 0)
    if n_runs < PROVEN:
        return
    inside = {line.start for run in runs for line in run}
    lines = list(_lines(text, size))
    for line, following in itertools.pairwise(lines):
        is_first = abs(line.size - width) <= UNEVEN and line.start not in inside
        if (
            is_first
            and following.start == line.end + 1
            and following.start not in inside
            and not BEGINS_RE.match(following.text)
        ):
            inside.add(following.start)
            yield [line, following]


def _lines(text: str, size: Callable[[str], int]) -> Iterator[_Line]:
    for match in LINE_RE.finditer(text):
        yield _Line(match.start(), match.end(), match.group(), size(match.group()))


def _runs(text: str, size_of: Callable[[str], int]) -> Iterator[list[_Line]]:
    """Yield runs of neighbouring lines of one width; the last may be shorter."""
    run: list[_Line] = []
    width = 0
    for line in _lines(text, size_of):
        size = line.size
        is_next = run and line.start == run[-1].end + 1 and not BEGINS_RE.match(line.text)
        if (
            is_next
            and len(run) == 1
            and UNEVEN < size - width <= UNEVEN + INDENT
            and PROSE_RE.search(run[0].text)
        ):
            width = size  # the first one is an indent shorter
            run.append(line)
            continue
        if is_next and abs(run[-1].size - width) <= UNEVEN and size <= width + UNEVEN:
            run.append(line)
            if abs(size - width) <= UNEVEN:
                continue
            if len(run) >= FEWEST:
                yield run
            run = []
            continue
        if len(run) >= FEWEST:
            yield run
        begins = NARROWEST <= size <= WIDEST and not (
            LABELLED_RE.match(line.text) or TITLED_RE.fullmatch(line.text)
        )
        run, width = ([line], size) if begins else ([], 0)
    if len(run) >= FEWEST:
        yield run
