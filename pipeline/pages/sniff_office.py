"""What an Office file is inside: the parts of a zip package, the streams of an old compound file."""

from __future__ import annotations

import io
import zipfile

from pipeline.packages import BROKEN_ZIP

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
_LITTLE_ENDIAN = b"\xfe\xff"
_SECTOR_BITS = (9, 12)
_MAX_SECTOR = 0xFFFFFFFA
_ROOT = b"\x05"  # the kind of the first entry of a directory
_ENTRY_BYTES = 128
_NAME_BYTES = 64


def zipped_kind(raw: bytes) -> str:
    """Return what a zip file is: a kind of document, or an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return _open_document(archive) if "mimetype" in names else "an OpenDocument file"
    except BROKEN_ZIP:
        return "a broken zip archive"
    return next((kind for member, kind in _ZIPPED if member in names), "a zip archive")


def _open_document(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        declared = part.read(80).strip()
    return next((kind for mark, kind in _OPEN_DOCUMENT if declared == mark), "an OpenDocument file")


def compound_kind(raw: bytes, lowered_name: str) -> str:
    """Return what an old Office file is, by the names in its directory."""
    found = [(kind, suffixes) for stream, kind, suffixes in _STREAMS if _has_stream(raw, stream)]
    if not found:  # LibreOffice would read it as a text of odd letters
        return "an old Office document" if _has_directory(raw) else "a broken old Office document"
    named = [kind for kind, suffixes in found if lowered_name.endswith(suffixes)]
    return (named or [kind for kind, _ in found])[0]


def _has_directory(raw: bytes) -> bool:
    """Tell whether a directory begins where the head of a compound file says it does."""
    head = raw[:512]
    bits = int.from_bytes(head[30:32], "little")
    first = int.from_bytes(head[48:52], "little")
    if head[28:30] != _LITTLE_ENDIAN or bits not in _SECTOR_BITS or first >= _MAX_SECTOR:
        return False
    root = (first + 1) << bits
    return raw[root + 66 : root + 67] == _ROOT


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
