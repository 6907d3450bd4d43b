"""Measures: which clauses are actions, of whom and upon what, and which instrument they pull."""

import json
from pathlib import Path

import numpy as np
import pytest
from effort import takes_less_than
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.measures import find_measures, instrument_model
from pipeline.extract.measures.instrument_model import N_FEATURES, features, vectorizer
from pipeline.extract.measures.instruments import CLASSES, INSTRUMENT_OF, instruments, ruled, rules
from pipeline.extract.measures.predicate import Predicate
from pipeline.extract.measures.verbs import lexicon
from pipeline.reading import build_reading
from pipeline.records import Extractions, Facts, Slogan

CASES = json.loads(
    (Path(__file__).parent / "cases" / "extract" / "measures.json").read_text(encoding="utf-8")
)
PLAN = Facts(doc_type="方案")


def measures_of(text, facts=PLAN, found=None):
    return list(find_measures(build_reading(text, facts), found or Extractions()))


def case_params():
    for case in CASES:
        strict = pytest.mark.xfail(strict=True, reason=case["comment"] or "known failure")
        marks = [strict] if case["kind"] == "known_failure" else []
        yield pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", list(case_params()))
def test_measures(case):
    facts = case.get("facts")
    rows = measures_of(case["text"], Facts(**facts) if facts else PLAN)
    said = [
        {field: getattr(row, field) for field in want}
        for row, want in zip(rows, case["expect"], strict=False)
    ]
    assert said == case["expect"]
    assert [row.text for row in rows[len(case["expect"]) :]] == []


def test_every_row_is_the_text_it_points_at():
    text = "一是强化组织领导。成立领导小组，明确任务。\n二、加大投入。足额发放补贴，改善办学条件。"
    rows = measures_of(text)
    assert len(rows) == 6
    assert [text[row.start : row.end] for row in rows] == [row.text for row in rows]
    assert [row.start for row in rows] == sorted(row.start for row in rows)


def test_实现_is_a_measure_in_a_plan_and_a_result_in_the_news():
    text = "建设教师发展平台，实现“一师一档案”。"
    assert [row.verb for row in measures_of(text)] == ["建设", "实现"]
    assert [row.verb for row in measures_of(text, Facts(doc_type="新闻报道"))] == ["建设"]


def test_a_member_names_its_slogan():
    text = "实施“两个强化”。一是强化组织领导。二是强化经费保障。三是加强宣传。"
    slogan = Slogan("两个强化", "enumerated", 2, ("强化组织领导", "强化经费保障"), None, 3, 7)
    rows = measures_of(text, found=Extractions(slogans=(slogan,)))
    by_text = {row.text: row.slogan for row in rows}
    assert by_text["一是强化组织领导"] == 0
    assert by_text["二是强化经费保障"] == 0
    assert by_text["三是加强宣传"] is None


def test_a_member_in_a_bracket_is_where_it_is_told_at_length():
    text = "落实“两个强化”（强化组织领导、强化经费保障）。\n1.强化组织领导。\n2.强化经费保障。"
    slogan = Slogan("两个强化", "enumerated", 2, ("强化组织领导", "强化经费保障"), None, 3, 7)
    rows = measures_of(text, found=Extractions(slogans=(slogan,)))
    assert [row.slogan for row in rows] == [None, 0, 0]


def test_a_glossary_section_states_no_measures():
    text = (
        "三、工作要求\n加强组织领导，压实工作责任。\n名词解释\n“控辍保学”就是控制学生辍学，保障学生上学。\n"
    )
    reading = build_reading(text, PLAN)
    rows = list(find_measures(reading, Extractions()))
    assert rows[0].text == "加强组织领导"
    if any("名词解释" in section.heading for section in reading.sections):
        assert rows[-1].text == "压实工作责任"


@pytest.mark.parametrize(
    ("verb", "thing", "sub"),
    [
        ("采取", "购买服务方式", "政府采购"),
        ("实行", "义务教育营养改善计划社会化运营", "外包"),
        ("建设", "2所数字教材应用示范校", "示范试点"),
        ("严查", "校外隐形变异培训行为", "法规管制"),
        ("健全", "教师补充交流机制", "策略性措施"),
        ("完善", "幼儿园布局规划", "目标规划"),
        ("发放", "教师乡镇工作补贴、乡村教师生活补助", "资金投入"),
        ("深化", "教育评价制度改革", "评价考核"),
        ("建设", "教育城域网", "基础设施建设"),
        ("促进", "教育公平", "目标规划"),
    ],
)
def test_the_codebook_decides_in_its_order(verb, thing, sub):
    assert ruled(Predicate(verb, thing), verb + thing) == sub


def test_a_cue_does_not_reach_over_the_verb():
    assert ruled(Predicate("扩建", "设"), "扩建设") == "基础设施建设"
    assert ruled(Predicate("某法", "治某"), "某法治某") is None  # 法治 lies across


def test_rules_name_only_classes_of_the_codebook():
    assert {rule.sub for rule in rules()} <= set(INSTRUMENT_OF)
    assert sum(map(len, CLASSES.values())) == len(INSTRUMENT_OF) == 17


def test_what_neither_rule_nor_classifier_knows_stays_undecided(monkeypatch):
    monkeypatch.setattr(instrument_model, "LEAST_PROBABILITY", 1.01)
    assert instruments([(Predicate("某", "某某"), "某某某")]) == [(None, None)]


def test_the_classifier_is_sure_of_what_it_was_taught():
    taught = {"招聘教师": "人才培养", "改造校舍": "基础设施建设"}
    assert instrument_model.predict(list(taught)) == list(taught.values())
    many = [*taught, ""] * instrument_model.AT_ONCE
    assert instrument_model.predict(many) == [taught.get(lever) for lever in many]


def test_every_verb_of_the_lexicon_has_one_role():
    kinds = lexicon().kinds
    assert len(kinds) > 1000
    silent = {"result", "causative", "background", "modal"}
    assert [v for v, k in kinds.items() if k & silent and k - silent - {"noun", "either"}] == []


MARKS = "，；。：、（）“”《》\n 的了把对为在和并一是加强开展建设教师学校机制12"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=MARKS, max_size=80))
def test_any_text_is_read_without_complaint(text):
    for row in measures_of(text):
        assert text[row.start : row.end] == row.text
        assert row.verb


def test_a_sentence_that_is_cut_before_a_number_of_a_list_has_no_empty_clause():
    text = "二是确保机制学校" * 200  # without a mark: it is cut somewhere
    assert all(text[row.start : row.end] == row.text for row in measures_of(text))


@pytest.mark.parametrize("piece", ["（", "“加强", "、加强", "把", "对加强的", "学校", "教师和", "《建设》、"])
def test_hostile_text_takes_linear_time(piece):
    text = piece * (60_000 // len(piece))
    reading = build_reading("。", PLAN)
    list(find_measures(reading, Extractions()))
    reading = build_reading(text, PLAN)
    assert takes_less_than(3, lambda: list(find_measures(reading, Extractions())))


@pytest.mark.parametrize("lever", ["新建学校", "加强“双师型”教师  培训", "推广PPP模式", ""])
def test_the_classifier_sees_what_scikit_learn_saw_when_it_was_fitted(lever):
    row = np.zeros(N_FEATURES)
    for column in features(lever):
        row[column] += 1
    row /= max(np.linalg.norm(row), 1)
    assert np.allclose(row, vectorizer().transform([lever]).toarray()[0], atol=1e-6)
