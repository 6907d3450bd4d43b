"""Duplicates: which pairs are copies and why, which copy is kept, and that neither order nor workers decide."""

import json
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from effort import takes_less_than
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

import pipeline
from pipeline.columns import ALL_TABLES
from pipeline.duplicates import Copy, Prepared, alignment, compare, fingerprint
from pipeline.duplicates.alignment import differences, find_gaps
from pipeline.duplicates.candidates import find_candidates
from pipeline.errors import SettingsError
from pipeline.settings import Settings, load_settings

sys.path.insert(0, str(Path(__file__).parent))
from damage import MARKS_ELSEWHERE, NOTED, mirror, sometimes

CASES = Path(__file__).parent / "cases" / "duplicates"
PLAN, NOTICE = ((CASES / f"{name}.txt").read_text(encoding="utf-8").strip() for name in ("plan", "notice"))
PAIRS = json.loads((CASES / "pairs.json").read_text(encoding="utf-8"))
COUNTY_REPORTS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "county_reports"


def changed(text, other):
    """Return the second text of a case."""
    lines = text.split("\n")[other.get("cut_first", 0) :]
    text = "\n".join(lines[: len(lines) - other.get("cut_last", 0)])
    for before, after in other.get("replace", ()):
        assert before in text, before
        text = text.replace(before, after)
    return other.get("in_front", "") + text + other.get("behind", "")


@pytest.mark.parametrize("swapped", [False, True], ids=["", "swapped"])
@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["label"])
def test_a_pair_is_of_one_document_or_says_why_not(case, swapped):
    original = {"plan": PLAN, "notice": NOTICE}[case["text"]]
    other = case["other"]
    text, second = changed(original, {"replace": other.get("own_replace", ())}), changed(original, other)
    title = text.split("\n")[0]
    misread = other.get("misread", False)
    one = Prepared(Copy(text, other.get("own_title", title), "旬教发〔2023〕18号", misread))
    two = Prepared(
        Copy(second, other.get("title", second.split("\n")[0] if "in_front" not in other else title), other.get("doc_number"))
    )  # fmt: skip
    verdict = compare(two, one) if swapped else compare(one, two)
    assert verdict.is_duplicate == case["expect"]["is_duplicate"], verdict
    assert case["expect"].get("reason", "") in verdict.reason


def frames_of(*texts, **facts):
    rows = [
        {"doc_id": f"{k:016x}", "source": f"{k}.txt", "status": "ok", "title": text.split("\n")[0][:60]}
        | {name: values[k] for name, values in facts.items()}
        for k, text in enumerate(texts)
    ]
    documents = pd.DataFrame(rows)
    return {
        "documents": documents,
        "texts": pd.DataFrame({"doc_id": documents["doc_id"], "text": texts}),
    }


def joined(frames, **options):
    found = pipeline.find_duplicates(frames, **options)
    return dict(zip(found["doc_id"].str[-1], found["duplicate_of"].str[-1], strict=True))


def damaged(text, seed=1, share=0.05):
    chance = random.Random(seed)
    return "".join("\ufffd" if c > "\u4e00" and chance.random() < share else c for c in text)


def test_the_undamaged_copy_is_kept_although_it_comes_last():
    assert joined(frames_of(damaged(PLAN), damaged(PLAN, 2), PLAN)) == {"0": "2", "1": "2"}


def test_the_completest_copy_is_kept_and_excerpts_stay():
    cut = "\n".join(PLAN.split("\n")[:-3])
    half = "\n".join(PLAN.split("\n")[:6])
    assert joined(frames_of(cut, half, PLAN)) == {"0": "2"}


