"""Rows of CSV and of tables with tabs, by the names in their first line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from typing import IO, Any

from pipeline.settings import Settings
from pipeline.sources.tables.rows import BadRow

_HEAD_BYTES = 65_536
_DELIMITERS = (",", "\t", ";", "|")
_MAX_COLUMNS = 1_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_rows(stream: IO[bytes], settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    """Yield the rows of a table as dicts; one that is damaged ends it with a bad row."""
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    encoding = _encoding(head)
    # bytes that are none of its characters are kept for the repairs; UTF-16 has no place for them
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding, errors=errors, newline="")
    try:
        with _LongFields(settings.max_bytes):
            yield from _rows(text, settings)
    finally:
        text.detach()  # it would close what is not its own


def _encoding(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _rows(text: io.TextIOWrapper, settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    first = text.readline(_HEAD_BYTES)
    text.seek(0)
    delimiter = max(_DELIMITERS, key=first.count)
    lines = _Lines(text, settings.max_bytes)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = [name.strip() for name in next(reader, [])][:_MAX_COLUMNS]
        lines.of_next_row()
        for row in reader:
            lines.of_next_row()
            if row:
                yield dict(zip(names, row, strict=False))
    except (csv.Error, UnicodeError) as error:
        yield BadRow(
            f"this table is damaged behind line {reader.line_num:,} ({error}) — what stands before it was read; see to its quotation marks there"
        )


class _Lines:
    """The lines of a table, of which one row may take so many characters and no more, however it is quoted."""

    def __init__(self, text: io.TextIOWrapper, most: int) -> None:
        self._text, self._most = text, most
        self._left = most

    def of_next_row(self) -> None:
        """Begin to count anew."""
        self._left = self._most

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._left + 1):
            self._left -= len(line)
            if self._left < 0:
                raise csv.Error(f"a row of it is longer than {self._most:,} characters")
            yield line


class _LongFields:
    """Lets cells hold a page; the library's own limit is one for all of a process, and is put back."""

    def __init__(self, most: int) -> None:
        self._most = most

    def __enter__(self) -> None:
        self._before = csv.field_size_limit(self._most)

    def __exit__(self, *_: object) -> None:
        csv.field_size_limit(self._before)
