"""Runs the cases of tests/cases/parts: recipients, attachments, signature, imprint and glossary of a document."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.reading import build_reading
from pipeline.records import Facts
from pipeline.structure.outline import find_sections
from pipeline.structure.parts import find_parts

CASES = json.loads((Path(__file__).parent / "cases" / "parts" / "documents.json").read_text(encoding="utf-8"))
KINDS = {"recipients", "attachment_list", "signature", "imprint", "attachment", "glossary"}


@pytest.mark.parametrize("case", [pytest.param(c, id=c["label"]) for c in CASES])
def test_the_parts_of_a_document_are_found(case):
    text = case["text"]
    parts = find_parts(text)
    assert [[p.kind, p.title] for p in parts] == [row[:2] for row in case["expect"]]
    for part, (kind, _, words) in zip(parts, case["expect"], strict=True):
        shown = text[part.start : part.end]
        assert shown.startswith(words) if kind in ("attachment", "glossary") else shown == words


def test_an_attachment_ends_where_the_next_begins_and_leaves_the_imprint_out():
    text = next(c["text"] for c in CASES if c["label"] == "listed attachments, imprint, attachments")
    shown = [text[p.start : p.end] for p in find_parts(text) if p.kind == "attachment"]
    assert shown == [
        "附件1\n招生日程表\n时间\t事项\n7月1日\t报名",
        "附件2\n学区划分一览表\n学校\t范围\n实验小学\t城东社区",
    ]


def test_headings_of_an_attachment_begin_anew():
    text = (
        "关于做好工作的通知\n各学校：\n一、提高认识\n各校要提高认识，把工作放在突出位置，切实抓好落实。\n1.加强领导。成立工作专班，压实责任。\n"
        "青山县教育局\n2023年3月30日\n附件\n校园安全工作方案\n1.总体要求。坚持安全第一，预防为主。\n一、明确责任。落实一岗双责，层层压实。\n2.主要任务。抓好排查，抓好整改。"
    )
    rows = [(s.level, s.marker, s.parent) for s in find_sections(text)]
    assert rows[:3] == [(1, "一、", None), (2, "1.", 0), (1, "1.", None)]


def test_terms_of_a_glossary_stand_below_it_and_govern_nothing():
    text = next(c["text"] for c in CASES if c["label"] == "glossary of a report")
    sections = find_sections(text)
    assert [(s.level, s.marker, s.heading, s.in_path) for s in sections] == [
        (1, None, "名词解释", True),
        (2, "[1]", "“双碳”", False),
        (2, "[2]", "三个收官", False),
    ]
    assert text[sections[1].start : sections[1].body_end] == "“双碳”：碳达峰与碳中和。"
    assert {s.parent for s in sections[1:]} == {0}


def test_nothing_is_done_or_counted_in_the_frame():
    text = (
        "关于加强管理的通知\n各学校：\n各校要加强校园安全管理，配备保安120人。\n附件：1.建设项目30个清单\n2.加强管理责任书\n"
        "青山县教育局\n2023年3月30日\n公开方式：主动公开"
    )
    reading = build_reading(text, Facts(doc_type="通知"))
    found = extract(reading)
    assert [q.value for q in found.quantities] == [120.0]
    assert {m.verb for m in found.measures} == {"加强", "配备"}
    assert {p.kind for p in reading.parts} == {"recipients", "attachment_list", "signature", "imprint"}


LINES = st.lists(
    st.sampled_from(
        ["附件", "附件1", "附件：1.招生表", "2.学区表", "青山县教育局", "2023年3月30日", "各学校：", "抄送：县委", "名词解释", "[1]双碳：好", "[2]六稳：指好",
         "青山县方案", "（试行）", "现将方案印发给你们，请认真贯彻执行，确保落实到位。", "一、总体要求", "", "（此件公开发布）", "1.加强领导。成立专班，压实责任。"]
    ),
    max_size=30,
)  # fmt: skip


@given(LINES)
def test_parts_are_whole_lines_in_order_and_nest_only_in_attachments(lines):
    text = "\n".join(lines)
    parts = find_parts(text)
    assert {p.kind for p in parts} <= KINDS
    assert [p.start for p in parts] == sorted(p.start for p in parts)
    for part in parts:
        assert 0 <= part.start < part.end <= len(text)
        assert part.start == 0 or text[part.start - 1] == "\n"
        assert part.end == len(text) or text[part.end] == "\n"
    for before, after in itertools.pairwise(p for p in parts if p.kind != "attachment"):
        assert before.end <= after.start
    for before, after in itertools.pairwise(p for p in parts if p.kind == "attachment"):
        assert before.end <= after.start
    find_sections(text, parts)


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text):
    find_sections(text, find_parts(text))
