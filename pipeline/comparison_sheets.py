"""A comparison as a sheet that a person can read: behind the id of a document its name, behind those of quantities their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.columns import Column
from pipeline.compare import COMPARISON_COLUMNS, COMPARISON_TITLES, documents_in_groups
from pipeline.naming import document_names
from pipeline.spreadsheets import frame_rows
from pipeline.workbook import Sheet

if TYPE_CHECKING:
    import pandas as pd

_OF_DOCUMENTS = frozenset(
    ("doc_id", "doc_id_a", "doc_id_b", "target_doc_id", "result_doc_id", "first_doc_id", "other_doc_id", "first")
)  # fmt: skip
_OF_QUANTITIES = frozenset(
    ("quantity_ids", "other_ids", "target_ids", "result_ids", "revised_ids", "implied_ids", "reference_id")
)
_TOLD_AS = {"document_name": "name", "quoted": "text"}  # behind the name of the id's own column
_QUOTED = 3  # rows whose words stand in a cell


@dataclass(frozen=True, slots=True)
class Words:
    """What ids stand for: names of documents, words of quantities."""

    documents: Mapping[str, str]
    quantities: Mapping[str, str]

    def of(self, column: str, value: Any) -> str | None:
        """Return what a person reads for the ids in a cell; None where there is nothing to read."""
        if value is None:
            return None
        if column in _OF_DOCUMENTS:
            return self.documents.get(value)
        ids: Iterable[str] = [value] if isinstance(value, str) else value
        known = [self.quantities[one] for one in ids if one in self.quantities]
        return "；".join(dict.fromkeys(known[:_QUOTED])) or None


def words_of(tables: Mapping[str, pd.DataFrame]) -> Words:
    """Return the words of a run's ids."""
    documents, quantities = tables["documents"], tables["quantities"]
    groups = documents_in_groups(documents, "document", quantities)
    dated = groups[groups["year"].notna()]
    years = {str(doc): int(year) for doc, year in zip(dated["doc_id"], dated["year"], strict=True)}
    read = documents[documents["status"].eq("ok")]
    return Words(
        dict(zip(read["doc_id"], document_names(read, years), strict=True)),
        dict(zip(quantities["quantity_id"], quantities["text"], strict=True)),
    )


def comparison_sheet(name: str, frame: pd.DataFrame, words: Words) -> Sheet:
    """Return a comparison as a sheet, what its ids stand for behind them."""
    declared = COMPARISON_COLUMNS[name]
    columns: list[Column] = []
    for column in declared:
        columns.append(column)
        if column.name in _OF_DOCUMENTS:
            columns.append(Column("document_name", "string", f"{column.chinese}（名称）"))
        elif column.name in _OF_QUANTITIES:
            columns.append(Column("quoted", "string", f"{column.chinese}（原文）"))
    rows = _told(frame_rows(frame[[c.name for c in declared]]), declared, words)
    return Sheet(name, COMPARISON_TITLES[name], tuple(columns), rows, len(frame))


def told_frame(name: str, frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return a comparison with what its ids stand for behind them: `first_doc_id_name`, `target_ids_text`."""
    import pandas as pd

    sheet = comparison_sheet(name, frame, words)
    told = frame[[c.name for c in COMPARISON_COLUMNS[name]]].copy()
    for place, column in enumerate(sheet.columns):
        if column.name in _TOLD_AS:
            of = sheet.columns[place - 1].name
            cells = [words.of(of, cell) for (cell,) in frame_rows(told[[of]])]
            told.insert(place, f"{of}_{_TOLD_AS[column.name]}", pd.Series(cells, told.index, dtype="object"))
    return told


def _told(
    rows: Iterable[tuple[Any, ...]], columns: Sequence[Column], words: Words
) -> Iterator[tuple[Any, ...]]:
    is_told = [column.name in _OF_DOCUMENTS | _OF_QUANTITIES for column in columns]
    for row in rows:
        told: list[Any] = []
        for column, value, tells in zip(columns, row, is_told, strict=True):
            told += [value, words.of(column.name, value)] if tells else [value]
        yield tuple(told)
