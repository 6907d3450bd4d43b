"""Where a page prints its document twice: the lines that stand twice, and both copies, whole or piece by piece."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.characters import load_model
from pipeline.lazy_re import lazy_re

NOT_TEXT_RE = lazy_re(r"[\W_]+")
LONG_LINE = 20  # characters; shorter ones may stand twice by themselves
FEWEST_PAIRS = 2  # long lines printed twice: nearly all of a short page
ENOUGH_PAIRS = 4  # from which on not all need be
LEAST_SHARE = 0.6  # of the long lines of the page, both copies counted
NEARLY_ALL = 0.9  # the same by characters, of a page of few lines
MOST_OF_PAGE = 0.8  # by characters, a single paragraph and its copy
LOST_RE = lazy_re("[?？\ufffd\ue000-\uf8ff]")
MOST_MORE = 2  # lines above its first long one that the second copy may have and the first has not
LONGEST_COMPARED = 5000  # characters of a line that is compared letter by letter, which takes their square
MOST_BYTES = 2  # characters that one sign may stand for
ALIKE = 0.8  # of the characters of two lines that are one
MOST_LINES = 5000  # of a page that is looked at


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page that is not empty."""

    start: int
    end: int
    text: str
    key: str  # letters and digits only, in one form of each character


def _key(text: str) -> str:
    return NOT_TEXT_RE.sub("", text).translate(load_model().one_form)


def read_lines(text: str) -> list[Line]:
    """Return the lines of a page that are not empty."""
    lines = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    return [Line(start, end, line, _key(line)) for start, end, line in lines]


def _groups(lines: list[Line]) -> list[list[tuple[int, int]]]:
    """Return the long lines that stand twice, by the pieces whose copies follow them; nothing where they are few or in disorder."""
    long = {number for number, line in enumerate(lines) if len(line.key) >= LONG_LINE}
    pairs = _twos(long, lambda number: lines[number].key)
    are_same = likeness if len(pairs) >= FEWEST_PAIRS else _differ_by_losses
    ends: tuple[Callable[[str], str], ...] = (lambda key: key[:LONG_LINE], lambda key: key[-LONG_LINE:])
    for end in ends:  # a word in between differs
        single = {number: end(lines[number].key) for number in long - set(itertools.chain(*pairs))}
        alike = _twos(single, single.__getitem__)
        pairs += [
            (a, b) for a, b in alike if _same_digits(lines[a], lines[b]) and are_same(lines[a], lines[b])
        ]
    if len(pairs) < FEWEST_PAIRS and not (pairs and _is_page(lines, *pairs[0])):
        return []
    if len(pairs) >= ENOUGH_PAIRS:
        is_doubled = 2 * len(pairs) >= LEAST_SHARE * len(long)
    else:
        n_twice = sum(len(lines[number].key) for pair in pairs for number in pair)
        is_doubled = n_twice >= NEARLY_ALL * sum(len(lines[number].key) for number in long)
    if not is_doubled:
        return []
    pairs.sort()
    if not all(a[1] < b[1] for a, b in itertools.pairwise(pairs)):
        return []
    groups: list[list[tuple[int, int]]] = []
    for pair in pairs:
        if groups and pair[0] < groups[-1][0][1]:
            groups[-1].append(pair)
        elif groups and pair[0] < groups[-1][-1][1]:
            return []  # the piece goes on where its copy has begun
        else:
            groups.append([pair])
    return groups


