"""This process, one task after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def run_here(tasks: Iterable[Task], work: Callable[[Task], Result]) -> Iterator[Result]:
    """Yield the result of each task."""
    return map(work, tasks)
