"""Inputs in an object store or on another file system, by an address of fsspec such as s3://bucket/pages.

They are listed here and fetched by whoever reads them. Web pages are for the crawler, which knows the hosts it may ask.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import SourceError
from pipeline.lazy_re import lazy_re
from pipeline.sources.folders import InputFile, entries, is_companion, is_junk

ADDRESS_RE = lazy_re(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")  # s3://
_OF_THE_WEB = ("http", "https")
_VERSION_KEYS = ("ETag", "etag", "md5Hash", "content_md5")  # how stores tell what an object holds


def is_address(path: str | Path) -> bool:
    """Tell whether a path is an address of fsspec rather than a place on this machine.

    >>> is_address("s3://policies/2024"), is_address("file:///srv/pages"), is_address("corpus")
    (True, False, False)
    """
    return isinstance(path, str) and bool(ADDRESS_RE.match(path)) and not path.startswith("file://")


def file_system(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the name of the place on it.

    Raises SourceError where a package is missing, the scheme is unknown, or the address is one of the web or of several parts.
    """
    if address.split("://", 1)[0].lower() in _OF_THE_WEB or "::" in address:
        raise SourceError(
            "this is no address of a store",
            where=address,
            hint="zhengce crawl fetches pages of the web; a store is s3://bucket/prefix or the like",
        )
    try:
        import fsspec

        files, root = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise SourceError(
            f"this address needs a package that is not installed ({error})",
            where=address,
            hint="pip install 'zhengce[s3]' for s3://",
        ) from error
    except ValueError as error:
        raise SourceError(f"this address cannot be used ({error})", where=address) from error
    return files, root.rstrip("/")


def check_addresses(addresses: Sequence[str]) -> list[str]:
    """Return the addresses without those that lie under another one; raises SourceError when there is nothing at one."""
    roots = list(dict.fromkeys(address.rstrip("/") for address in addresses))
    for address in roots:
        files, root = file_system(address)
        files.invalidate_cache()
        try:
            with _store_errors():
                is_there = files.exists(root)
        except OSError as error:
            raise SourceError(f"this address cannot be read ({error})", where=address) from error
        if not is_there:
            raise SourceError("there is nothing at this address", where=address, hint="check the spelling")
    return [one for one in roots if not any(one.startswith(f"{other}/") for other in roots)]


def walk_address(address: str) -> Iterator[InputFile]:
    """Yield the inputs under an address in the order of a folder's: names sorted, folder by folder."""
    files, root = file_system(address)
    waiting = [files.info(root)]
    companions: set[str] = set()
    while waiting:
        entry = waiting.pop()
        place = files.unstrip_protocol(entry["name"])
        if entry["type"] != "directory":
            yield _listed(entry, place)
            continue
        try:
            with _store_errors():
                inside = _entries(files, entry["name"])
        except OSError as error:
            yield InputFile(
                _name(place), place, 0, f"this folder cannot be opened ({error}) — see that it may be read"
            )
            continue
        kept = entries(sorted(inside), beside_page=entry["name"] in companions)
        companions |= {inside[name]["name"] for name in kept if is_companion(name, kept)}
        waiting.extend(inside[name] for name in reversed(kept))


def _entries(files: Any, folder: str) -> dict[str, dict[str, Any]]:
    """Return what is in a folder, by name; an object may be called like its folder, to mark an empty one."""
    found = ((entry["name"].rstrip("/"), entry) for entry in files.ls(folder, detail=True))
    named = {name.rsplit("/", 1)[-1]: entry for name, entry in found if name != folder.rstrip("/")}
    return {name: entry for name, entry in named.items() if not is_junk(name)}


def _listed(entry: dict[str, Any], address: str) -> InputFile:
    version = next((str(entry[key]) for key in _VERSION_KEYS if entry.get(key)), "")
    return InputFile(_name(address), address, entry["size"] or 0, address=address, version=version)


def _name(address: str) -> Path:
    return Path(PurePosixPath(address).name)


def listed_again(listed: InputFile) -> InputFile:
    """Return an input at an address as its store now tells of it; raises OSError when it is gone."""
    with _store_errors():
        files, place = file_system(listed.address)
        files.invalidate_cache()
        return _listed(files.info(place), listed.address)


@contextlib.contextmanager
def fetched(listed: InputFile) -> Iterator[InputFile]:
    """Give an input at an address as a file here, which goes with the block; raises OSError when it cannot be fetched."""
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        path = Path(folder, "fetched")
        with _store_errors():
            files, place = file_system(listed.address)
            files.get_file(place, str(path))
        yield replace(listed, path=path, size=path.stat().st_size, address="")


@contextlib.contextmanager
def _store_errors() -> Iterator[None]:
    """Turn what a store's library raises into OSError: each has errors of its own."""
    try:
        yield
    except (OSError, SourceError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
