"""The workbook that a person opens: what each sheet and column means, values in Chinese, dates, and nothing that runs."""

import datetime
import re
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

import pipeline
from pipeline import lexicon
from pipeline.column_notes import column_note, in_chinese, value_names
from pipeline.columns import ALL_TABLES, CHINESE_TITLES, TABLES, Column, with_document
from pipeline.compare import COMPARISON_COLUMNS
from pipeline.workbook import Sheet, write_workbook

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    pipeline.run(ROOT / "corpus", out, formats=["xlsx"])
    return out


@pytest.fixture(scope="module")
def book(out):
    return openpyxl.load_workbook(out / "policy.xlsx")


def _rows(page):
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_first_sheet_says_what_every_column_of_the_others_means(book):
    assert book.sheetnames == ["说明", *(CHINESE_TITLES[name] for name in ALL_TABLES)]
    told = {(row["工作表"], row["name"]): row for row in _rows(book["说明"])}
    for name, columns in ALL_TABLES.items():
        for column in ("", *(c.name for c in with_document(columns))):
            row = told[CHINESE_TITLES[name], column or name]
            assert row["含义"], (name, column)
            assert row["meaning"], (name, column)
    low = [row[3].row for row in book["说明"].iter_rows(min_row=2) if len(row[4].value) > 70
           and (book["说明"].row_dimensions[row[3].row].height or 0) < 30]  # fmt: skip
    assert low == []
    assert "target 目标" in told["数量指标", "status"]["代码及中文名"]


def _plain(cell):
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell).replace("`", "").replace("\\|", "|").strip()


def _meanings(section):
    """What the docs say of columns: the words of each line of a section's table, by the columns it is about."""
    lines = re.findall(r"^\| (`.*?`) \| (.*) \|$", section, re.MULTILINE)
    return {tuple(re.findall(r"`(\w+)`", columns)): _plain(meaning) for columns, meaning in lines}


@pytest.mark.parametrize(("docs", "tables"), [("tables.md", ALL_TABLES), ("compare.md", COMPARISON_COLUMNS)])
def test_the_notes_of_columns_are_those_of_the_docs(docs, tables):
    text = (ROOT / "docs" / docs).read_text(encoding="utf-8")
    for name in tables:
        section = re.split(rf"\n## {name}\b", text)[1].partition("\n## ")[0].partition("\n### ")[0]
        notes = [row for row in lexicon.table("column_notes.tsv") if row["table"] == name and row["columns"]]
        assert notes
        meanings = set(_meanings(section).values())
        assert [row["english"] for row in notes if row["english"] not in meanings] == []


def test_every_column_of_a_comparison_has_a_note_in_both_languages():
    for name, columns in COMPARISON_COLUMNS.items():
        for column in ("", *(c.name for c in columns)):
            assert all(column_note(name, column)), (name, column)
    shared = re.split(r"\n## shared columns", (ROOT / "docs" / "compare.md").read_text(encoding="utf-8"))[1]
    told = _meanings(shared.partition("\n## ")[0])
    del told["doc_id",]  # as in the tables of a run
    assert {columns: column_note("promises", columns[0])[1] for columns in told} == told


def test_the_names_of_codes_are_those_of_the_report():
    script = (ROOT / "pipeline" / "report" / "static" / "numbers.js").read_text(encoding="utf-8")
    groups = {"documents.status": "status", "quantities.status": "said", "promises.outcome": "outcome",
              "indicators.aspect": "aspect", "indicators.state": "state"}  # fmt: skip
    for column, group in groups.items():
        block = re.search(rf"  {group}: \{{(.*?)\}},\n", script, re.DOTALL)[1]
        shown = dict(re.findall(r"(\w+): \[\"([^\"]+)\", ", block))
        assert value_names(*column.split(".")) == shown, column


def test_names_belong_to_columns_that_exist_and_every_code_of_the_corpus_has_one(out):
    known = {**ALL_TABLES, **COMPARISON_COLUMNS}
    coded = {(row["table"], row["column"]) for row in lexicon.table("value_names.csv")}
    coded |= {("documents", "damage"), ("repairs", "kind")}
    tables = pipeline.load(out)
    for table, column in coded:
        assert column in {c.name for c in known[table]}
        if table in tables:
            names = value_names(table, column)
            cells = set(tables[table][column].explode().dropna()) - set(names)
            assert not [one for one in cells if in_chinese(one, names) == one], (table, column)


