"""One frozen Settings, read from TOML; every option is documented here."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.lexicon import own_toml


@dataclass(frozen=True, slots=True)
class Settings:
    """All options of a run; the defaults are what the README describes.

    max_bytes: an input (or archive member) larger than this is refused, with a row in `documents`.
    max_members: an archive with more members than this is read up to it, the rest refused.
    max_ratio: an archive member that grows by more than this factor is refused as a bomb.
    seconds_per_document: a document whose reading, in a process of its own, takes longer is given up, with a row in
        `documents`; in a batch reading and analysis together may take three times as long, and as long again for each full
        MB. 0: no limit.
    memory_per_document: bytes that reading one document may take, address space counted; in a batch over several
        processes the same is allowed on top of what a worker holds. 0: no limit.
    workers: processes of a run; 0 means one per core.
    near_duplicates: reprints, damaged and cut copies of a document are `duplicate` too, not only exact ones.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_members: int = 10_000
    max_ratio: int = 200
    seconds_per_document: int = 120
    memory_per_document: int = 2 * 1024**3
    workers: int = 0
    near_duplicates: bool = True


DEFAULT = Settings()
_MOST_OF_ALL = 2**40  # more is no size of anything, and none that the system takes
_MOST = {"seconds_per_document": 1_000_000}
_LEAST_MEMORY = 256 * 1024 * 1024  # dictionaries and models, which the first document loads


def load_settings(path: Path | None) -> Settings:
    """Return the settings in a TOML file, or the defaults; raises SettingsError with the known names.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "zhengce.toml")
    ...     _ = file.write_text("workers = 2", encoding="utf-8")
    ...     load_settings(file).workers
    2
    """
    if path is None:
        return DEFAULT
    given = own_toml(path, SettingsError)
    known = {field.name: field for field in dataclasses.fields(Settings)}
    for name, value in given.items():
        if name not in known:
            raise SettingsError(
                f"unknown setting {name!r}", where=str(path), hint=f"known: {', '.join(known)}"
            )
        if isinstance(known[name].default, bool):
            if type(value) is not bool:
                raise SettingsError(f"{name} must be true or false, not {value!r}", where=str(path))
        elif type(value) is not int or value < 0:
            raise SettingsError(f"{name} must be a whole number, not {value!r}", where=str(path))
        elif value > (most := _MOST.get(name, _MOST_OF_ALL)):
            raise SettingsError(f"{name} must be {most:,} or less, not {value:,}", where=str(path))
        elif name == "memory_per_document" and 0 < value < _LEAST_MEMORY:
            hint = f"{_LEAST_MEMORY:,} at least, or 0 for no limit"
            raise SettingsError(f"{name} = {value:,} is too little to begin with", where=str(path), hint=hint)
    return Settings(**given)
