"""Indicators side by side: what competes for a cell, what is missing, who ranks where."""

import json
from pathlib import Path

import pandas as pd
import pytest
from invented_tables import invented, report

from pipeline.compare import BY, compare_indicators
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.series import base_of
from pipeline.errors import ComparisonError

CASES = Path(__file__).parent / "cases" / "compare"
RATE = {"indicator": "九年义务教育巩固率", "indicator_id": "compulsory_retention_rate", "when": "2023"}
GDP = {
    "indicator": "地区生产总值",
    "indicator_id": "gross_regional_product",
    "when": "2023",
    "norm_unit": "元",
}
UNEMPLOYED = {"indicator": "城镇登记失业率", "indicator_id": "urban_unemployment_rate", "when": "2023"}


def three_counties(*quantities):
    documents = [report("a", "甲县", 2024), report("b", "乙县", 2024), report("c", "丙县", 2024)]
    return invented(documents, quantities=list(quantities))


@pytest.mark.parametrize(
    "case", json.loads((CASES / "bases.json").read_text(encoding="utf-8")), ids=lambda c: c["label"]
)
def test_the_base_of_growth(case):
    assert base_of(case["text"], case["year"]) == case["expect"]


@pytest.mark.parametrize(
    ("before", "base"),
    [
        ("与2018年相比，", "2018"),
        ("同“十三五”末相比，", "十三五"),
        ("与2022年相比，", None),
        ("与邻县相比，", None),
    ],
)
def test_what_a_sentence_compares_with_is_the_base_of_its_growth(before, base):
    said = "地区生产总值增长21%"
    document = report("a", "甲县", 2024, text=before + said)
    row = {**GDP, "doc_id": "a", "norm_unit": "%", "change": "increase", "value": 21.0, "text": said}
    row |= {"start": len(before), "end": len(before + said)}
    cells = compare_indicators(invented([document], quantities=[row]))
    assert cells["base"].tolist() == [base]


@pytest.mark.parametrize(
    ("facts", "whole", "scope"),
    [
        ({"county": None, "adcode": "990100", "title": "某市2024年政府工作报告"}, "全市", "whole"),
        ({"county": None, "adcode": "990100", "title": "某市2024年政府工作报告"}, "全省", "upper"),
        ({"county": "甲县"}, "全市", "upper"),
        ({"county": "丁市", "adcode": "990181"}, "全市", "whole"),
        (
            {"province": None, "city": None, "county": None, "adcode": None, "issuer": "国务院"},
            "全国",
            "whole",
        ),
    ],
)
@pytest.mark.parametrize("by", ["county", "document"])
def test_a_word_for_the_whole_is_the_places_own_or_that_of_one_above(facts, whole, scope, by):
    text = f"{whole}地区生产总值达到90亿元"
    document = report("a", "甲县", 2024, text=text) | facts
    row = {**GDP, "doc_id": "a", "value": 9e9, "text": text[2:], "start": 2, "end": len(text)}
    cells = compare_indicators(invented([document], quantities=[row]), by=by)
    assert cells["scope"].tolist() == [scope]


def test_absent_is_told_from_not_read():
    documents = [
        report("a", "甲县", 2024),
        report("b", "乙县", 2024),
        report("c", "丙县", 2024, status="failed"),
    ]
    frame = compare_indicators(invented(documents, quantities=[{"doc_id": "a", **RATE, "value": 98.0}]))
    states = dict(zip(frame["group"], frame["state"], strict=True))
    assert states == {"甲县": "reported", "乙县": "absent", "丙县": "not_read"}
    assert frame.set_index("group")["n_unread"].to_dict() == {"甲县": 0, "乙县": 0, "丙县": 1}
    assert frame.loc[frame["state"] != "reported", "value"].isna().all()


