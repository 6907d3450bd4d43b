"""Instruments and measures: shares by hand, nearest measures side by side, themes."""

import pytest
from invented_tables import invented, report

from pipeline.compare import compare_instruments, compare_measures
from pipeline.compare.themes import theme_of, topics_of
from pipeline.errors import ComparisonError


def measures(doc, *rows):
    return [{"doc_id": doc, "text": t, "instrument": i, "instrument_sub": s} for t, i, s in rows]


SUPPLY, DEMAND, RULES = ("供给型", "人才培养"), ("需求型", "示范试点"), ("环境型", "法规管制")


def test_shares_are_of_decided_measures():
    rows = measures(
        "a",
        ("招聘特岗教师", *SUPPLY),
        ("培训骨干教师", *SUPPLY),
        ("打造示范学校", *DEMAND),
        ("办好教育", None, None),
    )
    frame = compare_instruments(invented([report("a", "甲县", 2020)], measures=rows))
    got = frame[(frame["theme"] == "全部") & frame["instrument_sub"].isna()].set_index("instrument")
    assert got["share"].to_dict() == {
        "供给型": pytest.approx(2 / 3),
        "环境型": 0,  # none of three is a share too, and no missing value
        "需求型": pytest.approx(1 / 3),
    }
    assert got.loc["供给型", ["n_measures", "n_all", "n_undecided"]].tolist() == [2, 3, 1]
    assert got.loc["供给型", "measure_ids"] == ["a.m000", "a.m001"]
    assert got.loc["环境型", ["n_measures", "n_all", "share_low"]].tolist() == [0, 3, 0]
    assert got.loc["环境型", "measure_ids"] == []
    assert (got["share_low"] <= got["share"]).all()
    assert (got["share"] < got["share_high"]).all()


def test_measures_of_a_review_are_told_from_those_of_a_plan():
    rows = [
        {"doc_id": "a", "text": "改造农村公路", "heading": "2021年工作回顾 | 交通"},
        {"doc_id": "b", "text": "改造农村公路", "heading": "2022年主要任务"},
        {"doc_id": "b", "text": "健全组织领导机制", "heading": "加强自身建设"},
    ]
    frame = compare_measures(invented([report("a", "甲县", 2022), report("b", "乙县", 2022)], measures=rows))
    got = frame.set_index("measure_id")
    assert got["part"].tolist() == ["review", "plan", None]
    assert got.loc["a.m000", ["state", "other_part"]].tolist() == ["shared", "plan"]


def test_themes_sum_to_the_whole():
    rows = measures("a", ("招聘特岗教师", *SUPPLY), ("治理散煤污染", *RULES), ("形成良好局面", *RULES))
    frame = compare_instruments(invented([report("a", "甲县", 2020)], measures=rows))
    whole = frame[frame["instrument_sub"].isna()]
    assert whole.groupby("theme")["share"].sum().to_list() == [pytest.approx(1)] * 4
    assert whole.groupby("theme")["instrument"].nunique().to_list() == [3] * 4
    classes = whole.groupby("theme")["n_measures"].sum().to_dict()
    assert classes == {"全部": 3, "其他": 1, "教育": 1, "生态环境": 1}


def test_a_heading_decides_where_the_clause_says_little():
    assert theme_of("新建3所", "推进学校建设") == "教育"
    with pytest.raises(ComparisonError, match="keywords, heading, topics"):
        compare_instruments(invented([report("a", "甲县", 2020)]), themes_by="topic")


def test_topics_of_measures_are_named_by_their_words():
    texts = ["招聘特岗教师", "培训骨干教师"] * 9 + ["改造农村公路", "硬化农村公路"] * 9 + ["，"]
    names = topics_of(texts, n_topics=2)
    assert len(set(names[:18])) == 1
    assert "教师" in names[0]
    assert "公路" in names[20]
    assert names[-1] == "其他"
    assert topics_of(texts[:3]) == ["其他"] * 3


def test_the_same_measure_is_shared_and_a_lone_one_is_only_here():
    rows = [
        *measures("a", ("完善中小学教师轮岗交流制度", *SUPPLY), ("建设冰雪运动特色小镇", *DEMAND)),
        *measures("b", ("健全中小学教师轮岗交流制度", *SUPPLY), ("治理散煤污染", *RULES)),
    ]
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2020)]
    got = compare_measures(invented(documents, measures=rows)).set_index("measure_id")
    assert got.loc["a.m000", ["state", "other_measure_id", "other_group"]].tolist() == [
        "shared",
        "b.m002",
        "乙县",
    ]
    assert got.loc["a.m001", "state"] == "only_here"
    assert got.loc["a.m000", "n_groups"] == 1
    assert got["similarity"].between(0, 1).all()


def test_a_measure_of_the_same_group_is_no_match():
    rows = measures("a", ("治理散煤污染", *RULES), ("治理散煤污染", *RULES))
    got = compare_measures(invented([report("a", "甲县", 2020)], measures=rows))
    assert got["state"].tolist() == ["only_here", "only_here"]
    assert got["other_measure_id"].tolist() == [None, None]


def test_between_names_the_groups():
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2020), report("c", "丙县", 2020)]
    rows = [
        *measures("a", ("治理散煤污染", *RULES)),
        *measures("b", ("治理散煤", *RULES)),
        *measures("c", ("治理散煤污染", *RULES)),
    ]
    tables = invented(documents, measures=rows)
    assert set(compare_measures(tables, between=["甲县", "乙县"])["other_group"]) == {"甲县", "乙县"}
    with pytest.raises(ComparisonError, match="no measure of 丁县"):
        compare_measures(tables, between=["甲县", "丁县"])
