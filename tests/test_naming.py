"""What documents are called: never by a path of the machine, never two of them alike."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_report_file import carried_by

import pipeline
from pipeline.cli import main
from pipeline.naming import document_names, file_name, told_apart
from pipeline.reporting import write_report

FOLDER = "/home/me/corpora/reports/"
COLUMNS = ("doc_id", "source", "title", "doc_type", "publish_date", "province", "city", "county")


def _documents(*rows):
    return pd.DataFrame([dict.fromkeys(COLUMNS) | {"doc_id": str(i)} | row for i, row in enumerate(rows)])


def test_an_untitled_document_is_called_by_its_place_year_and_kind():
    documents = _documents(
        {
            "source": FOLDER + "a.txt",
            "county": "容城县",
            "doc_type": "工作报告",
            "publish_date": "2012-02-01",
        },
        {"source": FOLDER + "b.txt", "county": "容城县", "doc_type": "工作报告"},
        {"source": FOLDER + "c.txt", "city": "保定市", "doc_type": "其他"},
        {"source": FOLDER + "d.txt", "doc_type": "工作报告", "publish_date": "2012-02-01"},
    )
    assert document_names(documents, {"1": 2015}) == [
        "容城县 2012 工作报告",
        "容城县 2015 工作报告",
        "保定市 文件",
        "d.txt",
    ]


def test_equal_titles_are_told_apart_by_place_then_year_then_file():
    report = {"title": "政府工作报告"}
    documents = _documents(
        {**report, "source": FOLDER + "a.txt", "county": "清苑县", "publish_date": "2003-04-07"},
        {**report, "source": FOLDER + "b.txt", "county": "清苑县", "publish_date": "2005-02-26"},
        {**report, "source": FOLDER + "c.txt", "county": "涞水县", "publish_date": "2005-02-26"},
        {**report, "source": FOLDER + "d.txt", "county": "清苑县", "publish_date": "2005-02-26"},
        {"title": "政府工作报告解读", "source": FOLDER + "e.txt", "county": "清苑县"},
    )
    assert document_names(documents) == [
        "政府工作报告（清苑县 2003）",
        "政府工作报告（清苑县 2005 b.txt）",
        "政府工作报告（涞水县）",
        "政府工作报告（清苑县 2005 d.txt）",
        "政府工作报告解读",
    ]


def test_copies_of_a_file_in_two_folders_are_told_apart_by_the_folder():
    rows = ({"title": "通知", "source": f"{FOLDER}{folder}/a.txt"} for folder in ("2020", "2021"))
    assert document_names(_documents(*rows)) == ["通知（2020/a.txt）", "通知（2021/a.txt）"]


@pytest.mark.parametrize("source", [None, "", "/", "a.zip!/"])
def test_a_source_without_a_name_still_gives_one(source):
    assert document_names(_documents({"source": source}))[0]
    assert "/" not in file_name(source)


@given(st.lists(st.tuples(*[st.sampled_from(["", "甲", "乙"])] * 3), max_size=12))
def test_no_two_names_are_alike(rows):
    names, *clues = ([row[i] for row in rows] for i in range(3))
    found = told_apart(names, *clues)
    assert len(set(found)) == len(rows)
    assert all(name.startswith(was) for name, was in zip(found, names, strict=True))


@pytest.fixture(scope="module")
def untitled(tmp_path_factory):
    """A run of two reports without a title."""
    folder = tmp_path_factory.mktemp("untitled")
    for year in (2021, 2022):
        text = f"{year}年，柳城县地区生产总值增长{year % 10}%。柳城县落实“双减”政策，全县新建学校3所。\n" * 3
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    pipeline.run(folder, folder / "out")
    return folder


@pytest.mark.parametrize("by", ["county", "document"])
def test_no_path_of_the_machine_is_in_a_report(untitled, tmp_path, by):
    documents = pipeline.load(untitled / "out")["documents"]
    assert documents["title"].isna().all()
    data, _ = carried_by(write_report(untitled / "out", tmp_path / "r.html", by=by).html)
    assert str(untitled) not in str(data)
    assert len({row[15] for row in data["docs"]}) == len({row[16] for row in data["docs"]}) == 2
    assert all(row[15].startswith("柳城县") for row in data["docs"])
    assert [row[5] for row in data["docs"]] == ["2021.txt", "2022.txt"]
    if by == "document":
        assert sorted(data["groups"]) == sorted(row[16] for row in data["docs"])  # short: bars are narrow


def test_show_names_an_untitled_document(untitled, capsys):
    assert main(["show", str(untitled / "2021.txt")]) == 0
    shown = capsys.readouterr().out
    assert "无标题" not in shown
    assert shown.startswith("柳城县")
    assert "柳城县" in pipeline.read(untitled / "2022.txt")._repr_html_().partition("</h3>")[0]
