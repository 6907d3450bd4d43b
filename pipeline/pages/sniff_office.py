"""What an Office file is inside: the parts of a zip package, the streams of an old compound file."""

from __future__ import annotations

import io
import zipfile

# a file that tells its kind by a member
_ZIPPED: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "a binary Excel (.xlsb) workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("OFD.xml", "ofd"),
    ("META-INF/container.xml", "an EPUB book"),
)
_OPEN_DOCUMENT: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)

# a compound file that tells its kind by a stream; a document may hold a sheet, so names decide between two
_STREAMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("EncryptedPackage", "an Office document with a password", ()),
    ("WordDocument", "doc", (".doc", ".wps", ".dot", ".wpt", ".docx")),
    ("Workbook", "xls", (".xls", ".et", ".xlt", ".ett", ".xlsx")),
    ("Book", "xls", (".xls", ".et")),
    ("PowerPoint Document", "an old PowerPoint (.ppt) presentation", (".ppt", ".dps", ".pps")),
    ("HwpSummaryInformation", "a Hangul document", ()),
)
_ENTRY_BYTES = 128
_NAME_BYTES = 64


def zipped_kind(raw: bytes) -> str:
    """Return what a zip file is: a kind of document, or an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return _open_document(archive) if "mimetype" in names else "an OpenDocument file"
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return "a broken zip archive"
    return next((kind for member, kind in _ZIPPED if member in names), "a zip archive")


def _open_document(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        declared = part.read(80).strip()
    return next((kind for mark, kind in _OPEN_DOCUMENT if declared == mark), "an OpenDocument file")


def compound_kind(raw: bytes, lowered_name: str) -> str:
    """Return what an old Office file is, by the names in its directory."""
    found = [(kind, suffixes) for stream, kind, suffixes in _STREAMS if _has_stream(raw, stream)]
    if not found:  # its directory is broken
        by_name = [kind for _, kind, suffixes in _STREAMS if lowered_name.endswith(suffixes or ("\0",))]
        return (by_name or ["an old Office document"])[0]
    named = [kind for kind, suffixes in found if lowered_name.endswith(suffixes)]
    return (named or [kind for kind, _ in found])[0]


def _has_stream(raw: bytes, name: str) -> bool:
    """Tell whether a directory entry has this name: padded with zeros, at a multiple of 128, its length behind it."""
    mark = name.encode("utf-16-le")
    entry = mark.ljust(_NAME_BYTES, b"\0") + (len(mark) + 2).to_bytes(2, "little")
    at = raw.find(entry)
    while at >= 0:
        if at % _ENTRY_BYTES == 0:
            return True
        at = raw.find(entry, at + 1)
    return False
