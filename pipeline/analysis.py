"""What became of one input: its analysis, or the row that says why there is none."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.errors import EmptyPageError, Failure, LexiconError, PipelineError, bug_letter
from pipeline.records import DocumentRow, Extractions, RawFile, Reading, Repair, document_id


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one input gave: its row of `documents` and, when it was read, text, extractions and ledger."""

    row: DocumentRow
    reading: Reading | None = None
    found: Extractions = field(default_factory=Extractions)
    repairs: tuple[Repair, ...] = ()


def guarded(row: DocumentRow, analyse: Callable[[], Analysis]) -> Analysis:
    """Return what an analysis gives; when it fails, the row with the status and the error.

    What no document is to blame for, and would make a failure of each, is raised: it must not take the place of good tables.
    """
    try:
        return analyse()
    except (LexiconError, OSError):  # a mistake in models/; a full disk, no more files
        raise
    except EmptyPageError as error:
        return Analysis(dataclasses.replace(row, status="empty", error=_one_line(str(error))))
    except PipelineError as error:
        letter = f"{error.stage}: {error}"
    except MemoryError:
        letter = (
            "pages: analysing it takes more memory than there is — raise memory_per_document if it is genuine"
        )
    except Exception as error:
        letter = f"pipeline: {bug_letter(error)} — report this line; the others are not touched by it"
    return Analysis(dataclasses.replace(row, status="failed", error=_one_line(letter)))


def lost_input(file: RawFile) -> Analysis:
    """Return the analysis of an input over which the process that analysed it died."""
    message = "pipeline: the process that analysed it died: it crashed, or ran out of memory_per_document or seconds_per_document — raise them if it is genuine"
    return Analysis(DocumentRow(document_id(file.raw), file.source, status="failed", error=message))


def late(row: DocumentRow, seconds: int) -> Analysis:
    """Return the analysis of a document that was given up after so many seconds."""
    message = (
        f"pipeline: it was not read and analysed within {seconds} seconds"
        " — raise seconds_per_document if it is genuine"
    )
    return Analysis(dataclasses.replace(row, status="failed", error=message))


def failed_input(failure: Failure) -> Analysis:
    """Return the analysis of an input that could not even be opened."""
    return Analysis(
        DocumentRow(
            None,
            failure.source,
            status=failure.status,
            error=_one_line(f"{failure.stage}: {failure.message}"),
        )
    )


def _one_line(letter: str) -> str:
    """A letter as it stands in a cell: libraries, and names of files, put line ends into it."""
    return " ".join(letter.split())
