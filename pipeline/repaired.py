"""The repair stage by itself, for a string at hand."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.edits import TracedText
from pipeline.records import Repair
from pipeline.repair import repair_text as repair_traced


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A text with its damage undone, and the ledger of what was changed."""

    text: str
    repairs: tuple[Repair, ...]


def repair_text(text: str) -> RepairedText:
    """Return a text with its damage undone; good text comes back unchanged, with an empty ledger.

    >>> repair_text("提升學?；鶎狱h組織建設水平").text
    '提升學校基層黨組織建設水平'
    >>> repair_text("学校和教师的义务教育").repairs
    ()
    """
    traced = repair_traced(TracedText(text))
    return RepairedText(traced.text, traced.repairs())
