"""The extractors as spaCy components, on Docs that any tokeniser cut."""

import importlib
import itertools
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin, Span

import pipeline
from pipeline.components import KINDS, annotate
from pipeline.errors import PipelineError

ROOT = Path(pipeline.__file__).parent.parent
TEXT = (
    "关于印发《甲县教育计划》的通知\n"
    "实施“三名”工程（名校长、名师、名班主任），落实“双减”政策。\n"
    "到2025年，城镇居民和农村居民收入分别增长5.3%、8.8%，新建学校3所。"
)


def pipe(*names):
    nlp = spacy.blank("zh")
    for name in names:
        nlp.add_pipe(name)
    return nlp


def test_every_component_fills_the_spans_of_its_kind():
    for kind in KINDS:
        doc = pipe(f"policy_{kind}")(TEXT)
        assert list(doc.spans) == [kind]
        assert len(doc.spans[kind]) > 0


def test_the_components_find_what_read_text_finds():
    doc = pipe("policy")(TEXT)
    document = pipeline.read_text(TEXT)
    for kind in KINDS:
        said = [(s._.policy["start"], s._.policy["end"]) for s in doc.spans[kind]]
        assert said == [(row.start, row.end) for row in getattr(document, kind)]


def test_the_columns_of_a_row_hang_on_its_span():
    doc = pipe("policy")(TEXT)
    three, reduced = doc.spans["slogans"]
    assert three._.policy["items"] == ["名校长", "名师", "名班主任"]
    assert (reduced.text, reduced.label_) == ("双减", "enumerated")
    assert doc.spans["citations"][0]._.policy["role"] == "self"


def test_two_rows_over_the_same_words_keep_their_own_columns():
    doc = pipe("policy_quantities")(TEXT)
    rates = list(doc.spans["quantities"])[:2]
    assert rates[0].text == rates[1].text
    assert [s._.policy["value"] for s in rates] == [5.3, 8.8]


def test_a_span_of_another_origin_has_no_row():
    doc = pipe("policy")(TEXT)
    assert Span(doc, 0, 2, label="other")._.policy is None


def test_spans_and_columns_survive_a_docbin():
    stored = DocBin(store_user_data=True)
    stored.add(pipe("policy")(TEXT))
    (doc,) = DocBin().from_bytes(stored.to_bytes()).get_docs(spacy.blank("zh").vocab)
    assert [s.text for s in doc.spans["slogans"]] == ["三名", "双减"]
    assert list(doc.spans["slogans"][0]._.policy["items"]) == ["名校长", "名师", "名班主任"]


def test_displacy_draws_the_spans():
    html = spacy.displacy.render(
        pipe("policy_slogans")(TEXT), style="span", options={"spans_key": "slogans"}, jupyter=False
    )
    assert "enumerated" in html


def test_tokens_that_do_not_end_where_a_row_does_are_covered_whole():
    nlp = spacy.blank("zh")
    words = ["落实“双", "减”政策", "。"]
    doc = annotate(Doc(nlp.vocab, words=words, spaces=[False] * 3))
    (span,) = doc.spans["slogans"]
    assert span.text == "落实“双减”政策"
    assert span._.policy["label"] == "双减"


def test_traditional_text_is_read_and_its_own_characters_stay():
    doc = pipe("policy_slogans")(
        "實施“四個強化”夯實創建責任。一是強化組織領導。二是強化責任落實。三是強化推進。四是強化保障。"
    )
    (span,) = doc.spans["slogans"]
    assert span.text == "四個強化"
    assert span._.policy["label"] == "四个强化"


def test_a_pipe_can_leave_kinds_out():
    nlp = spacy.blank("zh")
    nlp.add_pipe("policy", config={"kinds": ["slogans", "citations"]})
    assert list(nlp(TEXT).spans) == ["slogans", "citations"]
    with pytest.raises(PipelineError, match="known: slogans"):
        annotate(nlp.make_doc(TEXT), kinds=["tables"])


def test_an_empty_doc_has_empty_spans():
    doc = pipe("policy")("")
    assert [len(doc.spans[kind]) for kind in KINDS] == [0, 0, 0, 0]


def test_a_pipe_is_stored_and_read_back(tmp_path):
    pipe("policy_slogans").to_disk(tmp_path / "model")
    assert len(spacy.load(tmp_path / "model")(TEXT).spans["slogans"]) == 2


def test_the_extension_of_somebody_else_is_left_alone():
    code = (
        "from spacy.tokens import Span; Span.set_extension('policy', default='theirs')\n"
        "import spacy, pipeline.components; nlp = spacy.blank('zh'); nlp.add_pipe('policy_slogans')\n"
        "doc = nlp('落实“双减”政策。'); print(doc.spans['slogans'][0]._.policy, doc.user_data['policy_slogans'][0]['label'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.split() == ["theirs", "双减"], done.stderr


def test_the_entry_points_name_the_factories():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    points = declared["project"]["entry-points"]["spacy_factories"]
    assert set(points) == {"policy", *(f"policy_{kind}" for kind in KINDS)}
    for name, target in points.items():
        module, _, function = target.partition(":")
        assert callable(getattr(importlib.import_module(module), function))
        assert spacy.blank("zh").has_factory(name)


def test_an_installed_package_needs_no_import(tmp_path):
    # what an installer writes beside a package: spaCy reads the entry points from there
    info = tmp_path / "zhengce-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zhengce\nVersion: 0.1.0\n", encoding="utf-8")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    points = declared["project"]["entry-points"]["spacy_factories"]
    lines = "".join(f"{name} = {target}\n" for name, target in points.items())
    (info / "entry_points.txt").write_text(f"[spacy_factories]\n{lines}", encoding="utf-8")
    code = (
        "import json, spacy; nlp = spacy.blank('zh'); nlp.add_pipe('policy_slogans')\n"
        "doc = nlp('落实“双减”政策。'); print(json.dumps([s.text for s in doc.spans['slogans']]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
    )
    assert done.stdout, done.stderr
    assert json.loads(done.stdout) == ["双减"]


@given(st.text(alphabet="“”双减三名工程《计划》（、）0123456789%年\n \u3000新建学校所，。", max_size=50))
@settings(deadline=None, max_examples=40)
def test_any_text_keeps_its_tokens_and_gets_spans_in_order(text):
    doc = spacy.blank("zh")(text)
    before = [t.text for t in doc]
    annotate(doc)
    assert [t.text for t in doc] == before
    for kind in KINDS:
        starts = [s._.policy["start"] for s in doc.spans[kind]]
        assert all(a <= b for a, b in itertools.pairwise(starts))
