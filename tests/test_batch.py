"""Batches: one row for every input, the same tables every time, and no bad file that stops them."""

import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import hostile_readers
import pandas as pd
import pytest

import pipeline
from pipeline.analysis import Analysis
from pipeline.batch import Chunk
from pipeline.batch import work as batch_work
from pipeline.batch.chunks import chunks, single_inputs
from pipeline.batch.exports import export
from pipeline.batch.plan import Planned
from pipeline.batch.shard_reader import ShardReader
from pipeline.batch.shards import Place
from pipeline.batch.stores import Store
from pipeline.batch.work import lost_chunk, process_chunk
from pipeline.cli import main
from pipeline.columns import ALL_TABLES
from pipeline.errors import SourceError
from pipeline.records import DocumentRow, document_id
from pipeline.settings import Settings
from pipeline.sources import InputFile, list_inputs
from pipeline.spreadsheets import write_csv, write_csv_pieces

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


def test_the_same_bytes_are_analysed_once_and_have_a_row_each(tmp_path, monkeypatch):
    for name in ("a/1.txt", "a/2.txt", "b/1.txt", "b/1.html"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SEEDS[1], tmp_path / "in" / name)
    analysed, read = batch_work.analysed, []

    def noted(file, settings):
        read.append(file.source)
        return analysed(file, settings)

    monkeypatch.setattr(batch_work, "analysed", noted)
    pipeline.run(tmp_path / "in", tmp_path / "out", settings=Settings(workers=1))
    documents = pipeline.load(tmp_path / "out")["documents"]
    assert len(read) == 2  # one by each suffix, which tells how bytes are read
    assert [Path(source).name for source in documents.source] == ["1.txt", "2.txt", "1.html", "1.txt"]
    assert sorted(documents.status) == ["duplicate"] * 3 + ["ok"]


def test_a_second_run_and_any_number_of_workers_give_the_same_tables(mixed, tmp_path):
    pipeline.run(mixed, tmp_path / "one", settings=Settings(workers=1))
    pipeline.run(mixed, tmp_path / "two", settings=Settings(workers=2))
    pipeline.run(mixed, tmp_path / "one", settings=Settings(workers=1))
    one, two = pipeline.load(tmp_path / "one"), pipeline.load(tmp_path / "two")
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(one[name], two[name])


def test_a_batch_over_several_processes_leaves_nothing_behind(mixed, tmp_path, monkeypatch):
    import make_files

    for number in range(4):
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / f"{number}.docx").write_bytes(make_files.docx_file())
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    pipeline.run([mixed, tmp_path / "pages"], tmp_path / "out", settings=Settings(workers=2))
    assert list(scratch.glob("zhengce-*")) == []


def test_an_input_that_kills_its_worker_costs_one_row(mixed, tmp_path, monkeypatch):
    from pipeline.engines.processes import run_in_processes

    chunks = [Chunk((one,)) for one in list_inputs([mixed])]
    store = store_in(tmp_path)
    results = run_in_processes(
        chunks,
        partial(_die_on_b, store=store),
        workers=2,
        split=lambda chunk: [chunk],
        lost=partial(lost_chunk, settings=Settings(), store=store),
    )
    rows = {Path(row.source).name: row for row in rows_of(results, store)}
    assert "died" in rows["b.zip"].error
    assert rows["a.txt"].status == "ok"
    assert len(rows) == 8


def store_in(tmp_path):
    store = Store(str(tmp_path / "shards"))
    store.prepare()
    return store


