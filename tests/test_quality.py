"""The quality floor: scores on hand-marked documents may only rise (tests/quality_floors.json)."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FLOORS = json.loads((HERE / "quality_floors.json").read_text(encoding="utf-8"))
MARKS = {"gold": SHARED / "gold", "own": HERE / "gold"}

SCRAPED_RE = re.compile(r"\\r|\\n|&nbsp;|\?{4}|内容摘要|^(?:时间|作者|来源|阅读|评论)\s?：", re.MULTILINE)

pytestmark = pytest.mark.skipif(
    not (SHARED / "score.py").is_file(), reason="the marked documents are not beside the checkout"
)


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    out = tmp_path_factory.mktemp("quality")
    pipeline.run([SHARED / "seeds", SHARED / "gold_docs"], out)
    found = {}
    for name, marks in MARKS.items():
        done = subprocess.run(
            [sys.executable, str(SHARED / "score.py"), str(out), str(marks), "--json"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        found[name] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("marks", "table", "figure", "floor"),
    [(m, t, f, v) for m in MARKS for t, figures in FLOORS[m].items() for f, v in figures.items()],
)
def test_a_score_does_not_fall_below_its_floor(scores, marks, table, figure, floor):
    assert scores[marks][table][figure] >= floor


def test_the_county_of_every_work_report_is_right(tmp_path):
    reports = SHARED / "corpora" / "county_reports"
    pipeline.run(reports, tmp_path)
    documents = pipeline.load(tmp_path)["documents"]
    wrong = [r.source for r in documents.itertuples() if r.adcode != Path(r.source).name[:6]]
    assert not wrong
    # what the aggregator put around and into the reports is gone
    texts = pipeline.load(tmp_path)["texts"]
    assert not [t for t in texts["text"] if SCRAPED_RE.search(t)]


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
