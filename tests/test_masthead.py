"""Runs the cases of tests/cases/masthead: the facts of a document."""

import json
from pathlib import Path

import make_mastheads
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits import TracedText
from pipeline.flow import clean
from pipeline.records import PageFacts
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.furniture import find_furniture
from pipeline.structure.masthead import read_masthead
from pipeline.structure.numbers import find_doc_number, normal_number
from pipeline.structure.region import find_region

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
    facts = facts_of(case["text"], PageFacts(**case.get("page", {})))
    assert {field: getattr(facts, field) for field in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("柳城教通〔2023〕31号", "柳城教通〔2023〕31号"),
        ("柳城教通 [2023] 31 号", "柳城教通〔2023〕31号"),
        ("柳城教通（2023）第031号", "柳城教通〔2023〕031号"),
        ("中华人民共和国国务院令 第712号", "国令第712号"),
        ("柳城县教育局2023年31号楼", None),
    ],
)
def test_a_document_number_has_one_form(printed, number):
    assert normal_number(printed) == number


def test_invented_mastheads_give_what_they_state():
    n, wrong = 0, []
    for page, year, adcode, stated in make_mastheads.mastheads(150, 2023):
        facts = facts_of(clean(TracedText(page)).text)
        region = find_region(facts.title, facts.issuer, facts.outlet, page, year=year)
        found = {field: getattr(facts, field) for field in stated} | {"adcode": region and region.adcode}
        for field, value in (stated | {"adcode": adcode}).items():
            n += 1
            wrong += [] if found[field] == value else [(field, found[field], value)]
    assert len(wrong) <= 0.005 * n, wrong


CODES = st.sampled_from(["柳城教通", "浮政办发", "冀政办字", "国发", "教基", "青教（基）", "办函"])
BRACKETS = st.sampled_from(["〔〕", "[]", "［］", "（）", "()", "【】", "﹝﹞"])
SPACE = st.sampled_from(["", " ", "  "])


@given(
    CODES, BRACKETS, st.integers(1990, 2030), st.integers(1, 999), SPACE, SPACE, st.booleans(), st.booleans()
)
def test_every_printed_form_of_a_number_is_one_number(
    code, marks, year, serial, before, behind, spaced, bare
):
    shown = " ".join(code) if spaced else code
    printed = (
        f"{shown}{before}{marks[0]}{before}{year}{marks[1]}{behind}{serial}{'' if bare else behind + '号'}"
    )
    number = f"{code}〔{year}〕{serial}号"
    title, recipients = "关于做好招生工作的通知", "各学校："
    for head in (
        [title, printed, recipients],
        [printed, title, recipients],
        [printed + "　签发人：王某", title],
    ):
        assert find_doc_number(head, "", PageFacts()) == number


@pytest.mark.parametrize(
    "line",
    [
        "根据教基〔2023〕1号文件精神，现通知如下",
        "教基〔2023〕1号文件要求各地做好招生工作",
        "贯彻落实《关于招生的通知》（教基〔2023〕1号）",
        "（教基〔2023〕1号）和有关规定",
        "依据：教基〔2023〕1号",
        "2023年31号楼",
    ],
)
def test_a_number_that_is_cited_is_not_the_documents_own(line):
    assert find_doc_number(["关于做好招生工作的通知", "各学校：", line], "", PageFacts()) is None


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
