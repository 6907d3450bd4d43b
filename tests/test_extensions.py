"""Extractors of one's own: one call, then they are there as a doc's attribute, a frame and a table."""

import re
from pathlib import Path

import numpy as np
import pytest

import pipeline
from pipeline import extensions
from pipeline.errors import ExtractorError

CORPUS = Path(__file__).parent.parent / "corpus"


def deadlines(reading):
    for match in re.finditer(r"(\d{4})年底前|到(\d{4})年", reading.text):
        yield {"start": match.start(), "end": match.end(), "year": int(match[1] or match[2])}


@pytest.fixture(autouse=True)
def _as_before():
    before = dict(extensions._ADDED)
    yield
    extensions._ADDED.clear()
    extensions._ADDED.update(before)


def test_an_added_extractor_is_an_attribute_and_a_frame_of_every_document():
    pipeline.add_extractor("deadlines", deadlines, {"year": "integer"})
    document = pipeline.read_text("一、目标\n到2025年，毛入园率达95%。2026年底前全部达标。")
    assert [row["year"] for row in document.deadlines] == [2025, 2026]
    frame = document.frames()["deadlines"]
    assert list(frame["text"]) == ["到2025年", "2026年底前"]
    assert list(frame.columns) == ["doc_id", "row_id", "text", "year", "start", "end", "sentence", "section"]
    assert frame["section"][0] == "目标"
    assert [s.text for s in document.spacy.spans["deadlines"]] == ["到2025年", "2026年底前"]


def test_a_run_writes_its_table(tmp_path):
    pipeline.add_extractor("deadlines", deadlines, {"year": "integer"})
    summary = pipeline.run(CORPUS, tmp_path, extractors=["deadlines"], formats=["csv", "xlsx"])
    table = pipeline.load(tmp_path)["deadlines"]
    assert summary.rows["deadlines"] == len(table) > 0
    assert set(table["doc_id"]) <= set(pipeline.load(tmp_path)["documents"]["doc_id"])
    assert (tmp_path / "csv" / "deadlines.csv").is_file()


def test_worker_processes_run_it_too(tmp_path):
    added = pipeline.add_extractor("deadlines", deadlines, {"year": "integer"})
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(8):
        (pages / f"{number}.txt").write_text(f"到20{number + 20}年建成学校{number}所。", encoding="utf-8")
    pipeline.run(pages, tmp_path / "out", extractors=[added], settings=pipeline.Settings(workers=2))
    assert sorted(pipeline.load(tmp_path / "out")["deadlines"]["year"]) == list(range(2020, 2028))


def test_a_later_run_without_it_does_not_load_what_an_earlier_one_left(tmp_path):
    pipeline.add_extractor("deadlines", deadlines, {"year": "integer"})
    pipeline.run(CORPUS, tmp_path, extractors=["deadlines"])
    pipeline.run(CORPUS, tmp_path)
    assert "deadlines" not in pipeline.load(tmp_path)


def test_without_a_row_the_table_still_has_its_columns(tmp_path):
    pipeline.add_extractor("nothing_at_all", lambda reading: [], ["note"])
    pipeline.run(CORPUS, tmp_path, extractors=["nothing_at_all"])
    assert "note" in pipeline.load(tmp_path)["nothing_at_all"].columns


