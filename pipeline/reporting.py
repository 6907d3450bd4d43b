"""A run's folder in, one HTML report out: tables read, compared, and put into a page that opens offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.columns import TABLES
from pipeline.compare import BY, COMPARISONS, compare_all, compare_pmc_parts
from pipeline.compare.groups import documents_in_groups
from pipeline.errors import ComparisonError, SourceError
from pipeline.query import chosen_tables
from pipeline.replacing import replacing
from pipeline.report import build_report
from pipeline.written import note_written

if TYPE_CHECKING:
    from pipeline.report import Report

# no chart shows these, and they are the slow ones on a large run
_NOT_SHOWN = frozenset({"measure_matches", "collocations", "cowords", "slogan_families", "cited_papers"})
_SCORED = ("pmc_scores", "pmc", "pmc_surface")
SHOWN = tuple(name for names, _ in COMPARISONS for name in names if name not in _NOT_SHOWN)


def write_report(
    run: str | Path,
    out: str | Path,
    *,
    by: str = "county",
    where: str | None = None,
    codebook: str | Path | None = None,
) -> Report:
    """Compare the documents of a run, write the report as the file `out`, and return it.

    `where` is a DuckDB condition that chooses documents; `codebook` is a TOML file for the PMC index instead of models/pmc.toml.
    The file is put in place only when it is whole. A comparison that the run is too small for is an empty section. Raises
    SourceError when `run` holds no run, `where` chooses no document or `out` is a folder or no .html, ComparisonError for an unknown `by` or a
    codebook that says something unknown, LexiconError for one that is no TOML.
    """
    path = Path(out)
    if path.is_dir():
        raise SourceError(
            "--out names a folder", where=str(path), hint=f"name a file: {path / 'report.html'}"
        )
    if path.suffix.lower() not in (".html", ".htm"):
        raise SourceError(
            "a report is a .html file", where=str(path), hint=f"say {path.with_suffix('.html')}"
        )
    if by not in BY:
        raise ComparisonError(f"cannot compare by {by!r}", hint=f"known: {', '.join(BY)}")
    tables = chosen_tables(run, list(TABLES), where)
    scores = compare_pmc_parts(tables, by, codebook)  # first: a codebook that is wrong is told at once
    frames = dict(compare_all(tables, by, only=[name for name in SHOWN if name not in _SCORED]))
    frames |= dict(zip(_SCORED, scores, strict=True))
    groups = documents_in_groups(tables["documents"], by, tables["quantities"])
    report = build_report(tables, frames, groups, by=by, codebook=codebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with replacing(path) as temporary:
            temporary.write_text(report.html, encoding="utf-8", newline="\n")
        note_written(path.parent, [path.name])
    except OSError as error:
        raise SourceError(f"the report cannot be written: {error.strerror}", where=str(path)) from error
    return report
