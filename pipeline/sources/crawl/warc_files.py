"""The WARC files that a crawl writes: one behind the other, each begun with a record of its own."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import IO

from pipeline.errors import SourceError
from pipeline.sources.crawl.warc_records import new_record_id, write_record


class WarcFiles:
    """The files of a crawl; a group of records stands in one of them whole, or not at all."""

    def __init__(self, folder: Path, *, crawl: str, agent: str, file_bytes: int) -> None:
        self._folder, self._crawl, self._agent, self._file_bytes = folder, crawl, agent, file_bytes
        self._stream: IO[bytes] | None = None
        self.name, self.warcinfo = "", ""  # of the file that is written to

    def ready(self) -> None:
        """Open the next file when there is none or the last one is full."""
        if self._stream is not None and self._stream.tell() < self._file_bytes:
            return
        if self._stream is not None:
            os.fsync(self._stream.fileno())
            self._stream.close()
        number = max((_number(path.name) for path in self._folder.glob("*.warc.gz")), default=0) + 1
        self.name = f"{self._folder.resolve().name}-{number:05}.warc.gz"
        self._stream = (self._folder / self.name).open("xb", buffering=0)
        self.warcinfo = new_record_id()
        fields = {"software": self._agent, "format": "WARC File Format 1.1", "isPartOf": self._crawl, "robots": "obey",
                  "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"}  # fmt: skip
        group = io.BytesIO()
        write_record(group, "warcinfo", "", self.warcinfo, fields=fields, extra={"WARC-Filename": self.name})
        self.append(group.getvalue())

    @property
    def offset(self) -> int:
        """Where in the file the next group will stand."""
        return self._stream.tell() if self._stream is not None else 0

    def append(self, group: bytes) -> None:
        """Write a group of records; raises SourceError where no file is open, OSError where it cannot be written whole."""
        if self._stream is None:
            raise SourceError("this store is not open", where=str(self._folder))
        start = self._stream.tell()
        try:
            rest = memoryview(group)
            while rest:
                rest = rest[self._stream.write(rest) :]
        except OSError:  # a full disk: nothing may follow a torn record
            self._stream.truncate(start)
            raise

    def close(self) -> None:
        """Close the file that is written to."""
        if self._stream is not None:
            self._stream.close()


def _number(name: str) -> int:
    match = re.search(r"-(\d{5,9})\.warc\.gz$", name)
    return int(match[1]) if match else 0
