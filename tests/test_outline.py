"""Runs the cases of tests/cases/outline: headings with their levels, and sentences."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.outline import find_sections, find_sentences

CASES = Path(__file__).parent / "cases" / "outline"


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


@pytest.mark.parametrize("case", [*cases("headings"), *cases("no_headings")])
def test_headings_come_with_their_level_and_marker(case):
    found = [[s.level, s.marker, s.heading] for s in find_sections(case["text"]) if s.in_path]
    assert found == case["expect"]


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences_end_where_chinese_sentences_do(case):
    text = case["text"]
    found = [text[s.start : s.end] for s in find_sentences(text, find_sections(text))]
    assert found == case["expect"]


def test_slogan_and_goal_of_a_heading_are_two_entries_of_its_path():
    text = (
        "“四个强化”夯实创建责任。一是强化组织领导。成立工作领导小组。二是强化责任落实。建立联校机制。\n"
        "“四个到位”改善办学条件。投入资金3729万元，建成智慧教育大平台。形成了学校布局。"
    )
    first, lead, *_ = find_sections(text)
    assert first.path == ("四个强化", "夯实创建责任")
    assert (lead.marker, lead.heading, lead.in_path, lead.parent) == ("一是", "强化组织领导", False, 0)
    assert text[lead.start : lead.body_end] == "强化组织领导。成立工作领导小组。"


def test_a_heading_belongs_to_the_section_around_it_and_its_body_to_itself():
    text = "一、主要任务\n（一）完善教研体系。配齐配强专职教研员。\n（二）加强教学研究。制定教研规划。"
    sections = find_sections(text)
    rows = [(text[s.start : s.end], s.section) for s in find_sentences(text, sections)]
    assert rows == [
        ("主要任务", None),
        ("完善教研体系。", 0),
        ("配齐配强专职教研员。", 1),
        ("加强教学研究。", 0),
        ("制定教研规划。", 2),
    ]


def test_the_section_of_a_lead_ends_with_its_paragraph():
    text = (
        "促进教育均衡。制定并印发实施方案，加快“双创”。\n加强教师队伍建设。深入推进“县管校聘”改革。\n"
        "县委常委、组织部部长，县委教育工作领导小组成员单位负责同志参加会议。"
    )
    sections = find_sections(text)
    assert [s.heading for s in sections] == ["促进教育均衡", "加强教师队伍建设"]
    assert find_sentences(text, sections)[-1].section is None


CHINESE = st.text(
    st.sampled_from("一二三十是、（）1.2①第章条问答：，。！？；“”‘’—— \n教育加强发展县01坚持●…《》"),
    max_size=300,
)


@given(CHINESE)
def test_any_text_has_a_sound_outline(text):
    sections = find_sections(text)
    for i, section in enumerate(sections):
        assert text[section.start : section.end] == section.heading
        assert section.start <= section.end <= len(text)
        assert section.end <= section.body_end <= len(text)
        assert section.level >= 1
        assert section.parent is None or section.parent < i
        if section.parent is not None:
            assert section.path[: len(sections[section.parent].path)] == sections[section.parent].path
            assert section.level == sections[section.parent].level + 1
    assert [s.start for s in sections] == sorted(s.start for s in sections)


@given(CHINESE)
def test_sentences_lie_in_order_and_within_one_paragraph(text):
    sections = find_sections(text)
    sentences = find_sentences(text, sections)
    assert sentences
    for before, after in itertools.pairwise(sentences):
        assert before.end <= after.start
    for sentence in sentences:
        assert "\n" not in text[sentence.start : sentence.end] or len(sentences) == 1
        assert sentence.section is None or sections[sentence.section].in_path
