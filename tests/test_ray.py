"""The same batch on a Ray cluster of several nodes: the same rows, also when a node dies, also over an object store."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from test_object_store import assert_same_tables_but_for_sources, put_pages
from test_resume import ALONE, assert_same_tables, clean_run, make_pages

import pipeline
from pipeline.batch import chunks as batch_chunks
from pipeline.engines.ray import run_on_ray
from pipeline.errors import PipelineError


@pytest.fixture
def cluster(monkeypatch):
    """A cluster of three nodes on this machine, one CPU each; it goes with the test."""
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'zhengce[ray]'")
    from ray.cluster_utils import Cluster

    here = Path(__file__).parent  # nodes find the package and these tests where this process does
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(here.parent), str(here), os.environ.get("PYTHONPATH", "")])
    )
    small = {"num_cpus": 1, "object_store_memory": 80 * 1024**2, "include_dashboard": False}
    made = Cluster(initialize_head=True, head_node_args=small)
    try:
        made.extra = [made.add_node(num_cpus=1, object_store_memory=80 * 1024**2) for _ in range(2)]
        ray.init(address=made.address, log_to_driver=False)
        made.wait_for_nodes()
        yield made
    finally:
        ray.shutdown()
        made.shutdown()


pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own: sockets, processes, future behaviour


def test_a_node_that_dies_in_the_middle_costs_nothing(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(batch_chunks, "_CHUNK_FILES", 4)
    pages = make_pages(tmp_path / "pages", 60)
    clean_run(pages, tmp_path / "clean")
    killed = threading.Event()

    def kill_after_a_quarter(n_documents, n_bytes, n_inputs):
        kill_after_a_quarter.done += n_documents
        if kill_after_a_quarter.done > n_inputs // 4 and not killed.is_set():
            killed.set()
            cluster.remove_node(cluster.extra.pop(), allow_graceful=False)

    kill_after_a_quarter.done = 0
    summary = pipeline.run(pages, tmp_path / "out", engine="ray", progress=kill_after_a_quarter)
    assert killed.is_set()
    assert summary.n_reused == 0
    assert_same_tables(tmp_path / "out", tmp_path / "clean")
    assert not list((tmp_path / "out" / ".work").glob("diaries-*"))
    # what Ray has kept, this process reads
    assert pipeline.run(pages, tmp_path / "out", settings=ALONE).n_reused == 67


def _die(task, worker_folder):
    if task == "bad":
        time.sleep(0.2)
        os._exit(9)
    return [task]


def test_a_task_that_kills_its_worker_costs_one_piece(cluster):
    tasks = [["a", "bad", "c"], ["d"], ["e", "f"]]

    def cut(task):
        return list(task)

    results = run_on_ray(tasks, _whole, workers=2, split=cut, lost=lambda piece: ([["lost"]], []))
    assert [one for result in results for one in result] == ["a", "lost", "c", "d", "e", "f"]


def _whole(task, worker_folder):
    return (
        [one for piece in task for one in _die(piece, worker_folder)]
        if isinstance(task, list)
        else _die(task, "")
    )


def test_pages_are_read_from_an_object_store_and_results_kept_there(
    object_store, cluster, tmp_path, monkeypatch
):
    monkeypatch.setattr(batch_chunks, "_CHUNK_FILES", 4)
    pages = make_pages(tmp_path / "pages", 12)
    put_pages(pages, f"{object_store}/pages")
    clean_run(pages, tmp_path / "clean")
    where = {"engine": "ray", "shards": f"{object_store}/run"}
    summary = pipeline.run(f"{object_store}/pages", tmp_path / "out", **where)
    assert (summary.statuses["ok"], summary.n_reused) == (15, 0)
    assert_same_tables_but_for_sources(tmp_path / "out", tmp_path / "clean")
    assert not (tmp_path / "out" / ".work" / "shards").exists()
    (tmp_path / "new.txt").write_text("青溪县通知\n新增学位30个。\n", encoding="utf-8")
    put_pages(tmp_path / "new.txt", f"{object_store}/pages/new.txt")
    where["engine"] = "serial"
    assert pipeline.run(f"{object_store}/pages", tmp_path / "out", **where).n_reused == 19


def test_without_ray_the_engine_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(PipelineError, match=r"zhengce\[ray\]"):
        list(run_on_ray([1], print, workers=1, split=list, lost=list))
