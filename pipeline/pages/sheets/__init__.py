"""Spreadsheets: one line a row, cells joined by tabs; the name of a sheet is a line where there are several.

Values are those that were saved with the file; no formula is calculated. Hidden sheets are left out.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.errors import PageError
from pipeline.filled_rows import filled_rows
from pipeline.packages import check_package
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.pages.sheets.cells import printed
from pipeline.pages.sheets.columns import Row, sheet_lines
from pipeline.pages.sheets.merged import Area, areas_of, spread
from pipeline.records import Dropped, Page, PageFacts, RawFile

__all__ = ["read_xls", "read_xlsx"]

_Sheet = tuple[str, bool, Iterator[Row], Iterator[Area]]  # name, is visible, rows, merged areas

_MAX_CELLS = 2_000_000  # of one workbook, those that hold something


def read_xlsx(file: RawFile, decode: Decode) -> Page:
    """Return the rows of an Excel workbook; raises PageError when it is broken, encrypted or made to exhaust memory."""
    from openpyxl import load_workbook

    check_package(file, "Excel workbook")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out: charts, validation, styles
            book = load_workbook(io.BytesIO(file.raw), read_only=True, data_only=True, keep_links=False)
            sheets = [
                (sheet.title, sheet.sheet_state == "visible", _xlsx_rows(sheet), _xlsx_areas(book, sheet))
                for sheet in book.worksheets
            ]
            return _page(sheets, file, "xlsx")
    except (PageError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever zipfile, expat and its own descriptors raise
        raise _broken(file, error) from error


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    for row in filled_rows(sheet):
        yield [
            (column, text)
            for column, cell in enumerate(row)
            if cell.value is not None and (text := _xlsx_text(cell))
        ]


def _xlsx_areas(book: Any, sheet: Any) -> Iterator[Area]:
    with book._archive.open(sheet._worksheet_path) as part:
        yield from areas_of(part)


def _xlsx_text(cell: Any) -> str:
    return printed(cell.value, cell.number_format or "General")


def read_xls(file: RawFile, decode: Decode) -> Page:
    """Return the rows of an old Excel (.xls) or WPS (.et) workbook; raises PageError when it is broken or encrypted."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=file.raw,
            formatting_info=True,
            on_demand=True,
            logfile=io.StringIO(),
            ragged_rows=True,
        )
        names = zip(book.sheet_names(), range(book.nsheets), strict=True)
        sheets = [
            (name, book._sheet_visibility[n] == 0, _xls_rows(book, n), _xls_areas(book, n))
            for name, n in names
        ]
        return _page(sheets, file, "xls")
    except (PageError, MemoryError):
        raise
    except Exception as error:  # xlrd's own errors, and struct's, and assertions
        raise _broken(file, error) from error


def _xls_rows(book: Any, number: int) -> Iterator[Row]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, xldate_as_datetime

    sheet = book.sheet_by_index(number)
    for at in range(sheet.nrows):
        row = []
        for column, cell in enumerate(sheet.row(at)):
            form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index else ""
            value = cell.value
            if cell.ctype == XL_CELL_DATE:
                value = xldate_as_datetime(value, book.datemode)
            elif cell.ctype == XL_CELL_BOOLEAN:
                value = bool(value)
            elif cell.ctype == XL_CELL_ERROR:
                continue
            if text := printed(value, form):
                row.append((column, text))
        yield row


def _xls_areas(book: Any, number: int) -> Iterator[Area]:
    for top, below, left, behind in book.sheet_by_index(number).merged_cells:
        yield top, left, below - 1, behind - 1
    book.unload_sheet(number)


def _page(sheets: Iterable[_Sheet], file: RawFile, kind: str) -> Page:
    sheets = list(sheets)
    has_names = sum(is_visible for _, is_visible, *_ in sheets) > 1
    lines: list[str] = []
    dropped = []
    n_cells = 0
    for name, is_visible, rows, areas in sheets:
        if not is_visible:
            dropped.append(Dropped("hidden sheet", name))
            continue
        filled: list[Row] = []
        for row in rows:
            n_cells += len(row)
            if n_cells > _MAX_CELLS:
                raise PageError(f"this workbook has more than {_MAX_CELLS:,} filled cells", where=file.source)
            filled.append(row)
        of_sheet = sheet_lines(spread(filled, areas))
        lines += [name, *of_sheet] if has_names and of_sheet else of_sheet
    return Page(join_paragraphs(lines), kind, PageFacts(url=file.url), tuple(dropped))


def _broken(file: RawFile, error: Exception) -> PageError:
    is_encrypted = "encrypt" in str(error).lower()
    return PageError(
        "this workbook is encrypted"
        if is_encrypted
        else f"this workbook is broken ({type(error).__name__}: {error})",
        where=file.source,
        hint="open it in Excel or WPS and save it again, without a password",
    )
