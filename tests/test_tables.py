"""Tables: declared columns, atomic writing, and nothing that a spreadsheet would run."""

import csv
import re
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline import database
from pipeline.columns import ALL_TABLES, TABLES
from pipeline.errors import SourceError
from pipeline.query import load, query_table
from pipeline.spreadsheets import write_csv, write_xlsx
from pipeline.tables import TableWriter
from pipeline.written import MARK


def test_a_run_without_rows_still_has_every_table_and_column(tmp_path):
    with TableWriter(tmp_path):
        pass
    for name, columns in ALL_TABLES.items():
        assert pq.read_schema(tmp_path / "tables" / f"{name}.parquet").names == [c.name for c in columns]
    with duckdb.connect(str(tmp_path / "policy.duckdb"), read_only=True) as connection:
        names = {
            row[0]
            for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
        }
    assert names == set(ALL_TABLES)


def test_a_run_that_breaks_leaves_the_earlier_tables_alone(tmp_path):
    with TableWriter(tmp_path) as writer:
        writer.add({"texts": [("a", "四个强化")]})
    with pytest.raises(ZeroDivisionError), TableWriter(tmp_path) as writer:
        writer.add({"texts": [("b", f"四个到位{1 // 0}")]})
    assert load(tmp_path, ["texts"])["texts"]["text"].tolist() == ["四个强化"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [MARK, "policy.duckdb", "tables"]


def test_loading_from_a_folder_without_a_run_says_so(tmp_path):
    with pytest.raises(SourceError, match="no table 'extractions' here"):
        load(tmp_path)


HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "＝1+1", "正常文字"]


def test_no_cell_of_a_csv_starts_like_a_formula(tmp_path):
    path = tmp_path / "x.csv"
    write_csv(pd.DataFrame({"text": HOSTILE, "items": [["=1", "二"]] * 6, "n": [-1.5] * 6}), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(path, dtype=str)
    assert not back["text"].str.startswith(("=", "+", "-", "@", "＝")).any()
    assert not back["items"].str.startswith("=").any()
    assert back["n"].tolist() == ["-1.5"] * 6


def test_a_carriage_return_begins_no_row_of_a_csv(tmp_path):
    path = tmp_path / "x.csv"
    frame = pd.DataFrame({"source": ["a.zip!/通知\r=1+1.txt", "\r=1+1"], "items": [["一\r\n=2"], ["二"]]})
    write_csv(frame, path)
    assert "\r" not in path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [["source", "items"], ["a.zip!/通知\n=1+1.txt", "一\n=2"], ["'\n=1+1", "二"]]


COMPARATORS = ["=", "~", ">", ">=", "<", "<=", "range", None]


def test_comparators_come_back_from_a_csv_as_they_went(tmp_path):
    path = tmp_path / "x.csv"
    frame = pd.DataFrame({"comparator": COMPARATORS, "target_comparator": COMPARATORS})
    write_csv(frame, path)
    assert pd.read_csv(path).equals(frame)


@given(
    text=st.text(alphabet="=+-@＝＋－＠>~<1a\t\r\n ", min_size=1, max_size=4),
    column=st.sampled_from(["text", "indicator", "comparator", "items"]),
)
def test_a_free_cell_of_a_csv_is_guarded_in_every_column(tmp_path_factory, text, column):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    write_csv(pd.DataFrame({column: [[text] if column == "items" else text]}), path)
    (back,) = pd.read_csv(path, dtype=str, keep_default_na=False, skip_blank_lines=False)[column]
    if column == "comparator" and text in COMPARATORS:
        assert back == text
    else:
        assert not back.startswith(tuple("=+-@＝＋－＠\t\r\n"))


def test_ids_come_back_from_a_csv_when_it_is_read_as_the_docs_say(tmp_path):
    frame = pd.DataFrame({"doc_id": ["19180351658e5869"], "adcode": ["010429"], "n_chars": [12]})
    write_csv(frame, tmp_path / "x.csv")
    text = (Path(__file__).parent.parent / "docs" / "tables.md").read_text(encoding="utf-8")
    named = re.search(r"\nids = dict.fromkeys\(\((.*?)\), str\)", text)[1]
    ids = dict.fromkeys(re.findall(r'"(\w+)"', named), str)
    assert pd.read_csv(tmp_path / "x.csv", dtype=ids).equals(frame)
    assert not pd.read_csv(tmp_path / "x.csv")["doc_id"].equals(frame["doc_id"])  # why it is said


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    path = tmp_path / "x.xlsx"
    write_xlsx("texts", pd.DataFrame({"doc_id": ["x"] * 6, "text": HOSTILE}), path)
    with zipfile.ZipFile(path) as book:
        assert "正文" in book.read("xl/workbook.xml").decode()
        for name in book.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in book.read(name)


def test_a_text_too_long_for_excel_is_cut_and_says_so(tmp_path):
    path = tmp_path / "x.xlsx"
    write_xlsx("texts", pd.DataFrame({"text": ["长" * 40_000]}), path)
    with zipfile.ZipFile(path) as book:
        assert any("全文见 Parquet" in book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))


