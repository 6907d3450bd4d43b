"""The quality floor: scores on hand-marked documents may only rise (tests/quality_floors.json)."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scoring import LIKENESS, score

import pipeline

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FLOORS = json.loads((HERE / "quality_floors.json").read_text(encoding="utf-8"))
CORPUS, OWN_MARKS = HERE.parent / "corpus", HERE / "gold"
COMPOSED = OWN_MARKS / "composed"  # notices made up in the genre, with their marks

SCRAPED_RE = re.compile(r"\\r|\\n|&nbsp;|\?{4}|内容摘要|^(?:时间|作者|来源|阅读|评论)\s?：", re.MULTILINE)

beside_the_checkout = pytest.mark.skipif(
    not (SHARED / "score.py").is_file(), reason="the marked documents are not beside the checkout"
)


def floors_of(marks):
    return pytest.mark.parametrize(
        ("table", "figure", "floor"),
        [(t, f, v) for t, figures in FLOORS[marks].items() for f, v in figures.items()],
    )


def shared_scores(out, marks):
    done = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), str(out), str(marks), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus")
    pipeline.run(CORPUS, out)
    return out


@pytest.fixture(scope="module")
def own_scores(corpus):
    return score(pipeline.load(corpus), OWN_MARKS)


@pytest.fixture(scope="module")
def composed_scores(tmp_path_factory):
    out = tmp_path_factory.mktemp("composed")
    pipeline.run(sorted(COMPOSED.glob("*.txt")), out)
    return score(pipeline.load(out), COMPOSED)


@pytest.fixture(scope="module")
def gold_scores(tmp_path_factory):
    out = tmp_path_factory.mktemp("quality")
    pipeline.run([SHARED / "seeds", SHARED / "gold_docs"], out)
    return shared_scores(out, SHARED / "gold")


@floors_of("own")
def test_a_score_on_the_corpus_does_not_fall_below_its_floor(own_scores, table, figure, floor):
    assert own_scores[table][figure] >= floor


@floors_of("composed")
def test_a_score_on_composed_notices_does_not_fall_below_its_floor(composed_scores, table, figure, floor):
    assert composed_scores[table][figure] >= floor


@floors_of("gold")
@beside_the_checkout
def test_a_score_does_not_fall_below_its_floor(gold_scores, table, figure, floor):
    assert gold_scores[table][figure] >= floor


@beside_the_checkout
def test_our_figures_are_those_of_the_shared_scorer(corpus, own_scores):
    for table, figures in shared_scores(corpus, OWN_MARKS).items():
        for name in own_scores[table]:
            assert own_scores[table][name] == pytest.approx(figures[name], abs=0.0011), (table, name)


@pytest.mark.parametrize("table", [*LIKENESS, "documents", "texts"])
def test_a_score_falls_where_a_table_gets_worse(corpus, own_scores, table):
    tables = pipeline.load(corpus)
    worse = tables | {table: tables[table].iloc[::2]}
    name = "text" if table == "texts" else table
    before, after = own_scores[name], score(worse, OWN_MARKS)[name]
    assert min(after[figure] - before[figure] for figure in before) < -0.05


@beside_the_checkout
def test_the_county_of_every_work_report_is_right(tmp_path):
    reports = SHARED / "corpora" / "county_reports"
    pipeline.run(reports, tmp_path)
    documents = pipeline.load(tmp_path)["documents"]
    wrong = [r.source for r in documents.itertuples() if r.adcode != Path(r.source).name[:6]]
    assert not wrong
    # what the aggregator put around and into the reports is gone
    texts = pipeline.load(tmp_path)["texts"]
    assert not [t for t in texts["text"] if SCRAPED_RE.search(t)]


@beside_the_checkout
def test_the_masthead_of_state_council_documents_is_right(tmp_path):
    pages = SHARED / "corpora" / "state_council_html"
    pipeline.run(pages, tmp_path)
    documents = pipeline.load(tmp_path)["documents"]
    truth = {}
    for line in (pages / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        truth[row["file"]] = row
    rows = [(r, truth[Path(r.source).name]) for r in documents.itertuples() if Path(r.source).name in truth]
    assert len(rows) == 40
    for field, floor in {"title": 0.97, "issuer": 0.97, "doc_number": 0.98}.items():
        right = sum((getattr(r, field) or None) == (t[field] or None) for r, t in rows)
        assert right >= floor * len(rows), field
