"""How time, memory and bytes of the report grow with the documents: synthetic tables, doubled.

    python benchmarks/report.py --largest 500

Comparing is not timed here (benchmarks/compare.py does that), putting the page together is. Every size runs in a process of
its own; the texts are invented, so that they pack worse than real ones do.
"""

from __future__ import annotations

import math
import resource
import time

from compare import synthetic_tables
from doublings import measured


def measure(n_documents: int) -> dict[str, float]:
    """Return seconds, peak megabytes, bytes and places of the report of one size."""
    from pipeline.compare import compare_all
    from pipeline.compare.groups import documents_in_groups
    from pipeline.report import build_report
    from pipeline.reporting import SHOWN

    tables = synthetic_tables(n_documents)
    started = time.process_time()
    frames = dict(compare_all(tables, "county", only=SHOWN))
    compared = time.process_time()
    groups = documents_in_groups(tables["documents"], "county", tables["quantities"])
    report = build_report(tables, frames, groups)
    return {
        "n": n_documents,
        "comparing": compared - started,
        "seconds": time.process_time() - compared,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bytes": len(report.html.encode()),
        "places": report.n_places,
        "whole": report.has_whole_texts,
    }


def main() -> None:
    """Run all sizes and print the table."""
    before = None
    for n, row in measured(__file__, __doc__, measure, largest=500):
        if before is None:
            print("documents   report s   comparing s   peak MB   page MB    places   texts")
        texts = "whole" if row["whole"] else "sentences"
        print(
            f"{n:9}{row['seconds']:11.1f}{row['comparing']:14.1f}{row['peak']:10.0f}{row['bytes'] / 1e6:10.2f}{row['places']:10,}   {texts}"
        )
        last, before = before, row
    if before and last:
        print(f"exponent of the last doubling: {math.log2(before['seconds'] / last['seconds']):.2f}")


if __name__ == "__main__":
    main()
