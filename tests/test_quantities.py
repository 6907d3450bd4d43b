"""Quantities: the cases of tests/cases/extract/quantities.json, and properties of any text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.quantities import find_quantities
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.status_model import LEAST_PROBABILITY, chance_of_target, status_features
from pipeline.extract.slogans import find_slogans
from pipeline.flow import build_reading
from pipeline.lexicon import table
from pipeline.records import Extractions, Facts, Quantity

CASES = Path(__file__).parent / "cases" / "extract" / "quantities.json"


NO_FACTS = Facts()


def read(text: str, facts: Facts = NO_FACTS) -> list[Quantity]:
    reading = build_reading(text, facts)
    found = Extractions(slogans=tuple(find_slogans(reading, Extractions())))
    return list(find_quantities(reading, found))


def cases() -> list[Any]:
    rows = json.loads(CASES.read_text(encoding="utf-8"))
    return [
        pytest.param(
            row,
            id=row["label"],
            marks=[pytest.mark.xfail(strict=True)] if row["kind"] == "known_failure" else [],
        )
        for row in rows
    ]


@pytest.mark.parametrize("case", cases())
def test_quantities(case: dict[str, Any]) -> None:
    rows = read(case["text"], Facts(**case["facts"]))
    said = [row.text for row in rows]
    assert len(rows) == len(case["expect"]), said
    for row, expected in zip(rows, case["expect"], strict=True):
        assert {name: getattr(row, name) for name in expected} == expected, said


def test_names_of_one_indicator_share_its_id() -> None:
    assert indicator_id("学前三年毛入园率") == indicator_id("全县学前教育毛入园率") is not None
    assert indicator_id("村民拔河次数") is None


@pytest.mark.parametrize(
    ("name", "unit", "change", "known"),
    [
        ("空气环境质量优良天数", "天", None, "good_air_days"),
        ("省级农业龙头企业", "家", None, "agri_leading_firms"),
        ("城镇居民收入", "元", None, None),  # not like enough to any
        ("10亿元以上项目", "个", None, None),  # 亿元以上项目 is another class
        ("财政收入和一般公共预算收入", "%", "increase", None),  # two things are not one of them
        ("固定资产投资", "个", None, None),
        ("固定资产投资", "%", "increase", "fixed_asset_investment"),
        ("固定资产投资", "%", None, None),
        ("规模以上工业企业", "户", None, "firms_above_scale"),
        # what differs in kind is ranked apart
        ("办复率", "%", None, "proposal_reply_rate"),
        ("按期办结率", "%", None, "settled_rate"),
        ("人大代表议案建议", "件", None, "deputies_proposals"),
        ("政协委员提案", "件", None, "committee_proposals"),
        ("“断头路”", "处", None, "dead_end_roads"),
        ("新建道路", "条", None, "roads_built"),
        ("道路", "条", None, "roads"),
        ("省定民心工程", "项", None, "livelihood_works"),
        ("票决民生实事", "件", None, "people_livelihood_projects"),
        ("新建农村公厕", "座", None, "rural_public_toilets"),
        ("城区公厕", "座", None, "urban_public_toilets"),
    ],
)
def test_an_id_is_given_for_like_names_with_a_fitting_unit(
    name: str, unit: str, change: str | None, known: str | None
) -> None:
    assert indicator_id(name, unit, change) == known


def test_every_direction_is_up_or_down_or_none() -> None:
    rows = table("indicators.csv")
    assert {row["direction"] for row in rows} <= {"up", "down", ""}
    assert len(rows) >= 250


def test_the_classifier_tells_a_plan_from_a_report() -> None:
    plan, report = "力争全年新增学位3000个。", "一年来，顺利完成校舍改造，新增学位3000余个。"
    assert chance_of_target(plan, plan) > LEAST_PROBABILITY
    assert chance_of_target(report, report) < 1 - LEAST_PROBABILITY


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_classifier_gives_a_probability(sentence: str, clause: str) -> None:
    assert 0 <= chance_of_target(sentence, clause) <= 1


def test_the_year_does_not_change_the_status() -> None:
    first, second = ("2019年新增学位100个，", "2031年新增学位900个，")
    assert status_features(first, first) == status_features(second, second)


def test_no_name_stands_for_two_indicators() -> None:
    names = [n for row in table("indicators.csv") for n in (row["name"], *row["aliases"].split("|")) if n]
    assert len(names) == len(set(names))


def test_a_clause_without_an_end_is_read_in_linear_time() -> None:
    # a text without any mark is cut every 1,200 characters, and a row may fall to the cut
    assert 1980 <= len(read("投入资金3万元" * 2000)) <= 2000
    assert {q.value for q in read("投入资金3万元" * 2000)} == {3.0}


PIECES = st.sampled_from(
    [
        "2023年",
        "投入",
        "资金",
        "5",
        "百",
        "万",
        "亿",
        "元",
        "%",
        "个",
        "学校",
        "增长",
        "分别",
        "、",
        "和",
        "，",
        "。",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "清零",
        "由",
        "到",
        "每周",
        "至少",
        "一",
        "两",
        "十",
        "以上",
        "多",
        "第",
        "-",
        "的",
        "□",
        "1:1",
        "\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_row_is_a_span_of_the_text_in_order(text: str) -> None:
    rows = read(text, Facts(doc_type="工作报告", publish_date="2022-01-01"))
    assert all(text[row.start : row.end] == row.text and row.text for row in rows)
    assert all(row.indicator for row in rows)
    assert all(row.value >= 0 or re.search(r"[-－−]", row.text) for row in rows)  # 增长-3.5%
    assert [row.end for row in rows] == sorted(row.end for row in rows)