def test_every_sheet_says_whose_its_rows_are_and_may_be_filtered(book, out):
    for name, columns in TABLES.items():
        page = book[CHINESE_TITLES[name]]
        assert page.freeze_panes == "A2"
        assert (page.print_title_rows, page.page_setup.orientation) == ("$1:$1", "landscape")
        assert page.auto_filter.ref == page.dimensions
        assert page.column_dimensions["A"].width >= 16
        head = [cell.value for cell in page[1]]
        assert {c.chinese for c in with_document(columns)} <= set(head)
        assert len(head) == len(set(head))
    row = _rows(book["数量指标"])[0]
    document = pipeline.load(out, ["documents"])["documents"].set_index("doc_id").loc[row["文档编号"]]
    assert (row["县"], row["标题"]) == (document["county"], document["title"])


def test_whole_days_are_dates_and_codes_have_their_names_beside_them(book):
    documents = _rows(book["文档"])
    days = [row["发布日期"] for row in documents if row["发布日期"]]
    assert days
    assert all(isinstance(day, datetime.datetime) for day in days)
    named = {(row["性质"], row["性质（中文）"]) for row in _rows(book["数量指标"])}
    assert named == {("target", "目标"), ("achieved", "已完成"), ("requirement", "要求")}
    reasons = [row["属地依据（中文）"] for row in documents if row["属地依据"]]
    assert reasons
    assert not any(re.search("[a-z]", reason) for reason in reasons)
    assert all(isinstance(row["数值"], int | float) for row in _rows(book["数量指标"]))
    long = next(
        cell for cell in book["数量指标"][2] if book["数量指标"].cell(1, cell.column).value == "所在句"
    )
    assert long.alignment.wrap_text


def test_no_part_of_a_workbook_runs_or_leads_anywhere(book, out):
    with zipfile.ZipFile(out / "policy.xlsx") as parts:
        for name in parts.namelist():
            body = parts.read(name)
            assert b"<f>" not in body
            assert b"<hyperlink" not in body
            assert b"externalLink" not in body


def test_a_day_that_is_none_and_part_of_a_day_stay_text(tmp_path):
    columns = (Column("publish_date", "string", "发布日期"), Column("items", "strings", "成员"))
    rows = [("2023-02-30", []), ("2023-03", ["一岗双责", "=1+1"]), (None, None), ("2023-03-01", ["四个强化"])]
    write_workbook(tmp_path / "x.xlsx", [Sheet("x", "表", columns, rows, len(rows))])
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")["表"]
    assert [row for row in page.iter_rows(min_row=2, values_only=True)] == [  # noqa: C416
        ("2023-02-30", None),
        ("2023-03", "一岗双责；=1+1"),
        (None, None),
        (datetime.datetime(2023, 3, 1), "四个强化"),
    ]


def test_more_rows_take_no_more_memory(tmp_path):
    columns = TABLES["quantities"]

    def peak(n_rows):
        row = tuple("推进“四个强化”，" * 12 if c.kind == "string" else 7 for c in columns)
        sheet = Sheet("quantities", "数量指标", columns, (row for _ in range(n_rows)), n_rows)
        tracemalloc.start()
        write_workbook(tmp_path / "x.xlsx", [sheet], guide=[sheet])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    assert peak(4_000) < 1.3 * peak(200)


def test_rows_are_as_high_as_their_text_up_to_six_lines(tmp_path):
    columns = (Column("sentence", "string", "所在句"), Column("unit", "string", "单位"))
    rows = [
        ("撤销小规模学校25所。", "所"),
        ("推进“四个强化”，" * 9, "所"),
        (None, "所"),
        ("推进“四个强化”，" * 90, "所"),
    ]
    write_workbook(tmp_path / "x.xlsx", [Sheet("x", "表", columns, rows, len(rows))])
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")["表"]
    assert [page.row_dimensions[row].height for row in (2, 3, 4, 5)] == [None, 60, None, 90]


def test_a_note_is_there_for_the_columns_that_every_table_has():
    assert column_note("measures", "start") != column_note("sections", "start")
    assert column_note("measures", "doc_id")[0].startswith("文档编号")
    assert column_note("measures", "nothing") == ("", "")
