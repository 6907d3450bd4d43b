"""Tables of a run compared: each question one function, tables in, one declared frame out.

    import pipeline
    from pipeline import compare

    tables = pipeline.load("out")
    compare.compare_indicators(tables, by="county")

Every number leads to rows by their ids, and through them to offsets in the text. What the columns mean is in docs/compare.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import pandas as pd

from pipeline.compare.agreement import cohen_kappa, compare_coders
from pipeline.compare.cited_papers import compare_cited_papers
from pipeline.compare.collocations import compare_collocations
from pipeline.compare.columns import COMPARISON_COLUMNS, COMPARISON_TITLES
from pipeline.compare.cowords import compare_cowords
from pipeline.compare.frames import Tables
from pipeline.compare.groups import BY, documents_in_groups
from pipeline.compare.indicators import compare_indicators
from pipeline.compare.instruments import compare_instruments, wilson_interval
from pipeline.compare.keyness import compare_words
from pipeline.compare.measures import compare_measures
from pipeline.compare.pmc import compare_pmc, compare_pmc_parts, compare_pmc_scores, compare_pmc_surface
from pipeline.compare.promises import compare_promises
from pipeline.compare.reuse import compare_reuse
from pipeline.compare.similarity import compare_texts, order_texts
from pipeline.compare.slogans import compare_slogan_families, compare_slogan_members, compare_slogans
from pipeline.compare.topics import compare_topic_shares, compare_topics, compare_topics_and_shares
from pipeline.errors import ComparisonError

__all__ = [
    "BY",
    "COMPARISONS",
    "COMPARISON_COLUMNS",
    "COMPARISON_TITLES",
    "cohen_kappa",
    "compare_all",
    "compare_cited_papers",
    "compare_coders",
    "compare_collocations",
    "compare_cowords",
    "compare_indicators",
    "compare_instruments",
    "compare_measures",
    "compare_pmc",
    "compare_pmc_parts",
    "compare_pmc_scores",
    "compare_pmc_surface",
    "compare_promises",
    "compare_reuse",
    "compare_slogan_families",
    "compare_slogan_members",
    "compare_slogans",
    "compare_texts",
    "compare_topic_shares",
    "compare_topics",
    "compare_topics_and_shares",
    "compare_words",
    "documents_in_groups",
    "order_texts",
    "wilson_interval",
]

# the frames each function gives; a new comparison is one file, one line here, its columns in columns.py
COMPARISONS: tuple[tuple[tuple[str, ...], Callable[..., Any]], ...] = (
    (("indicators",), compare_indicators),
    (("promises",), compare_promises),
    (("slogan_uses",), compare_slogans),
    (("slogan_members",), compare_slogan_members),
    (("slogan_families",), compare_slogan_families),
    (("cited_papers",), compare_cited_papers),
    (("instruments",), compare_instruments),
    (("measure_matches",), compare_measures),
    (("similarity",), compare_texts),
    (("similarity_order",), order_texts),
    (("reuse",), compare_reuse),
    (("keyness",), compare_words),
    (("collocations",), compare_collocations),
    (("cowords",), compare_cowords),
    (("topics", "topic_shares"), compare_topics_and_shares),
    (("pmc_scores", "pmc", "pmc_surface"), compare_pmc_parts),
)


def compare_all(
    tables: Tables, by: str = "county", *, reference: str | None = None, only: Collection[str] = ()
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield (name, frame) of every comparison, or of those named in `only`.

    Raises ComparisonError for an unknown `by` or name, with the known ones.
    """
    if by not in BY:
        raise ComparisonError(f"cannot compare by {by!r}", hint=f"known: {', '.join(BY)}")
    known = [name for names, _ in COMPARISONS for name in names]
    if unknown := sorted(set(only) - set(known)):
        raise ComparisonError(
            f"no comparison is called {', '.join(unknown)}", hint=f"known: {', '.join(known)}"
        )
    for names, function in COMPARISONS:
        if only and not set(names) & set(only):
            continue
        options = {"reference": reference} if names == ("indicators",) else {}
        found = function(tables, by, **options)
        frames = found if isinstance(found, tuple) else (found,)
        yield from ((n, f) for n, f in zip(names, frames, strict=True) if not only or n in only)
