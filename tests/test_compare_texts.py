"""Similarity and reuse: exact where it can be checked, complete above the lengths that are promised."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tables import invented, report
from scipy import sparse
from scipy.cluster.hierarchy import dendrogram
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.compare import compare_reuse, compare_texts, order_texts
from pipeline.compare.nearest import nearest_rows
from pipeline.compare.shingles import WINDOW, K, kgram_hashes, to_letters, to_marks, winnow

SCHOOLS = "新建幼儿园三所，改扩建中小学五所，招聘特岗教师四十名，课后服务覆盖全部义务教育学校。"
ROADS = "硬化农村公路六十公里，改造供水管网，老旧小区加装电梯，集中供热面积继续扩大。"
FARMS = "发展设施蔬菜和林果种植，培育农民合作社与家庭农场，新增高标准农田两万亩。"
PASSAGE = "我们坚持把教育摆在优先发展的战略位置，统筹县域教育资源，建立校长教师轮岗交流机制，让农村的孩子也能上好学。"


def tables_of(*texts, years=(2020, 2021, 2022), counties=("甲县", "甲县", "乙县")):
    documents = [
        report(f"d{i}", c, y, text)
        for i, (text, y, c) in enumerate(zip(texts, years, counties, strict=False))
    ]
    return invented(documents)


def test_documents_about_the_same_are_nearest():
    frame = compare_texts(
        tables_of(SCHOOLS + ROADS, SCHOOLS + FARMS, FARMS + "旅游景区提档升级，物流园区建成投用。")
    )
    best = frame[frame["rank"] == 1].set_index("doc_id_a")["doc_id_b"].to_dict()
    assert best == {"d0": "d1", "d1": "d2", "d2": "d1"}
    both = frame.pivot_table(index="doc_id_a", columns="doc_id_b", values="similarity")
    assert both.loc["d0", "d1"] == both.loc["d1", "d0"]


def test_the_names_of_the_places_do_not_make_texts_alike():
    frame = compare_texts(tables_of("甲县" * 9 + SCHOOLS, "甲县" * 9 + ROADS, FARMS))
    assert frame.empty or frame["similarity"].max() < 0.2


def test_candidates_find_what_all_pairs_find():
    rng = np.random.default_rng(1)
    rows = []
    for i in range(300):
        base = rng.integers(0, 3000, 30)
        rows += [base, np.append(base[:24], rng.integers(0, 3000, 6))] if i % 3 == 0 else [base]
    data = np.concatenate(rows)
    at = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    matrix = sparse.csr_matrix((np.ones(len(data), np.float32), (at, data)), shape=(len(rows), 3000))
    matrix = (
        sparse.diags(1 / np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()))
        .dot(matrix)
        .tocsr()
        .astype(np.float32)
    )
    exact = nearest_rows(matrix, 1, exact_rows=10_000)
    quick = nearest_rows(matrix, 1, exact_rows=0)
    found = dict(zip(quick[0].tolist(), quick[1].tolist(), strict=True))
    close = [(r, o) for r, o, s in zip(*exact, strict=True) if s > 0.5]
    assert len(close) >= 150
    assert all(found[r] == o for r, o in close)


def test_similarity_is_that_of_scikit_learn():
    texts = [SCHOOLS + ROADS, SCHOOLS + FARMS, FARMS + SCHOOLS + ROADS + "旅游"]
    from pipeline.compare.words import content_words, tfidf, to_corpus

    ours = tfidf(to_corpus(texts).counts())
    expected = TfidfVectorizer(analyzer=content_words, sublinear_tf=True).fit_transform(texts)
    assert (ours @ ours.T).toarray() == pytest.approx((expected @ expected.T).toarray(), abs=1e-5)


def test_the_order_is_that_of_the_tree():
    frame = order_texts(
        tables_of(
            *(a + b for a in (SCHOOLS, ROADS, FARMS) for b in ("教师", "企业")),
            years=range(2015, 2021),
            counties=["甲县", "甲县", "乙县", "乙县", "丙县", "丙县"],
        )
    )
    tree = frame.dropna(subset=["left"])
    linkage = np.column_stack(
        [tree["left"].astype(float), tree["right"].astype(float), tree["height"], np.zeros(len(tree))]
    )
    sizes = {}
    for i, (left, right) in enumerate(linkage[:, :2].astype(int)):
        sizes[6 + i] = sizes.get(left, 1) + sizes.get(right, 1)
        linkage[i, 3] = sizes[6 + i]
    assert frame.sort_values("position").index.tolist() == dendrogram(linkage, no_plot=True)["leaves"]
    position = frame["position"].tolist()
    assert [abs(position[i] - position[i + 1]) for i in (0, 2, 4)] == [
        1,
        1,
        1,
    ]  # pairs about the same lie side by side


def test_a_passage_of_last_years_report_is_found_on_both_sides():
    row = compare_reuse(tables_of(ROADS + PASSAGE + SCHOOLS, FARMS + PASSAGE, "无关内容" * 20)).iloc[0]
    assert PASSAGE.strip("。") in row["text_a"]
    assert row["text_a"] == row["text_b"]
    assert (row["doc_id_a"], row["doc_id_b"], row["first"], row["identity"]) == ("d0", "d1", "d0", 1.0)
    tables = tables_of(ROADS + PASSAGE + SCHOOLS, FARMS + PASSAGE, "无关内容" * 20)
    text = tables["texts"].set_index("doc_id")["text"]
    assert text["d1"][row["start_b"] : row["end_b"]] == row["text_b"]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        (("三包[15]", "四帮[25]"), "[7]"),
        (("增长12.3%，", "增长14.3%，"), ""),
        (("共412个，", "共512个，"), "18"),
    ],
)
def test_a_passage_begins_and_ends_outside_of_notes_and_numbers(before, behind):
    one, other = (front + PASSAGE + behind for front in before)
    row = compare_reuse(tables_of(ROADS + one + "5。", FARMS + other + "6。", "无关内容" * 20)).iloc[0]
    assert row["text_a"] == row["text_b"]
    assert row["text_a"].strip("个，") == PASSAGE.strip("。")


def test_changed_figures_and_names_stay_inside_one_passage():
    changed = PASSAGE.replace("县域教育", "全县的教育")
    frame = compare_reuse(tables_of(ROADS + PASSAGE, FARMS + changed, ""))
    assert len(frame) == 1
    assert 0.8 < frame.iloc[0]["identity"] < 1


def test_a_passage_in_another_order_has_moved():
    second = (
        "全面推行林长制，持续开展国土绿化行动，完成人工造林和封山育林任务，森林覆盖率稳步提高，山更青水更绿。"
    )
    frame = compare_reuse(tables_of(PASSAGE + ROADS + second, second + FARMS + PASSAGE, ""))
    assert sorted(frame["is_moved"]) == [False, True]


def test_who_was_first_is_not_said_without_dates_or_on_one_day():
    tables = tables_of(ROADS + PASSAGE, FARMS + PASSAGE, "", years=(2021, 2021, 2021))
    assert compare_reuse(tables)["first"].tolist() == [None]
    undated = invented(
        [
            report("d0", "甲县", 2020, PASSAGE),
            report("d1", "乙县", 2020, PASSAGE, title=None, publish_date=None),
        ]
    )
    assert compare_reuse(undated)["first"].tolist() == [None]


def test_a_set_phrase_of_all_documents_is_no_reuse():
    phrase = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻落实党的二十大精神，完整准确全面贯彻新发展理念，加快构建新发展格局。"
    texts = [phrase + chr(0x4E00 + i) * 50 for i in range(40)]
    documents = [report(f"d{i}", "甲县", 1980 + i, text) for i, text in enumerate(texts)]
    assert compare_reuse(invented(documents)).empty
    kept = compare_reuse(invented(documents), min_weight=0)
    assert 39 <= len(kept) < 2 * 40  # each with the next, hardly any other: no square of pairs
    assert kept["weight"].max() < 0.2


letters = st.text(alphabet="教育学校师资均衡发展农村城市项目产业", min_size=0, max_size=60)


@settings(max_examples=60, deadline=None)
@given(
    letters,
    letters,
    letters,
    letters,
    st.text(alphabet="教育学校师资均衡，。", min_size=K + WINDOW + 30, max_size=90),
)
def test_every_long_enough_passage_is_found_wherever_it_stands(before_a, after_a, before_b, after_b, passage):
    bare = "".join(filter(str.isalnum, passage))
    if len(bare) < 30:
        return
    texts = [before_a + passage + after_a, before_b + passage + after_b]
    frame = compare_reuse(tables_of(*texts), min_chars=K + WINDOW - 1, min_weight=0)
    covered = max(frame["n_chars"], default=0)
    assert covered >= min(len(bare), 30)
    for row in frame.itertuples():
        assert texts[int(row.doc_id_a[1])][row.start_a : row.end_a] == row.text_a
        assert texts[int(row.doc_id_b[1])][row.start_b : row.end_b] == row.text_b
        assert 0 < row.identity <= 1


def test_one_character_over_and_over_does_not_square():
    frame = compare_reuse(tables_of("教" * 200_000, "教" * 200_000 + PASSAGE, ""), min_weight=0)
    assert 1 <= len(frame) <= 10


@given(st.lists(st.integers(0, 50), min_size=K, max_size=200))
def test_winnowing_marks_every_window(codes):
    hashes = kgram_hashes(np.array(codes, dtype=np.uint32))
    kept = set(winnow(hashes).tolist())
    windows = range(max(1, len(hashes) - WINDOW + 1))
    assert all(kept & set(range(start, start + WINDOW)) for start in windows)


def test_equal_letters_have_equal_hashes_and_others_hardly_ever():
    shared = kgram_hashes(to_letters(["一二三" + PASSAGE]).codes)[3:]
    assert (shared[:20] == kgram_hashes(to_letters([PASSAGE]).codes)[:20]).all()
    grams = {PASSAGE[i : i + K] for i in range(len(PASSAGE) - K)}
    assert len({int(kgram_hashes(to_letters([g * 2]).codes)[0]) for g in grams if g.isalnum()}) == len(
        [g for g in grams if g.isalnum()]
    )


@pytest.mark.parametrize("texts", [[], [""], ["短"], ["", "，。！", "短文"], [PASSAGE]])
def test_texts_too_few_or_too_short_give_empty_frames(texts):
    tables = tables_of(*texts)
    assert compare_reuse(tables).empty
    assert compare_texts(tables).empty
    assert len(order_texts(tables)) == len(texts)
    assert len(to_marks(to_letters(texts)).hashes) == 0
