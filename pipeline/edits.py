"""Text that remembers where it came from.

A stage that changes text yields Edits on the text it was given; `TracedText.edited` applies them and keeps
both the offsets back to the first text and the ledger of repairs. Stages that keep the length of a text
(simplify, widths) only need `TracedText.recoded`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.records import Repair

Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start:end` of the text at hand by `after`."""

    start: int
    end: int
    after: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Step:
    """The edits of one stage: offsets on both sides, and what to enter into the ledger (kind None: nothing)."""

    kind: str | None
    before_start: Offsets
    before_end: Offsets
    after_start: Offsets
    after_end: Offsets
    before: tuple[str, ...]
    after: tuple[str, ...]
    confidence: tuple[float, ...]


def _carry(
    offsets: Offsets,
    from_start: Offsets,
    from_end: Offsets,
    to_start: Offsets,
    to_end: Offsets,
    *,
    to_right: bool,
) -> Offsets:
    """Map offsets across one set of edits; inside an edit they go to its start, or its end if `to_right`."""
    if not len(from_start):
        return offsets
    # the last edit that begins before the offset (an end that touches the edit's start stays outside)
    index = np.searchsorted(from_start, offsets, side="left" if to_right else "right") - 1
    known = index >= 0
    at = np.where(known, index, 0)
    shifted = offsets + np.where(known, to_end[at] - from_end[at], 0)
    inside = known & (offsets < from_end[at]) if not to_right else known & (offsets <= from_end[at])
    return np.where(inside, to_end[at] if to_right else to_start[at], shifted)


class TracedText:
    """A text, the text it began as, and every change between them.

    >>> traced = TracedText("规(guī)划２个").edited([Edit(1, 6, "")], kind="pinyin_notes")
    >>> traced.text
    '规划２个'
    >>> [(r.kind, r.before, r.raw_start, r.raw_end, r.start, r.end) for r in traced.recoded("规划2个").repairs()]
    [('pinyin_notes', '(guī)', 1, 6, 1, 1)]
    """

    __slots__ = ("_steps", "raw", "text")

    def __init__(self, text: str) -> None:
        self.raw = text
        self.text = text
        self._steps: tuple[_Step, ...] = ()

    def _next(self, text: str, step: _Step | None) -> TracedText:
        successor = TracedText.__new__(TracedText)
        successor.raw, successor.text = self.raw, text
        successor._steps = (*self._steps, step) if step is not None else self._steps
        return successor

    def edited(self, edits: Iterable[Edit], *, kind: str | None) -> TracedText:
        """Apply edits that do not overlap; they enter the ledger under `kind` unless it is None.

        Raises ValueError when two edits overlap or one points outside of the text.
        """
        ordered = sorted(edits, key=lambda e: (e.start, e.end))
        ordered = [e for e in ordered if self.text[e.start : e.end] != e.after]
        if not ordered:
            return self
        pieces: list[str] = []
        after_start: list[int] = []
        after_end: list[int] = []
        at = shift = 0
        for edit in ordered:
            if edit.start < at or edit.end < edit.start or edit.end > len(self.text):
                raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or leaves the text")
            pieces += (self.text[at : edit.start], edit.after)
            after_start.append(edit.start + shift)
            shift += len(edit.after) - (edit.end - edit.start)
            after_end.append(edit.end + shift)
            at = edit.end
        pieces.append(self.text[at:])
        step = _Step(
            kind,
            np.array([e.start for e in ordered], dtype=np.int64),
            np.array([e.end for e in ordered], dtype=np.int64),
            np.array(after_start, dtype=np.int64),
            np.array(after_end, dtype=np.int64),
            tuple(self.text[e.start : e.end] for e in ordered),
            tuple(e.after for e in ordered),
            tuple(e.confidence for e in ordered),
        )
        return self._next("".join(pieces), step)

    def recoded(self, text: str) -> TracedText:
        """Replace the text by one of the same length, character for character; nothing enters the ledger."""
        if len(text) != len(self.text):
            raise ValueError(f"recoded text has {len(text)} characters instead of {len(self.text)}")
        return self._next(text, None)

    def _back(self, offsets: Offsets, upto: int, *, to_right: bool) -> Offsets:
        for step in reversed(self._steps[:upto]):
            offsets = _carry(
                offsets,
                step.after_start,
                step.after_end,
                step.before_start,
                step.before_end,
                to_right=to_right,
            )
        return offsets

    def _forth(self, offsets: Offsets, since: int, *, to_right: bool) -> Offsets:
        for step in self._steps[since:]:
            offsets = _carry(
                offsets,
                step.before_start,
                step.before_end,
                step.after_start,
                step.after_end,
                to_right=to_right,
            )
        return offsets

    def written(self, char: str, unless: frozenset[str] = frozenset()) -> list[int]:
        """Return where a character stands that edits wrote, in rising order; `unless` are kinds not asked.

        >>> TracedText("?教\ufffd").edited([Edit(0, 1, "\ufffd")], kind="utf8_read_as_gbk").written("\ufffd")
        [0]
        """
        found: set[int] = set()
        for number, step in enumerate(self._steps):
            if step.kind in unless:
                continue
            at = [
                start + offset
                for start, after in zip(step.after_start.tolist(), step.after, strict=True)
                if char in after
                for offset, other in enumerate(after)
                if other == char
            ]
            found.update(self._forth(np.array(at, dtype=np.int64), number + 1, to_right=False).tolist())
        return sorted(at for at in found if self.text[at : at + 1] == char)

    def repairs(self) -> tuple[Repair, ...]:
        """Return the ledger: every change that was entered, in the order of the first text."""
        rows: list[Repair] = []
        for number, step in enumerate(self._steps):
            if step.kind is None:
                continue
            raw_start = self._back(step.before_start, number, to_right=False)
            raw_end = np.maximum(raw_start, self._back(step.before_end, number, to_right=True))
            start = self._forth(step.after_start, number + 1, to_right=False)
            end = np.maximum(start, self._forth(step.after_end, number + 1, to_right=True))
            rows.extend(
                Repair(step.kind, before, after, confidence, int(a), int(b), int(c), int(d))
                for before, after, confidence, a, b, c, d in zip(
                    step.before, step.after, step.confidence, raw_start, raw_end, start, end, strict=True
                )
            )
        rows.sort(key=lambda r: (r.raw_start, r.raw_end, r.kind))
        return tuple(rows)
