"""A worker process that watches itself: it ends when one document takes too long, also in the middle of C code.

What it was about to do is then done again elsewhere, piece by piece; see `run_in_processes`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from collections.abc import Iterator
from functools import cache


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


@cache
def _silence() -> int:
    return os.open(os.devnull, os.O_WRONLY)


@cache
def bound_memory(n_bytes: int) -> None:
    """Let this process take `n_bytes` of address space more than it has now, where the system can tell (0: no limit)."""
    if not n_bytes or sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as stream:
            taken = int(stream.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = taken + n_bytes
        resource.setrlimit(
            resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )
