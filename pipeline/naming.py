"""What a document is called in a list: its title, else place, year and kind, else its file; equal names are told apart.

A path of the machine that read it is no name: it says nothing to a reader, and more than the owner of the machine may like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.lazy_re import lazy_re

if TYPE_CHECKING:
    import pandas as pd

UNTITLED = "（无标题）"
_PLAIN_KIND = "文件"  # what a document of no known kind is
_YEAR_RE = lazy_re(r"(?:19|20)\d{2}(?=-)")  # of an ISO date
_PLACES = ("county", "city", "province")


def document_name(
    title: str | None,
    *,
    place: str | None = None,
    year: int | str | None = None,
    doc_type: str | None = None,
    source: str | None = None,
) -> str:
    """Return what a document is called: its title, else place, year and kind, else the name of its file.

    >>> document_name("旬邑县推动义务教育优质均衡发展", place="旬邑县")
    '旬邑县推动义务教育优质均衡发展'
    >>> document_name(None, place="容城县", year=2012, doc_type="工作报告")
    '容城县 2012 工作报告'
    >>> document_name(None, source="/home/me/pages/130629_容城_2012.txt")
    '130629_容城_2012.txt'

    A document without any of these is （无标题）.
    """
    if title:
        return title
    if place:
        kind = _PLAIN_KIND if doc_type in (None, "", "其他") else str(doc_type)
        return " ".join(str(part) for part in (place, year, kind) if part)
    return file_name(source) or UNTITLED


def document_names(documents: pd.DataFrame, years: Mapping[str, int] | None = None) -> list[str]:
    """Return the names of the rows of `documents`, no two of them equal.

    Equal ones get their place, year, file and folder behind them, as far as these tell them apart: 政府工作报告（清苑县 2003）.
    `years` holds years by doc_id; without one the year is that of publish_date.

    >>> import pandas as pd
    >>> document_names(pd.DataFrame({
    ...     "title": ["政府工作报告"] * 3, "county": ["清苑县", "清苑县", "容城县"], "publish_date": ["2003-04-07", "2005-02-26", "2005-03-01"],
    ... }))
    ['政府工作报告（清苑县 2003）', '政府工作报告（清苑县 2005）', '政府工作报告（容城县）']
    """
    rows = documents.to_dict("records")
    places, dates = [place_of(row) for row in rows], [year_of(row, years) for row in rows]
    sources = [_text(row.get("source")) for row in rows]
    names = [
        document_name(_text(row.get("title")), place=p, year=y, doc_type=_text(row.get("doc_type")), source=s)
        for row, p, y, s in zip(rows, places, dates, sources, strict=True)
    ]
    return told_apart(
        names, places, dates, [file_name(s) for s in sources], [file_name(s, 2) for s in sources]
    )


def place_of(row: Mapping[Any, Any]) -> str:
    """Return the lowest place that a row of `documents` names."""
    return next((name for level in _PLACES if (name := _text(row.get(level)))), "")


def year_of(row: Mapping[Any, Any], years: Mapping[str, int] | None = None) -> str:
    """Return the year of a row of `documents`: the one given for its doc_id, else that of its publish_date."""
    given = (years or {}).get(row.get("doc_id"))  # type: ignore[arg-type]
    found = _YEAR_RE.match(_text(row.get("publish_date")))
    return str(given) if given is not None else found.group() if found else ""


def file_name(source: str | None, n_parts: int = 1) -> str:
    """Return the last part of a path or address, or the last few.

    >>> file_name("site.warc.gz!/https://www.liucheng.gov.cn/art/21_345.html")
    '21_345.html'
    >>> file_name("C:\\\\pages\\\\2020\\\\a.txt", 2)
    '2020/a.txt'
    """
    parts = [part for part in re.split(r"[/\\]", source or "") if part not in ("", ".", "..")]
    return "/".join(parts[-n_parts:])


def told_apart(names: Sequence[str], *clues: Sequence[str]) -> list[str]:
    """Return names of which no two are equal: equal ones get the clues that differ between them, else a number.

    >>> told_apart(["政府工作报告"] * 3, ["清苑县", "清苑县", "涞水县"], ["2003", "2005", "2010"])
    ['政府工作报告（清苑县 2003）', '政府工作报告（清苑县 2005）', '政府工作报告（涞水县）']
    """
    behind: list[tuple[str, ...]] = [()] * len(names)
    for clue in clues:
        for alike in _alike(zip(names, behind, strict=True)):
            if len({clue[i] for i in alike}) > 1:
                for i in alike:
                    behind[i] = (*behind[i], clue[i]) if clue[i] else behind[i]
    for alike in _alike(zip(names, behind, strict=True)):
        for number, i in enumerate(alike, start=1):
            behind[i] = (*behind[i], str(number))
    return [f"{name}（{' '.join(more)}）" if more else name for name, more in zip(names, behind, strict=True)]


def _alike(keys: Iterable[Any]) -> list[list[int]]:
    """The positions of every key that stands more than once."""
    found: dict[Any, list[int]] = {}
    for i, key in enumerate(keys):
        found.setdefault(key, []).append(i)
    return [positions for positions in found.values() if len(positions) > 1]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
