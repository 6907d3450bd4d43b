"""What a command has to do with the system: streams that can say Chinese, and signals that end it tidily."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

_PROBE = "政─–"  # what every command prints: Chinese, the rule of a table, a dash
_ENDING = (
    "SIGINT",
    "SIGTERM",
    "SIGHUP",
)  # Ctrl-C, kill or a scheduler, a closed terminal; Windows has no SIGHUP
_UNHANDLED = (signal.SIG_DFL, signal.default_int_handler)


def open_streams() -> None:
    """Let stdout and stderr take every character: a terminal that knows Chinese keeps its encoding, all else gets UTF-8.

    What a terminal cannot show (a sign that GBK lacks) becomes a question mark; it would end the run.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            keeps = stream.isatty() and _says_chinese(stream.encoding)
            stream.reconfigure(encoding=stream.encoding if keeps else "utf-8", errors="replace")


def _says_chinese(encoding: str) -> bool:
    try:
        _PROBE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def drop_output() -> None:
    """Send what is still to be printed nowhere, so that the end of the process does not try it once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def signals_as_interrupts() -> Iterator[None]:
    """Take SIGTERM and SIGHUP for Ctrl-C in this block, so that workers are ended and temporary files go.

    One that somebody handles or ignores (nohup) is left to them. What a library makes of an interrupt (DuckDB raises
    a RuntimeError) is one again.
    """
    before: dict[int, Any] = {}
    came: list[int] = []

    def interrupt(number: int, frame: Any) -> None:
        came.append(number)
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        for name in _ENDING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) in _UNHANDLED:
                before[number] = signal.signal(number, interrupt)
    try:
        yield
    except Exception as error:
        if came:
            raise KeyboardInterrupt from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
