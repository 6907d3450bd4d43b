"""Tables -> CSV and Excel, for a person to open: Chinese headers, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.columns import ALL_TABLES, CHINESE_TITLES, TABLES, with_document

if TYPE_CHECKING:
    import pandas as pd

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # Excel takes the wide ones too
# what a column of comparators holds; a lone = is no formula, Excel and LibreOffice keep it as text
_COMPARATORS = frozenset(("=", "~", ">", ">=", "<", "<=", "range"))
_EXCEL_ROWS = 1_048_575
_EXCEL_CELL = 32_767


def _for_spreadsheet(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; lists become one string."""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA_STARTS) else value
    if value is not None and not isinstance(value, int | float) and hasattr(value, "__iter__"):
        return _for_spreadsheet("；".join(map(str, value)))
    return value


def _comparator_for_spreadsheet(value: Any) -> Any:
    """A comparator as it stands; whatever else may have come into its column is guarded like any text."""
    return value if isinstance(value, str) and value in _COMPARATORS else _for_spreadsheet(value)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as UTF-8 CSV with BOM, so that Excel opens Chinese; a leading = + - @ gets an apostrophe.

    Only the comparators of a column of comparators go without it, so that `comparator == "="` finds rows when the file is
    read again.
    """
    safe = frame.assign(
        **{
            str(name): column.map(
                _comparator_for_spreadsheet if str(name).endswith("comparator") else _for_spreadsheet,
                na_action="ignore",
            )
            for name, column in frame.items()
        }
    )
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    safe.to_csv(temporary, index=False, encoding="utf-8-sig")
    os.replace(temporary, path)


def write_xlsx(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write frames as one workbook, sheets and header cells in Chinese; all text stays text.

    What Excel cannot hold (1,048,575 rows, 32,767 characters a cell) is cut there, and the cut is said in place.
    """
    import xlsxwriter

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as stream:  # fails before the rows are written, not after
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
        _fill(book, frames)
    os.replace(temporary, path)


def _fill(book: Any, frames: Mapping[str, pd.DataFrame]) -> None:
    import pandas as pd

    bold = book.add_format({"bold": True})
    for name, frame in frames.items():
        sheet = book.add_worksheet(CHINESE_TITLES.get(name, name))
        sheet.freeze_panes(1, 0)
        headers = {
            c.name: c.chinese for c in (*TABLES["documents"], *with_document(ALL_TABLES.get(name, ())))
        }
        for column, label in enumerate(frame.columns):
            sheet.write_string(0, column, headers.get(label, label), bold)
        for number, row in enumerate(frame.itertuples(index=False), start=1):
            if number == _EXCEL_ROWS and len(frame) > _EXCEL_ROWS:
                sheet.write_string(number, 0, f"……其余 {len(frame) - number + 1} 行见 Parquet 文件")
                break
            for column, value in enumerate(row):
                cell = (
                    "；".join(map(str, value))
                    if hasattr(value, "__iter__") and not isinstance(value, str)
                    else value
                )
                if isinstance(cell, str):
                    if len(cell) > _EXCEL_CELL:
                        cell = cell[: _EXCEL_CELL - 20] + "……（全文见 Parquet）"
                    sheet.write_string(number, column, cell)
                elif not pd.isna(cell):
                    sheet.write_number(number, column, cell)
    book.close()
