"""Looks at a Word package before anything parses it: sizes, growth, entities."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.errors import PageError
from pipeline.records import RawFile

_MAX_MEMBERS = 5_000
_MAX_XML_BYTES = 128 * 1024 * 1024
_MAX_ALL_BYTES = 512 * 1024 * 1024
_MAX_GROWTH = 400  # repetitive table markup of honest documents reaches 100
_SMALL = 1024 * 1024
_HEAD_BYTES = 4096


def check_package(file: RawFile) -> None:
    """Raise PageError for a package that is broken, or made to exhaust memory when it is unpacked or parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.raw)) as package:
            members = package.infolist()
            _check_sizes(members, file.source)
            for info in members:
                if info.filename.lower().endswith((".xml", ".rels")):
                    with package.open(info) as part:
                        head = part.read(_HEAD_BYTES).replace(b"\0", b"")  # UTF-16 as well
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise PageError(
                            "this Word document declares XML entities, as none does", where=file.source
                        )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise PageError(f"this Word document is broken or encrypted ({error})", where=file.source) from error


def _check_sizes(members: list[zipfile.ZipInfo], source: str) -> None:
    if len(members) > _MAX_MEMBERS:
        raise PageError(f"this Word document has {len(members):,} parts", where=source)
    if sum(info.file_size for info in members) > _MAX_ALL_BYTES:
        raise PageError("this Word document is too large when it is unpacked", where=source)
    for info in members:
        is_xml = info.filename.lower().endswith((".xml", ".rels"))
        if is_xml and info.file_size > _MAX_XML_BYTES:
            raise PageError("this Word document is too large when it is unpacked", where=source)
        if info.file_size > _SMALL and info.file_size > _MAX_GROWTH * max(info.compress_size, 1):
            raise PageError(
                f"a part of this Word document grows from {info.compress_size:,} to {info.file_size:,} bytes",
                where=source,
            )
