"""One error family: what went wrong, where, and what to try."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass

_LONGEST_BUG = 400  # characters


class PipelineError(Exception):
    """A failure that belongs to one input or one request, told as a letter to the user."""

    stage = "pipeline"
    advice: str | None = None  # what to try, where nothing better is known

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        hint = self.advice if hint is None else hint
        self.what, self.where, self.hint = what, where, hint
        super().__init__("".join((f"{where}: " if where else "", what, f" — {hint}" if hint else "")))


class SourceError(PipelineError):
    """An input that cannot be found or opened."""

    stage = "sources"


class DecodeError(PipelineError):
    """Bytes that are not text in any encoding known here."""

    stage = "decode"


class PageError(PipelineError):
    """A page whose format is unknown, broken, or holds no text."""

    stage = "pages"
    advice = "open it in its own program and save it again, or fetch it anew"


class EmptyPageError(PageError):
    """A page that was read without trouble and holds no text."""

    advice = "see in a browser whether its text comes by a script or stands in pictures"


class LexiconError(PipelineError):
    """A file in models/ that does not say what it should."""

    stage = "lexicon"


class SettingsError(PipelineError):
    """A settings file with an unknown name or an impossible value."""

    stage = "settings"


class ComparisonError(PipelineError):
    """A comparison that is asked for something the tables or models do not hold."""

    stage = "compare"


class ExtractorError(PipelineError):
    """An extractor of the user's own that was declared wrongly, or failed."""

    stage = "extract"


class PlottingError(PipelineError):
    """A figure that cannot be drawn: matplotlib or a Chinese font is missing."""

    stage = "plotting"


class NotANumberError(PipelineError, ValueError):
    """Text that was given as a number and is none."""

    stage = "numerals"


def bug_letter(error: BaseException) -> str:
    """Return the letter for an error that nobody foresaw: a bug of ours costs one document, and says where to look."""
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" in {os.path.basename(one.filename)}:{one.lineno} {one.name}" for one in frame)
    told = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_BUG]
    return f"internal error{place}: {told}"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a table row: the input, the stage that gave up, the letter, and the status of the row.

    The status is `empty` for what was opened well and holds nothing to read.
    """

    source: str
    stage: str
    message: str
    status: str = "failed"
