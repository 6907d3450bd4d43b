"""Tables -> one Excel workbook for a person: Chinese heads and values beside the codes, dates, widths, filters, a guide.

Rows are written as they come, so that a workbook takes no more memory for more rows. No cell is a formula or a link.
"""

from __future__ import annotations

import datetime
import math
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.column_notes import column_note, in_chinese, value_names
from pipeline.columns import Column
from pipeline.lazy_re import lazy_re
from pipeline.replacing import replacing

Row = Sequence[Any]

_EXCEL_ROWS = 1_048_575
_EXCEL_CELL = 32_767
_DAY_RE = lazy_re(r"(19|20|21)\d{2}-\d{2}-\d{2}")
_GUIDE = "说明"
_A4 = 9  # in the numbers that Excel has for sizes of paper
_LINE = 15  # points
_MOST_LINES = 6  # a longer text is cut on the screen, not in its cell
_WRAPPED = {  # width in characters of columns that are read, not looked up; the others are as wide as their head or 12
    **dict.fromkeys(
        (
            "sentence",
            "text",
            "items",
            "items_linked",
            "before",
            "after",
            "text_a",
            "text_b",
            "other_text",
            "members",
        ),
        50,
    ),
    **dict.fromkeys(
        (
            "title",
            "document_title",
            "heading",
            "section",
            "object",
            "indicator",
            "goal",
            "document_name",
            "quoted",
        ),
        28,
    ),
    **dict.fromkeys(
        ("source", "error", "region_reason", "value", "label", "issuer", "words", "titles", "labels"), 24
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name in English and Chinese, its columns, and its rows, which are read once."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    n_rows: int


def write_workbook(path: Path, sheets: Iterable[Sheet], *, guide: Sequence[Sheet] = ()) -> None:
    """Write sheets as one workbook, put in place when it is whole; a first sheet explains those of `guide`.

    What Excel cannot hold (1,048,575 rows, 32,767 characters a cell) is cut there, and the cut is said in place.
    Raises OSError where it cannot be written.
    """
    import xlsxwriter

    with (
        replacing(path) as temporary,
        temporary.open("wb") as stream,  # fails before the rows are written, not after
        tempfile.TemporaryDirectory(prefix="zhengce-", ignore_cleanup_errors=True) as sheets_folder,
    ):
        options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": sheets_folder}
        book = xlsxwriter.Workbook(stream, options)
        formats = _Formats(book)
        if guide:
            _write_guide(book, formats, guide)
        for sheet in sheets:
            _write_sheet(book, formats, sheet)
        if (failure := _closed(book)) is not None:
            raise failure


def _closed(book: Any) -> OSError | KeyboardInterrupt | None:
    """Write a workbook, or return what hindered it: with the error its ZipFile goes, while the file is still open."""
    from xlsxwriter.exceptions import XlsxFileError

    try:
        book.close()
    except XlsxFileError as error:
        return OSError(*getattr(error.args[0], "args", error.args))  # it wraps an OSError, or a letter
    except KeyboardInterrupt as stop:
        return stop.with_traceback(None)
    return None


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "top", "text_wrap": True}
        )
        self.plain = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})


@dataclass(frozen=True, slots=True)
class _Cells:
    """One column of a sheet: its head, where its values stand in a row, the names of its codes, and how it looks."""

    column: Column
    place: int
    names: dict[str, str]
    looks: Any
    day: Any  # the format of whole days, where the column holds days

    @property
    def head(self) -> str:
        return f"{self.column.chinese}（中文）" if self.names else self.column.chinese


def _new_page(book: Any, title: str) -> Any:
    """A sheet whose head stays in sight, and stands on every page that is printed: A4, the long side across."""
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(_A4)
    return page


def _write_sheet(book: Any, formats: _Formats, sheet: Sheet) -> None:
    page = _new_page(book, sheet.title)
    shown = _shown(sheet, formats)
    for number, cells in enumerate(shown):
        page.set_column(number, number, _width(cells.column, cells.head), cells.looks)
        page.write_string(0, number, cells.head, formats.head)
    written = 0
    for row in sheet.rows:
        written += 1
        if written == _EXCEL_ROWS and sheet.n_rows > _EXCEL_ROWS:
            page.write_string(written, 0, f"……其余 {sheet.n_rows - written + 1} 行见 Parquet 文件")
            break
        n_lines = 1
        for number, cells in enumerate(shown):
            if (value := row[cells.place]) is not None:
                _write(page, written, number, in_chinese(value, cells.names) if cells.names else value, cells)
                if cells.looks is formats.wrapped:
                    n_lines = max(n_lines, _n_lines(value, _WRAPPED[cells.column.name]))
        _set_height(page, written, min(n_lines, _MOST_LINES))
    page.autofilter(0, 0, max(written, 1), len(shown) - 1)


