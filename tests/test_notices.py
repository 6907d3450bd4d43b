"""Pages in which a site only speaks to its visitor: the cases of tests/cases/notices/, and what a run makes of them."""

import json
from pathlib import Path

import pytest
from effort import takes_less_than

from pipeline.flow import analyse
from pipeline.records import RawFile
from pipeline.structure.notices import REASONS, notice_of

CASES = json.loads((Path(__file__).parent / "cases" / "notices" / "pages.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_notices(case):
    assert notice_of(case["text"]) == (REASONS[case["expect"]] if case["expect"] else None)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES if case["expect"]])
def test_a_page_that_is_a_notice_is_an_empty_document_that_says_so(case):
    lines = "".join(f"<p>{line}</p>" for line in case["text"].split("\n"))
    page = (
        f'<html><head><meta charset="utf-8"><title>提示</title></head><body><div>{lines}</div></body></html>'
    )
    row = analyse(RawFile("t1.html", page.encode())).row
    assert (row.status, row.error.rsplit(": ", 1)[-1].split(" — ")[0]) == ("empty", REASONS[case["expect"]])


def test_hostile_text_is_told_in_good_time():
    pieces = ("请", "访问", "浏览器", "安全", "404", "请 ", "您的", "网站正在", "打开")
    texts = [piece * n for piece in pieces for n in (500 // len(piece), 100_000)]
    assert takes_less_than(1, lambda: [notice_of(text) for text in texts])
