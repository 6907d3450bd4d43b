"""Rows of an Excel workbook of pages, as scrapers with windows save them, by the names in each sheet's first row."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Generator, Iterator
from itertools import chain, islice
from typing import IO, Any

from pipeline.filled_rows import filled_rows
from pipeline.packages import check_package
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.tables.columns import N_SEEN, columns_of_pages
from pipeline.sources.tables.rows import BadRow, bounded

_ZIP = b"PK\x03\x04"
_MAX_COLUMNS = 200


def xlsx_rows(stream: IO[bytes], settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    """Yield the rows of all sheets that are seen; none where one of them holds no pages, for then the workbook is one document."""
    raw = stream.read(settings.max_bytes + 1)
    if len(raw) > settings.max_bytes or not raw.startswith(_ZIP):
        return
    try:
        check_package(RawFile("", raw), "Excel workbook")
        sheets = _sheets(raw)
    except Exception:  # the reader of workbooks says what is wrong with it
        return
    if not sheets or not all(columns_of_pages(list(first[0]), first) for first, _ in sheets):
        return
    try:
        rows = chain.from_iterable(chain(first, rest) for first, rest in sheets)
        yield from bounded(
            rows, _n_unpacked(raw), "workbook", "save it as CSV"
        )  # of strings that cells share
    except Exception as error:  # whatever zipfile, expat and openpyxl's own descriptors raise
        yield BadRow(f"this workbook is damaged ({type(error).__name__}) — what stands before it was read")


def _n_unpacked(raw: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return sum(info.file_size for info in package.infolist())


def _sheets(raw: bytes) -> list[tuple[list[dict[str, Any]], Iterator[dict[str, Any]]]]:
    """Return the first rows of each sheet that is seen and not empty, and the others behind them."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out: charts, validation, styles
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        seen = []
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = _rows(sheet)
                if first := list(islice(rows, N_SEEN)):
                    seen.append((first, rows))
    return seen


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    from openpyxl.utils.escape import unescape

    rows = filled_rows(sheet, values_only=True)
    names = [str(value or "").strip() for value in next(rows, ())[:_MAX_COLUMNS]]
    for row in rows:
        named = {name: value for name, value in zip(names, row, strict=False) if name and value is not None}
        if named:
            yield {name: unescape(v) if isinstance(v, str) else v for name, v in named.items()}
