"""Frames -> CSV and Excel, for a person to open; no cell is one that a spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.columns import CHINESE_TITLES, Column, known_columns
from pipeline.replacing import replacing
from pipeline.workbook import Sheet, write_workbook

if TYPE_CHECKING:
    import pandas as pd

_FORMULA_STARTS = tuple("=+-@\t\n＝＋－＠")  # Excel takes the wide ones too
# what a column of comparators holds; a lone = is no formula, Excel and LibreOffice keep it as text
_COMPARATORS = frozenset(("=", "~", ">", ">=", "<", "<=", "range"))
FORMATS = ("csv", "xlsx")  # that may be written beside Parquet


def _for_spreadsheet(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; lists become one string.

    A carriage return, which csv quotes since Python 3.13 alone, would end the row: what stands behind it were a cell.
    """
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        return "'" + value if value.startswith(_FORMULA_STARTS) else value
    if value is not None and not isinstance(value, int | float) and hasattr(value, "__iter__"):
        return _for_spreadsheet("；".join(map(str, value)))
    return value


def _comparator_for_spreadsheet(value: Any) -> Any:
    """A comparator as it stands; whatever else may have come into its column is guarded like any text."""
    return value if isinstance(value, str) and value in _COMPARATORS else _for_spreadsheet(value)


def known_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats asked for, each once.

    >>> known_formats(["xlsx", "xlsx"])
    ('xlsx',)

    Raises ValueError for one that is not known.
    """
    asked = tuple(dict.fromkeys(formats))
    for name in asked:
        if name not in FORMATS:
            raise ValueError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    return asked


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as UTF-8 CSV with BOM, so that Excel opens Chinese; a leading = + - @ gets an apostrophe.

    Only the comparators of a column of comparators go without it, so that `comparator == "="` finds rows when the file is
    read again.
    """
    write_csv_pieces((frame,), path)


def write_csv_pieces(frames: Iterable[pd.DataFrame], path: Path) -> None:
    """Write frames of the same columns one below the other, as `write_csv` does one; none of them need fit beside another."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        for number, frame in enumerate(frames):
            _guarded(frame).to_csv(file, index=False, header=number == 0)


def _guarded(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        **{
            str(name): column.map(
                _comparator_for_spreadsheet if str(name).endswith("comparator") else _for_spreadsheet,
                na_action="ignore",
            )
            for name, column in frame.items()
        }
    )


def frame_rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a frame with None for what is missing.

    >>> import pandas as pd
    >>> list(frame_rows(pd.DataFrame({"value": [95.0, None], "items": [["一岗双责"], None]})))
    [(95.0, ['一岗双责']), (None, None)]
    """
    import pandas as pd

    for row in frame.itertuples(index=False, name=None):
        yield tuple(None if pd.api.types.is_scalar(value) and pd.isna(value) else value for value in row)


def write_xlsx(name: str, frame: pd.DataFrame, path: Path) -> None:
    """Write rows of one table as a workbook with a sheet that explains its columns."""
    known = known_columns(name)
    columns = tuple(known.get(str(c), Column(str(c), "string", str(c))) for c in frame.columns)
    sheet = Sheet(name, CHINESE_TITLES.get(name, name), columns, frame_rows(frame), len(frame))
    write_workbook(path, [sheet], guide=[sheet])
