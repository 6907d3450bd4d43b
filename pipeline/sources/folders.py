"""Files and folders: what is an input, in which order, and what is passed over or refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.sources.file_names import on_disk, shown_name, shown_path
from pipeline.written import MARK, never_read

_JUNK_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_JUNK_PREFIXES = (".", "~$")  # hidden files; the lock file of an open Office document
_JUNK_SUFFIXES = ("~", ".tmp", ".crdownload", ".part")
_COMPANION_SUFFIXES = ("_files", ".files")  # images and scripts that a browser saves beside page.html
# what a text may stand in among them: a frame of the page, a file it shows
_COMPANION_TEXTS = (
    ".html", ".htm", ".shtml", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".rtf",
)  # fmt: skip
_CRAWL_NAMES = frozenset({"manifest.jsonl", "crawl.log"})  # what a crawl leaves beside its WARC files


@dataclass(frozen=True, slots=True)
class InputFile:
    """One listed input; `refused` is the letter to the user when it must not be opened.

    `address` is where to fetch it from, "" for a file of this machine, and `version` what its store says of the bytes.
    """

    path: Path
    source: str
    size: int
    refused: str | None = None
    address: str = ""
    version: str = ""


def unopened(error: OSError, what: str = "file") -> str:
    """Return the letter for what the system does not open.

    >>> unopened(PermissionError(13, "Permission denied"))
    'this file cannot be opened (Permission denied) — see that it is still there and may be read'
    """
    return f"this {what} cannot be opened ({error.strerror}) — see that it is still there and may be read"


def is_junk(name: str) -> bool:
    """Tell whether a file or folder name is never an input: hidden files, what editors and systems leave.

    >>> is_junk("~$通知.docx"), is_junk(".DS_Store"), is_junk("通知.docx")
    (True, True, False)
    """
    lowered = name.lower()
    return lowered in _JUNK_NAMES or lowered.startswith(_JUNK_PREFIXES) or lowered.endswith(_JUNK_SUFFIXES)


def check_paths(paths: Sequence[Path]) -> list[Path]:
    """Return the paths without those that lie under another one; raises SourceError when one does not exist."""
    kept: dict[Path, Path] = {}
    for path in map(on_disk, paths):
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            raise SourceError(
                "there is no such file or folder",
                where=str(path),
                hint="check the spelling and the working folder",
            ) from error
        kept.setdefault(real, path)
    return [path for real, path in kept.items() if kept.keys().isdisjoint(real.parents)]


def walk(path: Path) -> Iterator[InputFile]:
    """Yield the inputs under one path, names sorted folder by folder. A path given by name is always an input."""
    if not path.is_dir():
        yield _listed(path.resolve(), shown_path(path))
        return
    root = path.resolve()
    yield from _walk_folder(root, root, shown_path(path).rstrip("/"))


def _walk_folder(folder: Path, root: Path, source: str) -> Iterator[InputFile]:
    """Go through a folder and those below, with a stack of its own: folders may be nested very deep."""
    waiting: list[tuple[Path, str]] = [(folder, source)]
    companions: set[str] = set()
    while waiting:
        path, name = waiting.pop()
        if path.is_symlink():
            yield from _link(path, name, root)
        elif path.is_dir():
            try:
                names = os.listdir(path)
                ours = never_read(path) if MARK in names else frozenset()
                inside = sorted(e for e in names if not is_junk(e) and e not in ours)
            except OSError as error:
                yield InputFile(path, name, 0, unopened(error, "folder"))
                continue
            kept = entries(inside, beside_page=name in companions)
            here = set(names)
            shown = {entry: f"{name}/{shown_name(entry, here)}" for entry in kept}
            companions |= {shown[entry] for entry in kept if is_companion(entry, kept)}
            waiting.extend((path / entry, shown[entry]) for entry in reversed(kept))
        else:
            yield _listed(path, name)


def entries(names: Sequence[str], *, beside_page: bool = False) -> list[str]:
    """Return the names in a folder that may be inputs; in one that only belongs to a page those that may hold text.

    >>> entries(["sh.js", "frame.html", "logo.png"], beside_page=True)
    ['frame.html']
    """
    if beside_page:
        return [name for name in names if name.lower().endswith(_COMPANION_TEXTS)]
    of_a_crawl = any(name.endswith(".warc.gz") for name in names)
    return [name for name in names if not (of_a_crawl and name in _CRAWL_NAMES)]


def is_companion(entry: str, beside: Collection[str]) -> bool:
    """Tell whether a folder only belongs to a saved page beside it: 通知_files, 通知.files."""
    for suffix in _COMPANION_SUFFIXES:
        if entry.endswith(suffix):
            stem = entry.removesuffix(suffix)
            return f"{stem}.html" in beside or f"{stem}.htm" in beside
    return False


def _link(path: Path, source: str, root: Path) -> Iterator[InputFile]:
    """A link to a place under the root is passed over where its target is listed by its own name."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        yield InputFile(path, source, 0, "this link leads nowhere — bring back what it led to, or remove it")
        return
    if not target.is_relative_to(root):
        yield InputFile(
            path, source, 0, "this link leaves the folder that was given — give its target by name instead"
        )
    elif any(map(is_junk, target.relative_to(root).parts)):  # as git-annex and DVC keep what they hold
        if target.is_dir():
            yield InputFile(path, source, 0, "this link leads to a hidden folder — give that by name instead")
        else:
            yield _listed(path, source)


def _listed(path: Path, source: str) -> InputFile:
    try:
        found = path.stat()
    except OSError as error:
        return InputFile(path, source, 0, unopened(error))
    if not stat.S_ISREG(found.st_mode):
        return InputFile(
            path,
            source,
            0,
            "this is no regular file (a device, pipe or socket) — copy what it gives into a file",
        )
    return InputFile(path, source, found.st_size)
