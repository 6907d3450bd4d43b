"""Closes spaces that stand inside Chinese running text: 政 府 工 作 报 告, 方式。 推动, 开展 一次."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.hard_line_breaks import PROSE_RE
from pipeline.repair.sign_rules import HANZI
from pipeline.surnames import SURNAMES

CLOSING = "，。；：、！？”’》）】〕"
OPENING = "“‘《（【〔"
SPACED_LETTERS_RE = lazy_re(
    rf"(?<![{HANZI}] )(?<![{HANZI}])[{HANZI}](?: {{1,4}}[{HANZI}]){{1,40}}(?![{HANZI}])"
)
BESIDE_MARK_RE = lazy_re(
    rf"(?<=[{CLOSING}]) {{1,8}}(?=[{HANZI}{OPENING}{CLOSING}])"
    rf"|(?<=[{HANZI}]) {{1,8}}(?=[{CLOSING}{OPENING}])"
    rf"|(?<=[{HANZI}]) {{1,8}}(?=[,;:!?] {{0,8}}[{HANZI}])|(?<=[{HANZI}] [,;:]) {{1,8}}(?=[{HANZI}])"
    rf"|(?<=[{HANZI}][,;]) {{1,8}}(?=[{HANZI}])"
)  # 方式。 推动
BETWEEN_RE = lazy_re(rf"(?<=[{HANZI}]) (?=[{HANZI}])")  # 开展 一次
SPACED_FROM_RE, SPACED_TO_RE = lazy_re(rf"[{HANZI}] "), lazy_re(rf" [{HANZI}]")
CHUNK_END_RE = lazy_re(rf"[^{HANZI}0-9A-Za-z%]")
NUMBERED_RE = lazy_re(
    r"(?:第[0-9一二三四五六七八九十百零〇]{1,5}[章条條节節编編款项項篇部分期号號届屆]|附[件录錄]|[一二三四五六七八九十])$"
)
SENTENCE_RE = lazy_re(r"[。；：！？;:!?]")
LINE_RE = lazy_re(r"[^\n]{30,}")  # what is shorter is a heading, a name, a column

SPACED_ORDINAL_RE = lazy_re(r"第 ?\d(?: \d){1,2} ?[条條]")
SHORT_TITLE_RE = lazy_re(
    "目[录錄]|附[件录錄表]|公[告报報示]|通[知报報告]|[决決][定议議]|意[见見]|方案|[报報]告|摘要|[前序]言|[纲綱]要|批[复復]|[请請]示"
    "|[总總附][则則]|[说說]明|通知[书書]|[责責]任[书書]"
)  # 目 录

# one character behind the other, each for itself
COUNTED_RE = lazy_re("[甲乙丙丁戊己庚辛壬癸]{2,10}|[一二三四五六七八九十]{3,20}")
FIRST_OF_NAME = frozenset(SURNAMES + "叶葉常")
MOSTLY = 0.75  # of the first characters of names: the others have rarer surnames
OF_WORDS, SURELY_WORDS = -7.5, -6.5  # nats a character; names 8 and more, titles 1 to 7
OF_NAMES = 0.9  # confidence where it may be names: 王 伟  李 娜, of which the wider gap stays
FEWEST_LETTERS = 4  # 吴 鹏 is a name, 政 府 工 作 报 告 is none
SHORTEST_CHUNK = 2  # characters between a space and the next space or mark, of which one must be longer
LONG_CHUNK = 5
LEAST_GAIN = -0.5  # nats by which the next two characters are likelier without the space than on their own
# the same in a line without the end of a sentence, whose space may part a headline: 人大会议开幕 县长作报告，…
HEADLINE_GAIN = 2.0
INSIDE_WORD = 3.0  # the same where the pieces beside the space are short: 统筹协 调
FEWEST_INSIDE, MOST_INSIDE = (
    4,
    0.4,
)  # spaces inside words, and their share, in a line that they were sown over
SOWN_RE = lazy_re(rf"(?<=[{HANZI}0-9{CLOSING}%.]) (?=[{HANZI}0-9{OPENING}{CLOSING}%.])")  # 增 长1 0%
SOWN = 0.9  # confidence
SPREAD_RE = lazy_re(r"(?:[^\s](?: |   )){4,4000}[^\s] ?")  # 2 0 2 3 年 政 府 工 作 报 告
FEWEST_SPACES = 0.2  # of the characters of a line, below which it is not looked at
FEWEST_HANZI = 0.25  # of the characters of a line that is spread
PAIR_RE = lazy_re(rf"[{HANZI}](?P<gap> ?)(?=[{HANZI}])")
MANY_GAPS, FEWEST_PAIRS = (
    0.8,
    12,
)  # share of the pairs of a line set apart, and pairs, that make it a spread one


def stray_spaces(text: str) -> list[Edit]:
    """Return the edits that close spaces inside Chinese text.

    >>> from pipeline.edits import TracedText
    >>> damaged = "政 府 工 作 报 告\\n县长 吴 鹏\\n强化编制保障，推动每 2—3 年开展 一次动态核编，落实国家编制基本标准要求。 推动"
    >>> print(TracedText(damaged).edited(stray_spaces(damaged), kind="stray_spaces").text)
    政府工作报告
    县长 吴 鹏
    强化编制保障，推动每 2—3 年开展一次动态核编，落实国家编制基本标准要求。推动

    Spaces beside digits and Latin letters stay, names and lists of names too, and columns of a table. Where a list has
    two widths of space, 王 伟  李 娜, the narrower one is inside the names.
    """
    if " " not in text:
        return []
    edits = {edit.start: edit for edit in (*_letters(text), *_spread(text), *_ordinals(text))}
    for match in BESIDE_MARK_RE.finditer(text):
        edits.setdefault(match.start(), Edit(*match.span(), ""))
    for edit in _between(text):
        edits.setdefault(edit.start, edit)
    return list(edits.values())


def _letters(text: str) -> Iterator[Edit]:
    """Yield edits for runs of single characters set apart."""
    for match in SPACED_LETTERS_RE.finditer(text):
        word = match.group().replace(" ", "")
        if len(word) < FEWEST_LETTERS and not _is_spaced_title(text, match, word):
            continue
        gaps = [*re.finditer(" +", match.group())]
        narrow = min(len(gap[0]) for gap in gaps)
        mean = load_model().score(word) / len(word)
        if _is_list(word, mean) and all(len(gap[0]) == narrow for gap in gaps):
            continue
        for gap in gaps:
            if len(gap[0]) == narrow or mean >= OF_WORDS:
                is_sure = mean >= SURELY_WORDS or len(word) < FEWEST_LETTERS
                confidence = 1.0 if is_sure else OF_NAMES
                yield Edit(match.start() + gap.start(), match.start() + gap.end(), "", confidence)


def _is_list(word: str, mean: float) -> bool:
    """Tell whether characters that are set apart evenly are several: 甲 乙 丙 丁, or names of two each: 王 伟 李 娜."""
    if COUNTED_RE.fullmatch(word):
        return True
    n_surnames = sum(char in FIRST_OF_NAME for char in word[::2])
    return mean < OF_WORDS and len(word) % 2 == 0 and n_surnames >= MOSTLY * len(word[::2])


def _ordinals(text: str) -> Iterator[Edit]:
    """Yield edits for the spaces inside the number of an article: 第 1 0 条; 第 9 条 stays as it is printed."""
    for match in SPACED_ORDINAL_RE.finditer(text) if "条" in text or "條" in text else ():
        for gap in re.finditer(" +", match.group()):
            yield Edit(match.start() + gap.start(), match.start() + gap.end(), "")


def _spread(text: str) -> Iterator[Edit]:
    """Yield edits for lines set with a space behind every character, digits and marks too, or behind most."""
    for line in re.finditer(r"[^\n]+", text):
        start, end = line.span()
        if text.count(" ", start, end) < FEWEST_SPACES * (end - start):
            continue
        if SPREAD_RE.fullmatch(line.group()):
            chars = line.group().replace(" ", "")
            if "   " not in line.group() and _is_list(chars, load_model().score(chars) / len(chars)):
                continue
            if len(re.findall(f"[{HANZI}]", line.group())) >= FEWEST_HANZI * (len(line.group()) + 1) / 2:
                for gap in re.finditer(" +", line.group()):  # three are a space and those around it
                    yield Edit(start + gap.start(), start + gap.end(), " " if len(gap[0]) == 3 else "")
            continue
        gaps = [match.span("gap") for match in PAIR_RE.finditer(text, start, end)]
        spaces = [Edit(first, last, "") for first, last in gaps if last > first]
        if len(gaps) >= FEWEST_PAIRS and len(spaces) >= MANY_GAPS * len(gaps):
            yield from spaces


def _is_spaced_title(text: str, match: re.Match[str], word: str) -> bool:
    """Tell whether two or three characters are a line of their own and name a part of a document: 目 录."""
    at_start = match.start() == 0 or text[match.start() - 1] == "\n"
    at_end = match.end() == len(text) or text[match.end()] == "\n"
    return at_start and at_end and SHORT_TITLE_RE.fullmatch(word) is not None


def _is_in_list(text: str, start: int, end: int, left: str, right: str) -> bool:
    """Tell whether a short neighbour stands between spaces itself, as names in a list do."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (len(left) < LONG_CHUNK and SPACED_FROM_RE.fullmatch(before) is not None) or (
        len(right) < LONG_CHUNK and SPACED_TO_RE.fullmatch(after) is not None
    )


