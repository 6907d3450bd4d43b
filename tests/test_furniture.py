"""Runs the cases of tests/cases/furniture: the lines of a page that are not the document."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits import TracedText
from pipeline.structure.furniture import find_furniture, take_off

CASES = Path(__file__).parent / "cases" / "furniture"
GOLD = Path(__file__).parents[2] / "shared" / "gold"


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


def removed(page):
    return [
        [reason, page[edit.start : edit.end].strip()]
        for reason, edit in find_furniture(page)
        if page[edit.start : edit.end].strip()
    ]


@pytest.mark.parametrize("case", cases("lines"))
def test_only_the_lines_of_the_site_are_removed(case):
    assert removed(case["text"]) == case["expect"]


@pytest.mark.parametrize("case", cases("lines"))
def test_what_is_left_holds_no_more_furniture(case):
    page = case["text"]
    left = TracedText(page).edited((edit for _, edit in find_furniture(page)), kind=None).text
    assert removed(left) == []


@pytest.mark.skipif(not GOLD.is_dir(), reason="the marked documents are not beside this checkout")
@pytest.mark.parametrize("name", ["001", "004", "101"])
def test_a_clean_document_loses_nothing(name):
    assert removed((GOLD / f"{name}.txt").read_text(encoding="utf-8")) == []


def test_what_was_injected_is_in_the_ledger_and_the_site_is_not():
    page = "首页 > 正文\n青山县教育局\n国产精品原创 遵义县| 常熟市| 永善县|\n2023年3月30日\n责任编辑：张三"
    left = take_off(TracedText(page))
    assert left.text == "青山县教育局\n2023年3月30日"
    assert [(r.kind, r.before.strip()) for r in left.repairs()] == [
        ("injected_spam", "国产精品原创 遵义县| 常熟市| 永善县|")
    ]


def test_no_blank_line_is_left_at_either_end():
    prose = "近年来，旬邑县全面落实教育优先发展战略，集全县之力推动义务教育优质均衡发展，成效明显。"
    page = f"首页 > 正文\n\n旬邑县推动义务教育优质均衡发展\n\n{prose}\n\n最新资讯\n"
    left = TracedText(page).edited((edit for _, edit in find_furniture(page)), kind=None).text
    assert left == f"旬邑县推动义务教育优质均衡发展\n\n{prose}"  # a blank line inside is not ours to judge


@given(
    st.text(
        st.sampled_from("来源：时间发布日期2023-/ \n首页>正文县|相关文章。，教育分享到政府工作报告"),
        max_size=200,
    )
)
def test_edits_take_whole_lines(page):
    edits = [edit for _, edit in find_furniture(page)]
    for edit in edits:
        assert edit.after == ""
        assert page[edit.start : edit.end] == "\n" or edit.start == 0 or page[edit.start - 1] == "\n"
        assert edit.end == len(page) or page[edit.end - 1] == "\n"
    TracedText(page).edited(edits, kind=None)  # raises when two overlap
