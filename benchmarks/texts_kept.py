"""What a run costs over pages read before: texts_kept.py [FOLDER …]

FOLDER (default: corpus/, and ../shared/corpora's county_reports and state_council_html where they are) holds pages. For each, CPU seconds of
three runs with one worker: everything read; the same with other rules of extraction, so that only the texts that the first run kept are
used; and once more with the same rules, when nothing is missing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import pipeline  # noqa: E402
from pipeline.batch import keys  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

SHARED = ROOT.parent / "shared" / "corpora"
ALONE = Settings(workers=1)


def measured(pages: Path) -> None:
    """Print the seconds of the three runs."""
    seconds = []
    with tempfile.TemporaryDirectory() as work:
        for rules in ("the old ones", "the new ones", "the new ones"):
            with mock.patch.object(keys, "rules_version", lambda rules=rules: rules):
                started = time.process_time()
                pipeline.run(pages, work, settings=ALONE)
                seconds.append(time.process_time() - started)
    read, again, kept = seconds
    print(
        f"{pages.name:20} read {read:6.2f} s   texts kept {again:6.2f} s ({again / read:.2f} of it)"
        f"   results kept {kept:6.2f} s ({kept / read:.2f})"
    )


def main() -> None:
    """Measure every folder, dictionaries and models loaded before."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = [ROOT / "corpus", SHARED / "county_reports", SHARED / "state_council_html"]
    parser.add_argument("folders", nargs="*", type=Path, default=[path for path in default if path.is_dir()])
    folders = parser.parse_args().folders
    for pages in folders:
        with tempfile.TemporaryDirectory() as work:
            pipeline.run(pages, work, settings=ALONE)
    for pages in folders:
        measured(pages)


if __name__ == "__main__":
    main()