def test_fewer_repairs_then_an_earlier_date_then_the_official_site_then_the_source_decide():
    same = (PLAN, PLAN + "。", PLAN + " ")
    assert joined(frames_of(*same, n_repairs=[80, 90, 0])) == {"0": "2", "1": "2"}
    assert joined(frames_of(*same, publish_date=["2023-05-02", "2023-04-18", None])) == {"0": "1", "2": "1"}
    outlets = ["某某资讯", "咸阳日报", "旬邑县人民政府网站"]
    assert joined(frames_of(*same, outlet=outlets)) == {"0": "2", "1": "2"}
    assert joined(frames_of(*same)) == {"1": "0", "2": "0"}


def test_a_governments_page_is_kept_before_one_to_which_a_mirror_added_a_little_but_not_when_it_is_cut():
    longer = PLAN + "\n家长在孩子入园前要做好哪些准备，听听有二十年教龄的老园长怎么说，记得点赞收藏。" * 2
    cut = "\n".join(PLAN.split("\n")[:-4])
    outlets = ["某某资讯", "旬邑县人民政府网站"]
    assert joined(frames_of(longer, PLAN, outlet=outlets)) == {"0": "1"}
    assert joined(frames_of(PLAN, cut, outlet=outlets)) == {"1": "0"}


def test_every_copy_is_like_the_kept_one_itself_not_like_another_copy():
    """A chain of cuts: each is like the one before, the last is an excerpt of the first."""
    lines = PLAN.split("\n")
    chain = ["\n".join(lines[: len(lines) - k]) for k in (0, 3, 5, 6, 7)]
    frames = frames_of(*chain)
    found = pipeline.find_duplicates(frames)
    texts = frames["texts"].set_index("doc_id")["text"]
    assert len(found)
    assert not set(found["duplicate_of"]) & set(found["doc_id"])
    for row in found.itertuples():
        assert compare(
            Prepared(Copy(texts[row.doc_id])), Prepared(Copy(texts[row.duplicate_of]))
        ).is_duplicate


def test_without_near_duplicates_only_the_same_words_are_one():
    frames = frames_of(PLAN, PLAN.replace("，", ","), damaged(PLAN))
    assert joined(frames, near=False) == {"1": "0"}
    assert joined(frames) == {"1": "0", "2": "0"}


VARIANTS = (
    PLAN,
    damaged(PLAN),
    "\n".join(PLAN.split("\n")[:-2]),
    "来源：旬邑县人民政府网\n" + PLAN,
    PLAN.replace("旬邑", "彬州"),
    damaged(PLAN.replace("旬邑", "彬州"), 3),
    PLAN.replace("2025", "2026"),
    NOTICE,
    NOTICE.replace("2023", "2022"),
    NOTICE + "\n【打印】",
)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(VARIANTS))))
def test_the_order_of_the_inputs_does_not_decide(order):
    frames = frames_of(*VARIANTS)
    expected = joined(frames)
    shuffled = {name: frame.iloc[order].reset_index(drop=True) for name, frame in frames.items()}
    assert joined(shuffled) == expected
    assert expected == {"1": "0", "2": "0", "3": "0", "5": "4", "7": "9"}


TEXTS = st.text(alphabet="县教育局加强建设12.，。\n?\ufffd", max_size=80)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared_and_the_order_does_not_matter(one, other):
    first, second = Prepared(Copy(one)), Prepared(Copy(other))
    assert compare(first, second) == compare(second, first)
    assert compare(first, first).is_duplicate


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="县教育局加强建设12", max_size=200), st.text(alphabet="县教育局加强建设12", max_size=200)
)
def test_gaps_and_what_lies_between_give_both_texts_back(one, other):
    at, at_other = 0, 0
    for gap in find_gaps(one, other):
        assert one[at : gap.start] == other[at_other : gap.other_start]
        for place in differences(one, other, gap):
            assert gap.start <= place.start <= place.end <= gap.end
        at, at_other = gap.end, gap.other_end
    assert (at, at_other) == (len(one), len(other))


