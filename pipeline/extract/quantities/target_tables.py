"""Quantities in tables: head and row give indicator, unit, time and status of a number that stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.errors import NotANumberError
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.setting import Setting, read_setting
from pipeline.extract.quantities.table_blocks import (
    ASIDE_RE,
    BRACKET_RE,
    MEASURE_RE,
    NEVER_RE,
    NUMERIC_RE,
    PLACE_RE,
    SERIAL_RE,
    UNIT_HEAD_RE,
    VALUE_HEAD_RE,
    Cell,
    Table,
    find_tables,
)
from pipeline.numerals import Amount, parse_quantity, split_unit, to_base, units
from pipeline.records import Quantity, Reading

CELL_RE = re.compile(
    r"[［\[【]?\s?(?P<before>≥|≤|>=|<=|＞|＜|>|<|约|近|不低于|不少于|不超过|大于|小于|达到?)?\s?"
    r"(?P<number>-?\d{1,3}(?:[,，]\d{3}){1,4}(?:\.\d{1,4})?|-?\d{1,12}(?:\.\d{1,6})?)"
    r"(?:\s?(?:-|—|–|~|～|至)\s?(?P<high>\d{1,12}(?:\.\d{1,6})?))?\s?(?P<unit>[^\d\s\[\]［］【】（）()]{0,8}?)\s?(?P<after>以上|以下|以内|左右)?\s?[］\]】]?"
)
SIGNS = {"≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "≤": "<=", "<=": "<=", "不超过": "<=", "＞": ">", ">": ">",
         "大于": ">", "＜": "<", "<": "<", "小于": "<", "约": "~", "近": "~", "以上": ">=", "以下": "<=", "以内": "<=", "左右": "~"}  # fmt: skip
YEARS_RE = re.compile(
    r"(?P<first>(?:19|20)\d{2})\s?年?\s?(?:-|—|–|~|～|至)\s?(?P<last>(?:19|20)\d{2})|(?P<year>(?:19|20)\d{2})"
)
PLAN_RE = re.compile(r"“?十(?P<which>[二三四五])五”?(?P<end>末|期末)?")
_PLANS = {"二": 2011, "三": 2016, "四": 2021, "五": 2026}
AHEAD_RE = re.compile(r"目标|计划|规划|预期|预计|拟")
DONE_RE = re.compile(r"完成|实际|现状|基期|基数|基准|已达|实绩")
TIMED_RE = re.compile(
    r"(?:到|至)?(?:19|20)\d{2}(?:\s?(?:-|—|–|~|至)\s?(?:19|20)?\d{2})?\s?年(?:度|末|底)?|“?十[二三四五]五”?(?:期间|末|期末)?|计划|规划|预期|预计|目标|实际|完成|现状|基期|基数|拟"
)
NAME_HEAD_RE = re.compile(r"指标|名\s?称|项目|乡镇|镇街|学校|地区|县|工程")
GROWTH_RE = re.compile(r"年均|增速|增长|增幅")
CAPTION_UNIT_RE = re.compile(r"单位\s?[：:]\s?(?P<unit>[^\s，。；）)]{1,8})")
MARKER_RE = re.compile(
    r"^(?:其中\s?[：:]?|[#＃*·•-]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?(?!\d))+\s?"
)
TOTAL_RE = re.compile(r"合\s?计|总\s?计|小\s?计|全[县市区省]|总数|共计")
PLAIN_HEAD_RE = re.compile(r"数\s?量|数\s?值|指标值|合\s?计|总\s?计|小\s?计|目标值?|规模")
HAN_RE = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_NAME = 40
_LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: what its head says of every number below."""

    number: int
    head: str
    unit: str
    when: str | None
    status: str | None
    names_measure: bool  # 新增学位（个）: the head is the indicator, the row is where
    place: str | None
    is_growth: bool


def find_tabled(reading: Reading) -> Iterator[Quantity]:
    """Yield the quantities that stand in the cells of tables, in text order.

    Serial numbers, telephone numbers, codes, dates, marks and schedules yield nothing, nor does a cell of prose,
    which is read as sentences are.
    """
    if "\t" not in reading.text:
        return
    setting = read_setting(reading)
    for table in find_tables(reading.text):
        name_columns, unit_column, columns = _columns(table, setting)
        if not columns or not name_columns:
            continue
        shared = _unit(match["unit"]) if (match := CAPTION_UNIT_RE.search(table.caption)) else None
        for row in table.rows:
            for column in columns:
                quantity = _quantity(reading, setting, row, name_columns, unit_column, column, shared or "")
                if quantity is not None:
                    yield quantity


def _columns(table: Table, setting: Setting) -> tuple[list[int], int | None, list[Column]]:
    """Return the columns that name a row, the one of units, and those of values."""
    names: list[int] = []
    unit_column: int | None = None
    values: list[Column] = []
    for number, head in enumerate(table.heads):
        words = BRACKET_RE.sub("", head).strip()
        if SERIAL_RE.search(words) or (words and NEVER_RE.search(words) and not YEARS_RE.search(words)):
            continue
        cells = [text for text in table.column(number) if text]
        n_numbers = sum(NUMERIC_RE.fullmatch(text) is not None for text in cells)
        if UNIT_HEAD_RE.fullmatch(words) and n_numbers == 0:
            if cells and sum(_unit(text) is not None for text in cells) * 2 >= len(cells):
                unit_column = number
            continue
        if n_numbers * 2 < len(cells) or not n_numbers:
            if (
                not values
                and cells
                and not ASIDE_RE.search(words)
                and sum(map(len, cells)) <= _LONGEST_NAME * len(cells)
            ):
                names.append(number)
            continue
        column = _value_column(number, head, words, setting)
        if column is not None:
            values.append(column)
    called = [number for number in names if NAME_HEAD_RE.search(table.heads[number])]
    is_plan = setting.is_plan or AHEAD_RE.search(table.caption) is not None
    return called or names, unit_column, _dated(values, setting, is_plan=is_plan)


