"""Keeps one copy of a document that its page prints twice, and heals it by the other.

The page prints it whole and then again, or piece by piece, each piece followed by its copy; one copy may be in
traditional characters. The copies are damaged at different places, so that lines are compared after the other
repairs, and where two lines still differ the model chooses. What stands in one copy only stays, unless nobody can read it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.characters import load_model
from pipeline.edits import Edit

NOT_TEXT_RE = re.compile(r"[\W_]+")
LOST_RE = re.compile("[?\ufffd\ue000-\uf8ff]")
LONG_LINE = 20  # characters; shorter ones may stand twice by themselves
FEWEST_PAIRS = 2  # long lines printed twice: nearly all of a short page
ENOUGH_PAIRS = 4  # from which on not all need be
LEAST_SHARE = 0.6  # of the long lines of the page, both copies counted
NEARLY_ALL = 0.9  # the same by characters, of a page of few lines
ALIKE = 0.8  # of the characters of two lines that are one
HEAL_MARGIN = 2.0  # nats by which the other copy's wording must be likelier
NEAR = 2  # lines by which partners may be apart in a row of differing lines
MOST_LINES = 5000  # of a page that is looked at
WIDEST_HEALING = 40
UNREADABLE = -8.0  # nats a character of a line costs on average; prose of any kind is cheaper
BETTER = 0.3  # the same, by which the lines that only one copy has read better than the other's
FEW_TRADITIONAL = 10  # characters, which a simplified text may have too: 镕, 堃
LONGER = 0.2  # of a copy, by which one goes on behind the other


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    key: str  # letters and digits only, in one form of each character


def doubled_document(text: str) -> list[Edit]:
    """Return the edits that take out one copy of a document printed twice, and heal the other by it.

    A page that repeats only its opening (内容摘要), or paragraphs here and there, is left alone; where the
    copies differ in digits, the one that is kept is believed.

    >>> lines = [f"{mark}是加强领导，成立工作专班，明确责任分工，{deed}。" for mark, deed in zip("一二三四", ("压实责任", "完善制度", "保障经费", "严格考核"))]
    >>> edits = doubled_document("\\n".join(line for line in lines for _ in range(2)))
    >>> [edit.end - edit.start for edit in edits] == [len(line) + 1 for line in lines[:3]] + [len(lines[3])]
    True
    """
    if not _has_doubles(text):
        return []
    lines = _lines(text)
    groups = _groups(lines)
    if not groups or len(lines) > MOST_LINES:
        return []
    at_once = len(groups) == 1
    if at_once:
        parts = [_copies(lines, groups[0])]
    else:
        parts = [_copies_of_part(lines, *two) for two in itertools.pairwise([[], *groups])]
    first_copy, second_copy = ([line for part in parts for line in part[which]] for which in (0, 1))
    keeps_second = _is_better(second_copy, first_copy, at_once=at_once)
    if not at_once:
        parts += _short_doubles(lines, parts)
    return [
        edit
        for first, second in parts
        for edit in _edits(text, *((second, first) if keeps_second else (first, second)))
    ]


def _key(text: str) -> str:
    return NOT_TEXT_RE.sub("", text).translate(load_model().one_form)


def _has_doubles(text: str) -> bool:
    """Tell whether enough long lines stand twice; most pages that show signs of it repeat short ones."""
    keys = Counter([_key(line) for line in text.split("\n") if len(line) >= LONG_LINE])
    return sum(len(key) >= LONG_LINE and count == 2 for key, count in keys.items()) >= FEWEST_PAIRS


def _lines(text: str) -> list[_Line]:
    lines = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    return [_Line(start, end, line, _key(line)) for start, end, line in lines]


def _groups(lines: list[_Line]) -> list[list[tuple[int, int]]]:
    """Return the long lines that stand twice, by the pieces whose copies follow them; nothing where they are few or in disorder."""
    long = {number for number, line in enumerate(lines) if len(line.key) >= LONG_LINE}
    pairs = _twos(long, lambda number: lines[number].key)
    if len(pairs) < FEWEST_PAIRS:
        return []
    ends: tuple[Callable[[str], str], ...] = (lambda key: key[:LONG_LINE], lambda key: key[-LONG_LINE:])
    for end in ends:  # a word in between differs
        single = {number: end(lines[number].key) for number in long - set(itertools.chain(*pairs))}
        alike = _twos(single, single.__getitem__)
        pairs += [
            (a, b) for a, b in alike if _same_digits(lines[a], lines[b]) and _likeness(lines[a], lines[b])
        ]
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


def _same_digits(line: _Line, other: _Line) -> bool:
    return re.findall(r"\d+", line.key) == re.findall(r"\d+", other.key)


def _copies(lines: list[_Line], pairs: list[tuple[int, int]]) -> tuple[list[_Line], list[_Line]]:
    """Return both copies of a page that prints the whole document and then again, with all that stands behind each."""
    second = _first_line_of_second(lines, pairs)
    return lines[_first_line_of_first(lines, second) : second], lines[second:]


def _copies_of_part(
    lines: list[_Line], before: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> tuple[list[_Line], list[_Line]]:
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


def _short_doubles(
    lines: list[_Line], parts: list[tuple[list[_Line], list[_Line]]]
) -> list[tuple[list[_Line], list[_Line]]]:
    """Return the other lines of a page printed piece by piece that stand beside their copy: its headings."""
    taken = {line.start for part in parts for copy in part for line in copy}
    found: list[tuple[list[_Line], list[_Line]]] = []
    for line, following in itertools.pairwise(lines):
        if line.key and line.key == following.key and taken.isdisjoint((line.start, following.start)):
            found.append(([line], [following]))
            taken |= {line.start, following.start}
    return found


def _is_better(copy: list[_Line], other: list[_Line], *, at_once: bool) -> bool:
    """Tell whether the second copy of a document is the one to keep.

    First the one that goes on where the other ends, then the one whose own lines read better, then the one in simplified
    characters, which a conversion has not gone through; else the longer.
    """
    traditional, other_traditional = (sum(_n_traditional(line) for line in lines) for lines in (copy, other))
    keys, other_keys = {line.key for line in copy}, {line.key for line in other}
    (copy, tail), (other, other_tail) = _parted(copy, other_keys), _parted(other, keys)
    size, other_size = (sum(len(line.key) for line in lines) for lines in (copy, other))
    if at_once and abs(tail - other_tail) > LONGER * min(size, other_size):
        return tail > other_tail
    own, other_own = _price(copy, other_keys), _price(other, keys)
    if own and other_own and abs(own - other_own) > BETTER:
        return own > other_own
    if max(traditional, other_traditional) > 2 * min(traditional, other_traditional) + FEW_TRADITIONAL:
        return traditional < other_traditional
    return at_once and size >= other_size


def _parted(copy: list[_Line], other_keys: set[str]) -> tuple[list[_Line], int]:
    """Return a copy up to the last long line that the other has too, and how much readable text stands behind it."""
    n_lines, n_chars = len(copy), 0
    for line in reversed(copy):
        if len(line.key) >= LONG_LINE:
            if line.key in other_keys:
                break
            n_chars += 0 if _is_unreadable(line) else len(line.key)
        n_lines -= 1
    return copy[:n_lines], n_chars


def _price(copy: list[_Line], other_keys: set[str]) -> float:
    """Return what a character costs on average in the long lines that the other copy does not have; 0 if there is none."""
    own = "\n".join(line.text for line in copy if len(line.key) >= LONG_LINE and line.key not in other_keys)
    return load_model().score(own) / len(own) if own else 0.0


def _n_traditional(line: _Line) -> int:
    """Return how many characters the character set of simplified text does not have."""
    return len(line.text) - len(line.text.encode("gb2312", "ignore").decode("gb2312"))


def _is_unreadable(line: _Line) -> bool:
    return bool(line.text) and load_model().score(line.text) < UNREADABLE * len(line.text)


def _first_line_of_second(lines: list[_Line], pairs: list[tuple[int, int]]) -> int:
    """Return where the second copy begins: its first long line, and the short ones before that match too."""
    first, second = pairs[0]
    last_of_first = pairs[-1][0]
    before = {line.key for line in lines[:first] if line.key}
    at = second
    while at - 1 > last_of_first and any(
        key in lines[at - 1].key or lines[at - 1].key in key for key in before if lines[at - 1].key
    ):
        at -= 1
    return at


def _first_line_of_first(lines: list[_Line], second: int) -> int:
    """Return where the first copy begins: at the line that the second copy begins with."""
    key = lines[second].key
    numbered = enumerate(lines[:second])
    return next((number for number, line in numbered if line.key and (key in line.key or line.key in key)), 0)


def _edits(text: str, kept: list[_Line], dropped: list[_Line]) -> Iterator[Edit]:
    matcher = SequenceMatcher(
        None, [line.key for line in dropped], [line.key for line in kept], autojunk=False
    )
    whole = "".join(line.key for line in kept)
    doomed: list[_Line] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            doomed += dropped[a:b]
            continue
        for number, line in enumerate(dropped[a:b]):
            partners = kept[c:d][max(0, number - NEAR) : number + NEAR + 1]
            partner = max(partners, key=lambda other: _likeness(line, other), default=None)
            if not line.key or line.key in whole or (b - a == d - c and _is_unreadable(line)):
                doomed.append(line)
            elif partner is not None and _likeness(line, partner):
                doomed.append(line)
                yield from _healing(partner, line)
    yield from _removals(text, dropped, {line.start for line in doomed})


def _removals(text: str, dropped: list[_Line], doomed: set[int]) -> Iterator[Edit]:
    """Yield one edit for each row of lines to take out."""
    start: int | None = None
    for line, following in zip(dropped, [*dropped[1:], None], strict=True):
        if line.start not in doomed:
            continue
        start = line.start if start is None else start
        if following is None or following.start not in doomed:
            yield Edit(start, min(line.end + 1, len(text)), "")
            start = None


def _likeness(line: _Line, other: _Line) -> float:
    """Return the share of two lines that is one; 0 where they are hardly the same line."""
    shorter, longer = sorted((len(line.key), len(other.key)))
    if shorter < ALIKE * longer:
        return 0.0
    ratio = SequenceMatcher(None, line.key, other.key, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _healing(kept: _Line, dropped: _Line) -> Iterator[Edit]:
    """Yield edits where the dropped line's wording is likelier than the kept one's.

    A copy that was converted has the words of another region too (網際網路): it only tells what the other has lost.
    """
    is_converted = bool(_n_traditional(kept)) != bool(_n_traditional(dropped))
    model = load_model()
    one_form = model.one_form
    matcher = SequenceMatcher(
        None, kept.text.translate(one_form), dropped.text.translate(one_form), autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        mine, other = kept.text[a:b], dropped.text[c:d]
        if tag == "equal" or max(len(mine), len(other)) > WIDEST_HEALING or re.search(r"\d", mine + other):
            continue
        if is_converted and not LOST_RE.search(mine):
            continue
        before, after = kept.text[max(0, a - 3) : a], kept.text[b : b + 3]
        margin = model.score(other + after, before=before) - model.score(mine + after, before=before)
        if other and margin >= HEAL_MARGIN:
            yield Edit(kept.start + a, kept.start + b, other, 0.9)
