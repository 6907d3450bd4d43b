"""One file for each kind of damage; REPAIRS is the order in which they are undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.edits import Edit, TracedText
from pipeline.repair.ampersand_for_tai import ampersand_for_tai
from pipeline.repair.big5_read_as_gbk import big5_read_as_gbk
from pipeline.repair.big5_read_as_latin1 import big5_read_as_latin1
from pipeline.repair.compatibility_forms import compatibility_forms
from pipeline.repair.doubled_document import doubled_document
from pipeline.repair.escaped_entities import escaped_entities
from pipeline.repair.full_width_forms import full_width_forms
from pipeline.repair.gbk_bytes_dropped import gbk_bytes_dropped
from pipeline.repair.gbk_bytes_shifted import gbk_bytes_shifted
from pipeline.repair.gbk_read_as_big5 import gbk_read_as_big5
from pipeline.repair.gbk_read_as_latin1 import gbk_read_as_latin1
from pipeline.repair.hard_line_breaks import hard_line_breaks
from pipeline.repair.injected_spam import injected_spam
from pipeline.repair.invisible_characters import invisible_characters
from pipeline.repair.lost_line_breaks import lost_line_breaks
from pipeline.repair.lost_spaces import lost_spaces
from pipeline.repair.misread_twice import misread_twice
from pipeline.repair.page_numbers import page_numbers
from pipeline.repair.percent_encoding import percent_encoding
from pipeline.repair.pinyin_notes import pinyin_notes
from pipeline.repair.piped_tables import piped_tables
from pipeline.repair.private_use import private_use
from pipeline.repair.replacement_read_as_gbk import replacement_read_as_gbk
from pipeline.repair.signs import Signs
from pipeline.repair.spaced_figures import spaced_figures
from pipeline.repair.stray_commas import stray_commas
from pipeline.repair.stray_spaces import stray_spaces
from pipeline.repair.unicode_escapes import unicode_escapes
from pipeline.repair.utf8_read_as_gbk import utf8_read_as_gbk
from pipeline.repair.utf8_read_as_latin1 import utf8_read_as_latin1

MOST_LAYERS = 4
# those for which a line without a sign says nothing: only the others are read
LINE_BY_LINE = frozenset({"spaced_figures", "stray_spaces", "lost_spaces", "full_width_forms"})
# or these are told which lines show one, and read what is around them too
TOLD_LINES: dict[str, Callable[[str, Iterable[tuple[int, int]]], list[Edit]]] = {
    "utf8_read_as_gbk": utf8_read_as_gbk,
    "gbk_bytes_dropped": gbk_bytes_dropped,
}

# those for which a lost sign of the page is evidence: one that another repair wrote is none, unless it only unescaped it
READS_LOST_SIGNS = frozenset({"gbk_bytes_shifted"})
UNESCAPES = frozenset({"escaped_entities", "unicode_escapes"})
LOST, UNTOLD = "\ufffd", "\ufdd1"  # a noncharacter in place of those that a repair wrote

RepairFunction = Callable[[str], list[Edit]]

REPAIRS: tuple[tuple[str, RepairFunction], ...] = (
    ("escaped_entities", escaped_entities),
    ("unicode_escapes", unicode_escapes),
    ("percent_encoding", percent_encoding),
    ("replacement_read_as_gbk", replacement_read_as_gbk),
    ("misread_twice", misread_twice),  # before the repairs of one misreading, which would believe parts of it
    # before invisible_characters, which drops the control characters that are its bytes
    ("utf8_read_as_latin1", utf8_read_as_latin1),
    ("gbk_read_as_latin1", gbk_read_as_latin1),
    ("big5_read_as_latin1", big5_read_as_latin1),
    # before what takes its marked letters for bytes of another encoding
    ("pinyin_notes", pinyin_notes),
    ("utf8_read_as_gbk", utf8_read_as_gbk),
    ("big5_read_as_gbk", big5_read_as_gbk),
    ("gbk_read_as_big5", gbk_read_as_big5),
    ("compatibility_forms", compatibility_forms),
    ("private_use", private_use),
    ("invisible_characters", invisible_characters),
    ("injected_spam", injected_spam),
    ("gbk_bytes_shifted", gbk_bytes_shifted),  # before lost_spaces, which would take a stray ? for a space
    ("gbk_bytes_dropped", gbk_bytes_dropped),
    ("lost_spaces", lost_spaces),
    ("ampersand_for_tai", ampersand_for_tai),
    ("full_width_forms", full_width_forms),
    ("stray_commas", stray_commas),
    ("piped_tables", piped_tables),
    ("lost_line_breaks", lost_line_breaks),  # before stray_spaces, which closes what is left of them
    ("spaced_figures", spaced_figures),
    ("stray_spaces", stray_spaces),
    ("page_numbers", page_numbers),  # before hard_line_breaks, whose runs they part
    ("hard_line_breaks", hard_line_breaks),
    ("doubled_document", doubled_document),  # last: copies agree best when both are repaired
)


def repair_text(traced: TracedText) -> TracedText:
    """Return a text with its damage undone, every change in its ledger.

    >>> repaired = repair_text(TracedText("促進其成長為區(qū)域?qū)W科帶頭人"))
    >>> repaired.text
    '促進其成長為區域學科帶頭人'
    """
    signs = Signs(traced.text)
    at_rest: dict[str, TracedText] = {}  # the text in which a kind found nothing
    for _ in range(MOST_LAYERS):  # under one damage another may show
        before = traced
        for kind, repair in REPAIRS:
            if kind in signs.missing or at_rest.get(kind) is traced:
                continue
            edits = _edits(traced, kind, repair, signs)
            if edits:
                traced = traced.edited(edits, kind=kind)
                signs = Signs(traced.text)
            else:
                at_rest[kind] = traced
        if traced is before:
            break
    return traced


def _edits(traced: TracedText, kind: str, repair: RepairFunction, signs: Signs) -> list[Edit]:
    text = traced.text
    if kind in LINE_BY_LINE:
        return [
            replace(edit, start=edit.start + start, end=edit.end + start)
            for start, end in signs.lines(kind)
            for edit in repair(text[start:end])
        ]
    if kind in TOLD_LINES:
        return TOLD_LINES[kind](text, signs.lines(kind))
    if kind in READS_LOST_SIGNS and LOST in text and UNTOLD not in text:
        chars = list(text)
        for at in traced.written(LOST, unless=UNESCAPES):
            chars[at] = UNTOLD
        return [replace(edit, after=edit.after.replace(UNTOLD, LOST)) for edit in repair("".join(chars))]
    return repair(text)
