"""One process at a time writes into a folder: it holds a file there."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from pipeline.errors import SourceError


def hold(path: Path, busy: SourceError) -> IO[bytes]:
    """Return a file that is held until it is closed; the system lets go of it when the process ends, however it does.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, hold(Path(folder, "lock"), SourceError("busy")) as held:
    ...     held.name.endswith("lock")
    True

    Raises `busy` when another process holds it. On Windows nothing is held: two writers are not noticed there.
    """
    stream = path.open("wb")
    try:
        import fcntl
    except ImportError:
        return stream
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        stream.close()
        raise busy from error
    return stream
