"""Pages kept as rows of a Parquet file, as big crawls are handed round and cluster jobs leave them.

Each row is an input. Nothing is believed of its size: a file may give no more bytes and rows than an archive may.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import Settings
from pipeline.sources.members import Allowance, too_many, used_up
from pipeline.sources.tables.columns import PAGE_NAMES, columns_of
from pipeline.sources.tables.rows import row_page

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
        yield Failure(
            source,
            "sources",
            f"this is no Parquet file, or a broken one ({error}) — fetch or write it again; what stands before the damage was read",
        )


def _rows(
    stream: IO[bytes], source: str, settings: Settings, allowance: Allowance
) -> Iterator[RawFile | Failure]:
    import pyarrow.parquet as pq

    names = [name for name in pq.read_schema(stream).names if isinstance(name, str)]
    columns = columns_of(names)
    if columns is None:
        letter = f"no column of this Parquet file is called {', '.join(PAGE_NAMES)} — rename the one that holds the pages"
        yield Failure(source, "sources", letter)
        return
    wanted = list(
        dict.fromkeys(filter(None, (*columns.pages, columns.url, columns.name, *columns.facts.values())))
    )
    # as a dictionary, a page that stands in a million rows is in memory once
    with pq.ParquetFile(stream, read_dictionary=list(columns.pages)) as file:
        n_rows, number = file.metadata.num_rows, 0
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=wanted, use_threads=False):
            cells = [batch.column(name) for name in wanted]
            for values in zip(*cells, strict=True):
                if allowance.n_members <= 0:
                    yield too_many(source, f"{n_rows - number:,} of its {n_rows:,}", settings)
                    return
                allowance.n_members -= 1
                row = {name: value.as_py() for name, value in zip(wanted, values, strict=True)}
                yield _page(row_page(row, number, columns, source, settings), allowance)
                number += 1
        if not number:
            yield Failure(source, "sources", "this Parquet file holds no row", status="empty")


def _page(page: RawFile | Failure, allowance: Allowance) -> RawFile | Failure:
    if isinstance(page, Failure):
        return page
    if len(page.raw) > allowance.n_bytes:
        return used_up(page.source)
    allowance.n_bytes -= len(page.raw)
    return page
