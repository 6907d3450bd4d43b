"""PMC index, policy strength, agreement: rules as written, evidence named, κ as scikit-learn has it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_tables import invented, report
from sklearn.metrics import cohen_kappa_score

from pipeline.compare import cohen_kappa, compare_coders, compare_pmc, compare_pmc_scores, compare_pmc_surface
from pipeline.compare.codebook import read_codebook
from pipeline.errors import ComparisonError, LexiconError

BOOK = """
[index]
levels = [{ level = "perfect", name = "完美", from = 0.9 }, { level = "low", name = "不良", from = 0.0 }]
surface = [["X1", "X2"]]

[[variable]]
id = "X1"
name = "政策性质"
sub = [{ name = "监管", words = ["督导"], min = 2 }, { name = "建议", words = ["鼓励"] }]

[[variable]]
id = "X2"
name = "政策目标"
sub = [{ name = "量化", statuses = ["target"], min_quantities = 2 }, { name = "长期", span = [5, 30] }, { name = "依据", roles = ["upper"] }, { name = "人才", instruments = ["人才培养"] }]

[strength]
goal = [1, 2]
measure = [1]
[strength.doc_type]
"工作报告" = 3
[strength.level]
county = 1
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def tables():
    quantities = [
        {"doc_id": "a", "indicator": "巩固率", "value": 99, "status": "target", "when": "2026"},
        {"doc_id": "a", "indicator": "入园率", "value": 95, "status": "target", "when": "2021-2025"},
    ]
    rows = [{"doc_id": "a", "text": "招聘教师", "instrument": "供给型", "instrument_sub": "人才培养"}]
    return invented([report("a", "甲县", 2021, "开展督导。加强督导。")], quantities=quantities, measures=rows)


def test_rules_are_applied_as_written_and_name_their_evidence(tables, book):
    scores = compare_pmc_scores(tables, codebook=book).set_index("sub_variable_name")
    assert scores["score"].to_dict() == {"监管": 1, "建议": 0, "量化": 1, "长期": 1, "依据": 0, "人才": 1}
    assert scores.loc["监管", "starts"] == ["2-4", "7-9"]
    assert scores.loc["量化", "row_ids"] == ["a.q000", "a.q001"]
    assert scores.loc["长期", "row_ids"] == ["a.q000"]  # 2025 is four years away
    assert scores.loc["人才", "row_ids"] == ["a.m000"]


def test_the_index_is_the_sum_of_means(tables, book):
    row = compare_pmc(tables, codebook=book).iloc[0]
    assert row["index"] == pytest.approx(1 / 2 + 3 / 4)
    assert (row["level"], row["weakest"], row["n_met"], row["rank"]) == ("low", "X1", 4, 1)
    assert row["concavity"] == pytest.approx(2 - 1.25)
    # form 3 and level 1 give 2; two targets: goal 3; one measure: 2
    assert (row["strength_goal"], row["strength_measure"], row["strength"]) == (3, 2, 10.0)
    surface = compare_pmc_surface(tables, codebook=book)
    assert surface[["row", "column", "value"]].values.tolist() == [[1, 1, 0.5], [1, 2, 0.75]]


def test_the_codebook_of_the_project_is_sound():
    book = read_codebook()
    assert [v.id for v in book.variables] == [f"X{i}" for i in range(1, 11)]
    assert [len(row) for row in book.surface] == [3, 3, 3]
    assert [level for level, _, _ in book.levels] == ["perfect", "excellent", "acceptable", "low"]


@pytest.mark.parametrize(
    ("before", "after", "letter"),
    [
        ('words = ["督导"]', 'wrods = ["督导"]', "unknown condition 'wrods'"),
        ('words = ["督导"]', 'words = "督导"', "words must be a list"),
        (', words = ["鼓励"]', "", "at least one condition"),
        ('"X1", "X2"', '"X1", "X9"', "the surface names X9"),
        ('name = "政策目标"', "", "lacks 'name'"),
        ('words = ["鼓励"]', 'has = ["seal"]', "unknown fact seal"),
    ],
)
def test_a_wrong_codebook_says_what_is_wrong(book, before, after, letter):
    book.write_text(BOOK.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ComparisonError, match=letter):
        read_codebook(book)


def test_a_codebook_that_is_no_toml(book):
    book.write_text("[[", encoding="utf-8")
    with pytest.raises(LexiconError, match="cannot be read as TOML"):
        read_codebook(book)


labels = st.lists(st.tuples(st.sampled_from("供环需"), st.sampled_from("供环需")), min_size=2, max_size=40)


@given(labels)
def test_kappa_is_that_of_scikit_learn(pairs):
    a, b = zip(*pairs, strict=True)
    if len({*a, *b}) > 1:
        assert cohen_kappa(a, b) == pytest.approx(cohen_kappa_score(a, b))


def test_agreement_names_the_rows_apart_and_each_label():
    a = pd.DataFrame({"row_id": ["1", "2", "3", "4"], "label": ["供给型", "供给型", "环境型", None]})
    b = pd.DataFrame(
        {"row_id": ["1", "2", "3", "4", "5"], "label": ["供给型", "环境型", "环境型", None, "供给型"]}
    )
    got = compare_coders(a, b).set_index("label")
    assert got.loc["全部", ["n_rows", "n_both", "agreement"]].tolist() == [4, 3, 0.75]
    assert got.loc["全部", "row_ids_apart"] == ["2"]
    assert got.loc["供给型", ["n_coder_a", "n_coder_b", "n_both"]].tolist() == [2, 1, 1]
    assert got.loc["供给型", "kappa"] == pytest.approx(cohen_kappa_score([1, 1, 0, 0], [1, 0, 0, 0]))
    assert got.loc["（空）", "kappa"] == pytest.approx(1.0)


def test_codings_that_cannot_be_compared_say_why():
    one = pd.DataFrame({"row_id": ["1", "1"], "label": ["a", "b"]})
    with pytest.raises(ComparisonError, match="a row twice"):
        compare_coders(one, one)
    with pytest.raises(ComparisonError, match="lacks code"):
        compare_coders(one, one, label="code")
    with pytest.raises(ComparisonError, match="no row in common"):
        compare_coders(one.iloc[:1], one.iloc[:1].assign(row_id="9"))
