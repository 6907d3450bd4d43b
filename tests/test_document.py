"""One document in Python and in a notebook."""

from pathlib import Path

import pytest

import pipeline
from pipeline.columns import TABLES
from pipeline.errors import PageError, PipelineError, SourceError
from pipeline.highlight import pieces

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def document():
    return pipeline.read(CORPUS / "001_b5c54a53bf2725bf.txt")


def test_facts_are_named_as_the_columns_of_documents(document):
    for column in TABLES["documents"]:
        assert hasattr(document.facts, column.name)
    assert (document.facts.county, document.facts.adcode, document.facts.script) == (
        "旬邑县",
        "610429",
        "hant",
    )


def test_the_script_is_that_of_the_text_and_not_of_bytes_misread_in_it():
    lines = [
        "青山县2023年学校食堂管理方案",
        "为规范学校食堂管理，保障师生饮食安全，制定本方案。",
        "各校要加强检查。",
        "学校食堂管理由各校负责，每学期检查不少于两次，检查情况及时报送。",
    ]
    lines[1::2] = [line.encode().decode("gbk", "replace") for line in lines[1::2]]
    document = pipeline.read_text("\n".join(lines))
    assert "utf8_read_as_gbk" in document.facts.damage
    assert document.facts.script == "hans"


def test_frames_have_the_tables_columns_and_a_row_for_every_record(document):
    frames = document.frames()
    assert set(frames) == set(TABLES)
    for name in ("slogans", "quantities", "measures", "citations", "sections", "repairs"):
        assert list(frames[name].columns) == [c.name for c in TABLES[name]]
        assert len(frames[name]) == len(getattr(document, name))


def test_the_spacy_doc_is_over_the_text_and_holds_the_spans(document):
    doc = document.spacy
    assert doc.text == document.text
    assert [span.text for span in doc.spans["slogans"]][:2] == ["四个强化", "三个增长"]
    for name in ("quantities", "measures", "citations"):
        assert len(doc.spans[name]) == len(getattr(document, name))
    assert all(token.tag_ for token in doc if not token.is_space)


def test_a_measure_points_at_the_slogan_it_is_a_member_of(document):
    rows = document.frames()["measures"].set_index("text")["slogan_id"]
    slogans = document.frames()["slogans"].set_index("slogan_id")["label"]
    assert slogans[rows["一是强化组织领导"]] == "四个强化"


def test_every_row_knows_its_headings(document):
    rows = document.frames()["measures"].set_index("text")["heading"]
    assert rows["成立义务教育优质均衡发展创建工作领导小组"] == "四个强化|夯实创建责任"
    quantities = document.frames()["quantities"].set_index("text")["section"]
    assert quantities["撤销小规模学校25所"] == "四个到位|改善办学条件"


def test_the_notebook_display_marks_the_text_and_runs_nothing_of_it():
    hostile = "推进“四个强化”<svg onload=alert(2)>建设，撤销小规模学校25所。\n落实<b onclick=alert(1)>《办法》</b>。"
    shown = pipeline.read_text(hostile)._repr_html_()
    assert "&lt;svg onload=" in shown
    assert "<svg" not in shown
    assert "<b " not in shown
    assert "四个强化" in shown
    assert "background:#ffd54f" in shown


def test_the_marked_pieces_are_the_text(document):
    assert "".join(piece for piece, _ in pieces(document.reading, document.found)) == document.text


def test_an_empty_text_and_a_folder_are_refused_with_a_letter():
    with pytest.raises(PageError, match="holds no text"):
        pipeline.read_text(" \n ")
    with pytest.raises(SourceError, match="not one file"):
        pipeline.read(CORPUS)
    with pytest.raises(PipelineError):
        pipeline.read(CORPUS / "missing.txt")


def test_good_text_comes_back_unchanged():
    text = "推进义务教育优质均衡发展，落实《教育督导问责办法》。"
    assert pipeline.read_text(text).text == text
    assert pipeline.repair_text(text).text == text
    assert pipeline.simplify(text) == text


def test_show_into_a_pipe_lists_its_marks_where_it_has_no_colour(document, capsys, monkeypatch):
    from pipeline.cli import main

    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert main(["show", str(CORPUS / "001_b5c54a53bf2725bf.txt")]) == 0
    listed = capsys.readouterr().out.partition("标注 marks")[2].splitlines()[1:]
    marks = [line.split("\t") for line in listed]
    assert len(marks) == sum(
        len(getattr(document, k)) for k in ("slogans", "quantities", "citations", "measures")
    )
    for place, _, words in marks:
        start, end = (int(n) for n in place.split("-"))
        assert "".join(words.split()) == "".join(document.text[start:end].split())
    assert {kind for _, kind, _ in marks} >= {"数字口号 slogans", "数量指标 quantities", "政策举措 measures"}
    assert [int(place.split("-")[0]) for place, *_ in marks] == sorted(m.start for k in ("slogans", "quantities", "citations", "measures") for m in getattr(document, k))  # fmt: skip


def test_show_in_colour_has_no_list_of_marks(capsys, monkeypatch):
    from pipeline.cli import main

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["show", str(CORPUS / "001_b5c54a53bf2725bf.txt")]) == 0
    assert "标注 marks" not in capsys.readouterr().out
