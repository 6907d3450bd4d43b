"""Names that are not UTF-8, as an archive of a Chinese Windows leaves them on Linux: readable everywhere, and leading back to the file."""

import os
import sys

import pandas as pd
import pytest

import pipeline
from pipeline.cli import main
from pipeline.reporting import write_report
from pipeline.sources import iter_inputs
from pipeline.sources.file_names import on_disk, shown_name

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such names")
TEXT = "青溪县教育局关于做好招生工作的通知\n到2025年，全县学前教育毛入园率达到95%。实施“四个一批”工程。\n"


def gbk(name):
    return os.fsdecode(name.encode("gbk"))


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages" / gbk("青溪县")
    folder.mkdir(parents=True)
    (folder / gbk("招生通知.txt")).write_text(TEXT, encoding="utf-8")
    (folder / gbk("坏文件.pdf")).write_bytes(b"%PDF-1.4 broken")
    (folder / "caf\udce9.txt").write_text(TEXT.replace("2025", "2026"), encoding="utf-8")
    return tmp_path / "pages"


def test_a_run_shows_such_names_as_they_were_meant(pages, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["run", str(pages), "--out", str(out), "--format", "csv", "--format", "xlsx"]) == 3
    assert f"failed {pages}/青溪县/坏文件.pdf" in capsys.readouterr().out
    names = ["坏文件.pdf", "招生通知.txt", r"caf\xe9.txt"]
    shown = {f"{pages}/青溪县/{name}" for name in names}
    documents = pipeline.load(out)["documents"]
    assert set(documents["source"]) == shown
    assert "\\udc" not in "".join(documents["error"].dropna())
    assert set(pd.read_csv(out / "csv" / "documents.csv")["source"]) == shown
    assert set(pd.read_excel(out / "policy.xlsx", sheet_name="文档")["来源文件"]) == shown
    assert main(["tables", str(out), "documents", "--where", "source LIKE '%招生通知.txt'"]) == 0
    assert "1 of 1 rows" in capsys.readouterr().out
    assert "\\udc" not in write_report(out, tmp_path / "report.html").html


def test_a_name_as_it_is_shown_leads_back_to_the_file(pages, tmp_path, capsys):
    for source in {listed.source for listed in iter_inputs([pages])}:
        found = on_disk(type(pages)(source))
        assert found.is_file()
        assert main(["show", source]) == (2 if source.endswith(".pdf") else 0)
    assert pipeline.read(f"{pages}/青溪县/招生通知.txt").quantities[0].value == 95
    assert pipeline.run(f"{pages}/青溪县", tmp_path / "out").statuses["ok"] == 2
    assert main(["show", f"{pages}/青溪县/没有.txt"]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_name_that_another_file_has_is_not_given_twice(pages):
    (pages / gbk("青溪县") / "招生通知.txt").write_text(TEXT.replace("95", "96"), encoding="utf-8")
    sources = [listed.source for listed in iter_inputs([pages])]
    assert len(set(sources)) == len(sources) == 4
    assert {on_disk(type(pages)(source)) for source in sources} == {
        path for path in pages.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(
    "name", ["\udcff\udcfe", "a\ud800b\udc80.txt", "\udc81\n.txt", "通知\udc81", "\udc80"]
)
def test_every_name_is_text_that_a_table_can_hold(name):
    assert shown_name(name).encode("utf-8")


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_folder_that_no_table_can_be_written_to_is_refused(pages, tmp_path, command, capsys):
    pipeline.run(pages, tmp_path / "out")
    what = pages if command == "run" else tmp_path / "out"
    assert main([command, str(what), "--out", str(tmp_path / gbk("结果坏"))]) == 2
    assert "a folder whose name is not UTF-8" in capsys.readouterr().err


def test_a_report_may_have_such_a_name(pages, tmp_path):
    pipeline.run(pages, tmp_path / "out")
    report = tmp_path / gbk("报告坏.html")
    write_report(tmp_path / "out", report)
    assert report.is_file()
    assert report not in [listed.path for listed in iter_inputs([tmp_path])]  # noted as ours
