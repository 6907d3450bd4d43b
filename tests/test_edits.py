"""TracedText: edits compose, and every offset can be followed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits import Edit, TracedText


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        TracedText("四个强化").edited([Edit(0, 2, "x"), Edit(1, 3, "y")], kind="test")


def test_an_edit_that_changes_nothing_leaves_no_row():
    traced = TracedText("四个强化").edited([Edit(0, 2, "四个")], kind="test")
    assert traced.repairs() == ()
    assert traced.text == "四个强化"


def test_recoding_must_keep_the_length():
    with pytest.raises(ValueError, match="3 characters instead of 4"):
        TracedText("四個強化").recoded("四个强")


def test_an_edit_without_kind_moves_offsets_and_leaves_no_row():
    traced = (
        TracedText("导航\n規(guī)划")
        .edited([Edit(4, 9, "")], kind="pinyin_notes")
        .edited([Edit(0, 3, "")], kind=None)
    )
    (row,) = traced.repairs()
    assert (row.before, row.raw_start, row.start, row.end) == ("(guī)", 4, 1, 1)


@st.composite
def _text_and_edits(draw):
    text = draw(st.text("abc四个强化\n", max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text("xyz修复", max_size=4))) for a, b in spans]


@given(_text_and_edits(), st.data())
def test_the_ledger_says_what_was_before_and_what_is_after(first, data):
    text, edits = first
    once = TracedText(text).edited(edits, kind="first")
    cut = data.draw(st.integers(0, len(once.text)))
    twice = once.edited([Edit(0, cut, "")], kind=None)
    for row in once.repairs():
        assert text[row.raw_start : row.raw_end] == row.before
        assert once.text[row.start : row.end] == row.after
    for row in twice.repairs():  # cut away or still there, never another text
        assert twice.text[row.start : row.end] in ("", row.after) or row.after.endswith(
            twice.text[row.start : row.end]
        )
