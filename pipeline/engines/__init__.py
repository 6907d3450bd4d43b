"""Where a batch runs. An engine takes tasks and one function and yields results in the order of the tasks."""

from __future__ import annotations

import os

from pipeline.engines.serial import run_here

ENGINES = ("auto", "serial", "processes", "ray")

_MOST_A_CORE, _MOST_ANYWHERE = 16, 64

__all__ = ["ENGINES", "most_workers", "run_here"]


def most_workers() -> int:
    """Return how many processes may be asked of this machine: each loads the dictionaries, and a typing error asks for millions."""
    return max(_MOST_ANYWHERE, _MOST_A_CORE * (os.cpu_count() or 1))