def _value_column(number: int, head: str, words: str, setting: Setting) -> Column | None:
    if ASIDE_RE.search(words):
        return None
    inside = BRACKET_RE.search(head)
    unit = (_unit(inside["inside"]) if inside else None) or ""
    years = YEARS_RE.search(head)
    is_growth = GROWTH_RE.search(words) is not None
    is_timed = (
        years is not None
        or PLAN_RE.search(words) is not None
        or AHEAD_RE.search(words)
        or DONE_RE.search(words)
    )
    place = words if PLACE_RE.fullmatch(words) else None
    measure = TIMED_RE.sub("", words)  # 2023年计划投资 -> 投资
    names_measure = (
        not is_growth
        and place is None
        and len(measure) >= 2
        and PLAIN_HEAD_RE.fullmatch(measure) is None
        and bool(MEASURE_RE.search(measure) or (unit and not is_timed))
    )
    if not (is_timed or is_growth or place or names_measure or VALUE_HEAD_RE.search(words)):
        return None
    status = "target" if AHEAD_RE.search(words) else "achieved" if DONE_RE.search(words) else None
    return Column(
        number,
        measure if names_measure else words,
        unit,
        _when(head),
        status,
        names_measure,
        place,
        is_growth,
    )


def _when(head: str) -> str | None:
    years = YEARS_RE.search(head)
    if years is not None:
        return f"{years['first']}-{years['last']}" if years["first"] else years["year"]
    plan = PLAN_RE.search(head)
    if plan is None:
        return None
    first = _PLANS[plan["which"]]
    return str(first + 4) if plan["end"] else f"{first}-{first + 4}"


def _dated(columns: list[Column], setting: Setting, *, is_plan: bool) -> list[Column]:
    """Give columns of years without a word of status the one their year tells: before the plan, or its end."""
    lasts = [int(column.when[-4:]) for column in columns if column.when]
    turn = (
        setting.year
        if setting.year is not None
        else (min(lasts) if lasts and min(lasts) < max(lasts) else None)
    )
    is_any_ahead = any(column.status == "target" for column in columns)
    dated = []
    for column in columns:
        status = column.status
        if status is None and column.when and turn is not None:
            last = int(column.when[-4:])
            is_base = setting.year is None and last <= turn
            status = "achieved" if last < turn or is_base else "target" if last > turn else None
        is_any_ahead = is_any_ahead or status == "target"
        if status is None and (is_plan or (column.is_growth and is_any_ahead)):
            status = "target" if column.when or not lasts or column.is_growth else None
        dated.append(replace(column, status=status or "achieved"))
    return dated


def _unit(text: str) -> str | None:
    """Return a printed unit, or None when the words are none."""
    text = text.strip().removeprefix("单位：")
    proper = split_unit(text)[1]
    return text if text and (proper in units() or text in units()) else None


def _amount(cell: Cell, unit: str) -> tuple[Amount, str] | None:
    match = CELL_RE.fullmatch(cell.text)
    if match is None:
        return None
    own = match["unit"] or ""
    if own and _unit(own) is None:
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
    return Amount(value, high, "range" if high is not None else sign, own or unit), own


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
    printed = named.text
    bracket = BRACKET_RE.search(printed)
    in_name = _unit(bracket["inside"]) if bracket else None
    of_row = _unit(row[unit_column].text) if unit_column is not None and unit_column < len(row) else None
    unit = of_row or in_name or column.unit or shared
    if column.is_growth:
        unit = column.unit or "%"
    found = _amount(cell, unit)
    if found is None or not found[0].unit:
        return None
    amount = found[0]
    name = MARKER_RE.sub("", printed)
    if in_name and bracket:
        name = MARKER_RE.sub("", printed.replace(bracket.group(), ""))
    name = name.strip(" ：:")
    of_head = (
        None  # one project's investment is not the county's, a township's school places are school places
    )
    if column.names_measure:
        of_head = column.head if TOTAL_RE.fullmatch(name) or PLACE_RE.fullmatch(name) else None
        name = column.head if TOTAL_RE.fullmatch(name) else f"{name}{column.head}"
    elif column.place and not TOTAL_RE.fullmatch(name):
        name = f"{column.place}{name}"
    if not name or len(name) > _LONGEST_NAME or NEVER_RE.search(name) or not HAN_RE.search(name):
        return None
    base, base_unit = to_base(amount.value, amount.unit)
    return Quantity(
        text=reading.text[named.start : cell.end],
        indicator=name,
        indicator_id=indicator_id(of_head or name),
        comparator=amount.comparator,
        value=amount.value,
        value_high=amount.value_high,
        unit=amount.unit,
        norm_value=base,
        norm_value_high=None if amount.value_high is None else to_base(amount.value_high, amount.unit)[0],
        norm_unit=base_unit,
        change="increase" if column.is_growth else None,
        status=column.status or "achieved",
        when=column.when,
        per="年均" if "年均" in column.head else None,
        start=named.start,
        end=cell.end,
    )