def test_growth_and_level_are_two_series_and_a_decrease_is_negative():
    frame = compare_indicators(
        three_counties(
            {"doc_id": "a", **GDP, "value": 1.2e10},
            {"doc_id": "a", **GDP, "value": 7.0, "norm_unit": "%", "change": "increase"},
            {"doc_id": "b", **GDP, "value": 2.0, "norm_unit": "%", "change": "decrease", "comparator": ">="},
        )
    )
    got = frame[frame["state"] == "reported"].set_index(["group", "aspect"])
    assert got.loc[("甲县", "level"), "value"] == 1.2e10
    assert got.loc[("甲县", "growth"), "value"] == 7.0
    assert tuple(got.loc[("乙县", "growth"), ["comparator", "value"]]) == ("<=", -2.0)


def test_the_structure_of_the_sectors_counts_as_percent():
    share = {"indicator": "第三产业增加值占比", "indicator_id": "tertiary_industry_share", "when": "2023"}
    frame = compare_indicators(
        three_counties(
            {"doc_id": "a", **share, "value": 46.8, "norm_unit": ""},
            {"doc_id": "b", **share, "value": 51.0, "norm_unit": "%"},
        )
    )
    got = frame[frame["state"] == "reported"]
    assert list(got["norm_unit"] if "norm_unit" in got else got["unit"]) == ["%", "%"]


def test_a_wording_that_ends_with_its_growth_is_growth_of_the_indicator():
    more = {"norm_unit": "%", "indicator_id": None}
    frame = compare_indicators(
        three_counties(
            {"doc_id": "a", **GDP, **more, "indicator": "地区生产总值增速", "value": 6.0, "comparator": ">="},
            {
                "doc_id": "b",
                **GDP,
                **more,
                "indicator": "人口自然增长率",
                "indicator_id": "population_growth_rate",
                "value": 0.7,
            },
        )
    ).query("state == 'reported'")
    assert frame[["group", "indicator", "aspect", "value"]].values.tolist() == [
        ["甲县", "地区生产总值", "growth", 6.0],
        ["乙县", "人口自然增长率", "level", 0.7],
    ]


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        # the county's own figure, not the one after 其中
        (
            [
                ("其中城区巩固率97%", 97.0, RATE["indicator"]),
                ("全县九年义务教育巩固率98%", 98.0, RATE["indicator"]),
            ],
            98.0,
        ),
        # a wording that models/indicators.csv lists, not one that only resembles it
        (
            [
                ("小学巩固程度率96%", 96.0, "小学巩固程度率"),
                ("九年义务教育巩固率98%", 98.0, RATE["indicator"]),
            ],
            98.0,
        ),
        # the headline figure stands first
        (
            [
                ("九年义务教育巩固率98%", 98.0, RATE["indicator"]),
                ("九年义务教育巩固率97%", 97.0, RATE["indicator"]),
            ],
            98.0,
        ),
    ],
)
def test_one_of_several_rows_is_chosen_and_the_choice_is_flagged(rows, chosen):
    text = "。".join(sentence for sentence, _, _ in rows)
    quantities, start = [], 0
    for sentence, value, wording in rows:
        at = text.index(sentence, start)
        start = at + 1
        inside = sentence.index(wording) if wording in sentence else 2
        quantities.append(
            {
                "doc_id": "a",
                **RATE,
                "indicator": wording,
                "value": value,
                "start": at + inside,
                "end": at + len(sentence),
            }
        )
    tables = invented([report("a", "甲县", 2024, text)], quantities=quantities)
    cell = compare_indicators(tables).iloc[0]
    assert (cell["value"], cell["n_rows"], cell["conflict"], cell["chosen_by"]) == (chosen, 2, True, "rule")
    by_id = tables["quantities"].set_index("quantity_id")["value"]
    assert [by_id[i] for i in cell["quantity_ids"]] == [chosen]
    assert len(cell["other_ids"]) == 1


def test_the_latest_report_decides_about_a_year():
    documents = [report("a", "甲县", 2023), report("b", "甲县", 2024)]
    quantities = [
        {"doc_id": "a", **GDP, "when": "2022", "value": 1e10},
        {"doc_id": "b", **GDP, "when": "2022", "value": 1.1e10},
    ]
    cell = compare_indicators(invented(documents, quantities=quantities)).iloc[0]
    assert (cell["value"], cell["doc_id"], cell["conflict"]) == (1.1e10, "b", True)


