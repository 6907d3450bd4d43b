"""Tables as folders of parts: the same rows as in single files, whatever their number a part, and wherever the folder goes."""

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from test_resume import ALONE, assert_same_tables, make_pages

import pipeline
from pipeline.cli import main
from pipeline.columns import ALL_TABLES, TABLES
from pipeline.comparing import compare_run
from pipeline.database import open_database
from pipeline.errors import SourceError
from pipeline.query import load, query_table
from pipeline.tables import TableWriter

COUNTY = "county = '青溪县'"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return make_pages(tmp_path_factory.mktemp("pages"), 9)


@pytest.fixture(scope="module")
def single(pages, tmp_path_factory):
    out = tmp_path_factory.mktemp("single")
    pipeline.run(pages, out, settings=ALONE)
    return out


@pytest.fixture(scope="module")
def parted(pages, tmp_path_factory):
    out = tmp_path_factory.mktemp("parted")
    pipeline.run(pages, out, settings=ALONE, rows_per_file=4)
    return out


def test_parts_hold_the_rows_of_single_files_in_their_order(single, parted):
    assert_same_tables(single, parted)
    for name in TABLES:
        parts = sorted((parted / "tables" / name).iterdir())
        assert not (parted / "tables" / f"{name}.parquet").exists()
        sizes = [pq.read_metadata(part).num_rows for part in parts]
        assert all(size == 4 for size in sizes[:-1])
        assert sizes[-1] <= 4
    assert len(list((parted / "tables" / "quantities").iterdir())) > 2


@pytest.mark.parametrize("name", ALL_TABLES)
def test_a_question_has_the_same_answer_on_both(single, parted, name):
    frames = [query_table(out, name, where="status = 'ok'" if name == "documents" else COUNTY, limit=0)
              for out in (single, parted)]  # fmt: skip
    (one, n_one), (other, n_other) = frames
    assert n_one == n_other == len(one)
    key = [c for c in one.columns if c.endswith("_id") or c in ("start", "end", "row_id")]
    pd.testing.assert_frame_equal(
        *(f.sort_values(key, kind="stable").reset_index(drop=True) for f in (one, other))
    )


def test_a_folder_of_parts_may_be_moved_and_its_database_is_used_from_inside(pages, tmp_path, monkeypatch):
    pipeline.run(pages, tmp_path / "out", settings=ALONE, rows_per_file=5)
    moved = (tmp_path / "out").rename(tmp_path / "it's moved")
    frame, total = query_table(moved, "slogans", limit=3)
    assert total > len(frame) == 3
    monkeypatch.chdir(moved)
    with duckdb.connect("policy.duckdb", read_only=True) as connection:
        ((n_rows,),) = connection.execute("SELECT count(*) FROM extractions").fetchall()
    assert n_rows == len(load(moved, ["extractions"])["extractions"])


@pytest.mark.parametrize("rows", [0, 5])
def test_brackets_in_the_name_of_a_folder_are_no_pattern_for_its_neighbour(pages, tmp_path, rows):
    one, other = tmp_path / "out[1]", tmp_path / "out1"
    for out, name in ((other, "page-1.txt"), (one, "page-2.txt")):
        (tmp_path / name).write_text(f"关于{name}的通知\n新建学校30所。", encoding="utf-8")
        pipeline.run(tmp_path / name, out, settings=ALONE, rows_per_file=rows)
    for table in ("extractions", "quantities", "documents"):
        frame, total = query_table(one, table, columns=["source"])
        assert total > 0
        assert frame["source"].str.endswith("page-2.txt").all()


def test_extractions_are_read_from_their_file_and_sorted_by_the_database_where_it_is_broken(pages, tmp_path):
    pipeline.run(pages, tmp_path, settings=ALONE)
    asked = "EXPLAIN SELECT * FROM extractions"
    with open_database(tmp_path, ["extractions"]) as connection:
        ((_, plan),) = connection.execute(asked).fetchall()
    assert "PARQUET" in plan
    assert "ORDER_BY" not in plan
    before = query_table(tmp_path, "extractions", limit=0)[0]
    (tmp_path / "tables" / "extractions.parquet").write_bytes(b"PAR1 and no more")
    pd.testing.assert_frame_equal(query_table(tmp_path, "extractions", limit=0)[0], before)


def test_a_question_reads_nothing_but_the_parts(parted, tmp_path):
    secret = tmp_path / "secret.parquet"
    pd.DataFrame({"a": [1]}).to_parquet(secret)
    for source in (f"read_parquet('{secret}')", "read_text('/etc/hostname')", f"glob('{tmp_path}/*')"):
        with pytest.raises(SourceError, match=r"could not answer.*disabled"):
            query_table(parted, "slogans", where=f"1 IN (SELECT 1 FROM {source})")


def test_the_layout_of_a_run_takes_the_place_of_the_other(pages, tmp_path):
    for rows in (3, 0, 4):
        pipeline.run(pages, tmp_path, settings=ALONE, rows_per_file=rows)
        names = {path.name for path in (tmp_path / "tables").iterdir()}
        assert names - {".zhengce-written"} == {name if rows else f"{name}.parquet" for name in ALL_TABLES}
        with duckdb.connect(str(tmp_path / "policy.duckdb"), read_only=True) as connection:
            kinds = dict(
                connection.execute("SELECT table_name, table_type FROM information_schema.tables").fetchall()
            )
        assert kinds["documents"] == ("VIEW" if rows else "BASE TABLE")
    assert not list(tmp_path.glob(".writing-*"))


def test_a_run_without_rows_has_parts_with_every_column(tmp_path):
    with TableWriter(tmp_path, rows_a_file=10):
        pass
    for name, columns in ALL_TABLES.items():
        (part,) = (tmp_path / "tables" / name).iterdir()
        assert pq.read_schema(part).names == [c.name for c in columns]


@pytest.mark.parametrize("out", ["single", "parted"])
def test_only_the_documents_asked_for_are_loaded(request, out):
    folder = request.getfixturevalue(out)
    everything = load(folder)
    wanted = everything["documents"].query("status == 'ok' and title.str.contains('3号')", engine="python")
    some = load(folder, where="title LIKE '%3号%'")
    assert 0 < len(wanted) < len(everything["documents"])
    for name, frame in some.items():
        expected = everything[name][everything[name]["doc_id"].isin(wanted["doc_id"])]
        pd.testing.assert_frame_equal(frame, expected.reset_index(drop=True), obj=name)
    with pytest.raises(SourceError, match="--where takes a condition"):
        load(folder, where="no_such_column = 1")


def test_a_part_of_a_run_is_compared_and_reported(parted, tmp_path, capsys):
    done = compare_run(
        parted, tmp_path / "some", by="document", only=["indicators"], where="title LIKE '%3号%'"
    )
    assert (
        0
        < done["indicators"]
        < compare_run(parted, tmp_path / "all", by="document", only=["indicators"])["indicators"]
    )
    command = [
        "report",
        str(parted),
        "--out",
        str(tmp_path / "r.html"),
        "--by",
        "document",
        "--where",
        "title LIKE '%3号%'",
    ]
    assert main(command) == 0
    assert "1 documents" in capsys.readouterr().out


def test_the_command_says_where_the_parts_are(pages, tmp_path, capsys):
    assert main(["run", str(pages), "--out", str(tmp_path), "--rows-per-file", "100", "--workers", "1"]) == 3
    assert f"{tmp_path}/tables/*/*.parquet" in capsys.readouterr().out.replace("\n", "")
    assert main(["run", str(pages), "--out", str(tmp_path), "--rows-per-file", "-1"]) == 2
