"""What a run did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.exports import Unwritten
from pipeline.database import open_database


@dataclass(slots=True)
class Summary:
    """What a run did: documents by status, rows by table, documents by kind of damage, seconds, bytes.

    Like the rows, damage is counted in the documents whose rows are there, not in copies of them.
    `n_reused`: documents whose result an earlier run had kept; `n_texts_reused`: those of which it had kept the text
    alone, because the rules of extraction are others now.
    """

    out: Path
    statuses: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    damage: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)  # the first few: source, error
    n_reused: int = 0
    n_texts_reused: int = 0
    rewritten: tuple[str, ...] = ()  # formats that an earlier run had written, written anew unasked
    unwritten: tuple[Unwritten, ...] = ()  # CSV files and the workbook that could not be written
    n_bytes: int = 0
    seconds: float = 0.0

    @property
    def n_failures(self) -> int:
        """Inputs that could not be read."""
        return self.statuses["failed"]


def damage_met(out: Path) -> Counter[str]:
    """Return in how many documents of a run each kind of damage was met; copies are not counted again."""
    kinds = "SELECT unnest(damage) AS kind FROM documents WHERE status = 'ok'"
    with open_database(out, ("documents",)) as connection:
        return Counter(
            dict(connection.execute(f"SELECT kind, count(*) FROM ({kinds}) GROUP BY kind").fetchall())  # noqa: S608
        )
