"""The asking side: one reading process, its deadline, and what its death means for a document."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.errors import PageError
from pipeline.pages.isolation.wire import PipeClosedError, answer, receive, send
from pipeline.pages.paragraphs import Decode
from pipeline.records import Page, RawFile
from pipeline.settings import Settings

# the reading process imports what this one does, from nowhere else: -I keeps the working folder out
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pipeline.pages.isolation.child import serve; serve()"
)
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "SYSTEMROOT", "OPENBLAS_CORETYPE")
_SECONDS_TO_START = 120
_MAX_SERVED = 500  # documents; then a fresh process, whatever its libraries have kept


class _Room:
    """A reading process with its pipes and its scratch folder."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.n_served = 0
        self.has_timed_out = False
        self.scratch = tempfile.mkdtemp(prefix="zhengce-")
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        environment |= dict.fromkeys(("HOME", "TMPDIR", "TEMP", "ZHENGCE_SCRATCH"), self.scratch)
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-X", "utf8", "-W", "ignore", "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # a group of its own: programs that it starts die with it
        )

    def ask(self, request: dict[str, Any], raw: bytes, seconds: int) -> dict[str, Any]:
        """Return the answer to one request; raises PipeClosedError when the process died over it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # noqa: S101
        assert stdout is not None  # noqa: S101
        try:
            if self.n_served == 0:  # its imports do not count as reading
                with self._deadline(_SECONDS_TO_START):
                    receive(stdout)
            self.n_served += 1
            with self._deadline(seconds):
                send(stdin, request, raw)
                return receive(stdout)[0]
        except (OSError, ValueError) as error:  # a broken pipe, an answer that is none
            raise PipeClosedError from error

    @contextlib.contextmanager
    def _deadline(self, seconds: int) -> Iterator[None]:
        """Kill the process unless the block is left in time (0: no limit)."""
        if not seconds:
            yield
            return
        timer = threading.Timer(seconds, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _time_out(self) -> None:
        self.has_timed_out = True
        self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> int:
        """End the process and all that it started, remove its scratch folder, return its exit code."""
        self._kill()  # one that has died by itself keeps the code of that death
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        shutil.rmtree(self.scratch, ignore_errors=True)
        return code


_lock = threading.Lock()
_room: _Room | None = None


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


def _fresh_or_used() -> _Room:
    global _room
    if _room is not None and (_room.owner != os.getpid() or _room.n_served >= _MAX_SERVED):
        close_room()
    if _room is None:
        _room = _Room()
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
