"""Where a batch runs. An engine takes tasks and one function and yields results in the order of the tasks."""

from __future__ import annotations

from pipeline.engines.serial import run_here

ENGINES = ("auto", "serial", "processes", "ray")

__all__ = ["ENGINES", "run_here"]