def test_a_shard_is_flushed_through_a_handle_that_may_write(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    modes = []

    def flush(descriptor):  # Windows refuses where the handle may only read
        modes.append(fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE)

    monkeypatch.setattr("pipeline.batch.stores.os.fsync", flush)
    with store_in(tmp_path).writing("one") as path:
        path.write_bytes(b"rows")
    assert modes == [os.O_RDWR]
    assert store_in(tmp_path).names() == ["one"]


def rows_of(shards, store):
    """Return the rows of `documents` of shards that were written, in their order."""
    reader = ShardReader(store)
    places = [Place(shard.name, 0, sum(one.n_documents for one in shard.inputs)) for shard in shards]
    return [
        SimpleNamespace(**row)
        for place in places
        for documents in reader.read(place)
        for row in documents.column("documents").to_pylist()
    ]


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


def _die_on_b(chunk, store):
    if chunk.inputs[0].path.name == "b.zip":
        os._exit(9)
    return process_chunk(chunk, Settings(), store)


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


def _titles(path):
    return pd.read_csv(path / "csv" / "documents.csv", encoding="utf-8-sig")["title"].tolist()


def _rows_of_workbook(path):
    return pd.read_excel(path / "policy.xlsx", sheet_name="文档").shape[0]


def test_what_an_earlier_run_exported_is_written_anew_and_said(tmp_path, capsys):
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    (pages / "a.txt").write_bytes(SEEDS[0].read_bytes())
    pipeline.run(pages, out, formats=["csv", "xlsx"])
    (out / "csv" / "mine.csv").write_text("of the user", encoding="utf-8")
    (pages / "b.txt").write_bytes(SEEDS[1].read_bytes())
    assert main(["run", str(pages), "--out", str(out)]) == 0
    assert f"anew:   {out}/policy.xlsx" in capsys.readouterr().out
    assert len(_titles(out)) == _rows_of_workbook(out) == 2
    assert (out / "csv" / "mine.csv").read_text(encoding="utf-8") == "of the user"
    assert not list(out.rglob("*.former"))


def test_a_run_that_breaks_while_it_exports_leaves_nothing_out_of_date(tmp_path, monkeypatch):
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    (pages / "a.txt").write_bytes(SEEDS[0].read_bytes())
    pipeline.run(pages, out, formats=["csv", "xlsx"])
    (pages / "b.txt").write_bytes(SEEDS[1].read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.batch.exports.write_csv_pieces", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            pipeline.run(pages, out)
    assert not (out / "policy.xlsx").exists()
    assert not [path for path in (out / "csv").iterdir() if not path.name.startswith(".")]
    summary = pipeline.run(pages, out)
    assert summary.rewritten == ("csv", "xlsx")
    assert len(_titles(out)) == _rows_of_workbook(out) == 2


def test_a_table_exported_by_pieces_is_the_table(tmp_path, monkeypatch):
    pipeline.run(SEEDS[:2], tmp_path, formats=["csv"])
    monkeypatch.setattr("pipeline.batch.exports._ROWS_AT_ONCE", 3)
    before = {path.name: path.read_bytes() for path in (tmp_path / "csv").iterdir()}
    export(tmp_path, ["csv"])
    assert {path.name: path.read_bytes() for path in (tmp_path / "csv").iterdir()} == before
    for name, frame in pipeline.load(tmp_path).items():
        write_csv(frame, tmp_path / "whole.csv")
        assert (tmp_path / "whole.csv").read_bytes() == before[f"{name}.csv"], name


def test_a_csv_that_cannot_be_written_leaves_nothing(tmp_path):
    pieces = (pd.DataFrame({"n": [1 // number]}) for number in (1, 0))
    with pytest.raises(ZeroDivisionError):
        write_csv_pieces(pieces, tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_run_whose_extractor_is_gone_leaves_no_csv_of_it(tmp_path):
    pipeline.add_extractor("ones", lambda reading: [{"start": 0, "end": 1}])
    try:
        pipeline.run(SEEDS[1], tmp_path, formats=["csv"], extractors=["ones"])
    finally:
        pipeline.remove_extractor("ones")
    assert (tmp_path / "csv" / "ones.csv").is_file()
    pipeline.run(SEEDS[1], tmp_path)
    assert {p.stem for p in (tmp_path / "csv").glob("*.csv")} == set(ALL_TABLES)


# --- documents that kill -----------------------------------------------------------------------------------


def _run_with(harm, pages, tmp_path, **settings):
    """Run over a folder in workers whose analysis is replaced by one that does harm."""
    from pipeline.engines.processes import run_in_processes

    chunks = [Chunk((one,)) for one in list_inputs([pages])]
    store = store_in(tmp_path)
    wanted = {"settings": Settings(**settings), "store": store}
    results = run_in_processes(
        chunks,
        partial(_harmed_chunk, harm=harm, folder=str(tmp_path), **wanted),
        workers=2,
        split=partial(single_inputs, diary=tmp_path / "diary"),
        lost=partial(lost_chunk, **wanted),
    )
    return rows_of(results, store)


def _harmed_chunk(chunk, harm, folder, settings, store):
    batch_work.analysed = partial(_analysed_with_harm, harm)
    return process_chunk(chunk, settings, store, worker_folder=folder)


def _analysed_with_harm(harm, file, settings):
    if "bad" in file.source:
        harm(file, None)
    return Analysis(DocumentRow(document_id(file.raw), file.source))


def test_a_document_that_hangs_or_crashes_a_worker_costs_one_row_also_in_an_archive(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a.txt", "bad_hangs.txt", "c.txt"):
        (pages / name).write_text(name)
    with zipfile.ZipFile(pages / "z.zip", "w") as archive:
        for name in ("1.txt", "bad_crashes.txt", "bad_hangs.txt", "c.txt"):
            archive.writestr(name, name)
    rows = _run_with(_hangs_or_crashes, pages, tmp_path, seconds_per_document=2)
    assert [(Path(row.source).name, row.status) for row in rows] == [
        ("a.txt", "ok"),
        ("bad_hangs.txt", "failed"),
        ("c.txt", "ok"),
        ("1.txt", "ok"),
        ("bad_crashes.txt", "failed"),
        ("bad_hangs.txt", "failed"),
        ("c.txt", "ok"),
    ]
    failed = [row for row in rows if row.status == "failed"]
    assert all("died" in row.error for row in failed)
    assert all(row.doc_id == document_id(Path(row.source).name.encode()) for row in failed)


def _hangs_or_crashes(file, decode):
    (hostile_readers.hangs_in_c if "hangs" in file.source else hostile_readers.crashes)(file, decode)


def _dies_over(deadly, task):
    if task == deadly:
        os._exit(1)
    return task


def test_a_worker_that_dies_while_the_caller_is_busy_costs_its_task_alone():
    from pipeline.engines import processes

    deadly, got = 3, []
    for result in processes.run_in_processes(
        range(3 * processes._WINDOW),
        partial(_dies_over, deadly),
        workers=1,
        split=lambda task: [task],
        lost=lambda task: ([f"lost {task}"], []),
    ):
        got.append(result)
        time.sleep(0.3)  # tables are written; meanwhile the worker goes on to its death
    assert got == [f"lost {task}" if task == deadly else task for task in range(3 * processes._WINDOW)]


def _idle_death(task):
    if task == "suspect":
        threading.Timer(0.2, os._exit, [1]).start()  # once its result has been given
    elif task == "deadly":
        os._exit(1)
    return task


def test_a_worker_that_dies_with_nothing_to_do_is_no_fault_of_the_next_task():
    from pipeline.engines.processes import run_in_processes

    got = []
    tasks = ["deadly", "suspect", "innocent"]
    for result in run_in_processes(
        tasks, _idle_death, workers=1, split=lambda task: [task], lost=lambda task: ([f"lost {task}"], [])
    ):
        got.append(result)
        time.sleep(1)
    assert got == ["lost deadly", "suspect", "innocent"]


@pytest.mark.skipif(sys.platform != "linux", reason="a worker's memory is bounded on Linux")
def test_the_memory_of_a_worker_is_bounded(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a.txt", "bad.txt"):
        (pages / name).write_text(name)
    rows = _run_with(hostile_readers.eats_memory_in_c, pages, tmp_path, memory_per_document=1024**3)
    assert [row.status for row in rows] == ["ok", "failed"]


def test_pages_that_need_ocr_are_told_of_in_the_row_of_a_document_that_was_read(tmp_path):
    import make_files

    pdf = make_files.pdf_file([*make_files.printed(make_files.PARAGRAPHS * 3), [], []])
    (tmp_path / "a.pdf").write_bytes(pdf)
    pipeline.run(tmp_path / "a.pdf", tmp_path / "out")
    row = pipeline.load(tmp_path / "out")["documents"].iloc[0]
    assert row.status == "ok"
    assert row.error == "pages 7–8 of 8 without text layer: OCR is needed to read them"


@pytest.mark.parametrize("workers", [2, 8])
@pytest.mark.parametrize(
    "sizes", [[30_000] * 10, [30_000] * 400, [900_000, 10, 10, 2_000_000, 40_000, 90_000]]
)
def test_no_worker_waits_long_for_the_last_chunk_of_another(sizes, workers):
    inputs = [Planned(InputFile(Path(str(k)), str(k), size), str(k)) for k, size in enumerate(sizes)]
    cut = list(chunks(inputs, sum(sizes), workers))
    assert [one for chunk in cut for one in chunk.inputs] == [one.input for one in inputs]
    assert all(chunk.n_bytes <= 512 * 1024 for chunk in cut if len(chunk.inputs) > 1)
    if max(sizes) == 30_000:  # pages of one size can be dealt out evenly
        assert len(cut) >= min(workers, 5)
        assert cut[-1].n_bytes <= 64 * 1024
        assert (
            len(cut) <= len(list(chunks(inputs))) + 16 * workers
        )  # but a chunk is not opened for every page
