"""Looks at a zipped document (docx, xlsx, ofd) before anything parses it: sizes, growth, entities."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

from pipeline.errors import PageError
from pipeline.records import RawFile

_MAX_MEMBERS = 5_000
_MAX_XML_BYTES = 128 * 1024 * 1024
_MAX_ALL_BYTES = 512 * 1024 * 1024
_MAX_GROWTH = 400  # repetitive table markup of honest documents reaches 100
_SMALL = 1024 * 1024
_PIECE_BYTES = 1 << 18
_OVERLAP = 40  # bytes of a declaration that two pieces may share, NULs of UTF-16 included
_XML_SUFFIXES = (".xml", ".rels")
_ENCRYPTED_FLAG = 0x1
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def check_package(file: RawFile, what: str) -> None:
    """Raise PageError for a package that is broken, encrypted, or made to exhaust memory when it is opened.

    `what` is its name in the letter: "Word document".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.raw)) as package:
            members = package.infolist()
            _check_sizes(members, what, file.source)
            for info in members:
                if info.filename.lower().endswith(_XML_SUFFIXES) and _declares_entities(package, info):
                    raise PageError(f"this {what} declares XML entities, as none does", where=file.source)
    except BROKEN_ZIP as error:
        raise PageError(
            f"this {what} is broken or encrypted ({error})",
            where=file.source,
            hint="open it in its own program and save it again",
        ) from error


def _check_sizes(members: list[zipfile.ZipInfo], what: str, source: str) -> None:
    if len(members) > _MAX_MEMBERS:
        raise PageError(f"this {what} has {len(members):,} parts", where=source)
    if sum(info.file_size for info in members) > _MAX_ALL_BYTES:
        raise PageError(f"this {what} is too large when it is unpacked", where=source)
    for info in members:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise PageError(f"this {what} is encrypted", where=source, hint="save it without a password")
        is_xml = info.filename.lower().endswith(_XML_SUFFIXES)
        if is_xml and info.file_size > _MAX_XML_BYTES:
            raise PageError(f"this {what} is too large when it is unpacked", where=source)
        if info.file_size > _SMALL and info.file_size > _MAX_GROWTH * max(info.compress_size, 1):
            raise PageError(
                f"a part of this {what} grows from {info.compress_size:,} to {info.file_size:,} bytes",
                where=source,
            )


def _declares_entities(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Tell whether a part holds a document type; white space and comments may stand before it without end."""
    tail = b""
    with package.open(info) as part:
        while piece := part.read(_PIECE_BYTES):
            seen = (tail + piece).replace(b"\0", b"")  # UTF-16 as well
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                return True
            tail = piece[-_OVERLAP:]
    return False