def test_a_result_without_a_time_is_of_the_year_that_a_report_looks_back_on():
    tables = three_counties(
        {"doc_id": "a", **RATE, "when": None, "value": 98.0},
        {"doc_id": "a", **RATE, "when": None, "status": "target", "value": 99.0},
    )
    got = compare_indicators(tables).query("state == 'reported'").set_index("status")
    assert got["year"].to_dict() == {"achieved": 2023, "target": 2024}
    assert set(got["year_from"]) == {"document"}


def test_a_period_stands_beside_the_plain_year():
    rows = [
        {"doc_id": "a", **GDP, "when": when, "value": v} for when, v in (("2025", 1e10), ("2021-2025", 5e10))
    ]
    got = compare_indicators(three_counties(*rows)).query("state == 'reported'")
    assert got[["year", "n_rows"]].drop_duplicates().values.tolist() == [[2025, 1]]
    assert set(got["period"].fillna("")) == {"", "2021-2025"}


def test_rank_one_is_best_and_less_is_better_where_the_indicator_says_so():
    values = {"a": 3.1, "b": 3.9, "c": 3.5}
    frame = compare_indicators(
        three_counties(*({"doc_id": d, **UNEMPLOYED, "value": v} for d, v in values.items()))
    )
    got = frame.set_index("group")
    assert got["rank"].to_dict() == {"甲县": 1, "丙县": 2, "乙县": 3}
    assert got["from_median"].round(6).to_dict() == {"甲县": -0.4, "丙县": 0.0, "乙县": 0.4}


def test_counters_that_mean_the_same_are_one_unit():
    firms = {"indicator": "高新技术企业", "indicator_id": "hi_tech_firms", "when": "2023"}
    frame = compare_indicators(
        three_counties(
            {"doc_id": "a", **firms, "value": 5, "norm_unit": "个"},
            {"doc_id": "b", **firms, "value": 7, "norm_unit": "家"},
        )
    ).query("state == 'reported'")
    assert set(frame["unit"]) == {"家"}
    assert set(frame["n_groups"]) == {2}


@pytest.mark.parametrize(
    ("wording", "known", "said", "unit", "value"),
    [
        ("耕地保有量", "cultivated_land", (2.0, "公顷"), "亩", 30.0),
        ("粮食总产量", "grain_output", (1500.0, "公斤"), "吨", 1.5),
        ("建成区面积", "built_up_area", (300.0, "公顷"), "平方公里", 3.0),
        ("撂荒地", None, (2.0, "公顷"), "亩", 30.0),
        ("实际利用外资", "foreign_capital_used", (5.0, "元"), "元", 5.0),  # no rate of exchange is assumed
    ],
)
def test_measures_of_one_thing_are_brought_to_one_unit(wording, known, said, unit, value):
    row = {"doc_id": "a", "indicator": wording, "indicator_id": known, "value": said[0], "norm_unit": said[1]}
    cell = compare_indicators(three_counties(row)).query("state == 'reported'").iloc[0]
    assert (cell["unit"], cell["value"]) == (unit, pytest.approx(value))


def test_the_level_that_was_left_is_no_figure_of_the_year():
    text = "2020年，一般公共预算收入由4.14亿元增长到8.56亿元。"
    revenue = {
        "doc_id": "a",
        "indicator": "一般公共预算收入",
        "indicator_id": "general_budget_revenue",
        "norm_unit": "元",
        "start": 6,
    }
    rows = [
        {**revenue, "text": text[6:21], "end": 21, "value": 4.14e8},
        {**revenue, "text": text[6:-1], "end": len(text) - 1, "value": 8.56e8, "when": "2020"},
    ]
    documents = [report("a", "甲县", 2021, text=text)]
    got = compare_indicators(invented(documents, quantities=rows))
    assert got["value"].tolist() == [8.56e8]
    assert got["year"].tolist() == [2020]
    dated = [{**rows[0], "when": "2015"}, rows[1]]
    assert compare_indicators(invented(documents, quantities=dated))["year"].tolist() == [2015, 2020]


def test_a_definition_of_the_glossary_is_no_figure_of_the_place():
    text = "九年义务教育巩固率98%。名词解释：九年义务教育巩固率90%即达标。"
    rows = [
        {"doc_id": "a", **RATE, "value": 98.0, "start": 0, "end": 12},
        {"doc_id": "a", **RATE, "value": 90.0, "start": 18, "end": 30},
    ]
    parts = [{"doc_id": "a", "kind": "glossary", "start": 13, "end": len(text), "text": text[13:]}]
    tables = invented([report("a", "甲县", 2024, text=text)], quantities=rows, parts=parts)
    assert compare_indicators(tables)[["value", "n_rows"]].to_numpy().tolist() == [[98.0, 1]]


def test_only_the_places_own_figures_are_ranked_and_only_where_one_side_is_better():
    part = "其中城区九年义务教育巩固率99%"
    documents = [
        report("a", "甲县", 2024, text=part),
        *(report(d, c, 2024) for d, c in (("b", "乙县"), ("c", "丙县"))),
    ]
    rows = [
        {"doc_id": "a", **RATE, "value": 99.0, "start": 4, "end": len(part), "text": part[4:]},
        {"doc_id": "b", **RATE, "value": 95.0},
        {"doc_id": "c", **RATE, "value": 97.0},
        *(
            {"doc_id": d, "indicator": "总人口", "indicator_id": "population", "norm_unit": "人", "value": v}
            for d, v in (("b", 5e5), ("c", 6e5))
        ),
    ]
    got = compare_indicators(invented(documents, quantities=rows)).query("state == 'reported'")
    rate = got[got["indicator"].eq(RATE["indicator"])].set_index("group")
    assert rate["rank"].dropna().to_dict() == {"丙县": 1, "乙县": 2}
    assert rate.loc["甲县", ["n_groups", "median"]].isna().all()
    people = got[got["indicator"].eq("总人口")]
    assert people["rank"].isna().all()
    assert set(people["n_groups"]) == {2}


def test_growth_under_the_same_concept_is_a_series_of_its_own():
    revenue = {
        "indicator": "一般公共预算收入",
        "indicator_id": "general_budget_revenue",
        "change": "increase",
    }
    texts = ("一般公共预算收入可比增长12%", "一般公共预算收入增长15.7%")
    rows = [
        {"doc_id": d, **revenue, "value": v, "text": said, "start": 0, "end": len(said)}
        for d, v, said in zip("ab", (12.0, 15.7), texts, strict=True)
    ]
    documents = [
        report(d, c, 2024, text=said) for d, c, said in zip("ab", ("甲县", "乙县"), texts, strict=True)
    ]
    got = compare_indicators(invented(documents, quantities=rows)).set_index("group")
    assert got["base"].where(got["base"].notna(), None).to_dict() == {"甲县": "同口径", "乙县": None}


def test_a_reference_document_says_above_and_below():
    documents = [
        report("p", None, 2021, title="某省教育规划", doc_type="规划", city=None, adcode="990000"),
        *(report(d, c, 2024) for d, c in (("a", "甲县"), ("b", "乙县"))),
    ]
    quantities = [
        {"doc_id": "p", **RATE, "when": "2025", "status": "target", "value": 96.0},
        {"doc_id": "a", **RATE, "value": 97.0},
        {"doc_id": "b", **RATE, "value": 95.5},
    ]
    frame = (
        compare_indicators(invented(documents, quantities=quantities), reference="p")
        .query("year == 2023")
        .set_index("group")
    )
    assert frame["vs_reference"].to_dict() == {"甲县": "above", "乙县": "below"}
    assert set(frame["reference_id"]) == {"p.q000"}
    with pytest.raises(ComparisonError, match="not among the documents read"):
        compare_indicators(invented(documents, quantities=quantities), reference="nothing")


def test_a_year_holds_the_median_of_its_places_and_names_every_row():
    rows = [{"doc_id": d, **RATE, "value": v} for d, v in (("a", 95.0), ("b", 97.0), ("c", 98.0))]
    cell = compare_indicators(three_counties(*rows), by="year").iloc[0]
    assert (cell["value"], cell["chosen_by"], len(cell["quantity_ids"])) == (97.0, "median", 3)


