"""One error family: what went wrong, where, and what to try."""

from __future__ import annotations

from dataclasses import dataclass


class PipelineError(Exception):
    """A failure that belongs to one input or one request, told as a letter to the user."""

    stage = "pipeline"

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
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


class EmptyPageError(PageError):
    """A page that was read without trouble and holds no text."""


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


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a table row: the input, the stage that gave up, the letter, and the status of the row.

    The status is `empty` for what was opened well and holds nothing to read.
    """

    source: str
    stage: str
    message: str
    status: str = "failed"
