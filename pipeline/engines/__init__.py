"""Where a batch runs. An engine takes tasks and one function and yields results in the order of the tasks."""

from __future__ import annotations

from pipeline.engines.serial import run_here

__all__ = ["run_here"]
