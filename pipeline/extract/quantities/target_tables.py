"""Quantities in tables: head and row give indicator, unit, time and status of a number that stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import NotANumberError
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.setting import Setting, read_setting
from pipeline.extract.quantities.table_blocks import (
    BRACKET_RE,
    NEVER_RE,
    PLACE_RE,
    Cell,
    find_tables,
)
from pipeline.extract.quantities.table_columns import Column, read_columns, unit_of
from pipeline.lazy_re import lazy_re
from pipeline.numerals import Amount, parse_quantity, to_base
from pipeline.records import Quantity, Reading

CELL_RE = lazy_re(
    r"[［\[【]?\s?(?P<before>≥|≤|>=|<=|＞|＜|>|<|约|近|不低于|不少于|不超过|大于|小于|达到?)?\s?"
    r"(?P<number>-?\d{1,3}(?:[,，]\d{3}){1,4}(?:\.\d{1,4})?|-?\d{1,12}(?:\.\d{1,6})?)"
    r"(?:\s?(?:-|—|–|~|～|至)\s?(?P<high>\d{1,12}(?:\.\d{1,6})?))?\s?(?P<unit>[^\d\s\[\]［］【】（）()]{0,8}?)\s?(?P<after>以上|以下|以内|左右)?\s?[］\]】]?"
)
SIGNS = {"≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "≤": "<=", "<=": "<=", "不超过": "<=", "＞": ">", ">": ">",
         "大于": ">", "＜": "<", "<": "<", "小于": "<", "约": "~", "近": "~", "以上": ">=", "以下": "<=", "以内": "<=", "左右": "~"}  # fmt: skip
CAPTION_UNIT_RE = lazy_re(r"单位\s?[：:]\s?(?P<unit>[^\s，。；）)]{1,8})")
MARKER_RE = lazy_re(
    r"^(?:其中\s?[：:]?|[#＃*·•-]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?(?!\d))+\s?"
)
TOTAL_RE = lazy_re(r"合\s?计|总\s?计|小\s?计|全[县市区省]|总数|共计")
HAN_RE = lazy_re(r"[\u4e00-\u9fff]")
_LONGEST_NAME = 40
_LONGEST_TEXT = 400


def find_tabled(reading: Reading) -> Iterator[Quantity]:
    """Yield the quantities that stand in the cells of tables, in text order.

    Serial numbers, telephone numbers, codes, dates, marks and schedules yield nothing, nor does a cell of prose,
    which is read as sentences are.
    """
    if "\t" not in reading.text:
        return
    setting = read_setting(reading)
    for table in find_tables(reading.text):
        name_columns, unit_column, columns = read_columns(table, setting)
        if not columns or not name_columns:
            continue
        shared = unit_of(match["unit"]) if (match := CAPTION_UNIT_RE.search(table.caption)) else None
        for row in table.rows:
            for column in columns:
                quantity = _quantity(reading, setting, row, name_columns, unit_column, column, shared or "")
                if quantity is not None:
                    yield quantity


def _amount(cell: Cell, unit: str) -> Amount | None:
    """The amount of a cell, in its own unit or the one given; None where it holds no plain number."""
    match = CELL_RE.fullmatch(cell.text)
    if match is None:
        return None
    own = match["unit"] or ""
    if own and unit_of(own) is None:
        return None
    number = match["number"].replace("，", "").replace(",", "")
    try:
        value = parse_quantity(number.removeprefix("-")).value
        high = parse_quantity(match["high"]).value if match["high"] else None
    except NotANumberError:
        return None
    sign = SIGNS.get(match["before"] or "") or SIGNS.get(match["after"] or "", "=")
    value = -value if number.startswith("-") else value
    if high is not None and high <= value:
        return None
    return Amount(value, high, "range" if high is not None else sign, own or unit)


def _names(name: str, column: Column) -> tuple[str, str]:
    """The indicator of a row in a column, and the name to look up for its id.

    One project's investment is not the county's; a township's school places are school places.
    """
    is_total = TOTAL_RE.fullmatch(name) is not None
    if column.names_measure:
        full = column.head if is_total else f"{name}{column.head}"
        return full, column.head if is_total or PLACE_RE.fullmatch(name) else full
    if column.place and not is_total:
        name = f"{column.place}{name}"
    return name, name


def _quantity(
    reading: Reading,
    setting: Setting,
    row: tuple[Cell, ...],
    name_columns: list[int],
    unit_column: int | None,
    column: Column,
    shared: str,
) -> Quantity | None:
    if column.number >= len(row) or not row[column.number].text:
        return None
    cell = row[column.number]
    named = next(
        (row[n] for n in reversed(name_columns) if n < len(row) and HAN_RE.search(row[n].text)), None
    )
    if named is None or named.start >= cell.start or cell.end - named.start > _LONGEST_TEXT:
        return None
    bracket = BRACKET_RE.search(named.text)
    in_name = unit_of(bracket["inside"]) if bracket else None
    of_row = unit_of(row[unit_column].text) if unit_column is not None and unit_column < len(row) else None
    unit = of_row or in_name or column.unit or shared
    if column.is_growth:
        unit = column.unit or "%"
    amount = _amount(cell, unit)
    if amount is None or not amount.unit:
        return None
    printed = named.text.replace(bracket.group(), "") if in_name and bracket else named.text
    name, catalogued = _names(MARKER_RE.sub("", printed).strip(" ：:"), column)
    if not name or len(name) > _LONGEST_NAME or NEVER_RE.search(name) or not HAN_RE.search(name):
        return None
    base, base_unit = to_base(amount.value, amount.unit)
    change = "increase" if column.is_growth else None
    return Quantity(
        text=reading.text[named.start : cell.end],
        indicator=name,
        indicator_id=indicator_id(catalogued, amount.unit, change),
        comparator=amount.comparator,
        value=amount.value,
        value_high=amount.value_high,
        unit=amount.unit,
        norm_value=base,
        norm_value_high=None if amount.value_high is None else to_base(amount.value_high, amount.unit)[0],
        norm_unit=base_unit,
        change=change,
        status=column.status or "achieved",
        when=column.when,
        per="年均" if "年均" in column.head else None,
        start=named.start,
        end=cell.end,
    )