def _n_lines(value: Any, width: int) -> int:
    """Return how many lines a value takes in a column so many characters wide; a Chinese character is as wide as two.

    >>> _n_lines("撤销小规模学校25所", 10), _n_lines("95%", 10)
    (2, 1)
    """
    if isinstance(value, int | float):
        return 1
    text = value if isinstance(value, str) else "；".join(map(str, value))
    octets = len(text.encode("utf-8", "replace"))
    return -(-((octets + len(text)) // 2) // width) + text.count("\n")


def _set_height(page: Any, row: int, n_lines: int) -> None:
    """Give a row its height: LibreOffice does not look how much text stands in it.

    To be called behind its cells; the row above is written by then, and its height need not be kept.
    """
    if n_lines > 1:
        page.set_row(row, _LINE * n_lines)
    for heights in (page.row_info, page.row_sizes):
        heights.pop(row - 1, None)


def _shown(sheet: Sheet, formats: _Formats) -> list[_Cells]:
    """Return the columns of a sheet; behind one of codes stands one of their names."""
    shown = []
    for place, column in enumerate(sheet.columns):
        is_read = column.name in _WRAPPED and column.kind in ("string", "strings")
        wraps = is_read and sheet.name != "texts"  # whole texts would make rows of a page
        looks = formats.wrapped if wraps else formats.plain
        day = formats.day if column.name.endswith("_date") else None
        shown.append(_Cells(column, place, {}, looks, day))
        if names := value_names(sheet.name, column.name):
            shown.append(_Cells(column, place, names, looks, None))
    return shown


def _width(column: Column, head: str) -> float:
    least = 2.2 * len(head) + 3  # a Chinese character is as wide as two others; the filter's arrow
    if column.name.endswith("_id"):
        return max(least, 24 if column.name != "doc_id" else 18)
    return max(least, float(_WRAPPED.get(column.name, 12)))


def _write(page: Any, row: int, number: int, value: Any, cells: _Cells) -> None:
    """Write one cell: text as text, whole days as dates, numbers as numbers."""
    if isinstance(value, str):
        if cells.day and _DAY_RE.fullmatch(value) and (day := _day(value)):
            page.write_datetime(row, number, day, cells.day)
            return
        if len(value) > _EXCEL_CELL:
            value = value[: _EXCEL_CELL - 20] + "……（全文见 Parquet）"
        page.write_string(row, number, value, cells.looks)
    elif isinstance(value, bool) or type(value).__name__ == "bool_":
        page.write_boolean(row, number, bool(value), cells.looks)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            page.write_number(row, number, value, cells.looks)
    elif hasattr(value, "__iter__"):
        if parts := [str(one) for one in value]:
            _write(page, row, number, "；".join(parts), cells)
    else:
        _write(page, row, number, value.item(), cells)  # a number of numpy's


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:  # 2023-02-30 as somebody printed it
        return None


def _write_guide(book: Any, formats: _Formats, sheets: Sequence[Sheet]) -> None:
    page = _new_page(book, _GUIDE)
    page.fit_to_pages(1, 0)  # in print, all columns beside each other
    heads = (("工作表", 12), ("列", 16), ("name", 18), ("含义", 60), ("meaning", 60), ("代码及中文名", 60))
    for number, (head, width) in enumerate(heads):
        page.set_column(number, number, width, formats.wrapped)
        page.write_string(0, number, head, formats.head)
    line = 1
    for sheet in sheets:
        for cells in _guide_rows(sheet):
            is_table = not cells[1]
            n_lines = max(_n_lines(text, width) for text, (_, width) in zip(cells, heads, strict=True))
            for number, text in enumerate(cells):
                page.write_string(line, number, text, formats.head if is_table else formats.wrapped)
            _set_height(page, line, n_lines)
            line += 1
    page.autofilter(0, 0, line - 1, len(heads) - 1)


def _guide_rows(sheet: Sheet) -> Iterable[tuple[str, ...]]:
    yield (sheet.title, "", sheet.name, *column_note(sheet.name, ""), "")
    for column in sheet.columns:
        names = value_names(sheet.name, column.name)
        codes = "；".join(f"{code} {name}" for code, name in names.items())
        yield (sheet.title, column.chinese, column.name, *column_note(sheet.name, column.name), codes)
