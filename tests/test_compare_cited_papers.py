"""Cited papers: one key for the titles of one paper, two for two papers."""

import pytest
from invented_tables import invented, report

from pipeline.compare import compare_cited_papers
from pipeline.compare.cited_papers import paper_key

ONE_PAPER = [
    ("国务院关于发展数字经济的意见", "关于发展数字经济的意见"),
    ("中共中央 国务院关于发展数字经济的意见", "《关于发展数字经济的意见》"),
    ("国务院办公厅关于印发《数字经济规划》的通知", "数字经济规划"),
    ("关于印发数字经济管理办法（试行）的通知", "数字经济管理办法"),
    ("中华人民共和国消防法", "消防法"),
    ("绿水市人民政府办公室关于促进就业的意见", "中共绿水市委、绿水市人民政府关于促进就业的意见"),
    ("水系规划（2018-2035年）", "水系规划（2018—2035）"),
]
TWO_PAPERS = [
    ("青山省优化营商环境条例", "优化营商环境条例"),
    ("甲县人民政府关于促进就业的意见", "乙县人民政府关于促进就业的意见"),
    ("绿水市甲县教育局关于促进就业的意见", "绿水市乙县教育局关于促进就业的意见"),
    ("义务教育法", "教育法"),
    ("水系规划（2018-2035年）", "水系规划（2011-2020年）"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PAPER)
def test_titles_of_one_paper(one, other):
    assert paper_key(one) == paper_key(other)


@pytest.mark.parametrize(("one", "other"), TWO_PAPERS)
def test_titles_of_two_papers(one, other):
    assert paper_key(one) != paper_key(other)


def _compared(*cited):
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2022)]
    rows = [
        {"doc_id": doc_id, "title": title, "role": role, "number": number, "start": start}
        for start, (doc_id, title, role, number) in enumerate(cited)
    ]
    return compare_cited_papers(invented(documents, citations=rows))


def test_a_paper_is_one_row_a_group():
    got = _compared(
        ("a", "国务院关于发展数字经济的意见", "upper", None), ("b", "关于发展数字经济的意见", "upper", None)
    )
    assert list(got["group"]) == ["甲县", "乙县"]
    assert set(got["n_groups"]) == {2}
    assert set(got["title"]) == {"国务院关于发展数字经济的意见"}
    assert list(got["first_year"]) == [2020, 2022]


def test_one_number_is_one_paper():
    got = _compared(
        ("a", "促进就业十条", "upper", "青政〔2020〕3号"),
        ("b", "促进就业若干措施", "upper", "青政〔2020〕3号"),
    )
    assert got["paper"].nunique() == 1
    assert set(got["number"]) == {"青政〔2020〕3号"}


def test_two_governments_papers_of_one_name_are_two():
    got = _compared(("a", "招商奖励办法", "issued", None), ("b", "招商奖励办法", "issued", None))
    assert sorted(got["paper"]) == ["乙县招商奖励办法", "甲县招商奖励办法"]
    got = _compared(("a", "某市甲县招商奖励办法", "issued", None), ("a", "招商奖励办法", "issued", None))
    assert list(got["n_uses"]) == [2]


def test_a_short_title_is_the_paper_before_it_and_nobody_elses():
    got = _compared(
        ("a", "消防条例", "upper", None), ("a", "条例", "upper", None), ("b", "条例", "upper", None)
    )
    assert dict(zip(got["group"], got["n_uses"], strict=True)) == {"甲县": 2, "乙县": 1}
    assert set(got["n_groups"]) == {1}


def test_newspapers_are_no_papers_and_no_citation_is_no_row():
    assert _compared(("a", "某某日报", "media", None)).empty
    assert _compared().empty