def _twos(numbers: Iterable[int], key: Callable[[int], str]) -> list[tuple[int, int]]:
    """Return the lines that share a key with exactly one other."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in sorted(numbers):
        places[key(number)].append(number)
    return [(at[0], at[1]) for at in places.values() if len(at) == 2]


def _same_digits(line: Line, other: Line) -> bool:
    return re.findall(r"\d+", line.key) == re.findall(r"\d+", other.key)


def likeness(line: Line, other: Line) -> float:
    """Return the share of two lines that is one; 0 where they are hardly the same line."""
    shorter, longer = sorted((len(line.key), len(other.key)))
    if shorter < ALIKE * longer:
        return 0.0
    ratio = SequenceMatcher(None, line.key, other.key, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _differ_by_losses(line: Line, other: Line) -> bool:
    """Tell whether two lines are one of which either has lost characters, and shows it; another name is another line."""
    n_lost = len(LOST_RE.findall(line.text)) + len(LOST_RE.findall(other.text))
    if (
        not n_lost
        or len(line.key) > LONGEST_COMPARED
        or abs(len(line.key) - len(other.key)) > MOST_BYTES * n_lost
        or not likeness(line, other)
    ):
        return False
    matcher = SequenceMatcher(None, line.key, other.key, autojunk=False)
    return all(tag != "replace" for tag, *_ in matcher.get_opcodes())


def _is_page(lines: list[Line], one: int, other: int) -> bool:
    """Tell whether a paragraph and its copy are nearly all that a page says, in sentences: no row of a table that stands twice."""
    n_twice = sum(len(lines[number].key) for number in (one, other))
    return n_twice >= MOST_OF_PAGE * sum(len(line.key) for line in lines) and "。" in lines[one].text


def find_copies(lines: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Return the pieces of a page that are followed by their copies, each with its copy; one where the whole is printed again, none where nothing is."""
    if len(lines) > MOST_LINES:
        return []
    groups = _groups(lines)
    if len(groups) == 1:
        return [_copies(lines, groups[0])]
    return [_copies_of_part(lines, *two) for two in itertools.pairwise([[], *groups])]


def _copies(lines: list[Line], pairs: list[tuple[int, int]]) -> tuple[list[Line], list[Line]]:
    """Return both copies of a page that prints the whole document and then again, with all that stands behind each."""
    second = _first_line_of_second(lines, pairs)
    return lines[_first_line_of_first(lines, pairs[0], second) : second], lines[second:]


def _copies_of_part(
    lines: list[Line], before: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> tuple[list[Line], list[Line]]:
    """Return both copies of a piece: its long lines and the short ones around them that stand in both."""
    lowest = before[-1][1] + 1 if before else 0
    (first, second), (last, last_of_second) = pairs[0], pairs[-1]
    while first > lowest and second - 1 > last and lines[first - 1].key == lines[second - 1].key:
        first, second = first - 1, second - 1
    behind = itertools.takewhile(
        lambda pair: pair[0].key == pair[1].key,
        zip(lines[last + 1 : second], lines[last_of_second + 1 :], strict=False),
    )
    return lines[first:second], lines[second : last_of_second + 1 + sum(1 for _ in behind)]


def own_double(lines: list[Line]) -> list[tuple[int, int]]:
    """Return the span of the second copy where both were joined into the one line of a page; nothing where they were not."""
    if len(lines) != 1 or "。" not in lines[0].text:
        return []
    line = lines[0]
    half = len(line.key) // 2
    if half < LONG_LINE or line.key[:half] != line.key[half:]:
        return []
    letters = [m.start() for m in re.finditer(r"[^\W_]", line.text)]
    if len(letters) != len(line.key):
        return []
    behind = line.text[letters[-1] + 1 :].rstrip()  # the marks that end a copy
    end = letters[half - 1] + 1
    end += len(behind) if line.text.startswith(behind, end) else 0
    return [(line.start + end, line.end)]


def short_doubles(
    lines: list[Line], parts: list[tuple[list[Line], list[Line]]]
) -> list[tuple[list[Line], list[Line]]]:
    """Return the other lines of a page printed piece by piece that stand beside their copy: its headings."""
    taken = {line.start for part in parts for copy in part for line in copy}
    found: list[tuple[list[Line], list[Line]]] = []
    for line, following in itertools.pairwise(lines):
        if line.key and line.key == following.key and taken.isdisjoint((line.start, following.start)):
            found.append(([line], [following]))
            taken |= {line.start, following.start}
    return found


def _first_line_of_second(lines: list[Line], pairs: list[tuple[int, int]]) -> int:
    """Return where the second copy begins: its first long line, and the short ones before that match too."""
    first, second = pairs[0]
    last_of_first = pairs[-1][0]
    before = {line.key for line in lines[:first] if line.key}
    at = second
    while at - 1 > max(last_of_first, second - first - MOST_MORE) and any(
        key in lines[at - 1].key or lines[at - 1].key in key for key in before if lines[at - 1].key
    ):
        at -= 1
    return at


def _first_line_of_first(lines: list[Line], pair: tuple[int, int], second: int) -> int:
    """Return where the first copy begins: at the line that the second copy begins with, which may have lost characters."""
    key = lines[second].key
    above = [(number, line.key) for number, line in enumerate(lines[: pair[0] + 1]) if line.key]
    same = [number for number, other in above if other == key] or [
        number for number, other in above if key in other or other in key
    ]
    return same[0] if same else max(0, pair[0] - (pair[1] - second))
