"""Keeps one copy of a document that its page prints twice, and heals it by the other.

The page prints it whole and then again, in a line of its own or all in one, or piece by piece, each piece followed by its
copy; one copy may be in traditional characters. The copies are damaged at different places, so that lines are compared after the other
repairs, and where two lines still differ the model chooses. What stands in one copy only stays, unless nobody can read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.doubled_lines import (
    LONG_LINE,
    Line,
    find_copies,
    likeness,
    own_double,
    read_lines,
    short_doubles,
)

LOST_RE = lazy_re("[?\ufffd\ue000-\uf8ff]")
HEAL_MARGIN = 2.0  # nats by which the other copy's wording must be likelier
NEAR = 2  # lines by which partners may be apart in a row of differing lines
WIDEST_HEALING = 40
UNREADABLE = -8.0  # nats a character of a line costs on average; prose of any kind is cheaper
BETTER = 0.3  # the same, by which the lines that only one copy has read better than the other's
FEW_TRADITIONAL = 10  # characters, which a simplified text may have too: 镕, 堃
LONGER = 0.2  # of a copy, by which one goes on behind the other


def doubled_document(text: str) -> list[Edit]:
    """Return the edits that take out one copy of a document printed twice, and heal the other by it.

    A page that repeats only its opening (内容摘要), or paragraphs here and there, is left alone; where the
    copies differ in digits, the one that is kept is believed.

    >>> lines = [f"{mark}是加强领导，成立工作专班，明确责任分工，{deed}。" for mark, deed in zip("一二三四", ("压实责任", "完善制度", "保障经费", "严格考核"))]
    >>> edits = doubled_document("\\n".join(line for line in lines for _ in range(2)))
    >>> [edit.end - edit.start for edit in edits] == [len(line) + 1 for line in lines[:3]] + [len(lines[3])]
    True
    """
    lines = read_lines(text)
    parts = find_copies(lines)
    if not parts:
        return [Edit(*span, "") for span in own_double(lines)]
    at_once = len(parts) == 1
    first_copy, second_copy = ([line for part in parts for line in part[which]] for which in (0, 1))
    keeps_second = _is_better(second_copy, first_copy, at_once=at_once)
    if not at_once:
        parts += short_doubles(lines, parts)
    return [
        edit
        for first, second in parts
        for edit in _edits(text, *((second, first) if keeps_second else (first, second)))
    ]


def _is_better(copy: list[Line], other: list[Line], *, at_once: bool) -> bool:
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


def _parted(copy: list[Line], other_keys: set[str]) -> tuple[list[Line], int]:
    """Return a copy up to the last long line that the other has too, and how much readable text stands behind it."""
    n_lines, n_chars = len(copy), 0
    for line in reversed(copy):
        if len(line.key) >= LONG_LINE:
            if line.key in other_keys:
                break
            n_chars += 0 if _is_unreadable(line) else len(line.key)
        n_lines -= 1
    return copy[:n_lines], n_chars


def _price(copy: list[Line], other_keys: set[str]) -> float:
    """Return what a character costs on average in the long lines that the other copy does not have; 0 if there is none."""
    own = "\n".join(line.text for line in copy if len(line.key) >= LONG_LINE and line.key not in other_keys)
    return load_model().score(own) / len(own) if own else 0.0


def _n_traditional(line: Line) -> int:
    """Return how many characters the character set of simplified text does not have."""
    return len(line.text) - len(line.text.encode("gb2312", "ignore").decode("gb2312"))


def _is_unreadable(line: Line) -> bool:
    return bool(line.text) and load_model().score(line.text) < UNREADABLE * len(line.text)


def _edits(text: str, kept: list[Line], dropped: list[Line]) -> Iterator[Edit]:
    matcher = SequenceMatcher(
        None, [line.key for line in dropped], [line.key for line in kept], autojunk=False
    )
    whole = "".join(line.key for line in kept)
    doomed: list[Line] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            doomed += dropped[a:b]
            continue
        for number, line in enumerate(dropped[a:b]):
            partners = kept[c:d][max(0, number - NEAR) : number + NEAR + 1]
            partner = max(partners, key=lambda other: likeness(line, other), default=None)
            if not line.key or line.key in whole or (b - a == d - c and _is_unreadable(line)):
                doomed.append(line)
            elif partner is not None and likeness(line, partner):
                doomed.append(line)
                yield from _healing(partner, line)
    yield from _removals(text, dropped, {line.start for line in doomed})


def _removals(text: str, dropped: list[Line], doomed: set[int]) -> Iterator[Edit]:
    """Yield one edit for each row of lines to take out."""
    start: int | None = None
    for line, following in zip(dropped, [*dropped[1:], None], strict=True):
        if line.start not in doomed:
            continue
        start = line.start if start is None else start
        if following is None or following.start not in doomed:
            yield Edit(start, min(line.end + 1, len(text)), "")
            start = None


def _healing(kept: Line, dropped: Line) -> Iterator[Edit]:
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
