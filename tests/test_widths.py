"""Runs the cases of tests/cases/widths, and states what to_print_widths never does."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipeline.widths import to_print_widths

CASES = Path(__file__).parent / "cases" / "widths"
MIXED = st.text(alphabet="县教a Z19.,;:!?()（），：；０Ａ％＋\n/", max_size=40)


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


@pytest.mark.parametrize("case", [*cases("marks"), *cases("unchanged")])
def test_marks_are_printed_as_chinese_is(case):
    assert to_print_widths(case["text"]) == case["expect"]


@given(st.one_of(st.text(max_size=60), MIXED))
def test_length_stays(text):
    assert len(to_print_widths(text)) == len(text)


@given(st.text(alphabet="县教育局，。；：（）！？“”、《》—…0123456789% \n", max_size=60))
@example("1，00县")
def test_well_printed_chinese_stays(text):
    assume(not re.search(r"\d，\d{3}(?!\d)", text))  # 1，000元 is one number, and not well printed
    assert to_print_widths(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=80))
def test_text_without_chinese_stays(text):
    assert to_print_widths(text) == text


@given(MIXED)
@example(":县:aＡＡＡ")
@example("(()Ａ)县")
def test_twice_is_once(text):
    once = to_print_widths(text)
    assert to_print_widths(once) == once


@pytest.mark.parametrize(
    "unit", ["(", "()", "中,", ",,", "http://", "1,1", "&a", "www.", "中(a b", "?", "．"]
)
def test_hostile_repeats_end(unit):
    text = unit * 20_000
    assert len(to_print_widths(text)) == len(text)
