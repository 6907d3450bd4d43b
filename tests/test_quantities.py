"""Quantities: the cases of tests/cases/extract/quantities.json, and properties of any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.quantities import find_quantities
from pipeline.extract.quantities.indicators import indicator_id
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
    assert all(row.indicator and row.value >= 0 for row in rows)
    assert [row.end for row in rows] == sorted(row.end for row in rows)