def test_a_crowd_of_filled_in_forms_gives_few_pairs_a_document():
    """2,000 documents of one form, each its own: the pairs grow with the documents, not with their square."""
    chance = np.random.default_rng(5)
    form = chance.integers(0, 2**32, 128, dtype=np.uint32)
    n_pairs = []
    for size in (1000, 2000):
        signatures = np.tile(form, (size, 1))
        own = chance.random((size, 128)) < 0.25
        signatures[own] = chance.integers(0, 2**32, int(own.sum()), dtype=np.uint32)
        signatures[1] = signatures[0]
        found = find_candidates(signatures)
        assert [0, 1] in found.pairs.tolist()
        n_pairs.append(len(found.pairs) / size)
    assert n_pairs[1] < 1.5 * n_pairs[0]


def test_the_signature_estimates_the_similarity():
    one, other = (np.frombuffer(fingerprint(t).signature, dtype="<u4") for t in (PLAN, damaged(PLAN)))
    estimate = (one == other).mean()
    exact = compare(Prepared(Copy(PLAN)), Prepared(Copy(PLAN.replace("建", "设")))).jaccard
    assert 0.4 < estimate < 0.95
    assert 0 < exact < 1


@pytest.fixture(scope="module")
def reprints(tmp_path_factory):
    """One plan on five sites, damaged as mirrors damage, another county's plan, and a notice of two years."""
    folder = tmp_path_factory.mktemp("reprints")
    traditional = OpenCC("s2t").convert(PLAN)
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"
    lines = PLAN.split("\n")
    html = page.format(lines[0], "".join(f"<p>{line}</p>" for line in lines[1:]))
    (folder / "a_mirror.txt").write_text(
        mirror(traditional, NOTED[:12], MARKS_ELSEWHERE, sometimes(0.3)), encoding="utf-8"
    )
    (folder / "b_traditional.txt").write_text(traditional, encoding="utf-8")
    (folder / "c_page.html").write_text(html, encoding="utf-8")
    (folder / "d_again.html").write_text(html, encoding="utf-8")
    (folder / "e_cut.txt").write_text("\n".join(lines[:-2]), encoding="utf-8")
    (folder / "f_damaged.txt").write_text(damaged(PLAN), encoding="utf-8")
    (folder / "g_elsewhere.txt").write_text(
        PLAN.replace("旬邑", "彬州").replace("彬州县", "彬州市"), encoding="utf-8"
    )
    (folder / "h_notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "i_notice.txt").write_text(NOTICE.replace("2023", "2022"), encoding="utf-8")
    (folder / "j_empty.txt").write_text("", encoding="utf-8")
    return folder


def test_a_run_keeps_one_copy_and_the_rows_of_duplicates_stand_once(reprints, tmp_path):
    summary = pipeline.run(reprints, tmp_path, settings=Settings(workers=1))
    tables = pipeline.load(tmp_path)
    documents = tables["documents"].assign(name=lambda d: d["source"].map(lambda s: Path(s).stem))
    of = documents.set_index("name")
    assert len(documents) == 10
    assert of.loc["c_page", "status"] == "ok"
    kept = of.loc["c_page", "doc_id"]
    for name in ("a_mirror", "b_traditional", "d_again", "e_cut", "f_damaged"):
        assert (of.loc[name, "status"], of.loc[name, "duplicate_of"]) == ("duplicate", kept), name
    for name in ("g_elsewhere", "h_notice", "i_notice"):
        assert of.loc[name, "status"] == "ok", name
    assert summary.statuses == documents["status"].value_counts().to_dict()
    ok = documents[documents["status"] == "ok"]["doc_id"]
    assert sorted(tables["texts"]["doc_id"]) == sorted(ok)
    for name in ALL_TABLES:
        assert summary.rows[name] == len(tables[name])
        if name != "documents":
            assert set(tables[name]["doc_id"]) <= set(ok)
            assert not tables[name].astype(str).duplicated().any()
    n_rows = tables["repairs"].groupby("doc_id").size()
    assert documents.set_index("doc_id")["n_repairs"].to_dict() == {
        one: n_rows.get(one, 0) for one in documents["doc_id"]
    }
    assert "pinyin_notes" in of.loc["a_mirror", "damage"]  # what its page had is still told
    assert "pinyin_notes" not in summary.damage  # but its repairs have no rows, and are not counted
    assert summary.damage == Counter(
        kind for kinds in documents[documents["status"] == "ok"]["damage"] for kind in kinds
    )
    assert not (tmp_path / "tables" / "fingerprints.parquet").exists()


def test_any_number_of_workers_gives_the_same_tables(reprints, tmp_path):
    for workers in (1, 2):
        pipeline.run(reprints, tmp_path / str(workers), settings=Settings(workers=workers))
    one, two = (pipeline.load(tmp_path / str(workers)) for workers in (1, 2))
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(one[name], two[name])


def test_a_run_without_near_duplicates_and_the_same_question_asked_afterwards(reprints, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("near_duplicates = false\nworkers = 1\n", encoding="utf-8")
    summary = pipeline.run(reprints, tmp_path / "exact", settings=load_settings(file))
    near = pipeline.run(reprints, tmp_path / "near", settings=Settings(workers=1))
    assert summary.statuses["duplicate"] < near.statuses["duplicate"]
    found = pipeline.find_duplicates(pipeline.load(tmp_path / "exact"))
    assert len(found) == near.statuses["duplicate"]
    marked = pipeline.load(tmp_path / "near")["documents"].query("status == 'duplicate'")
    again = pipeline.find_duplicates(pipeline.load(tmp_path / "near"))  # their texts are gone
    assert (
        again[["source", "duplicate_of"]].values.tolist()
        == marked[["source", "duplicate_of"]].values.tolist()
    )


def test_a_switch_that_is_no_switch_is_said_plainly(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("near_duplicates = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="true or false"):
        load_settings(file)


def test_a_run_that_breaks_while_duplicates_are_merged_leaves_the_earlier_tables_alone(
    reprints, tmp_path, monkeypatch
):
    pipeline.run(reprints / "h_notice.txt", tmp_path)
    monkeypatch.setattr("pipeline.duplicates.merge.choose", lambda *a, **k: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        pipeline.run(reprints, tmp_path, settings=Settings(workers=1))
    assert len(pipeline.load(tmp_path)["documents"]) == 1
    names = sorted(p.name for p in tmp_path.iterdir())
    assert names == [".work", ".zhengce-written", "policy.duckdb", "tables"]


@pytest.mark.skipif(not COUNTY_REPORTS.is_dir(), reason="the county work reports are not beside the checkout")
def test_no_county_work_report_is_a_copy_of_another():
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(COUNTY_REPORTS.glob("*.txt"))
    ]
    assert len(pipeline.find_duplicates(frames_of(*texts))) == 0


def test_a_passage_that_repeats_is_compared_no_more_often_than_it_is_long(monkeypatch):
    chance = random.Random(7)
    unit = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(40))
    compared = []

    def counted(one, at, other, at_other, agreeing=alignment._agreeing):
        compared.append(n := agreeing(one, at, other, at_other))
        return n

    monkeypatch.setattr(alignment, "_agreeing", counted)
    for n_units in (200, 400):
        text = "".join(
            unit + "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(14)) for _ in range(n_units)
        )
        compared.clear()
        assert find_gaps(text, text) == [
            alignment.Gap(0, 0, 0, 0),
            alignment.Gap(len(text), len(text), len(text), len(text)),
        ]
        assert sum(compared) <= len(text)


def test_long_first_lines_without_anything_unique_are_compared_in_time():
    shared = "\n".join(f"推进第{k * 7919 % 100_003}学区建设，完善第{k}项制度，落实责任。" for k in range(60))
    one, other = (Prepared(Copy(f"{('甲乙丙丁' * 3 + last) * 30_000}\n{shared}")) for last in "戊己")
    assert takes_less_than(3, lambda: compare(one, other))
    assert not compare(one, other).is_duplicate
