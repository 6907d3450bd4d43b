"""Runs the cases of tests/cases/extract/citations.json, and states what every citation row is."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.citations import find_citations
from pipeline.records import Extractions, Facts, Reading
from pipeline.segment import segment

CASES = Path(__file__).parent / "cases" / "extract" / "citations.json"
ROLES = {"self", "issued", "upper", "media", "other"}


def cases():
    rows = json.loads(CASES.read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


def citations_of(text, facts):
    return list(find_citations(Reading(text, facts, (), (), segment(text)), Extractions()))


@pytest.mark.parametrize("case", cases())
def test_citations_are_found_with_number_and_role(case):
    rows = citations_of(case["text"], Facts(**case["facts"]))
    assert [{"title": c.title, "number": c.number, "role": c.role} for c in rows] == case["expect"]


@given(st.text(alphabet="《》〈〉计划印发 （）〔2023〕5号\n、和", max_size=60))
def test_rows_point_at_their_title_in_text_order(text):
    rows = citations_of(text, Facts(title="教育计划", county="柳城县"))
    assert all(text[c.start : c.end] == c.title and c.title.strip() for c in rows)
    assert all(a.end <= b.start for a, b in itertools.pairwise(rows))
    assert {c.role for c in rows} <= ROLES


@given(st.text(alphabet="县教育局，。；“”（）《\n2023〕号", max_size=60))
def test_text_without_a_closed_mark_has_no_citation(text):
    assert citations_of(text, Facts()) == []


@pytest.mark.parametrize("unit", ["《", "》", "《计划》", "《报告》", "《甲《", "《》", "（国发〔2019〕"])
def test_hostile_repeats_end(unit):
    text = unit * (20_000 // len(unit))
    assert len(citations_of(text, Facts())) <= len(text)
