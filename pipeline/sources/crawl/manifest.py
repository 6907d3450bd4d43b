"""manifest.jsonl: one line for every answer of a crawl, made from the WARC files, for people and other programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.records import id_of_digest
from pipeline.sources.crawl.warc_index import DOCUMENT_KINDS
from pipeline.sources.crawl.warc_scan import Capture

MANIFEST = "manifest.jsonl"


def write_manifest(folder: Path, captures: Iterable[Capture]) -> None:
    """Write the manifest as the WARC files tell it."""
    temporary = folder / f".{MANIFEST}"
    with temporary.open("w", encoding="utf-8") as stream:
        stream.writelines(map(_line, captures))
    os.replace(temporary, folder / MANIFEST)


def add_to_manifest(folder: Path, capture: Capture) -> None:
    """Add the line of one capture."""
    with (folder / MANIFEST).open("a", encoding="utf-8") as stream:
        stream.write(_line(capture))


def _line(capture: Capture) -> str:
    """Return the line of one capture; empty fields are left out."""
    row: dict[str, Any] = {name: value for name, value in asdict(capture).items() if value not in ("", False)}
    if capture.digest and capture.status == 200 and capture.kind in DOCUMENT_KINDS:
        row["doc_id"] = id_of_digest(capture.digest.removeprefix("sha256:"))
    return json.dumps(row, ensure_ascii=False) + "\n"
