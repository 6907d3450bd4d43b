"""Batches: one row for every input, the same tables every time, and no bad file that stops them."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.batch import Chunk, process_chunk
from pipeline.columns import ALL_TABLES
from pipeline.errors import SourceError
from pipeline.settings import Settings

CORPUS = Path(__file__).parent.parent / "corpus"
SEEDS = sorted(CORPUS.glob("*.txt"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed")
    shutil.copy(SEEDS[1], folder / "a.txt")
    shutil.copy(SEEDS[1], folder / "a_copy.txt")
    (folder / "a_again.html").write_text(
        "<html><body><p>"
        + SEEDS[1].read_text(encoding="utf-8").replace("\n", "</p><p>")
        + "</p></body></html>",
        encoding="utf-8",
    )
    (folder / "empty.txt").write_bytes(b"")
    (folder / "spaces.txt").write_bytes(b" \n\n ")
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.write(SEEDS[4], "里面/b.txt")
    return folder


def test_every_input_has_one_row_with_a_status_and_a_reason(mixed, tmp_path):
    summary = pipeline.run(mixed, tmp_path)
    documents = pipeline.load(tmp_path)["documents"]
    rows = {Path(r.source).name: r for r in documents.itertuples()}
    assert len(rows) == len(documents) == 8
    assert rows["a.txt"].status == rows["b.txt"].status == "ok"
    assert rows["a_copy.txt"].status == "duplicate"
    assert rows["a_copy.txt"].duplicate_of == rows["a.txt"].doc_id
    assert rows["empty.txt"].status == rows["spaces.txt"].status == "empty"
    for name in ("picture.html", "old.doc"):
        assert rows[name].status == "failed"
        assert len(rows[name].error) > 20
    assert "PNG" in rows["picture.html"].error
    assert summary.n_failures == 2
    assert documents["status"].isin(["ok", "duplicate", "empty", "failed"]).all()


def test_a_second_run_and_any_number_of_workers_give_the_same_tables(mixed, tmp_path):
    pipeline.run(mixed, tmp_path / "one", settings=Settings(workers=1))
    pipeline.run(mixed, tmp_path / "two", settings=Settings(workers=2))
    pipeline.run(mixed, tmp_path / "one", settings=Settings(workers=1))
    one, two = pipeline.load(tmp_path / "one"), pipeline.load(tmp_path / "two")
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(one[name], two[name])


def test_an_input_that_kills_its_worker_costs_one_row(mixed, tmp_path, monkeypatch):
    from pipeline.engines.processes import run_in_processes

    chunks = [Chunk((one,)) for one in pipeline.batch.list_inputs([mixed])]
    results = list(
        run_in_processes(
            chunks,
            _die_on_b,
            workers=2,
            split=lambda chunk: [chunk],
            lost=pipeline.batch._lost,
        )
    )
    rows = {Path(row.source).name: row for result in results for row, _ in result.documents}
    assert "died" in rows["b.zip"].error
    assert rows["a.txt"].status == "ok"
    assert len(rows) == 8


def test_a_plain_script_without_main_guard_can_run_a_batch(mixed, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import pipeline\n"
        f"summary = pipeline.run({str(mixed)!r}, {str(tmp_path / 'out')!r}, settings=pipeline.Settings(workers=2))\n"
        "print(summary.statuses['ok'])\n",
        encoding="utf-8",
    )
    for command in (
        [sys.executable, str(script)],
        [sys.executable, "-c", script.read_text(encoding="utf-8")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["2"]
        assert "Traceback" not in done.stderr


def _die_on_b(chunk):
    if chunk.inputs[0].path.name == "b.zip":
        os._exit(9)
    return process_chunk(chunk, Settings())


@pytest.mark.parametrize("make", ["missing", "empty"])
def test_a_missing_or_empty_folder_is_said_plainly(tmp_path, make):
    folder = tmp_path / "pages"
    if make == "empty":
        folder.mkdir()
    with pytest.raises(SourceError, match="pages"):
        pipeline.run(folder, tmp_path / "out")
    assert not (tmp_path / "out" / "tables").exists()


def test_csv_and_xlsx_are_written_on_request(tmp_path):
    pipeline.run(SEEDS[1], tmp_path, formats=["csv", "xlsx"])
    assert {p.stem for p in (tmp_path / "csv").glob("*.csv")} == set(ALL_TABLES)
    assert (tmp_path / "policy.xlsx").stat().st_size > 5_000
