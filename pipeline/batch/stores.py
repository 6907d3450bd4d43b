"""The place where shards are kept: a folder, or an object store by its address. A shard is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.sources.addresses import file_system

SUFFIX = ".shard.parquet"  # of ours alone: other files in the folder are the user's
_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Store:
    """Shards under a folder or an address such as s3://bucket/prefix (read by fsspec); workers get it by value."""

    root: str

    @property
    def is_remote(self) -> bool:
        """Tell whether the shards go over a network protocol."""
        return "://" in self.root

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """Give a path to write to; what is there when the block is left in peace becomes the shard, at once."""
        home = tempfile.gettempdir() if self.is_remote else self.root
        path = os.path.join(home, f"{_UNFINISHED}{uuid.uuid4().hex}")
        try:
            yield Path(path)
            if self.is_remote:
                files, root = self._remote()
                files.put_file(path, f"{root}/{name}{SUFFIX}")  # an object appears when it is complete
                return
            with open(path, "r+b") as stream:  # Windows flushes only what may be written to
                os.fsync(stream.fileno())
            os.replace(path, os.path.join(self.root, name + SUFFIX))
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)

    def open(self, name: str) -> IO[bytes]:
        """Open a shard for reading."""
        if not self.is_remote:
            return open(os.path.join(self.root, name + SUFFIX), "rb")
        files, root = self._remote()
        stream: IO[bytes] = files.open(f"{root}/{name}{SUFFIX}", "rb")
        return stream

    def names(self) -> list[str]:
        """Return the names of all shards, sorted."""
        if self.is_remote:
            files, root = self._remote()
            files.invalidate_cache()
            found = files.ls(root, detail=False) if files.exists(root) else []
        else:
            found = os.listdir(self.root)
        names = (os.path.basename(path) for path in found)
        return sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))

    def remove(self, name: str) -> None:
        """Remove a shard, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            if self.is_remote:
                files, root = self._remote()
                files.rm_file(f"{root}/{name}{SUFFIX}")
            else:
                os.unlink(os.path.join(self.root, name + SUFFIX))

    def prepare(self) -> None:
        """Make the folder, and clear away what a run that was killed had not finished."""
        if self.is_remote:
            files, root = self._remote()
            files.makedirs(root, exist_ok=True)
            return
        os.makedirs(self.root, exist_ok=True)
        for entry in os.listdir(self.root):
            if entry.startswith(_UNFINISHED):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(os.path.join(self.root, entry))

    def _remote(self) -> tuple[Any, str]:
        return file_system(self.root)
