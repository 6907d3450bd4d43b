"""Runs the cases of tests/cases/extract/slogans.json, and states what every slogan row is."""

import itertools
import json
from pathlib import Path

import pytest
from effort import takes_less_than
from hypothesis import example, given, settings
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


@example("三三+三三三两一是三三三三")  # 三两 is no numeral
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
        "[1]四村：",
        "[1]四村联建：\n",
        "“三六八”3即",
        "“十百千万”十个、",
        "“两山”：人与和",
        "“三创四建”即创、",
        "“五星”[1]",
        "和" * 60 + "1" + "和" * 12 + "三个关键词",
    ],
)
def test_hostile_repeats_end(unit):
    text = unit * (6_000 // len(unit))
    reading = Reading(text, Facts(), (), (), segment(text))
    assert takes_less_than(10, lambda: list(find_slogans(reading, Extractions())))


APPENDIX = (
    "扎实开展“六稳”[1]工作，落实“四个不摘”要求，推进“四医联动”改革[3]，实施“十百”工程[4]。\n"
    "今年的“六稳”要先稳就业。\n"
    "名词解释\n"
    "[1]六稳：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。\n"
    "[2]“四个不摘”：摘帽不摘责任、摘帽不摘政策、摘帽不摘帮扶。\n"
    "[3]四医联动改革：医疗、医保、医药、医价联动改革。\n"
    "[4]“十百”工程：用三年时间带动乡村产业整体提升。\n"
)


def test_the_body_is_linked_to_the_appendix_that_lists_the_members():
    rows = slogans_of(APPENDIX)
    first = {s.label: s for s in reversed(rows)}
    six, four = first["六稳"], first["四个不摘"]
    assert six.items == ()
    assert six.items_linked == rows[six.defined_at].items
    assert six.items_linked[0] == "稳就业"
    assert len(six.items_linked) == 6
    assert [s.defined_at for s in rows if s.label == "六稳"] == [six.defined_at, six.defined_at, None]
    assert four.items_linked == ("摘帽不摘责任", "摘帽不摘政策", "摘帽不摘帮扶")
    assert first["四医联动"].items_linked == ("医疗", "医保", "医药", "医价")


def test_the_members_are_counted_against_the_numeral():
    checks = {s.label: (s.n_expected, s.count_check) for s in slogans_of(APPENDIX)}
    assert checks["六稳"] == (6, "match")
    assert checks["四个不摘"] == (4, "fewer")
    (fewer,) = list(slogans_of("“四个强化”夯实责任。一是强化领导。二是强化协作。三是强化保障。"))
    assert (len(fewer.items), fewer.n_expected, fewer.count_check) == (3, 4, "fewer")


def test_the_number_of_a_footnote_decides_between_two_meanings():
    text = "推进“七个一”2工程。\n名词解释\n[1]“三个一”：一网、一库、一屏。\n[2]“七个一”：一路、一园、一馆、一院、一校、一桥、一河。\n"
    rows = slogans_of(text)
    assert rows[0].label == "七个一"
    assert rows[rows[0].defined_at].start > text.index("[2]")


def test_each_document_has_its_own_members():
    one = slogans_of("“三名”工程（名师、名校、名校长）。又提“三名”。")
    other = slogans_of("“三名”工程（名医、名院、名诊所）。又提“三名”。")
    assert one[1].items_linked == ("名师", "名校", "名校长")
    assert other[1].items_linked == ("名医", "名院", "名诊所")


def test_what_promises_no_list_is_not_checked():
    said = {
        s.label: s.n_expected
        for s in slogans_of(
            "推行“一网通办”，落实“一校一品”，构建“1+6+N”体系，实施“五育并举”和“千村示范、万村整治”，走好“一年一小步、三年一大步”。"
        )
    }
    assert said == {
        "一网通办": None, "一校一品": None, "1+6+N": None, "五育并举": 5, "千村示范、万村整治": None, "一年一小步、三年一大步": None,
    }  # fmt: skip


@given(PIECES)
@settings(deadline=None)
def test_a_link_points_at_another_row_that_explains(text):
    rows = slogans_of(text)
    for index, slogan in enumerate(rows):
        if slogan.defined_at is not None:
            assert slogan.defined_at != index
            assert not slogan.items
            assert slogan.items_linked == rows[slogan.defined_at].items
        else:
            assert slogan.items_linked == ()
