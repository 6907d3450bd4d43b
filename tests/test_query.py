"""Rows of a table with whose they are: what `zhengce tables` asks a run for."""

import pytest

import pipeline
from pipeline.columns import ALL_TABLES, TABLES, joined_columns
from pipeline.compare.groups import documents_in_groups
from pipeline.errors import SourceError
from pipeline.query import load, query_table
from pipeline.records import DocumentRow
from pipeline.rows import document_row
from pipeline.spreadsheets import write_csv
from pipeline.tables import TableWriter

PAGES = {
    "a.txt": "旬邑县2021年教育工作要点\n撤销小规模学校25所。落实《教育督导问责办法》，抓好“四个强化”。",
    "b.txt": "白沙县人民政府关于振兴乡村的意见\n2019年3月5日\n新建公路30公里。落实《乡村振兴促进法》。",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    pipeline.run(folder, folder / "out", settings=pipeline.Settings(workers=1))
    return folder / "out"


@pytest.mark.parametrize("name", sorted(set(ALL_TABLES) - {"documents"}))
def test_every_row_says_whose_it_is_as_documents_does(out, name):
    frame, _ = query_table(out, name, limit=0)
    documents = load(out, ["documents"])["documents"].set_index("doc_id")
    for row in frame.to_dict("records"):
        for column in joined_columns(ALL_TABLES[name]):
            if column.name != "year":
                field = column.name.removeprefix("document_")
                assert (
                    row[column.name] == documents.at[row["doc_id"], field]
                    or documents.isna().at[row["doc_id"], field]
                )
    shown = set(frame.columns) - {c.name for c in joined_columns(ALL_TABLES[name])}
    assert shown == {c.name for c in ALL_TABLES[name]} - {"county", "publish_date"} - (
        {"title"} if name == "extractions" else set()
    )


def test_a_citation_has_its_own_title_and_that_of_its_document(out):
    frame, _ = query_table(out, "citations", columns=["title", "document_title", "county", "year"])
    assert frame.to_dict("records")[0] == {
        "title": "教育督导问责办法",
        "document_title": "旬邑县2021年教育工作要点",
        "county": "旬邑县",
        "year": 2021,
    }


def test_stored_tables_hold_none_of_the_joined_columns(out):
    for name, columns in TABLES.items():
        assert list(load(out, [name])[name].columns) == [c.name for c in columns]


def test_columns_are_those_that_were_named_in_their_order(out):
    frame, n = query_table(
        out, "quantities", columns=["unit", "county", "source", "unit"], where="year = 2019"
    )
    assert list(frame.columns) == ["unit", "county", "source"]
    assert n == 1


def test_documents_are_asked_by_their_year_too(out):
    frame, n = query_table(out, "documents", columns=["title", "year"], where="year = 2019")
    assert (frame.to_dict("records"), n) == ([{"title": "白沙县人民政府关于振兴乡村的意见", "year": 2019}], 1)
    assert "year" not in query_table(out, "documents")[0].columns


def test_a_column_that_is_not_there_is_answered_with_one_like_it(out):
    with pytest.raises(SourceError, match="no column 'indicater' — like it: indicator"):
        query_table(out, "quantities", columns=["indicater"])


def test_a_year_stays_a_whole_number_beside_a_document_without_one(tmp_path):
    rows = [
        DocumentRow(doc_id=one * 16, source=one, publish_date=date, status="ok")
        for one, date in (("a", "2020-01-09"), ("b", None))
    ]
    with TableWriter(tmp_path) as writer:
        writer.add({"documents": [document_row(row) for row in rows]})
        writer.add({"texts": [(row.doc_id, "四个强化") for row in rows]})
    frame, _ = query_table(tmp_path, "texts", limit=0)
    write_csv(frame[["doc_id", "year"]], tmp_path / "texts.csv")
    lines = (tmp_path / "texts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["doc_id,year", f"{'a' * 16},2020", f"{'b' * 16},"]


def test_a_comparison_that_is_asked_for_as_a_table_is_told_where_it_comes_from(out):
    with pytest.raises(SourceError, match="zhengce compare"):
        query_table(out, "promises")


TITLES = [
    *[None] * 4,
    "青溪县2021年政府工作报告",
    "关于2018—2020年规划的通知",
    "第12021号",
    "2020.5",
    "（1999）20211",
]


TOLD_YEARS = [
    [("achieved", "2017"), ("target", "2016"), ("target", "2016"), ("requirement", "2019")],
    [("achieved", "2020-"), ("target", "2024"), ("target", "2023-01"), ("target", None)],
    [
        ("target", "2026"),
        ("target", "2025"),
        ("achieved", "2011"),
        ("achieved", "2010"),
        ("achieved", "今年"),
    ],
    [],
]


def _told_years(doc_ids):
    """Yield rows of `quantities`, in turn for each kind of document those of one list above."""
    empty = {c.name: None for c in TABLES["quantities"]}
    for i, doc_id in enumerate(doc_ids):
        for k, (status, when) in enumerate(TOLD_YEARS[i // 3 % len(TOLD_YEARS)]):
            yield tuple({**empty, "doc_id": doc_id, "quantity_id": f"{doc_id}q{k}", "text": "1", "indicator": "1",
                         "status": status, "when": when}.values())  # fmt: skip


def test_the_year_shown_is_the_year_that_comparisons_count_by(tmp_path):
    rows = [
        DocumentRow(
            doc_id=f"{i:016x}", source=str(i), title=title, doc_type=kind, publish_date=date, status="ok"
        )
        for i, (title, kind, date) in enumerate(
            (title, kind, date)
            for title in TITLES
            for kind in (None, "工作报告", "通知")
            for date in (None, "2003-04-07", "2022-11")
        )
    ]
    with TableWriter(tmp_path) as writer:
        writer.add({"documents": [document_row(row) for row in rows]})
        writer.add({"texts": [(row.doc_id, "四个强化") for row in rows]})
        writer.add({"quantities": list(_told_years([row.doc_id for row in rows if row.doc_id]))})
    frame, _ = query_table(tmp_path, "texts", limit=0)
    tables = load(tmp_path, ["documents", "quantities"])
    groups = documents_in_groups(tables["documents"], "document", tables["quantities"])
    expected = groups.set_index("doc_id")["year"].astype("float")
    assert {2016, 2018, 2024} <= set(
        expected
    )  # told by targets, by results, by targets of a report without results
    shown = frame.set_index("doc_id")["year"].astype("float")
    assert shown.reindex(expected.index).equals(expected)
    for year in {int(one) for one in expected.dropna()}:
        chosen = load(tmp_path, ["documents"], where=f"year = {year}")["documents"]
        assert set(chosen["doc_id"]) == set(expected.index[expected == year])


@pytest.mark.parametrize("rows_a_file", [0, 3])
def test_rows_come_in_text_order_documents_as_they_were_read(tmp_path, rows_a_file):
    ids = [f"{(7 * i) % 50:016x}" for i in range(50)]
    kinds = {c.name: None for c in TABLES["quantities"]}
    with TableWriter(tmp_path, rows_a_file=rows_a_file) as writer:
        for one in ids:
            row = DocumentRow(doc_id=one, source=one, county="旬邑县", status="ok")
            writer.add({"documents": [document_row(row)]})
        for one in reversed(ids):  # as no run writes them: what is asked for is told by position, not by luck
            rows = [
                {**kinds, "doc_id": one, "quantity_id": f"{one}.q{k}", "start": start, "end": start + 2}
                for k, start in enumerate((30, 10, 10, 20))
            ]
            writer.add({"quantities": [tuple(row.values()) for row in rows]})
    for condition in (None, "county = '旬邑县'"):
        frame, _ = query_table(tmp_path, "quantities", where=condition, limit=0)
        assert list(frame["doc_id"].drop_duplicates()) == ids
        assert frame["start"].tolist() == [10, 10, 20, 30] * 50
        assert frame["quantity_id"].str[-2:].tolist() == ["q1", "q2", "q3", "q0"] * 50
        assert query_table(tmp_path, "quantities", where=condition, limit=9)[0].equals(frame.head(9))
    assert list(query_table(tmp_path, "documents", limit=0)[0]["doc_id"]) == ids
