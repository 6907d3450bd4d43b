"""Local processes: a window of tasks is under way at any time, results come in the order of the tasks."""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from loky import ProcessPoolExecutor

from pipeline.engines.watchdog import end_with

Task = TypeVar("Task")
Result = TypeVar("Result")

# told to whoever looks over the executor; to the user a worker that is replaced is no news
warnings.filterwarnings("ignore", message="A worker was restarted", category=UserWarning)
_WINDOW = 4  # tasks under way a worker: enough to keep it busy, few enough to keep memory flat


def _pool(workers: int) -> ProcessPoolExecutor:
    # loky starts fresh interpreters: a fork would copy the parent's threads in the middle of their work, and the
    # standard library's spawn runs the caller's script again, which then needs a guard nobody expects
    return ProcessPoolExecutor(workers, initializer=end_with, initargs=(os.getpid(),))


def _submitted(pool: ProcessPoolExecutor, work: Callable[[Task], Result], task: Task) -> Future[Result]:
    """Give a task to a pool; one that broke while the caller was busy says so when the result is asked for."""
    try:
        future: Future[Result] = pool.submit(work, task)
        return future
    except BrokenProcessPool as error:
        future = Future()
        future.set_exception(error)
        return future


def run_in_processes(
    tasks: Iterable[Task],
    work: Callable[[Task], Result],
    *,
    workers: int,
    split: Callable[[Task], list[Task]],
    lost: Callable[[Task], tuple[list[Result], list[Task]]],
) -> Iterator[Result]:
    """Yield the result of each task, in order, computed by `workers` processes.

    When a worker dies, the tasks that were under way run again one by one, cut up by `split`. For a piece that kills
    a worker once more, `lost(piece)` gives results and what to try in its place.
    """
    waiting = iter(tasks)
    pool = _pool(workers)
    under_way: deque[tuple[Task, Future[Result]]] = deque()
    try:
        while True:
            under_way.extend(
                (task, _submitted(pool, work, task))
                for task in islice(waiting, workers * _WINDOW - len(under_way))
            )
            if not under_way:
                return
            task, future = under_way.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, kill_workers=True)
                suspects = [task, *(other for other, _ in under_way)]
                under_way.clear()
                yield from _one_by_one(suspects, work, split=split, lost=lost)
                pool = _pool(workers)
    finally:
        pool.shutdown(wait=True, kill_workers=True)


def _one_by_one(
    suspects: list[Task],
    work: Callable[[Task], Result],
    *,
    split: Callable[[Task], list[Task]],
    lost: Callable[[Task], tuple[list[Result], list[Task]]],
) -> Iterator[Result]:
    pool = _pool(1)
    waiting = deque(piece for task in suspects for piece in split(task))
    try:
        while waiting:
            piece = waiting.popleft()
            try:
                future = pool.submit(work, piece)
            except BrokenProcessPool:  # the worker died when it had nothing to do: not over this piece
                pool.shutdown(wait=False, kill_workers=True)
                pool = _pool(1)
                future = pool.submit(work, piece)
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, kill_workers=True)
                pool = _pool(1)
                results, again = lost(piece)
                yield from results
                waiting.extendleft(reversed(again))
    finally:
        pool.shutdown(wait=True, kill_workers=True)
