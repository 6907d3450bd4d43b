"""Pages kept as rows of a Parquet file, as big crawls are handed round and cluster jobs leave them.

Each row is an input. Nothing is believed of its size: a file may give no more bytes and rows than an archive may.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.files import too_large
from pipeline.sources.members import Allowance, too_many, used_up

PAGE_COLUMNS = ("raw", "html", "content", "body", "text")  # the first that is there holds the pages
NAME_COLUMNS = ("source", "url", "path", "name", "doc_id")  # likewise: what a row is called
_BATCH_ROWS = 64


def parquet_pages(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    """Yield the page of each row, in order, as `pages.parquet!/name`, or `pages.parquet!/12` where rows have no names.

    A column of text is taken as UTF-8, one of bytes as found; a row without a page is an empty input. A file that is damaged
    gives the rows before the damage and a Failure.
    """
    try:
        yield from _rows(stream, source, settings, allowance)
    except (OSError, ValueError, NotImplementedError) as error:  # pyarrow's errors are these
        yield Failure(source, "sources", f"this is no Parquet file, or a broken one ({error})")


def _rows(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    import pyarrow.parquet as pq

    names = pq.read_schema(stream).names
    page = next((name for name in PAGE_COLUMNS if name in names), None)
    if page is None:
        letter = f"no column of this Parquet file is called {', '.join(PAGE_COLUMNS)} — rename the one that holds the pages"
        yield Failure(source, "sources", letter)
        return
    name = next((name for name in NAME_COLUMNS if name in names), None)
    wanted = [page] if name is None else [page, name]
    # as a dictionary, a page that stands in a million rows is in memory once
    with pq.ParquetFile(stream, read_dictionary=[page]) as file:
        n_rows, number = file.metadata.num_rows, 0
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=wanted, use_threads=False):
            called = batch.column(name) if name is not None else range(number, number + batch.num_rows)
            for value, label in zip(batch.column(page), called, strict=True):
                if allowance.n_members <= 0:
                    yield too_many(source, f"{n_rows - number:,} of its {n_rows:,}", settings)
                    return
                allowance.n_members -= 1
                yield _page(value.as_py(), str(label), source, settings, allowance, is_url=name == "url")
                number += 1


def _page(
    value: Any, label: str, source: str, settings: Settings, allowance: Allowance, *, is_url: bool
) -> RawFile | Failure:
    inner = f"{source}!/{label}"
    if value is not None and not isinstance(value, str | bytes):
        return Failure(inner, "sources", f"this row holds no page but a value of type {type(value).__name__}")
    raw = value.encode("utf-8", "replace") if isinstance(value, str) else value or b""
    if len(raw) > settings.max_bytes:
        return too_large(inner, len(raw), settings)
    if len(raw) > allowance.n_bytes:
        return used_up(inner)
    allowance.n_bytes -= len(raw)
    charset = "utf-8" if isinstance(value, str) else None
    return RawFile(inner, raw, url=label if is_url else None, charset=charset)
