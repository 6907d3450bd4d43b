"""Runs the cases of tests/cases/masthead: the facts of a document."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits import TracedText
from pipeline.records import PageFacts
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.furniture import find_furniture
from pipeline.structure.masthead import read_masthead
from pipeline.structure.numbers import normal_number

CASES = Path(__file__).parent / "cases" / "masthead"


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


def facts_of(page, page_facts=PageFacts()):  # noqa: B008  (frozen)
    text = TracedText(page).edited((edit for _, edit in find_furniture(page)), kind=None).text
    return read_masthead(page, text, page_facts)


@pytest.mark.parametrize("case", [*cases("facts"), *cases("printed_forms")])
def test_facts_come_from_where_the_genre_puts_them(case):
    facts = facts_of(case["text"])
    assert {field: getattr(facts, field) for field in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("柳城教通〔2023〕31号", "柳城教通〔2023〕31号"),
        ("柳城教通 [2023] 31 号", "柳城教通〔2023〕31号"),
        ("柳城教通（2023）第031号", "柳城教通〔2023〕31号"),
        ("中华人民共和国国务院令 第712号", "国令第712号"),
        ("柳城县教育局2023年31号楼", None),
    ],
)
def test_a_document_number_has_one_form(printed, number):
    assert normal_number(printed) == number


@pytest.mark.parametrize(
    ("title", "doc_type"),
    [
        ("关于印发《柳城教育提质振兴三年行动计划（2023-2025）》的通知", "通知"),
        ("柳城教育提质振兴三年行动计划（2023—2025年）", "计划"),
        ("青山县中小学校舍安全管理办法（试行）", "办法"),
        ("青山县“十四五”教育发展规划纲要", "规划"),
        ("2022年青山县政府工作报告", "工作报告"),
        ("国务院办公厅对建议的答复", "函"),
        ("青山县举行教育工作报告会", None),
        ("旬邑县推动义务教育优质均衡发展", None),
    ],
)
def test_the_last_word_of_a_title_names_the_type(title, doc_type):
    assert type_of_title(title) == doc_type


def test_the_page_knows_county_and_year_of_a_bare_headline():
    page = "政府工作报告\n（2022年1月26日在青山县第十六届人民代表大会第二次会议上）\n各位代表：\n现在，我代表县人民政府向大会作工作报告。"
    facts = facts_of(page, PageFacts(title="2022年青山县政府工作报告-中国县域"))
    assert facts.title == "2022年青山县政府工作报告"
    assert facts.issuer == "青山县人民政府"


def test_the_gazetteer_columns_are_left_for_the_region_stage():
    facts = facts_of("旬邑县推动义务教育优质均衡发展\n近年来，旬邑县全面落实教育优先发展战略。")
    assert (facts.province, facts.city, facts.county, facts.adcode) == (None, None, None, None)


@given(
    st.text(
        st.sampled_from("柳城县教育局〔2023〕31号年月日关于的通知：来源日期 \n，。《》-/1令第政府"),
        max_size=200,
    )
)
def test_any_page_has_facts(page):
    facts = facts_of(page)
    assert facts.doc_type
    assert facts.title is None or facts.title.strip()