@pytest.mark.parametrize(
    ("name", "columns", "message"),
    [
        ("slogans", {}, "cannot name an extractor"),
        ("frames", {}, "cannot name an extractor"),
        ("../escape", {}, "cannot name an extractor"),
        ("class", {}, "cannot name an extractor"),
        ("Slogans", {}, "cannot name an extractor"),
        ("fingerprints", {}, "cannot name an extractor"),
        ("parts", {}, "cannot name an extractor"),
        ("fees", {"Start": "integer"}, "every table has"),
        ("fees", {"sum": "number", "Sum": "number"}, "cannot be added"),
        ("fees", {"sum": "money"}, "kinds: string, integer"),
        ("fees", {"start": "integer"}, "every table has"),
    ],
)
def test_a_wrong_declaration_is_refused(name, columns, message):
    with pytest.raises(ExtractorError, match=re.escape(message)):
        pipeline.add_extractor(name, deadlines, columns)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"start": 0, "end": 2, "colour": "red"}], "column not declared: colour"),
        ([{"start": 3, "end": 2}], "needs start and end"),
        ([{"start": 0, "end": 999}], "needs start and end"),
        ([{"end": 1}], "needs start and end"),
        ([{"start": 0.0, "end": 2.0}], "needs start and end"),
        ([{"start": 0, "end": 2, "sum": 300}], "column 'sum' is declared string"),
    ],
)
def test_a_wrong_row_says_which_extractor_and_why(rows, message):
    pipeline.add_extractor("fees", lambda reading: rows, ["sum"])
    with pytest.raises(ExtractorError, match=message):
        pipeline.read_text("收费标准。").fees  # noqa: B018


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "2025"),
        ("integer", 2.5),
        ("integer", 2**70),
        ("number", "一半"),
        ("strings", "县"),
        ("strings", [1]),
    ],
)
def test_a_value_of_another_kind_than_its_column_is_told_of_with_both_names(kind, value):
    pipeline.add_extractor("fees", lambda reading: [{"start": 0, "end": 2, "sum": value}], {"sum": kind})
    with pytest.raises(ExtractorError, match=f"fees: column 'sum' is declared {kind}"):
        pipeline.read_text("收费标准。").frames()


def test_numbers_of_numpy_are_numbers():
    row = {"start": np.int64(0), "end": np.int32(2), "year": np.int64(2025), "share": np.float32(0.5)}
    pipeline.add_extractor("fees", lambda reading: [row], {"year": "integer", "share": "number"})
    document = pipeline.read_text("收费标准。")
    assert document.frames()["fees"].loc[0, ["text", "year", "share", "start"]].tolist() == [
        "收费",
        2025,
        0.5,
        0,
    ]


def test_an_extractor_that_fails_stops_a_run_with_its_name(tmp_path):
    pipeline.add_extractor("broken", lambda reading: 1 / 0)
    with pytest.raises(ExtractorError, match="broken: ZeroDivisionError"):
        pipeline.run(CORPUS, tmp_path, extractors=["broken"])


def test_an_unknown_name_lists_those_added(tmp_path):
    pipeline.add_extractor("deadlines", deadlines, {"year": "integer"})
    with pytest.raises(ExtractorError, match=r"added: .*deadlines"):
        pipeline.run(CORPUS, tmp_path, extractors=["deadline"])
    with pytest.raises(AttributeError, match="no attribute 'deadline'"):
        pipeline.read_text("到2025年。").deadline  # noqa: B018


def test_no_extractor_takes_the_name_of_what_a_document_has():
    from pipeline.document import PolicyDocument

    attributes = {name for name in dir(PolicyDocument) if not name.startswith("_")}
    assert attributes <= extensions._TAKEN


def test_two_names_that_differ_by_case_alone_are_refused():
    pipeline.add_extractor("fees", deadlines)
    pipeline.add_extractor("fees", deadlines)  # a notebook cell that runs twice
    with pytest.raises(ExtractorError, match="'Fees' cannot name an extractor"):
        pipeline.add_extractor("Fees", deadlines)


@pytest.mark.parametrize("rows_per_file", [0, 1])
def test_a_table_may_have_the_name_of_a_word_of_sql(rows_per_file, tmp_path):
    names = ["order", "group", "end", "analyse", "policy", "main", "期限"]
    for name in names:
        pipeline.add_extractor(name, lambda reading: [{"start": 0, "end": 2}], ["select"])
    page = tmp_path / "page.txt"
    page.write_text("到2025年建成学校3所。", encoding="utf-8")
    pipeline.run(page, tmp_path / "out", extractors=names, rows_per_file=rows_per_file)
    tables = pipeline.load(tmp_path / "out")
    assert [len(tables[name]) for name in names] == [1] * len(names)


def test_a_statement_that_duckdb_does_not_understand_is_no_full_disk(tmp_path):
    import duckdb

    from pipeline.database import unwritten

    assert "see that the disk has room" in str(unwritten(duckdb.IOException("No space left"), tmp_path))
    assert "report this line" in str(unwritten(duckdb.ParserException("syntax error"), tmp_path))
