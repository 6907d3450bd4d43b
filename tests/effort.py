"""Guards against blow-up: the least CPU time of three tries, for one on a busy machine may take many times what it needs."""

from __future__ import annotations

import time
from collections.abc import Callable

N_TRIES = 3


def _cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def takes_less_than(seconds: float, work: Callable[[], object]) -> bool:
    """Return whether one of the tries took fewer CPU seconds."""
    return any(_cpu_seconds(work) < seconds for _ in range(N_TRIES))


def takes_linear_time(work_of_size: Callable[[int], object], size: int) -> bool:
    """Return whether four times the input takes fewer than eight times the CPU seconds, half a second aside: quadratic takes 16."""
    small = large = float("inf")
    for _ in range(N_TRIES):
        small = min(small, _cpu_seconds(lambda: work_of_size(size)))
        large = min(large, _cpu_seconds(lambda: work_of_size(4 * size)))
        if large < 8 * small + 0.5:
            return True
    return False