def test_a_city_speaks_for_itself_before_its_counties():
    documents = [
        report("x", None, 2024, title="某市2024年政府工作报告", adcode="990100"),
        report("a", "甲县", 2024),
        report("b", "乙县", 2024),
    ]
    rows = [{"doc_id": d, **RATE, "value": v} for d, v in (("x", 96.0), ("a", 95.0), ("b", 99.0))]
    cell = compare_indicators(invented(documents, quantities=rows), by="city").iloc[0]
    assert (cell["group"], cell["value"], cell["quantity_ids"]) == ("某市", 96.0, ["x.q000"])
    by_county = compare_indicators(invented(documents, quantities=rows)).set_index("group")["value"].to_dict()
    assert by_county == {"某市本级": 96.0, "甲县": 95.0, "乙县": 99.0}


def test_the_centre_is_a_group_of_its_own_and_neither_it_nor_a_city_is_ranked_among_counties():
    documents = [
        report(
            "s",
            None,
            2024,
            title="2024年国务院政府工作报告",
            issuer="国务院",
            province=None,
            city=None,
            adcode=None,
        ),
        report("x", None, 2024, title="某市2024年政府工作报告", adcode="990100"),
        report("a", "甲县", 2024),
        report("b", "乙县", 2024),
        report(
            "n", None, 2024, title="某单位工作报告", issuer="县教育局", province=None, city=None, adcode=None
        ),
    ]
    rows = [
        {"doc_id": d, **RATE, "value": v}
        for d, v in zip("sxabn", (90.0, 99.5, 95.0, 99.0, 91.0), strict=True)
    ]
    tables = invented(documents, quantities=rows)
    cells = compare_indicators(tables).set_index("group")
    assert cells["value"].to_dict() == {"中央": 90.0, "某市本级": 99.5, "甲县": 95.0, "乙县": 99.0}
    assert cells["rank"].dropna().to_dict() == {"乙县": 1.0, "甲县": 2.0}
    assert cells.loc["乙县", ["n_groups", "median"]].tolist() == [2, 97.0]
    assert set(compare_indicators(tables, by="province")["group"]) >= {"中央"}


def test_a_renamed_county_is_one_group_under_its_latest_name():
    documents = [report("a", "甲县", 2014), report("b", "甲区", 2020, adcode="990101")]
    groups = documents_in_groups(invented(documents)["documents"], "county")
    assert groups["group"].tolist() == ["甲区", "甲区"]


def test_documents_as_groups_are_called_by_names_a_reader_knows():
    documents = [
        report("a", "甲县", 2003, title="政府工作报告"),
        report("b", "甲县", 2005, title="政府工作报告"),
        report("c", "乙县", 2012, title=None, source="/home/someone/pages/990102_2012.txt"),
        report("d", None, 2012, title=None, province=None, city=None, source="/home/someone/pages/d.txt"),
    ]
    groups = documents_in_groups(invented(documents)["documents"], "document")
    assert groups["group"].tolist() == [
        "政府工作报告（2003）",
        "政府工作报告（2005）",
        "乙县 2012 工作报告",
        "d.txt",
    ]
    assert groups["group_id"].tolist() == ["a", "b", "c", "d"]


def test_the_year_of_an_undated_report_is_the_one_after_that_of_its_results():
    documents = [report("a", "甲县", 2017, title=None, publish_date=None)]
    rows = [
        {"doc_id": "a", **RATE, "when": w, "value": 90.0, "status": s}
        for w, s in (("2016", "achieved"), ("2021", "target"), ("2021", "target"))
    ]
    tables = invented(documents, quantities=rows)
    assert documents_in_groups(tables["documents"], "county", tables["quantities"])["year"].tolist() == [2017]


@pytest.mark.parametrize("by", BY)
def test_no_rows_still_give_the_declared_columns(by):
    frame = compare_indicators(invented([report("a", "甲县", 2024)]), by=by)
    assert frame.empty
    assert frame["value"].dtype == "float64"
    assert frame["conflict"].dtype == pd.BooleanDtype()


def test_an_unknown_group_names_the_known_ones():
    with pytest.raises(ComparisonError, match="county, document, year, city, province"):
        compare_indicators(three_counties(), by="village")
