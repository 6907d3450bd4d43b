"""A Ray cluster: a window of tasks is under way on its nodes at any time, results come in the order of the tasks.

Ray keeps the processes of its workers, so that dictionaries and models are loaded once in each, and a process has one task at a
time: what is lost with it is that task's fault, or its node's, for which every task is tried twice.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from pipeline.errors import PipelineError

Task = TypeVar("Task")
Result = TypeVar("Result")

_WINDOW = 4  # tasks under way a CPU of the cluster


def run_on_ray(
    tasks: Iterable[Task],
    work: Callable[..., Result],
    *,
    workers: int,
    split: Callable[[Task], list[Task]],
    lost: Callable[[Task], tuple[list[Result], list[Task]]],
) -> Iterator[Result]:
    """Yield the result of each task, in order; `workers` bounds the tasks under way, 0 means the CPUs of the cluster.

    `work` gets a task and `worker_folder`, where a worker puts its temporary files. A task that was lost twice is cut up by
    `split`; for a piece that is lost as often, `lost(piece)` says what to give and to try in its place. Joins the
    cluster that RAY_ADDRESS names, or starts one here; raises PipelineError where Ray is not installed.
    """
    try:
        import ray
    except ImportError as error:
        raise PipelineError("the engine ray needs Ray", hint="pip install 'zhengce[ray]'") from error
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False)
    n_under_way = workers or _WINDOW * max(1, _n_cpus(ray))
    remote: Any = ray.remote(num_cpus=1, max_retries=1)(_work_in_worker)
    gone = (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError, ray.exceptions.ObjectLostError,
            ray.exceptions.OutOfMemoryError, ray.exceptions.LocalRayletDiedError)  # fmt: skip
    waiting = iter(tasks)
    under_way: deque[tuple[Task, Any, bool]] = deque()
    while True:
        under_way.extend(
            (task, remote.remote(work, task), False)
            for task in islice(waiting, max(0, n_under_way - len(under_way)))
        )
        if not under_way:
            return
        task, reference, is_piece = under_way.popleft()
        try:
            yield ray.get(reference)
        except gone:
            results, again = lost(task) if is_piece else ([], split(task))
            yield from results
            under_way.extendleft((piece, remote.remote(work, piece), True) for piece in reversed(again))


def _n_cpus(ray: Any) -> int:
    return int(ray.cluster_resources().get("CPU", 1))


def _work_in_worker(work: Callable[..., Result], task: Task) -> Result:
    return work(task, worker_folder=_folder().name)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="zhengce-", ignore_cleanup_errors=True)
