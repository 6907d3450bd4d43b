"""Few inputs: they are read without starting workers where they are small, and within the limit of time all the same."""

import re
import signal
import time
import zipfile
from pathlib import Path

import pytest

import pipeline
from pipeline.batch import engine_work, work
from pipeline.engines.watchdog import OutOfTimeError, interruption
from pipeline.query import query_table
from pipeline.settings import Settings

PAGE = "青溪县教育局关于印发学位建设行动方案的通知\n到2025年，新增学位1200个。\n"


def rows_of(out):
    frame, _ = query_table(out, "documents", limit=0)
    return {Path(row.source.split("!/")[-1]).name: row for row in frame.itertuples()}


def _hangs_in_a_pattern(file, settings=None):
    if "bad" in file.source:
        re.search("(a+)+b", "a" * 40)
    return genuine(file, settings)


genuine = work.analysed


def test_a_page_that_hangs_among_few_costs_one_row(tmp_path, monkeypatch):
    for name in ("a.txt", "bad.txt", "c.txt"):
        (tmp_path / name).write_text(PAGE + name)
    monkeypatch.setattr(work, "analysed", _hangs_in_a_pattern)
    started = time.monotonic()
    pipeline.run(tmp_path, tmp_path / "out", settings=Settings(seconds_per_document=1))
    assert time.monotonic() - started < 30
    rows = rows_of(tmp_path / "out")
    assert {name: row.status for name, row in rows.items()} == {
        "a.txt": "ok",
        "bad.txt": "failed",
        "c.txt": "ok",
    }
    assert (
        "within 3 seconds" in rows["bad.txt"].error
    )  # three times what reading alone may take, as documented


@pytest.mark.parametrize("name", ["one.zip", "small.txt"])
def test_one_archive_is_read_by_a_worker_and_one_small_file_is_not(tmp_path, monkeypatch, name):
    if name == "one.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("a.txt", PAGE)
    else:
        (tmp_path / name).write_text(PAGE)
    here = []
    monkeypatch.setattr(engine_work, "run_here", lambda tasks, call: here.append(1) or map(call, tasks))
    summary = pipeline.run(tmp_path / name, tmp_path / "out", settings=Settings(workers=2))
    assert summary.statuses["ok"] == 1
    assert bool(here) is (name == "small.txt")


def test_an_interruption_is_lifted_and_leaves_the_alarms_of_others_alone():
    with pytest.raises(OutOfTimeError), interruption(0.1):
        time.sleep(5)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        with interruption(0.01):
            time.sleep(0.1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
