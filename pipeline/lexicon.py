"""Reads the files in models/, and complains with file name and line number.

A table's first line names its columns after a `#`; later lines that begin with `#` are comments:

    # unit,base_unit,factor
    万吨,吨,10000
"""

from __future__ import annotations

import csv
import functools
import io
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import LexiconError, PipelineError
from pipeline.lazy_re import compiled_once

Value = TypeVar("Value")

_ENCODING = "utf-8-sig"  # an editor on Windows may have put a BOM before it
_HERE = Path(__file__).resolve().parent
# in a wheel models/ lies inside the package, in a checkout beside it
MODELS = _HERE / "models" if (_HERE / "models").is_dir() else _HERE.parent / "models"


class Named(dict[str, Value]):
    """What a file of models/ holds under names; to ask for one that is not there raises LexiconError, for the file is wrong."""

    __slots__ = ("where",)

    def __init__(self, items: Iterable[tuple[str, Value]], where: str) -> None:
        super().__init__(items)
        self.where = where

    def __missing__(self, name: str) -> Value:
        raise LexiconError(f"there is no {name} here", where=self.where, hint="see how it is spelt")


def model_path(name: str) -> Path:
    """Return the path of a file in models/; raises LexiconError when it is not there."""
    path = MODELS / name
    if not path.is_file():
        raise LexiconError("this file of models/ is missing", where=str(path), hint="reinstall zhengce")
    return path


def _text_of(path: Path, refusal: type[PipelineError] = LexiconError) -> str:
    """Return the text of a file that is written by hand; raises `refusal`, with the line, where it is not UTF-8."""
    try:
        return path.read_text(encoding=_ENCODING)
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise refusal("this is not UTF-8", where=f"{path}:{line}", hint="save it as UTF-8") from error


@functools.cache
def table(name: str) -> tuple[Named[str], ...]:
    """Return the rows of a comma- or tab-separated file of models/ (.csv, .tsv) as dicts of strings.

    Raises LexiconError, with the line, when a row has too many or too few fields.
    """
    path = model_path(name)
    lines = _text_of(path).splitlines()
    delimiter = "\t" if name.endswith(".tsv") else ","
    if not lines or not lines[0].startswith("#"):
        raise LexiconError("the first line must name the columns after a #", where=f"{path}:1")
    columns = [c.strip() for c in lines[0].lstrip("#").split(delimiter)]
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        # most lines quote nothing, and a csv.reader for each of them would take ten times as long
        fields = (
            next(csv.reader(io.StringIO(line), delimiter=delimiter)) if '"' in line else line.split(delimiter)
        )
        if len(fields) != len(columns):
            raise LexiconError(
                f"{len(fields)} fields instead of {len(columns)} ({', '.join(columns)})",
                where=f"{path}:{number}",
            )
        rows.append(Named(zip(columns, (f.strip() for f in fields), strict=True), f"{path}:{number}"))
    return tuple(rows)


@functools.cache
def word_classes(name: str) -> Named[frozenset[str]]:
    """Return the words of each class in a table of models/ whose rows are a class and its words.

    Raises LexiconError, with both lines, for a class that is written twice, and when a class is asked for that is not there.
    """
    lines: dict[str, str] = {}
    for row in table(name):
        if earlier := lines.get(row["class"]):
            hint = f"put its words into {earlier}"
            raise LexiconError(f"the class {row['class']} is written twice", where=row.where, hint=hint)
        lines[row["class"]] = row.where
    words_of = ((row["class"], frozenset(row["words"].split())) for row in table(name))
    return Named(words_of, str(model_path(name)))


@functools.cache
def word_class(name: str, of: str) -> frozenset[str]:
    """Return one class of a table of models/ whose rows are a class and its words."""
    return word_classes(name)[of]


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """Return the lines of a word list of models/ (.txt), comments and blank lines left out."""
    lines = _text_of(model_path(name)).splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def any_of(name: str, patterns: Iterable[str], led_by: str = "") -> re.Pattern[str]:
    """Return a pattern for what any of these regular expressions of a file of models/ matches; `led_by` stands before all.

    Raises LexiconError, with the line, for the first that is no regular expression.

    >>> any_of("furniture.tsv", [row["pattern"] for row in table("furniture.tsv")]).fullmatch("责任编辑：王小明").group()
    '责任编辑：王小明'
    """
    patterns = tuple(patterns)
    together = f"{led_by}(?:{'|'.join(f'(?:{pattern})' for pattern in patterns)})"
    try:
        return compiled_once(
            together if led_by or len(patterns) != 1 else patterns[0]
        )  # (?i) leads a pattern
    except re.error:
        for pattern in patterns:
            _check_pattern(model_path(name), pattern)
        raise


def _check_pattern(path: Path, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        numbered = enumerate(_text_of(path).splitlines(), start=1)
        number = next((number for number, line in numbered if line.split("\t")[-1].strip() == pattern), "?")
        what = f"{pattern!r} is no regular expression ({error})"
        raise LexiconError(what, where=f"{path}:{number}") from error


@functools.cache
def document(name: str) -> dict[str, Any]:
    """Return a TOML file of models/; raises LexiconError with the parser's line when it is malformed."""
    path = model_path(name)
    try:
        return Named(tomllib.loads(_text_of(path)).items(), str(path))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(str(error), where=str(path)) from error


def own_toml(path: Path, refusal: type[PipelineError] = LexiconError) -> dict[str, Any]:
    """Return a TOML file that a user has written; raises `refusal` where there is none or it cannot be read."""
    try:
        return tomllib.loads(_text_of(path, refusal))
    except FileNotFoundError as error:
        raise refusal("there is no such file", where=str(path)) from error
    except IsADirectoryError as error:
        raise refusal("this is a folder", where=str(path), hint="name a TOML file") from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise refusal(f"cannot be read as TOML ({error})", where=str(path)) from error