def _between(text: str) -> Iterator[Edit]:
    """Yield edits for single spaces between words of running text.

    Where many of a line's spaces stand inside words, a program has sown them: there none means anything, not even between digits.
    """
    for line in LINE_RE.finditer(text):
        if not PROSE_RE.search(line.group()):
            continue
        least_gain = LEAST_GAIN if SENTENCE_RE.search(line.group()) else HEADLINE_GAIN
        gains: list[float] = []  # of the spaces between two ideographs
        closed: dict[int, float] = {}
        model = load_model()
        for match in BETWEEN_RE.finditer(text, *line.span()):
            at = match.start()
            left = CHUNK_END_RE.split(text[max(line.start(), at - 20) : at])[-1]
            right = CHUNK_END_RE.split(text[at + 1 : at + 21], maxsplit=1)[0]
            if not (left and right):
                continue
            gain = model.score(right[:2], before=left[-2:]) - model.score(right[:2], before="  ")
            if len(left) > 1 or len(right) > 1:  # 政 府 工 作 is set so, and says nothing of the rest
                gains.append(gain)
            is_short = min(len(left), len(right)) < SHORTEST_CHUNK or max(len(left), len(right)) < LONG_CHUNK
            if NUMBERED_RE.search(left) or _is_in_list(
                text, at - len(left), at + 1 + len(right), left, right
            ):
                continue
            if gain >= (INSIDE_WORD if is_short else least_gain):
                closed[at] = gain
        n_inside = sum(gain >= INSIDE_WORD for gain in gains)
        if n_inside >= FEWEST_INSIDE and n_inside >= MOST_INSIDE * len(gains):
            for match in SOWN_RE.finditer(text, *line.span()):
                if match.start() not in closed:
                    yield Edit(*match.span(), "", SOWN)
        for at, gain in closed.items():
            yield Edit(at, at + 1, "", 1 / (1 + math.exp(-1 - gain)))
