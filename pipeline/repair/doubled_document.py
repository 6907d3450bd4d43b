"""Keeps one copy of a document that its page prints twice, and heals it by the other.

The copies are damaged at different places, so that lines are compared after the other repairs, and where two
lines still differ the model chooses. What stands in one copy only stays.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.characters import load_model
from pipeline.edits import Edit

NOT_TEXT_RE = re.compile(r"[\W_]+")
LONG_LINE = 20  # characters; shorter ones may stand twice by themselves
FEWEST_PAIRS = 4  # long lines printed twice
LEAST_SHARE = 0.6  # of the long lines of the page, both copies counted
ALIKE = 0.8  # of the characters of two lines that are one
HEAL_MARGIN = 2.0  # nats by which the other copy's wording must be likelier
NEAR = 2  # lines by which partners may be apart in a row of differing lines
MOST_LINES = 5000  # of a page that is looked at
WIDEST_HEALING = 40


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    key: str  # letters and digits only


def doubled_document(text: str) -> list[Edit]:
    """Return the edits that take out one copy of a document printed twice, and heal the other by it.

    A page that repeats only its opening (内容摘要), or paragraphs here and there, is left alone; where the
    copies differ in digits, the one that is kept is believed.
    """
    if not _has_doubles(text):
        return []
    lines = _lines(text)
    pairs = _pairs(lines)
    if not pairs or len(lines) > MOST_LINES:
        return []
    second = _first_line_of_second(lines, pairs)
    first = _first_line_of_first(lines, second)
    sizes = [
        sum(len(line.key) for line in copy)
        for copy in (lines[first : pairs[-1][0] + 1], lines[second : pairs[-1][1] + 1])
    ]
    copies = lines[first:second], lines[second:]
    kept, dropped = (copies[1], copies[0]) if sizes[1] >= sizes[0] else copies
    return list(_edits(text, kept, dropped))


def _has_doubles(text: str) -> bool:
    """Tell whether enough long lines stand twice; most pages that show signs of it repeat short ones."""
    keys = Counter([NOT_TEXT_RE.sub("", line) for line in text.split("\n") if len(line) >= LONG_LINE])
    return sum(len(key) >= LONG_LINE and count == 2 for key, count in keys.items()) >= FEWEST_PAIRS


def _lines(text: str) -> list[_Line]:
    lines = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    return [_Line(start, end, line, NOT_TEXT_RE.sub("", line)) for start, end, line in lines]


def _pairs(lines: list[_Line]) -> list[tuple[int, int]]:
    """Return the long lines that stand twice, the first copy wholly before the second; else nothing."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if len(line.key) >= LONG_LINE:
            places[line.key].append(number)
    pairs = [(at[0], at[1]) for at in places.values() if len(at) == 2]
    n_long = sum(map(len, places.values()))
    if len(pairs) < FEWEST_PAIRS or 2 * len(pairs) < LEAST_SHARE * n_long:
        return []
    in_order = all(a[1] < b[1] for a, b in itertools.pairwise(pairs))
    return pairs if in_order and pairs[-1][0] < pairs[0][1] else []


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
            if not line.key or line.key in whole:
                doomed.append(line)
            elif partner is not None and _likeness(line, partner) >= ALIKE:
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
    shorter, longer = sorted((len(line.key), len(other.key)))
    if shorter < ALIKE * longer:
        return 0.0
    return SequenceMatcher(None, line.key, other.key, autojunk=False).ratio()


def _healing(kept: _Line, dropped: _Line) -> Iterator[Edit]:
    """Yield edits where the dropped line's wording is likelier than the kept one's."""
    model = load_model()
    matcher = SequenceMatcher(None, kept.text, dropped.text, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        mine, other = kept.text[a:b], dropped.text[c:d]
        if tag == "equal" or max(len(mine), len(other)) > WIDEST_HEALING or re.search(r"\d", mine + other):
            continue
        before, after = kept.text[max(0, a - 3) : a], kept.text[b : b + 3]
        margin = model.score(other + after, before=before) - model.score(mine + after, before=before)
        if other and margin >= HEAL_MARGIN:
            yield Edit(kept.start + a, kept.start + b, other, 0.9)
