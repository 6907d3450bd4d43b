"""Promise and result: which figure answers which target, and what became of it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_tables import invented, report

from pipeline.compare import compare_promises
from pipeline.compare.outcomes import Figure, outcome_of

CASES = json.loads(
    (Path(__file__).parent / "cases" / "compare" / "outcomes.json").read_text(encoding="utf-8")
)
GDP = {
    "indicator": "地区生产总值",
    "indicator_id": "gross_regional_product",
    "norm_unit": "%",
    "change": "increase",
}
LEVEL = {"indicator": "地区生产总值", "indicator_id": "gross_regional_product", "norm_unit": "元"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_outcomes(case):
    assert (
        outcome_of(Figure(*case["target"]), Figure(*case["result"]), case["direction"], case["unit"])
        == case["expect"]
    )


@given(
    st.floats(-1e6, 1e6),
    st.sampled_from(["up", "down", None]),
    st.sampled_from(["=", ">=", "<=", "~"]),
)
def test_a_target_that_is_hit_exactly_is_met(value, direction, comparator):
    assert outcome_of(Figure(comparator, value), Figure("=", value), direction, "元") == "met"


@given(st.floats(0.1, 100), st.floats(0, 50), st.floats(0, 50))
def test_doing_better_never_turns_met_into_missed(target, result, more):
    order = {"missed": 0, "met": 1}
    less = outcome_of(Figure("=", target), Figure("=", result), "up", "%")
    assert order[outcome_of(Figure("=", target), Figure("=", result + more), "up", "%")] >= order[less]


def target(doc, year, value, **more):
    return {"doc_id": doc, **GDP, "status": "target", "when": str(year), "value": value, **more}


def result(doc, year, value, **more):
    return {"doc_id": doc, **GDP, "when": str(year), "value": value, **more}


def test_the_next_report_answers_and_both_rows_are_named():
    tables = invented(
        [report("a", "甲县", 2021), report("b", "甲县", 2022)],
        quantities=[target("a", 2021, 9.0), result("b", 2021, 7.0)],
    )
    row = compare_promises(tables).iloc[0]
    assert (row["outcome"], row["gap"], row["target_ids"], row["result_ids"]) == (
        "missed",
        -2.0,
        ["a.q000"],
        ["b.q001"],
    )
    assert (row["target_doc_id"], row["result_doc_id"], row["year"]) == ("a", "b", 2021)


def test_a_figure_of_the_same_report_answers_nothing():
    tables = invented(
        [report("a", "甲县", 2021)], quantities=[target("a", 2021, 9.0), result("a", 2021, 9.5)]
    )
    assert compare_promises(tables)["outcome"].tolist() == ["no_next_report"]


def test_a_year_that_no_report_looks_back_on_is_not_called_unreported():
    documents = [report("a", "甲县", 2013), report("b", "甲县", 2015)]  # the report of 2014 is missing
    assert compare_promises(invented(documents, quantities=[target("a", 2013, 11.0)]))[
        "outcome"
    ].tolist() == ["no_next_report"]


def test_a_report_that_is_silent_on_an_indicator():
    documents = [report("a", "甲县", 2021), report("b", "甲县", 2022)]
    quantities = [target("a", 2021, 9.0), target("a", 2021, 20, indicator="太空电梯", indicator_id=None)]
    got = (
        compare_promises(invented(documents, quantities=quantities))
        .set_index("indicator")["outcome"]
        .to_dict()
    )
    assert got == {"地区生产总值": "not_reported", "太空电梯": "not_found"}


def test_the_average_growth_of_a_plan_is_answered_by_one_counted_from_the_year_before_it():
    documents = [report("a", "甲县", 2012), report("b", "甲县", 2017)]
    said = ("经济总量再上台阶，比2011年增长28%，年均增长5%", "经济总量再上台阶，比2006年增长60%，年均增长5%")
    outcomes = [
        compare_promises(
            invented(
                documents,
                quantities=[
                    target("a", 2016, 9.0, per="年均"),
                    result("b", 2016, 5.0, per="年均", text=text),
                ],
            )
        )["outcome"].tolist()
        for text in said
    ]
    assert outcomes == [["missed"], ["not_reported"]]


@pytest.mark.parametrize(
    ("said", "unit", "outcome"),
    [
        ("城镇化率达到49.2%", "%", "met"),
        ("粮食总产量稳定在16万吨", "吨", "met"),
        ("高新技术企业由5家增加到20家", "家", "met"),
        ("一般公共预算收入突破9亿元", "元", "met"),
        ("森林覆盖率61%", "%", "not_reported"),  # of the year or on an average: the text does not say
        ("完成造林达到6万亩", "亩", "not_reported"),
        ("累计投入达到3亿元", "元", "not_reported"),
        ("新建农村公路达到80公里", "公里", "not_reported"),
        ("民生支出达到60亿元", "元", "not_reported"),
    ],
)
def test_a_level_told_of_five_years_is_that_of_the_last_and_a_sum_of_all(said, unit, outcome):
    what = {"indicator_id": "urbanisation_rate", "norm_unit": unit, "change": None}
    quantities = [target("a", 2020, 1.0, **what), result("b", "2016-2020", 2.0, **what, text=said)]
    tables = invented([report("a", "甲县", 2020), report("b", "甲县", 2021)], quantities=quantities)
    assert compare_promises(tables)["outcome"].tolist() == [outcome]


def test_levels_imply_growth_but_decide_nothing():
    quantities = [target("b", 2021, 7.0)]
    quantities += [
        {"doc_id": d, **LEVEL, "when": str(y), "value": v}
        for d, y, v in (("b", 2020, 100e8), ("c", 2021, 103e8))
    ]
    documents = [report("b", "甲县", 2021), report("c", "甲县", 2022)]
    row = compare_promises(invented(documents, quantities=quantities)).iloc[0]
    assert row["outcome"] == "not_reported"
    assert row["implied"] == pytest.approx(3.0)
    assert row["implied_ids"] == ["b.q001", "c.q002"]


def test_growth_since_another_year_does_not_answer_a_target_for_one():
    quantities = [target("a", 2010, 12.0), result("b", 2010, 73.8, text="生产总值比2005年增长73.8%")]
    tables = invented([report("a", "甲县", 2010), report("b", "甲县", 2011)], quantities=quantities)
    assert compare_promises(tables)["outcome"].tolist() == ["not_reported"]


def test_a_later_target_for_the_same_year_is_a_revision():
    quantities = [
        target("a", 2025, 220e8, norm_unit="元", change=None),
        target("b", 2025, 200e8, norm_unit="元", change=None),
    ]
    rows = compare_promises(
        invented([report("a", "甲县", 2021), report("b", "甲县", 2025)], quantities=quantities)
    )
    first = rows.set_index("target_doc_id").loc["a"]
    assert (first["outcome"], first["revised"], first["revised_ids"]) == ("revised", 200e8, ["b.q001"])


def test_two_figures_of_one_name_leave_it_undecided():
    quantities = [target("a", 2021, 9.0), result("b", 2021, 7.0), result("b", 2021, 12.0, start=40)]
    row = compare_promises(
        invented([report("a", "甲县", 2021), report("b", "甲县", 2022)], quantities=quantities)
    ).iloc[0]
    assert (row["outcome"], row["result_conflict"]) == ("undecided", True)


def test_a_projects_investment_is_no_promise_of_the_county():
    money = {
        "indicator": "总投资",
        "indicator_id": "total_investment",
        "norm_unit": "元",
        "change": None,
        "text": "总投资10亿元",
    }
    tables = invented([report("a", "甲县", 2021)], quantities=[target("a", 2021, 1e9, **money)])
    assert compare_promises(tables).empty


def counted(doc, year, value, name, known=None, **more):
    what = {"indicator": name, "indicator_id": known, "norm_unit": "个", "change": None}
    return {"doc_id": doc, **what, "when": str(year), "value": value, **more}


@pytest.mark.parametrize(
    ("promised", "done", "outcome"),
    [
        (counted("a", 2021, 3, "省级卫生村"), counted("b", 2021, 7, "省级卫生村"), "met"),
        (counted("a", 2021, 7, "省级卫生村"), counted("b", 2021, 3, "省级卫生村"), "missed"),
        # another wording of one indicator may count another thing
        (
            counted("a", 2021, 3, "新建幼儿园", "kindergartens"),
            counted("b", 2021, 5, "民办幼儿园", "kindergartens"),
            "undecided",
        ),
        # of what is added, too
        (
            counted("a", 2021, 2500, "就业", "urban_new_jobs", norm_unit="人", change="increase"),
            counted("b", 2021, 2432, "城镇新增就业", "urban_new_jobs", norm_unit="人", change="increase"),
            "undecided",
        ),
        (
            counted("a", 2021, 2500, "城镇新增就业", "urban_new_jobs", norm_unit="人", change="increase"),
            counted("b", 2021, 2432, "城镇就业人数", "urban_new_jobs", norm_unit="人", change="increase"),
            "missed",
        ),
    ],
)
def test_what_is_counted_is_to_be_done(promised, done, outcome):
    tables = invented(
        [report("a", "甲县", 2021), report("b", "甲县", 2022)],
        quantities=[{**promised, "status": "target"}, done],
    )
    assert compare_promises(tables)["outcome"].tolist() == [outcome]


def test_what_is_only_counted_is_no_promise():
    villages = counted("a", 2021, 20, "行政村", "villages", status="target")
    assert compare_promises(invented([report("a", "甲县", 2021)], quantities=[villages])).empty


def promised(before, said, after, wording, unit, value, known=None):
    """One target of a report whose text is these words."""
    text = before + said + after
    row = counted("a", 2021, value, wording, known, status="target", text=said, norm_unit=unit)
    row |= {"start": len(before), "end": len(before + said)}
    return compare_promises(invented([report("a", "甲县", 2021, text=text)], quantities=[row]))


@pytest.mark.parametrize(
    ("before", "said", "after", "wording", "unit"),
    [
        ("聚焦", "五大产业", "，招大引强", "产业", "大"),
        ("全力建设", "两大园区", "。", "园区", "大"),
        ("围绕打造", "2个示范片区", "，加快建设", "示范片区", "个"),
        ("提速总投资30亿元的", "22个项目", "建设步伐", "项目", "个"),
        ("对环城", "17个村庄", "21公里道路进行提升", "村庄", "个"),
        ("依托近郊", "2万亩一般农田", "发展蔬菜", "一般农田", "亩"),
        ("出台优化营商环境", "十六条措施", "。", "措施", "条"),
        ("有", "40万青山人民", "的支持", "青山人民", ""),
        ("12条农村公路（", "总长21.7公里", "）。", "总长", "公里"),
    ],
)
def test_what_is_counted_in_passing_is_no_promise(before, said, after, wording, unit):
    assert promised(before, said, after, wording, unit, 2.0).empty


@pytest.mark.parametrize(
    ("before", "said", "after", "wording", "unit"),
    [
        ("完成", "90个老旧小区", "改造", "老旧小区", "个"),
        ("打造2个片区、", "20个示范村庄", "。", "示范村庄", "个"),
        ("对", "13条背街小巷", "进行提升", "背街小巷", "条"),
        ("推动甲乙等", "10个项目", "竣工", "项目", "个"),
        ("建成1个以上示范镇、", "5个以上示范村庄", "。", "示范村庄", "个"),
        ("加快推进", "4万亩产业园", "建设", "产业园", "亩"),
        ("强化保障，", "改造薄弱校32所", "。", "改造薄弱校", "所"),
        ("一般公共预算收入完成10亿元（", "增长8%", "）。", "一般公共预算收入", "%"),
    ],
)
def test_what_is_brought_about_is_a_promise(before, said, after, wording, unit):
    assert len(promised(before, said, after, wording, unit, 2.0)) == 1


def test_places_of_one_name_are_counted_alike():
    promised_schools = counted("a", 2021, 32, "改造薄弱校", status="target", norm_unit="所")
    tables = invented(
        [report("a", "甲县", 2021), report("b", "甲县", 2022)],
        quantities=[promised_schools, counted("b", 2021, 13, "改造薄弱校")],
    )
    row = compare_promises(tables).iloc[0]
    assert (row["outcome"], row["unit"], row["result"]) == ("missed", "所", 13)


@pytest.mark.parametrize(("plan", "told"), [("", "可比"), ("可比", ""), ("同口径", "")])
def test_growth_on_another_basis_decides_nothing(plan, told):
    revenue = {"indicator": "一般公共预算收入", "indicator_id": "general_budget_revenue"}
    said = [f"一般公共预算收入{words}增长8%" for words in (plan, told)]
    quantities = [
        target("a", 2021, 8.0, **revenue, text=said[0], end=len(said[0])),
        result("b", 2021, 2.3, **revenue, text=said[1], end=len(said[1])),
    ]
    documents = [report("a", "甲县", 2021, text=said[0]), report("b", "甲县", 2022, text=said[1])]
    tables = invented(documents, quantities=quantities)
    row = compare_promises(tables).iloc[0]
    assert (row["outcome"], row["result"], row["result_ids"]) == ("undecided", 2.3, ["b.q001"])
    assert row.isna()["gap"]


@pytest.mark.parametrize(
    ("before", "said", "wording", "n"),
    [("", "新建公厕100座", "新建公厕", 1), ("新建", "10座公厕", "公厕", 1), ("保洁", "10座公厕", "公厕", 0)],
)
def test_what_has_no_better_side_is_promised_where_it_is_built(before, said, wording, n):
    assert len(promised(before, said, "。", wording, "座", 10.0, known="public_toilets")) == n


def test_another_countys_report_answers_nothing():
    tables = invented(
        [report("a", "甲县", 2021), report("b", "乙县", 2022)],
        quantities=[target("a", 2021, 9.0), result("b", 2021, 9.0)],
    )
    assert compare_promises(tables)["outcome"].tolist() == ["no_next_report"]


def test_grouped_by_year_the_promises_stay_those_of_the_places():
    tables = invented(
        [report("a", "甲县", 2021), report("b", "甲县", 2022)],
        quantities=[target("a", 2021, 9.0), result("b", 2021, 9.0)],
    )
    row = compare_promises(tables, by="year").iloc[0]
    assert (row["group"], row["outcome"]) == ("2021", "met")
