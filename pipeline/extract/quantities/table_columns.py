"""What the head of a table says of each column: names of rows, units, or values of a time, a status, a place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extract.quantities.setting import Setting
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
    Table,
)
from pipeline.extract.quantities.timing import PLANS
from pipeline.lazy_re import lazy_re
from pipeline.numerals import split_unit, units

YEARS_RE = lazy_re(
    r"(?P<first>(?:19|20)\d{2})\s?年?\s?(?:-|—|–|~|～|至)\s?(?P<last>(?:19|20)\d{2})|(?P<year>(?:19|20)\d{2})"
)
PLAN_RE = lazy_re(r"“?(?P<plan>十[二三四五])五”?(?P<end>末|期末)?")
AHEAD_RE = lazy_re(r"目标|计划|规划|预期|预计|拟")
DONE_RE = lazy_re(r"完成|实际|现状|基期|基数|基准|已达|实绩")
TIMED_RE = lazy_re(
    r"(?:到|至)?(?:19|20)\d{2}(?:\s?(?:-|—|–|~|至)\s?(?:19|20)?\d{2})?\s?年(?:度|末|底)?|“?十[二三四五]五”?(?:期间|末|期末)?|计划|规划|预期|预计|目标|实际|完成|现状|基期|基数|拟"
)
NAME_HEAD_RE = lazy_re(r"指标|名\s?称|项目|乡镇|镇街|学校|地区|县|工程")
GROWTH_RE = lazy_re(r"年均|增速|增长|增幅|(?:[比较]上年|同比).{0,4}[±+＋]")
PLAIN_HEAD_RE = lazy_re(
    r"数\s?量|数\s?值|指标值|合\s?计|总\s?计|小\s?计|目标值?|规模|绝\s?对\s?[数值量]|总\s?量"
)
_LONGEST_NAME = 40


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


def read_columns(table: Table, setting: Setting) -> tuple[list[int], int | None, list[Column]]:
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
            if cells and sum(unit_of(text) is not None for text in cells) * 2 >= len(cells):
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
    values = _dated(values, setting, is_plan=is_plan)
    year = _year_of_caption(table.caption)
    if year and all(column.when is None and column.status == "achieved" for column in values):
        values = [replace(column, when=year) for column in values]
    return called or names, unit_column, values


def _year_of_caption(caption: str) -> str | None:
    """Return the one year that the line above a table names: 表1 2019年玉环市生产总值."""
    years = [match["year"] for match in YEARS_RE.finditer(caption.rsplit("\n", 1)[-1])]
    return years[0] if len(years) == 1 else None


def _value_column(number: int, head: str, words: str, setting: Setting) -> Column | None:
    if ASIDE_RE.search(words):
        return None
    inside = BRACKET_RE.search(head)
    unit = (unit_of(inside["inside"]) if inside else None) or ""
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
    first = PLANS[plan["plan"]]
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


def unit_of(text: str) -> str | None:
    """Return a printed unit, or None when the words are none."""
    text = text.strip().removeprefix("单位：")
    proper = split_unit(text)[1]
    return text if text and (proper in units() or text in units()) else None
