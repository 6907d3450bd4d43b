"""Formats that another program opens: old Word and WPS documents, RTF, OpenDocument.

LibreOffice turns them into a Word or Excel package, which our own readers then read: automatic numbers, tracked
deletions and hidden text are treated as there. For .doc and .wps antiword serves where LibreOffice is missing.
"""

from __future__ import annotations

import dataclasses

from pipeline.errors import EmptyPageError, PageError
from pipeline.pages.converted.docbook import docbook_lines
from pipeline.pages.converted.programs import find_program, libreoffice_converts, program_output
from pipeline.pages.docx import read_docx
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.pages.sheets import read_xlsx
from pipeline.records import Page, RawFile

__all__ = ["read_doc", "read_ods", "read_odt", "read_rtf"]

_LIBREOFFICE = ("soffice", "libreoffice")
_TO_DOCX = ("docx", "docx:MS Word 2007 XML")
_TO_XLSX = ("xlsx", "xlsx:Calc MS Excel 2007 XML")
_SAVE_AS = "or open it in Word or WPS and save it as .docx"


def read_doc(file: RawFile, decode: Decode) -> Page:
    """Return the text of an old Word (.doc) or WPS document; raises PageError when no program here opens it."""
    office, antiword = find_program(*_LIBREOFFICE), find_program("antiword")
    if office is not None:
        return _by_libreoffice(office, file, "doc", decode)
    if antiword is None:
        raise PageError(
            "old Word and WPS documents are read with LibreOffice or antiword, and neither is installed here",
            where=file.source,
            hint=f"install libreoffice-writer (better) or antiword, {_SAVE_AS}",
        )
    printed = program_output(antiword, ("-m", "UTF-8.txt", "-x", "db"), file, "document.doc")
    lines, has_lists = docbook_lines(printed)
    if not any(lines):
        raise EmptyPageError("this page holds no text", where=file.source)
    return Page(
        join_paragraphs(lines),
        "doc",
        unread="its automatic numbers (一、 1.) were not read: antiword gives none, LibreOffice does"
        if has_lists
        else None,
    )


def read_rtf(file: RawFile, decode: Decode) -> Page:
    """Return the text of a rich text document; raises PageError without LibreOffice."""
    return _by_libreoffice(_needed_office(file, "rich text (RTF) documents", "writer"), file, "rtf", decode)


def read_odt(file: RawFile, decode: Decode) -> Page:
    """Return the text of an OpenDocument text; raises PageError without LibreOffice."""
    return _by_libreoffice(_needed_office(file, "OpenDocument texts", "writer"), file, "odt", decode)


def read_ods(file: RawFile, decode: Decode) -> Page:
    """Return the rows of an OpenDocument spreadsheet; raises PageError without LibreOffice."""
    office = _needed_office(file, "OpenDocument spreadsheets", "calc")
    converted = libreoffice_converts(office, file, "document.ods", *_TO_XLSX)
    return dataclasses.replace(read_xlsx(RawFile(file.source, converted, file.url), decode), encoding="ods")


def _needed_office(file: RawFile, what: str, part: str) -> str:
    office = find_program(*_LIBREOFFICE)
    if office is None:
        raise PageError(
            f"{what} are read with LibreOffice, which is not installed here",
            where=file.source,
            hint=f"install libreoffice-{part}, {_SAVE_AS if part == 'writer' else 'or save it as .xlsx'}",
        )
    return office


def _by_libreoffice(office: str, file: RawFile, kind: str, decode: Decode) -> Page:
    converted = libreoffice_converts(office, file, f"document.{kind}", *_TO_DOCX)
    return dataclasses.replace(read_docx(RawFile(file.source, converted, file.url), decode), encoding=kind)
