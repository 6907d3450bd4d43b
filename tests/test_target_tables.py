"""Quantities in tables: the cases of tests/cases/extract/target_tables.json, and properties of any table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from effort import takes_less_than
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.quantities import find_quantities
from pipeline.flow import build_reading
from pipeline.records import Extractions, Facts, Quantity

CASES = Path(__file__).parent / "cases" / "extract" / "target_tables.json"
NO_FACTS = Facts()


def read(text: str, facts: Facts = NO_FACTS) -> list[Quantity]:
    return list(find_quantities(build_reading(text, facts), Extractions()))


@pytest.mark.parametrize(
    "case", [pytest.param(row, id=row["label"]) for row in json.loads(CASES.read_text(encoding="utf-8"))]
)
def test_target_tables(case: dict[str, Any]) -> None:
    rows = read(case["text"], Facts(**case["facts"]))
    said = [(row.text, row.indicator) for row in rows]
    assert len(rows) == len(case["expect"]), said
    for row, expected in zip(rows, case["expect"], strict=True):
        assert {name: getattr(row, name) for name in expected} == expected, said
        assert case["text"][row.start : row.end] == row.text


CELLS = st.sampled_from(
    [
        "指标",
        "单位",
        "2020年",
        "2025年目标",
        "",
        "%",
        "万元",
        "毛入园率（%）",
        "95",
        "≥98",
        "[12]",
        "1,200万元",
        "序号",
        "1",
        "青溪镇",
        "\n",
        "合计",
        "—",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8))
def test_a_table_of_any_shape_gives_rows_that_slice(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows) + "\n说明。"
    for row in read(text):
        assert text[row.start : row.end] == row.text
        assert row.indicator
        assert row.unit


def test_a_table_of_many_rows_is_read_in_good_time() -> None:
    from pipeline.extract.quantities.table_blocks import find_tables

    text = "指标\t2025年\n" + "毛入园率（%）\t95\n" * 50_000 + "列\t" * 100_000
    assert sum(len(table.rows) for table in find_tables(text)) > 1000
    assert takes_less_than(5, lambda: list(find_tables(text)))
