"""One reading process: its start, its pipes, its deadline, its end."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Any

from pipeline.pages.isolation.wire import PipeClosedError, receive, send

# the reading process imports what this one does, from nowhere else: -I keeps the working folder out
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pipeline.pages.isolation.child import serve; serve()"
)
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "SYSTEMROOT", "OPENBLAS_CORETYPE")
_SECONDS_TO_START = 120


class ReadingProcess:
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
