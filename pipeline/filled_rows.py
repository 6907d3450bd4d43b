"""The XML of a sheet without rows that are formatted and empty: some workbooks hold a border down to the last row of Excel.

Made for openpyxl, which builds an object of each of their cells: 600,000 rows of six took it minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from pipeline.lazy_re import lazy_re

EMPTY_ROWS_RE = lazy_re(  # that say where they stand: those behind them do too
    rb"(?:<row\sr=[\"']\d{1,7}[\"'][^<>]{0,400}(?:/>|(?<!/)>"
    rb"(?:<c\sr=[\"'][A-Z]{1,3}\d{1,7}[\"'][^<>]{0,160}(?<=/)>){0,16384}+</row>)\s{0,20}){1,100000}+"
)
MAX_ROWS = 1_048_576  # of a sheet of Excel; openpyxl makes the rows that a file leaves out, whatever number comes next
_PIECE_BYTES = 1 << 18
_ROW_END = b"</row>"
_MAX_ROW_BYTES = 1 << 22  # of one row whose end is waited for; a longer one is handed on as it is


def filled_rows(sheet: Any, *, values_only: bool = False) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a sheet, opened by openpyxl to be read row by row, without empty ones, whatever size it states."""
    sheet.reset_dimensions()  # what a file states about its size need not be true
    source = sheet._get_source
    sheet._get_source = lambda: FilledRows(source())
    # with max_col each row would be filled up to it
    return islice(sheet.iter_rows(values_only=values_only), MAX_ROWS)


def without_empty(xml: bytes) -> bytes:
    """Return the XML of whole rows without empty ones.

    >>> without_empty(b'<row r="7"><c r="A7" s="1"/></row><row r="8"><c r="A8"><v>5</v></c></row>')
    b'<row r="8"><c r="A8"><v>5</v></c></row>'
    """
    return EMPTY_ROWS_RE.sub(b"", xml)


class FilledRows(io.RawIOBase):
    """A stream of XML that leaves empty rows out, piece by piece."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._waiting = b""  # a row whose end has not been read
        self._ready = io.BytesIO()

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, at most `size`; none at the end."""
        while not (given := self._ready.read(size)):
            piece = self._part.read(_PIECE_BYTES)
            if not piece and not self._waiting:
                return b""
            self._ready = io.BytesIO(without_empty(self._whole_rows(piece)))
        return given

    def _whole_rows(self, piece: bytes) -> bytes:
        """Return what stands before the end of the last row that is whole, all at the end of the sheet; keep the rest."""
        seen = self._waiting + piece
        behind = seen.rfind(_ROW_END) + len(_ROW_END) if _ROW_END in seen else 0
        if not piece or (not behind and len(seen) > _MAX_ROW_BYTES):
            behind = len(seen)
        self._waiting = seen[behind:]
        return seen[:behind]

    def close(self) -> None:
        """Close the part as well."""
        self._part.close()
        super().close()
