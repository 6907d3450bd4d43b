"""Keyness, collocations, co-words, topics: counted by hand and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_tables import invented, report
from scipy import sparse
from scipy.stats import chi2_contingency

from pipeline.compare import compare_collocations, compare_cowords, compare_topics_and_shares, compare_words
from pipeline.compare.keyness import deviation_of_proportions, log_likelihood
from pipeline.compare.topics import coherence
from pipeline.compare.words import to_corpus


def by_county(*texts):
    names = ("甲县", "乙县", "丙县")
    return invented([report(f"d{i}", names[i % 3], 2020 + i, text) for i, text in enumerate(texts)])


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_log_likelihood_is_that_of_scipy(a, b, c, d):
    expected = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")[0]
    got = log_likelihood(
        np.array([float(a)]), np.array([float(a + b)]), np.array([float(a + c)]), float(a + b + c + d)
    )
    assert got[0] == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8).filter(any), st.integers(1, 50))
def test_dispersion_lies_between_even_and_alone(counts, size):
    assert 0 <= deviation_of_proportions(np.array(counts), np.full(len(counts), size)) <= 1
    assert deviation_of_proportions(np.array([3, 3, 3]), np.full(3, size)) == 0


def test_keyness_counts_and_ratio_by_hand():
    # 甲县: 4 幼儿园 of 6 words; 乙县: 1 幼儿园 of 6
    frame = compare_words(
        by_county("幼儿园，幼儿园，幼儿园，幼儿园，公路，公路。", "幼儿园，公路，公路，公路，公路，公路。")
    )
    row = frame[(frame["group"] == "甲县") & (frame["word"] == "幼儿园")].iloc[0]
    assert (row["n_here"], row["n_elsewhere"]) == (4, 1)
    assert row["log_ratio"] == pytest.approx(2.0)
    assert row["g2"] == pytest.approx(
        chi2_contingency([[4, 2], [1, 5]], correction=False, lambda_="log-likelihood")[0]
    )
    assert row["doc_ids"] == ["d0"]
    under = frame[(frame["group"] == "乙县") & (frame["word"] == "幼儿园")].iloc[0]
    assert under["log_ratio"] == pytest.approx(-2.0)


def test_what_a_place_is_called_by_its_kind_is_no_word_of_its_own():
    # a district has 区委 where a county has 县委: that tells of neither what it does
    texts = [f"{kind}委决定，{kind}政府实施，全{kind}修建公路，{kind}直学校。" * 6 for kind in "县区旗"]
    words = set(compare_words(by_county(*texts, "公路。幼儿园。" * 9))["word"])
    assert {"公路", "学校", "幼儿园", "决定", "修建"} <= words
    assert [word for word in words if word[0] in "县区旗全"] == []


def test_words_too_rare_to_be_held_against_each_other_still_count_in_the_rates():
    frame = compare_words(
        by_county("幼儿园，幼儿园，幼儿园，公路，粮食。", "幼儿园，桥梁，桥梁，水库，学校。")
    )
    row = frame[(frame["group"] == "甲县") & (frame["word"] == "幼儿园")].iloc[0]
    assert (row["per_10k_here"], row["per_10k_elsewhere"]) == (6000.0, 2000.0)
    assert row["g2"] == pytest.approx(
        chi2_contingency([[3, 2], [1, 4]], correction=False, lambda_="log-likelihood")[0]
    )


def test_one_group_has_nothing_to_be_compared_with():
    assert compare_words(by_county("幼儿园，幼儿园，幼儿园。")).empty


def test_collocations_by_hand():
    frame = compare_collocations(by_county("留守儿童，关爱。" * 5 + "公路，桥梁。" * 5))
    row = frame[(frame["group"] == "全部") & (frame["word"] == "留守儿童")].iloc[0]
    assert (row["collocate"], row["n_together"], row["n_word"], row["n_collocate"]) == ("关爱", 5, 5, 5)
    assert row["pmi"] == pytest.approx(1.0)  # 5 of 10 pairs; 5/10 and 5/10 expected 1/4
    assert row["npmi"] == pytest.approx(1.0)


def test_a_window_does_not_reach_over_the_end_of_a_sentence():
    frame = compare_collocations(by_county("留守儿童。公路。" * 6))
    assert frame.empty


def test_cowords_by_hand():
    frame = compare_cowords(by_county("教师，学生。" * 3 + "教师，学校。" + "公路，桥梁。" * 4))
    row = frame.set_index(["word_a", "word_b"]).loc[("教师", "学生")]
    assert (row["n_together"], row["n_a"], row["n_b"]) == (3, 4, 3)
    assert row["association"] == pytest.approx(3 * 8 / (4 * 3))
    assert row["equivalence"] == pytest.approx(9 / 12)


def test_coherence_by_hand():
    # two words in 2 passages each of 4, together in 1
    counts = sparse.csr_matrix(np.array([[1, 1], [1, 0], [0, 1], [0, 0]], dtype=float))
    npmi, umass = coherence(counts, np.array([0, 1]))
    assert npmi == pytest.approx(0.0)  # 1/4 is what chance gives
    assert umass == pytest.approx(np.log((1 + 1) / 2))


def test_topics_tell_schools_from_roads_and_are_the_same_again():
    schools = "教师，学生，课堂，学校，幼儿园，教研，课程，师资，校长，招生。"
    roads = "公路，桥梁，管网，供水，供热，停车场，铁路，路灯，广场，绿地。"
    tables = by_county("\n".join([schools, roads] * 10), "\n".join([schools] * 20), "\n".join([roads] * 20))
    topics, shares = compare_topics_and_shares(tables, n_topics=2)
    assert len(topics) == 4
    for model in ("nmf", "lda"):
        words = [set(w) for w in topics[topics["model"] == model]["words"]]
        assert any(
            {"教师", "学校"} <= w and "公路" not in w
            for w in (set(x[:10]) for x in topics[topics["model"] == model]["words"])
        ), words
        sums = shares[shares["model"] == model].groupby("group")["share"].sum()
        assert sums.to_numpy() == pytest.approx(1.0)
    again = compare_topics_and_shares(tables, n_topics=2)
    assert again[0].equals(topics)
    assert again[1].equals(shares)


def test_too_little_text_gives_no_topics():
    topics, shares = compare_topics_and_shares(by_county("教师，学生。"))
    assert topics.empty
    assert shares.empty


def test_a_corpus_knows_documents_and_sentences():
    corpus = to_corpus(["教师，学生。教师！", "", "公路"])
    assert corpus.vocabulary == ("教师", "学生", "公路")
    assert corpus.counts().toarray().tolist() == [[2, 1, 0], [0, 0, 0], [0, 0, 1]]
    assert corpus.sentences.tolist() == [0, 0, 1, 2]
    assert corpus.only_frequent(2).vocabulary == ("教师",)
