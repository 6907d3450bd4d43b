"""Runs the cases of tests/cases/extract/slogans.json, and states what every slogan row is."""

import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.slogans import find_slogans
from pipeline.reading import build_reading
from pipeline.records import Extractions, Facts, Reading
from pipeline.segment import segment

CASES = Path(__file__).parent / "cases" / "extract" / "slogans.json"
KINDS = {"enumerated", "compound", "distributive", "formula"}
PIECES = st.lists(
    st.sampled_from(
        [
            "三",
            "两",
            "双",
            "一",
            "十",
            "个",
            "大",
            "强化",
            "校",
            "案",
            "工程",
            "“",
            "”",
            "（",
            "）",
            "、",
            "，",
            "。",
            "：",
            "；",
            "+",
            "5",
            "N",
            "一是",
            "二是",
            "即",
            "\n",
            "名词解释\n",
            "四个到位",
            "改善条件",
            "等",
            "[3]",
            "和",
            "的",
        ]
    ),
    max_size=40,
).map("".join)


def cases():
    rows = json.loads(CASES.read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


def slogans_of(text):
    return list(find_slogans(build_reading(text, Facts()), Extractions()))


@pytest.mark.parametrize("case", cases())
def test_slogans_are_found_with_kind_numeral_items_and_goal(case):
    said = [
        {"label": s.label, "kind": s.kind, "numeral": s.numeral, "items": list(s.items), "goal": s.goal}
        for s in slogans_of(case["text"])
    ]
    assert said == case["expect"]


@given(PIECES)
@settings(deadline=None)
def test_rows_point_at_their_label_in_text_order_without_overlap(text):
    rows = slogans_of(text)
    assert all(text[s.start : s.end] == s.label for s in rows)
    assert all(a.end <= b.start for a, b in itertools.pairwise(rows))


@given(PIECES)
@settings(deadline=None)
def test_only_an_enumerated_slogan_has_a_numeral(text):
    for slogan in slogans_of(text):
        assert slogan.kind in KINDS
        assert (slogan.numeral is not None) == (slogan.kind == "enumerated")
        assert all(slogan.items)


@given(st.text(alphabet="县教育局推进义务均衡发展，。；：（）！？《》—…%\n", max_size=60))
@settings(deadline=None)
def test_text_without_numerals_has_no_slogan(text):
    assert slogans_of(text) == []


@pytest.mark.parametrize(
    "unit",
    [
        "“一",
        "“三个强化”",
        "三清",
        "互联网+",
        "“三名”（",
        "“六个一”“一区”",
        "“一个目标”“两个目标”",
        "四项机制\n一、甲\n",
    ],
)
def test_hostile_repeats_end(unit):
    text = unit * (6_000 // len(unit))
    reading = Reading(text, Facts(), (), (), segment(text))
    begin = time.process_time()
    rows = list(find_slogans(reading, Extractions()))
    assert len(rows) <= len(text)
    assert time.process_time() - begin < 10
