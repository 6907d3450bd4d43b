"""Numbers, amounts and units: the cases of tests/cases/numerals, and what must hold of any number."""

from __future__ import annotations

import contextlib
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotANumberError
from pipeline.numerals import NUMBER_RE, chinese_digit, parse_number, parse_quantity, to_base, units

CASES = Path(__file__).parent / "cases" / "numerals"
DIGITS = "零一二三四五六七八九"


def cases(name: str) -> list[Any]:
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["label"]) for row in rows]


def spell(value: int) -> str:
    """Write a whole number in Chinese, the plain way."""
    for scale, mark in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= scale:
            head, tail = divmod(value, scale)
            gap = "零" if tail and tail < scale // 10 else ""
            return spell(head) + mark + gap + (spell(tail) if tail else "")
    return DIGITS[value]


@pytest.mark.parametrize("case", cases("numbers"))
def test_number(case: dict[str, Any]) -> None:
    if case["expect"] is None:
        with pytest.raises(NotANumberError):
            parse_number(case["text"])
    else:
        assert parse_number(case["text"]) == pytest.approx(case["expect"], rel=1e-12)


@pytest.mark.parametrize("case", cases("amounts"))
def test_amount(case: dict[str, Any]) -> None:
    if case["expect"] is None:
        with pytest.raises(NotANumberError):
            parse_quantity(case["text"])
    else:
        amount = parse_quantity(case["text"])
        assert {name: getattr(amount, name) for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", cases("units"))
def test_unit(case: dict[str, Any]) -> None:
    value, unit = case["text"].split()
    assert list(to_base(float(value), unit)) == case["expect"]


@pytest.mark.parametrize(("text", "value"), [("四", 4), ("十二", 12), ("两", 2), ("双", 2), ("3", 3)])
def test_numeral_of_a_slogan(text: str, value: int) -> None:
    assert chinese_digit(text) == value


def test_half_is_no_numeral_of_a_slogan() -> None:
    with pytest.raises(NotANumberError):
        chinese_digit("半")


def test_every_unit_has_a_kind_and_a_factor_above_zero() -> None:
    assert all(unit.kind and unit.factor > 0 for unit in units().values())


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_number_written_in_chinese_is_read_back(value: int) -> None:
    assert parse_number(spell(value)) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_marks_change_nothing(value: int) -> None:
    assert parse_number(f"{value:,}") == parse_number(str(value)) == value


@given(st.text(alphabet="0123456789.,零一二两三十百千万亿个的和-", max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with contextlib.suppress(NotANumberError):
        value = parse_number(text)
        assert math.isfinite(value)
        assert value >= 0 or text.strip().startswith("-")
    for match in NUMBER_RE.finditer(text):
        assert match.group()
