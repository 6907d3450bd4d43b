"""Golden tables: what the pipeline makes of corpus/, row by row. `pytest --update-golden` rewrites; read the diff like code."""

import csv
import difflib
import io
from pathlib import Path

import pytest

import pipeline

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
GOLDEN = HERE / "golden"
# offsets and sentences follow from the text; without them a diff shows what changed and nothing else
LEFT_OUT = {"start", "end", "raw_start", "raw_end", "sentence", "source", "confidence"}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    out = tmp_path_factory.mktemp("golden")
    pipeline.run(CORPUS, out)
    return pipeline.load(out)


def _as_csv(frame):
    kept = frame[[c for c in frame.columns if c not in LEFT_OUT]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(kept.columns)
    for row in kept.itertuples(index=False):
        writer.writerow(map(_cell, row))
    return buffer.getvalue()


def _cell(value):
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return "；".join(map(str, value))
    return "" if value is None or value != value else value


@pytest.mark.parametrize(
    "name", ["documents", "sections", "parts", "slogans", "quantities", "measures", "citations"]
)
def test_the_tables_of_corpus_are_as_they_were(tables, name, update_golden):
    now = _as_csv(tables[name])
    path = GOLDEN / f"{name}.csv"
    if update_golden:
        path.write_text(now, encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    diff = "\n".join(
        difflib.unified_diff(before.splitlines(), now.splitlines(), "golden", "now", lineterm="", n=0)
    )
    assert not diff, diff


def test_every_offset_points_at_its_row(tables):
    texts = dict(zip(tables["texts"]["doc_id"], tables["texts"]["text"], strict=True))
    points_at = {
        "sections": "heading",
        "slogans": "label",
        "quantities": "text",
        "measures": "text",
        "citations": "title",
    }
    for name, column in points_at.items():
        for row in tables[name].to_dict("records"):
            assert texts[row["doc_id"]][row["start"] : row["end"]] == row[column], name
    for row in tables["parts"].to_dict("records"):
        is_long = row["kind"] in ("attachment", "glossary")
        assert is_long or row["text"] == texts[row["doc_id"]][row["start"] : row["end"]]
    for row in tables["repairs"].to_dict("records"):
        assert 0 <= row["start"] <= row["end"] <= len(texts[row["doc_id"]])
        assert row["raw_start"] <= row["raw_end"]


def test_the_ledger_leads_from_the_page_to_the_text():
    document = pipeline.read(CORPUS / "002_124d63e05f923c6b.txt")
    raw = (CORPUS / "002_124d63e05f923c6b.txt").read_text(encoding="utf-8")
    kinds = {repair.kind for repair in document.repairs}
    assert {"pinyin_notes", "gbk_bytes_shifted", "doubled_document", "injected_spam", "lost_spaces"} <= kinds
    first = next(repair for repair in document.repairs if repair.kind == "pinyin_notes")
    assert first.before in raw
    assert document.facts.n_repairs == len(document.repairs)
