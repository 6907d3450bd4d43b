"""Archives that are not opened here: the letter says so, instead of a page of bytes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import Failure
from pipeline.settings import Settings
from pipeline.sources.folders import InputFile

REFUSED_SUFFIXES = (".rar", ".7z", ".zst", ".lzh", ".arj", ".cab", ".iso")


def archive_letter(name: str) -> str:
    """Return the letter for an archive of a kind that is not opened.

    >>> archive_letter("通知.rar")
    '.rar archives are not opened — unpack it and give the folder, or pack it again as .zip'
    """
    return (
        f".{name.lower().rsplit('.', 1)[-1]} archives are not opened — "
        "unpack it and give the folder, or pack it again as .zip"
    )


def refuse_archive(listed: InputFile, settings: Settings) -> Iterator[Failure]:
    """Yield the Failure of an archive that is not opened."""
    yield Failure(listed.source, "sources", archive_letter(listed.path.name))
