"""What a run leaves behind: its own tables and files, whole and of one run; nothing of dead processes; the user's files untouched."""

import errno
import itertools
import os

import pandas as pd
import pytest

import pipeline
from pipeline.batch import exports
from pipeline.cli import main

TEXT = "青溪县教育局关于做好招生工作的通知\n到{}年，全县学前教育毛入园率达到95%。实施“四个一批”工程。\n"


def years(reading):
    at = reading.text.find("到20")
    return [{"start": at, "end": at + 6}] if at >= 0 else []


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for year in (2025, 2026):
        (folder / f"{year}.txt").write_text(TEXT.format(year), encoding="utf-8")
    return folder


@pytest.fixture
def own_extractor():
    yield pipeline.add_extractor("years", years)
    pipeline.remove_extractor("years")


@pytest.mark.parametrize("layouts", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_a_table_that_a_run_does_not_make_goes_and_files_of_the_user_stay(
    pages, tmp_path, own_extractor, layouts
):
    out = tmp_path / "out"
    pipeline.run(pages, out, extractors=["years"], formats=["csv"], rows_per_file=layouts[0])
    assert len(pipeline.load(out)["years"]) == 2
    mine = (
        out / "tables" / "mine.parquet",
        out / "tables" / "years_of_mine.parquet",
        out / "csv" / "mine.csv",
    )
    for path in mine:
        pipeline.load(out)["years"].to_parquet(path)  # the columns are those of our own table
    before = [path.read_bytes() for path in mine]
    pipeline.run(pages, out, rows_per_file=layouts[1])
    left = [path.name for path in out.rglob("*") if "years" in path.name and path not in mine]
    assert left == []
    assert [path.read_bytes() for path in mine] == before


def test_a_folder_of_a_table_with_a_file_of_the_user_keeps_that_file(pages, tmp_path, own_extractor):
    out = tmp_path / "out"
    pipeline.run(pages, out, extractors=["years"], rows_per_file=1)
    (out / "tables" / "years" / "notes.txt").write_text("mine", encoding="utf-8")
    pipeline.run(pages, out, rows_per_file=1)
    assert [path.name for path in (out / "tables" / "years").iterdir()] == ["notes.txt"]
    assert set(pipeline.load(out)) == set(pipeline.columns.ALL_TABLES)


def test_what_a_killed_run_left_of_a_removed_table_goes_with_the_next(
    pages, tmp_path, own_extractor, monkeypatch
):
    out = tmp_path / "out"
    pipeline.run(pages, out, extractors=["years"], formats=["csv"])
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.batch.running.set_aside", lambda _: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            pipeline.run(pages, out)
    pipeline.run(pages, out)
    assert [path.name for path in out.rglob("*years*")] == []


def test_unfinished_exports_of_a_process_that_is_gone_are_cleared(pages, tmp_path):
    out = tmp_path / "out"
    pipeline.run(pages, out, formats=["csv", "xlsx"])
    left = [out / "csv" / ".slogans.csv.999999", out / ".policy.xlsx.999998"]
    mine = [out / "csv" / ".mine.csv.999999", out / "csv" / ".slogans.csv.old", out / ".policy.xlsx.bak"]
    for path in (*left, *mine):
        path.write_bytes(b"half")
    pipeline.run(pages, out)
    assert [path for path in left if path.exists()] == []
    assert all(path.read_bytes() == b"half" for path in mine)


@pytest.mark.parametrize(
    ("name", "has_run"),
    [
        ("policy.duckdb", False),
        ("tables/documents.parquet", False),
        *itertools.product(("policy.xlsx", "csv/slogans.csv"), (False, True)),
    ],
)
def test_a_file_of_the_user_is_not_replaced(pages, tmp_path, capsys, name, has_run):
    out = tmp_path / "out"
    if has_run:
        pipeline.run(pages, out)
    mine = out / name
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_bytes(b"mine")
    assert main(["run", str(pages), "--out", str(out), "--format", "csv", "--format", "xlsx"]) == 2
    assert name in capsys.readouterr().err
    if has_run:  # not asked for, it stands beside the tables
        assert main(["run", str(pages), "--out", str(out)]) == 0
    assert mine.read_bytes() == b"mine"


def _no_room_for(*names):
    replace = os.replace

    def replaced(source, target):
        if os.path.basename(target) in names:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        replace(source, target)

    return replaced


@pytest.mark.parametrize("broken", ["slogans.csv", "policy.xlsx"])
def test_a_file_that_cannot_be_written_is_said_and_keeps_back_no_other(
    pages, tmp_path, monkeypatch, capsys, broken
):
    out = tmp_path / "out"
    command = ["run", str(pages), "--out", str(out), "--format", "csv", "--format", "xlsx"]
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", _no_room_for(broken))
        assert main(command) == 3
    [said] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("not written")]
    assert broken in said
    assert os.strerror(errno.ENOSPC) in said
    assert "of an earlier run" not in said
    there = {path.name for path in (out / "csv").glob("*.csv")} | {path.name for path in out.glob("*.xlsx")}
    assert there == {*(f"{name}.csv" for name in pipeline.columns.ALL_TABLES), "policy.xlsx"} - {broken}
    assert len(pipeline.load(out)["documents"]) == 2
    assert not list(out.rglob(f".{broken}.*"))
    assert main(command) == 0
    assert next(out.rglob(broken)).stat().st_size > 0


def test_an_older_file_that_is_held_open_elsewhere_is_said_to_be_old(pages, tmp_path, monkeypatch, capsys):
    out = tmp_path / "out"
    pipeline.run(pages, out, formats=["csv"])
    (pages / "2027.txt").write_text(TEXT.format(2027), encoding="utf-8")
    held = out / "csv" / "documents.csv"
    replace = os.replace

    def replaced(source, target):  # as Windows does with a file that Excel has open
        if str(held) in (str(source), str(target)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replaced)
        assert main(["run", str(pages), "--out", str(out)]) == 3
    said = capsys.readouterr().out
    assert f"not written {held}" in said
    assert "what stands there is of an earlier run" in said
    assert len(pd.read_csv(held)) == 2
    assert len(pd.read_csv(out / "csv" / "quantities.csv")) == 3
    assert main(["run", str(pages), "--out", str(out)]) == 0
    assert len(pd.read_csv(held)) == 3


def test_a_full_disk_while_a_workbook_is_packed_is_an_os_error_and_leaves_nothing(
    pages, tmp_path, monkeypatch
):
    out = tmp_path / "out"

    def full(self, *_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("zipfile.ZipFile.write", full)
        summary = pipeline.run(pages, out, formats=["xlsx"])
    assert [(one.path.name, one.reason) for one in summary.unwritten] == [
        ("policy.xlsx", os.strerror(errno.ENOSPC))
    ]
    assert not list(out.glob(".policy.xlsx*"))
    assert exports.WORKBOOK not in os.listdir(out)
