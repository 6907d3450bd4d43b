"""Rows in a terminal: the columns that tell most get room first, and no line is longer than the terminal is wide."""

import io

import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console

from pipeline.screen import fit, to_rich_table

QUANTITIES = pd.DataFrame(
    {
        "county": ["旬邑县", "清苑区"],
        "year": [2020, 2021],
        "indicator": ["规模以上工业增加值", "农村居民人均可支配收入"],
        "comparator": ["=", ">="],
        "value": [7.1, 12000],
        "value_high": [None, None],
        "unit": ["%", "元"],
        "change": ["increase", None],
        "status": ["achieved", "requirement"],
        "when": ["2021-2030", "2019"],
        "per": ["每人每月", None],
        "section": ["2019年工作回顾|一是始终坚持发展第一要务不动摇", None],
    }
)


def _printed(frame, widths, width):
    console = Console(file=io.StringIO(), width=width)
    console.print(to_rich_table(frame, widths))
    return console.file.getvalue()


def test_at_eighty_characters_it_is_seen_whose_figure_it_is_and_what_for():
    fitted = fit("quantities", QUANTITIES, 80)
    assert {"county", "indicator", "comparator", "value", "unit", "status"} <= set(fitted.widths)
    assert fitted.widths["indicator"] >= 16
    assert "value_high" not in fitted.left_out  # it holds nothing here
    assert "per" in fitted.left_out
    assert "规模以上工业增加" in _printed(QUANTITIES, fitted.widths, 80)


def test_with_room_for_all_columns_none_is_left_out():
    fitted = fit("quantities", QUANTITIES, 130)
    assert len(fitted.widths) == 11
    assert fitted.left_out == ()


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("columns", [(), ("county", "indicator", "per", "section", "when")])
def test_no_line_is_longer_than_the_terminal_is_wide(width, columns):
    fitted = fit("quantities", QUANTITIES, width, columns)
    assert all(size >= 4 for size in fitted.widths.values())
    assert set(columns) <= set(fitted.widths)
    lines = _printed(QUANTITIES, fitted.widths, width).splitlines()
    assert max(cell_len(line.rstrip()) for line in lines) <= width
    assert sum(size + 2 for size in fitted.widths.values()) <= width


def test_a_table_without_rows_shows_its_columns():
    fitted = fit("quantities", QUANTITIES.head(0), 80)
    assert "indicator" in _printed(QUANTITIES.head(0), fitted.widths, 80)
