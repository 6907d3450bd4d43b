"""The asking side: which reading process a document goes to, and what the death of one means for it."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from pipeline.errors import PageError
from pipeline.pages.isolation.process import ReadingProcess
from pipeline.pages.isolation.wire import PipeClosedError, answer
from pipeline.pages.paragraphs import Decode
from pipeline.records import Page, RawFile
from pipeline.settings import Settings

_MAX_SERVED = 500  # documents; then a fresh process, whatever its libraries have kept

_lock = threading.Lock()
_room: ReadingProcess | None = None


def close_room() -> int:
    """End the reading process, if there is one; the next document starts another. Return its exit code."""
    global _room
    room, _room = _room, None
    return room.close() if room is not None and room.owner == os.getpid() else 0


atexit.register(close_room)


def read_isolated(
    reader: Callable[[RawFile, Decode], Page], file: RawFile, decode: Decode, settings: Settings
) -> Page:
    """Return what `reader` makes of a file, read in another process.

    Reader and decoder go there by name; with one that has none (a lambda, a function of a notebook) the file is read
    here. Raises what the reader raises, and PageError when it crashed, ran out of memory or out of time.
    """
    if not (_has_name(reader) and _has_name(decode)):
        return reader(file, decode)
    request = {
        "reader": f"{reader.__module__}:{reader.__qualname__}",
        "decode": f"{decode.__module__}:{decode.__qualname__}",
        "source": file.source,
        "url": file.url,
        "seconds": settings.seconds_per_document,
        "memory": settings.memory_per_document,
    }
    with _lock:
        while True:
            is_fresh = _fresh_or_used().n_served == 0
            try:
                message = _ask(request, file, settings)
            except _OutOfTimeError:
                raise
            except PageError:
                close_room()
                if is_fresh:
                    raise
                continue  # what an earlier document left behind must not decide over this one
            return answer(message, file.source)


def _has_name(function: Any) -> bool:
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", "<")
    return module not in (None, "__main__") and "<" not in name and "." not in name


def _fresh_or_used() -> ReadingProcess:
    global _room
    if _room is not None and (_room.owner != os.getpid() or _room.n_served >= _MAX_SERVED):
        close_room()
    if _room is None:
        _room = ReadingProcess()
    return _room


def _ask(request: dict[str, Any], file: RawFile, settings: Settings) -> dict[str, Any]:
    room = _fresh_or_used()
    try:
        message = room.ask(request, file.raw, settings.seconds_per_document)
    except PipeClosedError as error:
        has_timed_out = room.has_timed_out
        code = close_room()
        if has_timed_out:
            raise _OutOfTimeError(
                f"it was not read within {settings.seconds_per_document} seconds",
                where=file.source,
                hint="raise seconds_per_document if it is genuine",
            ) from error
        raise PageError(
            f"its reader crashed ({_how_it_died(code)})",
            where=file.source,
            hint="the file is broken or hostile: open it in its own program and save it again",
        ) from error
    except BaseException:  # Ctrl-C in the middle of an answer
        close_room()
        raise
    if room.has_timed_out:  # just as the answer came in: it stands, the process does not
        close_room()
    if "memory" in message:
        raise PageError(
            f"reading it takes more memory than the {settings.memory_per_document // 1024**2:,} MiB allowed",
            where=file.source,
            hint="raise memory_per_document if it is genuine",
        )
    return message


class _OutOfTimeError(PageError):
    """No second try: a fresh process would take as long."""


def _how_it_died(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
