"""Writes the tables of models/ that are made from other data, so that the first document need not wait: build_tables.py

models/simplify_tables.json  which characters are traditional, simplified, or hang on the word; from OpenCC's dictionaries
models/signs.npz             the pairs of characters that are signs of damage; from the rules in pipeline/repair/sign_rules.py

Both are only faster than what they are made from: where a rule or the supplement has changed since, the tables are made
anew at run time, and tests/test_stored_tables.py asks for this script.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.repair import sign_rules  # noqa: E402
from pipeline.simplify import tables  # noqa: E402


def main() -> None:
    """Write both files."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    models = ROOT / "models"
    text = json.dumps(tables.build(), ensure_ascii=False, indent=1)
    (models / tables.STORED).write_text(text + "\n", encoding="utf-8")
    with (models / sign_rules.STORED).open("wb") as file:
        np.savez_compressed(file, **sign_rules.build())
    for name in (tables.STORED, sign_rules.STORED):
        print(f"models/{name}: {(models / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
