"""A row of a table of pages -> an input: the page, its address, and what other columns say of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Failure
from pipeline.lazy_re import lazy_re
from pipeline.records import PageFacts, RawFile
from pipeline.settings import Settings
from pipeline.sources.files import too_large
from pipeline.sources.tables.columns import MARKUP_RE, Columns, page_of

DATE_RE = lazy_re(r"(?P<year>(?:19|20)\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})")
COMPACT_RE = lazy_re(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:\d{6})?")
ADDRESS_RE = lazy_re(r"https?://\S{1,4000}")
FILE_RE = lazy_re(r"[^.]\.[A-Za-z0-9]{2,6}$")  # a.html
WHOLE_PAGE_RE = lazy_re(r"\s{0,999}<(?:!doctype|html|\?xml)", re.IGNORECASE)
HALF_RE = lazy_re(r"[\ud800-\udc7f\udd00-\udfff]")  # those between stand for bytes that could not be read
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_EPOCHS = {10: 1, 13: 1000}  # digits of a moment in seconds, in milliseconds
_LONGEST_FACT = 300
_LONGEST_NAME = 400
_MOST_GROWTH = 4


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, with the letter that says so."""

    letter: str


def bounded(
    rows: Iterable[dict[str, Any] | BadRow], n_bytes: int, what: str, hint: str
) -> Iterator[dict[str, Any] | BadRow]:
    """Yield rows until they give more than a genuine table of so many bytes does: one text may stand for many cells."""
    most = _MOST_GROWTH * n_bytes
    for row in rows:
        values = row.values() if isinstance(row, dict) else ()
        most -= 1 + sum(len(value) for value in values if isinstance(value, str | bytes))
        if most < 0:
            yield BadRow(
                f"this {what} gives more than it holds: what is left was not read — {hint} if it is genuine"
            )
            return
        yield row


def row_page(
    row: Mapping[str, Any], number: int, columns: Columns, source: str, settings: Settings
) -> RawFile | Failure:
    """Return the page of a row, as `pages.csv!/https://…`, or by its number where it has neither address nor name."""
    url = _text(row, columns.url, _LONGEST_NAME * 10)
    url = url if url and ADDRESS_RE.fullmatch(url) else None
    place = _text(row, columns.facts.get("outlet"), _LONGEST_NAME * 10) or ""
    name = place if _is_place(place) else url or _text(row, columns.name, _LONGEST_NAME) or number
    inner = f"{source}!/{name}"
    page = page_of(row, columns)
    if not page and (
        odd := next((v for n in columns.pages if (v := row.get(n)) not in (None, "", b"")), None)
    ):
        kind = type(odd).__name__
        if not isinstance(odd, str | bytes):
            return Failure(
                inner,
                "sources",
                f"this row holds no page but a value of type {kind} — see which column holds the pages",
            )
    raw = page if isinstance(page, bytes) else _encoded(_framed(page))
    if len(raw) > settings.max_bytes:
        return too_large(inner, len(raw), settings)
    charset = "utf-8" if isinstance(page, str) else None
    return RawFile(inner, raw, url=url, charset=charset, told=_facts(row, columns))


def _is_place(source: str) -> bool:
    """Tell a `source` that says where a page came from, a file or an address, from one that names who published it."""
    return "/" in source or FILE_RE.search(source) is not None


def _framed(page: str) -> str:
    """Return a piece of markup as a page: with two tags in it, it would be taken for a text that speaks of tags."""
    is_piece = MARKUP_RE.search(page[:2000]) is not None and not WHOLE_PAGE_RE.match(page)
    return f"<html><body>{page}</body></html>" if is_piece else page


def _encoded(page: str) -> bytes:
    """Return a page in UTF-8; half of a pair, as a cut through an emoji leaves it in JSON, is no character."""
    return HALF_RE.sub("\ufffd", page).encode("utf-8", "surrogateescape")


def _facts(row: Mapping[str, Any], columns: Columns) -> PageFacts | None:
    told = {}
    for fact, name in columns.facts.items():
        value = row.get(name)
        text = day_of(value) if fact.endswith("date") else _text(row, name, _LONGEST_FACT)
        if text and not (fact == "outlet" and _is_place(text)):
            told[fact] = text
    return PageFacts(**told) if told else None


def _text(row: Mapping[str, Any], name: str | None, longest: int) -> str | None:
    """Return what stands in a column as one line without what no name holds, None for nothing."""
    value = row.get(name) if name is not None else None
    if not isinstance(value, str | int):
        return None
    line = " ".join(str(value)[:longest].split())
    return line.encode("utf-8", "replace").decode() or None


def day_of(value: Any) -> str | None:
    """Return the day of a date as tables give it, in words, digits or seconds, or None.

    >>> day_of("2025年3月1日 10:20"), day_of("2025/03/01"), day_of(1740787200), day_of("近日")
    ('2025-03-01', '2025-03-01', '2025-03-01', None)
    """
    text = str(value).strip()[:40] if isinstance(value, str | int | datetime.date) else ""
    if text.isascii() and text.isdigit() and len(text) in _EPOCHS:
        return str(datetime.datetime.fromtimestamp(int(text) / _EPOCHS[len(text)], tz=_CHINA).date())
    match = DATE_RE.match(text) or COMPACT_RE.fullmatch(text)
    if match is None:
        return None
    try:
        return str(datetime.date(*(int(match[part]) for part in ("year", "month", "day"))))
    except ValueError:
        return None