def test_extractions_hold_one_row_for_every_row_of_the_four_tables(tmp_path):
    page = tmp_path / "a.txt"
    page.write_text(
        "“四个强化”夯实创建责任。一是强化组织领导。撤销小规模学校25所，落实《教育督导问责办法》。",
        encoding="utf-8",
    )
    pipeline.run(page, tmp_path / "out")
    frames = load(tmp_path / "out")
    kinds = {"slogan": "slogans", "quantity": "quantities", "measure": "measures", "citation": "citations"}
    for kind, table in kinds.items():
        assert (frames["extractions"]["kind"] == kind).sum() == len(frames[table]) > 0
    text = frames["texts"]["text"][0]
    for row in frames["extractions"].itertuples():
        assert text[row.start : row.end] == row.text
    assert set(frames) == {"extractions", *TABLES}


def _rows_of_many_documents(n_documents, n_measures, letters=40):
    """Rows of `documents` and of two tables: every third document has none, some are copies of the one before."""
    documents, measures, citations = [], [], []
    names = [column.name for column in TABLES["documents"]]
    for n in range(n_documents):
        status = ("ok", "ok", "failed", "ok")[n % 4]
        row = {"doc_id": f"{n:016x}", "title": f"通知{n}", "county": "青山县", "status": status}
        documents.append(tuple(row.get(name) for name in names))
        if n % 7 == 3:
            documents.append(tuple({**row, "status": "duplicate"}.get(name) for name in names))
        if status == "failed" or n % 3 == 0:
            continue
        for k in range(n_measures):
            sentence = f"{n}、{k}" + "政策措施" * letters
            values = {
                "doc_id": row["doc_id"], "measure_id": f"{n}.m{k}", "text": sentence, "verb": "建设", "object": "",
                "start": 10 * k, "end": 10 * k + 9, "sentence": sentence,
            }  # fmt: skip
            measures.append(tuple(values.get(column.name) for column in TABLES["measures"]))
        values = {
            "doc_id": row["doc_id"],
            "citation_id": f"{n}.c0",
            "title": "办法",
            "role": "upper",
            "start": 5,
            "end": 7,
        }
        citations.append(tuple(values.get(column.name) for column in TABLES["citations"]))
    return {"documents": documents, "measures": measures, "citations": citations}


@pytest.mark.parametrize("rows_a_file", [0, 100])
def test_extractions_are_what_the_view_of_the_database_says(tmp_path, rows_a_file):
    with TableWriter(tmp_path, rows_a_file=rows_a_file) as writer:
        writer.add(_rows_of_many_documents(450, 3))
    found = tmp_path / "tables" / ("extractions" if rows_a_file else "extractions.parquet")
    stored = pq.read_table(found).to_pylist()
    with duckdb.connect(
        str(tmp_path / "policy.duckdb"), config={"file_search_path": str(tmp_path)}
    ) as connection:
        told = connection.sql("SELECT * FROM extractions").to_arrow_table().to_pylist()
    assert stored == told
    assert len(stored) == writer.counts["extractions"] > 450


def test_extractions_of_many_rows_need_no_more_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.database._DUCKDB_MEMORY", "64MB")
    with TableWriter(tmp_path) as writer:
        for _ in range(5):
            writer.add(_rows_of_many_documents(200, 60, letters=100))
    assert writer.counts["extractions"] > 25_000


@pytest.mark.parametrize(
    ("name", "ask"),
    [("tables/quantities.parquet", load), ("policy.duckdb", lambda out: query_table(out, "documents"))],
)
def test_a_broken_table_or_database_is_told_of(tmp_path, name, ask):
    (tmp_path / "a.txt").write_text("新建公办幼儿园3所。", encoding="utf-8")
    pipeline.run(tmp_path / "a.txt", tmp_path / "out")
    path = tmp_path / "out" / name
    path.write_bytes(path.read_bytes()[:40] + b"x" * 4000)
    with pytest.raises(SourceError, match="cannot be"):
        ask(tmp_path / "out")


def test_a_database_without_its_tables_takes_no_place(tmp_path, monkeypatch):
    """As on a full disk, where closing a database may keep silent about what was not written."""
    (tmp_path / "a.txt").write_text("新建公办幼儿园3所。", encoding="utf-8")
    out = tmp_path / "out"
    pipeline.run(tmp_path / "a.txt", out)
    whole = (out / "policy.duckdb").read_bytes()
    check = database._check

    def emptied(path, names, out):
        path.unlink()
        duckdb.connect(str(path)).close()
        check(path, names, out)

    monkeypatch.setattr(database, "_check", emptied)
    with pytest.raises(SourceError, match="could not be written whole"):
        pipeline.run(tmp_path / "a.txt", out)
    assert (out / "policy.duckdb").read_bytes() == whole
