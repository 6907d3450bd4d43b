"""A process that watches itself: a document that takes too long must not hold the others up.

A worker ends, also in the middle of C code; what it was about to do is then done again elsewhere, piece by piece, see
`run_in_processes`. The calling process cannot end: there the document is interrupted, as soon as C code lets Python speak.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

_GLANCE = 0.5  # seconds
# objects made before the collector looks for rings among them: a document is many small tuples, which make none and go
# with it, and Python's own 700 would have it look hundreds of times a report
_RARELY = 20_000
_AGAIN = 5.0  # seconds: what is raised while an object is being taken away is lost


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End this process, at once and for good, unless the block is left within `seconds` (0: no limit)."""
    if not seconds:
        yield
        return
    faulthandler.dump_traceback_later(
        seconds, file=_silence(), exit=True
    )  # a thread that needs no interpreter
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def rarely_collected() -> Iterator[None]:
    """Let the collector of rings look rarely while the block runs, if it looks at all; a tenth of a document's time is its.

    >>> before = gc.get_threshold()
    >>> with rarely_collected():
    ...     gc.get_threshold()[0] >= 20_000
    True
    >>> gc.get_threshold() == before
    True
    """
    often = gc.get_threshold()
    gc.set_threshold(max(often[0], _RARELY) if often[0] else 0, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)


def end_with(parent: int) -> None:
    """End this process soon after the one that started it, however that has ended.

    Nobody would take what it does, and it would write on into the folder that the next run works in. Where the system keeps
    the number of a parent that is gone (Windows), nothing is noticed.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_GLANCE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end_with_parent").start()


class OutOfTimeError(BaseException):
    """A document has taken too long; no Exception, so that nothing on the way takes it for a failure it knows."""


@contextlib.contextmanager
def interruption(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError in the block when it is not left within `seconds` (0: no limit).

    Only the main thread can be interrupted, where the system has alarms and nobody else has set one.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if (
        not seconds
        or not is_main
        or not hasattr(signal, "setitimer")
        or signal.getitimer(signal.ITIMER_REAL)[0]
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: Any) -> None:
    raise OutOfTimeError


@cache
def _silence() -> int:
    return os.open(os.devnull, os.O_WRONLY)


@contextlib.contextmanager
def bounded_memory(n_bytes: int) -> Iterator[None]:
    """Let this process take only `n_bytes` of address space more than at its first time here, where the system can tell (0: no limit).

    The bound is lifted when the block is left, so that what a greedy document has left behind does not keep the results of
    the others from being written.
    """
    bound = _bound(n_bytes)
    if bound is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@cache
def _bound(n_bytes: int) -> int | None:
    """Return the bound, counted from what the process holds at the first call."""
    if not n_bytes or sys.platform != "linux":
        return None
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as stream:
            taken = int(stream.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return None
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    wanted = taken + n_bytes
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, soft)
