"""Good text passes every repair unchanged, and the signs that spare it the repairs hide no damage."""

from __future__ import annotations

import json
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edits import TracedText
from pipeline.repair import LINE_BY_LINE, REPAIRS, repair_text
from pipeline.repair.signs import Signs

CASES = Path(__file__).parent / "cases"
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
# damage that these pages do have: no-break spaces, runs of ????, 政 府, ２０１５, 1 9 9 3 年
PRESENT = {
    "invisible_characters",
    "lost_spaces",
    "stray_spaces",
    "full_width_forms",
    "escaped_entities",
    "spaced_figures",
}
DAMAGED = [
    case["text"]
    for path in sorted((CASES / "repair").glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
]
SCRAPS = sorted({text[at : at + 6] for text in DAMAGED for at in range(0, min(len(text), 60), 5)})


def dictionary() -> list[str]:
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        return [line.split(" ")[0] for line in lines]


def good_texts() -> list[object]:
    cases = json.loads((CASES / "harm" / "good_text.json").read_text("utf-8"))
    return [pytest.param(case["text"], id=case["label"]) for case in cases]


@pytest.mark.parametrize("text", good_texts())
def test_good_text_passes_unchanged_as_a_page_and_line_by_line(text: str) -> None:
    assert repair_text(TracedText(text)).repairs() == ()
    assert [r for line in text.split("\n") for r in repair_text(TracedText(line)).repairs()] == []


def test_every_word_of_the_dictionary_passes_unchanged_alone_and_as_a_line() -> None:
    words = dictionary()
    assert len(words) == 349_046
    assert repair_text(TracedText("\n".join(words))).repairs() == ()
    changed = {word: after for word in words if (after := repair_text(TracedText(word)).text) != word}
    assert changed == {}


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")
def test_no_character_of_clean_documents_is_changed() -> None:
    documents = [path.read_text("utf-8") for path in sorted((CORPORA / "county_reports").glob("*.txt"))]
    lines = (CORPORA / "government_work_reports.jsonl").read_text("utf-8").splitlines()
    documents += [content for line in lines if isinstance(content := json.loads(line)["content"], str)]
    assert len(documents) > 100
    for text in documents:
        changed = [r for r in repair_text(TracedText(text)).repairs() if r.kind not in PRESENT]
        assert changed == [], text[:40]


def assert_signs_hide_nothing(text: str) -> None:
    signs = Signs(text)
    for kind, repair in REPAIRS:
        edits = [e for e in repair(text) if text[e.start : e.end] != e.after]
        if edits:
            assert kind not in signs.missing, (kind, edits[0])
        if kind in LINE_BY_LINE:
            spans = list(signs.lines(kind))
            assert all(any(start <= e.start and e.end <= end for start, end in spans) for e in edits), kind


@pytest.mark.parametrize("text", DAMAGED)
def test_no_sign_is_missing_where_a_repair_would_act(text: str) -> None:
    assert_signs_hide_nothing(text)
    for line in text.split("\n"):
        assert_signs_hide_nothing(line)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=4), max_size=10).map("".join))
def test_no_sign_is_missing_in_any_mixture(text: str) -> None:
    assert_signs_hide_nothing(text)
